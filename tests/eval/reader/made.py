"""A dataset over the reports of ``tests.rag.samples``, and a reader that knows what to say."""

from collections.abc import Sequence

from eval.datasets.types import Dataset, GoldSpan, Question
from index.types import ScoredPassage
from rag.reading import Reading
from tests.rag.samples import MARKET, UNKNOWN, WHO_BRIDGE, WHO_MARKET

BRIGADE, FALCONS = "The Northern Brigade", "لواء الصقور"
DATASET = Dataset(
    "made",
    (
        Question("q1", WHO_BRIDGE, "en", {"bridge.txt": 1, "copy.txt": 1}, (BRIGADE,), "en", True),
        Question(
            "q2", WHO_MARKET, "ar", {"market.txt": 1}, (FALCONS,), "ar", None,
            (GoldSpan("market.txt", MARKET.text.index(FALCONS), FALCONS),),
        ),
        Question("q3", UNKNOWN, "en", {"harvest.txt": 1}, (), "en", False),
        Question("q4", "wheat harvest", "en", {"harvest.txt": 1}),
        Question("q5", "no report", "en", {}, ("nothing that stands there",), "en", True),
    ),
    None,
    "made up",
)  # fmt: skip


class KnowsReader:
    """For each question it knows some words, which it finds wherever they stand; else the first word, with little."""

    name = "knows"
    threshold = 0.5

    def __init__(self, known: dict[str, tuple[str, float]]) -> None:
        self.known = known
        self.read_passages: list[tuple[str, ...]] = []

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> list[Reading]:
        self.read_passages.append(tuple(found.passage.passage_id for found in passages))
        words, confidence = self.known.get(question, ("", 0.0))
        for found in passages:
            start = found.document.text.find(words) if words else -1
            if start >= 0:
                return [Reading(found, start, start + len(words), confidence)]
        return [Reading(found, 0, found.document.text.index(" "), 0.1) for found in passages[:1]]
