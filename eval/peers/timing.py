"""How fast engines answer the same questions, asked side by side."""

import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.peers.protocol import SearchEngine
from index.progress import Progress


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast searches were, one at a time.

    Attributes:
        p50_ms: Median milliseconds of a search.
        queries_per_s: Searches a second: their number by the sum of their times.
    """

    p50_ms: float
    queries_per_s: float


def speed_of(seconds: Sequence[float]) -> Speed:
    """The speed of searches that took so long.

    Examples:
        >>> speed_of([0.1, 0.2, 0.1])
        Speed(p50_ms=100.0, queries_per_s=7.5)
    """
    return Speed(1000 * statistics.median(seconds), round(len(seconds) / sum(seconds), 6))


def time_side_by_side(
    engines: Mapping[str, SearchEngine], questions: Sequence[str], k: int, progress: Progress, label: str
) -> dict[str, Speed]:
    """Time each engine's search for passages.

    Every question is asked of all engines before the next, each time beginning with another engine, so that whatever
    else the machine does meets them alike. Before that, each is asked one question that is not timed.

    Args:
        engines: By name.
        questions: One or more.
        k: How many passages.
        progress: Is told how far the work has come.
        label: What the progress is called.

    Returns:
        Speed by name.
    """
    names = list(engines)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for engine in engines.values():
        engine.search(questions[0], k)
    progress.start(label, len(questions), "question")
    for number, question in enumerate(questions):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            started = time.perf_counter()
            engines[name].search(question, k)
            seconds[name].append(time.perf_counter() - started)
        progress.advance(1)
    return {name: speed_of(taken) for name, taken in seconds.items()}
