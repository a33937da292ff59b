"""Measuring growing indexes, on a very small one."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.bench import scale
from eval.bench.scale import LinesPipeline, RandomEmbedder, made_up_queries, made_up_reports, measure_scale
from index.text.analysis import FoldingAnalyzer
from index.text.chunking import Chunking


def test_everything_is_measured_and_nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "_FIRST", 100)
    monkeypatch.setattr(scale, "_COMMITTED", 3)
    figures = measure_scale(100, 8, tmp_path)
    assert (figures.passages, figures.dim, len(figures.commit_s)) == (100, 8, 5)
    assert figures.sizes.vectors > 100 * 8 * 4
    assert min(figures.sizes.texts, figures.sizes.postings, figures.sizes.other) > 1000
    assert min(figures.build_s, figures.opened.open_ms, figures.opened.query_p50_ms, *figures.commit_s) > 0
    assert figures.segments >= 1
    assert list(tmp_path.iterdir()) == []


def test_sizes_grow_by_tens_and_are_written_as_they_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def noted(passages: int, dim: int, folder: Path) -> scale.FileSizes:
        asked.append(passages)
        assert len(json.loads(out.read_text())) == len(asked) - 1 if len(asked) > 1 else not out.exists()
        return scale.FileSizes(passages, dim, 0, 0)

    out = tmp_path / "results" / "scale.json"
    monkeypatch.setattr(scale, "measure_scale", noted)
    result = CliRunner().invoke(scale.scale, ["--passages", "150000", "--dim", "3", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert asked == [1000, 10_000, 100_000]
    assert [row["texts"] for row in json.loads(out.read_text())] == asked


def test_made_up_reports_are_the_same_every_time_and_fit_their_pipeline() -> None:
    first, again = list(made_up_reports(4, 3)), list(made_up_reports(4, 3))
    assert first == again
    assert [report.doc_id for report in first] == ["report-4", "report-5", "report-6"]
    pipeline = LinesPipeline(RandomEmbedder(4), FoldingAnalyzer(), Chunking())
    for report in first:
        passages = pipeline.passages(report)
        assert len(passages) == 5
        for passage in passages:
            assert passage.text == report.text[passage.start : passage.end]
            assert 60 <= len(pipeline.terms(report, passage)) <= 100
    assert made_up_queries(3) == made_up_queries(3)
    assert all(len(set(query)) == len(query) <= 6 for query in made_up_queries(20))
