import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import ir_measures
import numpy as np
import pytest
from ir_measures import RR, R, Success, nDCG
from numpy.typing import NDArray

import rag
from eval.datasets.types import Dataset, DatasetError, Question
from eval.peers import PEERS, collection_of, compare_peers, find_peer, peers_rows
from index.errors import MustanadError
from index.search import SearchSettings
from tests.fakes import HashEmbedder
from tests.rag.samples import ALL, BRIDGE, DENIAL, HARVEST, WHO_BRIDGE, make_reports

PACKAGES = ("txtai", "llama_index.vector_stores.faiss", "llama_index.retrievers.bm25")
DATASET = Dataset(
    name="made-up",
    questions=(
        Question("q1", WHO_BRIDGE, relevant={BRIDGE.doc_id: 1, HARVEST.doc_id: 0}),
        Question("q2", WHO_BRIDGE, relevant={DENIAL.doc_id: 1}),
        Question("unjudged", "wheat harvest"),
    ),
    corpus=None,
    fingerprint="0" * 64,
)


class Counting(HashEmbedder):
    """Counts what is embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.counts["passages"] += len(texts)
        return HashEmbedder().embed_passages(texts)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.counts["queries"] += len(texts)
        return HashEmbedder().embed_passages(texts)


def test_measures_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    with make_reports(tmp_path / "index") as reports:
        order = [
            hit.document.doc_id for hit in find_peer("rank-bm25").builder()(collection_of(reports)).search(WHO_BRIDGE)
        ]
        assert order[0] == BRIDGE.doc_id and order[2] == DENIAL.doc_id
        table = compare_peers(reports, DATASET, ["rank-bm25"])
    ours, peer = table.rows
    assert (ours.name, ours.version) == ("mustanad", version("mustanad"))
    assert (peer.name, peer.version) == ("rank-bm25", version("rank-bm25"))
    assert (table.dataset, table.questions, table.documents, table.passages) == ("made-up", 2, len(ALL), len(ALL))
    assert peer.means == pytest.approx(
        {"RR@10": (1 + 1 / 3) / 2, "nDCG@10": (1 + 1 / math.log2(4)) / 2, "R@10": 1.0, "Success@1": 0.5}
    )
    assert ours.build_s > 0 and peer.build_s > 0
    assert min(ours.speed.p50_ms, ours.own_speed.p50_ms, peer.speed.queries_per_s, peer.own_speed.queries_per_s) > 0


def test_all_peers_side_by_side(tmp_path: Path) -> None:
    for package in PACKAGES:
        pytest.importorskip(package, reason=f"{package} is not installed; see the extra peers")
    with make_reports(tmp_path / "index") as reports:
        table = compare_peers(reports, DATASET)
        collection = collection_of(reports)
        for row in table.rows:
            engine = reports if row.name == "mustanad" else find_peer(row.name).builder()(collection)
            found = [
                ir_measures.ScoredDoc(question.query_id, hit.document.doc_id, -hit.rank)
                for question in DATASET.questions[:2]
                for hit in engine.search_documents(question.text, 10)
            ]
            qrels = [ir_measures.Qrel("q1", BRIDGE.doc_id, 1), ir_measures.Qrel("q2", DENIAL.doc_id, 1)]
            expected = ir_measures.calc_aggregate([RR @ 10, nDCG @ 10, R @ 10, Success @ 1], qrels, found)
            assert row.means == pytest.approx({str(measure): value for measure, value in expected.items()})
    assert [row.name for row in table.rows] == ["mustanad", *PEERS]
    json.dumps(asdict(table))
    header, rows = peers_rows(table)
    assert all(len(row) == len(header) for row in rows)


def test_passages_are_not_embedded_anew_and_questions_only_while_that_is_timed(tmp_path: Path) -> None:
    embedder = Counting()
    with rag.create(tmp_path / "index", embedder=embedder, settings=SearchSettings(fusion="rrf")) as reports:
        reports.add_documents(ALL)
        embedder.counts.clear()
        compare_peers(reports, DATASET, ["rank-bm25"])
    # A question to warm up and two that are timed, all by Mustanad; then each is embedded once more to be known.
    assert embedder.counts == {"queries": 3 + 2}


def test_what_cannot_be_compared_is_said_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_reports(tmp_path / "index") as reports:
        with pytest.raises(MustanadError, match="unknown peer 'x'"):
            compare_peers(reports, DATASET, ["x"])
        unjudged = Dataset("bare", DATASET.questions[2:], None, "0" * 64)
        with pytest.raises(DatasetError, match="bare: no question has a relevant document"):
            compare_peers(reports, unjudged, ["rank-bm25"])
        monkeypatch.setitem(sys.modules, "txtai", None)
        monkeypatch.setattr("eval.peers.comparing.collection_of", None)  # nothing is read before
        with pytest.raises(MustanadError, match="txtai is not installed"):
            compare_peers(reports, DATASET, ["rank-bm25", "txtai"])
