from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from eval.peers import collection_of
from index.errors import MustanadError
from index.pipeline import embedding_text
from tests.rag.samples import ALL, BRIDGE, COPY, DENIAL, HARVEST, MARKET, hash_model, make_reports


def test_passages_and_vectors_are_those_of_the_index(tmp_path: Path) -> None:
    with make_reports(tmp_path / "index") as reports:
        collection = collection_of(reports)
        assert len(collection) == reports.contents.passages
        assert collection.embedder is reports.embedder
    assert collection.documents == ALL
    assert collection.texts == [embedding_text(*passage) for passage in collection.passages]
    assert collection.texts[0].startswith(BRIDGE.title)
    expected = hash_model().embed_passages(collection.texts)
    assert collection.vectors.dtype == np.float32
    np.testing.assert_array_equal(collection.vectors, expected)


def test_what_was_removed_or_replaced_is_left_out(tmp_path: Path) -> None:
    with make_reports(tmp_path / "index", (BRIDGE, DENIAL, COPY)) as reports:
        reports.add_documents([MARKET, replace(DENIAL, text="Another text."), HARVEST])
        reports.remove([COPY.doc_id])
        collection = collection_of(reports)
    assert {document.doc_id for document in collection.documents} == {
        BRIDGE.doc_id,
        MARKET.doc_id,
        DENIAL.doc_id,
        HARVEST.doc_id,
    }
    assert any("Another text." in text for text in collection.texts)
    assert not any(DENIAL.text in text for text in collection.texts)
    np.testing.assert_array_equal(collection.vectors, hash_model().embed_passages(collection.texts))


def test_an_empty_index_is_refused(tmp_path: Path) -> None:
    with make_reports(tmp_path / "index", ()) as reports, pytest.raises(MustanadError, match="no passage"):
        collection_of(reports)
