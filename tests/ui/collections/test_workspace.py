import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import rag
from index.errors import IndexNotFoundError
from index.store.locking import locked
from tests.fakes import HashEmbedder
from tests.rag.samples import HARVEST, WHO_BRIDGE
from tests.ui.samples import FakeEngine
from ui.collections import CollectionError, Workspace
from ui.strings import ENGLISH


def test_collections_given_and_found_are_listed_and_asked(workspace: Workspace, folder: Path) -> None:
    assert workspace.names() == ("archive", "Field") and workspace.default == "archive"
    assert workspace.create("  ميدان 2024 ") == "ميدان 2024"
    assert workspace.names() == ("archive", "Field", "ميدان 2024")
    assert workspace.open("archive").search(WHO_BRIDGE, 1)[0].document.doc_id == "bridge.txt"
    assert Workspace((), folder).names() == ("Field", "ميدان 2024")


def test_a_collection_is_opened_once_for_all_threads_and_models_are_shared(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def load(*arguments: object) -> HashEmbedder:
        loaded.append(str(arguments[0]))
        return HashEmbedder(str(arguments[0]))

    monkeypatch.setattr("rag.opening.load_embedder", load)
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(workspace.open, ["archive"] * 8))
    assert len({id(reports) for reports in opened}) == 1
    assert len(loaded) == 1
    again = Workspace([opened[0].snapshot.root, opened[0].snapshot.root])
    assert again.names() == ("archive", "archive (2)")
    assert again.open("archive").embedder is again.open("archive (2)").embedder
    assert len(loaded) == 2


def test_what_another_process_has_written_is_seen(workspace: Workspace) -> None:
    before = workspace.open("archive")
    with rag.open(before.snapshot.root) as other:
        other.remove([HARVEST.doc_id])
    assert workspace.open("archive") is before
    assert before.contents.documents == 4


@pytest.mark.parametrize(
    ("name", "words"),
    [("../out", "cannot be used"), ("", "cannot be used"), ("field", "already"), ("ARCHIVE", "already")],
)
def test_a_name_that_cannot_be_is_refused(workspace: Workspace, folder: Path, name: str, words: str) -> None:
    with pytest.raises(CollectionError, match=words):
        workspace.create(name)
    assert [entry.name for entry in folder.iterdir()] == ["Field"]


def test_deleting_needs_the_name_and_loses_nothing(workspace: Workspace, folder: Path) -> None:
    with pytest.raises(CollectionError, match="nothing was deleted"):
        workspace.delete("Field", "field")
    with pytest.raises(CollectionError, match="given with --index"):
        workspace.delete("archive", "archive")
    assert workspace.names() == ("archive", "Field")
    workspace.delete("Field", " Field ")
    assert workspace.names() == ("archive",)
    (kept,) = (folder / ".trash").iterdir()
    assert kept.name.startswith("Field ") and (kept / "index" / "manifest.json").exists()
    with pytest.raises(CollectionError, match="no collection “Field”"):
        workspace.open("Field")
    workspace.create("Field")
    assert workspace.open("Field").contents.documents == 0


def test_one_writes_at_a_time_and_the_other_is_told(workspace: Workspace) -> None:
    with workspace.writing("Field"), pytest.raises(CollectionError, match="Somebody is changing “Field”"):
        workspace.delete("Field", "Field")
    place = workspace.place("Field")
    assert place is not None
    lock = locked(place.index)  # as another process would
    outcome: list[Exception] = []

    def try_to() -> None:
        try:
            workspace.delete("Field", "Field")
        except CollectionError as error:
            outcome.append(error)

    thread = threading.Thread(target=try_to)
    thread.start()
    thread.join()
    lock.release()
    assert "Somebody is changing" in str(outcome[0])


def test_a_read_only_folder_is_known(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert workspace.can_write("Field") and workspace.can_write("archive")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert not workspace.can_write("Field")
    with pytest.raises(CollectionError, match="cannot be written to"), workspace.writing("Field"):
        pass


def test_without_leave_nothing_changes(folder: Path, workspace: Workspace) -> None:
    shown = Workspace((), folder, changes=False)
    assert not shown.can_create and not shown.can_write("Field")
    for change in (lambda: shown.create("x"), lambda: shown.delete("Field", "Field")):
        with pytest.raises(CollectionError, match="cannot be changed"):
            change()
    with pytest.raises(CollectionError, match="--collections"):
        Workspace().create("x")


def test_one_engine_is_a_workspace(tmp_path: Path) -> None:
    engine = FakeEngine()
    one = Workspace.single(engine)
    assert one.names() == ("reports",) and one.open("reports") is engine  # type: ignore[comparison-overlap]
    assert not one.can_write("reports") and one.place("reports") is None
    with pytest.raises(IndexNotFoundError):
        Workspace([tmp_path / "nowhere"]).open("nowhere")


def test_every_problem_has_words() -> None:
    for kind, words in ENGLISH.collection_problems.items():
        assert CollectionError(kind, name="N", limit=1, path="P").words(ENGLISH).strip() and words
