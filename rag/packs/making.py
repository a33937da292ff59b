"""Makes a pack of answers."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from index.errors import MustanadError
from index.types import Document, Filters, ListScore, ScoredPassage
from rag.packs.decoding import answer_from_json
from rag.packs.fingerprints import find_document, index_record, reader_record, text_hash
from rag.packs.types import Pack, PackDocument, PackPassage, PackSentence, PackTurn
from rag.serialise import answer_to_json
from rag.types import Answer

if TYPE_CHECKING:
    from rag.reports import Reports


@dataclass(frozen=True, slots=True)
class PackedTurn:
    """An answer to be packed, and the filters that its question was asked with (see ``rag.filters.make_filters``)."""

    answer: Answer
    filters: Filters = field(default_factory=Filters)


def make_pack(reports: "Reports", turns: Sequence[PackedTurn]) -> Pack:
    """Pack an answer or a conversation.

    Args:
        reports: The collection that was asked, open as it was.
        turns: Oldest first.

    Raises:
        MustanadError: A cited report has gone from the collection, or has other words now: ask again.
        ValueError: There are no turns.
    """
    if not turns:
        raise ValueError("there is nothing to pack; ask a question first")
    read: dict[str, Document] = {}
    for turn in turns:
        for hit in turn.answer.passages:
            read.setdefault(hit.document.doc_id, hit.document)
        for citation in turn.answer.citations:
            document = read.get(citation.doc_id) or find_document(reports, citation.doc_id)
            if document is None or document.text[citation.start : citation.end] != citation.quote:
                raise MustanadError(
                    f"the report {citation.doc_id} is no longer in the index as it was cited; ask the question again"
                )
            read[citation.doc_id] = document
    return Pack(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        mustanad=version("mustanad"),
        index=index_record(reports),
        reader=reader_record(reports.reader),
        settings=reports.settings,
        rerank=reports.rerank,
        documents=tuple(_document(read[doc_id]) for doc_id in sorted(read)),
        turns=tuple(dataclasses.replace(packed(turn), sentences=_sentences(turn.answer, read)) for turn in turns),
    )


def packed(turn: PackedTurn) -> PackTurn:
    """A turn as a pack holds it: figures as JSON has them, the passages without their reports' texts; no sentences."""
    answer = answer_from_json(answer_to_json(turn.answer), "the answer")
    return PackTurn(turn.filters, answer, tuple(_passage(hit) for hit in turn.answer.passages))


def _sentences(answer: Answer, read: Mapping[str, Document]) -> tuple[PackSentence, ...]:
    sentences = []
    for one in answer.citations:
        start = one.start if one.sentence_start is None else min(one.start, one.sentence_start)
        end = one.end if one.sentence_end is None else max(one.end, one.sentence_end)
        sentences.append(PackSentence(one.number, start, end, read[one.doc_id].text[start:end]))
    return tuple(sentences)


def _document(document: Document) -> PackDocument:
    return PackDocument(
        document.doc_id, text_hash(document.text), document.title, document.source, document.published, document.url,
        document.lang,
    )  # fmt: skip


def _passage(hit: ScoredPassage) -> PackPassage:
    return PackPassage(
        rank=hit.rank,
        passage_id=hit.passage.passage_id,
        doc_id=hit.document.doc_id,
        start=hit.passage.start,
        end=hit.passage.end,
        text=hit.passage.text,
        score=round(float(hit.score), 6),
        dense=_rounded(hit.dense),
        bm25=_rounded(hit.bm25),
        late=_rounded(hit.late),
        copy_of=hit.copy_of,
        copies=tuple(hit.copies),
    )


def _rounded(score: ListScore | None) -> ListScore | None:
    return dataclasses.replace(score, score=round(float(score.score), 6)) if score else None
