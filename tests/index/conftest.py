from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.search import HybridRetriever
from index.types import Document
from tests.builders import make_index, make_reports, retriever


@dataclass(frozen=True, slots=True)
class Collection:
    """An index, its documents, and a retriever on it."""

    root: Path
    documents: dict[str, Document]
    retriever: HybridRetriever


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """Sixty reports in two languages, committed at once; not to be changed."""
    reports = make_reports(60)
    root = make_index(tmp_path_factory.mktemp("collection") / "index", reports)
    found = retriever(root)
    yield Collection(root, {report.doc_id: report for report in reports}, found)
    found.snapshot.close()
