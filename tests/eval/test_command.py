"""``mustanad eval``."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rag.cli.main import main
from tests.eval.datasets import QRELS, QUERIES, write_dataset, write_qrels, write_queries
from tests.rag.samples import make_reports


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("eval") / "index"
    make_reports(root).close()
    return root


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["eval", *map(str, args)])


def test_figures_for_a_person(index: Path, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "made")
    result = run(folder, "--index", index)
    # nDCG: (1 + 2 / log2(3)) / (2 + 1 / log2(3)) for the first question, 1 for the others.
    assert result.stdout == f"{folder}: 3 questions  RR@10 1.0000  nDCG@10 0.9532  Success@1 1.0000  R@10 1.0000\n"
    assert (result.exit_code, result.stderr) == (0, "")


def test_figures_for_a_machine(index: Path, tmp_path: Path) -> None:
    one = write_dataset(tmp_path / "made")
    queries = write_queries(tmp_path / "wrong", dict(zip(QUERIES, reversed(QUERIES.values()), strict=True)))
    result = run(one, f"{queries}={one}", "--index", index, "--json")
    good, bad = json.loads(result.stdout)
    assert list(good) == ["dataset", "questions", "means"]
    assert list(good["means"]) == ["RR@10", "nDCG@10", "Success@1", "R@10"]
    assert (good["dataset"], good["questions"]) == (str(one), 3)
    assert bad["dataset"] == f"{queries}={one}"
    assert bad["means"]["RR@10"] < good["means"]["RR@10"] == 1.0


def test_settings_reach_the_search(index: Path, tmp_path: Path) -> None:
    one = write_qrels(write_queries(tmp_path / "none", {"q1": "zzz"}), "q1\tharvest.txt\t1\n")
    words = json.loads(run(one, "--index", index, "--json", "--no-dense").stdout)
    both = json.loads(run(one, "--index", index, "--json").stdout)
    assert words[0]["means"]["R@10"] == 0.0
    assert both[0]["means"]["R@10"] == 1.0


def test_errors_are_one_line(index: Path, tmp_path: Path) -> None:
    result = run(tmp_path / "nowhere", "--index", index)
    path = tmp_path / "nowhere" / "queries.jsonl"
    assert result.exit_code == 1
    assert result.stderr == f"Error: {path} cannot be read (No such file or directory); a BEIR folder must hold it\n"
    bad = write_dataset(tmp_path / "bad")
    write_qrels(bad, QRELS + "x\n")
    assert "test.tsv:6: not a judgement" in run(bad, "--index", index).stderr
    result = run(write_dataset(tmp_path / "made"), "--index", tmp_path)
    assert (result.exit_code, result.stderr.startswith(f"Error: no index in {tmp_path}; ")) == (1, True)
    assert run("--index", index).exit_code == 2


def test_without_ir_measures_it_says_what_to_install(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "eval.retrieval", raising=False)
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    result = run(write_dataset(tmp_path / "made"), "--index", index)
    assert result.exit_code == 1
    assert result.stderr == "Error: measuring needs ir_measures: pip install 'mustanad[eval]'\n"
