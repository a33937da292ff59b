from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.text.chunking import Chunking, chunk
from index.text.sentences import sentence_spans
from index.types import Document, Passage
from tests.fakes import HashEmbedder
from tests.index.text.strategies import langs, texts

token_offsets = HashEmbedder().token_offsets

budgets = st.integers(16, 60).flatmap(
    lambda most: st.builds(Chunking, max_tokens=st.just(most), overlap_tokens=st.integers(0, most - 1))
)


def tokens_starting_in(text: str, passage: Passage) -> int:
    starts = token_offsets(text)[:, 0]
    return int(((starts >= passage.start) & (starts < passage.end)).sum())


def check(document: Document, passages: list[Passage]) -> None:
    """What holds for the passages of any document under any budget."""
    text = document.text
    covered = np.zeros(len(text), dtype=np.bool_)
    for number, passage in enumerate(passages):
        assert passage.passage_id == f"{document.doc_id}#{number}"
        assert passage.doc_id == document.doc_id
        assert 0 <= passage.start < passage.end <= len(text)
        assert passage.text == text[passage.start : passage.end]
        assert passage.text == passage.text.strip()
        covered[passage.start : passage.end] = True
    assert all(covered[place] or char.isspace() for place, char in enumerate(text))
    # Each passage begins and ends after the one before it: there is always progress.
    for before, after in pairwise(passages):
        assert before.start < after.start
        assert before.end < after.end


@settings(max_examples=300, deadline=None)
@given(texts, langs, budgets)
@example("x" * 500, "en", Chunking(16, 15))
@example("a." * 300, "en", Chunking(16, 0))
def test_passages_are_exact_cover_the_text_and_keep_the_budget(text: str, lang: str, chunking: Chunking) -> None:
    document = Document("d", text, lang=lang)
    passages = chunk(document, chunking, token_offsets)
    check(document, passages)
    for passage in passages:
        assert tokens_starting_in(text, passage) <= chunking.max_tokens
        assert len(token_offsets(passage.text)) <= chunking.max_tokens


@settings(max_examples=100, deadline=None)
@given(texts, budgets)
def test_the_overlap_keeps_its_budget(text: str, chunking: Chunking) -> None:
    passages = chunk(Document("d", text), chunking, token_offsets)
    for before, after in pairwise(passages):
        shared = Passage("", "d", after.start, max(after.start, before.end), "")
        assert tokens_starting_in(text, shared) <= chunking.overlap_tokens


def one_token_a_character(text: str) -> NDArray[np.int32]:
    return np.array([(place, place + 1) for place in range(len(text))], dtype=np.int32).reshape(-1, 2)


def three_tokens_a_character(text: str) -> NDArray[np.int32]:
    return np.repeat(one_token_a_character(text), 3, axis=0)


def forty_tokens_a_character(text: str) -> NDArray[np.int32]:
    return np.repeat(one_token_a_character(text), 40, axis=0)


@settings(max_examples=100, deadline=None)
@given(texts, st.sampled_from([one_token_a_character, three_tokens_a_character, forty_tokens_a_character]))
def test_tokens_of_bytes_and_a_character_above_the_budget_do_not_stop_progress(text: str, offsets: object) -> None:
    assert callable(offsets)
    document = Document("d", text)
    check(document, chunk(document, Chunking(16, 4), offsets))


def test_whole_sentences_are_packed_until_the_budget_is_full() -> None:
    # Each sentence has 5 words and a full stop: 6 tokens. Three fit into 20 tokens, and one may be repeated.
    lines = [f"{word} goes over the river." for word in ("Ali", "Ben", "Cem", "Dan", "Eva", "Fay", "Gus")]
    text = " ".join(lines)
    passages = chunk(Document("d", text), Chunking(20, 6), token_offsets)
    assert [passage.text for passage in passages] == [
        " ".join(lines[0:3]),
        " ".join(lines[2:5]),
        " ".join(lines[4:7]),
    ]


def test_without_overlap_nothing_is_repeated() -> None:
    lines = [f"{word} goes over the river." for word in ("Ali", "Ben", "Cem", "Dan")]
    passages = chunk(Document("d", " ".join(lines)), Chunking(16, 0), token_offsets)
    assert [passage.text for passage in passages] == [" ".join(lines[:2]), " ".join(lines[2:])]


def test_no_overlap_where_the_next_sentence_leaves_no_room() -> None:
    short, long = "Ali left early.", " ".join(["word"] * 15) + "."
    passages = chunk(Document("d", f"{short} {long} {short}"), Chunking(16, 8), token_offsets)
    assert [passage.text for passage in passages] == [short, long, short]


def test_a_long_sentence_is_cut_between_words() -> None:
    text = " ".join(f"word{number}" for number in range(50))
    passages = chunk(Document("d", text), Chunking(20, 0), token_offsets)
    assert [len(passage.text.split()) for passage in passages] == [20, 20, 10]
    assert " ".join(passage.text for passage in passages) == text


def test_a_long_word_is_cut_inside() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(50))
    passages = chunk(Document("d", text), Chunking(20, 0), one_token_a_character)
    assert [(passage.start, passage.end) for passage in passages] == [(0, 20), (20, 40), (40, 50)]


def test_a_text_that_fits_is_one_passage() -> None:
    text = "\n  First. Second!\n\nThird؟ "
    (passage,) = chunk(Document("d", text), Chunking(), token_offsets)
    spans = sentence_spans(text)
    assert (passage.start, passage.end) == (spans[0][0], spans[-1][1]) == (3, len(text) - 1)


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_an_empty_text_has_no_passages(text: str) -> None:
    assert chunk(Document("d", text), Chunking(), token_offsets) == []


@pytest.mark.parametrize(("most", "overlap"), [(15, 0), (16, 16), (16, -1), (0, 0)])
def test_a_budget_that_cannot_be_kept_is_refused(most: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="tokens is"):
        Chunking(most, overlap)
