"""Where the answers stand: which stretches of which documents a passage must hold to count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import regex

from eval.datasets.spans import repair_spans
from eval.datasets.types import DatasetError, Question
from index.types import Document

Places = Mapping[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Gold:
    """What a question's passages and citations are judged by.

    Attributes:
        question: The question; its spans stand in the documents.
        places: Start and end of each gold answer, by document id. The documents are the units of passage-level recall.
        pattern: Matches any gold answer in a text, or None where there is none.
    """

    question: Question
    places: Places
    pattern: regex.Pattern[str] | None

    def covers(self, doc_id: str, start: int, end: int) -> bool:
        """Whether a stretch of a document holds a gold answer, whole."""
        return any(start <= first and last <= end for first, last in self.places.get(doc_id, ()))

    def holds(self, text: str) -> bool:
        """Whether a text holds a gold answer as whole words."""
        return self.pattern is not None and self.pattern.search(text) is not None


def locate(questions: Sequence[Question], documents: Iterable[Document]) -> tuple[list[Gold], tuple[str, ...]]:
    """Find each question's gold answers in the documents.

    Where a dataset gives spans, those are the places. Where it gives answers only, the places are where one of them
    stands as whole words (without regard to case) in a relevant document, or in any document where none is judged.

    Args:
        questions: The questions.
        documents: All that can be found.

    Returns:
        Gold for each question in their order, and notes on what had to be left out.

    Raises:
        DatasetError: A relevant document is not among the documents.
    """
    wanted = {doc_id for question in questions for doc_id in question.relevant_docs}
    wanted |= {span.doc_id for question in questions for span in question.spans}
    search_all = any(_searched_everywhere(question) for question in questions)
    texts = {document.doc_id: document.text for document in documents if search_all or document.doc_id in wanted}
    missing = sorted(wanted - texts.keys())
    if missing:
        raise DatasetError(
            f"the index lacks {len(missing)} of {len(wanted)} documents that the dataset names (first: {missing[0]}); "
            "add them with mustanad index, or leave --index out to have one built"
        )
    located, moved = [], 0
    for question in questions:
        repaired, changed = repair_spans(question, texts.get)
        moved += changed
        pattern = _pattern(question.answers)
        located.append(Gold(repaired, _places(repaired, pattern, texts), pattern))
    notes = (f"{moved} gold spans did not match the text at their offsets: moved, or left out",) if moved else ()
    return located, notes


def _searched_everywhere(question: Question) -> bool:
    return bool(question.answers) and not question.spans and not question.relevant


def _places(question: Question, pattern: regex.Pattern[str] | None, texts: Mapping[str, str]) -> Places:
    places: dict[str, tuple[tuple[int, int], ...]] = {}
    if question.spans:
        for span in question.spans:
            places[span.doc_id] = (*places.get(span.doc_id, ()), (span.start, span.end))
        return places
    if pattern is None:
        return places
    for doc_id in texts if _searched_everywhere(question) else sorted(question.relevant_docs):
        found = tuple(match.span() for match in pattern.finditer(texts[doc_id]))
        if found:
            places[doc_id] = found
    return places


def _pattern(answers: Sequence[str]) -> regex.Pattern[str] | None:
    """Any of the answers as whole words; white space of any kind and length is alike."""
    written = [r"\s+".join(map(regex.escape, answer.split())) for answer in answers if answer.strip()]
    if not written:
        return None
    longest_first = sorted(set(written), key=len, reverse=True)
    return regex.compile(rf"(?<![\w\p{{M}}])(?:{'|'.join(longest_first)})(?![\w\p{{M}}])", regex.IGNORECASE)
