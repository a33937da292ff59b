"""The stance of citations, given the gold spans and of a reader's own answers."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from eval.commands.output import stance_tables
from eval.datasets.types import Dataset, Question
from eval.reader import measure_reader
from eval.reader.stances import GIVEN, READ, gold_readings, gold_stance_rows, stance_table
from eval.results import Environment, Results, load_results, save_results
from eval.running.gold import locate
from index.types import Document
from tests.eval.reader.made import DATASET, KnowsReader
from tests.rag.samples import make_reports

MILL = Document(
    "mill.txt",
    "The Falcons were seen in Kalvera on Monday. Police accused the Falcons of burning the mill in Kalvera.",
    lang="en",
)
BARN = Document("barn.txt", "The Zarfan Front claimed responsibility for the fire in the barn.", lang="en")
WELL = Document("well.txt", "Police blamed the Lynx Group for poisoning the well. The mayor wept.", lang="en")
QUESTIONS = (
    Question(
        "mill", "Who burned the mill in Kalvera?", "en", {"mill.txt": 1}, ("the Falcons",), "en", True,
        attribution=("suspected or accused",),
    ),
    Question(
        "barn", "Who set fire to the barn?", "en", {"barn.txt": 1}, ("The Zarfan Front",), "en", True,
        attribution=("claimed or admitted",),
    ),
    Question(
        "well", "Who poisoned the well?", "en", {"well.txt": 1}, ("the Lynx Group",), "en", True,
        attribution=("suspected or accused",),
    ),
)  # fmt: skip
ATTRIBUTED = Dataset("made", QUESTIONS, None, "made up")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Reports]:
    with make_reports(tmp_path_factory.mktemp("stances") / "index", (MILL, BARN, WELL)) as opened:
        yield opened


def test_the_gold_span_whose_sentence_answers_comes_first() -> None:
    golds, _ = locate(QUESTIONS, (MILL, BARN, WELL))
    first, second = gold_readings(golds[0], {"mill.txt": MILL})
    assert (first.start, second.start) == (MILL.text.index("the Falcons"), 0)
    assert first.text == "the Falcons"
    assert 0 < second.confidence < first.confidence < 1


def test_given_the_gold_spans_every_stance_is_told() -> None:
    golds, _ = locate(QUESTIONS, (MILL, BARN, WELL))
    rows = gold_stance_rows(golds, (MILL, BARN, WELL))
    table = stance_table(GIVEN, QUESTIONS, rows)
    assert table.confusion == {"accused": {"accused": 2}, "claimed": {"claimed": 1}}
    assert table.scores["accused"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 2, "asked": 2}


def test_questions_without_attribution_or_place_are_left_out() -> None:
    plain = dataclasses.replace(QUESTIONS[0], attribution=())
    nowhere = dataclasses.replace(QUESTIONS[1], answers=("the Herons",))
    golds, _ = locate((plain, nowhere), (MILL, BARN, WELL))
    assert gold_stance_rows(golds, (MILL, BARN, WELL)) == ()


def test_own_answers_are_judged_where_they_overlap_a_gold_answer(reports: rag.Reports, tmp_path: Path) -> None:
    reader = KnowsReader({
        QUESTIONS[0].text: ("The Falcons", 0.9),  # as a plain fact, and nowhere near the question's words
        QUESTIONS[1].text: ("The Zarfan Front", 0.2),  # unsure, yet its first reading counts
        QUESTIONS[2].text: ("The mayor", 0.9),  # not the answer
    })  # fmt: skip
    report = measure_reader(reader, "knows", reports, ATTRIBUTED)
    given, own = report.stance_tables
    assert (given.name, own.name) == (GIVEN, READ)
    assert given.confusion == {"accused": {"accused": 2}, "claimed": {"claimed": 1}}
    assert own.confusion == {"accused": {"accused": 1, "none": 1}, "claimed": {"claimed": 1}}
    assert report.figure("attribution given-stance-F1").value == 1.0
    assert report.figure("attribution given-blame-as-fact").value == 0.0
    assert report.figure("attribution stance-F1").n == 2
    results = Results("made", "2024-01-01", {}, Environment({}, "", "", 1, 1.0), (report,))
    save_results(results, tmp_path / "made.json")
    assert load_results(tmp_path / "made.json").reports[0].stance_tables == report.stance_tables
    header, rows = stance_tables(results)
    assert header[:3] == ["dataset", "of", "stance"]
    assert ["made", GIVEN, "accused", "1.000", "1.000", "1.000", "2", "2"] in rows
    assert ["made", READ, "accused", "1.000", "1.000", "1.000", "1", "2"] in rows
    assert ["made", READ, "macro mean", "1.000", "1.000", "1.000", "2", "3"] in rows


def test_a_dataset_that_attributes_nothing_has_no_table(tmp_path: Path) -> None:
    from tests.rag.samples import BRIDGE, COPY, HARVEST, MARKET

    with make_reports(tmp_path / "index", (BRIDGE, COPY, MARKET, HARVEST)) as plain:
        report = measure_reader(KnowsReader({}), "knows", plain, DATASET)
    assert report.stance_tables == ()
    assert not any(figure.part == "attribution" for figure in report.figures)
