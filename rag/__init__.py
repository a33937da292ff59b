"""Questions and answers over reports: the public Python API.

::

    import rag

    reports = rag.create("mustanad-index")
    reports.add("reports/")
    answer = reports.ask("Who carried out the attack?")
"""

from rag.adding import AddResult
from rag.opening import create_reports as create
from rag.opening import open_reports as open
from rag.reports import Reports
from rag.types import Answer, Attribution, Citation, Claim, QuestionKind, Stance, Timings

__all__ = [
    "AddResult",
    "Answer",
    "Attribution",
    "Citation",
    "Claim",
    "QuestionKind",
    "Reports",
    "Stance",
    "Timings",
    "create",
    "open",
]
