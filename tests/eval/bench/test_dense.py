"""The benchmark of vector search, at a size that takes a moment."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.bench import dense
from eval.bench.vectors import made_up_seeds
from eval.measures.types import Part
from index.dense import DenseSettings
from index.progress import Silent


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> list[dense.DenseFigures]:
    settings = DenseSettings(exact_up_to=200)
    scratch = tmp_path_factory.mktemp("scratch")
    return dense.measure_dense(1_500, made_up_seeds(dim=16), settings, [1.0], Silent(), scratch)


def test_the_flat_index_finds_all_and_an_index_that_scans_all_nearly(figures: list[dense.DenseFigures]) -> None:
    flat, ours = figures
    assert (flat.kind, ours.kind) == ("faiss.IndexFlatIP", "IVF77,SQ8")
    assert [asked.workload for asked in flat.asked] == ["all", "centred", "one in ten", "one in a thousand"]
    for asked in flat.asked:
        assert sum(asked.recall_at_10) / len(asked.recall_at_10) > 0.999
    for asked in ours.asked:
        assert len(asked.recall_at_10) == 200
        assert sum(asked.recall_at_10) / 200 > 0.99
    assert flat.disk_mb == flat.vectors_mb == pytest.approx((1_500 * 64 + 128) / 1e6)
    assert ours.disk_mb > ours.vectors_mb
    assert ours.build_seconds > 0


def test_recall_is_a_report_that_can_be_guarded(figures: list[dense.DenseFigures]) -> None:
    report = dense.recall_report(figures)
    assert report.dataset == "vectors"
    figure = report.figure("passages vectors R@10, all")
    assert (figure.part, figure.n, figure.higher_is_better) == (Part.PASSAGES, 200, True)
    assert 0.99 < figure.low <= figure.value <= figure.high <= 1
    assert len(report.figures) == 4


def test_the_command_prints_a_table_and_writes_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "made_up_seeds", lambda: made_up_seeds(dim=16))
    out = tmp_path / "results" / "dense.json"
    result = CliRunner().invoke(dense.dense, ["--vectors", "300", "--out", str(out), "--scratch", str(tmp_path)])
    assert (result.exit_code, result.exception) == (0, None)
    assert "faiss.IndexFlatIP" in result.stdout
    written = json.loads(out.read_text(encoding="utf-8"))
    assert [one["kind"] for one in written["figures"]] == ["faiss.IndexFlatIP", "Flat"]
    assert written["environment"]["cores"] >= 1
    assert list(tmp_path.iterdir()) == [tmp_path / "results"]


def test_a_share_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(dense.dense, ["--vectors", "300", "--probed", "7", "--out", str(tmp_path / "x.json")])
    assert result.exit_code == 2
    assert "7.0 is not in the range 0<x<=1" in result.stderr
