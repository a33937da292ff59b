"""One writer, many readers, in several processes and threads."""

import importlib
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import IndexLockedError
from index.lexical import Postings
from index.search import HybridRetriever
from index.store import IndexWriter, Snapshot, create_index, read_manifest, verify
from index.store.segment import Segment
from index.types import Filters
from tests.builders import commit, hashes, make_index, make_manifest, make_pipeline, make_reports, retriever, state
from tests.fakes import HashEmbedder
from tests.index.store.workers import Worker

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

verifying = importlib.import_module("index.store.verify")  # its name in index.store is the function's

QUESTIONS = ["Who attacked the bridge?", "من نفذ الهجوم على الجسر؟", "fire in the village", "وزير الحدود"]


def wait_for_generation(root: Path, generation: int) -> None:
    deadline = time.monotonic() + 30
    while Snapshot(root).manifest.generation < generation:
        assert time.monotonic() < deadline, "the writer does not commit"
        time.sleep(0.01)


def test_a_second_writer_of_the_same_process_is_refused(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", make_reports(2))
    with IndexWriter(root, make_pipeline()) as writer:
        writer.add(make_reports(3)[2])
        message = f"another process is writing to {root}; wait until it is done, then try again"
        for attempt in (
            lambda: IndexWriter(root, make_pipeline()),
            lambda: create_index(root, make_manifest(make_pipeline())),
        ):
            with pytest.raises(IndexLockedError) as raised:
                attempt()
            assert str(raised.value) == message
        writer.commit()
    assert commit(root, make_reports(4))
    assert state(root) == hashes(make_reports(4))


def test_the_lock_of_another_process_holds_until_it_is_killed(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index")
    with Worker() as worker:
        pid = worker.start("hold", root)
        deadline = time.monotonic() + 30
        while not (root / "held").exists():
            assert time.monotonic() < deadline, "the other process does not take the lock"
            time.sleep(0.01)
        with pytest.raises(IndexLockedError, match="another process is writing to"):
            IndexWriter(root, make_pipeline())
        Snapshot(root).close()
        os.kill(pid, signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL
    commit(root, make_reports(1))
    assert state(root) == hashes(make_reports(1))


def test_a_writer_that_cannot_open_the_index_lets_go_of_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_index(tmp_path / "index", make_reports(1))

    def fail(_: Path) -> None:
        raise RuntimeError("no memory")

    with monkeypatch.context() as patched:
        patched.setattr("index.store.writer.Snapshot", fail)
        with pytest.raises(RuntimeError, match="no memory"):
            IndexWriter(root, make_pipeline())
    commit(root, make_reports(2))
    assert state(root) == hashes(make_reports(2))


def test_readers_open_and_search_while_another_process_commits(tmp_path: Path) -> None:
    root = tmp_path / "index"
    generations: set[int] = set()
    with Worker() as worker:
        pid = worker.start("loop", make_index(root))
        try:
            wait_for_generation(root, 1)
            ends = time.monotonic() + 60
            while len(generations) < 5 and time.monotonic() < ends:
                found = retriever(root)
                hits = found.search(QUESTIONS[0], 5)
                assert len(hits) == 5
                for hit in hits:
                    assert hit.passage.text == hit.document.text[hit.passage.start : hit.passage.end]
                assert found.snapshot.contents.documents == 6
                assert isinstance(found.snapshot, Snapshot)
                generations.add(found.snapshot.manifest.generation)
                found.snapshot.close()
        finally:
            os.kill(pid, signal.SIGKILL)
            worker.wait()
    assert len(generations) == 5
    assert verify(root) == []


def test_verify_finds_no_fault_while_another_process_commits(tmp_path: Path) -> None:
    root = tmp_path / "index"
    with Worker() as worker:
        pid = worker.start("loop", make_index(root))
        try:
            wait_for_generation(root, 1)
            ends = time.monotonic() + 3
            while time.monotonic() < ends:
                assert verify(root) == []
        finally:
            os.kill(pid, signal.SIGKILL)
            worker.wait()


@pytest.mark.parametrize("name", ["damage", "Snapshot"])
def test_verify_checks_anew_what_a_commit_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    root = make_index(tmp_path / "index", make_reports(4))
    monkeypatch.setattr(verifying, name, committing_first(root, getattr(verifying, name)))
    assert verify(root) == []
    assert read_manifest(root).generation == 2


@pytest.mark.parametrize("name", ["Segment", "Postings"])
def test_a_reader_opens_anew_what_a_commit_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    root = make_index(tmp_path / "index", make_reports(4))
    if name == "Segment":
        monkeypatch.setattr("index.store.snapshot.Segment", committing_first(root, Segment))
    else:
        monkeypatch.setattr(Postings, "load", committing_first(root, Postings.load))
    snapshot = Snapshot(root)
    assert snapshot.manifest.generation == 2
    assert hashes(snapshot.documents()) == hashes(make_reports(4, first=50))


def committing_first(root: Path, function: Callable[..., object]) -> Callable[..., object]:
    """The function, but a commit that replaces every segment happens just before its first call."""
    called: list[bool] = []

    def wrapper(*arguments: object) -> object:
        if not called:
            called.append(True)
            commit(root, make_reports(4, first=50), [f"report-{number}" for number in range(4)])
        return function(*arguments)

    return wrapper


def test_many_threads_search_one_snapshot_with_one_result(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", make_reports(40))
    commit(root, make_reports(5, first=60))
    found = retriever(root)
    expected = {question: found.search(question, 10) for question in QUESTIONS}
    filtered = found.search(QUESTIONS[0], 10, Filters(langs=("en",)))
    wrong: list[object] = []

    def work(shared: HybridRetriever) -> None:
        try:
            for _ in range(6):
                wrong.extend(q for q in QUESTIONS if shared.search(q, 10) != expected[q])
                if shared.search(QUESTIONS[0], 10, Filters(langs=("en",))) != filtered:
                    wrong.append("filtered")
        except Exception as error:
            wrong.append(error)

    # A retriever of its own, so that the threads meet the properties that are computed at first use.
    fresh = HybridRetriever(Snapshot(root), HashEmbedder(), found.analyzer)
    threads = [threading.Thread(target=work, args=[fresh]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
