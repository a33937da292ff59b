"""Loading one file made in the test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.loading import SourceFile, load_file
from index.types import Document, LoadFailure

Results = list[Document | LoadFailure]


@pytest.fixture
def results(tmp_path: Path) -> Callable[[str, bytes | str], Results]:
    def load_content(name: str, content: bytes | str) -> Results:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(load_file(SourceFile(path, name)))

    return load_content


@pytest.fixture
def document(results: Callable[[str, bytes | str], Results]) -> Callable[[str, bytes | str], Document]:
    def load_one(name: str, content: bytes | str) -> Document:
        (only,) = results(name, content)
        assert isinstance(only, Document), only
        return only

    return load_one


@pytest.fixture
def reason(results: Callable[[str, bytes | str], Results]) -> Callable[[str, bytes | str], str]:
    def fail_once(name: str, content: bytes | str) -> str:
        (only,) = results(name, content)
        assert isinstance(only, LoadFailure), only
        return only.reason

    return fail_once
