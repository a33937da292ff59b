"""How a sentence presents a claim, and who says so: rules over one small lexicon per language."""

from rag.attribution.attribute import attribute, names_nobody
from rag.attribution.lexicon import LANGUAGES
from rag.attribution.reactions import reactors
from rag.attribution.utterers import utterers

__all__ = ["LANGUAGES", "attribute", "names_nobody", "reactors", "utterers"]
