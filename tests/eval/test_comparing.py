"""Two runs side by side, on figures made by hand."""

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from eval.comparing import compare
from eval.datasets.types import Question
from eval.measures.types import Figure, Part
from eval.results import Environment, Report, Results
from index.errors import MustanadError

HERE = Environment({"python": "3.11"}, "Linux", "made up", 2, 8.0)


def figure(name: str, per_query: Mapping[str, float], part: Part = Part.DOCUMENTS, higher: bool = True) -> Figure:
    mean = sum(per_query.values()) / len(per_query)
    return Figure(part, name, mean, mean, mean, len(per_query), higher, per_query)


def results(
    name: str, *figures: Figure, dataset: str = "made", fingerprint: str = "f", **engine: str | float
) -> Results:
    questions = tuple(Question(f"q{number}", f"Question {number}?") for number in range(10))
    report = Report(dataset, fingerprint, engine, questions, (), figures)
    return Results(name, "2024-01-01", {}, HERE, (report,))


BEFORE = {"q0": 0.0, "q1": 0.5, "q2": 1.0, "q3": 0.25, "q4": 0.0}
AFTER = {"q0": 1.0, "q1": 0.5, "q2": 0.5, "q3": 1.0, "q4": 0.5}


def test_differences_and_which_questions_changed() -> None:
    comparison = compare(results("a", figure("RR@10", BEFORE)), results("b", figure("RR@10", AFTER)))
    (dataset,) = comparison.datasets
    (measure,) = dataset.measures
    assert (comparison.a, comparison.b, dataset.dataset) == ("a", "b", "made")
    assert (measure.a, measure.b, measure.difference) == pytest.approx((0.35, 0.7, 0.35))
    assert measure.better == ("q0", "q3", "q4")
    assert measure.worse == ("q2",)
    assert (measure.equal, measure.n) == (1, 5)
    # Of the 16 ways to give the four changes 1, 0.75, 0.5, −0.5 signs, six have a sum of at least 1.75 in size.
    assert measure.p == pytest.approx(6 / 16)
    assert measure.p_adjusted == pytest.approx(6 / 16)
    assert dataset.questions["q3"] == "Question 3?"


def test_where_less_is_better_the_questions_change_sides() -> None:
    a, b = figure("words", BEFORE, Part.ANSWERS, higher=False), figure("words", AFTER, Part.ANSWERS, higher=False)
    (measure,) = compare(results("a", a), results("b", b)).datasets[0].measures
    assert measure.better == ("q2",)
    assert measure.worse == ("q0", "q3", "q4")
    assert measure.difference == pytest.approx(0.35)


def test_p_is_adjusted_for_the_number_of_measures() -> None:
    same = {name: 0.5 for name in BEFORE}
    a = results("a", figure("RR@10", BEFORE), figure("F1", same, Part.ANSWERS))
    b = results("b", figure("RR@10", AFTER), figure("F1", same, Part.ANSWERS))
    first, second = compare(a, b).datasets[0].measures
    assert (first.p, first.p_adjusted) == pytest.approx((0.375, 0.75))
    assert (second.p, second.p_adjusted, second.equal) == (1.0, 1.0, 5)


def test_measures_of_a_whole_list_and_latency_are_not_tested() -> None:
    auroc = Figure(Part.ABSTENTION, "AUROC", 0.7, 0.6, 0.8, 5)
    latency = figure("ask p50 ms", BEFORE, Part.LATENCY, higher=False)
    a, b = results("a", auroc, latency), results("b", replace(auroc, value=0.9), replace(latency, value=3.0))
    first, second = compare(a, b).datasets[0].measures
    assert (first.key, first.p, first.p_adjusted, first.better) == ("abstention AUROC", None, None, ())
    assert first.difference == pytest.approx(0.2)
    assert math.isnan(first.low)
    assert (second.a, second.b, second.p) == (0.35, 3.0, None)


def test_what_differs_between_the_runs_is_noted() -> None:
    latency = figure("search p50 ms", BEFORE, Part.LATENCY, higher=False)
    a = results("a", figure("RR@10", BEFORE), latency, fusion="rrf", depth=200.0)
    b = results("b", figure("RR@10", {"q1": 1.0, "q9": 0.0}), latency, fingerprint="g", fusion="convex", depth=200.0)
    b = replace(b, environment=replace(HERE, cores=16))
    (dataset,) = compare(a, b).datasets
    assert dataset.notes == (
        "the dataset changed between the runs: only questions that both have are compared",
        "the runs were measured on different machines: latency is not compared",
        "fusion: rrf → convex",
    )
    assert [(measure.key, measure.n, measure.a, measure.b) for measure in dataset.measures] == [("RR@10", 1, 0.5, 1.0)]


def test_runs_of_one_name_are_told_apart_by_their_time() -> None:
    a = results("x", figure("RR@10", BEFORE))
    comparison = compare(a, replace(a, created="2024-02-02"))
    assert (comparison.a, comparison.b) == ("x (2024-01-01)", "x (2024-02-02)")
    assert comparison.datasets[0].measures[0].p == 1.0


def test_nothing_in_common_is_said() -> None:
    a, b = results("a", figure("RR@10", BEFORE)), results("b", figure("RR@10", AFTER), dataset="other")
    with pytest.raises(MustanadError, match="a measured made, b measured other: nothing to compare"):
        compare(a, b)
