import pytest

from eval.peers.passage_engine import PassageEngine, ScoredRow
from eval.peers.timing import speed_of, time_side_by_side
from index.progress import Silent
from tests.eval.peers.samples import numbered_collection


def test_median_and_rate() -> None:
    speed = speed_of([0.001, 0.003, 0.002, 0.002])
    assert speed.p50_ms == pytest.approx(2.0)
    assert speed.queries_per_s == pytest.approx(500.0)


def test_engines_take_turns_after_a_warm_up() -> None:
    asked: list[tuple[str, str, int]] = []

    def engine(name: str) -> PassageEngine:
        def rank(question: str, k: int) -> list[ScoredRow]:
            asked.append((name, question, k))
            return []

        return PassageEngine(numbered_collection(4), rank)

    engines = {name: engine(name) for name in "abc"}
    speeds = time_side_by_side(engines, ["one", "two", "three", "four"], 2, Silent(), "searching")
    assert list(speeds) == ["a", "b", "c"]
    assert asked[:3] == [("a", "one", 2), ("b", "one", 2), ("c", "one", 2)]
    turns = ["".join(name for name, _, _ in asked[start : start + 3]) for start in range(3, len(asked), 3)]
    assert turns == ["abc", "bca", "cab", "abc"]
    assert [question for _, question, _ in asked[3::3]] == ["one", "two", "three", "four"]
