"""The loop: what a row holds, what is asked, what an interruption keeps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import rag
from eval.datasets.types import Question
from eval.running.engine import describe
from eval.running.gold import Gold, locate
from eval.running.journal import Journal
from eval.running.run import Plan, answer_row, run
from index.errors import MustanadError
from index.progress import Silent
from index.types import Document, ScoredPassage
from rag.types import Answer, Stance
from tests.rag.samples import ALL, BRIDGE, MARKET, UNKNOWN, WHO_BRIDGE, WHO_MARKET, make_reports

QUESTIONS = (
    Question(
        "q1",
        WHO_BRIDGE,
        relevant={"bridge.txt": 1, "copy.txt": 1},
        answers=("The Northern Brigade",),
        answerable=True,
    ),
    Question("q2", WHO_MARKET, relevant={"market.txt": 1}, answers=("لواء الصقور",), answerable=True),
    Question("q3", UNKNOWN, answerable=False),
)


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[rag.Reports]:
    with make_reports(tmp_path / "index") as opened:
        yield opened


@pytest.fixture
def golds() -> list[Gold]:
    return locate(QUESTIONS, ALL)[0]


class Watched:
    """An engine that counts its questions and can be interrupted."""

    def __init__(self, reports: rag.Reports, stop_after: int | None = None) -> None:
        self.reports = reports
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.stop_after = stop_after

    def documents(self) -> Iterable[Document]:
        return self.reports.documents()

    def search(self, question: str, k: int = 10) -> list[ScoredPassage]:
        return self.reports.search(question, k)

    def search_documents(self, question: str, k: int = 10) -> list[ScoredPassage]:
        return self.reports.search_documents(question, k)

    def ask(self, question: str, *, without: Sequence[str] = ()) -> Answer:
        if self.stop_after is not None and len(self.asked) == self.stop_after:
            raise KeyboardInterrupt
        self.asked.append((question, tuple(without)))
        return self.reports.ask(question, without=without)


def test_a_row_holds_what_the_engine_gave(reports: rag.Reports, golds: list[Gold]) -> None:
    rows, seconds = run(reports, golds, Plan(), Journal(None, {}), Silent(), "made")
    assert [row.query_id for row in rows] == ["q1", "q2", "q3"]
    found = reports.search(WHO_BRIDGE, 100)
    assert [passage.passage_id for passage in rows[0].passages] == [hit.passage.passage_id for hit in found]
    assert [document.doc_id for document in rows[0].documents] == [
        hit.document.doc_id for hit in reports.search_documents(WHO_BRIDGE, 100)
    ]
    assert {passage.doc_id for passage in rows[0].passages if passage.covers} == {"bridge.txt", "copy.txt"}
    assert (rows[0].units, rows[1].units, rows[2].units) == (2, 1, 0)
    assert rows[0].passages[0].excerpt == found[0].passage.text[:400]
    assert seconds > 0
    assert rows[0].search_ms > 0


def test_an_answers_citations_are_judged(reports: rag.Reports, golds: list[Gold]) -> None:
    rows, _ = run(reports, golds, Plan(), Journal(None, {}), Silent(), "made")
    answer = rows[1].answer
    assert answer is not None
    assert answer.text is not None
    assert "لواء الصقور" in answer.text
    assert answer.claims[0].stance is Stance.ACCUSED
    (citation,) = answer.citations
    assert citation.doc_id == "market.txt"
    assert (citation.verbatim, citation.relevant, citation.holds_answer) == (True, True, True)
    assert MARKET.text[citation.start : citation.end] == citation.quote
    abstained = rows[2].answer
    assert abstained is not None
    assert (abstained.abstained, abstained.claims, abstained.citations) == (True, (), ())
    assert abstained.best_text == abstained.withheld
    assert abstained.withheld


def test_a_quote_that_is_not_the_text_is_seen(reports: rag.Reports, golds: list[Gold]) -> None:
    answer = reports.ask(WHO_MARKET)
    wrong = replace(answer.citations[0], start=answer.citations[0].start + 1)
    forged = replace(answer, citations=(wrong,))
    assert [citation.verbatim for citation in answer_row(forged, golds[1]).citations] == [False]
    unread = replace(answer, passages=())
    assert [citation.verbatim for citation in answer_row(unread, golds[1]).citations] == [False]
    assert [citation.verbatim for citation in answer_row(unread, golds[1], reports).citations] == [True]
    gone = replace(unread, citations=(replace(unread.citations[0], doc_id="gone.txt"),))
    assert [citation.verbatim for citation in answer_row(gone, golds[1], reports).citations] == [False]


def test_the_plan_says_what_is_asked(reports: rag.Reports, golds: list[Gold]) -> None:
    searched, _ = run(reports, golds, Plan(ask=False), Journal(None, {}), Silent(), "made")
    assert all(row.answer is None and row.without is None for row in searched)
    engine = Watched(reports)
    asked, _ = run(engine, golds, Plan(search=False, without=True), Journal(None, {}), Silent(), "made")
    assert all(row.documents == () == row.passages and row.answer for row in asked)
    assert engine.asked == [
        (WHO_BRIDGE, ()),
        (WHO_BRIDGE, ("bridge.txt", "copy.txt")),
        (WHO_MARKET, ()),
        (WHO_MARKET, ("market.txt",)),
        (UNKNOWN, ()),
    ]
    assert asked[1].without is not None
    assert asked[1].without.abstained
    assert asked[2].without is None


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ({"search": False, "ask": False}, "neither searching nor asking"),
        ({"ask": False, "without": True}, "needs asking"),
    ],
)
def test_plans_that_ask_nothing(plan: dict[str, bool], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Plan(**plan)


def test_an_interrupted_run_goes_on_where_it_stopped(reports: rag.Reports, golds: list[Gold], tmp_path: Path) -> None:
    path = tmp_path / "rows.journal"
    first = Watched(reports, stop_after=2)
    with pytest.raises(KeyboardInterrupt):
        run(first, golds, Plan(), Journal(path, {"a": 1}), Silent(), "made")
    second = Watched(reports)
    rows, seconds = run(second, golds, Plan(), Journal(path, {"a": 1}), Silent(), "made")
    assert second.asked == [(UNKNOWN, ())]
    assert [row.query_id for row in rows] == ["q1", "q2", "q3"]
    kept = Journal(path, {"a": 1}).rows()
    assert seconds == pytest.approx(sum(taken for _, taken in kept.values()), abs=1e-5)
    whole, _ = run(Watched(reports), golds, Plan(), Journal(None, {}), Silent(), "made")
    assert [row.passages for row in rows] == [row.passages for row in whole]
    assert [row.answer and row.answer.text for row in rows] == [row.answer and row.answer.text for row in whole]


def test_an_engine_that_does_not_answer_is_only_searched(reports: rag.Reports, golds: list[Gold]) -> None:
    class Searches:
        def documents(self) -> Iterable[Document]:
            return ALL

        def search(self, question: str, k: int = 10) -> list[ScoredPassage]:
            return reports.search(question, k)

        def search_documents(self, question: str, k: int = 10) -> list[ScoredPassage]:
            return reports.search_documents(question, k)

    with pytest.raises(MustanadError, match="Searches does not answer questions; evaluate its search only"):
        run(Searches(), golds, Plan(), Journal(None, {}), Silent(), "made")
    rows, _ = run(Searches(), golds, Plan(ask=False), Journal(None, {}), Silent(), "made")
    assert rows[0].documents


def test_what_an_engine_is(reports: rag.Reports) -> None:
    described = describe(reports)
    assert described["engine"] == "mustanad"
    assert described["model_fingerprint"] == reports.embedder.fingerprint
    assert (described["documents"], described["fusion"], described["dense"]) == (len(ALL), "convex", True)
    reports.remove([BRIDGE.doc_id])
    assert describe(reports)["generation"] != described["generation"]
    assert describe(Watched(reports)) == {"engine": "Watched"}
