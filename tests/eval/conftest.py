import pytest

from tests.rag.samples import use_no_model


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    use_no_model(monkeypatch)
