"""``mustanad eval reader``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eval.results import load_results
from rag.cli.main import main
from rag.reading import READERS
from tests.rag.samples import BRIDGE, DENIAL, HARVEST, WHO_BRIDGE


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["eval", "reader", *map(str, args)])


def write_squad(folder: Path) -> Path:
    """Three articles; the first is asked about."""
    data = []
    for document in (BRIDGE, DENIAL, HARVEST):
        asked = []
        if document is BRIDGE:
            start = document.text.index("The Northern Brigade")
            answers = [{"text": "The Northern Brigade", "answer_start": start}]
            asked = [{"id": "q1", "question": WHO_BRIDGE, "answers": answers}]
        data.append({"title": document.title, "paragraphs": [{"context": document.text, "qas": asked}]})
    path = folder / "made.json"
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    return path


def test_figures_files_and_tables(tmp_path: Path) -> None:
    blocks = []
    for name in ("README.md", "CARD.md"):
        Path(name).write_text("# x\n\n<!-- table: reader -->\n<!-- /table: reader -->\n", encoding="utf-8")
        blocks += ["--table", f"{name}:reader"]
    result = run(write_squad(tmp_path), "--reader", "sentences", *blocks, "--plots", "plots")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0].split()[:3] == ["dataset", "language", "questions"]
    (report,) = load_results(Path("results/reader.json")).reports
    assert report.figure("reader holds").value == 1.0
    assert load_results(Path("results/reader.json")).configuration["reader"] == "sentences"
    assert Path("plots/reliability.svg").exists()
    readme, card = (Path(name).read_text(encoding="utf-8") for name in ("README.md", "CARD.md"))
    assert readme == card
    assert "| made | en | 1 |" in readme


def test_only_what_is_set_aside(tmp_path: Path) -> None:
    listed = tmp_path / "set_aside.json"
    listed.write_text(json.dumps({"test": {"made": [HARVEST.title]}}), encoding="utf-8")
    result = run(write_squad(tmp_path), "--reader", "sentences", "--set-aside", listed)
    assert result.exit_code == 1
    assert result.stderr == "Error: made: none of its questions is among the 1 set aside of made\n"
    listed.write_text(json.dumps({"test": {"made": [BRIDGE.title]}}), encoding="utf-8")
    result = run(write_squad(tmp_path), "--reader", "sentences", "--set-aside", listed, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)[0]["questions"] == 2


def test_a_table_of_stances_needs_answers_that_somebody_is_said_to_have_given(tmp_path: Path) -> None:
    result = run(write_squad(tmp_path), "--reader", "sentences", "--stance-table", "README.md:stances")
    assert result.exit_code == 2
    assert "--stance-table: no dataset says who is accused" in result.stderr


def test_an_unknown_reader_is_refused() -> None:
    result = run("made.json", "--reader", "none")
    assert result.exit_code == 2
    for name in READERS:
        assert f"'{name}'" in result.stderr


def test_a_part_of_what_is_set_aside_needs_the_list(tmp_path: Path) -> None:
    result = run(write_squad(tmp_path), "--unfitted")
    assert result.exit_code == 2
    assert "--unfitted is a part of what is set aside" in result.stderr
