from collections.abc import Iterator
from pathlib import Path

import pytest

import rag
from tests.rag.samples import make_reports, use_no_model


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    use_no_model(monkeypatch)


@pytest.fixture
def reports(tmp_path: Path, no_model: None) -> Iterator[rag.Reports]:
    """The reports of ``samples``."""
    with make_reports(tmp_path / "index") as made:
        yield made
