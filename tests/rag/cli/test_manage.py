"""``mustanad remove``, ``compact``, ``info`` and ``verify``."""

import json
from pathlib import Path

import pytest

import rag
from index.store.layout import Layout
from tests.rag.cli.conftest import Mustanad, one_line_error
from tests.rag.samples import WHO_BRIDGE, hash_model, make_reports


def test_remove(mustanad: Mustanad, index: Path) -> None:
    result = mustanad("remove", "copy.txt", "nowhere.txt", "copy.txt", "--index", index)
    assert result.stdout == f"1 removed; {index} holds 4 reports\n"
    assert result.stderr == "  not in the index: nowhere.txt\n"
    fields = json.loads(mustanad("search", WHO_BRIDGE, "--json", "--index", index).stdout)
    assert "copy.txt" not in {hit["doc_id"] for hit in fields["results"]}


def test_remove_json(mustanad: Mustanad, index: Path) -> None:
    result = mustanad("remove", "copy.txt", "nowhere.txt", "--index", index, "--json")
    assert json.loads(result.stdout) == {"removed": ["copy.txt"], "missing": ["nowhere.txt"], "documents": 4}
    assert result.stderr == ""


def test_remove_of_nothing_fails(mustanad: Mustanad, index: Path) -> None:
    result = mustanad("remove", "nowhere.txt", "--index", index, code=1)
    assert result.stderr.splitlines() == [
        "  not in the index: nowhere.txt",
        f"Error: none of these reports is in {index}; mustanad search shows the ids of reports",
    ]
    assert "Missing argument" in mustanad("remove", "--index", index, code=2).stderr


def test_compact(mustanad: Mustanad, index: Path) -> None:
    mustanad("remove", "copy.txt", "--index", index)
    said = mustanad("compact", "--index", index)
    assert said.stdout.startswith("1 segments became 1, 1 removed passages were dropped, ")
    assert said.stderr == ""
    assert mustanad("verify", "--index", index).stdout == f"{index} is whole\n"
    assert mustanad("compact", "--index", index).stdout.startswith(f"{index} was compact: 1 segments, ")
    fields = json.loads(mustanad("search", WHO_BRIDGE, "--json", "--index", index).stdout)
    assert len(fields["results"]) == 4


def test_compact_json(mustanad: Mustanad, index: Path) -> None:
    mustanad("remove", "copy.txt", "--index", index)
    fields = json.loads(mustanad("compact", "--index", index, "--json").stdout)
    assert fields.pop("bytes_before") > fields.pop("bytes") > 1000
    assert fields.pop("seconds") >= 0
    assert fields == {
        "index": str(index),
        "segments_before": 1,
        "segments": 1,
        "documents": 4,
        "passages": 4,
        "dropped": 1,
    }


