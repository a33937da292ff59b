"""``mustanad eval peers``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rag.cli.main import main
from tests.eval.folders import write_dataset
from tests.rag.samples import make_reports


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["eval", "peers", *map(str, args)])


@pytest.fixture
def index(tmp_path: Path) -> Path:
    make_reports(tmp_path / "index").close()
    return tmp_path / "index"


def test_systems_side_by_side(index: Path, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("<!-- table: peers -->\n<!-- /table: peers -->\n", encoding="utf-8")
    result = run(
        write_dataset(tmp_path / "made"), "--index", index, "--peer", "rank-bm25", "--out", tmp_path / "out",
        "--table", f"{readme}:peers",
    )  # fmt: skip
    assert (result.exit_code, result.stderr) == (0, "")
    header, _, ours, other, written = result.stdout.splitlines()
    assert header.split()[:3] == ["dataset", "system", "RR@10"]
    assert ours.split()[:3] == ["made", "(3)", "mustanad"]
    assert other.split()[:3] == ["made", "(3)", "rank-bm25"]
    assert written == f"written: {tmp_path / 'out' / 'peers.json'}"
    (table,) = json.loads((tmp_path / "out" / "peers.json").read_text(encoding="utf-8"))["tables"]
    assert [row["name"] for row in table["rows"]] == ["mustanad", "rank-bm25"]
    assert "| rank-bm25" in readme.read_text(encoding="utf-8")


def test_an_unknown_peer_is_wrong_usage(index: Path, tmp_path: Path) -> None:
    result = run(write_dataset(tmp_path / "made"), "--index", index, "--peer", "other")
    assert result.exit_code == 2
    assert "'rank-bm25'" in result.stderr
