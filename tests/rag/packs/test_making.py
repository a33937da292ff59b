import dataclasses
import hashlib
from datetime import date, datetime, timedelta

import pytest

import rag
from index.errors import MustanadError
from rag.packs import PackedTurn, make_pack
from rag.types import Answer
from tests.rag.packs.samples import pack_of, turns
from tests.rag.samples import ALL, BRIDGE, COPY, WHO_BRIDGE

TEXTS = {document.doc_id: document.text for document in ALL}


def test_it_says_what_was_asked_and_of_what(reports: rag.Reports) -> None:
    pack = pack_of(reports)
    assert datetime.fromisoformat(pack.made).utcoffset() == timedelta(0)
    assert pack.index.documents == len(ALL)
    assert pack.index.model_fingerprint == reports.embedder.fingerprint
    assert (pack.settings, pack.rerank) == (reports.settings, False)
    assert [turn.answer.question for turn in pack.turns] == [turn.answer.question for turn in turns(reports)]
    assert pack.turns[1].filters.since == date(2023, 1, 1)
    assert (pack.turns[1].filters.langs, pack.turns[1].filters.without) == (("ar",), ("copy.txt",))
    assert pack.reader.fingerprint is not None


def test_every_word_is_where_it_says(reports: rag.Reports) -> None:
    for turn in pack_of(reports).turns:
        assert turn.passages and turn.answer.citations
        for passage in turn.passages:
            assert passage.text == TEXTS[passage.doc_id][passage.start : passage.end]
        for citation, sentence in zip(turn.answer.citations, turn.sentences, strict=True):
            assert citation.quote == TEXTS[citation.doc_id][citation.start : citation.end]
            assert sentence.text == TEXTS[citation.doc_id][sentence.start : sentence.end]
            assert sentence.start <= citation.start and citation.end <= sentence.end


def test_passages_have_the_ranks_and_scores_of_the_search(reports: rag.Reports) -> None:
    found = reports.ask(WHO_BRIDGE).passages
    packed = pack_of(reports).turns[0].passages
    assert [one.passage_id for one in packed] == [hit.passage.passage_id for hit in found]
    assert [one.rank for one in packed] == list(range(1, len(found) + 1))
    for one, hit in zip(packed, found, strict=True):
        assert one.score == pytest.approx(hit.score, abs=1e-6)
        assert one.dense is not None and hit.dense is not None
        assert one.dense.rank == hit.dense.rank
        assert one.bm25 is not None and hit.bm25 is not None
        assert one.bm25.score == pytest.approx(hit.bm25.score, abs=1e-6)


def test_reports_have_the_hash_of_their_text(reports: rag.Reports) -> None:
    documents = {document.doc_id: document for document in pack_of(reports).documents}
    assert documents["bridge.txt"].sha256 == hashlib.sha256(BRIDGE.text.encode()).hexdigest()
    assert documents["bridge.txt"].title == BRIDGE.title
    assert documents["bridge.txt"].url == BRIDGE.url
    cited = {one.doc_id for turn in pack_of(reports).turns for one in turn.answer.citations}
    assert cited <= documents.keys()


def test_a_copy_that_is_cited_but_was_not_read_is_looked_up(reports: rag.Reports) -> None:
    answer = reports.ask(WHO_BRIDGE)
    unread = tuple(hit for hit in answer.passages if hit.document.doc_id != COPY.doc_id)
    pack = make_pack(reports, [PackedTurn(dataclasses.replace(answer, passages=unread))])
    assert any(document.doc_id == COPY.doc_id for document in pack.documents)
    number = next(one.number for one in answer.citations if one.doc_id == COPY.doc_id)
    assert any(one.number == number and one.text.startswith("The Northern") for one in pack.turns[0].sentences)


@pytest.mark.parametrize("gone", [True, False])
def test_a_cited_report_that_went_or_changed_is_told(reports: rag.Reports, gone: bool) -> None:
    answer = dataclasses.replace(reports.ask(WHO_BRIDGE), passages=())
    if gone:
        reports.remove(["bridge.txt"])
    else:
        reports.add_documents([dataclasses.replace(BRIDGE, text=BRIDGE.text[5:])])
    with pytest.raises(MustanadError, match=r"bridge\.txt is no longer in the index as it was cited; ask"):
        make_pack(reports, [PackedTurn(answer)])


def test_nothing_cannot_be_packed(reports: rag.Reports) -> None:
    with pytest.raises(ValueError, match="ask a question first"):
        make_pack(reports, [])


def test_an_answer_without_passages_can_be_packed(reports: rag.Reports) -> None:
    answer: Answer = reports.ask(WHO_BRIDGE, lang=["tr"])
    pack = make_pack(reports, [PackedTurn(answer)])
    assert (pack.turns[0].passages, pack.documents) == ((), ())
