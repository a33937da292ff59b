import json
from dataclasses import asdict

from eval.peers import PeerFigures, PeersTable, Speed, peers_rows

TABLE = PeersTable(
    dataset="arcd",
    questions=2,
    documents=3,
    passages=4,
    model="e5",
    k=10,
    rows=(
        PeerFigures("mustanad", "0.1.0", 1.234, {"RR@10": 0.75, "R@10": 1.0}, Speed(9.96, 99.6), Speed(0.5, 2000.0)),
        PeerFigures("txtai", "9.14.0", 0.5, {"RR@10": 0.5, "R@10": 0.5}, Speed(12.0, 80.0), Speed(2.0, 500.0)),
    ),
)


def test_rows_are_text_under_the_header() -> None:
    header, rows = peers_rows(TABLE)
    assert header == [
        "system",
        "RR@10",
        "R@10",
        "build s",
        "p50 ms",
        "queries/s",
        "p50 ms, vector given",
        "queries/s, vector given",
    ]
    assert rows == [
        ["mustanad 0.1.0", "0.7500", "1.0000", "1.23", "10.0", "100", "0.5", "2000"],
        ["txtai 9.14.0", "0.5000", "0.5000", "0.50", "12.0", "80", "2.0", "500"],
    ]


def test_it_is_json() -> None:
    read = json.loads(json.dumps(asdict(TABLE)))
    assert read["rows"][1]["means"] == {"RR@10": 0.5, "R@10": 0.5}
    assert read["rows"][0]["own_speed"] == {"p50_ms": 0.5, "queries_per_s": 2000.0}
