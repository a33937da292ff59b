"""What short answers tell: figures (``numbers``) and days (``moments``), in words or digits, and how two of them stand.

``comparing`` names the ways in which two answers can stand, ``words`` folds words; the word lists are in ``data``.
"""

from rag.values.comparing import Relation
from rag.values.moments import Moment, compare_moments, moment
from rag.values.numbers import Quantity, compare_quantities, quantity

__all__ = ["Moment", "Quantity", "Relation", "compare_moments", "compare_quantities", "moment", "quantity"]
