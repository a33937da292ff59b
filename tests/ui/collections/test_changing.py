import json
import threading
from pathlib import Path

import pytest

from tests.ui.collections.conftest import Sender
from ui.collections import (
    CancelledError,
    CollectionError,
    Job,
    Outcome,
    Upload,
    Workspace,
    add_uploads,
    reindex,
    remove_reports,
)


def ids(workspace: Workspace, name: str = "Field") -> set[str]:
    return {document.doc_id for document in workspace.open(name).documents()}


def kept(folder: Path, name: str = "Field") -> set[str]:
    return {path.name for path in (folder / name / "files").iterdir()}


def test_files_are_added_kept_and_failures_listed(workspace: Workspace, uploads: Sender, folder: Path) -> None:
    sent = [uploads("a report.txt"), uploads("تقرير.txt", "أعلن المجلس إغلاق الجسر."), uploads("no.txt", "")]
    sent.append(uploads("photo.xyz", suffix=".xyz"))
    result = add_uploads(workspace, "Field", sent).result
    assert set(result.added) == {"a report.txt", "تقرير.txt"} == ids(workspace) == kept(folder)
    assert [failure.path for failure in result.failed] == ["no.txt", "photo.xyz"]
    assert all("sent" not in failure.reason and failure.reason for failure in result.failed)
    assert not list((folder / "Field").glob(".incoming*"))
    assert all(upload.path.exists() for upload in sent), "uploads are the web server's to clear away"


@pytest.mark.parametrize(
    "name", ["../../../evil.txt", "/etc/passwd.txt", "..\\..\\evil.txt", ".hidden.txt", "a\x00.txt", "x" * 500 + ".txt"]
)
def test_a_hostile_name_stays_in_its_folder(workspace: Workspace, uploads: Sender, folder: Path, name: str) -> None:
    before = {path for path in folder.parent.rglob("*") if "Field" not in path.parts and "sent" not in path.parts}
    result = add_uploads(workspace, "Field", [uploads(name)]).result
    (doc_id,) = result.added
    assert kept(folder) == {doc_id} and doc_id.endswith(".txt") and "/" not in doc_id
    after = {path for path in folder.parent.rglob("*") if "Field" not in path.parts and "sent" not in path.parts}
    assert after == before


def test_another_report_is_never_overwritten_silently(workspace: Workspace, uploads: Sender, folder: Path) -> None:
    add_uploads(workspace, "Field", [uploads("a.txt", "First words.")])
    assert add_uploads(workspace, "Field", [uploads("a.txt", "First words.")]).result.skipped == ("a.txt",)
    second = add_uploads(workspace, "Field", [uploads("a.txt", "Second words."), uploads("b/a.txt", "Third words.")])
    assert [entry.name for entry in second.renamed] == ["a (2).txt", "a (3).txt"]
    assert ids(workspace) == kept(folder) == {"a.txt", "a (2).txt", "a (3).txt"}
    third = add_uploads(workspace, "Field", [uploads("a.txt", "Fourth words.")], replacing=True)
    assert third.result.updated == ("a.txt",) and not third.renamed
    assert (folder / "Field" / "files" / "a.txt").read_text() == "Fourth words."
    (old,) = (folder / "Field" / ".trash").rglob("a.txt")
    assert old.read_text() == "First words."


def test_into_an_index_from_elsewhere_no_files_are_kept(workspace: Workspace, uploads: Sender) -> None:
    result = add_uploads(workspace, "archive", [uploads("bridge.txt", "Another bridge altogether.")])
    assert result.result.added == ("bridge (2).txt",)
    assert {"bridge.txt", "bridge (2).txt"} <= ids(workspace, "archive")
    with pytest.raises(CollectionError, match="keeps no files"):
        reindex(workspace, "archive")


def test_an_id_that_a_row_brings_cannot_take_anothers_place(workspace: Workspace, uploads: Sender) -> None:
    row = json.dumps({"_id": "report-1", "text": "The council closed the bridge."})
    other = json.dumps({"_id": "report-1", "text": "Nobody closed any bridge."})
    add_uploads(workspace, "Field", [uploads("a.jsonl", row, ".jsonl")])
    refused = add_uploads(workspace, "Field", [uploads("b.jsonl", other, ".jsonl")]).result
    assert not refused.added and "“report-1”" in refused.failed[0].reason
    twice = [uploads("c.jsonl", other.replace("1", "2"), ".jsonl"), uploads("d.jsonl", row.replace("1", "2"), ".jsonl")]
    result = add_uploads(workspace, "Field", twice).result
    assert result.added == ("report-2",) and "also in c.jsonl" in result.failed[0].reason


