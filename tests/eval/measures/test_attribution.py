import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from eval.measures.attribution import accepted_stances, attribution_figures, confusion, macro_f1, stance_scores
from rag.types import Stance
from tests.eval.measures.build import answer, asked, by_name, citation, claim, question

REPORTED, CLAIMED, ACCUSED, DENIED, SUSPECTED = Stance


@pytest.mark.parametrize(
    ("attribution", "stances"),
    [
        (["reported as fact"], [REPORTED]),
        (["claimed or admitted"], [CLAIMED]),
        (["suspected or accused"], [ACCUSED, SUSPECTED]),
        (["suspected or accused by authorities"], [ACCUSED, SUSPECTED]),
        (["possible"], [SUSPECTED]),
        (["(possible / acquitted)"], [SUSPECTED, DENIED]),
        (["possible/suspected or accused"], [SUSPECTED, ACCUSED]),
        (["REPORTED AS FACT"], [REPORTED]),
        (["claimed or admitted", "possible"], [CLAIMED, SUSPECTED]),
        (["accused"], [ACCUSED]),
        (["denied", "claimed"], [DENIED, CLAIMED]),
    ],
)
def test_accepted_stances(attribution: list[str], stances: list[Stance]) -> None:
    assert list(accepted_stances(attribution)) == stances


def test_an_unknown_attribution_is_named() -> None:
    with pytest.raises(ValueError, match="'rumoured' in 'possible / rumoured'"):
        accepted_stances(["possible / rumoured"])


QUESTIONS = [
    question("fact", "rebels", attribution=["reported as fact"]),
    question("second", "rebels", attribution=["reported as fact"]),
    question("accused", "rebels", attribution=["suspected or accused"]),
    question("suspected", "rebels", attribution=["suspected or accused"]),
    question("claimed", "rebels", attribution=["claimed or admitted"]),
    question("abstained", "rebels", attribution=["claimed or admitted"]),
    question("wrong", "rebels", attribution=["reported as fact"]),
    question("unattributed", "rebels"),
    question("not asked", "rebels", attribution=["possible"]),
]
ROWS = [
    asked("fact", answer("rebels", claims=[claim("rebels", REPORTED)])),
    # The first claim that is right is the second one.
    asked("second", answer("army", claims=[claim("army", REPORTED), claim("rebels", CLAIMED)])),
    asked("accused", answer("rebels", claims=[claim("rebels", REPORTED)])),
    asked("suspected", answer("rebels", claims=[claim("rebels", SUSPECTED)])),
    asked("claimed", answer("rebels", claims=[claim("rebels", CLAIMED)])),
    asked("abstained", answer(None, withheld="rebels")),
    asked("wrong", answer("army", claims=[claim("army", REPORTED)])),
    asked("unattributed", answer("rebels", claims=[claim("rebels", REPORTED)])),
    asked("not asked", None),
]


def test_figures_by_hand() -> None:
    figures = by_name(attribution_figures(QUESTIONS, ROWS))
    # gold × given: reported × reported, reported × claimed, accused × reported, suspected × suspected,
    # claimed × claimed.
    # reported: TP 1, FP 1, FN 1: 1/2. claimed: TP 1, FP 1: 2/3. accused: 0. suspected: 1.
    assert figures["stance-F1"].value == pytest.approx((1 / 2 + 2 / 3 + 0 + 1) / 4)
    assert figures["stance-F1"].n == 5
    # and claimed × none, reported × none: reported has FN 2: 2/5; claimed FN 1: 2/4
    assert figures["stance-F1-all"].value == pytest.approx((2 / 5 + 2 / 4 + 0 + 1) / 4)
    assert figures["stance-F1-all"].n == 7
    assert figures["stance-accuracy"].value == pytest.approx(3 / 5)
    assert figures["stance-accuracy"].per_query == {
        "fact": 1, "second": 0, "accused": 0, "suspected": 1, "claimed": 1,
    }  # fmt: skip


def test_blame_as_fact_by_hand() -> None:
    # Of accused and suspected, answered right, the first was told as a plain fact; "claimed" is no blame.
    figure = by_name(attribution_figures(QUESTIONS, ROWS))["blame-as-fact"]
    assert figure.per_query == {"accused": 1, "suspected": 0}
    assert (figure.value, figure.higher_is_better) == (0.5, False)


def test_blame_that_may_be_a_fact_counts_as_fact_for_free() -> None:
    either = [question("both", "rebels", attribution=["suspected or accused / reported as fact"])]
    rows = [asked("both", answer("rebels", claims=[claim("rebels", REPORTED)]))]
    assert "blame-as-fact" not in by_name(attribution_figures(either, rows))


def test_confusion() -> None:
    assert confusion(QUESTIONS, ROWS) == {
        ("reported", "reported"): 1,
        ("reported", "claimed"): 1,
        ("accused", "reported"): 1,
        ("suspected", "suspected"): 1,
        ("claimed", "claimed"): 1,
        ("claimed", "none"): 1,
        ("reported", "none"): 1,
    }


def test_no_right_claim_leaves_only_the_figure_over_all() -> None:
    figures = by_name(attribution_figures(QUESTIONS, [ROWS[5]]))
    assert figures.keys() == {"stance-F1-all"} and figures["stance-F1-all"].value == 0
    assert attribution_figures(QUESTIONS, [ROWS[7], ROWS[8]]) == ()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), min_size=1, max_size=30))
def test_macro_f1_is_that_of_sklearn(labels: list[tuple[int, int]]) -> None:
    gold, given_labels = (np.array(side) for side in zip(*labels, strict=True))
    expected = f1_score(gold, given_labels, labels=sorted(set(gold.tolist())), average="macro", zero_division=0)
    assert macro_f1(gold, given_labels) == pytest.approx(expected)


def test_each_class_by_hand() -> None:
    scores = {score.stance: score[1:] for score in stance_scores(QUESTIONS, ROWS)}
    assert list(scores) == ["reported", "claimed", "accused", "suspected"]
    # Precision, recall, F1, right answers, questions asked.
    assert scores["reported"] == pytest.approx((1 / 2, 1 / 2, 1 / 2, 2, 3))
    assert scores["claimed"] == pytest.approx((1 / 2, 1, 2 / 3, 1, 2))
    assert scores["accused"] == pytest.approx((0, 0, 0, 1, 1))
    assert scores["suspected"] == pytest.approx((1, 1, 1, 1, 1))
    macro = by_name(attribution_figures(QUESTIONS, ROWS))["stance-F1"].value
    assert sum(score[2] for score in scores.values()) / 4 == pytest.approx(macro)
    assert stance_scores(QUESTIONS[7:8], ROWS[7:8]) == ()


def test_the_stance_of_the_relevant_report_s_citation_counts() -> None:
    cited = [
        citation(1, "other", stance=CLAIMED),
        citation(2, "d1", relevant=True, stance=ACCUSED),
        citation(3, "d2", relevant=True, stance=DENIED),
    ]
    for numbers, told in (((1, 2, 3), "accused"), ((1, 3), "denied"), ((1,), "reported"), ((9,), "reported")):
        rows = [asked("fact", answer("rebels", claims=[claim("rebels", REPORTED, numbers)], citations=cited))]
        assert list(confusion(QUESTIONS, rows)) == [("reported", told)]
    silent = [citation(1, "d1", relevant=True)]
    rows = [asked("fact", answer("rebels", claims=[claim("rebels", SUSPECTED)], citations=silent))]
    assert list(confusion(QUESTIONS, rows)) == [("reported", "suspected")]
