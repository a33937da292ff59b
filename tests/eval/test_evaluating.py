"""Measuring an engine from Python, and what the exported files give to ir_measures."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from importlib.metadata import version
from pathlib import Path

import ir_measures
import pytest

import eval as evaluation
import rag
from eval.configuration import Configuration
from eval.datasets.types import Dataset, DatasetError, GoldSpan, Question
from eval.environment import environment
from eval.running.engine import describe
from eval.running.export import export_trec, slim
from eval.running.run import Plan
from index.errors import MustanadError
from index.search import SearchSettings
from index.types import ScoredPassage
from rag.reading import Reading
from tests.rag.samples import ALL, MARKET, UNKNOWN, WHO_BRIDGE, WHO_MARKET, make_reports

FALCONS = "لواء الصقور"
MADE = Dataset(
    "made",
    (
        Question("q1", WHO_BRIDGE, "en", {"bridge.txt": 1, "copy.txt": 2}, ("The Northern Brigade",), "en", True),
        Question(
            "q 2", WHO_MARKET, "ar", {"market.txt": 1}, (FALCONS,), "ar", True,
            (GoldSpan("market.txt", MARKET.text.index(FALCONS), FALCONS),), ("accused",),
        ),
        Question("q3", UNKNOWN, "en", {"bridge.txt": 0}, answerable=False),
        Question("q4", "wheat harvest", "en", {"harvest.txt": 1}),
    ),
    None,
    "made up",
)  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluate") / "index"
    # Names as people give them to files.
    spaced = [replace(document, doc_id=document.doc_id.replace("harvest", "poor harvest")) for document in ALL]
    make_reports(folder, spaced).close()
    return folder


DATASET = replace(MADE, questions=(*MADE.questions[:3], replace(MADE.questions[3], relevant={"poor harvest.txt": 1})))


@pytest.fixture
def reports(root: Path) -> Iterator[rag.Reports]:
    with rag.open(root) as opened:
        yield opened


def test_figures_of_every_part(reports: rag.Reports) -> None:
    report = evaluation.evaluate(reports, DATASET, plan=Plan(without=True))
    assert (report.dataset, report.dataset_fingerprint, report.notes) == ("made", "made up", ())
    assert report.figure("RR@10").value == 1.0
    assert report.figure("RR@10").n == 3
    assert report.figure("passages RR@10").n == 2
    assert report.figure("citations verbatim").value == 1.0
    assert report.figure("citations uncited").value == 0.0
    assert report.figure("NoAns-EM").value == 1.0
    answered = [row.answer.confidence for row in report.rows[:2] if row.answer]
    withheld = [row.without.confidence for row in report.rows[:2] if row.without]
    won = [(a > b) + (a == b) / 2 for a in answered for b in withheld]
    assert len(won) == 4
    assert report.figure("abstention AUROC-without").value == pytest.approx(sum(won) / 4)
    assert report.figure("attribution stance-F1").value == 1.0
    assert {figure.part for figure in report.figures} == set(evaluation.Part) - {evaluation.Part.READER}
    with pytest.raises(KeyError, match="nDCG@3 was not measured on made; there are "):
        report.figure("nDCG@3")


def test_ir_measures_gives_the_same_on_the_exported_files(reports: rag.Reports, tmp_path: Path) -> None:
    report = evaluation.evaluate(reports, DATASET)
    files = export_trec(report, tmp_path)
    assert [path.name for path in files] == [
        "made.documents.run", "made.documents.qrels", "made.passages.run", "made.passages.qrels",
    ]  # fmt: skip
    for part, run, qrels in ((evaluation.Part.DOCUMENTS, *files[:2]), (evaluation.Part.PASSAGES, *files[2:])):
        wanted = [figure for figure in report.figures if figure.part is part]
        assert wanted
        measured = ir_measures.calc_aggregate(
            [ir_measures.parse_measure(figure.name) for figure in wanted],
            list(ir_measures.read_trec_qrels(str(qrels))),
            list(ir_measures.read_trec_run(str(run))),
        )
        assert {str(name): value for name, value in measured.items()} == pytest.approx(
            {figure.name: figure.value for figure in wanted}, abs=1e-9
        )


def test_all_that_changes_a_search_is_recorded(reports: rag.Reports) -> None:
    described = describe(reports)
    assert {field.name for field in fields(SearchSettings)} <= described.keys()
    assert {field.name for field in fields(SearchSettings)} <= Configuration().values().keys()
    assert (described["reader_kind"], described["rerank"]) == ("SentenceReader", False)


def test_a_reader_that_reranks_is_recorded(root: Path) -> None:
    class Turned:
        name, threshold = "turned", 0.5

        def read(self, question: str, passages: Sequence[ScoredPassage]) -> list[Reading]:
            return []

        def rerank(self, question: str, passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
            return list(reversed(passages))

    with rag.open(root, reader=Turned(), rerank=True) as opened:
        described = describe(opened)
        found = opened.search(WHO_BRIDGE, 2)
    assert (described["reader"], described["reader_kind"], described["rerank"]) == ("turned", "Turned", True)
    assert len(found) == 2


def test_results_come_back_from_disk(reports: rag.Reports, tmp_path: Path) -> None:
    report = slim(evaluation.evaluate(reports, DATASET))
    results = evaluation.Results("x", "2024-01-01", {"limit": None}, environment(), (report,))
    evaluation.save_results(results, tmp_path / "deep" / "x.json")
    assert evaluation.load_results(tmp_path / "deep" / "x.json") == results
    assert [entry.name for entry in (tmp_path / "deep").iterdir()] == ["x.json"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        ("{", "is not a file that mustanad eval wrote"),
        ('{"name": "x"}', "(created: Field required)"),
    ],
)
def test_results_that_are_none_are_refused_in_one_line(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "x.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(MustanadError) as raised:
        evaluation.load_results(path)
    assert str(path) in str(raised.value)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_what_cannot_be_measured_is_said(reports: rag.Reports) -> None:
    unjudged = replace(
        DATASET, questions=tuple(replace(question, relevant={}, spans=()) for question in DATASET.questions[:3])
    )
    report = evaluation.evaluate(reports, unjudged)
    assert report.notes == ("no document is judged: search is measured by the passages that hold a gold answer",)
    assert not any(figure.part is evaluation.Part.DOCUMENTS for figure in report.figures)
    assert report.figure("passages Success@1").value == 1.0
    judged = replace(DATASET, questions=(DATASET.questions[3],))
    assert evaluation.evaluate(reports, judged).notes == ("no question has a known answer: answers are not measured",)


@pytest.mark.parametrize(
    ("questions", "plan", "message"),
    [
        ((Question("q", "Who?"),), Plan(), "made: no question has a relevant document or a known answer"),
        ((Question("q", "Who?", relevant={"bridge.txt": 1}),), Plan(search=False), "or a known answer to measure by"),
        ((Question("q", "Who?", relevant={"nowhere.txt": 1}),), Plan(), "the index lacks 1 of 1 documents"),
        ((Question("q", "Who?", answers=("x",), attribution=("rumour",)),), Plan(), "question q: unknown attribution"),
    ],
)  # fmt: skip
def test_a_dataset_that_does_not_fit_is_refused_before_anything_is_asked(
    reports: rag.Reports, questions: tuple[Question, ...], plan: Plan, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.evaluating.run", None)
    with pytest.raises(DatasetError, match=message):
        evaluation.evaluate(reports, replace(DATASET, questions=questions), plan=plan)


def test_slim_keeps_the_first_places(reports: rag.Reports) -> None:
    report = evaluation.evaluate(reports, DATASET)
    many = replace(report, rows=tuple(replace(row, passages=row.passages * 20) for row in report.rows))
    assert all(len(row.passages) == 10 for row in slim(many).rows)
    assert slim(many).rows[0].passages[0] == report.rows[0].passages[0]


def test_where_it_was_measured_is_known() -> None:
    here = environment()
    assert here.versions["ir_measures"] == version("ir_measures")
    assert here.cores >= 1
    assert here.memory_gb > 0
    assert here.processor


def test_the_package_imports_what_is_asked_for_when_it_is() -> None:
    assert set(evaluation.__all__) == set(evaluation._MODULES)
    assert all(getattr(evaluation, name) is not None for name in evaluation.__all__)
    with pytest.raises(AttributeError, match="module 'eval' has no attribute 'mesure'; there are Dataset"):
        evaluation.mesure  # noqa: B018
    code = "import sys, eval.command; print([name for name in ('sklearn', 'ir_measures') if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
