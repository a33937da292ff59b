import pytest

from eval.generated.writing import Phrase, fill, join, marked


def test_marks_stand_where_the_values_come_to_stand() -> None:
    act = fill("the raid on {target}", {"target": marked("the depot", "target")})

    phrase = fill("{Act} in {place}", {"act": act, "place": marked("Dulkora", "where")})

    assert phrase.text == "The raid on the depot in Dulkora"
    assert [(mark.label, phrase.text[mark.start : mark.end]) for mark in phrase.marks] == [
        ("target", "the depot"),
        ("where", "Dulkora"),
    ]


@pytest.mark.parametrize(("target", "whole"), [("السوق", "للسوق"), ("سوق السمك", "لسوق السمك")])
def test_marks_keep_their_place_behind_an_attached_preposition(target: str, whole: str) -> None:
    act = join([Phrase(target), marked("أمس", "when")], " ")

    phrase = fill("تعرّض {l:act}", {"act": act})

    assert phrase.text == f"تعرّض {whole} أمس"
    (mark,) = phrase.marks
    assert phrase.text[mark.start : mark.end] == "أمس"


@pytest.mark.parametrize(("second", "text"), [(False, "قصف الجيش"), (True, "قصفت الجيش")])
def test_agreement_chooses_a_form_that_may_hold_slots(second: bool, text: str) -> None:
    values = {"who": Phrase("الجيش", second=second), "did": Phrase("قصف"), "did_f": Phrase("قصفت")}

    assert fill("[who:{did}|{did_f}] {who}", values).text == text


def test_a_slot_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="who"):
        fill("{who}", {})
