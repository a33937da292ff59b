"""``mustanad eval compare``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eval.results import save_results
from rag.cli.main import main
from tests.eval.test_comparing import AFTER, BEFORE, figure, results


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["eval", "compare", *map(str, args)])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "a.json", tmp_path / "b.json"
    save_results(results("a", figure("RR@10", BEFORE), fusion="rrf"), paths[0])
    save_results(results("b", figure("RR@10", AFTER), fusion="convex"), paths[1])
    return paths


def test_differences_for_a_person(files: tuple[Path, Path]) -> None:
    result = run(*files)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == ["made: a → b", "note: fusion: rrf → convex"]
    assert lines[4].split()[:4] == ["RR@10", "0.3500", "0.7000", "+0.3500"]
    assert lines[4].split()[-4:] == ["0.3750", "3", "1", "1"]
    assert lines[5:] == [
        "  better (RR@10): q0  Question 0?",
        "  better (RR@10): q3  Question 3?",
        "  better (RR@10): q4  Question 4?",
        "  worse (RR@10): q2  Question 2?",
    ]


def test_differences_for_a_machine_and_as_a_page(files: tuple[Path, Path], tmp_path: Path) -> None:
    result = run(*files, "--json", "--html", tmp_path / "diff.html")
    (dataset,) = json.loads(result.stdout)["datasets"]
    (measure,) = dataset["measures"]
    assert (measure["key"], measure["better"], measure["p"]) == ("RR@10", ["q0", "q3", "q4"], 0.375)
    assert "Question 3?" in (tmp_path / "diff.html").read_text(encoding="utf-8")


def test_a_file_that_is_no_result_is_one_line(files: tuple[Path, Path], tmp_path: Path) -> None:
    result = run(files[0], tmp_path / "none.json")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "none.json cannot be read (No such file or directory); give a file that mustanad eval wrote" in result.stderr
    (tmp_path / "bad.json").write_text("[]", encoding="utf-8")
    assert run(tmp_path / "bad.json", files[1]).stderr.count("\n") == 1
