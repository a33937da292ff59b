"""Every string of the interface, in one catalogue per language."""

from ui.strings.catalogue import ARABIC, CATALOGUES, ENGLISH, language_name, read_catalogue
from ui.strings.types import Strings

__all__ = ["ARABIC", "CATALOGUES", "ENGLISH", "Strings", "language_name", "read_catalogue"]
