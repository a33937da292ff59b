from bisect import bisect_left
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical.vocabulary import TERM_TEXTS, Vocabulary, utf8

TERMS = sorted(
    utf8(term) for term in ["", "الهجوم", "军队", "हमला", "a\u0301", '"', "\\", "😀", "fire", "fires", "\x00"]
)


def test_a_saved_vocabulary_finds_each_of_its_terms(tmp_path: Path) -> None:
    Vocabulary.of(TERMS).save(tmp_path)
    loaded = Vocabulary.load(tmp_path)
    assert list(loaded) == TERMS
    assert [loaded.find(term.decode()) for term in TERMS] == list(range(len(TERMS)))
    assert loaded.find("fir") is loaded.find("firesx") is loaded.find("\ud800") is loaded.find("😀😀") is None
    assert loaded[1:3] == TERMS[1:3]


@given(st.sets(st.text(max_size=4), max_size=30), st.text(max_size=4))
def test_finding_is_looking_up(terms: set[str], other: str) -> None:
    listed = sorted(utf8(term) for term in terms)
    vocabulary = Vocabulary.of(listed)
    assert len(vocabulary) == len(terms)
    for term in {*terms, other}:
        expected = bisect_left(listed, utf8(term)) if term in terms else None
        assert vocabulary.find(term) == expected


def test_only_some_terms() -> None:
    kept = np.arange(len(TERMS)) % 3 == 0
    assert list(Vocabulary.of(TERMS).only(kept)) == TERMS[::3]
    assert list(Vocabulary.of([]).only(kept[:0])) == []


def test_files_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    Vocabulary.of(TERMS).save(tmp_path)
    np.save(tmp_path / TERM_TEXTS, np.zeros(3, dtype=np.uint8))
    with pytest.raises(ValueError, match="does not fit"):
        Vocabulary.load(tmp_path)
