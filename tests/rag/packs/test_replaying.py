import dataclasses
from pathlib import Path

import pytest

import rag
from index.search import SearchSettings
from index.types import Filters, ListScore
from rag.filters import make_filters
from rag.packs import (
    Pack,
    PackedTurn,
    PackPassage,
    PassageChange,
    QuoteCheck,
    Verdict,
    make_pack,
    replay,
    replay_lines,
    replay_to_json,
)
from rag.packs.replaying import passage_changes
from rag.types import WrittenSentence
from tests.rag.packs.samples import pack_of
from tests.rag.samples import ALL, BRIDGE, HARVEST, WHO_BRIDGE, hash_model, make_reports


def _passage(name: str, rank: int, text: str = "word") -> PackPassage:
    score = ListScore(rank, 0.5)
    return PackPassage(rank, f"{name}#0", name, 0, len(text), text, 1.0, score, None, None, None, ())


def test_an_unchanged_index_gives_the_same(reports: rag.Reports) -> None:
    again = replay(pack_of(reports), reports)
    assert again.verdict is Verdict.IDENTICAL
    assert again.same_index and again.same_model and again.same_reader and again.same_settings and again.same_version
    assert [turn.passages for turn in again.turns] == [(), (), ()]
    assert all(quote.holds and quote.document == "same" for turn in again.turns for quote in turn.quotes)
    assert replay_lines(again)[0].startswith("Identical")


def test_passages_that_are_new_gone_and_moved_are_listed_with_their_ranks() -> None:
    before = [_passage("a", 1), _passage("b", 2), _passage("c", 3), _passage("d", 4)]
    after = [_passage("b", 1), _passage("e", 2), _passage("c", 3), _passage("d", 4, "other")]
    assert passage_changes(before, after) == (
        PassageChange("gone", "a", 0, 4, 1, None),
        PassageChange("moved", "b", 0, 4, 2, 1),
        PassageChange("gone", "d", 0, 4, 4, None),
        PassageChange("new", "e", 0, 4, None, 2),
        PassageChange("new", "d", 0, 5, None, 4),
    )
    assert passage_changes(before, before) == ()


def test_a_removed_report_is_told_with_what_it_held(reports: rag.Reports) -> None:
    pack = pack_of(reports)
    reports.remove([BRIDGE.doc_id])
    again = replay(pack, reports)
    assert again.verdict is Verdict.DIFFERENT
    assert (again.same_index, again.same_model) == (False, True)
    first = again.turns[0]
    assert any((one.kind, one.doc_id) == ("gone", BRIDGE.doc_id) for one in first.passages)
    assert QuoteCheck(1, BRIDGE.doc_id, "gone", False) in first.quotes
    assert any(line.startswith("claim gone: “The Northern Brigade") for line in first.answer)
    assert any(line.startswith("citation gone: [1] bridge.txt[32:92]") for line in first.answer)
    lines = "\n".join(replay_lines(again))
    assert "index: another" in lines
    assert "citation [1]: report bridge.txt is gone; its words are not there any more" in lines
    assert replay_to_json(again)["turns"][0]["verdict"] == "different"


def test_words_that_still_stand_in_a_changed_report_are_found(reports: rag.Reports) -> None:
    pack = pack_of(reports)
    reports.add_documents([dataclasses.replace(BRIDGE, text=f"{BRIDGE.text} Nothing more is known.")])
    checks = {quote.doc_id: quote for quote in replay(pack, reports).turns[0].quotes}
    assert (checks[BRIDGE.doc_id].document, checks[BRIDGE.doc_id].holds) == ("changed", True)
    reports.add_documents([dataclasses.replace(BRIDGE, text=f"More: {BRIDGE.text}")])
    checks = {quote.doc_id: quote for quote in replay(pack, reports).turns[0].quotes}
    assert (checks[BRIDGE.doc_id].document, checks[BRIDGE.doc_id].holds) == ("changed", False)


def test_other_scores_are_the_same_evidence(reports: rag.Reports) -> None:
    pack = pack_of(reports)
    turn = pack.turns[0]
    moved = dataclasses.replace(turn.passages[0], score=turn.passages[0].score + 0.1)
    pack = dataclasses.replace(
        pack, turns=(dataclasses.replace(turn, passages=(moved, *turn.passages[1:])), *pack.turns[1:])
    )
    again = replay(pack, reports)
    assert [turn.verdict for turn in again.turns] == [Verdict.SAME_EVIDENCE, Verdict.IDENTICAL, Verdict.IDENTICAL]
    assert again.verdict is Verdict.SAME_EVIDENCE


