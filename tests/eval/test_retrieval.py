"""Measures by hand and by ir_measures."""

import dataclasses
import math
from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from eval.beir import Dataset, load_beir
from eval.retrieval import measure_run, retrieve
from index.types import ScoredPassage
from tests.eval.datasets import write_dataset
from tests.rag.samples import BRIDGE, found, make_reports

DATASET = Dataset("made", {"a": "A?", "b": "B?", "c": "C?"}, {"a": {"d1": 1}, "b": {"d2": 1, "d3": 1}, "c": {"d4": 1}})
RUN = {
    "a": {"d1": -0.0, "d2": -1.0},
    "b": {"d9": -0.0, "d8": -1.0, "d3": -2.0},
    "c": {"d9": -0.0},
}


def test_means_by_hand() -> None:
    figures = measure_run(RUN, DATASET)
    ideal = 1 + 1 / math.log2(3)
    assert (figures.dataset, figures.questions) == ("made", 3)
    assert figures.means == pytest.approx(
        {
            "RR@10": (1 + 1 / 3 + 0) / 3,
            "nDCG@10": (1 + (1 / math.log2(4)) / ideal + 0) / 3,
            "Success@1": 1 / 3,
            "R@10": (1 + 1 / 2 + 0) / 3,
        }
    )


def test_a_question_that_found_nothing_counts_as_zero() -> None:
    assert measure_run({**RUN, "a": {}}, DATASET).means["RR@10"] == pytest.approx((0 + 1 / 3 + 0) / 3)


def test_means_are_those_of_ir_measures_on_tuples() -> None:
    qrels = [ir_measures.Qrel(q, d, grade) for q, docs in DATASET.qrels.items() for d, grade in docs.items()]
    run = [ir_measures.ScoredDoc(q, d, score) for q, docs in RUN.items() for d, score in docs.items()]
    oracle = ir_measures.calc_aggregate([RR @ 10, nDCG @ 10, Success @ 1, R @ 10], qrels, run)
    assert measure_run(RUN, DATASET).means == pytest.approx({str(name): value for name, value in oracle.items()})


def test_a_run_keeps_the_order_of_the_search_where_scores_tie() -> None:
    def search(question: str, k: int) -> list[ScoredPassage]:
        assert (question, k) == ("A?", 10)
        names = ["zebra", "apple", "mango"]
        return [found(dataclasses.replace(BRIDGE, doc_id=name), rank=7) for name in names]

    run = retrieve(search, Dataset("one", {"a": "A?"}, {"a": {"zebra": 1}}))
    assert run == {"a": {"zebra": 0.0, "apple": -1.0, "mango": -2.0}}
    assert measure_run(run, Dataset("one", {"a": "A?"}, {"a": {"mango": 1}})).means["RR@10"] == pytest.approx(1 / 3)


def test_on_reports(tmp_path: Path) -> None:
    dataset = load_beir(write_dataset(tmp_path / "made"))
    with make_reports(tmp_path / "index") as reports:
        run = retrieve(reports.search_documents, dataset)
        first = {
            name: [hit.document.doc_id for hit in reports.search_documents(q)] for name, q in dataset.queries.items()
        }
    assert {name: list(docs) for name, docs in run.items()} == first
    by_hand = [1 / (1 + min(first[name].index(doc) for doc in dataset.qrels[name])) for name in dataset.queries]
    assert measure_run(run, dataset).means["RR@10"] == pytest.approx(sum(by_hand) / 3)
