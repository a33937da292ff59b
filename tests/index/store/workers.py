"""Drives the process of ``crash_worker`` from a test."""

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType

PROJECT = Path(__file__).resolve().parents[3]


class Worker:
    """A process that writes to indexes; a context manager that ends it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.index.store.crash_worker"],
            cwd=PROJECT,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> "Worker":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.stdin and self._process.stdout:
            self._process.stdin.close()
            self._process.wait(timeout=60)
            self._process.stdout.close()

    def start(self, task: str, root: Path, number: int = 0) -> int:
        """Begin a task; the process id of the child that does it."""
        return self._ask(f"{task}\t{root}\t{number}")

    def wait(self) -> int:
        """The exit status of the task begun last, below 0 where a signal ended it."""
        return self._ask("")

    def do(self, task: str, root: Path, number: int = 0) -> int:
        """Do a task and wait for its exit status."""
        self.start(task, root, number)
        return self.wait()

    def _ask(self, line: str) -> int:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the worker has no pipes")
        self._process.stdin.write(line + "\n")
        return int(self._process.stdout.readline())
