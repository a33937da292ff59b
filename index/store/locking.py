"""The lock that lets one process write to an index."""

from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexLockedError
from index.store.layout import Layout


def locked(root: Path) -> FileLock:
    """The writer's lock of an index, taken; the folder is made where it is missing.

    Raises:
        IndexLockedError: Another process holds it.
    """
    lock = FileLock(Layout(root).lock, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        message = f"another process is writing to {root}; wait until it is done, then try again"
        raise IndexLockedError(message) from error
    return lock
