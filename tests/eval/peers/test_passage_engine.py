import pytest

from eval.peers.passage_engine import PassageEngine, ScoredRow
from tests.eval.peers.samples import numbered_collection


def test_the_number_of_rows_never_exceeds_those_there_are() -> None:
    asked: list[int] = []

    def rank(_: str, k: int) -> list[ScoredRow]:
        asked.append(k)
        return [ScoredRow(2, 5.0), ScoredRow(0, 4.0)][:k]

    engine = PassageEngine(numbered_collection(3), rank)
    hits = engine.search("what", 10)
    assert asked == [3]
    assert [(hit.document.doc_id, hit.rank, hit.score) for hit in hits] == [("2.txt", 1, 5.0), ("0.txt", 2, 4.0)]


def test_documents_widen_the_search_until_there_are_enough() -> None:
    collection = numbered_collection(2)
    pair_a, pair_b = collection.passages
    repeated = PassageEngine(
        type(collection)((pair_a,) * 9 + (pair_b,), collection.vectors, collection.embedder),
        lambda _, k: [ScoredRow(row, -float(row)) for row in range(k)],
    )
    found = repeated.search_documents("what", 2)
    assert [(hit.document.doc_id, hit.rank) for hit in found] == [("0.txt", 1), ("1.txt", 10)]
    assert [hit.document.doc_id for hit in repeated.search_documents("what", 50)] == ["0.txt", "1.txt"]


@pytest.mark.parametrize(("question", "k"), [("", 1), (" \n", 1), ("what", 0), ("what", -1)])
def test_what_cannot_be_asked_is_refused(question: str, k: int) -> None:
    engine = PassageEngine(numbered_collection(1), lambda _, __: [])
    with pytest.raises(ValueError):
        engine.search(question, k)
    with pytest.raises(ValueError):
        engine.search_documents(question, k)
