"""Long work in the background: how far it has come, how it ended, and how to stop it."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from index.errors import MustanadError

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class CancelledError(Exception):
    """The work was stopped by the one who began it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of work.

    Attributes:
        label: What it is; "" before the first one.
        done: Units done.
        total: Units in all; 0 where unknown.
    """

    label: str = ""
    done: int = 0
    total: int = 0


class Job(Generic[Result]):
    """Work in a thread of its own. It is itself the ``Progress`` that the work reports to.

    Args:
        work: Is given this job as its progress. Cancelled, it ends with ``CancelledError`` at its next report, which
            leaves an index as it was: nothing is committed before the last report.
    """

    def __init__(self, work: "Callable[[Job[Result]], Result]") -> None:
        self._work = work
        self._cancelled = threading.Event()
        self._finished = threading.Event()
        self._stage = Stage()
        self._result: Result | None = None
        self._error: Exception | None = None
        threading.Thread(target=self._run, daemon=True).start()

    def start(self, label: str, total: int, unit: str) -> None:
        """A stretch of work begins.

        Raises:
            CancelledError: The work was cancelled.
        """
        self._check()
        self._stage = Stage(label, 0, total)

    def advance(self, count: int) -> None:
        """So many more units are done.

        Raises:
            CancelledError: The work was cancelled.
        """
        self._check()
        stage = self._stage
        self._stage = Stage(stage.label, stage.done + count, stage.total)

    def cancel(self) -> None:
        """Stop the work as soon as it reports again."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was told to stop."""
        return self._cancelled.is_set()

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return self._stage

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so long; whether it has come."""
        return self._finished.wait(seconds)

    def result(self) -> Result:
        """What the finished work gave.

        Raises:
            CancelledError: It was cancelled in time.
            MustanadError: It could not be done.
        """
        if self._error is not None:
            raise self._error
        if self._result is None:
            raise RuntimeError("the work has not finished")
        return self._result

    def _check(self) -> None:
        if self._cancelled.is_set():
            raise CancelledError

    def _run(self) -> None:
        try:
            self._result = self._work(self)
        except Exception as error:  # shown to the one who waits
            if not isinstance(error, MustanadError | CancelledError):
                _log.exception("work on a collection failed")
            self._error = error
        finally:
            self._finished.set()
