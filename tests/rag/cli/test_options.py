"""Reading a file of questions."""

from pathlib import Path

import pytest

from index.errors import MustanadError
from rag.cli.options import Query, read_questions


def write(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "queries.jsonl"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_questions_come_in_order_without_empty_lines(tmp_path: Path) -> None:
    content = '\ufeff{"_id": "b", "text": "من؟", "metadata": {}}\r\n\n  \n{"_id": 7, "text": "a\u2028b"}'
    assert read_questions(write(tmp_path, content)) == [Query("b", "من؟"), Query("7", "a\u2028b")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no json", 'not a question; each line must be {"_id": "…", "text": "…"}'),
        ('{"text": "x"}', "not a question"),
        ('{"_id": "2"}', "not a question"),
        ('["_id", "text"]', "not a question"),
        ("7", "not a question"),
        ('{"_id": "2", "text": " "}', "the question 2 has no text; write one or leave the line out"),
        ('{"_id": "2", "text": null}', "the question 2 has no text"),
        ('{"_id": "2", "text": ["x"]}', "the question 2 has no text"),
        ('{"_id": "1", "text": "x"}', "the id 1 occurs twice; give each question its own"),
        ('{"_id": 1, "text": "x"}', "the id 1 occurs twice"),
        ('{"_id": "2", "text": "\\ud83d?"}', "half of a character"),
        ('{"_id": "\\ud83d", "text": "x"}', "half of a character"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path, '{"_id": "1", "text": "Who?"}\n\n' + line + "\n")
    with pytest.raises(MustanadError) as raised:
        read_questions(path)
    assert str(raised.value).startswith(f"{path}:3: ")
    assert message in str(raised.value)


def test_a_file_without_questions_or_of_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MustanadError, match="holds no questions"):
        read_questions(write(tmp_path, "\n\n"))
    with pytest.raises(MustanadError, match="is not UTF-8 text; save it as UTF-8"):
        read_questions(write(tmp_path, '{"_id": "1", "text": "من"}'.encode("cp1256")))
