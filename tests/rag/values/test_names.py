import pytest

from rag.values.comparing import Relation
from rag.values.names import appositions, compare_names, name_of, shipped_aliases

SAME, WITHIN, OPEN, DIFFERENT = Relation.SAME, Relation.WITHIN, Relation.OPEN, Relation.DIFFERENT


def stand(one: tuple[str, str], other: tuple[str, str], told: bool) -> Relation:
    """How two names with their languages stand; ``told``: the shorter one's report has the longer one in full."""
    first, second = (name_of(*each, shipped_aliases()) for each in (one, other))
    found = {compare_names(*pair, lambda short, long: told) for pair in ((first, second), (second, first))}
    assert len(found) == 1, "the order matters"
    return found.pop()


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        # members, groups, titles and articles
        (("عناصر تنظيم الدولة", "ar"), ("تنظيم الدولة", "ar"), SAME),
        (("the Zarfan group", "en"), ("Zarfan", "en"), SAME),
        (("Colonel Benavides", "en"), ("Benavides", "en"), SAME),
        (("مسلحي سوندرال", "ar"), ("Sundral Movement", "en"), SAME),
        (("بعناصر التنظيم", "ar"), ("عناصر التنظيم", "ar"), SAME),
        # aliases, meanings and sounds, across languages
        (("عناصر تنظيم الدولة", "ar"), ("ISIS fighters", "en"), SAME),
        (("IŞİD militanları", "tr"), ("Исламское государство", "ru"), SAME),
        (("كتائب زرفان", "ar"), ("the Zarfan Brigades", "en"), SAME),
        (("وزارة الداخلية", "ar"), ("the Interior Ministry", "en"), SAME),
        (("اللواء الشمالي", "ar"), ("Northern Brigade", "en"), SAME),
        (("هلفوني", "ar"), ("Halvuni", "en"), SAME),
        (("gunmen", "en"), ("مسلحون", "ar"), SAME),
        # a part of a name
        (("Halvuni", "en"), ("Judge Anton Halvuni", "en"), WITHIN),
        (("the Army", "en"), ("National Liberation Army", "en"), OPEN),
        (("Liberation Army", "en"), ("National Liberation Army", "en"), OPEN),
        (("Syrian gunmen", "en"), ("Syrian Army", "en"), OPEN),
        (("عناصر التنظيم", "ar"), ("تنظيم الدولة", "ar"), OPEN),
        # other actors
        (("the Northern Brigade", "en"), ("the Southern Brigade", "en"), DIFFERENT),
        (("Syrian Army", "en"), ("Free Syrian Army", "en"), DIFFERENT),
        (("the army", "en"), ("the police", "en"), DIFFERENT),
        (("لواء الصقور", "ar"), ("لواء النسور", "ar"), DIFFERENT),
        (("smugglers", "en"), ("the Northern Brigade", "en"), DIFFERENT),
        # nothing tells
        (("gunmen", "en"), ("the Northern Brigade", "en"), OPEN),
        (("smugglers", "en"), ("مهربون", "ar"), OPEN),
        (("the group", "en"), ("the Northern Brigade", "en"), OPEN),
    ],
)
def test_how_names_stand(one: tuple[str, str], other: tuple[str, str], relation: Relation) -> None:
    assert stand(one, other, told=False) is relation


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (("the Army", "en"), ("National Liberation Army", "en")),
        (("عناصر التنظيم", "ar"), ("تنظيم الدولة", "ar")),
        (("the army", "en"), ("the army of Larzania", "en")),
    ],
)
def test_a_report_with_the_full_name_tells_whose_army_it_is(short: tuple[str, str], long: tuple[str, str]) -> None:
    assert stand(short, long, told=True) is WITHIN


def test_the_full_name_does_not_make_two_actors_one() -> None:
    assert stand(("the Northern Brigade", "en"), ("the Southern Brigade", "en"), told=True) is DIFFERENT


def test_what_stands_in_brackets() -> None:
    assert appositions("The Zarfan Front (ZF) and [the army]") == {
        ("the zarfan front", "zf"),
        ("the zarfan front zf and", "the army"),
    }
