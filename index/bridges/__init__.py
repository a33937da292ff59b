"""Bridges between languages for lexical search: aliases, and names written in other scripts."""

from index.bridges.aliases import Aliases, AliasFileError, load_aliases, own_aliases
from index.bridges.combining import combine
from index.bridges.expansion import Alternative, Expansion, Name, expand
from index.bridges.skeleton_index import SkeletonIndex
from index.bridges.transliteration import Bridge, name_bridges

__all__ = [
    "AliasFileError",
    "Aliases",
    "Alternative",
    "Bridge",
    "Expansion",
    "Name",
    "SkeletonIndex",
    "combine",
    "expand",
    "load_aliases",
    "name_bridges",
    "own_aliases",
]