def test_cancelled_it_leaves_everything_as_it_was(workspace: Workspace, uploads: Sender, folder: Path) -> None:
    add_uploads(workspace, "Field", [uploads("a.txt", "First words.")])
    generation = workspace.open("Field").manifest.generation
    sent = [uploads("a.txt", "Other words."), uploads("b.txt", "More words.")]

    class Cancelling:
        def __init__(self) -> None:
            self.stages: list[str] = []

        def start(self, label: str, total: int, unit: str) -> None:
            self.stages.append(label)

        def advance(self, count: int) -> None:
            if self.stages[-1] == "embedding":
                raise CancelledError

    watcher = Cancelling()
    with pytest.raises(CancelledError):
        add_uploads(workspace, "Field", sent, replacing=True, progress=watcher)
    assert watcher.stages == ["reading", "embedding"]
    assert workspace.open("Field").manifest.generation == generation
    assert kept(folder) == {"a.txt"} and not list((folder / "Field").glob(".incoming*"))
    assert (folder / "Field" / "files" / "a.txt").read_text() == "First words."
    assert add_uploads(workspace, "Field", sent, replacing=True).result.updated == ("a.txt",)


def test_of_two_threads_that_add_at_once_one_is_told(workspace: Workspace, uploads: Sender) -> None:
    reached, go_on = threading.Event(), threading.Event()

    class Waiting(Job[Outcome]):
        def start(self, label: str, total: int, unit: str) -> None:
            reached.set()
            assert go_on.wait(20)

    sent = [uploads("a.txt")]
    first = Waiting(lambda progress: add_uploads(workspace, "Field", sent, progress=progress))
    assert reached.wait(20)
    second: Job[Outcome] = Job(lambda progress: add_uploads(workspace, "Field", [uploads("b.txt")], progress=progress))
    assert second.wait(20)
    with pytest.raises(CollectionError, match="Somebody is changing “Field”"):
        second.result()
    assert workspace.open("archive").contents.documents == 5, "the others can be read meanwhile"
    go_on.set()
    assert first.wait(20) and first.result().result.added == ("a.txt",)
    assert add_uploads(workspace, "Field", [uploads("b.txt")]).result.added == ("b.txt",)


def test_too_much_and_nothing_are_refused(folder: Path, workspace: Workspace, uploads: Sender) -> None:
    small = Workspace((), folder, max_upload=10**6)
    with pytest.raises(CollectionError, match="at most 1 MB"):
        add_uploads(small, "Field", [uploads("a.txt", "x" * 600_000), uploads("b.txt", "y" * 600_000)])
    with pytest.raises(CollectionError, match="Choose files"):
        add_uploads(small, "Field", [])
    with pytest.raises(CollectionError, match="Choose the reports"):
        remove_reports(small, "Field", [])
    assert kept(folder) == set()


def test_removed_reports_go_to_the_trash_and_stay_away(workspace: Workspace, uploads: Sender, folder: Path) -> None:
    rows = "\n".join(json.dumps({"_id": name, "text": f"Words of {name}."}) for name in ("one", "../two"))
    table = uploads("rows.jsonl", rows, ".jsonl")
    add_uploads(workspace, "Field", [uploads("a.txt"), table])
    assert ids(workspace) == {"a.txt", "one", "../two"}
    assert set(remove_reports(workspace, "Field", ["a.txt", "../two", "nowhere"])) == {"a.txt", "../two"}
    assert kept(folder) == {"rows.jsonl"}
    assert [path.name for path in (folder / "Field" / ".trash").rglob("*.txt")] == ["a.txt"]
    again = reindex(workspace, "Field")
    assert again.result.skipped == ("one",) and ids(workspace) == {"one"}
    add_uploads(workspace, "Field", [table])
    assert ids(workspace) == {"one", "../two"}
    reindex(workspace, "Field")
    assert ids(workspace) == {"one", "../two"}, "added anew it is there to stay"


def test_reading_again_takes_up_what_changed_and_keeps_the_rest(
    workspace: Workspace, uploads: Sender, folder: Path
) -> None:
    add_uploads(
        workspace, "Field", [uploads("a.txt", "First."), uploads("corpus.jsonl", "", ".jsonl"), uploads("b.txt")]
    )
    (folder / "Field" / "files" / "a.txt").write_text("Changed by hand.")
    (folder / "Field" / "files" / "b.txt").unlink()
    (folder / "Field" / "files" / "corpus.jsonl").write_text(json.dumps({"_id": "row", "text": "A row."}))
    outcome = reindex(workspace, "Field")
    assert outcome.result.updated == ("a.txt",) and outcome.result.added == ("row",) and outcome.kept == 1
    assert ids(workspace) == {"a.txt", "b.txt", "row"}


def test_the_list_of_removed_reports_is_not_ignored_when_damaged(
    workspace: Workspace, uploads: Sender, folder: Path
) -> None:
    (folder / "Field" / "removed.json").write_text("{")
    with pytest.raises(CollectionError, match=r"removed\.json"):
        reindex(workspace, "Field")


def test_uploads_that_are_gone_are_an_error_and_not_a_success(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(OSError):
        add_uploads(workspace, "Field", [Upload(tmp_path / "gone", "a.txt")])
