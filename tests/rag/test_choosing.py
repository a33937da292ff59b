"""Which passages are read."""

import dataclasses
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from index.types import Document, Passage, ScoredPassage
from rag.choosing import choose, without_copies


def hit(doc_id: str, number: int = 0, copy_of: str | None = None) -> ScoredPassage:
    document = Document(doc_id, "One. Two.")
    passage = Passage(f"{doc_id}#{number}", doc_id, 0, 4, "One.")
    return ScoredPassage(passage, document, 1, 1.0, None, None, copy_of)


def ranked(hits: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    return [dataclasses.replace(one, rank=rank) for rank, one in enumerate(hits, start=1)]


def names(hits: Sequence[ScoredPassage]) -> list[str]:
    return [one.passage.passage_id for one in hits]


def test_of_a_text_the_report_that_is_found_first_is_read_with_all_its_passages() -> None:
    found = ranked([hit("copy", 0, "wire"), hit("wire"), hit("other"), hit("copy", 1, "wire"), hit("wire", 1)])
    chosen = without_copies(found, 8)
    assert names(chosen.read) == ["copy#0", "other#0", "copy#1"]
    assert [one.rank for one in chosen.read] == [1, 2, 3]
    assert names(chosen.copies) == ["wire#0", "wire#1"]


def test_the_search_goes_deeper_until_there_is_enough_to_read() -> None:
    everything = ranked([*(hit(f"copy{n}", 0, "wire") for n in range(9)), *(hit(f"d{n}") for n in range(4))])
    depths = []

    def search(question: str, k: int) -> list[ScoredPassage]:
        depths.append(k)
        return everything[:k]

    chosen = choose("Who?", search, 3)
    assert depths == [6, 12]
    assert names(chosen.read) == ["copy0#0", "d0#0", "d1#0"]
    assert len(chosen.copies) == 8
    assert names(choose("Who?", search, 30).read) == ["copy0#0", "d0#0", "d1#0", "d2#0", "d3#0"]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from([None, "a", "b"])), max_size=20), st.integers(1, 6))
def test_nothing_of_two_reports_of_a_text_is_read(parts: list[tuple[str, str | None]], count: int) -> None:
    found = ranked([hit(doc_id, place, copy_of) for place, (doc_id, copy_of) in enumerate(parts)])
    chosen = without_copies(found, count)
    assert len(chosen.read) <= count
    reports = {(one.copy_of or one.document.doc_id, one.document.doc_id) for one in chosen.read}
    assert len({text for text, _ in reports}) == len(reports)
