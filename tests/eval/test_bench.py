"""The benchmark runs, small, and its figures are of what it says."""

import re

import numpy as np
import pytest

from eval import bench
from tests.rag.samples import hash_model


def test_the_engines_agree_on_made_up_passages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "_PASSAGES", 200)
    bench.bench_lexical()
    shown = capsys.readouterr().out
    assert re.fullmatch(
        r"BM25, 200 passages of 60 terms, 6-term queries: bm25s \d+\.\d\d ms, rank-bm25 \d+\.\d\d ms, ratio \d+; "
        r"same top 10 in 20 of 20\n",
        shown,
    )


def test_made_up_passages_are_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "_PASSAGES", 50)
    lists, queries = bench._made_up(np.random.default_rng(7))
    again, same = bench._made_up(np.random.default_rng(7))
    assert queries == same
    assert np.array_equal(lists.terms, again.terms)
    assert (len(lists.terms), len(lists.offsets), len(queries)) == (50 * 60, 51, 20)


def test_the_samples_are_measured_by_each_retriever(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "load_embedder", hash_model)
    bench.bench_samples()
    first, *rows = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"indexed \d+ passages in \d+\.\d s \(multilingual-e5-small\)", first)
    found = [re.fullmatch(r"samples, (\w+): 22 questions  RR@10 (\d\.\d{4})  nDCG@10 .*  R@10 .*", row) for row in rows]
    means = {match[1]: float(match[2]) for match in found if match}
    assert list(means) == ["dense", "bm25", "rrf", "convex"]
    assert all(0 < mean <= 1 for mean in means.values())
