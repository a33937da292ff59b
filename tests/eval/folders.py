"""A dataset in BEIR's form for the reports of ``tests.rag.samples``."""

import json
from pathlib import Path

from tests.rag.samples import WHO_BRIDGE, WHO_MARKET

QUERIES = {"q1": WHO_BRIDGE, "q2": WHO_MARKET, "q3": "wheat harvest"}
QRELS = "query-id\tcorpus-id\tscore\nq1\tbridge.txt\t1\nq1\tcopy.txt\t2\nq2\tmarket.txt\t1\nq3\tharvest.txt\t1\n"


def write_queries(folder: Path, queries: dict[str, str]) -> Path:
    """Write ``queries.jsonl``."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"_id": name, "text": text}, ensure_ascii=False) for name, text in queries.items()]
    (folder / "queries.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def write_qrels(folder: Path, qrels: str) -> Path:
    """Write ``qrels/test.tsv``."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def write_dataset(folder: Path) -> Path:
    """Write both."""
    return write_qrels(write_queries(folder, QUERIES), QRELS)