@pytest.mark.parametrize("field", ["stance", "speaker", "start"])
def test_a_citation_told_otherwise_is_different(reports: rag.Reports, field: str) -> None:
    pack = pack_of(reports)
    turn = pack.turns[1]
    cited = turn.answer.citations[0]
    value = {"stance": rag.Stance.REPORTED, "speaker": "المحافظ", "start": cited.start + 1}[field]
    answer = dataclasses.replace(turn.answer, citations=(dataclasses.replace(cited, **{field: value}),))  # type: ignore[arg-type]
    again = replay(dataclasses.replace(pack, turns=(dataclasses.replace(turn, answer=answer),)), reports)
    assert again.turns[0].same_passages
    assert (again.turns[0].same_answer, again.verdict) == (False, Verdict.DIFFERENT)


def test_filters_are_those_of_the_pack(reports: rag.Reports, tmp_path: Path) -> None:
    pack = make_pack(reports, [PackedTurn(reports.ask(WHO_BRIDGE, source=["Sahil Press"]), _only("Sahil Press"))])
    assert replay(pack, reports).verdict is Verdict.IDENTICAL
    without = dataclasses.replace(pack.turns[0], filters=_only())
    assert replay(dataclasses.replace(pack, turns=(without,)), reports).verdict is Verdict.DIFFERENT


def test_a_follow_up_is_replayed_as_it_was_searched(reports: rag.Reports) -> None:
    answer = dataclasses.replace(reports.ask(WHO_BRIDGE), question="And who did it?", searched=WHO_BRIDGE)
    again = replay(make_pack(reports, [PackedTurn(answer)]), reports)
    assert (again.verdict, again.turns[0].question) == (Verdict.IDENTICAL, WHO_BRIDGE)


def _written(reports: rag.Reports, supported: bool) -> Pack:
    answer = reports.ask(WHO_BRIDGE)
    sentence = WrittenSentence("Smugglers did it.", (3,) if supported else (), supported, None if supported else "no")
    engine = "openai:writer" if supported else answer.engine
    made = dataclasses.replace(answer, engine=engine, sentences=(sentence,))
    if supported:
        made = dataclasses.replace(made, text="Smugglers did it. [3]", claims=answer.claims[:1])
    return make_pack(reports, [PackedTurn(made)])


def test_what_a_model_wrote_is_not_compared_but_its_evidence_is(reports: rag.Reports) -> None:
    pack = _written(reports, supported=True)
    again = replay(pack, reports)
    assert (again.turns[0].same_answer, again.verdict) == (None, Verdict.IDENTICAL)
    assert "written by a language model, which cannot be replayed" in "\n".join(replay_lines(again))
    reports.remove([BRIDGE.doc_id])
    assert replay(pack, reports).verdict is Verdict.DIFFERENT


def test_where_the_reports_support_nothing_it_wrote_the_readers_answer_is_compared(reports: rag.Reports) -> None:
    assert replay(_written(reports, supported=False), reports).turns[0].same_answer is True


def test_another_search_another_model_and_another_reader_are_told(reports: rag.Reports, tmp_path: Path) -> None:
    pack = pack_of(reports)
    with make_reports(tmp_path / "words", ALL, SearchSettings(dense=False)) as words:
        again = replay(pack, words)
    assert (again.same_index, again.same_settings) == (True, False)
    with rag.create(tmp_path / "other", embedder=hash_model("another")) as other:
        other.add_documents(ALL)
        again = replay(pack, other)
    assert (again.same_index, again.same_model) == (False, False)
    stranger = dataclasses.replace(pack, reader=dataclasses.replace(pack.reader, fingerprint="0" * 64))
    assert not replay(stranger, reports).same_reader


def test_reports_that_change_no_result_leave_it_the_same(reports: rag.Reports) -> None:
    turn = PackedTurn(reports.ask(WHO_BRIDGE, source=["Larzania News Agency"]), _only("Larzania News Agency"))
    pack = make_pack(reports, [turn])
    reports.add_documents([dataclasses.replace(HARVEST, doc_id="more.txt")])
    again = replay(pack, reports)
    assert not again.same_index
    assert again.verdict is not Verdict.DIFFERENT


def test_a_report_cannot_break_the_lines_of_a_replay(reports: rag.Reports) -> None:
    hostile = dataclasses.replace(BRIDGE, doc_id="a\n\x1b[31m\u202eb.txt")
    reports.add_documents([hostile])
    pack = pack_of(reports)
    reports.remove([hostile.doc_id])
    shown = replay_lines(replay(pack, reports))
    assert any("[RLO]" in line for line in shown)
    assert not any(character in line for line in shown for character in "\n\x1b\u202e")


def _only(*sources: str) -> Filters:
    return make_filters(None, None, sources, (), ())