def test_compact_interrupted_is_one_line(mustanad: Mustanad, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    mustanad("remove", "copy.txt", "--index", index)
    monkeypatch.setattr("index.store.segment_writer.SegmentWriter.finish", interrupt)
    result = mustanad("compact", "--index", index, code=1)
    assert one_line_error(result) == "interrupted; the index is as it was: run the same command again"


def test_compact_without_an_index_says_how_to_make_one(mustanad: Mustanad, tmp_path: Path) -> None:
    result = mustanad("compact", "--index", tmp_path / "nowhere", code=1)
    assert "make one with: mustanad index" in one_line_error(result)


def test_info(mustanad: Mustanad, kept_index: Path) -> None:
    with rag.open(kept_index) as reports:
        manifest = reports.manifest
    size = sum(path.stat().st_size for path in kept_index.rglob("*") if path.is_file())
    assert mustanad("info", "--index", kept_index).stdout == (
        f"{kept_index}: 5 reports, 5 passages, {size / 1e6:.1f} MB\n"
        "  languages   en 4, ar 1\n"
        "  sources     Sahil Press 2, Larzania News Agency 1, Tolnara Bulletin 1, وكالة النهر 1\n"
        "  published   2023-05-02 to 2024-03-16\n"
        "  copies      0 of the reports are copies of others\n"
        f"  model       multilingual-e5-small ({hash_model().fingerprint[:12]}), 64 dimensions\n"
        "  passages    up to 256 tokens, overlap 48\n"
        f"  analyzer    {manifest.analyzer}; format {manifest.format}, 1 segments\n"
        f"  updated     {manifest.updated}, commit 1\n"
    )


def test_info_json(mustanad: Mustanad, kept_index: Path) -> None:
    fields = json.loads(mustanad("info", "--index", kept_index, "--json").stdout)
    assert fields["bytes"] > 1000
    with rag.open(kept_index) as reports:
        manifest = reports.manifest
    del fields["bytes"]
    assert fields == {
        "index": str(kept_index),
        "documents": 5,
        "passages": 5,
        "copies": 0,
        "langs": {"en": 4, "ar": 1},
        "sources": {"Sahil Press": 2, "Larzania News Agency": 1, "Tolnara Bulletin": 1, "وكالة النهر": 1},
        "first_published": "2023-05-02",
        "last_published": "2024-03-16",
        "model": {"name": "multilingual-e5-small", "fingerprint": hash_model().fingerprint, "dim": 64},
        "analyzer": manifest.analyzer,
        "chunking": {"max_tokens": 256, "overlap_tokens": 48},
        "format": manifest.format,
        "generation": 1,
        "segments": 1,
        "created": manifest.created,
        "updated": manifest.updated,
    }


def test_info_of_an_empty_index(mustanad: Mustanad, tmp_path: Path) -> None:
    make_reports(tmp_path / "index", []).close()
    shown = mustanad("info", "--index", tmp_path / "index").stdout
    assert "  languages   none\n  sources     none\n  published   none known\n" in shown


def test_verify(mustanad: Mustanad, kept_index: Path) -> None:
    assert mustanad("verify", "--index", kept_index).stdout == f"{kept_index} is whole\n"
    assert json.loads(mustanad("verify", "--index", kept_index, "--json").stdout) == {"ok": True, "problems": []}


def test_verify_lists_the_damage(mustanad: Mustanad, index: Path) -> None:
    (segment,) = Layout(index).segments.iterdir()
    with (segment / "vectors.npy").open("r+b") as file:
        file.seek(-3, 2)
        file.write(b"x")
    result = mustanad("verify", "--index", index, code=1)
    problem, error = result.stderr.splitlines()
    assert "vectors.npy" in problem
    assert error == f"Error: 1 problems in {index}; restore it from a backup or index the reports anew"
    fields = json.loads(mustanad("verify", "--index", index, "--json", code=1).stdout)
    assert (fields["ok"], fields["problems"]) == (False, [problem.strip()])


COMMANDS = [["search", "x"], ["ask", "x"], ["remove", "x"], ["info"], ["verify"], ["eval", "x"]]


@pytest.mark.parametrize("command", COMMANDS[:5], ids=lambda command: command[0])
def test_without_an_index_each_command_says_how_to_make_one(
    mustanad: Mustanad, tmp_path: Path, command: list[str]
) -> None:
    for root in (tmp_path / "nowhere", tmp_path):
        error = one_line_error(mustanad(*command, "--index", root, code=1))
        assert error == f"no index in {root}; make one with: mustanad index PATH… --index {root}"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("command", COMMANDS[:5], ids=lambda command: command[0])
def test_a_damaged_manifest_is_one_line(mustanad: Mustanad, index: Path, command: list[str]) -> None:
    manifest = Layout(index).manifest
    manifest.write_bytes(manifest.read_bytes()[:100])
    error = one_line_error(mustanad(*command, "--index", index, code=1))
    assert error.startswith(f"{manifest} is damaged (")
    assert error.endswith("restore it from a backup or index the reports anew")


@pytest.mark.parametrize("size", [0, 7, 0.5, -1])
def test_no_damaged_file_ends_in_a_traceback(mustanad: Mustanad, tmp_path: Path, size: float) -> None:
    """Every file in turn is cut short, or gone (-1); ``mustanad`` raises whatever is not an exit."""
    make_reports(tmp_path / "kept").close()
    for number in range(len([path for path in (tmp_path / "kept").rglob("*") if path.is_file()])):
        root = tmp_path / f"index-{number}"
        make_reports(root).close()
        target = sorted(path for path in root.rglob("*") if path.is_file())[number]
        content = target.read_bytes()
        if size < 0:
            target.unlink()
        else:
            target.write_bytes(content[: int(size * len(content)) if 0 < size < 1 else int(size)])
        damaged = target.name != "writer.lock"
        for command in (["search", WHO_BRIDGE], ["ask", WHO_BRIDGE], ["info"], ["verify"]):
            code = 1 if damaged and command == ["verify"] else None
            _run_damaged(mustanad, root, command, code)


def _run_damaged(mustanad: Mustanad, root: Path, command: list[str], code: int | None) -> None:
    """Run a command that may fail, but only as it should."""
    for expected in (0, 1) if code is None else (code,):
        try:
            result = mustanad(*command, "--index", root, code=expected)
        except AssertionError:
            continue
        assert "Traceback" not in result.output
        return
    pytest.fail(f"{command} on a damaged index ended in neither of the codes it should")
