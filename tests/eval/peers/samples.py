"""Collections to build peers from, with no model."""

from pathlib import Path

import rag
from eval.peers import Collection, collection_of
from index.pipeline import embedding_text
from index.search import SearchSettings
from index.types import Document, Passage
from tests.fakes import HashEmbedder
from tests.rag.samples import ALL, make_reports

PLACES = ("Tolnara", "Rasvina", "Nardum", "Sahil", "Kessir", "Voluna")
GOODS = ("grain", "timber", "copper", "salt", "cotton", "cement")
TOWNS = tuple(
    Document(f"{place}-{goods}.txt", f"Traders in {place} sold {goods} to {other}, number {row}{column}.", lang="en")
    for row, place in enumerate(PLACES)
    for column, goods in enumerate(GOODS)
    for other in [PLACES[(row + column) % len(PLACES)]]
)
QUESTIONS = ("Who blew up the railway bridge?", "Who sold copper in Kessir?", "cement and salt", "wheat harvest")


def sample_collection(root: Path) -> Collection:
    """The sample reports' passages."""
    with make_reports(root) as reports:
        return collection_of(reports)


def dense_reports(root: Path) -> rag.Reports:
    """Sample reports and more, searched by inner product alone."""
    return make_reports(root, (*ALL, *TOWNS), SearchSettings(lexical="off", centred=False))


def numbered_collection(count: int) -> Collection:
    """As many one-passage reports, each with a word of its own."""
    embedder = HashEmbedder()
    documents = [Document(f"{number}.txt", f"word{number} of report {number}") for number in range(count)]
    passages = tuple(
        (document, Passage(f"{document.doc_id}#0", document.doc_id, 0, len(document.text), document.text))
        for document in documents
    )
    vectors = embedder.embed_passages([embedding_text(*pair) for pair in passages])
    return Collection(passages, vectors, embedder)
