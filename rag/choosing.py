"""Which of the passages that a search found are read: those of one report of each text, not of its copies, too."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.types import ScoredPassage


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a search found, divided.

    Attributes:
        read: What is read, best first, ranked from 1.
        copies: Passages, met above the last that is read, of reports that are copies of a text that is read in another
            report. They say nothing new, but can be cited.
    """

    read: tuple[ScoredPassage, ...]
    copies: tuple[ScoredPassage, ...]


def choose(question: str, search: Callable[[str, int], list[ScoredPassage]], count: int) -> Chosen:
    """Search as deep as it takes to find passages to read, leaving out copies of what is read.

    Args:
        question: In any language.
        search: A question and k to the k best passages, best first.
        count: How many passages are read; fewer where there are no more.

    Raises:
        ValueError: The question is empty.
    """
    wanted = 2 * count
    while True:
        found = search(question, wanted)
        chosen = without_copies(found, count)
        if len(chosen.read) == count or len(found) < wanted:
            return chosen
        wanted *= 2


def without_copies(found: Sequence[ScoredPassage], count: int) -> Chosen:
    """The best passages, of each text those of one report: the one whose passage is found first.

    Args:
        found: Best first.
        count: How many to read.
    """
    reading: dict[str, str] = {}
    read: list[ScoredPassage] = []
    copies: list[ScoredPassage] = []
    for hit in found:
        doc_id = hit.document.doc_id
        if reading.setdefault(hit.original_id, doc_id) != doc_id:
            copies.append(hit)
        elif len(read) < count:
            read.append(dataclasses.replace(hit, rank=len(read) + 1))
        else:
            break
    return Chosen(tuple(read), tuple(copies))
