"""Real Arabic reports and questions, with the default model; only where the data lies beside the project."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import rag
from eval.datasets import Dataset, load_dataset
from eval.evaluating import evaluate
from eval.running.run import Plan
from index.embedding import load_embedder
from index.search import SearchSettings
from index.types import Document

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
QUESTIONS, DISTRACTORS = 60, 10

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the data is not in {DATA}")


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def first_questions(folder: Path) -> Dataset:
    dataset = load_dataset(str(folder))
    return replace(dataset, questions=dataset.questions[:QUESTIONS])


DATASETS = [DATA / "arcd", DATA / "xquad" / "ar"]


@pytest.fixture(scope="module", autouse=True)
def one_model() -> Iterator[None]:
    """The model, read once for all collections."""
    embedder = load_embedder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.opening.load_embedder", lambda *_: embedder)
        yield


@pytest.fixture(scope="module")
def wikipedia(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The passages that the first questions of both sets ask for, and some that they do not."""
    documents: list[Document] = []
    for folder in DATASETS:
        wanted = {doc for question in first_questions(folder).questions for doc in question.relevant}
        corpus = rows(folder / "corpus.jsonl")
        chosen = [row for row in corpus if row["_id"] in wanted] + corpus[-DISTRACTORS:]
        documents.extend(Document(row["_id"], row["text"], row["title"], lang="ar") for row in chosen)
    root = tmp_path_factory.mktemp("wikipedia") / "index"
    with rag.create(root) as reports:
        reports.add_documents(documents)
    yield root


def reciprocal_rank(root: Path, dataset: Dataset, settings: SearchSettings) -> float:
    with rag.open(root, settings=settings) as reports:
        return evaluate(reports, dataset, plan=Plan(ask=False)).figure("RR@10").value


def test_every_quote_on_the_seed_report_is_verbatim(tmp_path: Path) -> None:
    report = DATA / "seed" / "report.txt"
    with rag.create(tmp_path / "index") as reports:
        reports.add(report)
        (document,) = reports.documents()
        assert document.text.split() == report.read_text(encoding="utf-8").split()
        questions = rows(DATA / "seed" / "queries.jsonl")
        assert len(questions) == 8
        for row in questions:
            answer = reports.ask(row["text"])
            assert answer.citations
            for citation in answer.citations:
                assert citation.quote == document.text[citation.start : citation.end] != ""
            if row["_id"] == "s1":
                assert answer.text is not None
                assert any(gold in answer.text for gold in row["metadata"]["answers"])


@pytest.mark.parametrize(("folder", "least"), zip(DATASETS, (0.915, 0.965), strict=True), ids=["arcd", "xquad-ar"])
def test_fusion_beats_either_list(wikipedia: Path, folder: Path, least: float) -> None:
    """Measured: 0.940 and 0.983 fused; BM25 alone 0.892 and 0.956, vectors alone 0.871 and 0.956."""
    dataset = first_questions(folder)
    fused = reciprocal_rank(wikipedia, dataset, SearchSettings())
    assert fused > least
    assert fused > reciprocal_rank(wikipedia, dataset, SearchSettings(dense=False))
