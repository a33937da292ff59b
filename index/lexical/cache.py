"""Arrays that were used lately, in bounded memory."""

from collections import OrderedDict
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key")


class ArrayCache(Generic[Key]):
    """Keeps arrays until they fill so many bytes, then drops those not used for longest. Safe to use from threads.

    Args:
        limit: Bytes.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self._kept: OrderedDict[Key, NDArray[np.float64]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> NDArray[np.float64] | None:
        """The array kept under a key, or None."""
        with self._lock:
            array = self._kept.get(key)
            if array is not None:
                self._kept.move_to_end(key)
            return array

    def put(self, key: Key, array: NDArray[np.float64]) -> None:
        """Keep an array."""
        with self._lock:
            self._bytes += array.nbytes - _bytes(self._kept.pop(key, None))
            self._kept[key] = array
            while self._bytes > self._limit:
                self._bytes -= _bytes(self._kept.popitem(last=False)[1])


def _bytes(array: NDArray[Any] | None) -> int:
    return 0 if array is None else array.nbytes
