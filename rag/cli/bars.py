"""Progress on a terminal."""

import sys
from typing import NoReturn

from tqdm import tqdm


class Bars:
    """Shows a bar for each stretch of work on stderr while it lasts; nothing where that is no terminal."""

    def __init__(self) -> None:
        self._bar: tqdm[NoReturn] | None = None

    def start(self, label: str, total: int, unit: str) -> None:
        """Begin a bar; the one before is ended."""
        self.close()
        self._bar = tqdm(
            total=total, desc=label, unit=f" {unit}s", file=sys.stderr, disable=None, leave=False, dynamic_ncols=True
        )

    def advance(self, count: int) -> None:
        """Move the bar on."""
        if self._bar is not None:
            self._bar.update(count)

    def close(self) -> None:
        """End the bar."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
