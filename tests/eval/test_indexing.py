"""The index a dataset is measured in: built once, reused, never written to when it is somebody's."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import rag
from eval.configuration import Configuration
from eval.datasets.types import Dataset, DatasetError, DocumentCorpus, FileCorpus
from eval.indexing import index_folder, open_index
from index.errors import ModelError, MustanadError
from index.progress import Silent
from index.text.chunking import Chunking
from tests.rag.samples import ALL, BRIDGE, HARVEST, MARKET

DATASET = Dataset("made", (), DocumentCorpus(ALL), "f")


def ids(reports: rag.Reports) -> set[str]:
    with reports:
        return {document.doc_id for document in reports.documents()}


def test_an_index_is_built_where_there_is_none_and_reused(tmp_path: Path) -> None:
    reports, notes = open_index(tmp_path / "index", [DATASET], Configuration(), Silent())
    generation = reports.manifest.generation
    assert (ids(reports), notes) == ({document.doc_id for document in ALL}, ())
    fewer = replace(DATASET, corpus=DocumentCorpus((BRIDGE,)))
    again, _ = open_index(tmp_path / "index", [fewer], Configuration(), Silent())
    assert again.manifest.generation == generation
    assert ids(again) == {document.doc_id for document in ALL}


def test_an_empty_index_left_by_an_interruption_is_filled(tmp_path: Path) -> None:
    rag.create(tmp_path / "index").close()
    reports, _ = open_index(tmp_path / "index", [DATASET], Configuration(), Silent())
    assert len(ids(reports)) == len(ALL)


def test_the_reports_of_several_datasets_are_put_together(tmp_path: Path) -> None:
    one = replace(DATASET, corpus=DocumentCorpus((BRIDGE, MARKET)))
    two = replace(DATASET, name="other", corpus=DocumentCorpus((MARKET, HARVEST)))
    assert ids(open_index(tmp_path / "index", [one, two], Configuration(), Silent())[0]) == {
        "bridge.txt", "market.txt", "harvest.txt",
    }  # fmt: skip


def test_an_id_of_two_reports_is_refused_and_nothing_is_committed(tmp_path: Path) -> None:
    other = replace(DATASET, name="other", corpus=DocumentCorpus((replace(BRIDGE, text="Something else."),)))
    with pytest.raises(DatasetError, match=r"other: the id bridge.txt stands for two different reports; .*--own-index"):
        open_index(tmp_path / "index", [DATASET, other], Configuration(), Silent())
    with rag.open(tmp_path / "index") as reports:
        assert reports.contents.documents == 0


def test_what_could_not_be_read_is_noted(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text("The brigade blew up the bridge.", encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"")
    (folder / "worse.txt").write_bytes(b" \n")
    dataset = replace(DATASET, corpus=FileCorpus((folder,)))
    reports, notes = open_index(tmp_path / "index", [dataset], Configuration(), Silent())
    assert ids(reports) == {"good.txt"}
    assert notes[0].startswith(f"2 reports could not be read (first: {folder / 'bad.txt'}: ")


@pytest.mark.parametrize("content", ["", "not json\n"])
def test_a_corpus_of_nothing_says_why(tmp_path: Path, content: str) -> None:
    (tmp_path / "corpus.jsonl").write_text(content, encoding="utf-8")
    dataset = replace(DATASET, corpus=FileCorpus((tmp_path / "corpus.jsonl",)))
    with pytest.raises(DatasetError, match=r"made: no report could be read \(first: .*corpus.jsonl"):
        open_index(tmp_path / "index", [dataset], Configuration(), Silent())


def test_a_dataset_without_reports_needs_an_index(tmp_path: Path) -> None:
    bare = replace(DATASET, corpus=None)
    with pytest.raises(DatasetError, match="made brings no reports; give an index that holds them with --index"):
        index_folder(bare, tmp_path, Configuration())
    with pytest.raises(DatasetError, match="made brings no reports"):
        open_index(tmp_path / "index", [bare], Configuration(), Silent())


def test_the_folder_depends_on_reports_model_and_passage_length_alone(tmp_path: Path) -> None:
    def folder(dataset: Dataset = DATASET, **values: str | int | float) -> Path:
        return index_folder(dataset, tmp_path, Configuration().with_values(values))

    same = replace(DATASET, name="other", fingerprint="g", corpus=DocumentCorpus(ALL[::-1]))
    assert folder() == folder(same) == folder(fusion="rrf")
    different = {
        folder(),
        folder(max_tokens=128),
        folder(model="x"),
        folder(replace(DATASET, corpus=DocumentCorpus(ALL[1:]))),
    }
    assert len(different) == 4
    assert all(path.parent == tmp_path for path in different)


def test_an_index_built_otherwise_is_refused(tmp_path: Path) -> None:
    open_index(tmp_path / "index", [DATASET], Configuration(chunking=Chunking(64, 8)), Silent())[0].close()
    kept, _ = open_index(tmp_path / "index", [DATASET], Configuration(), Silent())
    assert kept.manifest.max_tokens == 64
    kept.close()
    with pytest.raises(MustanadError, match="was built with max_tokens 64, not 128; leave the setting out"):
        open_index(tmp_path / "index", [DATASET], Configuration(chunking=Chunking(128)), Silent())
    with pytest.raises(ModelError, match="was built with the model"):
        open_index(tmp_path / "index", [DATASET], Configuration(model="another"), Silent())


def test_a_damaged_index_is_one_line(tmp_path: Path) -> None:
    open_index(tmp_path / "index", [DATASET], Configuration(), Silent())[0].close()
    manifest = tmp_path / "index" / "manifest.json"
    manifest.write_text(json.dumps({"format": 1}), encoding="utf-8")
    with pytest.raises(MustanadError) as raised:
        open_index(tmp_path / "index", [DATASET], Configuration(), Silent())
    assert "\n" not in str(raised.value)
