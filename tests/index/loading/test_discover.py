"""Finding files, and loading folders."""

import subprocess
import sys
from pathlib import Path

from index.loading import SourceFile, discover, load, load_file
from index.loading.registry import supported_formats
from index.types import Document, LoadFailure

ROW = '{"_id": "1", "text": "Two bridges fell."}\n'


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ROW if path.suffix == ".jsonl" else f"Text of {name}.", encoding="utf-8")


def test_walks_sorted_and_skips_what_is_no_report(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.TXT", "a/.hidden.txt", ".git/x.txt", "Thumbs.db", ".DS_Store", "~$b.docx")
    assert discover([tmp_path]) == [
        SourceFile(tmp_path / "a/z.TXT", "a/z.TXT"),
        SourceFile(tmp_path / "b.txt", "b.txt"),
    ]


def test_a_file_given_directly(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    assert discover([tmp_path / "a/b.txt"]) == [SourceFile(tmp_path / "a/b.txt", "b.txt")]


def test_the_same_file_twice_counts_once(tmp_path: Path) -> None:
    write(tmp_path, "b.txt")
    assert len(discover([tmp_path, tmp_path / "b.txt"])) == 1


def test_loops_of_links_end(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert discover([tmp_path]) == [
        SourceFile(tmp_path / "a/b.txt", "a/b.txt"),
        LoadFailure(str(tmp_path / "gone.txt"), "the link leads nowhere; restore what it points to, or remove it"),
    ]


def test_failures(tmp_path: Path) -> None:
    write(tmp_path, "a.xyz", "README")
    (tmp_path / "empty").mkdir()
    missing = tmp_path / "missing"
    assert discover([missing, tmp_path / "empty", tmp_path / "a.xyz", tmp_path / "README"]) == [
        LoadFailure(str(missing), "no such file or folder; check the path"),
        LoadFailure(str(tmp_path / "empty"), "the folder holds no reports; give a folder or files that do"),
        LoadFailure(str(tmp_path / "a.xyz"), f"unsupported format .xyz (supported: {supported_formats()})"),
        LoadFailure(str(tmp_path / "README"), f"unsupported format (no suffix) (supported: {supported_formats()})"),
    ]


def test_beir_folder(tmp_path: Path) -> None:
    write(tmp_path, "corpus.jsonl", "queries.jsonl", "qrels/test.tsv", "README.md", "extra.txt")
    assert discover([tmp_path]) == [
        SourceFile(tmp_path / "corpus.jsonl", "corpus.jsonl"),
        LoadFailure(
            str(tmp_path / "extra.txt"),
            "not loaded: of a BEIR folder only corpus.jsonl is; give this path itself to load it",
        ),
    ]


def test_same_id_twice(tmp_path: Path) -> None:
    write(tmp_path, "a/x.txt", "b/x.txt")
    first, second = load([tmp_path / "a", tmp_path / "b"])
    assert isinstance(first, Document)
    assert second == LoadFailure(
        str(tmp_path / "b/x.txt"),
        f"same id “x.txt” as {tmp_path / 'a/x.txt'}; index them from a common parent folder or give them different ids",
    )
    assert [one.doc_id for one in load([tmp_path]) if isinstance(one, Document)] == ["a/x.txt", "b/x.txt"]


def test_same_id_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(ROW + ROW, encoding="utf-8")
    _, second = load([tmp_path])
    assert second == LoadFailure(
        f"{tmp_path / 'a.jsonl'}:2",
        f"same id “1” as {tmp_path / 'a.jsonl'}:1; index them from a common parent folder or give them different ids",
    )


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    assert list(load_file(SourceFile(path, "a.txt"))) == [
        LoadFailure(str(path), "the file cannot be read (No such file or directory); check its permissions")
    ]


def test_import_is_cheap() -> None:
    heavy = "{'kreuzberg', 'trafilatura', 'lingua', 'dateparser', 'lxml', 'charset_normalizer'}"
    code = f"import sys, index.loading; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
