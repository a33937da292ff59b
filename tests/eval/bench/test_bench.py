"""``make bench``, on a few generated reports and without a model."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eval.bench import __main__ as command
from eval.bench import lexical, quality
from eval.bench.dense import Asked, DenseFigures
from eval.bench.embedding import EmbeddingFigures
from eval.bench.guard import read_baseline
from eval.datasets import Dataset
from eval.generated import generated_dataset
from eval.results import load_results

MARKS = "".join(
    f"<!-- table: {name} -->\n<!-- /table: {name} -->\n"
    for name in ("lexical", "embedding", "vectors", "quality", "bench-peers")
)


@contextmanager
def few() -> Iterator[tuple[Dataset, ...]]:
    yield (generated_dataset(incidents=3),)


def embedding_figures(cosine: float = 0.999) -> EmbeddingFigures:
    names = ("onnx", "sentence-transformers")
    return EmbeddingFigures(
        47, dict(zip(names, (30.0, 10.0), strict=True)), 3.0, dict(zip(names, (5.0, 40.0), strict=True)), cosine
    )


def vector_figures(_: object) -> list[DenseFigures]:
    asked = (Asked("all", 1.0, 2.0, (1.0, 0.9, 1.0), 0.97),)
    return [DenseFigures("IVF89,SQ8", 2_000, 0.1, 1.0, 3.0, 2.0, 60.0, 50.0, 9.0, asked)]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(quality, "bench_datasets", few)
    monkeypatch.setattr(command, "measure_lexical", partial(lexical.measure_lexical, 200))
    monkeypatch.setattr(command, "measure_embedding", embedding_figures)
    monkeypatch.setattr(command, "measure_recall", vector_figures)
    monkeypatch.setattr("eval.bench.guard.files", lambda _: tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text(MARKS, encoding="utf-8")


def bench(*args: str) -> Result:
    return CliRunner().invoke(command.bench, list(args))


def test_it_measures_writes_the_tables_and_compares(tmp_path: Path) -> None:
    first = bench("--update")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.endswith(f"the baseline is now {tmp_path / 'baseline.json'}\n")
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "| 200 " in readme
    assert "| measure | generated |" in readme
    assert "smallest cosine" in first.stdout
    assert set(read_baseline()) == {"generated", "vectors"}
    assert ") | mustanad " in readme
    assert ") | rank-bm25 " in readme
    assert "| 2,000 | IVF" in readme
    assert load_results(tmp_path / "results" / "bench.json").reports[0].dataset == "generated"
    again = bench()
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.endswith("no figure fell below the baseline's interval\n")


def test_it_fails_where_quality_fell(tmp_path: Path) -> None:
    bench("--update")
    path = tmp_path / "baseline.json"
    text = path.read_text(encoding="utf-8")
    guarded = read_baseline()["generated"]["RR@10"]
    before = f'"RR@10": {{\n   "value": {guarded.value},\n   "low": {guarded.low}'
    assert before in text
    path.write_text(text.replace(before, '"RR@10": {\n   "value": 2.0,\n   "low": 1.5'), encoding="utf-8")
    result = bench()
    assert result.exit_code == 1
    assert f"worse: generated, RR@10: {guarded.value:.4f}; the baseline is 2.0000" in result.stderr
    assert "1 figures fell below the baseline's interval" in result.stderr


def test_without_a_baseline_it_says_what_to_do() -> None:
    result = bench()
    assert result.exit_code == 1
    assert "write it with --update" in result.stderr


def test_the_datasets_are_the_samples_and_the_generated_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with quality.bench_datasets() as (samples, generated):
        assert (samples.name, len(samples.questions)) == ("samples", 30)
        assert samples.corpus is not None
        found = {getattr(document, "doc_id", None) for document in samples.corpus.documents()}
        assert {doc for question in samples.questions for doc in question.relevant_docs} <= found
        assert generated == generated_dataset()


def test_it_fails_where_the_engines_disagree(monkeypatch: pytest.MonkeyPatch) -> None:
    bench("--update")
    monkeypatch.setattr(command, "measure_embedding", lambda: embedding_figures(cosine=0.9))
    fallen = bench()
    assert fallen.exit_code == 1
    assert "worse: embedding engines, smallest cosine: 0.9000; it must be 0.99" in fallen.stderr
