from pathlib import Path

import pytest

from index.dense.record import RECORD, DenseRecord, read_record, write_record


@pytest.mark.parametrize("record", [DenseRecord("Flat", 0, 384), DenseRecord("IVF2000,SQ8", 1_000_000, 384)])
def test_a_record_comes_back(tmp_path: Path, record: DenseRecord) -> None:
    write_record(tmp_path, record)
    assert read_record(tmp_path) == record


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "Expecting value"),
        ("[]", "must be a mapping"),
        ('{"kind": "Flat", "rows": 1}', "missing 1 required positional argument: 'dim'"),
        ('{"kind": "Flat", "rows": "1", "dim": 2}', "rows and dim numbers"),
        ('{"kind": "HNSW32", "rows": 1, "dim": 2}', "index type 'HNSW32' is unknown; this program reads Flat and IVF"),
        ('{"kind": "IVF0,SQ8", "rows": 1, "dim": 2}', "index type 'IVF0,SQ8' is unknown"),
        ('{"kind": "IVF07,SQ8", "rows": 9, "dim": 2}', "index type 'IVF07,SQ8' is unknown"),
        ('{"kind": "IVF7,SQ8", "rows": 5, "dim": 2}', "7 lists for 5 rows"),
    ],
)
def test_a_record_that_says_nothing_useful_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / RECORD).write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=f"does not describe vectors: .*{reason}"):
        read_record(tmp_path)
