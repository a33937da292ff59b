import re
from itertools import chain

import pytest

from eval.generated.vocabulary import LANGS, kinds, names, sentences
from eval.generated.world import N_AUTHORITIES

STANCES = ("claimed", "accused", "denied", "suspected", "reported")


@pytest.mark.parametrize("lang", LANGS)
def test_every_stance_is_put_in_eight_ways_and_more(lang: str) -> None:
    words = sentences(lang)

    for stance in STANCES:
        assert len(set(words.sentences[stance])) >= 8
        assert all("{who}" in template for template in words.sentences[stance])
        assert words.sentences[f"after_{stance}"] and words.titles[stance]
    assert len(set(words.sentences["open"])) >= 8
    assert not any("{who}" in template for template in words.sentences["open"])
    assert len(words.authorities) == N_AUTHORITIES


@pytest.mark.parametrize("lang", LANGS)
def test_what_may_open_a_report_says_when_and_where(lang: str) -> None:
    words = sentences(lang)

    assert all("{when}" in template.lower() and "{place}" in template for template in words.sentences["recap"])
    assert all("{killed" in template.lower() or "{dead}" in template for template in words.sentences["toll_dead"])


@pytest.mark.parametrize("lang", LANGS)
def test_no_template_stands_twice_in_its_pool(lang: str) -> None:
    words = sentences(lang)

    for pool in chain(words.sentences.values(), words.titles.values(), words.questions.values()):
        assert len(set(pool)) == len(pool)


def test_targets_and_weapons_stand_side_by_side_in_both_languages() -> None:
    for kind in kinds():
        arabic, english = kind.wordings["ar"], kind.wordings["en"]
        assert len(arabic.targets) == len(english.targets)
        assert len(arabic.weapons) == len(english.weapons)
        for lead in (*arabic.leads, *english.leads):
            assert all(slot in lead.lower() for slot in ("{when}", "{target}", "{place}"))


def test_arabic_and_latin_names_are_in_their_scripts() -> None:
    every = names()
    plain = [*every.towns, *every.districts, *every.surnames, *(group.name for group in every.groups)]

    for name in plain:
        assert re.fullmatch(r"[\u0621-\u064a ]+", name.ar)
        assert name.en.isascii()
    assert all(not group.name.ar.startswith("ال") for group in every.groups), "ل would change the name's spelling"
