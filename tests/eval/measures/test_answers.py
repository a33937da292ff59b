import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.answers import answer_figures, exact_match, holds, match, overlaps, right, token_f1
from eval.measures.normalise import Tokens, mlqa_tokens, squad_tokens
from tests.eval.measures.build import answer, asked, by_name, question

TOKENS = st.lists(st.sampled_from("abcd"), max_size=6)


@pytest.mark.parametrize(
    ("lang", "gold", "given", "tokens", "exact", "f1"),
    [
        # [northern, army] in [northern, army, of, larzania]: P = 2/4, R = 2/2, F1 = 2·2/(4+2)
        ("en", "the Northern Army", "Northern Army of Larzania", mlqa_tokens, 0, 4 / 6),
        ("en", "the Northern Army", "Northern Army of Larzania", squad_tokens, 0, 4 / 6),
        # multisets: [y, y, y] and [x, y, y] have y twice in common, 2·2/(3+3)
        ("en", "x y y", "y y y", squad_tokens, 0, 4 / 6),
        # without ، and ال both are [جيش, سوري]
        ("ar", "الجيش السوري", "الجيش، السوري", mlqa_tokens, 1, 1),
        # [الجيش،, السوري] and [الجيش, السوري] have one of two in common, 2·1/(2+2)
        ("ar", "الجيش السوري", "الجيش، السوري", squad_tokens, 0, 0.5),
        ("ar", "الجيش", "جيش", mlqa_tokens, 1, 1),
        ("ar", "الجيش", "جيش", squad_tokens, 0, 0),
        ("ar", "جيش", "جَيش", mlqa_tokens, 0, 0),  # diacritics tell words apart
        ("de", "der Hund", "ein Hund", mlqa_tokens, 1, 1),
        ("de", "der Hund", "ein Hund", squad_tokens, 0, 0.5),  # [ein, hund] and [der, hund]
        # three characters of five: 2·3/(5+3)
        ("zh", "解放军", "人民解放军", mlqa_tokens, 0, 6 / 8),
        ("zh", "解放军", "人民解放军", squad_tokens, 0, 0),  # one token each
        # ก อ ง ทั พ of ก อ ง ทั พ ไ ท ย: 2·5/(8+5)
        ("th", "กองทัพ", "กองทัพไทย", mlqa_tokens, 0, 10 / 13),
        # nothing is left of either: SQuAD 2.0 gives F1 = int(equal)
        ("en", "The", "a", squad_tokens, 1, 1),
        ("en", "The", "army", squad_tokens, 0, 0),
    ],
)
def test_one_gold_answer(lang: str, gold: str, given: str, tokens: Tokens, exact: float, f1: float) -> None:
    assert match(question("q", gold, lang=lang), given, tokens) == pytest.approx((exact, f1))


def test_best_of_several_gold_answers() -> None:
    # with "rebels": 0; with "armed men": 2·2/(3+2); the best of each, not their mean
    assert match(question("q", "rebels", "armed men"), "three armed men") == pytest.approx((0, 4 / 5))


@pytest.mark.parametrize("tokens", [mlqa_tokens, squad_tokens])
def test_squad2_abstentions(tokens: Tokens) -> None:
    unanswerable, answerable = question("q", answerable=False), question("q", "rebels", answerable=True)
    assert match(unanswerable, None, tokens) == (1, 1)
    assert match(unanswerable, "rebels", tokens) == (0, 0)
    assert match(answerable, None, tokens) == (0, 0)


@given(TOKENS, TOKENS)
def test_f1_is_symmetric_and_no_less_than_exact_match(left: list[str], right: list[str]) -> None:
    f1 = token_f1(left, right)
    assert f1 == token_f1(right, left)
    assert exact_match(left, right) <= f1 <= 1
    assert (f1 == 1) == (sorted(left) == sorted(right))


