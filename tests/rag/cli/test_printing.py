"""A hostile report must not steer the terminal."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.cli.printing import in_its_sentence, one_line, plain
from rag.types import Citation
from tests.rag.cli.conftest import Mustanad

HOSTILE = "\x1b]0;owned\x07\x1b[31m\x9b2J\u202e\u2066\r\x08"
FORBIDDEN = {char for char in HOSTILE if not char.isprintable()}


def unsafe(text: str) -> list[str]:
    return [char for char in text if char in FORBIDDEN or (ord(char) < 32 and char not in "\n\t")]


@pytest.fixture
def hostile_index(mustanad: Mustanad, tmp_path: Path) -> Path:
    """One report with control characters in every field, one in the file's name, one unreadable by a hostile name."""
    folder = tmp_path / "reports"
    folder.mkdir()
    row = {
        "_id": f"id{HOSTILE}x",
        "title": f"The title{HOSTILE} of it",
        "text": f"The Brigade {HOSTILE}blew up the railway bridge on Thursday.",
        "metadata": {
            "source": f"Source{HOSTILE}",
            "date": "2024-03-14",
            "lang": "en",
            "url": f"https://x.org/{HOSTILE}",
        },
    }
    (folder / "rows.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (folder / "a\x1b[31m\nError: b.txt").write_text("The railway bridge fell on Friday.", encoding="utf-8")
    (folder / "bad\x1b[31m.docx").write_bytes(b"no zip")
    result = mustanad("index", folder, "--index", tmp_path / "index")
    assert "2 added" in result.stdout
    assert unsafe(result.output) == []
    assert "failed: " in result.stderr
    return tmp_path / "index"


ANSWERED, ABSTAINED = "Who blew up the railway bridge?", "Why is it dark?"


@pytest.mark.parametrize("command", [["search", ANSWERED], ["ask", ANSWERED], ["ask", ABSTAINED], ["info"], ["verify"]])
def test_no_command_prints_control_characters(mustanad: Mustanad, hostile_index: Path, command: list[str]) -> None:
    result = mustanad(*command, "--index", hostile_index)
    assert len(result.output) > 20
    assert unsafe(result.output) == []
    assert not any(line.startswith("Error") for line in result.output.splitlines())


def test_a_name_that_reaches_an_error_message_is_made_plain(mustanad: Mustanad, tmp_path: Path) -> None:
    result = mustanad("info", "--index", tmp_path / "no\x1b[31m\nwhere", code=1)
    assert unsafe(result.stderr) == []
    assert result.stderr.count("\n") == 1


@given(st.text())
def test_plain_leaves_what_can_be_seen(text: str) -> None:
    assert unsafe(plain(text)) == []
    assert plain(plain(text)) == plain(text)
    assert len(one_line(text).splitlines()) <= 1


def test_plain_keeps_scripts_and_their_joiners() -> None:
    text = "می‌خواهم \u200fمن نفذ؟ क्षि\tx\ny"
    assert plain(text) == text
    assert one_line("a\nb\u2028c") == "a b c"


def _citation(quote: tuple[int, int], sentence: tuple[int | None, int | None]) -> Citation:
    return Citation(
        1, "d", "d#0", *quote, _TEXT[slice(*quote)], "", "", None, None, "en",
        sentence_start=sentence[0], sentence_end=sentence[1],
    )  # fmt: skip


_TEXT = "It rained. The mayor said\nthe Brigade did it. He left."


@pytest.mark.parametrize(
    ("quote", "sentence", "shown"),
    [
        ((26, 37), (11, 45), "The mayor said ⟦the Brigade⟧ did it."),
        ((11, 45), (11, 46), "The mayor said\nthe Brigade did it."),
        ((26, 37), (None, None), "the Brigade"),
    ],
)
def test_a_quote_is_shown_in_its_sentence(
    quote: tuple[int, int], sentence: tuple[int | None, int | None], shown: str
) -> None:
    assert in_its_sentence(_citation(quote, sentence), _TEXT) == shown
