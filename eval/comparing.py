"""Two runs side by side: what differs, whether chance could explain it, and which questions changed."""

import dataclasses
from collections.abc import Sequence

from scipy.stats import false_discovery_control

from eval.comparing_types import Comparison, DatasetComparison, MeasureComparison
from eval.measures import paired_test
from eval.measures.types import Figure, Part
from eval.results import Report, Results, datasets_of, report_of
from index.errors import MustanadError


def compare(a: Results, b: Results) -> Comparison:
    """Compare two runs on the datasets that both measured.

    A measure that is a mean over questions is tested in pairs (see ``paired_test``) over the questions that both runs
    have; its p values are adjusted for the number of measures of the dataset (Benjamini & Hochberg, 1995). A measure of
    a whole list, such as AUROC, and latency are shown without a test, latency only where the machine is the same.

    Args:
        a: The run before.
        b: The run after.

    Returns:
        Differences, b minus a.

    Raises:
        MustanadError: They have no dataset in common.
    """
    names = datasets_of([a, b])
    if not names:
        measured = [", ".join(report.dataset for report in each.reports) for each in (a, b)]
        raise MustanadError(f"{a.name} measured {measured[0]}, {b.name} measured {measured[1]}: nothing to compare")
    same_machine = a.environment.processor == b.environment.processor and a.environment.cores == b.environment.cores
    return Comparison(
        _label(a, b),
        _label(b, a),
        tuple(
            _dataset(before, after, same_machine)
            for before, after in ((report_of(a, name), report_of(b, name)) for name in names)
            if before is not None and after is not None
        ),
    )


def _label(run: Results, other: Results) -> str:
    return f"{run.name} ({run.created})" if run.name == other.name else run.name


def _dataset(a: Report, b: Report, same_machine: bool) -> DatasetComparison:
    notes = []
    if a.dataset_fingerprint != b.dataset_fingerprint:
        notes.append("the dataset changed between the runs: only questions that both have are compared")
    if not same_machine:
        notes.append("the runs were measured on different machines: latency is not compared")
    changed = sorted(key for key in a.engine.keys() | b.engine.keys() if a.engine.get(key) != b.engine.get(key))
    notes.extend(f"{key}: {a.engine.get(key)} → {b.engine.get(key)}" for key in changed)
    after = {figure.key: figure for figure in b.figures}
    pairs = [
        (figure, after[figure.key])
        for figure in a.figures
        if figure.key in after and (same_machine or figure.part is not Part.LATENCY)
    ]
    texts = {question.query_id: question.text for question in (*a.questions, *b.questions)}
    return DatasetComparison(a.dataset, _adjusted([_measure(*pair) for pair in pairs]), texts, tuple(notes))


def _measure(a: Figure, b: Figure) -> MeasureComparison:
    # A percentile of the latencies is no mean of them.
    if a.part is Part.LATENCY or not (a.per_query.keys() & b.per_query.keys()):
        nan = float("nan")
        return MeasureComparison(
            a.key, a.value, b.value, b.value - a.value, nan, nan, None, None, (), (), 0, min(a.n, b.n),
            a.higher_is_better,
        )  # fmt: skip
    test = paired_test(a.per_query, b.per_query)
    common = sorted(a.per_query.keys() & b.per_query.keys())
    before = sum(a.per_query[name] for name in common) / len(common)
    rising, falling = test.better, test.worse
    return MeasureComparison(
        key=a.key,
        a=before,
        b=before + test.difference,
        difference=test.difference,
        low=test.low,
        high=test.high,
        p=test.p,
        p_adjusted=None,
        better=rising if a.higher_is_better else falling,
        worse=falling if a.higher_is_better else rising,
        equal=test.equal,
        n=test.n,
        higher_is_better=a.higher_is_better,
    )


def _adjusted(measures: Sequence[MeasureComparison]) -> tuple[MeasureComparison, ...]:
    """The same with their p values adjusted for there being several."""
    tested = [measure for measure in measures if measure.p is not None]
    if not tested:
        return tuple(measures)
    adjusted = dict(
        zip(
            (measure.key for measure in tested),
            false_discovery_control([measure.p for measure in tested]),
            strict=True,
        )
    )
    return tuple(
        dataclasses.replace(measure, p_adjusted=float(adjusted[measure.key])) if measure.key in adjusted else measure
        for measure in measures
    )
