from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import Postings, invert
from index.lexical.postings import POSTING_PASSAGES, count_type
from index.lexical.vocabulary import Vocabulary
from tests.index.lexical.lists import term_lists

CORPUS = [["road", "fire", "road"], [], ["fire", "camp"]]


def test_postings_by_hand() -> None:
    postings = invert(term_lists(CORPUS))
    assert list(postings.vocabulary) == [b"camp", b"fire", b"road"]
    assert postings.starts.tolist() == [0, 1, 3, 4]
    assert postings.passages.tolist() == [2, 0, 2, 0]
    assert postings.counts.tolist() == [1, 1, 1, 2]
    assert postings.lengths.tolist() == [3, 0, 2]
    passages, counts = postings.of(1)
    assert (passages.tolist(), counts.tolist()) == ([0, 2], [1, 1])
    assert len(postings) == 3


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=12), max_size=12))
def test_the_lists_come_back_sorted(corpus: list[list[str]]) -> None:
    postings = invert(term_lists(corpus))
    assert postings.damage() == []
    lists = postings.lists()
    assert [[lists.vocabulary[term] for term in lists.of(row)] for row in range(len(corpus))] == [
        sorted(passage) for passage in corpus
    ]
    assert sum(postings.counts.tolist()) == sum(map(len, corpus))
    frequencies = Counter(term for passage in corpus for term in set(passage))
    assert [term.decode() for term in postings.vocabulary] == sorted(frequencies)
    assert np.diff(postings.starts).tolist() == [frequencies[term] for term in sorted(frequencies)]


@pytest.mark.parametrize(
    ("times", "kind"), [(255, np.uint8), (256, np.uint16), (65_535, np.uint16), (65_536, np.uint32)]
)
def test_counts_are_exact_however_often_a_word_is_repeated(times: int, kind: type) -> None:
    postings = invert(term_lists([["road"] * times, ["road"]]))
    assert postings.counts.tolist() == [times, 1]
    assert postings.counts.dtype == kind == count_type(times)


def test_postings_are_loaded_as_they_were_saved_and_hold_no_pickle(tmp_path: Path) -> None:
    saved = invert(term_lists(CORPUS))
    saved.save(tmp_path)
    loaded = Postings.load(tmp_path)
    assert list(loaded.vocabulary) == list(saved.vocabulary)
    for name in ("starts", "passages", "counts", "lengths"):
        assert getattr(loaded, name).tolist() == getattr(saved, name).tolist()
        assert type(getattr(loaded, name)) is np.ndarray
    for path in tmp_path.iterdir():
        assert not np.load(path, allow_pickle=False).dtype.hasobject


def test_postings_that_do_not_fit_one_another_are_refused(tmp_path: Path) -> None:
    invert(term_lists(CORPUS)).save(tmp_path)
    np.save(tmp_path / POSTING_PASSAGES, np.zeros(3, dtype=np.int32))
    with pytest.raises(ValueError, match="do not fit one another"):
        Postings.load(tmp_path)


def changed(values: np.ndarray, place: int, value: int) -> np.ndarray:
    result = values.copy()
    result[place] = value
    return result


WHOLE = invert(term_lists(CORPUS))


@pytest.mark.parametrize(
    ("damaged", "problem"),
    [
        (replace(WHOLE, vocabulary=Vocabulary.of([b"camp", b"road", b"fire"])), "the terms are not in order"),
        (replace(WHOLE, starts=changed(WHOLE.starts, 1, 0)), "some term has no postings"),
        (replace(WHOLE, passages=changed(WHOLE.passages, 0, 3)), "postings name passages that are not among the 3"),
        (replace(WHOLE, passages=changed(WHOLE.passages, 0, -1)), "postings name passages that are not among the 3"),
        (replace(WHOLE, passages=np.array([2, 2, 0, 0], np.int32)), "the postings of some term are not in order"),
        (replace(WHOLE, counts=changed(WHOLE.counts, 3, 1)), "the postings of 1 passages do not add up"),
        (replace(WHOLE, lengths=changed(WHOLE.lengths, 1, 1)), "the postings of 1 passages do not add up"),
    ],
)
def test_what_contradicts_itself_is_told(damaged: Postings, problem: str) -> None:
    (found,) = damaged.damage()
    assert found.startswith(problem)
