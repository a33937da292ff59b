import dataclasses

from index.types import Document, ScoredPassage
from rag.claims.sources import independent_sources
from tests.rag.samples import found


def report(doc_id: str, source: str = "", copy_of: str | None = None) -> ScoredPassage:
    return dataclasses.replace(
        found(Document(doc_id, "The bridge is gone.", source=source, lang="en")), copy_of=copy_of
    )


def test_one_source_counts_once_however_it_is_written() -> None:
    assert independent_sources([report("a", "River Agency"), report("b", "RIVER AGENCY."), report("c", "Sahil")]) == 2


def test_a_report_without_a_source_is_its_own() -> None:
    assert independent_sources([report("a"), report("b"), report("a")]) == 2


def test_a_copy_counts_under_its_original() -> None:
    assert independent_sources([report("a", "River"), report("b", "Sahil", copy_of="a")]) == 1
    # Sahil's own report is none of River's, though Sahil printed one of those too.
    everything = [report("a", "River"), report("b", "Sahil", copy_of="a"), report("c", "Sahil")]
    assert independent_sources(everything) == 2


def test_copies_of_a_report_that_is_not_there_are_one() -> None:
    assert independent_sources([report("a", "River", copy_of="x"), report("b", "Sahil", copy_of="x")]) == 1


def test_nothing() -> None:
    assert independent_sources([]) == 0