def test_a_quoted_sentence_holds_what_it_barely_overlaps() -> None:
    asking = question("q", "the Northern Brigade")
    sentence = "Officials said the northern brigade, as before, blew the bridge up"
    # [northern, brigade] among ten tokens: 2·2/(10+2) < 0.5
    assert holds(asking, sentence) and not overlaps(asking, sentence) and right(asking, sentence)


def test_half_an_answer_overlaps_without_holding_it() -> None:
    asking = question("q", "Northern Brigade")
    # [northern, forces] and [northern, brigade]: 2·1/4 = 0.5, just enough
    assert overlaps(asking, "northern forces") and not holds(asking, "northern forces")
    assert right(asking, "northern forces")
    assert not right(asking, "two northern forces")  # 2·1/5
    assert not holds(asking, "Northern and Southern Brigade")  # not consecutive
    assert not holds(asking, "Northern Brigades")  # not the word


def test_nothing_is_right_without_an_answer() -> None:
    assert not right(question("q", "rebels"), None)
    assert not right(question("q", answerable=False), "rebels")
    assert not right(question("q", answerable=False), "")
    assert not holds(question("q", "The"), "the army")  # nothing is left of the gold answer


def test_figures() -> None:
    questions = [
        question("exact", "the rebels", answerable=True),
        question("abstained", "the rebels", answerable=True),
        question("unsaid", "Northern Brigade"),  # answers and no word on whether it is answerable: it is
        question("none", answerable=False),
        question("invented", answerable=False),
        question("not judged"),
        question("no gold", answerable=True),
        question("not asked", "the rebels"),
    ]
    rows = [
        asked("exact", answer("Rebels")),
        asked("abstained", answer(None, withheld="the rebels fled")),
        asked("unsaid", answer("the northern brigade’s men")),
        asked("none", answer(None)),
        asked("invented", answer("a b c d")),
        asked("not judged", answer("rebels")),
        asked("no gold", answer("rebels")),
        asked("not asked", None),
    ]
    figures = by_name(answer_figures(questions, rows))
    values: dict[str, object] = {name: (figure.value, figure.n) for name, figure in figures.items()}
    # unsaid: [northern, brigades, men] or, as ’ stays for SQuAD, [northern, brigade’s, men]; 2·1/(3+2) = 0.4
    assert values == {
        "EM": (pytest.approx(2 / 5), 5),  # exact, none
        "F1": (pytest.approx((1 + 0 + 0.4 + 1 + 0) / 5), 5),
        "SQuAD-EM": (pytest.approx(2 / 5), 5),
        "SQuAD-F1": (pytest.approx(2.4 / 5), 5),
        "HasAns-EM": (pytest.approx(1 / 3), 3),
        "HasAns-F1": (pytest.approx(1.4 / 3), 3),
        "NoAns-EM": (pytest.approx(1 / 2), 2),
        "holds": (pytest.approx(1 / 3), 3),  # exact
        "overlap": (pytest.approx(1 / 3), 3),
        "best-holds": (pytest.approx(2 / 3), 3),  # what was withheld holds it too
        "best-F1": (pytest.approx((1 + 2 / 3 + 0.4) / 3), 3),  # [rebels] in [rebels, fled]: 2·1/3
        "words": (pytest.approx((1 + 4 + 4) / 3), 3),
    }
    assert figures["F1"].per_query == pytest.approx(
        {"exact": 1, "abstained": 0, "unsaid": 0.4, "none": 1, "invented": 0}
    )
    assert [name for name, figure in figures.items() if not figure.higher_is_better] == ["words"]


def test_figures_without_unanswerable_questions() -> None:
    figures = by_name(answer_figures([question("q", "rebels")], [asked("q", answer(None))]))
    assert "NoAns-EM" not in figures and "words" not in figures
    assert figures["EM"].value == figures["HasAns-EM"].value == 0


def test_nothing_asked_gives_nothing() -> None:
    assert answer_figures([question("q", "rebels")], [asked("q", None)]) == ()
