"""The Python API: adding, searching, asking; what is refused."""

import dataclasses
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import rag
from index.embedding import DEFAULT_MODEL
from index.errors import IndexCorruptError, IndexLockedError, IndexNotFoundError, ModelError, MustanadError
from index.search import SearchSettings
from index.store.layout import Layout
from index.store.manifest import read_manifest, write_manifest
from index.text.chunking import Chunking
from index.types import Document, ScoredPassage
from rag.reading.protocol import Reading
from tests.rag.samples import (
    ALL,
    BRIDGE,
    COPY,
    DENIAL,
    HARVEST,
    MARKET,
    UNKNOWN,
    WHO_BRIDGE,
    WHO_MARKET,
    hash_model,
    make_reports,
)


def ids(reports: rag.Reports, question: str = WHO_BRIDGE, **filters: object) -> set[str]:
    return {hit.document.doc_id for hit in reports.search(question, 20, **filters)}  # type: ignore[arg-type]


def texts(root: Path) -> dict[str, str]:
    with rag.open(root) as reports:
        return {document.doc_id: document.text for document in reports.documents()}


def test_add_says_what_was_added_updated_skipped_and_failed(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("The brigade blew up the bridge.", encoding="utf-8")
    (folder / "b.txt").write_text("Rain is expected in the valley.", encoding="utf-8")
    with rag.create(tmp_path / "index") as reports:
        first = reports.add(folder)
        assert (first.added, first.updated, first.skipped, first.failed) == (("a.txt", "b.txt"), (), (), ())
        assert first.passages == reports.contents.passages == 2
        (folder / "b.txt").write_text("No rain is expected in the valley.", encoding="utf-8")
        (folder / "c.txt").write_text("The harvest is poor.", encoding="utf-8")
        (folder / "d.txt").write_bytes(b"")
        second = reports.add(str(folder))
        assert (second.added, second.updated, second.skipped) == (("c.txt",), ("b.txt",), ("a.txt",))
        assert [(failure.path, failure.reason) for failure in second.failed] == [
            (str(folder / "d.txt"), "the file is empty (0 bytes)")
        ]
    assert texts(tmp_path / "index")["b.txt"] == "No rain is expected in the valley."


def test_add_documents_gives_notes_by_document(tmp_path: Path) -> None:
    with rag.create(tmp_path / "index") as reports:
        result = reports.add_documents([HARVEST, dataclasses.replace(BRIDGE, notes=("repaired the encoding",))])
    assert result.notes == (("bridge.txt", "repaired the encoding"),)


def test_remove_gives_those_that_were_there(reports: rag.Reports) -> None:
    assert reports.remove(["bridge.txt", "nowhere.txt", "bridge.txt"]) == ["bridge.txt"]
    assert "bridge.txt" not in ids(reports)
    assert reports.contents.documents == len(ALL) - 1


def test_compact_drops_what_was_removed(reports: rag.Reports) -> None:
    reports.remove(["bridge.txt"])
    expected = {(hit.passage, round(hit.score, 9)) for hit in reports.search(WHO_BRIDGE, 10)}
    done = reports.compact()
    assert (done.segments_before, done.segments, done.documents) == (1, 1, len(ALL) - 1)
    assert done.dropped > 0
    assert reports.manifest.segments[0].deleted == ()
    assert {(hit.passage, round(hit.score, 9)) for hit in reports.search(WHO_BRIDGE, 10)} == expected


def test_search_is_ranked_and_verbatim(reports: rag.Reports) -> None:
    found = reports.search(WHO_BRIDGE, 3)
    assert [hit.rank for hit in found] == [1, 2, 3]
    assert found[0].document == BRIDGE
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    for hit in found:
        assert hit.passage.text == hit.document.text[hit.passage.start : hit.passage.end]


def test_filters(reports: rag.Reports) -> None:
    assert ids(reports) == {document.doc_id for document in ALL}
    assert ids(reports, since="2024-03-15") == ids(reports, since=date(2024, 3, 15)) == {"copy.txt", "denial.txt"}
    assert ids(reports, until="2024-03-14") == {"bridge.txt", "market.txt"}
    assert ids(reports, since="2024-03-14", until="2024-03-14") == {"bridge.txt"}
    assert ids(reports, source=["sahil press"]) == {"denial.txt", "harvest.txt"}
    assert ids(reports, lang=["ar"]) == {"market.txt"}
    assert ids(reports, doc=["copy.txt", "nowhere.txt"]) == {"copy.txt"}
    assert ids(reports, doc=["copy.txt"], lang=["ar"]) == set()
    everything = {document.doc_id for document in ALL}
    assert ids(reports, without=["bridge.txt", "copy.txt", "nowhere.txt"]) == everything - {"bridge.txt", "copy.txt"}
    assert ids(reports, doc=["copy.txt", "bridge.txt"], without=["bridge.txt"]) == {"copy.txt"}


def test_a_moment_filters_by_its_day(reports: rag.Reports) -> None:
    moment = datetime(2024, 3, 16, 15, 30, tzinfo=UTC)
    assert ids(reports, since=moment) == {"denial.txt"}


@pytest.mark.parametrize("name", ["source", "lang", "doc", "without"])
def test_a_bare_string_as_a_filter_is_refused(reports: rag.Reports, name: str) -> None:
    given: Any = {name: "ar"}
    for call in (reports.search, reports.ask):
        with pytest.raises(ValueError, match=rf"{name} is a string; give a list of strings, such as \['ar'\]"):
            call(WHO_BRIDGE, **given)


def test_a_day_that_is_no_iso_date_is_refused(reports: rag.Reports) -> None:
    with pytest.raises(ValueError, match="since is '14/3/2024'; give a date such as 2022-04-16"):
        reports.search(WHO_BRIDGE, since="14/3/2024")
    with pytest.raises(ValueError, match="until is 'soon'"):
        reports.ask(WHO_BRIDGE, until="soon")


def test_an_empty_question_and_k_below_one_are_refused(reports: rag.Reports) -> None:
    for call in (reports.search, reports.ask, reports.search_documents):
        with pytest.raises(ValueError, match="the question is empty"):
            call(" \n")
    with pytest.raises(ValueError, match="ask for at least 1"):
        reports.search(WHO_BRIDGE, 0)


def test_search_documents_gives_the_best_passage_of_each(tmp_path: Path) -> None:
    long = " ".join(f"The railway bridge number {number} stands over the river." for number in range(40))
    documents = [dataclasses.replace(HARVEST, doc_id="long.txt", text=long), *ALL]
    with rag.create(tmp_path / "index", chunking=Chunking(16, 0)) as reports:
        reports.add_documents(documents)
        every = reports.search("railway bridge river", 200)
        best = reports.search_documents("railway bridge river", 4)
        assert len(every) > 40
        first_seen = list(dict.fromkeys(hit.document.doc_id for hit in every))
        assert [hit.document.doc_id for hit in best] == first_seen[:4]
        assert best[0] == every[0]
        assert len(reports.search_documents("railway bridge river", 50)) == len(documents)


def test_an_answer_is_in_the_reports_own_words(reports: rag.Reports) -> None:
    answer = reports.ask(WHO_BRIDGE)
    assert answer.text == "The Northern Brigade blew up the railway bridge on Thursday."
    assert (answer.question, answer.abstained, answer.engine) == (WHO_BRIDGE, False, "extractive")
    assert 0.9 < answer.confidence <= 1
    documents = {document.doc_id: document for document in ALL}
    for citation in answer.citations:
        document = documents[citation.doc_id]
        assert citation.quote == document.text[citation.start : citation.end]
        assert (citation.title, citation.source, citation.published, citation.url, citation.lang) == (
            document.title, document.source, document.published, document.url, document.lang,
        )  # fmt: skip
    assert [citation.number for citation in answer.citations] == [1, 2, 3]
    timings = answer.timings_ms
    assert 0 < timings.read < timings.total
    assert timings.total == pytest.approx(timings.retrieve + timings.read)


def test_a_copy_counts_as_one_source_and_a_conflict_as_two_claims(reports: rag.Reports) -> None:
    brigade, smugglers = reports.ask(WHO_BRIDGE).claims
    assert (brigade.citations, brigade.independent_sources) == ((1, 2), 1)
    assert smugglers.answer == "Smugglers blew up the railway bridge on Thursday."
    assert smugglers.citations == (3,)


def test_an_accusation_is_never_a_plain_report(reports: rag.Reports) -> None:
    (claim,) = reports.ask(WHO_MARKET).claims
    assert claim.stance is rag.Stance.ACCUSED
    assert claim.speaker == "وزارة الداخلية"


def test_without_evidence_it_abstains_with_the_nearest_passages(reports: rag.Reports) -> None:
    answer = reports.ask(UNKNOWN)
    assert (answer.text, answer.abstained, answer.claims) == (None, True, ())
    assert answer.confidence < 0.5
    nearest = reports.search(UNKNOWN, 3)
    assert [citation.passage_id for citation in answer.citations] == [hit.passage.passage_id for hit in nearest]
    assert [citation.quote for citation in answer.citations] == [hit.passage.text for hit in nearest]


def test_an_abstention_tells_what_it_withheld_and_an_answer_nothing(reports: rag.Reports) -> None:
    withheld = reports.ask(UNKNOWN)
    assert withheld.abstained
    assert withheld.text is None
    assert any(withheld.withheld and withheld.withheld in document.text for document in ALL)
    assert reports.ask(WHO_BRIDGE).withheld is None


def test_leaving_out_the_reports_that_answer_leaves_nothing_to_say(reports: rag.Reports) -> None:
    found = reports.ask(WHO_MARKET)
    assert {citation.doc_id for citation in found.citations} == {"market.txt"}
    assert reports.ask(WHO_MARKET, without=["market.txt"]).abstained


def test_where_nothing_passes_the_filters_it_abstains_without_passages(reports: rag.Reports) -> None:
    answer = reports.ask(WHO_BRIDGE, lang=["tr"])
    assert (answer.abstained, answer.citations, answer.passages, answer.confidence) == (True, (), (), 0.0)


def test_filters_hold_for_answers(reports: rag.Reports) -> None:
    answer = reports.ask(WHO_BRIDGE, source=["Sahil Press"])
    assert {citation.doc_id for citation in answer.citations} == {"denial.txt"}


def test_an_empty_collection_abstains(tmp_path: Path) -> None:
    with rag.create(tmp_path / "index") as reports:
        assert reports.search(WHO_BRIDGE) == []
        assert reports.ask(WHO_BRIDGE).abstained


def test_another_model_is_refused(tmp_path: Path) -> None:
    make_reports(tmp_path / "index").close()
    with pytest.raises(ModelError) as raised:
        rag.open(tmp_path / "index", model="other")
    own, other = hash_model(), hash_model("other")
    assert str(raised.value) == (
        f"{tmp_path / 'index'} was built with the model {DEFAULT_MODEL} ({own.fingerprint[:12]}), not with other "
        f"({other.fingerprint[:12]}); open it with its own model, or index the reports anew into another folder"
    )


def test_a_model_that_changed_under_its_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_reports(tmp_path / "index").close()
    monkeypatch.setattr("rag.opening.load_embedder", lambda *_: hash_model("retrained"))
    with pytest.raises(ModelError, match="not with retrained"):
        rag.open(tmp_path / "index")


def test_another_analyzer_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "index"
    make_reports(root).close()
    write_manifest(Layout(root), dataclasses.replace(read_manifest(root), analyzer="folding-0"))
    with pytest.raises(IndexCorruptError, match="built with the analyzer folding-0, this version has folding-"):
        rag.open(root)


def test_create_refuses_an_index_and_a_folder_of_other_files(tmp_path: Path) -> None:
    make_reports(tmp_path / "index").close()
    with pytest.raises(MustanadError, match=r"there is an index in .* already; open it with rag\.open"):
        rag.create(tmp_path / "index")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").touch()
    for path in (tmp_path / "photos", tmp_path / "photos" / "cat.jpg"):
        with pytest.raises(MustanadError, match="holds other files; choose an empty or a new folder"):
            rag.create(path)
    assert [entry.name for entry in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_open_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match="make one with: mustanad index PATH… --index"):
        rag.open(tmp_path)


def test_refresh_sees_another_writers_commit(reports: rag.Reports, tmp_path: Path) -> None:
    with rag.open(tmp_path / "index") as other:
        other.add_documents([Document("new.txt", "The ferry sank in the river.", lang="en")])
    assert "new.txt" not in ids(reports)
    reports.refresh()
    assert "new.txt" in ids(reports)


def test_a_second_writer_is_refused_and_the_first_goes_on(reports: rag.Reports, tmp_path: Path) -> None:
    with rag.open(tmp_path / "index") as other, other._writer(), pytest.raises(IndexLockedError, match="another"):
        reports.add_documents([Document("new.txt", "The ferry sank.", lang="en")])
    assert "new.txt" in reports.add_documents([Document("new.txt", "The ferry sank.", lang="en")]).added


def test_the_passages_are_given_before_they_are_read(reports: rag.Reports) -> None:
    given: list[tuple[ScoredPassage, ...]] = []
    answer = reports.ask(WHO_BRIDGE, on_found=given.append)
    assert given == [answer.passages] != [()]
    assert dataclasses.replace(reports.ask(WHO_BRIDGE), timings_ms=answer.timings_ms) == answer


def test_what_is_raised_on_the_passages_ends_the_work(reports: rag.Reports) -> None:
    def enough(passages: tuple[ScoredPassage, ...]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reports.ask(WHO_BRIDGE, on_found=enough)


def test_threads_ask_at_once(reports: rag.Reports) -> None:
    questions = [WHO_BRIDGE, WHO_MARKET, UNKNOWN, "How long will repairs take?"] * 8
    expected = [reports.ask(question) for question in questions[:4]] * 8
    together = threading.Barrier(4)

    def ask(question: str) -> rag.Answer:
        together.wait(timeout=30)
        return reports.ask(question)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, questions))
    for answer, alone in zip(answers, expected, strict=True):
        assert dataclasses.replace(answer, timings_ms=alone.timings_ms) == alone


def test_both_lexical_engines_find_the_same(reports: rag.Reports, tmp_path: Path) -> None:
    with rag.open(tmp_path / "index", settings=SearchSettings(lexical="rank-bm25")) as slow:
        for question in (WHO_BRIDGE, WHO_MARKET, UNKNOWN):
            one, other = reports.search(question), slow.search(question)
            assert [hit.passage.passage_id for hit in one] == [hit.passage.passage_id for hit in other]
            assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other], abs=1e-9)


def test_a_reader_of_the_callers_own_is_asked(tmp_path: Path, reports: rag.Reports) -> None:
    class Mute:
        name = "mute"
        threshold = 0.5

        def read(self, question: str, passages: Sequence[ScoredPassage]) -> list[Reading]:
            return []

    with rag.open(tmp_path / "index", reader=Mute()) as mute:
        answer = mute.ask(WHO_BRIDGE)
    assert (answer.engine, answer.abstained) == ("mute", True)
    assert {COPY.doc_id, DENIAL.doc_id, MARKET.doc_id} & {citation.doc_id for citation in answer.citations}
