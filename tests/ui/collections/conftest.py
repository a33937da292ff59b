from pathlib import Path

import pytest

from tests.fakes import HashEmbedder
from tests.rag.samples import make_reports, use_no_model
from ui.collections import Upload, Workspace


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    use_no_model(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where collections are made."""
    return tmp_path / "collections"


@pytest.fixture
def workspace(folder: Path) -> Workspace:
    """One empty collection, "Field", and the sample reports, "archive", as an index from elsewhere."""
    with make_reports(folder.parent / "archive"):
        pass
    made = Workspace([folder.parent / "archive"], folder, embedder=HashEmbedder("of the index", 64))
    made.create("Field")
    return made


@pytest.fixture
def uploads(tmp_path: Path) -> "Sender":
    """Makes uploads."""
    return Sender(tmp_path / "sent")


class Sender:
    """Lays files where an upload would: each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sent = 0

    def __call__(self, name: str, text: str = "The bridge was closed on 4 March 2024.", suffix: str = ".txt") -> Upload:
        """A file under a name that its sender chose."""
        self._sent += 1
        path = self._folder / str(self._sent) / f"upload{suffix}"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        return Upload(path, name)
