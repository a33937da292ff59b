"""What each kind of question is answered with.

``registry`` names the strategy of each kind: what the reader finds (``reader``), the sentences that bear on a yes or no
and those that name a cause (``sentences``, ``causes``), or sentences of several reports (``overview``, ``diversity``).
"""

from rag.kinds.registry import STRATEGIES
from rag.kinds.types import Material, Outcome, Strategy

__all__ = ["STRATEGIES", "Material", "Outcome", "Strategy"]
