"""A reader's report, with figures that can be counted on paper."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

import rag
from eval.datasets.types import DatasetError, Question
from eval.reader import measure_reader, reader_figures, reader_table
from eval.reader.figures import speed_figures
from eval.reader.measuring import time_reading
from eval.reader.passages import OTHER
from eval.reader.table import languages_of
from eval.reporting import results_html
from eval.results import Environment, Report, Results
from tests.eval.measures.build import answer, asked, by_name
from tests.eval.reader.made import BRIGADE, DATASET, FALCONS, KnowsReader
from tests.rag.samples import HARVEST, WHO_BRIDGE, WHO_MARKET, make_reports


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rag.Reports]:
    with make_reports(tmp_path_factory.mktemp("reader") / "index") as opened:
        yield opened


def test_a_reader_that_knows_all(reports: rag.Reports) -> None:
    report = measure_reader(
        KnowsReader({WHO_BRIDGE: (BRIGADE, 0.9), WHO_MARKET: (FALCONS, 0.8)}), "knows", reports, DATASET
    )
    assert [row.query_id for row in report.rows] == ["q1", f"q1{OTHER}", "q2", f"q2{OTHER}", "q3"]
    for key in ("reader F1", "reader EM", "reader SQuAD-F1", "reader overlap", "abstention AUROC"):
        assert report.figure(key).value == 1.0
    assert report.figure("reader AUROC-unanswerable").value == 1.0
    assert report.figure("abstention coverage").value == 1.0
    assert report.figure("abstention false-answers").value == 0.0
    # Two right at 0.9 and 0.8, three wrong at 0.1: 0.1 + 0.2 + 3 · 0.1, over 5.
    assert report.figure("abstention ECE").value == pytest.approx(0.6 / 5)
    assert report.figure("reader ECE-given").value == pytest.approx(0.3 / 2)
    assert report.figure("reader F1").n == 2
    assert (report.engine["reader"], report.engine["threshold"]) == ("knows", 0.5)


def test_the_first_reading_counts_whatever_its_confidence(reports: rag.Reports) -> None:
    report = measure_reader(
        KnowsReader({WHO_BRIDGE: (BRIGADE, 0.4), WHO_MARKET: (FALCONS, 0.8)}), "knows", reports, DATASET
    )
    first = report.rows[0].answer
    assert first is not None
    assert (first.text, first.withheld) == (None, BRIGADE)
    assert report.figure("reader F1").value == 1.0
    assert report.figure("abstention coverage").value == 0.5


def test_a_reader_that_is_sure_of_the_wrong_words(reports: rag.Reports) -> None:
    report = measure_reader(KnowsReader({WHO_BRIDGE: ("railway bridge", 0.9)}), "knows", reports, DATASET)
    assert report.figure("reader F1").value == 0.0
    assert report.figure("abstention risk").value == 1.0


def test_a_dataset_without_a_readable_question_is_refused(reports: rag.Reports) -> None:
    none = replace(DATASET, questions=DATASET.questions[2:])
    with pytest.raises(DatasetError, match="no question has both a relevant report and a gold answer"):
        measure_reader(KnowsReader({}), "knows", reports, none)


def test_auroc_against_each_kind_of_negative_by_hand() -> None:
    questions = [
        Question("a", "?", answers=("x",), answerable=True),
        Question("b", "?", answers=("x",), answerable=True),
        Question(f"a{OTHER}", "?", answerable=False),
        Question("c", "?", answerable=False),
    ]
    given = {"a": 0.9, "b": 0.3, f"a{OTHER}": 0.5, "c": 0.2}
    figures = by_name(
        [
            figure
            for figure in reader_figures(
                questions, [asked(name, answer("x", confidence=sure)) for name, sure in given.items()]
            )
            if figure.part == "reader"
        ]
    )
    assert figures["AUROC-other"].value == 0.5
    assert figures["AUROC-unanswerable"].value == 1.0


def test_words_in_arabic_are_compared_with_and_without_the_article() -> None:
    questions = [Question("a", "?", answers=("الجيش",), answer_lang="ar", answerable=True)]
    figures = by_name([f for f in reader_figures(questions, [asked("a", answer("جيش"))]) if f.part == "reader"])
    assert (figures["EM"].value, figures["SQuAD-EM"].value) == (1.0, 0.0)


def test_speed_by_hand() -> None:
    figures = {figure.name: figure for figure in speed_figures({"a": 100.0, "b": 300.0, "c": 400.0}, 8)}
    assert figures["read-8 p50 ms"].value == 300.0
    assert figures["read-8 p95 ms"].value == pytest.approx(390.0)
    assert figures["passages/s"].value == pytest.approx(24 / 0.8)
    assert figures["passages/s"].higher_is_better
    assert not speed_figures({}, 8)


def test_only_full_readings_are_timed(reports: rag.Reports, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert time_reading(KnowsReader({}), reports, ["bridge"]) == {}
    many = [replace(HARVEST, doc_id=f"h{number}.txt") for number in range(9)]
    with make_reports(tmp_path_factory.mktemp("timed") / "index", many) as full:
        reader = KnowsReader({})
        assert list(time_reading(reader, full, ["wheat", "wheat", "valley"])) == ["wheat", "valley"]
    assert [len(read) for read in reader.read_passages] == [8, 8, 8]


def test_the_table_and_the_page_show_it(reports: rag.Reports) -> None:
    report = measure_reader(KnowsReader({WHO_BRIDGE: (BRIGADE, 0.9)}), "knows", reports, DATASET)
    results = Results("reader", "2024-01-01", {}, Environment({}, "", "", 1, 1.0), (report,))
    header, (row,) = reader_table(results)
    cells = dict(zip(header, row, strict=True))
    assert (cells["dataset"], cells["language"], cells["questions"]) == ("made", "en", "2")
    assert cells["SQuAD-F1"].startswith("0.500 [")
    assert cells["8 passages p50, ms"] == "–"
    assert "chance that the right report gives more confidence" in results_html(results)


def test_the_languages_of_a_pair() -> None:
    pair = Question("a", "?", "en", answers=("x",), answer_lang="ar", answerable=True)
    assert languages_of(Report("d", "", {}, (pair,), (), ())) == "en → ar"
