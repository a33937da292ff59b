from datetime import date
from pathlib import Path

from index.store.overview import PublishedCount, headings, published_counts
from tests.rag.samples import ALL, BRIDGE, make_reports


def test_counts_and_headings_are_those_of_the_live_reports(tmp_path: Path) -> None:
    with make_reports(tmp_path / "index") as reports:
        before = published_counts(reports.snapshot)
        assert sum(count.documents for count in before) == len(ALL)
        assert PublishedCount(None, "Sahil Press", "en", 1) in before
        assert PublishedCount(date(2023, 5, 2), "وكالة النهر", "ar", 1) in before
        reports.remove([BRIDGE.doc_id])
        assert sum(count.documents for count in published_counts(reports.snapshot)) == len(ALL) - 1
        listed = {heading.doc_id: heading for heading in headings(reports.snapshot)}
        assert listed.keys() == {document.doc_id for document in ALL} - {BRIDGE.doc_id}
        for document in ALL[1:]:
            heading = listed[document.doc_id]
            assert (heading.title, heading.source, heading.published, heading.lang) == (
                document.title,
                document.source,
                document.published,
                document.lang,
            )
