"""Asks the questions of a pack again and compares."""

from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from index.types import Document
from rag.packs.fingerprints import find_document, index_record, reader_record, text_hash
from rag.packs.making import PackedTurn, packed
from rag.packs.replays import PassageChange, QuoteCheck, Replay, ReplayedTurn
from rag.packs.types import Pack, PackPassage, PackTurn
from rag.types import Answer, Citation

if TYPE_CHECKING:
    from rag.reports import Reports

_TOLERANCE = 1e-5  # scores come from floating-point sums, and are kept to six places


def replay(pack: Pack, reports: "Reports") -> Replay:
    """Run every question of a pack again, with its filters, and say whether the same evidence comes back.

    A follow-up is replayed by the question that was searched. What a language model wrote is not written again.

    Args:
        pack: The pack.
        reports: The collection; open it with the pack's ``settings`` and ``rerank`` to search alike.
    """
    now = index_record(reports)
    hashes = {document.doc_id: document.sha256 for document in pack.documents}
    return Replay(
        same_index=now.fingerprint == pack.index.fingerprint,
        same_model=now.model_fingerprint == pack.index.model_fingerprint,
        same_reader=reader_record(reports.reader) == pack.reader,
        same_settings=(reports.settings, reports.rerank) == (pack.settings, pack.rerank),
        same_version=version("mustanad") == pack.mustanad,
        turns=tuple(_replayed(turn, reports, hashes) for turn in pack.turns),
    )


def _replayed(turn: PackTurn, reports: "Reports", hashes: dict[str, str]) -> ReplayedTurn:
    filters = turn.filters
    again = packed(
        PackedTurn(
            reports.ask(
                turn.answer.searched,
                since=filters.since,
                until=filters.until,
                source=filters.sources,
                lang=filters.langs,
                doc=filters.doc_ids,
                without=filters.without,
            ),
            filters,
        )
    )
    before, after = [_key(passage) for passage in turn.passages], [_key(passage) for passage in again.passages]
    # What a language model wrote can rest on citations and claims of its own; where the reports support none of its
    # sentences, the answer is the reader's.
    written = turn.written
    differences = () if written else _answer_differences(turn.answer, again.answer)
    same_passages = before == after
    return ReplayedTurn(
        question=turn.answer.searched,
        same_passages=same_passages,
        same_scores=same_passages and _same_scores(turn, again, written),
        same_answer=None if written else not differences,
        passages=passage_changes(turn.passages, again.passages),
        answer=differences,
        quotes=tuple(_quote(citation, reports, hashes) for citation in turn.answer.citations),
    )


def passage_changes(before: Sequence[PackPassage], after: Sequence[PackPassage]) -> tuple[PassageChange, ...]:
    """The passages that are new, gone, or at another rank, by their rank before and then after."""
    old = {_key(passage): passage for passage in before}
    new = {_key(passage): passage for passage in after}
    changes: list[PassageChange] = []
    for key, passage in {**old, **new}.items():
        was, now = old.get(key), new.get(key)
        if was and now and was.rank == now.rank:
            continue
        kind = "moved" if was and now else "gone" if was else "new"
        ranks = (was.rank if was else None, now.rank if now else None)
        changes.append(PassageChange(kind, passage.doc_id, passage.start, passage.end, *ranks))
    return tuple(changes)


def _key(passage: PackPassage) -> tuple[str, int, int, str]:
    return passage.doc_id, passage.start, passage.end, passage.text


def _same_scores(before: PackTurn, after: PackTurn, written: bool) -> bool:
    if not written and abs(before.answer.confidence - after.answer.confidence) > 10 * _TOLERANCE:
        return False
    pairs = zip(before.passages, after.passages, strict=True)
    return all(
        abs(was.score - now.score) <= _TOLERANCE
        and all(
            (one is None) == (other is None)
            and (
                one is None or other is None or (one.rank == other.rank and abs(one.score - other.score) <= _TOLERANCE)
            )
            for one, other in ((was.dense, now.dense), (was.bm25, now.bm25), (was.late, now.late))
        )
        for was, now in pairs
    )


def _answer_differences(before: Answer, after: Answer) -> tuple[str, ...]:
    lines = [f"abstained: {before.abstained} → {after.abstained}"] if before.abstained != after.abstained else []
    lines += _listed("claim", _claims(before), _claims(after))
    lines += _listed("citation", _citations(before), _citations(after))
    return tuple(lines)


def _claims(answer: Answer) -> list[str]:
    """Each claim with what it says, how, by whom, and where."""
    return [
        f"“{claim.answer}” ({claim.stance.value}, says: {claim.speaker or 'nobody named'}, "
        f"independent sources: {claim.independent_sources}{', disputed' if claim.disputed else ''}) "
        f"{''.join(f'[{number}]' for number in claim.citations)}"
        for claim in answer.claims
    ]


def _citations(answer: Answer) -> list[str]:
    return [
        f"[{one.number}] {one.doc_id}[{one.start}:{one.end}] “{one.quote}” "
        f"({one.stance.value if one.stance else 'near'}, "
        f"says: {one.speaker or 'nobody named'} [{one.speaker_start}:{one.speaker_end}])"
        for one in answer.citations
    ]


def _listed(name: str, before: Sequence[str], after: Sequence[str]) -> list[str]:
    if list(before) == list(after):
        return []
    gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
    if not gone and not new:
        return [f"{name}s: the same in another order"]
    return [f"{name} gone: {one}" for one in gone.elements()] + [f"{name} new: {one}" for one in new.elements()]


def _quote(citation: Citation, reports: "Reports", hashes: dict[str, str]) -> QuoteCheck:
    document = find_document(reports, citation.doc_id)
    if document is None:
        return QuoteCheck(citation.number, citation.doc_id, "gone", False)
    state = "same" if text_hash(document.text) == hashes[citation.doc_id] else "changed"
    return QuoteCheck(citation.number, citation.doc_id, state, _holds(citation, document))


def _holds(citation: Citation, document: Document) -> bool:
    if document.text[citation.start : citation.end] != citation.quote:
        return False
    return citation.speaker is None or document.text[citation.speaker_start : citation.speaker_end] == citation.speaker
