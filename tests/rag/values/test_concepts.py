"""What the common words of names mean."""

import pytest

from rag.values.concepts import Role, meaning, stems


def test_a_word_is_known_by_its_stem_and_without_a_preposition_written_onto_it() -> None:
    assert {"بعناصر", "عناصر"} <= stems("بعناصر", "ar")
    assert "brigad" in stems("Brigades", "en")


@pytest.mark.parametrize("word", ["ـ", "ًٌ", "ـــ"])
def test_a_word_of_marks_alone_has_no_stem_and_no_meaning(word: str) -> None:
    assert stems(word, "ar") == frozenset()
    assert meaning(word, "ar") is None


def test_a_common_word_means_the_same_in_every_language() -> None:
    known = meaning("Brigades", "en")
    assert known is not None
    assert known.role is Role.KIND
    assert meaning("كتائب", "ar") == meaning("бригады", "ru") == known
