"""What short answers tell: figures (``numbers``), days (``moments``) and names (``names``), and how two of them stand.

``comparing`` names the ways in which two answers can stand, ``concepts`` what the common words of names mean, ``words``
folds words; the word lists are in ``data``.
"""

from rag.values.comparing import Relation
from rag.values.moments import Moment, compare_moments, moment
from rag.values.numbers import Quantity, compare_quantities, quantity

__all__ = ["Moment", "Quantity", "Relation", "compare_moments", "compare_quantities", "moment", "quantity"]
