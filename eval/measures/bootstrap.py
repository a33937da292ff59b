"""How far chance could move a figure: intervals by the bootstrap, and a test of two runs in pairs."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import DegenerateDataWarning, bootstrap, permutation_test

SEED = 20240314
MEAN_RESAMPLES = 2_000
LIST_RESAMPLES = 1_000
_PERMUTATIONS = 10_000
_BATCH = 2_000_000  # values held at once

Statistic = Callable[[NDArray[np.intp]], float]


class Interval(NamedTuple):
    """The ends of a 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PairedTest:
    """Two runs on the same questions.

    Attributes:
        difference: Mean of b minus mean of a.
        low: Lower end of its 95 % bootstrap interval.
        high: Upper end.
        p: Two-sided; how often chance alone gives a difference of this size.
        better: Questions whose value is higher in b, greatest change first, then by id.
        worse: Questions whose value is lower in b, likewise.
        equal: How many questions have the same value.
        n: How many questions both have.
    """

    difference: float
    low: float
    high: float
    p: float
    better: tuple[str, ...]
    worse: tuple[str, ...]
    equal: int
    n: int


def mean_interval(values: Sequence[float]) -> Interval:
    """The interval of a mean.

    Percentile bootstrap over questions: from the 2.5th to the 97.5th percentile of the means of 2,000 resamples. Efron
    & Tibshirani, "An introduction to the bootstrap", 1993, chapter 13.

    Args:
        values: One for each question, at least one.

    Returns:
        The interval, the same for the same values each time.

    Examples:
        >>> mean_interval([0.5, 0.5])
        Interval(low=0.5, high=0.5)
    """
    array = np.asarray(values, dtype=np.float64)
    if len(array) == 1 or np.ptp(array) == 0:
        return Interval(float(array[0]), float(array[0]))
    return _interval(array, np.mean, MEAN_RESAMPLES, vectorized=True)


def list_interval(statistic: Statistic, n: int) -> Interval:
    """The interval of a statistic of the whole list of questions, such as AUROC.

    Percentile bootstrap as in ``mean_interval``, of 1,000 resamples. Resamples where the statistic is not defined, such
    as an AUROC of questions that are all answerable, do not count.

    Args:
        statistic: Places of questions, with repetitions, to the statistic over them, or NaN where it is not defined.
        n: How many questions, at least one.

    Returns:
        The interval, the same each time.
    """
    value = statistic(np.arange(n))
    if n == 1:
        return Interval(value, value)
    interval = _interval(
        np.arange(n), lambda places: statistic(places.astype(np.intp)), LIST_RESAMPLES, vectorized=False
    )
    return Interval(value, value) if np.isnan(interval.low) else interval


def _interval(data: NDArray[Any], statistic: Callable[..., Any], resamples: int, *, vectorized: bool) -> Interval:
    with warnings.catch_warnings():
        # It warns of resamples where the statistic is not defined; they are left out below.
        warnings.simplefilter("ignore", DegenerateDataWarning)
        found = bootstrap(
            (data,),
            statistic,
            n_resamples=resamples,
            batch=max(1, _BATCH // len(data)),
            vectorized=vectorized,
            method="percentile",
            random_state=np.random.default_rng(SEED),
        )
    defined = found.bootstrap_distribution[~np.isnan(found.bootstrap_distribution)]
    if not len(defined):
        return Interval(float("nan"), float("nan"))
    low, high = np.percentile(defined, (2.5, 97.5))
    return Interval(float(low), float(high))


def paired_test(a: Mapping[str, float], b: Mapping[str, float]) -> PairedTest:
    """Whether two runs differ on the questions that both have.

    Randomisation test: were the runs alike, each question's difference could as well have had the other sign. p is the
    share of the assignments of signs whose mean difference is at least as great (two-sided: twice the smaller tail); of
    all of them where that is 10,000 or fewer, else of 10,000 drawn by chance. Smucker, Allan & Carterette, "A
    comparison of statistical significance tests for information retrieval evaluation", CIKM 2007.

    Args:
        a: Value by query id in the run before.
        b: Value by query id in the run after.

    Returns:
        The difference b − a, its interval and p, and the questions that changed.

    Raises:
        ValueError: They have no question in common.

    Examples:
        >>> paired_test({"q1": 0.0, "q2": 0.5, "q3": 0.0}, {"q1": 1.0, "q2": 1.5, "q3": 1.0}).p
        0.25
    """
    common = sorted(a.keys() & b.keys())
    if not common:
        raise ValueError("the runs have no question in common: there is nothing to test")
    change = {query_id: b[query_id] - a[query_id] for query_id in common}
    differences = np.asarray(list(change.values()), dtype=np.float64)
    by_size = sorted(common, key=lambda query_id: -abs(change[query_id]))
    interval = mean_interval(list(change.values()))
    return PairedTest(
        difference=float(differences.mean()),
        low=interval.low,
        high=interval.high,
        p=_sign_flip_p(differences[differences != 0]),
        better=tuple(query_id for query_id in by_size if change[query_id] > 0),
        worse=tuple(query_id for query_id in by_size if change[query_id] < 0),
        equal=int((differences == 0).sum()),
        n=len(common),
    )


def _sign_flip_p(changed: NDArray[np.float64]) -> float:
    """Of the differences that are not 0: the others add nothing to the sum, whatever their sign."""
    if len(changed) < 2:
        return 1.0
    test = permutation_test(
        (changed,),
        np.sum,
        permutation_type="samples",
        vectorized=True,
        n_resamples=_PERMUTATIONS,
        batch=max(1, _BATCH // len(changed)),
        random_state=np.random.default_rng(SEED),
    )
    return float(test.pvalue)
