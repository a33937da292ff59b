"""Telling a caller how far long work has come, without printing anything."""

from typing import Protocol


class Progress(Protocol):
    """Receives the steps of long work."""

    def start(self, label: str, total: int, unit: str) -> None:
        """A stretch of work begins: what it is, how many units it has, what a unit is called."""
        ...

    def advance(self, count: int) -> None:
        """So many more units are done."""
        ...


class Silent:
    """Progress that nobody watches."""

    def start(self, label: str, total: int, unit: str) -> None:
        """Nothing to show."""

    def advance(self, count: int) -> None:
        """Nothing to show."""
