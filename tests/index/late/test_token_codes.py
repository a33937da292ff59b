from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.late import TokenCodes, TokenCodesWriter
from index.late.token_codes import CODES, LENGTHS


def passages_of(lengths: list[int], width: int, seed: int = 0) -> list[NDArray[np.uint8]]:
    rng = np.random.default_rng(seed)
    return [rng.integers(0, 256, size=(length, width), dtype=np.uint8) for length in lengths]


def written(folder: Path, passages: list[NDArray[np.uint8]], width: int) -> TokenCodes:
    writer = TokenCodesWriter(folder, width)
    writer.append(passages[:1])
    writer.append(passages[1:])
    writer.finish(len(passages))
    return TokenCodes.load(folder, width)


@given(lengths=st.lists(st.integers(0, 5), max_size=8), width=st.integers(1, 6), seed=st.integers(0, 2**32 - 1))
def test_codes_are_read_as_they_were_written(lengths: list[int], width: int, seed: int) -> None:
    passages = passages_of(lengths, width, seed)
    with TemporaryDirectory() as folder:
        codes = written(Path(folder), passages, width)
        assert len(codes) == len(passages)
        for row, passage in enumerate(passages):
            assert codes.of(row).shape == passage.shape
            assert codes.of(row).tolist() == passage.tolist()
        assert (Path(folder) / CODES).stat().st_size == sum(lengths) * width


def test_codes_that_lie_otherwise_in_memory_are_written_row_by_row(tmp_path: Path) -> None:
    passage = passages_of([6], 8)[0][::2, ::2]
    assert written(tmp_path, [passage], 4).of(0).tolist() == passage.tolist()


@pytest.mark.parametrize("shape", [(2, 3), (2, 5), (4,), (1, 1, 4)])
def test_codes_of_another_width_are_refused(tmp_path: Path, shape: tuple[int, ...]) -> None:
    writer = TokenCodesWriter(tmp_path, 4)
    with pytest.raises(ValueError, match="each token has 4 bytes"):
        writer.append([np.zeros(shape, dtype=np.uint8)])
    writer.abandon()


@pytest.mark.parametrize("passages", [1, 3])
def test_codes_of_fewer_or_more_passages_are_refused(tmp_path: Path, passages: int) -> None:
    writer = TokenCodesWriter(tmp_path, 2)
    writer.append(passages_of([1, 1], 2))
    with pytest.raises(ValueError, match=f"token codes of 2 passages for {passages} passages"):
        writer.finish(passages)


def test_an_abandoned_file_is_let_go_of_and_is_no_table(tmp_path: Path) -> None:
    writer = TokenCodesWriter(tmp_path, 2)
    writer.append(passages_of([3], 2))
    writer.abandon()
    with pytest.raises(OSError, match=LENGTHS):
        TokenCodes.load(tmp_path, 2)
    with pytest.raises(ValueError, match="closed file"):
        writer.append(passages_of([1], 2))


@pytest.mark.parametrize(
    ("size", "message"), [(15, "15 bytes are no whole number of tokens of 2 bytes"), (14, "7 token codes for 8 tokens")]
)
def test_a_file_cut_short_is_an_error(tmp_path: Path, size: int, message: str) -> None:
    written(tmp_path, passages_of([3, 5], 2), 2)
    (tmp_path / CODES).write_bytes((tmp_path / CODES).read_bytes()[:size])
    with pytest.raises(ValueError, match=message):
        TokenCodes.load(tmp_path, 2)


def test_codes_without_lengths_and_lengths_without_codes_are_errors() -> None:
    none, some = np.zeros((0, 2), dtype=np.uint8), np.zeros((3, 2), dtype=np.uint8)
    with pytest.raises(ValueError, match="3 token codes for 0 tokens"):
        TokenCodes(some, np.zeros(0, dtype=np.int32))
    with pytest.raises(ValueError, match="0 token codes for 2 tokens"):
        TokenCodes(none, np.array([2], dtype=np.int32))
