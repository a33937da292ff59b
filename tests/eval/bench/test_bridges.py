"""The bridges' benchmark on reports written by hand."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.bench.bridges import bridges, measure_bridges
from eval.datasets import DatasetError, load_dataset
from tests.eval.datasets.made import write_beir, write_rows

CORPUS = (
    {"_id": "d1", "text": "هاجم مسلحون من داعش قافلة قرب حلب", "metadata": {"lang": "ar"}},
    {"_id": "d2", "text": "وصل خاشقجي إلى المدينة في المساء", "metadata": {"lang": "ar"}},
    {"_id": "d3", "text": "افتتح الوزير سوق المدينة", "metadata": {"lang": "ar"}},
)
QUESTIONS = ({"_id": "q1", "text": "Where did ISIS attack?"}, {"_id": "q2", "text": "When did Khashoggi arrive?"})
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n"


def test_each_bridge_finds_what_only_it_can(tmp_path: Path) -> None:
    folder = write_beir(tmp_path, QUESTIONS, QRELS, CORPUS)
    figures = measure_bridges(load_dataset(str(folder)))
    assert [(one.bridges, one.rr, one.bridged, one.alternatives, one.held) for one in figures] == [
        ("none", 0.0, 0, 0, 0.0),
        ("aliases", 0.5, 1, 1, 1.0),
        ("transliteration", 0.5, 1, 1, 1.0),
        ("both", 1.0, 2, 2, 1.0),
    ]


def test_the_command_prints_a_table(tmp_path: Path) -> None:
    result = CliRunner().invoke(bridges, [str(write_beir(tmp_path, QUESTIONS, QRELS, CORPUS))])
    assert result.exit_code == 0
    assert "transliteration" in result.output and "0.5000" in result.output


def test_reports_must_be_there(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "queries.jsonl", [{**QUESTIONS[0], "metadata": {"answers": ["x"]}}])
    with pytest.raises(DatasetError, match="no reports or no judgements"):
        measure_bridges(load_dataset(str(path)))
