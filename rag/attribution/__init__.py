"""How a sentence presents a claim, and who says so: rules over one small lexicon per language."""

from rag.attribution.attribute import attribute, names_nobody
from rag.attribution.lexicon import LANGUAGES

__all__ = ["LANGUAGES", "attribute", "names_nobody"]
