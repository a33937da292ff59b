"""Every combination measured, and shown."""

import json
from pathlib import Path

import pytest

from eval.configuration import Configuration, variants
from eval.datasets.types import Dataset, DocumentCorpus, Question
from eval.environment import environment
from eval.evaluating import evaluate
from eval.indexing import open_index
from eval.running.run import Plan
from eval.sampling import sample
from eval.sweep import refusals, save_sweep, sweep, sweep_table
from index.errors import MustanadError
from index.progress import Silent
from index.search import SearchSettings
from tests.rag.samples import ALL, WHO_BRIDGE, WHO_MARKET, hash_model

DATASET = Dataset(
    "made",
    (
        Question("q1", WHO_BRIDGE, relevant={"bridge.txt": 1}),
        Question("q2", WHO_MARKET, relevant={"market.txt": 1}),
        Question("q3", "zzz", relevant={"harvest.txt": 1}),
    ),
    DocumentCorpus(ALL),
    "f",
)
SEARCH = Plan(ask=False)


@pytest.fixture(autouse=True)
def no_model_for_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.sweep.load_embedder", hash_model)


def test_each_variant_gives_the_figures_of_its_own_settings(tmp_path: Path) -> None:
    points = variants(Configuration(), ["lexical=bm25,off", "dense=on,off", "max_tokens=64"])
    rows = sweep([DATASET], points, SEARCH, None, tmp_path, Silent())
    assert [(row.values["lexical"], row.values["dense"], bool(row.refused)) for row in rows] == [
        ("bm25", "on", False), ("bm25", "off", False), ("off", "on", False), ("off", "off", True),
    ]  # fmt: skip
    for row, settings in zip(
        rows, (SearchSettings(), SearchSettings(dense=False), SearchSettings(lexical="off")), strict=False
    ):
        configuration = Configuration(settings).with_values({"max_tokens": 64})
        with open_index(tmp_path / "alone", [DATASET], configuration, Silent())[0] as reports:
            alone = {figure.key: figure.value for figure in evaluate(reports, DATASET, plan=SEARCH).figures}
        measured = {key: figure.value for key, figure in row.figures.items()}
        assert measured["RR@10"] == alone["RR@10"]
        assert measured["nDCG@10"] == alone["nDCG@10"]
    assert rows[1].figures["RR@10"].value < 1  # "zzz" is in no report: words alone find nothing


def test_the_table_marks_the_best_of_each_dataset_and_says_what_was_refused(tmp_path: Path) -> None:
    points = variants(Configuration(), ["lexical=bm25,off", "dense=off"])
    rows = sweep([DATASET], points, SEARCH, None, tmp_path, Silent())
    header, cells = sweep_table(rows, SEARCH)
    assert header[:3] == ["dataset", "lexical", "dense"]
    assert [line[header.index("RR@10")] for line in cells] == ["0.6667*"]
    assert len(cells[0]) == len(header)
    (refused,) = refusals([*rows, *rows])
    assert refused.startswith("lexical=off dense=off: these settings do not go together: ")
    assert refusals(rows[:1]) == []


def test_a_sweep_of_nothing_that_works_says_why(tmp_path: Path) -> None:
    points = variants(Configuration(), ["fusion=median,mode"])
    with pytest.raises(MustanadError, match=r"no combination of the sweep can be measured: .*unknown fusion 'median'"):
        sweep([DATASET], points, SEARCH, None, tmp_path, Silent())


def test_a_sweep_is_kept(tmp_path: Path) -> None:
    rows = sweep([DATASET], variants(Configuration(), ["fusion=rrf"]), SEARCH, None, tmp_path, Silent())
    save_sweep(tmp_path / "out" / "x.json", rows, environment(), "2024-01-01")
    (row,) = json.loads((tmp_path / "out" / "x.json").read_text(encoding="utf-8"))["rows"]
    assert (row["dataset"], row["values"], row["refused"]) == ("made", {"fusion": "rrf"}, "")
    assert row["figures"]["RR@10"]["value"] == rows[0].figures["RR@10"].value


def test_a_sample_is_evenly_spread_and_another_dataset() -> None:
    many = Dataset("many", tuple(Question(f"q{n}", "?") for n in range(10)), None, "f")
    part = sample(many, 4)
    assert [question.query_id for question in part.questions] == ["q0", "q2", "q5", "q7"]
    assert part.fingerprint != many.fingerprint
    assert sample(many, 4) == part
    assert sample(many, 10) is sample(many, None) is many
