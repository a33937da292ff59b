"""Right, wrong, missed and rightly withheld."""

import pytest

from eval.answers import AnnotatedQuestion, Verdict, judge
from tests.eval.measures.build import answer, asked, claim, question

ARMY = AnnotatedQuestion(question("q1", "the army", answerable=True), "samples")
NOBODY = AnnotatedQuestion(question("q2", answerable=False), "samples")


@pytest.mark.parametrize(
    ("text", "withheld", "of_army", "of_nobody"),
    [
        ("The army, on Friday", None, Verdict.RIGHT, Verdict.WRONG),
        ("northern army", None, Verdict.RIGHT, Verdict.WRONG),
        ("armies", None, Verdict.WRONG, Verdict.WRONG),
        (None, "the army", Verdict.MISSED, Verdict.WITHHELD),
        (None, None, Verdict.MISSED, Verdict.WITHHELD),
    ],
)
def test_verdicts(text: str | None, withheld: str | None, of_army: Verdict, of_nobody: Verdict) -> None:
    rows = [asked(name, answer(text, withheld)) for name in ("q1", "q2")]
    assert [one.verdict for one in judge([ARMY, NOBODY], rows)] == [of_army, of_nobody]
    assert of_army.good == (of_army is Verdict.RIGHT)
    assert of_nobody.good == (of_nobody is Verdict.WITHHELD)


def test_a_later_claim_that_is_right_is_told_and_does_not_count() -> None:
    given = answer("smugglers", claims=[claim("smugglers"), claim("the rebels"), claim("the army")])
    (one,) = judge([ARMY], [asked("q1", given)])
    assert (one.verdict, one.right_claim) == (Verdict.WRONG, 3)


def test_what_was_not_asked_is_left_out() -> None:
    assert judge([ARMY, NOBODY], [asked("q1", None)]) == ()
    with pytest.raises(ValueError, match="no such question"):
        judge([ARMY], [asked("q9", answer("x"))])
