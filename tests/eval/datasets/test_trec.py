import itertools
import math
from collections.abc import Callable, Mapping
from pathlib import Path

import ir_measures
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datasets import DatasetError, read_qrels, read_run, write_qrels, write_run
from tests.eval.datasets.made import write

TIES = {
    "q1": [("b", 1.0), ("z", 1.0), ("a", 1.0), ("m", 1.0 - 1e-12), ("k", 0.5)],
    "q2": [("a", 0.0), ("c", 0.0), ("b", -0.0), ("d", -1e-50)],
    "q3": [("a", 1e-45), ("c", 1e-46), ("b", -3.5), ("d", -3.5)],
    "q4": [("low", 0.25), ("high", 0.75), ("last", 0.5)],
    "س5": [("تقرير", 7.0)],
}
ids = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=5)


def order(run: Mapping[str, Mapping[str, float]]) -> dict[str, list[str]]:
    return {query_id: sorted(scores, key=lambda doc: -scores[doc]) for query_id, scores in run.items()}


def test_judgements_of_trec_and_beir(tmp_path: Path) -> None:
    expected = {"q1": {"d1": 1, "d 2": 0}, "q2": {"d1": -1}}
    with_header = write(tmp_path / "a.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td 2\t0\nq2\td1\t-1\n")
    assert read_qrels(with_header) == expected
    windows = tmp_path / "b.tsv"
    windows.write_bytes(b"\xef\xbb\xbfq1\td1\t1\r\n\r\nq1\td 2\t0\r\nq2\td1\t-1")
    assert read_qrels(windows) == expected
    trec = write(tmp_path / "c.qrels", "q1 0 d1 1\nq1\t0\td2  +2\n  query-id-7 Q0 d1 0\n")
    assert read_qrels(trec) == {"q1": {"d1": 1, "d2": 2}, "query-id-7": {"d1": 0}}


def test_judgements_survive_the_way_to_ir_measures(tmp_path: Path) -> None:
    qrels = {"q1": {"d1": 2, "d0": 0}, "س2": {"تقرير-1": 1}}
    path = tmp_path / "out.qrels"
    write_qrels(path, qrels)
    assert path.read_text(encoding="utf-8").splitlines()[0] == "q1 0 d1 2"
    assert read_qrels(path) == qrels
    with path.open(encoding="utf-8") as file:
        read = [(qrel.query_id, qrel.doc_id, qrel.relevance) for qrel in ir_measures.read_trec_qrels(file)]
    assert read == [("q1", "d1", 2), ("q1", "d0", 0), ("س2", "تقرير-1", 1)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("q1 d2 1", "not a judgement; each line must be query-id, corpus-id, score, by tabs, or TREC's query-id, "),
        ("q1\t\t1", "not a judgement"),
        ("q1 0 d2 1 x", "not a judgement"),
        ("q1\td2\tyes", "the relevance 'yes' is not a whole number; write one, 0 for none"),
        ("q1 0 d2 1.0", "the relevance '1.0' is not a whole number"),
        ("query-id\tcorpus-id\tscore", "the relevance 'score' is not"),
        ("q1\td1\t0", "the document d1 is judged twice for q1; keep one of the lines"),
        ("q1 0 d1 1", "the document d1 is judged twice for q1"),
    ],
)
def test_a_bad_judgement_is_named_by_its_line(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "test.tsv", f"query-id\tcorpus-id\tscore\nq1\td1\t1\n\n{line}\n")
    with pytest.raises(DatasetError) as raised:
        read_qrels(path)
    assert str(raised.value).startswith(f"{path}:4: {message}")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("q1 Q0 d2 1 0.5", "5 columns; each line must be query-id, Q0, doc-id, rank, score, tag"),
        ("q1 Q0 d 2 1 0.5 tag", "7 columns"),
        ("q1 Q0 d2 1 high tag", "the score 'high' is not a finite number; write one"),
        ("q1 Q0 d2 1 nan tag", "the score 'nan' is not"),
        ("q1 Q0 d2 1 1e999 tag", "the score '1e999' is not"),
        ("q1 Q0 d1 2 0.1 tag", "the document d1 is ranked twice for q1; keep one of the lines"),
    ],
)
def test_a_bad_line_of_a_run_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = write(tmp_path / "run.trec", f"q1 Q0 d1 1 0.9 tag\n{line}\n")
    with pytest.raises(DatasetError) as raised:
        read_run(path)
    assert str(raised.value).startswith(f"{path}:2: {message}")


@pytest.mark.parametrize("read", [read_qrels, read_run])
def test_files_that_are_missing_empty_or_not_utf8(tmp_path: Path, read: Callable[[Path], object]) -> None:
    path = tmp_path / "file"
    with pytest.raises(DatasetError, match=r"file cannot be read \(No such file or directory\); check the path$"):
        read(path)
    path.write_bytes(b"\xef\xbb\xbf \n\n")
    with pytest.raises(DatasetError, match=r"file is empty; give a file with content$"):
        read(path)
    path.write_bytes(b"q1 Q0 d\xe3 1 1 t\n")
    with pytest.raises(DatasetError, match=r"file is not UTF-8 text; save it as UTF-8$"):
        read(path)


