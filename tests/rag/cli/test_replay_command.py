"""``mustanad ask --pack`` and ``mustanad replay``."""

import errno
import json
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from rag.packs import read_pack
from rag.types import Answer
from tests.rag.cli.conftest import Mustanad, one_line_error
from tests.rag.samples import BRIDGE, UNKNOWN, WHO_BRIDGE, WHO_MARKET


@pytest.fixture
def writers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The writers of the page's room, as they are entered when the project is installed."""
    found = tuple(
        EntryPoint(name, f"ui.export:{function}", "mustanad.pack_writers")
        for name, function in (("html", "html_text"), ("md", "markdown_text"))
    )
    monkeypatch.setattr("rag.packs.saving.entry_points", lambda group: found)


@pytest.mark.parametrize("question", [WHO_BRIDGE, WHO_MARKET, UNKNOWN])
@pytest.mark.parametrize("ending", ["json", "html"])
def test_what_was_saved_replays(
    mustanad: Mustanad, kept_index: Path, tmp_path: Path, writers: None, question: str, ending: str
) -> None:
    pack = tmp_path / f"answer.{ending}"
    alone = mustanad("ask", question, "--index", kept_index).stdout
    assert mustanad("ask", question, "--pack", pack, "--index", kept_index).stdout == alone
    assert mustanad("replay", pack, "--index", kept_index).stdout.startswith("Identical")
    fields = json.loads(mustanad("replay", pack, "--json", "--index", kept_index).stdout)
    assert (fields["verdict"], fields["same_index"]) == ("identical", True)


def test_the_pack_is_written_where_nobody_reads_the_answer_to_its_end(
    mustanad: Mustanad, kept_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(answer: Answer) -> None:
        raise BrokenPipeError(errno.EPIPE, "nobody reads")

    monkeypatch.setattr("rag.cli.ask_command.print_answer", closed)
    pack = tmp_path / "answer.json"
    mustanad("ask", WHO_BRIDGE, "--pack", pack, "--index", kept_index, code=1)
    assert read_pack(pack).turns[0].answer.question == WHO_BRIDGE


def test_filters_and_settings_are_kept_and_replayed(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    pack = tmp_path / "answer.json"
    mustanad("ask", WHO_BRIDGE, "--since", "2024-03-15", "--no-late", "--fusion", "rrf", "--pack", pack,
             "--index", kept_index)  # fmt: skip
    read = read_pack(pack)
    assert (str(read.turns[0].filters.since), read.settings.late, read.settings.fusion) == ("2024-03-15", False, "rrf")
    fields = json.loads(mustanad("replay", pack, "--json", "--index", kept_index).stdout)
    assert (fields["verdict"], fields["same_settings"]) == ("identical", True)


def test_a_follow_up_is_kept_as_asked_and_as_searched(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    pack = tmp_path / "answer.json"
    mustanad("ask", "And when?", "--after", WHO_BRIDGE, "--pack", pack, "--index", kept_index)
    answer = read_pack(pack).turns[0].answer
    assert (answer.question, "bridge" in answer.searched) == ("And when?", True)
    assert mustanad("replay", pack, "--index", kept_index).stdout.startswith("Identical")


def test_a_removed_report_is_told(mustanad: Mustanad, index: Path, tmp_path: Path) -> None:
    pack = tmp_path / "answer.json"
    mustanad("ask", WHO_BRIDGE, "--pack", pack, "--index", index)
    mustanad("remove", BRIDGE.doc_id, "--index", index)
    result = mustanad("replay", pack, "--index", index, code=1)
    assert "passage gone: bridge.txt" in result.stdout
    assert "report bridge.txt is gone" in result.stdout
    assert one_line_error(result) == f"1 of 1 questions of {pack} give other evidence on {index}"
    result = mustanad("replay", pack, "--json", "--index", index, code=1)
    assert json.loads(result.stdout)["verdict"] == "different"


def test_a_tampered_pack_is_refused(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    pack = tmp_path / "answer.json"
    mustanad("ask", WHO_BRIDGE, "--pack", pack, "--index", kept_index)
    pack.write_text(pack.read_text(encoding="utf-8").replace("Northern", "Southern"), encoding="utf-8")
    assert "its checksum differs" in one_line_error(mustanad("replay", pack, "--index", kept_index, code=1))


def test_markdown_cannot_be_replayed(mustanad: Mustanad, kept_index: Path, tmp_path: Path, writers: None) -> None:
    pack = tmp_path / "answer.md"
    mustanad("ask", WHO_BRIDGE, "--pack", pack, "--index", kept_index)
    assert pack.read_text(encoding="utf-8").startswith("# Evidence pack\n")
    assert "cannot be read as an evidence pack" in one_line_error(
        mustanad("replay", pack, "--index", kept_index, code=1)
    )


@pytest.mark.parametrize("name", ["pack.txt", "pack"])
def test_an_unknown_ending_is_refused_before_anything_is_asked(
    mustanad: Mustanad, tmp_path: Path, writers: None, name: str
) -> None:
    result = mustanad("ask", WHO_BRIDGE, "--pack", tmp_path / name, "--index", tmp_path / "no-index", code=1)
    assert one_line_error(result).endswith("choose one of .html, .json, .md")


def test_an_answer_that_cannot_be_saved_is_shown(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    result = mustanad("ask", WHO_BRIDGE, "--pack", tmp_path / "no" / "p.json", "--index", kept_index, code=1)
    assert "The Northern Brigade" in result.stdout
    assert one_line_error(result)


def test_wrong_usage(mustanad: Mustanad, kept_index: Path, tmp_path: Path) -> None:
    mustanad("replay", "--index", kept_index, code=2)
    mustanad("replay", tmp_path / "missing.json", "--index", kept_index, code=2)
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"_id": "1", "text": "x"}', encoding="utf-8")
    result = mustanad("ask", "--questions", questions, "--out", tmp_path / "o", "--pack", tmp_path / "p.json",
                      "--index", kept_index, code=2)  # fmt: skip
    assert "--pack goes with one question" in result.stderr
