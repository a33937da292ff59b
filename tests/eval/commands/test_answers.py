"""``mustanad eval answers``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rag.cli.main import main
from tests.rag.samples import UNKNOWN, WHO_BRIDGE, WHO_MARKET, make_reports


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["eval", "answers", *map(str, args)])


def write_questions(name: str) -> Path:
    rows = [
        {"_id": "a", "text": WHO_BRIDGE, "metadata": {"answers": ["The Northern Brigade"], "answerable": True}},
        {"_id": "b", "text": WHO_MARKET, "metadata": {"answers": ["كتيبة أخرى"], "answerable": True, "kind": "who"}},
        {"_id": "c", "text": UNKNOWN, "metadata": {"answerable": False, "collection": "other"}},
    ]
    path = Path(name)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_page_of_an_index() -> None:
    make_reports(Path("archive")).close()
    asked = write_questions("asked.jsonl")
    result = run(asked, "--index", "archive", "--out", "docs/answers.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "3 questions: 1 right, 1 rightly withheld, 1 wrong, 0 missed",
        "written: docs/answers.md",
    ]
    page = Path("docs/answers.md").read_text(encoding="utf-8")
    assert "mustanad eval answers asked.jsonl \\\n    --index archive --out docs/answers.md" in page
    assert "| The Northern Brigade |" in page
    assert "## asked" in page
    assert "## other" in page
    said = json.loads(run(asked, "--index", "archive", "--json").stdout)
    assert said["verdicts"] == {"a": "right", "b": "wrong", "c": "rightly withheld"}
    assert (said["questions"], said["right"], said["missed"]) == (3, 1, 0)


def test_an_index_is_built_from_reports() -> None:
    Path("reports").mkdir()
    Path("reports/bridge.txt").write_text("The Northern Brigade blew up the railway bridge.", encoding="utf-8")
    asked = write_questions("asked.jsonl")
    result = run(asked, "--reports", "reports", "--index", "made", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["verdicts"]["a"] == "right"


def test_wrong_use_is_one_line() -> None:
    one, two = write_questions("one.jsonl"), write_questions("two.jsonl")
    result = run(one, two, "--index", "archive")
    assert result.exit_code == 1
    assert result.stderr == "Error: the id a occurs twice in these files; give each question its own\n"
    result = run(one, "--index", "nowhere")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: answers brings no reports; give an index")
