"""Whatever was added, replaced, removed, merged and compacted: BM25 scores as over what is left, indexed at once."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from index.store import Snapshot, compact, verify
from index.types import Document, Filters
from tests.builders import commit, make_index, make_pipeline

WORDS = "attack bridge army convoy village river governor market drone fire".split()
texts = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
commits = st.lists(
    st.one_of(
        st.just("compact"),
        st.tuples(st.dictionaries(st.integers(0, 9), texts, max_size=5), st.sets(st.integers(0, 9), max_size=4)),
    ),
    min_size=1,
    max_size=8,
)


@dataclass(frozen=True, slots=True)
class _Oracle:
    """rank-bm25 over passages given by id."""

    passages: dict[str, list[str]]

    def scores(self, terms: list[str]) -> dict[str, float]:
        """Of every passage, less what one gets that matches nothing."""
        if not any(self.passages.values()):
            return dict.fromkeys(self.passages, 0.0)
        engine = BM25Plus(list(self.passages.values()), k1=1.5, b=0.75, delta=1.0)
        known = [term for term in terms if term in engine.idf]
        base = sum(engine.idf[term] for term in known)
        return dict(zip(self.passages, engine.get_scores(known) - base, strict=True))


def oracle(documents: dict[str, Document]) -> _Oracle:
    pipeline = make_pipeline()
    return _Oracle(
        {
            passage.passage_id: pipeline.terms(document, passage)
            for document in documents.values()
            for passage in pipeline.passages(document)
        }
    )


@settings(max_examples=40)
@given(commits, st.lists(st.sampled_from(WORDS), unique=True, min_size=1, max_size=6), st.integers(1, 12))
def test_bm25_after_any_history_is_that_of_an_index_built_at_once(
    history: list[str | tuple[dict[int, str], set[int]]], question: list[str], k: int
) -> None:
    terms = make_pipeline().analyzer.query_terms(" ".join(question), ("en",))
    with tempfile.TemporaryDirectory() as folder:
        root = make_index(Path(folder) / "index")
        documents: dict[str, Document] = {}
        for step in history:
            if step == "compact" or isinstance(step, str):
                compact(root)
                continue
            added = [Document(f"report-{number}", text, lang="en") for number, text in step[0].items()]
            removed = {f"report-{number}" for number in step[1]} & set(documents) - {d.doc_id for d in added}
            commit(root, added, sorted(removed))
            documents = {doc_id: document for doc_id, document in documents.items() if doc_id not in removed}
            documents.update((document.doc_id, document) for document in added)
        assert verify(root) == []
        snapshot = Snapshot(root)
        expected = oracle(documents).scores(terms)
        rows = np.flatnonzero(snapshot.live)
        ids = [passage.passage_id for _, passage in snapshot.passages(rows.tolist())]
        assert sorted(ids) == sorted(expected)
        wanted = np.array([expected[passage_id] for passage_id in ids])
        for scores in (
            snapshot.lexical_scores(terms, "bm25")[rows],
            snapshot.lexical_scores(terms, "rank-bm25")[rows],
            snapshot.lexical_scores_at(terms, rows),
        ):
            np.testing.assert_allclose(scores, wanted, rtol=0, atol=1e-9)
        assert not snapshot.lexical_scores(terms, "bm25")[~snapshot.live].any()
        best, scores = snapshot.lexical_best(terms, k, snapshot.allowed(Filters()))
        order = [row for row in np.lexsort((rows, -np.round(wanted, 9))) if wanted[row] > 1e-12][:k]
        assert best.tolist() == rows[order].tolist()
        np.testing.assert_allclose(scores, wanted[order], rtol=0, atol=1e-9)
        frequencies = [sum(term in passage for passage in oracle(documents).passages.values()) for term in terms]
        if any(oracle(documents).passages.values()):
            idf = np.log((len(wanted) + 1) / np.maximum(frequencies, 1))
            np.testing.assert_allclose(snapshot.term_weights(terms), idf, atol=1e-9)
        snapshot.close()


def test_the_best_of_an_index_of_many_commits_are_those_of_rank_bm25(many_commits: Path) -> None:
    snapshot = Snapshot(many_commits)
    assert len(snapshot.segments) > 1
    only = Filters(langs=("en",))
    for question in ("Who attacked the bridge?", "fire in the village 7", "الجيش bridge river"):
        terms = make_pipeline().analyzer.query_terms(question, ("ar", "en"))
        scores = np.where(snapshot.allowed(only), snapshot.lexical_scores(terms, "rank-bm25"), 0)
        expected = np.lexsort((np.arange(len(scores)), -np.round(scores, 9)))[:10]
        best, found = snapshot.lexical_best(terms, 10, snapshot.allowed(only))
        assert best.tolist() == [row for row in expected.tolist() if scores[row] > 0]
        assert found == pytest.approx(scores[best], abs=1e-9)
