"""The table on disk."""

from pathlib import Path

import numpy as np
import pytest

from index.copies import CopyTable, CopyTableWriter, outline
from index.copies.table import FILE
from tests.index.copies.texts import OTHER, REPRINT, WIRE

KEYS = [outline(text).key for text in (WIRE, "short", REPRINT)]


def written() -> CopyTableWriter:
    writer = CopyTableWriter()
    for text in (WIRE, "short", REPRINT):
        writer.add(outline(text))
    writer.add_pairs([(KEYS[2], KEYS[0]), (5, 6)])
    return writer


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    table = written().build()
    table.save(tmp_path)
    loaded = CopyTable.load(tmp_path)
    assert loaded.keys.tolist() == KEYS == [outline(WIRE).key, 0, outline(REPRINT).key]
    assert loaded.pairs.tolist() == [sorted([KEYS[0], KEYS[2]])]  # a pair of which neither is here is dropped
    for name in ("signatures", "bands", "band_documents"):
        assert np.array_equal(getattr(loaded, name), getattr(table, name)), name
    assert loaded.bands.shape == (42, 2)
    assert loaded.damage(3) == []
    assert loaded.damage(4) == ["signatures of 3 texts for 4 documents"]


def test_an_empty_table(tmp_path: Path) -> None:
    CopyTableWriter().build().save(tmp_path)
    loaded = CopyTable.load(tmp_path)
    assert (len(loaded.keys), len(loaded.pairs), loaded.damage(0)) == (0, 0, [])


def test_copied_to_another_table_without_the_text(tmp_path: Path) -> None:
    written().build().save(tmp_path)
    older = CopyTable.load(tmp_path)
    writer = CopyTableWriter()
    writer.add(outline(OTHER))
    writer.add_from(older, 2)
    writer.add_pairs((int(first), int(second)) for first, second in older.pairs)
    table = writer.build()
    assert table.keys.tolist() == [outline(OTHER).key, KEYS[2]]
    assert np.array_equal(table.signatures[1], older.signatures[2])
    assert table.pairs.tolist() == older.pairs.tolist()


def test_a_file_that_is_too_short_is_refused(tmp_path: Path) -> None:
    written().build().save(tmp_path)
    np.save(tmp_path / FILE, np.load(tmp_path / FILE)[:-1])
    with pytest.raises(ValueError, match="words, not"):
        CopyTable.load(tmp_path)


def test_bands_of_other_signatures_are_damage() -> None:
    table = written().build()
    table.signatures[0, 0] += 1
    assert table.damage(3) == ["the bands for recognising copies are not those of the signatures"]
