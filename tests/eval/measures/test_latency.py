import pytest

from eval.measures.latency import latency_figures
from eval.running.rows import Row
from tests.eval.measures.build import answer, by_name, question

QUESTIONS = [question(f"q{number}") for number in range(1, 6)]


def test_percentiles_by_hand() -> None:
    rows = [
        Row(f"q{number}", search_ms=10.0 * number, answer=answer("x", read_ms=float(number), total_ms=100.0 * number))
        for number in (3, 1, 5, 2, 4)
    ]
    figures = by_name(latency_figures(QUESTIONS, rows))
    # The 95th of five stands at place 1 + 0.95 · 4 = 4.8.
    assert {name: figure.value for name, figure in figures.items()} == pytest.approx(
        {"search p50 ms": 30, "search p95 ms": 48, "ask p50 ms": 300, "ask p95 ms": 480, "read p50 ms": 3}
    )
    assert not any(figure.higher_is_better for figure in figures.values())
    assert figures["search p95 ms"].per_query == {"q3": 30, "q1": 10, "q5": 50, "q2": 20, "q4": 40}
    assert 10 <= figures["search p50 ms"].low < 30 < figures["search p50 ms"].high <= 50


def test_what_was_left_out_is_not_counted_as_fast() -> None:
    rows = [Row("q1", search_ms=10.0), Row("q2"), Row("q3", search_ms=20.0)]
    figures = by_name(latency_figures(QUESTIONS, rows))
    assert figures.keys() == {"search p50 ms", "search p95 ms"}
    assert (figures["search p50 ms"].value, figures["search p50 ms"].n) == (15, 2)
    assert latency_figures(QUESTIONS, [Row("q1")]) == ()
