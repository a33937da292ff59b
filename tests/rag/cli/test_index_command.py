"""``mustanad index``."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from filelock import FileLock
from numpy.typing import NDArray

import rag
from index.store.layout import Layout
from tests.fakes import HashEmbedder
from tests.rag.cli.conftest import Mustanad, one_line_error
from tests.rag.samples import ALL


def held(root: Path) -> set[str]:
    with rag.open(root) as reports:
        return {document.doc_id for document in reports.documents()}


def test_it_says_what_it_did(mustanad: Mustanad, folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "index"
    first = mustanad("index", folder, "--index", root)
    assert first.stdout.startswith("5 added, 0 updated, 0 unchanged, 0 failed in ")
    assert first.stdout.endswith(f" s; {root} holds 5 reports, 5 passages\n")
    assert first.stderr == ""  # no bar where there is no terminal
    (folder / "copy.txt").write_text("Trains run again.", encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"no zip")
    second = mustanad("index", folder, "--index", root)
    assert second.stdout.startswith("0 added, 1 updated, 4 unchanged, 1 failed in ")
    assert second.stderr.startswith(f"  failed: {folder / 'broken.docx'}: ")
    assert second.stderr.count("\n") == 1
    assert held(root) == {document.doc_id for document in ALL}


def test_json(mustanad: Mustanad, folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").touch()
    fields = json.loads(mustanad("index", folder, "--index", tmp_path / "index", "--json").stdout)
    seconds = fields.pop("seconds")
    assert 0 <= seconds < 60
    assert fields == {
        "added": sorted(document.doc_id for document in ALL),
        "updated": [],
        "skipped": [],
        "failed": [{"path": str(folder / "empty.txt"), "reason": "the file is empty (0 bytes)"}],
        "notes": [],
        "copies": [],
        "documents": 5,
        "passages": 5,
    }


def test_notes_are_listed(mustanad: Mustanad, tmp_path: Path) -> None:
    (tmp_path / "forms.txt").write_text("ﺍﻟﺠﻴﺶ ﻓﻲ ﺍﻟﻤﺪﻳﻨﺔ.", encoding="utf-8")
    result = mustanad("index", tmp_path / "forms.txt", "--index", tmp_path / "index")
    assert result.stderr == "  note: forms.txt: Arabic presentation forms were normalised\n"


def test_several_paths_are_one_commit(mustanad: Mustanad, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "more.md").write_text("# Ferry\n\nThe ferry sank at dawn.", encoding="utf-8")
    mustanad("index", folder, tmp_path / "more.md", "--index", tmp_path / "index")
    assert json.loads(mustanad("info", "--json", "--index", tmp_path / "index").stdout)["generation"] == 1
    assert "more.md" in held(tmp_path / "index")


def test_an_unknown_path_fails_alone_but_not_among_others(mustanad: Mustanad, folder: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    failed = f"  failed: {nowhere}: no such file or folder; check the path\n"
    result = mustanad("index", nowhere, "--index", tmp_path / "index", code=1)
    assert result.stderr == f"{failed}Error: nothing could be indexed\n"
    assert mustanad("index", folder, nowhere, "--index", tmp_path / "index", code=0).stderr == failed


def test_nothing_could_be_indexed_in_json_too(mustanad: Mustanad, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"no pdf")
    result = mustanad("index", tmp_path / "bad.pdf", "--index", tmp_path / "index", "--json", code=1)
    assert len(json.loads(result.stdout)["failed"]) == 1
    assert one_line_error(result) == "nothing could be indexed"


def test_another_model_for_an_index_is_refused(mustanad: Mustanad, index: Path, folder: Path) -> None:
    result = mustanad("index", folder, "--index", index, "--model", "other", code=1)
    assert "was built with the model multilingual-e5-small (" in one_line_error(result)
    assert "not with other (" in result.stderr
    assert "open it with its own model, or index the reports anew into another folder" in result.stderr


def test_other_lengths_for_an_index_are_refused(mustanad: Mustanad, index: Path, folder: Path) -> None:
    for option, built in (("--max-tokens", 256), ("--overlap-tokens", 48)):
        result = mustanad("index", folder, "--index", index, option, 32, code=1)
        assert one_line_error(result) == (
            f"{index} was built with {option} {built}, not 32; leave the option out, "
            "or index the reports anew into another folder"
        )
        mustanad("index", folder, "--index", index, option, built)


def test_another_prompt_for_an_index_is_refused(mustanad: Mustanad, folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "index"
    mustanad("index", folder, "--index", root, "--query-prompt", "q: ", "--passage-prompt", "p: ")
    mustanad("index", folder, "--index", root, "--query-prompt", "q: ", "--passage-prompt", "p: ")
    result = mustanad("index", folder, "--index", root, "--query-prompt", "q: ", "--passage-prompt", "d: ", code=1)
    assert "was built with the prompts 'q: ' and 'p: ', not 'q: ' and 'd: '" in one_line_error(result)


def test_a_prompt_for_an_index_with_the_models_own_is_refused(mustanad: Mustanad, folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "index"
    mustanad("index", folder, "--index", root)
    result = mustanad("index", folder, "--index", root, "--passage-prompt", "x", code=1)
    assert "was built with the prompts of the model, not '' and 'x'" in one_line_error(result)


def test_the_lengths_are_kept(mustanad: Mustanad, folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "index"
    mustanad("index", folder, "--index", root, "--max-tokens", 20, "--model", "other")
    info = json.loads(mustanad("info", "--index", root, "--json").stdout)
    assert info["chunking"] == {"max_tokens": 20, "overlap_tokens": 5}
    assert info["model"]["name"] == "other"
    assert info["passages"] > 5


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--max-tokens", "15"], "15 is not in the range x>=16"),
        (
            ["--max-tokens", "32", "--overlap-tokens", "32"],
            "overlap_tokens is 32; it must be from 0 to below max_tokens",
        ),
        (["--speed", "9"], "No such option"),
    ],
)
def test_wrong_usage(mustanad: Mustanad, folder: Path, tmp_path: Path, options: list[str], message: str) -> None:
    result = mustanad("index", folder, "--index", tmp_path / "index", *options, code=2)
    assert message in result.stderr.splitlines()[-1]
    assert not (tmp_path / "index").exists()


def test_without_paths_or_into_a_file_is_wrong_usage(mustanad: Mustanad, folder: Path, tmp_path: Path) -> None:
    assert "Missing argument 'PATHS...'" in mustanad("index", code=2).stderr
    (tmp_path / "file").touch()
    assert "is a file" in mustanad("index", folder, "--index", tmp_path / "file", code=2).stderr


def test_a_folder_of_other_files_is_no_place_for_an_index(mustanad: Mustanad, folder: Path) -> None:
    result = mustanad("index", folder, "--index", folder, code=1)
    assert one_line_error(result) == f"{folder} holds other files; choose an empty or a new folder for the index"
    assert not (folder / "manifest.json").exists()


def test_a_second_writer_is_told_to_wait(mustanad: Mustanad, index: Path, folder: Path) -> None:
    with FileLock(Layout(index).lock):
        result = mustanad("index", folder, "--index", index, code=1)
    assert one_line_error(result) == f"another process is writing to {index}; wait until it is done, then try again"


def test_an_interruption_leaves_the_index_as_it_was(
    mustanad: Mustanad, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new.txt").write_text("The ferry sank at dawn.", encoding="utf-8")

    def interrupt(self: HashEmbedder, texts: Sequence[str]) -> NDArray[object]:  # type: ignore[type-var]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(HashEmbedder, "embed_passages", interrupt)
        result = mustanad("index", tmp_path / "new.txt", "--index", index, code=1)
    assert one_line_error(result) == "interrupted; the index is as it was: run the same command to go on"
    assert held(index) == {document.doc_id for document in ALL}
    mustanad("index", tmp_path / "new.txt", "--index", index)
    assert "new.txt" in held(index)


def test_a_full_disk_is_one_line(
    mustanad: Mustanad, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new.txt").write_text("The ferry sank at dawn.", encoding="utf-8")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device", "/disk/vectors.faiss")

    monkeypatch.setattr("index.store.segment_writer.SegmentWriter.finish", full)
    result = mustanad("index", tmp_path / "new.txt", "--index", index, code=1)
    assert one_line_error(result) == "/disk/vectors.faiss: No space left on device"
    assert held(index) == {document.doc_id for document in ALL}
