"""A crash loses nothing: wherever a run is killed, the index is whole and in one of the states that were committed."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from index.store import read_manifest, verify
from tests.builders import make_index, state
from tests.index.store.crash_worker import DIED, FAILED, STEPS, states
from tests.index.store.workers import PROJECT, Worker

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

KILLS = 50


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as process:
        yield process


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: SQLite waits for the disk, which takes most of the time."""
    shared = "/dev/shm"  # noqa: S108
    with tempfile.TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def committed(worker: Worker, memory: Path) -> list[Path]:
    """Copies of the index after each step, the first one empty; not to be changed."""
    folder = memory / "committed"
    folder.mkdir()
    copies: list[Path] = []
    for step in range(len(STEPS) + 1):
        root = folder / f"after {step}"
        if step:
            shutil.copytree(copies[-1], root)
            assert worker.do("count", root) == 0
        else:
            make_index(root)
        copies.append(root)
    return copies


def check_whole(root: Path) -> int:
    """Check an index and give its generation, which says what it must hold."""
    assert verify(root) == []
    generation = read_manifest(root).generation
    assert state(root) == states()[generation]
    return generation


def test_the_worker_imports_no_model() -> None:
    code = "import sys, tests.index.store.crash_worker; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 0


def test_the_sequence_merges_and_empties_segments(committed: list[Path]) -> None:
    segments = [[segment.name for segment in read_manifest(root).segments] for root in committed]
    assert [check_whole(root) for root in committed] == list(range(len(STEPS) + 1))
    assert any(len(names) > 1 for names in segments)
    rewritten = [not set(before) <= set(after) for before, after in pairwise(segments)]
    assert sum(rewritten) >= 3


def test_a_killed_run_leaves_a_committed_state_and_the_next_goes_on(worker: Worker, tmp_path: Path) -> None:
    durations = []
    for number in range(3):
        began = time.monotonic()
        assert worker.do("kill", tmp_path / f"whole {number}" / "index") == 0
        durations.append(time.monotonic() - began)
        assert check_whole(tmp_path / f"whole {number}" / "index") == len(STEPS)
    chance = random.Random(20240314)  # noqa: S311
    root = tmp_path / "index"
    whole_run_s = min(durations)
    generation = 0
    reached: list[int] = []
    # How fast the machine is changes meanwhile: runs that end before they are killed do not count.
    for number in range(10 * KILLS):
        if len(reached) >= KILLS and sum(0 < each < len(STEPS) for each in reached) >= 8 and len(set(reached)) >= 5:
            break
        # A run that goes on from a killed one is shorter: start anew often enough to hit every step.
        if root.exists() and (generation == len(STEPS) or number % 2 == 0):
            shutil.rmtree(root)
            generation = 0
        pid = worker.start("kill", root)
        time.sleep(chance.random() * whole_run_s * (1 - generation / len(STEPS)))
        os.kill(pid, signal.SIGKILL)
        if worker.wait() == -signal.SIGKILL:
            generation = check_whole(root) if (root / "manifest.json").exists() else 0
            reached.append(generation)
        else:
            generation = check_whole(root)
            whole_run_s *= 0.9
    assert len(reached) >= KILLS
    assert sum(0 < each < len(STEPS) for each in reached) >= 8
    assert len(set(reached)) >= 5
    assert worker.do("kill", root) == 0
    assert check_whole(root) == len(STEPS)


def file_changes(worker: Worker, before: Path, memory: Path) -> int:
    root = memory / "counted" / "index"
    shutil.copytree(before, root)
    assert worker.do("count", root) == 0
    count = int((memory / "counted" / "count").read_text())
    shutil.rmtree(memory / "counted")
    return count


# Steps that add, update and remove; remove only; merge; empty the index; and compact it.
@pytest.mark.parametrize(
    ("task", "step"),
    [("exit", 2), ("exit", 3), ("exit", 5), ("exit", 8), ("exit", 11), ("raise", 2), ("raise", 8), ("raise", 11)],
)
def test_a_crash_or_error_before_any_change_to_the_files_leaves_the_state_before_or_after(
    worker: Worker, committed: list[Path], memory: Path, task: str, step: int
) -> None:
    changes = file_changes(worker, committed[step], memory)
    assert changes > 10
    seen = []
    for number in range(1, changes + 1):
        root = memory / f"{task} {step} {number}"
        shutil.copytree(committed[step], root)
        status = worker.do(task, root, number)
        seen.append(check_whole(root))
        # Some errors are no failure of the commit, such as one while deleting what is no longer used.
        assert status == (DIED if task == "exit" else FAILED) or (task == "raise" and status == 0)
        assert status != 0 or seen[-1] == step + 1
        if seen[-1] == step:
            assert worker.do("exit", root, 0) == 0
            assert check_whole(root) == step + 1
        shutil.rmtree(root)
    assert set(seen) == {step, step + 1}
    if task == "exit":
        assert seen == sorted(seen)  # once the manifest is replaced, the commit stands
