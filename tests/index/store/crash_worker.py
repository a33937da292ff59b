"""A known sequence of commits, and a process that applies it and can be killed or made to fail anywhere.

``python -m tests.index.store.crash_worker`` reads one task a line, its three parts between tabs:

- ``kill ROOT 0``: apply the whole sequence;
- ``exit ROOT N``, ``raise ROOT N``: apply the next commit, and die or get an OSError at its N-th change to the files;
- ``count ROOT 0``: apply the next commit and write down how many changes there were;
- ``loop ROOT 0``: commit again and again;
- ``hold ROOT 0``: keep the lock.

Each task is done in a child, whose process id is the answer; its exit status is the answer to the empty line that
follows. Forking spares each run the imports.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import datasketch  # noqa: F401 - or every child would import it anew, at its first report

from index.store import IndexWriter, compact, create_index, read_manifest
from index.types import Document
from tests.builders import hashes, make_manifest, make_pipeline, make_report

FAILED, DIED = 3, 4

# One commit a step: numbers and versions of the reports that are added or replaced, and numbers of those removed; None
# compacts the index.
STEPS: list[tuple[list[tuple[int, int]], list[int]] | None] = [
    ([(number, 0) for number in range(12)], []),
    ([(20, 0), (21, 0)], []),
    ([(3, 1), (22, 0)], [5]),
    ([], [0, 1, 2]),
    ([(5, 0), (23, 0)], [20]),
    ([(number, 2) for number in range(6, 12)], []),
    ([(24, 0)], [21, 22]),
    ([(0, 1), (3, 2)], []),
    ([], [number for number in (0, 3, 4, 5, *range(6, 12), 23, 24)]),
    ([(number, 0) for number in range(30, 36)], []),
    ([(40, 0)], [30]),
    None,
]


def states() -> list[dict[str, str]]:
    """Content hash by doc_id before the first step and after each."""
    live: dict[str, Document] = {}
    result = [hashes(live.values())]
    for added, removed in (step or ([], []) for step in STEPS):
        for number in removed:
            del live[f"report-{number}"]
        for number, version in added:
            live[f"report-{number}"] = make_report(number, version)
        result.append(hashes(live.values()))
    return result


def apply(root: Path, step: int) -> None:
    """Commit one step."""
    changes = STEPS[step]
    if changes is None:
        compact(root)
        return
    added, removed = changes
    with IndexWriter(root, make_pipeline()) as writer:
        for number in removed:
            writer.remove(f"report-{number}")
        for number, version in added:
            writer.add(make_report(number, version))
        writer.commit()


def go_on(root: Path) -> None:
    """Apply the steps that an index has not seen; its generation tells which."""
    create_index(root, make_manifest(make_pipeline()))
    for step in range(read_manifest(root).generation, len(STEPS)):
        apply(root, step)


def loop(root: Path) -> None:
    """Replace and remove reports for ever."""
    create_index(root, make_manifest(make_pipeline()))
    version = 0
    while True:
        version += 1
        with IndexWriter(root, make_pipeline()) as writer:
            for number in range(6):
                writer.add(make_report(number, version))
            writer.commit()


def hold(root: Path) -> None:
    """Take the lock, say so with a file, and keep it."""
    with IndexWriter(root, make_pipeline()) as writer:
        writer.add(make_report(0))
        (root / "held").write_text("")
        time.sleep(600)


class FileChanges:
    """Counts the changes to files below a folder, by Python's audit events, and acts just before one of them."""

    EVENTS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect"})

    def __init__(self, root: Path, act_at: int, act: Callable[[], None]) -> None:
        self._root, self._act_at, self._act = str(root), act_at, act
        self.count = 0
        os.fsync = lambda fd: self._step()
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in self.EVENTS or (event == "open" and self._writes(arguments)):
            # The folders deleted by shutil.rmtree are named relative to their parent: those events count as well.
            path = os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes | os.PathLike) else ""
            if path.startswith(self._root) or (path and not os.path.isabs(path) and not path.startswith("file:")):
                self._step()

    @staticmethod
    def _writes(arguments: tuple[object, ...]) -> bool:
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))

    def _step(self) -> None:
        self.count += 1
        if self.count == self._act_at:
            self._act()


def fail() -> None:
    """What a full disk does."""
    raise OSError(28, "no space left on device")


def work(task: str, root: Path, number: int) -> int:
    """Do one task; the exit status."""
    if task == "kill":
        go_on(root)
    elif task == "loop":
        loop(root)
    elif task == "hold":
        hold(root)
    else:
        changes = FileChanges(root, number, fail if task == "raise" else lambda: os._exit(DIED))
        try:
            apply(root, read_manifest(root).generation)
        except OSError:
            return FAILED
        if task == "count":
            (root.parent / "count").write_text(str(changes.count))
    return 0


def main() -> None:
    """Answer the tasks on the standard input."""
    os.fsync = lambda fd: None  # what a killed process wrote is not lost: only a power cut needs it
    while line := sys.stdin.readline():
        task, root, number = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = work(task, Path(root), int(number))
            except BaseException as error:
                sys.stderr.write(f"{task}: {error!r}\n")
            finally:
                os._exit(status)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        sys.stdin.readline()  # until then the child keeps its id, dead or alive
        _, result = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(result)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
