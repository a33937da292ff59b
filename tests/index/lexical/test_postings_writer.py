"""However the passages came together, the files are those of all passages inverted at once."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lexical import Postings, PostingsWriter, invert, postings_writer
from tests.index.lexical.lists import term_lists

Corpus = list[list[str]]
corpora = st.lists(st.lists(st.sampled_from(["a", "b", "ب", "军", "fire", "fires", "z"]), max_size=8), max_size=8)


def assert_same(found: Postings, corpus: Sequence[Sequence[str]]) -> None:
    expected = invert(term_lists(corpus))
    assert list(found.vocabulary) == list(expected.vocabulary)
    for name in ("starts", "passages", "counts", "lengths"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist(), name
    assert found.damage() == []


@pytest.fixture(params=[(1, 1, 1), (3, 5, 2), (1 << 22, 1 << 22, 1 << 16)])
def sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs and blocks of very few terms, of some, and of as many as there are in earnest."""
    for name, value in zip(("_RUN_TERMS", "_BLOCK_POSTINGS", "_BLOCK_TERMS"), request.param, strict=True):
        monkeypatch.setattr(postings_writer, name, value)


@pytest.mark.usefixtures("sizes")
def test_passages_added_one_by_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    @settings(max_examples=40)
    @given(corpora)
    def check(corpus: Corpus) -> None:
        folder = tmp_path_factory.mktemp("postings")
        writer = PostingsWriter(folder)
        for passage in corpus:
            writer.add(passage)
        writer.finish()
        assert_same(Postings.load(folder), corpus)
        assert all(path.is_file() for path in folder.iterdir())

    check()


@pytest.mark.usefixtures("sizes")
def test_what_is_kept_of_other_postings(tmp_path_factory: pytest.TempPathFactory) -> None:
    parts = st.lists(st.tuples(corpora, st.lists(st.booleans(), min_size=8, max_size=8)), min_size=1, max_size=4)

    @settings(max_examples=40)
    @given(parts, corpora)
    def check(sources: list[tuple[Corpus, list[bool]]], added: Corpus) -> None:
        folder = tmp_path_factory.mktemp("postings")
        writer = PostingsWriter(folder)
        expected: Corpus = []
        for corpus, kept in sources:
            writer.append(invert(term_lists(corpus)), np.array(kept[: len(corpus)], dtype=np.bool_))
            expected += [passage for passage, wanted in zip(corpus, kept, strict=False) if wanted]
        for passage in added:
            writer.add(passage)
        writer.finish()
        assert_same(Postings.load(folder), [*expected, *added])

    check()


def test_counts_of_several_types_are_merged_exactly(tmp_path: Path) -> None:
    corpora_of_types: list[Corpus] = [[["a"] * 3], [["a"] * 300, ["b"]], [["b"] * 70_000]]
    writer = PostingsWriter(tmp_path)
    for corpus in corpora_of_types:
        writer.append(invert(term_lists(corpus)), np.ones(len(corpus), dtype=np.bool_))
    writer.finish()
    found = Postings.load(tmp_path)
    assert found.counts.tolist() == [3, 300, 1, 70_000]
    assert found.counts.dtype == np.uint32
