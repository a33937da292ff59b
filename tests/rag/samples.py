"""Reports made by hand, passages and readings of them, and a calibration that goes by the words alone: no model."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

import rag
from index.embedding import DEFAULT_MODEL, Embedder, Prompts
from index.search import SearchSettings
from index.types import Document, ListScore, Passage, ScoredPassage
from rag.reading.protocol import Reading
from rag.reading.sentences import FEATURES, Calibration, SentenceCalibration
from tests.fakes import HashEmbedder

BRIDGE = Document(
    doc_id="bridge.txt",
    text=(
        "TOLNARA, March 14, 2024 (LNA) - The Northern Brigade blew up the railway bridge on Thursday. "
        "Who ordered the railway bridge blown up? Engineers said that repairs will take two months."
    ),
    title="Railway bridge destroyed",
    source="Larzania News Agency",
    published=date(2024, 3, 14),
    url="https://lna.example.org/bridge",
    lang="en",
)
DENIAL = Document(
    doc_id="denial.txt",
    text="Smugglers blew up the railway bridge on Thursday. The Northern Brigade said it has no men near the river.",
    title="Brigade speaks",
    source="Sahil Press",
    published=date(2024, 3, 16),
    lang="en",
)
COPY = Document(
    doc_id="copy.txt",
    text="The Northern Brigade blew up the railway bridge on Thursday. Trains go by way of Rasvina now.",
    title="Bridge",
    source="Tolnara Bulletin",
    published=date(2024, 3, 15),
    lang="en",
)
MARKET = Document(
    doc_id="market.txt",
    text="انفجرت سيارة مفخخة في سوق ناردوم صباح الجمعة. اتهمت وزارة الداخلية لواء الصقور بتنفيذ تفجير سوق ناردوم.",
    title="تفجير في سوق ناردوم",
    source="وكالة النهر",
    published=date(2023, 5, 2),
    lang="ar",
)
HARVEST = Document(
    doc_id="harvest.txt",
    text="Farmers of the valley expect a poor harvest of wheat this summer. The ministry will import grain.",
    title="Harvest",
    source="Sahil Press",
    lang="en",
)
ALL = (BRIDGE, DENIAL, COPY, MARKET, HARVEST)
WHO_BRIDGE = "Who blew up the railway bridge?"
WHO_MARKET = "من نفذ تفجير سوق ناردوم؟"
UNKNOWN = "Who assassinated Judge Halvuni?"


def calibration(
    threshold: float = 0.5, intercept: float = -5.0, coverage: float = 10.0, order: str = "sentence_coverage"
) -> SentenceCalibration:
    """A calibration that orders sentences by one feature; the logit of their probability is their words' coverage."""
    one = Calibration(
        weights=tuple(float(name == order) for name in FEATURES),
        order_intercept=0.0,
        confidence_weights=tuple(coverage * (name == "sentence_coverage") for name in FEATURES),
        intercept=intercept,
    )
    return SentenceCalibration(same_language=one, other_language=one, threshold=threshold)


def hash_model(model: str | None = None, prompts: Prompts | None = None, engine: str | None = None) -> Embedder:
    """In place of ``load_embedder``: another name is another model."""
    return HashEmbedder(model or DEFAULT_MODEL)


def use_no_model(patch: pytest.MonkeyPatch) -> None:
    """Open every model as a ``HashEmbedder`` and read by words alone."""
    patch.setattr("rag.opening.load_embedder", hash_model)
    patch.setattr("rag.reading.registry.default_calibration", calibration)
    patch.setenv("MUSTANAD_READER", "sentences")


def make_reports(root: Path, documents: Sequence[Document] = ALL, settings: SearchSettings | None = None) -> (
    rag.Reports
):  # fmt: skip
    """A collection of documents."""
    reports = rag.create(root, embedder=hash_model(), settings=settings)
    reports.add_documents(documents)
    return reports


def found(document: Document, rank: int = 1, span: tuple[int, int] | None = None) -> ScoredPassage:
    """A document as a search result, whole or a stretch of it."""
    start, end = span or (0, len(document.text))
    passage = Passage(f"{document.doc_id}#0", document.doc_id, start, end, document.text[start:end])
    return ScoredPassage(passage, document, rank, 1 / rank, ListScore(rank, 0.5), ListScore(rank, 2.0))


def reading(document: Document, words: str, confidence: float) -> Reading:
    """A reading of words that stand in a document."""
    start = document.text.index(words)
    return Reading(found(document), start, start + len(words), confidence)
