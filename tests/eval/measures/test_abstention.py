import pytest

from eval.measures.abstention import abstention_figures, judged_answers
from eval.measures.types import Part
from tests.eval.measures.build import answer, asked, by_name, question

QUESTIONS = [
    question("right", "rebels", answerable=True),
    question("wrong", "rebels", answerable=True),
    question("withheld", "rebels", answerable=True),
    question("none", answerable=False),
    question("invented", answerable=False),
    question("unsaid", "rebels"),
    question("not asked", "rebels", answerable=True),
]
ROWS = [
    asked("right", answer("rebels", confidence=0.9), answer(None, confidence=0.2)),
    asked("wrong", answer("soldiers", confidence=0.6), answer("soldiers", confidence=0.6)),
    asked("withheld", answer(None, withheld="the rebels", confidence=0.4)),
    asked("none", answer(None, withheld="soldiers", confidence=0.1)),
    asked("invented", answer("rebels", confidence=0.6)),
    asked("unsaid", answer("rebels", confidence=0.3), answer(None, confidence=0.5)),
    asked("not asked", None),
]


def test_figures_by_hand() -> None:
    figures = by_name(abstention_figures(QUESTIONS, ROWS))
    values: dict[str, object] = {name: (figure.value, figure.n) for name, figure in figures.items()}
    assert values == {
        # answerable 0.9, 0.6, 0.4 over unanswerable 0.1, 0.6: 2 + 1½ + 1 of 6
        "AUROC": (pytest.approx(4.5 / 6), 5),
        # over 0.2, 0.6, 0.5 (any question's): 3 + 2½ + 1 of 9; of the questions right, wrong, withheld, unsaid
        "AUROC-without": (pytest.approx(6.5 / 9), 4),
        "coverage": (pytest.approx(2 / 3), 3),
        "false-answers": (pytest.approx(1 / 2), 2),
        "false-answers-without": (pytest.approx(1 / 3), 3),
        "abstain-precision": (pytest.approx(1 / 2), 2),  # withheld, none
        "abstain-recall": (pytest.approx(1 / 2), 2),
        "risk": (pytest.approx(2 / 3), 3),  # right, wrong, invented
        # 0.9 right; 0.6 two wrong; 0.4 right, as what was withheld counts; 0.1 wrong:
        # 1/5 · 0 + 2/5 · 2/3 + 1/5 · 2/4 + 1/5 · 3/5
        "AURC": (pytest.approx(2 / 5 * 2 / 3 + 1 / 5 * 1 / 2 + 1 / 5 * 3 / 5), 5),
        # each in its bin, but for the two at 0.6: (0.1 + 2 · 0.6 + 0.6 + 0.1) / 5
        "ECE": (pytest.approx(2.0 / 5), 5),
    }
    assert {figure.part for figure in figures.values()} == {Part.ABSTENTION}
    lower = {name for name, figure in figures.items() if not figure.higher_is_better}
    assert lower == {"false-answers", "false-answers-without", "risk", "AURC", "ECE"}
    assert figures["risk"].per_query == {"right": 0, "wrong": 1, "invented": 1}
    assert figures["AUROC"].per_query == {}
    assert all(figure.low <= figure.high for figure in figures.values())


def test_judged_answers_are_what_the_plot_is_of() -> None:
    assert [(judged.query_id, judged.right) for judged in judged_answers(QUESTIONS, ROWS)] == [
        ("right", True), ("wrong", False), ("withheld", True), ("none", False), ("invented", False),
    ]  # fmt: skip


def test_undefined_figures_are_left_out() -> None:
    answerable_only = by_name(abstention_figures(QUESTIONS[:1], [asked("right", answer("rebels"))]))
    assert answerable_only.keys() == {"coverage", "risk", "AURC", "ECE"}
    abstained = by_name(abstention_figures(QUESTIONS[:1], [asked("right", answer(None))]))
    assert abstained.keys() == {"coverage", "AURC", "ECE"}
    never_abstains = by_name(
        abstention_figures(QUESTIONS, [asked("right", answer("rebels")), asked("invented", answer("rebels"))])
    )
    assert "abstain-precision" not in never_abstains and never_abstains["abstain-recall"].value == 0
    always_abstains = by_name(
        abstention_figures(QUESTIONS, [asked("right", answer(None)), asked("invented", answer(None))])
    )
    assert "risk" not in always_abstains and always_abstains["abstain-precision"].value == 1 / 2
    assert abstention_figures(QUESTIONS, [asked("unsaid", answer("rebels")), asked("not asked", None)]) == ()


def test_an_answerable_question_without_gold_answers_is_neither_right_nor_wrong() -> None:
    figures = by_name(abstention_figures([question("q", answerable=True)], [asked("q", answer("rebels"))]))
    assert figures.keys() == {"coverage"}
