"""Bars are for people at a terminal."""

import functools
import io
import sys

import pytest
import tqdm

from rag.cli.bars import Bars


class Terminal(io.StringIO):
    """A stderr that says it is one."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("terminal", [True, False])
def test_bars_show_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    stderr = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    at_once = functools.partial(_at_once)
    monkeypatch.setattr("rag.cli.bars.tqdm", at_once)
    bars = Bars()
    bars.start("reading", 2, "file")
    bars.advance(1)
    bars.start("embedding", 4, "passage")
    bars.advance(4)
    bars.close()
    shown = stderr.getvalue()
    if terminal:
        assert "reading" in shown
        assert "1/2" in shown
        assert "4/4" in shown
        assert "passages" in shown
    else:
        assert shown == ""


def _at_once(**options: object) -> object:
    """A bar that does not wait for its first second."""
    return tqdm.tqdm(**{**options, "delay": 0, "mininterval": 0})  # type: ignore[call-overload]


def test_a_bar_is_gone_when_its_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    bars = Bars()
    bars.start("reading", 2, "file")
    assert "reading" in stderr.getvalue()
    bars.advance(2)
    bars.close()
    assert stderr.getvalue().rstrip("\r").split("\r")[-1].strip() == ""


def test_advancing_or_closing_without_a_bar_does_nothing() -> None:
    bars = Bars()
    bars.advance(3)
    bars.close()
    bars.close()