def test_judgements_that_are_a_header_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "test.tsv", "query-id\tcorpus-id\tscore\n")
    with pytest.raises(DatasetError, match=r"test\.tsv holds no judgements; write one a line"):
        read_qrels(path)


def test_a_run_is_written_with_falling_scores(tmp_path: Path) -> None:
    path = tmp_path / "run.trec"
    write_run(path, {"q1": [("b", 2.0), ("a", 2.0), ("c", 2.5), ("d", 0.1)], "q2": []}, tag="e5")
    assert path.read_text(encoding="utf-8").splitlines() == [
        "q1 Q0 b 1 2.0 e5",
        "q1 Q0 a 2 1.9999998807907104 e5",
        "q1 Q0 c 3 1.999999761581421 e5",
        "q1 Q0 d 4 0.10000000149011612 e5",
    ]


def test_the_order_of_ties_survives_ir_measures(tmp_path: Path) -> None:
    path = tmp_path / "run.trec"
    write_run(path, TIES)
    expected = {query_id: [doc_id for doc_id, _ in ranked] for query_id, ranked in TIES.items()}
    assert order(read_run(path)) == expected
    with path.open(encoding="utf-8") as file:
        run = list(ir_measures.read_trec_run(file))
    for query_id, ranked in expected.items():
        for rank, doc_id in enumerate(ranked, start=1):
            qrels = [ir_measures.Qrel(query_id, doc_id, 1)]
            of_question = [line for line in run if line.query_id == query_id]
            assert ir_measures.calc_aggregate([ir_measures.RR], qrels, of_question)[ir_measures.RR] == 1 / rank


@given(
    st.dictionaries(
        ids,
        st.lists(st.tuples(ids, st.floats(-1e30, 1e30)), min_size=1, max_size=8, unique_by=lambda scored: scored[0]),
        min_size=1,
        max_size=3,
    )
)
def test_any_order_survives_as_32_bit_floats(
    tmp_path_factory: pytest.TempPathFactory, ranked: dict[str, list[tuple[str, float]]]
) -> None:
    path = tmp_path_factory.mktemp("run") / "run.trec"
    write_run(path, ranked)
    run = read_run(path)
    assert {query_id: list(scores) for query_id, scores in run.items()} == {
        query_id: [doc_id for doc_id, _ in documents] for query_id, documents in ranked.items()
    }
    for scores in run.values():
        assert all(float(np.float32(score)) == score for score in scores.values())
        assert all(above > below for above, below in itertools.pairwise(scores.values()))


@pytest.mark.parametrize(
    ("ranked", "tag", "message"),
    [
        ({"q 1": [("d", 1.0)]}, "t", "'q 1' is empty or holds white space, which parts a TREC file's columns; rename"),
        ({"q1": [("my report.txt", 1.0)]}, "t", "'my report.txt' is empty or holds white space"),
        ({"q1": [("d\u00a01", 1.0)]}, "t", r"'d\\xa01' is empty or holds white space"),
        ({"q1": [("", 1.0)]}, "t", "'' is empty or holds"),
        ({"q1": [("d", 1.0)]}, "a tag", "'a tag' is empty or holds"),
        ({"q1": [("d", 1.0), ("e", 0.5), ("d", 0.1)]}, "t", "q1: the document d is ranked twice; keep its best place"),
        ({"q1": [("d", math.nan)]}, "t", "q1: the score nan is no finite 32-bit number; a run cannot hold it"),
        ({"q1": [("d", 1e39)]}, "t", r"q1: the score 1e\+39 is no finite"),
        ({"q1": [("d", -math.inf)]}, "t", "q1: the score -inf is no finite"),
        ({"q1": [("d", float(np.finfo(np.float32).min)), ("e", -3.5e38)]}, "t", "q1: the score -3.5e"),
        ({"q1": [("d\ud800", 1.0)]}, "t", r"run\.trec is not written: '\\ud800' in an id is half of a character"),
    ],
)  # fmt: skip
def test_what_a_run_cannot_hold_is_refused(
    tmp_path: Path, ranked: dict[str, list[tuple[str, float]]], tag: str, message: str
) -> None:
    path = tmp_path / "run.trec"
    with pytest.raises(DatasetError, match=message):
        write_run(path, ranked, tag)
    assert not path.exists()


def test_what_judgements_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="'d 1' is empty or holds white space"):
        write_qrels(tmp_path / "out.qrels", {"q1": {"d 1": 1}})
    with pytest.raises(DatasetError, match=r"cannot be written \(No such file or directory\); check the folder"):
        write_qrels(tmp_path / "nowhere" / "out.qrels", {"q1": {"d1": 1}})
