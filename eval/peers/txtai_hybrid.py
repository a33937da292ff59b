"""txtai's hybrid search: FAISS and its own BM25, fused as it does by default."""

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from eval.peers.collection import Collection
from eval.peers.passage_engine import PassageEngine, ScoredRow
from index.errors import MustanadError

if TYPE_CHECKING:
    from txtai import Embeddings


def build(collection: Collection) -> PassageEngine:
    """Index a collection's passages.

    Args:
        collection: Its texts go to BM25, its vectors to FAISS.

    Returns:
        An engine with txtai's defaults: half the weight each for similarity and normalised BM25. It gives no passage
        whose similarity and BM25 score are both 0 or less; above 5000 passages its search of vectors is approximate.
    """
    embeddings = index(collection)

    def rank(question: str, k: int) -> list[ScoredRow]:
        return [ScoredRow(row, float(score)) for row, score in embeddings.search(question, k)]

    return PassageEngine(collection, rank)


def index(collection: Collection) -> "Embeddings":
    """A txtai index whose ids are a collection's rows.

    Args:
        collection: What to index.

    Returns:
        The index, in memory; neither a model nor the network is needed.

    Raises:
        MustanadError: txtai took other texts for the passages than those given.
    """
    from txtai import Embeddings

    embeddings = Embeddings(method="external", transform=_transform(collection), hybrid=True)
    embeddings.index((row, text, None) for row, text in enumerate(collection.texts))
    if embeddings.count() != len(collection):
        raise MustanadError(
            f"txtai indexed {embeddings.count()} of {len(collection)} passages; use txtai 9.14 or newer"
        )
    return embeddings


def _transform(collection: Collection) -> Callable[[list[str]], NDArray[np.float32]]:
    """What txtai calls to embed texts, without telling whether they are passages or questions.

    It asks for the passages first, in their order; all that comes after them are questions. It must be a function: what
    is callable otherwise, txtai calls once without arguments to make one.
    """
    waiting = iter(collection.vectors)

    def transform(texts: list[str]) -> NDArray[np.float32]:
        given = list(islice(waiting, len(texts)))
        return np.stack(given) if given else collection.embedder.embed_queries(texts)

    return transform
