import dataclasses
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.fusion import convex, rrf
from index.search import HybridRetriever, SearchSettings
from index.store import Store
from index.types import Document, Filters
from tests.builders import make_index, make_pipeline, retriever
from tests.index.conftest import Collection

QUESTIONS = ["Who attacked the bridge near the river?", "من نفذ الهجوم على الجسر؟", "convoy الجيش 17", "zzzz qqqq"]


def with_settings(found: HybridRetriever, settings: SearchSettings) -> HybridRetriever:
    return dataclasses.replace(found, settings=settings)


@pytest.mark.parametrize("question", ["", " \n", "\u3000"])
def test_an_empty_question_is_refused(collection: Collection, question: str) -> None:
    with pytest.raises(ValueError, match="the question is empty"):
        collection.retriever.search(question, 5)


@pytest.mark.parametrize("k", [0, -3])
def test_k_below_1_is_refused(collection: Collection, k: int) -> None:
    with pytest.raises(ValueError, match=f"k is {k}"):
        collection.retriever.search("attack", k)


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_are_passages_of_their_documents_ranked_by_score(collection: Collection, question: str) -> None:
    hits = collection.retriever.search(question, 20)
    assert [hit.rank for hit in hits] == list(range(1, 21))
    assert len({hit.passage.passage_id for hit in hits}) == 20
    for hit in hits:
        assert hit.document == collection.documents[hit.document.doc_id]
        assert hit.passage.doc_id == hit.document.doc_id
        assert hit.passage.text == hit.document.text[hit.passage.start : hit.passage.end]
    assert all(before.score >= after.score - 1e-9 for before, after in pairwise(hits))


def test_the_passage_that_shares_the_questions_words_is_found_first(collection: Collection) -> None:
    for report in list(collection.documents.values())[:10]:
        assert collection.retriever.search(report.text, 1)[0].document == report


def test_k_above_the_number_of_passages_gives_them_all(collection: Collection) -> None:
    hits = collection.retriever.search("attack", 10_000)
    assert len(hits) == len(collection.retriever.snapshot)
    assert {hit.document.doc_id for hit in hits} == set(collection.documents)


def test_without_dense_search_only_matching_passages_are_found(collection: Collection) -> None:
    found = with_settings(collection.retriever, SearchSettings(dense=False))
    hits = found.search("bridge", 1000)
    rows = list(collection.retriever.snapshot.passages(range(len(collection.retriever.snapshot))))
    matching = {passage.passage_id for _, passage in rows if "bridge" in passage.text}
    assert {hit.passage.passage_id for hit in hits} == matching
    assert 0 < len(matching) < len(rows)
    for hit in hits:
        assert hit.dense is None
        assert hit.bm25
        assert (hit.bm25.rank, hit.bm25.score) == (hit.rank, hit.score)
        assert hit.score > 0
    assert found.search("zzzz", 5) == []


def test_without_lexical_search_the_nearest_vectors_are_found(collection: Collection) -> None:
    hits = with_settings(collection.retriever, SearchSettings(lexical="off")).search("bridge attack", 7)
    query = collection.retriever.embedder.embed_queries(["bridge attack"])[0].astype(np.float64)
    snapshot = collection.retriever.snapshot
    products = snapshot.vectors(np.arange(len(snapshot))).astype(np.float64) @ query
    comparable = products - levels(snapshot, query)
    assert [hit.score for hit in hits] == pytest.approx(sorted(comparable, reverse=True)[:7], abs=1e-9)
    for hit in hits:
        assert hit.bm25 is None
        assert hit.dense
        assert hit.dense.rank == hit.rank
        assert float(products.min()) <= hit.dense.score <= float(products.max())


def levels(snapshot: Store, query: NDArray[np.float64]) -> NDArray[np.float64]:
    """The product of the query with the mean of each row's language, drawn towards the mean of all by 50 passages."""
    vectors = snapshot.vectors(np.arange(len(snapshot))).astype(np.float64)
    langs = np.array([document.lang for document, _ in snapshot.passages(range(len(snapshot)))])
    result = np.zeros(len(snapshot))
    for lang in set(langs):
        own = vectors[langs == lang]
        result[langs == lang] = query @ (own.sum(axis=0) + 50 * vectors.mean(axis=0)) / (len(own) + 50)
    return result


