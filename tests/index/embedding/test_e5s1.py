from pathlib import Path

import numpy as np
import pytest

from index.embedding.e5s1 import E5S1File, decode_q4_0
from index.errors import ModelError
from tests.index.embedding.conftest import TINY, e5s1_bytes


def test_a_block_decodes_to_the_values_worked_out_by_hand() -> None:
    # Scale 0.25. Byte i holds weight i in its low nibble and weight 16 + i in its high nibble.
    data = [0xF0, 0x1F, 0x88, 0x97] + [0x88] * 12
    block = np.frombuffer(np.float16(0.25).tobytes() + bytes(data), dtype=np.uint8)
    values = decode_q4_0(block)
    assert values.dtype == np.float32
    assert values[:4].tolist() == [-2.0, 1.75, 0.0, -0.25]  # nibbles 0, 15, 8, 7
    assert values[16:20].tolist() == [1.75, -1.75, 0.0, 0.25]  # nibbles 15, 1, 8, 9
    assert not values[4:16].any() and not values[20:].any()


def test_blocks_keep_their_own_scales() -> None:
    blocks = b"".join(np.float16(scale).tobytes() + bytes([0x99] * 16) for scale in (1.0, -2.0))
    values = decode_q4_0(np.frombuffer(blocks, dtype=np.uint8))
    assert values.tolist() == [1.0] * 32 + [-2.0] * 32


def test_a_file_gives_its_shape_and_tensors(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(e5s1_bytes(TINY))
    file = E5S1File(path)
    assert (file.shape.hidden, file.shape.layers, file.shape.vocabulary) == (32, 1, 64)
    assert file.shape.epsilon == pytest.approx(1e-12)
    assert len(file.tensors) == 5 + 16
    assert np.concatenate(list(file.chunks("emb.ln.w"))).tolist() == [1.0] * 32
    assert np.concatenate(list(file.chunks("emb.word"))).shape == (64 * 32,)
    with pytest.raises(ModelError, match=r"no tensor 'l9\.q\.w'"):
        list(file.chunks("l9.q.w"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "cut short"),
        (b"GGUF" + bytes(100), "not an E5S1"),
        (e5s1_bytes(TINY, version=2), "version 2"),
        (e5s1_bytes(TINY, block=64), "blocks of 64"),
        (e5s1_bytes(TINY)[:60], "cut short"),
        (e5s1_bytes(TINY)[:120], "cut short"),
        (e5s1_bytes(TINY)[:-1], "cut short"),
        (e5s1_bytes(TINY).replace(b"emb.word\x01", b"emb.word\x07"), "type 7"),
        (e5s1_bytes(TINY).replace(b"emb.word\x01", b"emb.word\x00"), "bytes for"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=message) as caught:
        E5S1File(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        E5S1File(tmp_path / "none.bin")
