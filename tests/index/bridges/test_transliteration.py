import pytest

from index.bridges.skeleton_index import SkeletonIndex
from index.bridges.transliteration import MOST_BRIDGES, name_bridges
from index.text.analysis import FoldingAnalyzer

ARABIC = "نيوتن لوثر وارسو واشنطن تسلا بيكيتي هيوز خاشقجي حفتر مدرسة طائرة سوق هجوم البرلمان الجيش مدينة لتطور بنظام"
LATIN = "Newton Luther Washington Tesla Piketty Khashoggi Haftar schools aircraft market attack parliament army city"
CYRILLIC = "Ньютона Лютера Вашингтоне Хашогги Хафтара школа самолёт рынок нападение армия городе"


def index_of(text: str, lang: str) -> SkeletonIndex:
    return SkeletonIndex.build(FoldingAnalyzer().terms(text, lang))


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("Newton", "نيوتن"),
        ("Luther's", "لوثر"),
        ("Tesla", "تسلا"),
        ("Warsaw", "ارسو"),  # the stemmer takes the first letter for "and"
        ("Khashoggi", "خاشقج"),
        ("Haftar", "حفتر"),
        ("Ньютона", "نيوتن"),
        ("Хафтара", "حفتر"),
    ],
)
def test_a_name_finds_itself_in_arabic(word: str, term: str) -> None:
    assert [bridge.term for bridge in name_bridges(word, index_of(ARABIC, "ar"))] == [term]


@pytest.mark.parametrize(
    ("word", "term"),
    [("نيوتن", "newton"), ("ولوثر", "luther"), ("خاشقجي", "khashoggi"), ("لحفتر", "haftar"), ("Ньютоном", "newton")],
)
def test_a_name_finds_itself_in_english(word: str, term: str) -> None:
    assert [bridge.term for bridge in name_bridges(word, index_of(LATIN, "en"))] == [term]


@pytest.mark.parametrize(("word", "term"), [("Newton", "ньютон"), ("حفتر", "хафтар"), ("Washington", "вашингтон")])
def test_a_name_finds_itself_in_russian(word: str, term: str) -> None:
    assert [bridge.term for bridge in name_bridges(word, index_of(CYRILLIC, "ru"))] == [term]


@pytest.mark.parametrize("word", ["Ouagadougou", "Srebrenica", "2024", "東京", "A"])
def test_a_name_that_is_not_there_finds_nothing(word: str) -> None:
    assert name_bridges(word, index_of(ARABIC, "ar")) == []


def test_a_word_finds_nothing_in_its_own_script() -> None:
    assert name_bridges("Newton", SkeletonIndex.build(["newton", "newtons"])) == []


def test_a_closer_spelling_weighs_more_and_far_ones_are_left_out() -> None:
    index = SkeletonIndex.build(["نيوتن", "نيوتون", "نوتن", "نيوتان", "نيتون", "ناتن"])
    bridges = name_bridges("Newton", index)
    assert bridges[0].term == "نوتن"
    assert "ناتن" not in [bridge.term for bridge in bridges]
    assert [bridge.weight for bridge in bridges] == sorted((bridge.weight for bridge in bridges), reverse=True)
    assert 0 < len(bridges) <= MOST_BRIDGES
    assert all(0 < bridge.weight <= 1 for bridge in bridges)


def test_a_word_that_may_be_no_name_must_sound_more_alike() -> None:
    index = SkeletonIndex.build(["نيوتن"])
    (certain,) = name_bridges("Newton", index)
    uncertain = name_bridges("Newton", index, certain=False)
    assert all(bridge.weight < certain.weight for bridge in uncertain)