@pytest.mark.parametrize("fusion", ["convex", "rrf"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_rank_bm25_gives_the_same_result(collection: Collection, question: str, fusion: str) -> None:
    fast, plain = (
        with_settings(collection.retriever, SearchSettings(lexical=lexical, fusion=fusion)).search(question, 25)
        for lexical in ("bm25", "rank-bm25")
    )
    assert [hit.passage for hit in fast] == [hit.passage for hit in plain]
    assert [hit.score for hit in fast] == pytest.approx([hit.score for hit in plain], abs=1e-9)
    assert [hit.bm25 and hit.bm25.rank for hit in fast] == [hit.bm25 and hit.bm25.rank for hit in plain]


def expected_weight(full_match: float, bm25: NDArray[np.float64], idf: NDArray[np.float64]) -> float:
    """The weight of BM25 is 0.3, growing from 0 between two shares of the highest score possible (k1 = 1.5)."""
    share = float(bm25.max() / ((1.5 + 1) * idf.sum()))
    return 0.3 * min(1.0, max(0.0, share - 0.1) / (full_match - 0.1)) if full_match else 0.3


@pytest.mark.parametrize(("fusion", "full_match"), [("convex", 0), ("convex", 0.25), ("convex", 1), ("rrf", 0.25)])
@pytest.mark.parametrize("depth", [8, 200])
@pytest.mark.parametrize("question", QUESTIONS)
def test_ranks_and_scores_are_those_of_brute_force(
    collection: Collection, question: str, fusion: str, full_match: float, depth: int
) -> None:
    settings = SearchSettings(fusion=fusion, depth=depth, bm25_weight=0.3, full_match=full_match)
    found = with_settings(collection.retriever, settings)
    snapshot = found.snapshot
    rows = range(len(snapshot))
    row_of = {passage.passage_id: row for row, (_, passage) in enumerate(snapshot.passages(rows))}
    query = found.embedder.embed_queries([question])[0].astype(np.float64)
    dense = snapshot.vectors(np.array(rows)).astype(np.float64) @ query
    terms = found.analyzer.query_terms(question, ["en", "ar"])
    bm25 = snapshot.lexical_scores(terms, "rank-bm25")
    weight = expected_weight(full_match, bm25, snapshot.term_weights(terms))
    comparable = dense - levels(snapshot, query)
    dense_list = sorted(rows, key=lambda row: (-round(float(comparable[row]), 6), row))[:depth]
    bm25_list = [row for row in sorted(rows, key=lambda row: (-round(float(bm25[row]), 9), row)) if bm25[row] > 0][
        :depth
    ]
    candidates = sorted({*dense_list, *bm25_list})
    fused = (
        convex(comparable[candidates], bm25[candidates], weight)
        if fusion == "convex"
        else rrf(comparable[candidates], bm25[candidates])
    )
    expected = [candidates[place] for place in np.argsort(-np.round(fused, 9), kind="stable")]
    hits = found.search(question, 8)
    assert [row_of[hit.passage.passage_id] for hit in hits] == expected[:8]
    for hit in hits:
        row = row_of[hit.passage.passage_id]
        assert hit.score == pytest.approx(fused[candidates.index(row)], abs=1e-9)
        assert hit.dense
        assert hit.bm25
        assert hit.dense.score == pytest.approx(dense[row], abs=1e-9)
        assert hit.bm25.score == pytest.approx(bm25[row], abs=1e-9)
        assert hit.dense.rank == (dense_list.index(row) + 1 if row in dense_list else None)
        assert hit.bm25.rank == (bm25_list.index(row) + 1 if row in bm25_list else None)


@pytest.mark.parametrize("settings", [SearchSettings(), SearchSettings(fusion="rrf"), SearchSettings(dense=False)])
def test_equal_passages_come_in_the_order_they_were_added(tmp_path: Path, settings: SearchSettings) -> None:
    twins = [Document(f"twin-{number}", "The army attacked the bridge.", lang="en") for number in range(37)]
    others = [Document(f"other-{number}", f"Grain prices rose by {number}.", lang="en") for number in range(20)]
    root = make_index(tmp_path / "index", [*others[:7], *twins, *others[7:]])
    found = retriever(root, settings)
    hits = found.search("Who attacked the bridge?", 37)
    assert [hit.document.doc_id for hit in hits] == [twin.doc_id for twin in twins]
    assert len({round(hit.score, 9) for hit in hits}) == (1 if settings.fusion == "convex" else 37)
    assert found.search("Who attacked the bridge?", 5) == hits[:5]


def test_filters_hold_before_ranking(collection: Collection) -> None:
    wanted = ("report-3", "report-57")
    hits = collection.retriever.search("bridge", 50, Filters(doc_ids=wanted))
    assert {hit.document.doc_id for hit in hits} == set(wanted)
    assert collection.retriever.search("bridge", 50, Filters(doc_ids=("nowhere",))) == []


def test_a_document_language_that_is_not_the_questions_is_still_searched(tmp_path: Path) -> None:
    spanish = Document("es", "Los soldados atacaron el puente.", lang="es")
    root = make_index(tmp_path / "index", [spanish, Document("en", "The grain prices rose.", lang="en")])
    (hit,) = retriever(root, SearchSettings(dense=False)).search("soldado", 5)
    assert hit.document == spanish


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"lexical": "lucene"}, "bm25, rank-bm25, off"),
        ({"fusion": "max"}, "convex, rrf"),
        ({"dense": False, "lexical": "off"}, "both off"),
        ({"bm25_weight": 1.1}, "bm25_weight is 1.1"),
        ({"bm25_weight": -0.1}, "from 0 to 1"),
        ({"full_match": 2}, "full_match is 2"),
        ({"depth": 0}, "depth is 0"),
    ],
)
def test_settings_that_make_no_sense_are_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        SearchSettings(**arguments)  # type: ignore[arg-type]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    root = make_index(tmp_path / "index", pipeline=make_pipeline())
    for settings in (SearchSettings(), SearchSettings(lexical="rank-bm25"), SearchSettings(lexical="off")):
        assert retriever(root, settings).search("attack", 5) == []
        assert retriever(root, settings).search("attack", 5, Filters(langs=("ar",))) == []
