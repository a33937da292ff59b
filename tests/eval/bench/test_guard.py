"""What counts as a fall, and the baseline on disk."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.bench.guard import Guarded, baseline_of, fallen, read_baseline, write_baseline
from eval.measures.types import Figure, Part
from index.errors import MustanadError
from tests.eval.test_comparing import results

RR = Figure(Part.DOCUMENTS, "RR@10", 0.8, 0.75, 0.85, 100)
RISK = Figure(Part.ABSTENTION, "risk", 0.2, 0.15, 0.25, 100, higher_is_better=False)
VERBATIM = Figure(Part.CITATIONS, "verbatim", 1.0, 1.0, 1.0, 50)
UNCITED = Figure(Part.CITATIONS, "uncited", 0.0, 0.0, 0.0, 50, higher_is_better=False)
LATENCY = Figure(Part.LATENCY, "ask p50 ms", 400.0, 390.0, 410.0, 100, higher_is_better=False)
WORDS = Figure(Part.ANSWERS, "words", 30.0, 29.0, 31.0, 100, higher_is_better=False)
ALL = (RR, RISK, VERBATIM, UNCITED, LATENCY, WORDS)


def now(*changed: Figure) -> list[str]:
    by_name = {figure.name: figure for figure in ALL} | {figure.name: figure for figure in changed}
    return [str(fall) for fall in fallen(results("now", *by_name.values()), baseline_of(results("then", *ALL)))]


def test_times_and_lengths_are_not_guarded() -> None:
    assert set(baseline_of(results("x", *ALL))["made"]) == {
        "RR@10", "abstention risk", "citations verbatim", "citations uncited",
    }  # fmt: skip
    assert now(replace(LATENCY, value=9999.0), replace(WORDS, value=500.0)) == []


@pytest.mark.parametrize(
    "figure",
    [RR, replace(RR, value=0.75), replace(RR, value=0.99), replace(RISK, value=0.25), replace(RISK, value=0.0)],
)
def test_within_the_interval_or_better_is_no_fall(figure: Figure) -> None:
    assert now(figure) == []


def test_beyond_the_interval_is_a_fall() -> None:
    assert now(replace(RR, value=0.7499)) == ["made, RR@10: 0.7499; the baseline is 0.8000 (0.7500–0.8500)"]
    assert now(replace(RISK, value=0.2501)) == ["made, abstention risk: 0.2501; the baseline is 0.2000 (0.1500–0.2500)"]


def test_a_quote_that_is_not_verbatim_and_a_claim_without_citation_are_falls_whatever_the_interval() -> None:
    falls = now(replace(VERBATIM, value=0.9999), replace(UNCITED, value=0.0001))
    assert [line.split(":")[0] for line in falls] == ["made, citations verbatim", "made, citations uncited"]


def test_a_figure_that_is_not_measured_any_more_is_a_fall() -> None:
    baseline = baseline_of(results("then", *ALL))
    falls = fallen(results("now", RISK, VERBATIM, UNCITED), baseline)
    assert [str(fall) for fall in falls] == [
        "made, RR@10: not measured any more; the baseline is 0.8000 (0.7500–0.8500)"
    ]
    assert len(fallen(results("now", *ALL, dataset="other"), baseline)) == 4


def test_the_baseline_comes_back_from_disk(tmp_path: Path) -> None:
    path = write_baseline(results("then", *ALL), tmp_path / "baseline.json")
    assert read_baseline(path) == baseline_of(results("then", *ALL))
    assert read_baseline(path)["made"]["RR@10"] == Guarded(0.8, 0.75, 0.85, True)


def test_a_baseline_that_is_missing_or_none_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(MustanadError, match=r"cannot be read \(No such file or directory\); write it with --update"):
        read_baseline(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(MustanadError, match="is not a baseline; write it anew with --update"):
        read_baseline(tmp_path / "bad.json")


def test_the_baseline_in_the_repository_guards_both_datasets_and_the_vectors() -> None:
    baseline = read_baseline()
    assert set(baseline) == {"samples", "generated", "vectors"}
    assert 0.9 < baseline.pop("vectors")["passages vectors R@10, all"].value <= 1
    for figures in baseline.values():
        assert figures["citations verbatim"].value == 1.0
        assert figures["citations uncited"].value == 0.0
        assert 0 < figures["RR@10"].low <= figures["RR@10"].value <= figures["RR@10"].high <= 1
