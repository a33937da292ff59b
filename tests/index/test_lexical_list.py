from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.bridges import AliasFileError
from index.lexical_list import LexicalList, NameBridges, best_rows, lexical_list
from index.store import Snapshot
from index.text.analysis import FoldingAnalyzer
from index.types import Bridged, Document
from tests.builders import make_index
from tests.index.conftest import Collection

ANALYZER = FoldingAnalyzer()


@pytest.fixture(autouse=True)
def _no_list_of_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUSTANAD_ALIASES", raising=False)


def opened(folder: Path, *texts: tuple[str, str]) -> Snapshot:
    """An index of texts, each with its language; row i is text i."""
    return Snapshot(
        make_index(folder / "index", [Document(str(n), text, lang=lang) for n, (lang, text) in enumerate(texts)])
    )


def found(
    store: Snapshot,
    question: str,
    *,
    engine: str = "bm25",
    aliases: bool = False,
    transliteration: bool = False,
    depth: int = 10,
    allowed: NDArray[np.bool_] | None = None,
) -> LexicalList:
    bridges = NameBridges(store, aliases, transliteration)
    return lexical_list(store, ANALYZER, question, engine, bridges, depth, store.live if allowed is None else allowed)


def every_row(store: Snapshot) -> NDArray[np.int64]:
    return np.arange(len(store.live))


@pytest.mark.parametrize("engine", ["bm25", "rank-bm25"])
def test_scores_and_strength_by_hand(tmp_path: Path, engine: str) -> None:
    """Two passages of two terms: a term of one of them weighs log(3 / 1), and its score is as much at tf 1."""
    store = opened(tmp_path, ("en", "bridge grain"), ("en", "market grain"))
    one = found(store, "bridge", engine=engine)
    assert one.rows.tolist() == [0]
    assert one.scores_at(every_row(store)).tolist() == pytest.approx([log(3), 0])
    assert one.strength == pytest.approx(1 / 2.5)
    assert one.used == () and one.searched
    # of two words, of which the reports lack one, the highest score possible is twice as high
    assert found(store, "bridge zebra", engine=engine).strength == pytest.approx(0.5 / 2.5)
    both = found(store, "market grain", engine=engine)
    assert both.rows.tolist() == [1, 0]
    assert both.scores_at(np.array([1, 0])).tolist() == pytest.approx([log(3) + log(3 / 2), log(3 / 2)])
    assert both.strength == pytest.approx(1 / 2.5)
    assert found(store, "market grain", engine=engine, depth=1).rows.tolist() == [1]


@pytest.mark.parametrize("engine", ["bm25", "rank-bm25"])
@pytest.mark.parametrize("question", ["zebra", "?!"])
def test_where_nothing_matches_the_list_is_empty_and_weak(tmp_path: Path, engine: str, question: str) -> None:
    store = opened(tmp_path, ("en", "bridge grain"), ("en", "market grain"))
    nothing = found(store, question, engine=engine)
    assert (nothing.rows.tolist(), nothing.strength) == ([], 0)
    assert nothing.scores_at(every_row(store)).tolist() == [0, 0]
    assert nothing.searched


def test_an_index_without_passages_gives_an_empty_list(tmp_path: Path) -> None:
    store = opened(tmp_path)
    for engine in ("bm25", "rank-bm25"):
        assert found(store, "bridge", engine=engine, aliases=True, transliteration=True).rows.tolist() == []


def test_a_search_without_bm25_has_no_list() -> None:
    off = LexicalList.off()
    assert (off.rows.tolist(), off.strength, off.used, off.searched) == ([], 0, (), False)
    assert off.scores_at(np.array([4, 7])).tolist() == [0, 0]


@pytest.mark.parametrize("engine", ["bm25", "rank-bm25"])
def test_only_rows_that_are_allowed_are_found(tmp_path: Path, engine: str) -> None:
    store = opened(tmp_path, ("en", "bridge grain"), ("en", "bridge market"), ("ar", "قتل خاشقجي"))
    allowed = np.array([False, True, False])
    assert found(store, "bridge", engine=engine).rows.tolist() == [0, 1]
    assert found(store, "bridge", engine=engine, allowed=allowed).rows.tolist() == [1]
    question = "bridge of Khashoggi"
    assert found(store, question, engine=engine, transliteration=True).rows.tolist() == [0, 1, 2]
    bridged = found(store, question, engine=engine, transliteration=True, allowed=allowed)
    assert bridged.used
    assert bridged.rows.tolist() == [1]
    assert bridged.scores_at(every_row(store)).tolist() == pytest.approx([0, log(4 / 2), 0])


