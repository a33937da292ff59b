from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding import Embedder, SentenceTransformerEmbedder
from index.embedding.tokens import TokenFinder, load_token_finder
from index.errors import ModelError
from tests.fakes import HashEmbedder
from tests.index.embedding.conftest import tiny_tokenizer

# Every plane and lone surrogates, and more of what is hard: Arabic marks and ligatures, Devanagari, joined emoji.
TEXTS = st.text(st.characters() | st.sampled_from("اأإآة؟ًﷺﻻक्षिñé\u0301👩\u200d👧🇾🇪ﬁ½\u00a0\u200b\u2028\ufeff <>/s "))


def check_offsets(embedder: Embedder, text: str) -> None:
    offsets = embedder.token_offsets(text)
    assert offsets.dtype == np.int32
    assert offsets.shape == (embedder.count_tokens([text])[0], 2)
    assert all(text[start:end] for start, end in offsets)
    assert (offsets >= 0).all() and (offsets <= len(text)).all()
    assert (np.diff(offsets, axis=0) >= 0).all()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_offsets_of_the_default_model_stay_inside_and_never_go_back(e5: SentenceTransformerEmbedder, text: str) -> None:
    check_offsets(e5, text)


@given(TEXTS)
def test_offsets_of_the_fake_do_too(text: str) -> None:
    check_offsets(HashEmbedder(), text)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("من نفذ الهجوم؟", ["من", " ", "نفذ", " الهجوم", "؟"]),
        ("किसने हमला किया?", ["किस", "ने", " हमला", " किया", "?"]),
        ("👩‍👩‍👧 ok", ["👩", "👩", "\u200d", "👩", "\u200d", "👧", " ok"]),
        ("ﷺ x", ["ﷺ", "ﷺ", "ﷺ", "ﷺ", " x"]),
    ],
)
def test_offsets_count_code_points(e5: SentenceTransformerEmbedder, text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in e5.token_offsets(text)] == pieces


def test_truncation_and_padding_of_the_file_are_switched_off() -> None:
    tokenizer = tiny_tokenizer()
    tokenizer.enable_truncation(3)
    tokenizer.enable_padding(length=10)
    finder = TokenFinder(tokenizer)
    assert finder.counts(["abcdef", "a", ""]) == [6, 1, 0]
    assert finder.offsets("ab").tolist() == [[0, 1], [1, 2]]


def test_a_damaged_tokenizer_is_named(tiny_folder: Path) -> None:
    (tiny_folder / "tokenizer.json").write_text("{")
    with pytest.raises(ModelError, match=r"tokenizer\.json cannot be read"):
        load_token_finder(tiny_folder, [""], "tiny")


def test_no_tokenizer_at_all_is_a_model_error(tiny_folder: Path) -> None:
    (tiny_folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="no fast tokenizer"):
        load_token_finder(tiny_folder, [""], "tiny")
