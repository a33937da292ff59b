import pytest

from eval.measures.citations import citation_figures
from tests.eval.measures.build import answer, asked, by_name, citation, claim, question

QUESTIONS = [
    question("two", "rebels", answerable=True, relevant={"d1": 1, "d2": 1, "d3": 1, "d8": 0}),
    question("one", "rebels", answerable=True),
    question("invented", answerable=False),
    question("abstained", "rebels", answerable=True, relevant={"d1": 1}),
]
ROWS = [
    asked(
        "two",
        answer(
            "rebels",
            claims=[claim("rebels", citations=(1, 2)), claim("army", citations=(3, 4))],
            citations=[
                citation(1, "d1", relevant=True),
                citation(2, "d1", relevant=True, holds=True),
                citation(3, "d8"),
                citation(4, "d2", relevant=True),
            ],
        ),
    ),
    # The passage of d9 holds the answer, though no document is judged; the second claim names a citation that is not.
    asked(
        "one",
        answer(
            "rebels",
            claims=[claim("rebels"), claim("army", citations=(7,)), claim("police", citations=())],
            citations=[citation(1, "d9", holds=True), citation(2, "d8", verbatim=False)],
        ),
    ),
    asked("invented", answer("army", claims=[claim("army")], citations=[citation(1, "d5")])),
    asked("abstained", answer(None)),
]


def test_figures_by_hand() -> None:
    figures = by_name(citation_figures(QUESTIONS, ROWS))
    values: dict[str, object] = {name: (figure.value, figure.n) for name, figure in figures.items()}
    assert values == {
        "verbatim": (pytest.approx(6 / 7), 7),
        "precision": (pytest.approx((3 / 4 + 1 / 2) / 2), 2),
        "recall": (pytest.approx(2 / 3), 1),  # d1 and d2 of d1, d2, d3
        "uncited": (pytest.approx(2 / 6), 6),
    }
    assert figures["precision"].per_query == {"two": 0.75, "one": 0.5}
    assert [name for name, figure in figures.items() if not figure.higher_is_better] == ["uncited"]


def test_an_answer_that_cites_nothing_has_no_precision() -> None:
    figures = by_name(citation_figures(QUESTIONS, [asked("one", answer("rebels", claims=[claim("rebels")]))]))
    assert figures["precision"].value == 0 and figures["uncited"].value == 1
    assert "verbatim" not in figures


def test_abstentions_give_nothing() -> None:
    assert citation_figures(QUESTIONS, ROWS[3:]) == ()
