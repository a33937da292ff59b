import pytest
from lxml import html

from rag.types import Stance
from ui.stances import badge_html, told_html
from ui.strings import CATALOGUES


def test_the_badge_comes_before_who_says_so() -> None:
    told = html.fragment_fromstring(told_html(Stance.ACCUSED, "<i>the army"), create_parent=True)
    assert told.text_content() == "Accusation According to <i>the army"


def test_words_that_answer_nothing_are_told_in_no_way() -> None:
    assert told_html(None, "the army") == ""


@pytest.mark.parametrize("lang", CATALOGUES)
def test_badges_and_what_they_mean_differ(lang: str) -> None:
    strings = CATALOGUES[lang]
    assert set(strings.stances) == set(strings.stance_notes) == set(Stance)
    assert len(set(strings.stances.values())) == len(set(strings.stance_notes.values())) == len(Stance)
    for stance in Stance:
        assert f'title="{strings.stance_notes[stance]}"' in badge_html(stance, strings).replace("&#x27;", "'")
