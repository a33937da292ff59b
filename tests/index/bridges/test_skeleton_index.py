from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bridges.skeleton import near, skeleton
from index.bridges.skeleton_index import SkeletonIndex
from index.bridges.sounds import Script, script_of

VOCABULARY = ("newton", "نيوتن", "ньютон", "لندن", "2024", "او", "khartoum", "خرطوم", "東京", "x" * 41)
words = st.text("abcdefghiklmnoprstuwابتثجحخدرزسشعغفقكلمنويабвгдеиклмнорст", min_size=1, max_size=9)


def test_only_words_that_could_be_names_are_kept() -> None:
    assert len(SkeletonIndex.build(VOCABULARY)) == 6


def test_the_terms_near_a_skeleton() -> None:
    index = SkeletonIndex.build(VOCABULARY)
    assert set(index.terms_near("NTN")) == {"newton", "نيوتن", "ньютон"}
    assert index.terms_near("KRTM", (Script.ARABIC,)) == ("خرطوم",)
    assert index.terms_near("KRTMS", (Script.LATIN,)) == ("khartoum",)
    assert index.terms_near("") == ()


@given(st.lists(words, unique=True, max_size=30), words)
def test_it_finds_what_a_look_at_every_term_finds(vocabulary: list[str], word: str) -> None:
    wanted = near(skeleton(word))
    expected = {term for term in vocabulary if script_of(term) and skeleton(term) in wanted}
    found = SkeletonIndex.build(vocabulary).terms_near(skeleton(word))
    assert set(found) == expected
    assert len(found) == len(expected)


def test_a_saved_index_is_the_same_when_loaded(tmp_path: Path) -> None:
    built = SkeletonIndex.build(VOCABULARY)
    built.save(tmp_path)
    loaded = SkeletonIndex.load(tmp_path)
    assert len(loaded) == len(built)
    for form in ("NTN", "KRTM", "LNTN"):
        assert loaded.terms_near(form) == built.terms_near(form)
    for path in tmp_path.iterdir():
        np.load(path, allow_pickle=False)


@pytest.mark.parametrize("vocabulary", [(), ("2024",)])
def test_an_index_without_terms_is_saved_and_loaded(vocabulary: tuple[str, ...], tmp_path: Path) -> None:
    SkeletonIndex.build(vocabulary).save(tmp_path)
    loaded = SkeletonIndex.load(tmp_path)
    assert len(loaded) == 0
    assert loaded.terms_near("NTN") == ()