@pytest.mark.parametrize("engine", ["bm25", "rank-bm25"])
def test_a_name_is_found_by_its_sound_only_where_that_is_on(tmp_path: Path, engine: str) -> None:
    store = opened(tmp_path, ("ar", "قتل خاشقجي"), ("ar", "هدنة جديدة"))
    question = "Who killed Khashoggi?"
    off = found(store, question, engine=engine, aliases=True)
    assert (off.rows.tolist(), off.used, off.strength) == ([], (), 0)
    on = found(store, question, engine=engine, transliteration=True)
    assert on.rows.tolist() == [0]
    assert on.used == (Bridged("Khashoggi", ("خاشقج",), "transliteration"),)
    score, other = on.scores_at(every_row(store)).tolist()
    assert 0 < score <= log(3) + 1e-9
    assert other == 0
    # the highest score possible: "who" and "killed" at log(3) each, the name at the weight of its bridge
    assert on.strength == pytest.approx(score / (2.5 * (2 * log(3) + score)))


@pytest.mark.parametrize("engine", ["bm25", "rank-bm25"])
def test_an_alias_weighs_nine_tenths_of_the_word_itself(tmp_path: Path, engine: str) -> None:
    store = opened(tmp_path, ("ar", "هاجموا حلب"), ("ar", "هدنة جديدة"))
    on = found(store, "Aleppo", engine=engine, aliases=True)
    assert on.rows.tolist() == [0]
    assert on.scores_at(every_row(store)).tolist() == pytest.approx([0.9 * log(3), 0])
    assert on.strength == pytest.approx(1 / 2.5)
    (used,) = on.used
    assert (used.words, used.kind) == ("Aleppo", "alias")
    assert "حلب" in used.matched
    assert found(store, "Aleppo", engine=engine).rows.tolist() == []


def test_a_name_counts_once_beside_the_plain_words(tmp_path: Path) -> None:
    store = opened(tmp_path, ("ar", "حلب قمح"), ("en", "Aleppo bridge"), ("en", "market bridge"))
    on = found(store, "Aleppo bridge", aliases=True)
    # "aleppo" weighs log(4), "bridge" log(4 / 2); the alias 0.9 of log(4)
    assert on.scores_at(every_row(store)).tolist() == pytest.approx([0.9 * log(4), log(4) + log(2), log(2)], abs=1e-9)
    assert on.rows.tolist() == [1, 0, 2]
    assert on.strength == pytest.approx(1 / 2.5)


def test_names_of_the_users_own_list_are_bridged_and_a_broken_list_is_one_line(tmp_path: Path) -> None:
    store = opened(tmp_path, ("ar", "هاجم فيلق الساحل القرية"), ("ar", "هدنة جديدة"))
    assert found(store, "Coastal Legion", aliases=True).rows.tolist() == []
    (store.root / "aliases.txt").write_text("Coastal Legion\nفيلق الساحل\n", encoding="utf-8")
    on = found(store, "Coastal Legion", aliases=True)
    assert on.rows.tolist() == [0]
    assert on.used == (Bridged("Coastal Legion", ("فيلق الساحل",), "alias"),)
    assert found(store, "Coastal Legion", transliteration=True).rows.tolist() == []
    (store.root / "aliases.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AliasFileError, match=r"^[^\n]+aliases\.txt[^\n]*$"):
        found(store, "Coastal Legion", aliases=True)


@pytest.mark.parametrize(
    "question", ["Who attacked the bridge near the river?", "من نفذ الهجوم على الجسر؟", "convoy 17"]
)
@pytest.mark.parametrize("depth", [1, 7, 500])
def test_the_fast_way_and_the_plain_one_agree(collection: Collection, question: str, depth: int) -> None:
    store = collection.retriever.snapshot
    assert isinstance(store, Snapshot)
    fast, plain = (found(store, question, engine=engine, depth=depth) for engine in ("bm25", "rank-bm25"))
    assert fast.rows.tolist() == plain.rows.tolist() != []
    assert fast.strength == pytest.approx(plain.strength)
    assert 0 < fast.strength <= 1
    rows = np.flatnonzero(store.live)
    assert fast.scores_at(rows) == pytest.approx(plain.scores_at(rows), abs=1e-9)


def test_best_rows_by_hand() -> None:
    scores = np.array([0.5, 0.0, 2.0, 0.5, -1.0, 0.5])
    assert best_rows(scores, 9).tolist() == [2, 0, 3, 5]
    assert best_rows(scores, 3).tolist() == [2, 0, 3]
    assert best_rows(scores, 1).tolist() == [2]
    assert best_rows(np.zeros(4), 2).tolist() == []
    assert best_rows(np.zeros(0), 2).tolist() == []


def test_scores_that_differ_in_the_last_digits_alone_are_equal_at_the_end_of_the_list_too() -> None:
    scores = np.array([1.0, 1.0 + 1e-13, 1.0 + 2e-13])
    assert best_rows(scores, 3).tolist() == [0, 1, 2]
    assert best_rows(scores, 2).tolist() == [0, 1]


@given(scores=st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 3.0]) | st.integers(0, 9000).map(lambda n: n / 1000)),
       depth=st.integers(1, 12))  # fmt: skip
def test_best_rows_are_those_of_sorting_all(scores: list[float], depth: int) -> None:
    matching = [row for row, score in enumerate(scores) if score > 0]
    expected = sorted(matching, key=lambda row: (-scores[row], row))[:depth]
    assert best_rows(np.array(scores, dtype=np.float64), depth).tolist() == expected
