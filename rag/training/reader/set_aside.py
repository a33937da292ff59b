"""What of the data is never trained on: the figures of the reader are measured on it alone."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rag.training.reader.examples import Example


@dataclass(frozen=True, slots=True)
class SetAside:
    """Groups and languages that are kept from training.

    Attributes:
        test: Groups by data set whose figures are reported.
        dev: Groups by data set that choose when to stop.
        languages: Languages that no example is in.
    """

    test: Mapping[str, frozenset[str]]
    dev: Mapping[str, frozenset[str]]
    languages: frozenset[str]

    def part_of(self, example: Example) -> str:
        """Which part an example belongs to: "test", "dev" or "train"."""
        if example.group in self.test.get(example.source, frozenset()):
            return "test"
        if example.group in self.dev.get(example.source, frozenset()):
            return "dev"
        if {example.lang, example.question_lang} & self.languages:
            return "test"
        return "train"


@cache
def load_set_aside() -> SetAside:
    """The parts that the shipped weights were trained without, from ``rag/training/set_aside.json``."""
    row = json.loads(files("rag.training").joinpath("set_aside.json").read_text(encoding="utf-8"))
    test = {source: frozenset(groups) for source, groups in row["test"].items()}
    dev = {source: frozenset(groups) for source, groups in row["dev"].items()}
    return SetAside(test, dev, frozenset(row["languages"]))


def choose_groups(groups: Iterable[str], share: float, salt: str) -> list[str]:
    """A fixed part of the groups: those whose hash is lowest.

    Args:
        groups: In any order.
        share: How large a part of them, in [0, 1].
        salt: Gives another part.

    Returns:
        Sorted.

    Examples:
        >>> choose_groups(["a", "b", "c", "d"], 0.5, "x") == choose_groups(["d", "c", "b", "a"], 0.5, "x")
        True
    """
    distinct = sorted(set(groups), key=lambda group: hashlib.sha256(f"{salt}/{group}".encode()).digest())
    return sorted(distinct[: round(share * len(distinct))])
