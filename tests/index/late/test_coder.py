from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.embedding.protocol import TokenVectors
from index.late import TokenCoder, fit_coder, max_similarities
from index.late.coder import MEAN, calibration_texts, random_rotation
from tests.fakes import TokenHashEmbedder


def unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)
    return result


def drawn(count: int, dim: int, seed: int = 0) -> NDArray[np.float32]:
    return unit(np.random.default_rng(seed).normal(size=(count, dim)))


def centred(dim: int) -> TokenCoder:
    return TokenCoder(np.zeros(dim, dtype=np.float32))


@pytest.mark.parametrize(("dim", "width"), [(1, 1), (8, 1), (9, 2), (64, 8), (384, 48)])
def test_a_code_has_one_bit_a_dimension(dim: int, width: int) -> None:
    coder = centred(dim)
    codes = coder.encode(drawn(3, dim))
    assert (coder.dim, coder.width, codes.shape) == (dim, width, (3, width))
    assert codes.dtype == np.uint8
    assert coder.encode(np.zeros((0, dim), dtype=np.float32)).shape == (0, width)


@pytest.mark.parametrize("dim", [1, 2, 8, 64])
def test_the_rotation_keeps_lengths_and_angles(dim: int) -> None:
    rotation = random_rotation(dim).astype(np.float64)
    assert rotation @ rotation.T == pytest.approx(np.eye(dim), abs=1e-6)
    if dim > 1:
        assert np.abs(rotation - np.eye(dim)).max() > 0.1


def test_codes_are_the_same_in_every_version_of_the_program() -> None:
    """Written codes are compared with questions of later runs: another rotation would make them noise."""
    assert centred(8).encode(np.eye(8, dtype=np.float32))[:, 0].tolist() == [8, 213, 152, 23, 194, 174, 75, 112]


def test_the_first_dimension_is_the_highest_bit() -> None:
    along = random_rotation(16).T  # row i is rotated onto axis i
    signs = np.array([1, -1, 1, 1, -1, -1, -1, 1, -1, -1, -1, -1, -1, -1, 1, -1], dtype=np.float32)
    assert centred(16).encode((signs @ along)[None]).tolist() == [[0b10110001, 0b00000010]]


def test_the_length_of_a_token_does_not_matter() -> None:
    tokens = drawn(20, 24)
    coder = TokenCoder(0.3 * drawn(1, 24, seed=5)[0])
    assert coder.encode(tokens * 7.5).tolist() == coder.encode(tokens).tolist()
    assert coder.queries(tokens * 7.5) == pytest.approx(coder.queries(tokens), abs=1e-5)


@given(seed=st.integers(0, 2**32 - 1), dim=st.sampled_from([8, 16, 64]))
def test_tokens_on_both_sides_of_the_mean_have_opposite_codes(seed: int, dim: int) -> None:
    pair = drawn(2, dim, seed)
    coder = TokenCoder(pair.mean(axis=0))
    rotated = (pair[0] - coder.mean) @ random_rotation(dim)
    clear = np.abs(rotated) > 1e-5  # a number that is all but 0 may round to either side
    one, other = np.unpackbits(coder.encode(pair), axis=1).astype(bool)
    assert clear.any()
    assert (one != other)[clear].all()
    assert (one == (rotated > 0))[clear].all()


def test_without_the_mean_a_narrow_cone_of_tokens_has_all_but_the_same_signs() -> None:
    axis = drawn(1, 64, seed=3)[0]
    tokens = unit(axis + 0.2 * drawn(200, 64, seed=4))
    plain = np.unpackbits(centred(64).encode(tokens), axis=1).mean(axis=0)
    freed = np.unpackbits(TokenCoder(tokens.mean(axis=0)).encode(tokens), axis=1).mean(axis=0)
    assert np.abs(freed - 0.5).max() < 0.15
    assert np.median(np.abs(plain - 0.5)) > 0.49


def test_questions_are_of_length_1_and_the_mean_itself_gives_no_nan() -> None:
    coder = TokenCoder(drawn(1, 12, seed=1)[0])
    assert np.linalg.norm(coder.queries(drawn(5, 12)), axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert np.isfinite(coder.queries(coder.mean[None])).all()
    assert coder.queries(np.zeros((1, 12), dtype=np.float32))[0] == pytest.approx(
        unit(-coder.mean @ random_rotation(12)), abs=1e-5
    )


def test_a_coder_is_read_as_it_was_written(tmp_path: Path) -> None:
    coder = TokenCoder(drawn(1, 20)[0])
    coder.save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [MEAN]
    read = TokenCoder.load(tmp_path)
    tokens = drawn(30, 20, seed=2)
    assert read.mean.tolist() == coder.mean.tolist()
    assert read.encode(tokens).tolist() == coder.encode(tokens).tolist()


def test_a_folder_without_a_coder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=MEAN):
        TokenCoder.load(tmp_path)


@pytest.mark.parametrize("shape", [(2, 3), ()])
def test_a_file_that_holds_no_vector_is_an_error(tmp_path: Path, shape: tuple[int, ...]) -> None:
    np.save(tmp_path / MEAN, np.zeros(shape, dtype=np.float32))
    with pytest.raises(ValueError, match="is no vector"):
        TokenCoder.load(tmp_path)


def test_the_estimate_follows_the_similarity_of_the_tokens_themselves() -> None:
    """Against MaxSim of the vectors: nearly in proportion, by the mean of a normal number's size, sqrt(2 / pi)."""
    rng = np.random.default_rng(11)
    dim, count = 384, 120
    question = drawn(6, dim, seed=7)
    near = np.linspace(0, 1, count)
    passages = []
    for share in near:
        tokens = drawn(25, dim, seed=int(rng.integers(1 << 30)))
        for word in question:
            one = unit(rng.normal(size=dim))
            tokens[rng.integers(25)] = unit(share * word + np.sqrt(1 - share**2) * one)
        passages.append(tokens)
    true = np.array([(question @ tokens.T).max(axis=1).mean() for tokens in passages])
    coder = centred(dim)
    codes = [coder.encode(tokens) for tokens in passages]
    lengths = np.array([len(one) for one in codes], dtype=np.int64)
    estimated = max_similarities(coder.queries(question), np.concatenate(codes), lengths).mean(axis=0)
    assert np.corrcoef(true, estimated)[0, 1] > 0.95
    assert np.polyfit(true, estimated, 1)[0] == pytest.approx(np.sqrt(2 / np.pi), abs=0.08)
    clearly = true[:, None] > true[None, :] + 0.15
    assert clearly.sum() > 1000
    assert (estimated[:, None] > estimated[None, :])[clearly].all()


class Telling:
    """A model whose tokens are told: of the first text three along one axis, of each other text one along another."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed_passages_with_tokens(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], tuple[TokenVectors, ...]]:
        self.texts += texts
        spans = np.zeros((3, 2), dtype=np.int32)
        first = TokenVectors(np.array([[2, 0]] * 3, dtype=np.float32), spans)
        other = TokenVectors(np.array([[0, 5]], dtype=np.float32), spans[:1])
        return np.zeros((len(texts), 2), dtype=np.float32), (first, *[other] * (len(texts) - 1))


def test_each_language_counts_alike_and_each_token_at_length_1() -> None:
    model = Telling()
    mean = fit_coder(model).mean  # type: ignore[arg-type]
    count = len(calibration_texts())
    assert model.texts == list(calibration_texts())
    assert mean.dtype == np.float32
    assert mean.tolist() == pytest.approx([1 / count, (count - 1) / count])


def test_the_coder_depends_on_the_model_alone() -> None:
    first, second = (fit_coder(TokenHashEmbedder()) for _ in range(2))
    assert first.mean.tolist() == second.mean.tolist()
    assert np.linalg.norm(first.mean) > 0.01


def test_calibration_texts_are_distinct_and_in_many_scripts() -> None:
    texts = calibration_texts()
    assert len(set(texts)) == len(texts) >= 10
    assert all(len(text.split()) >= 5 or any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in texts)
    for first, last in [("a", "z"), ("ا", "ي"), ("а", "я"), ("अ", "ह"), ("一", "鿿")]:
        assert any(first <= letter <= last for text in texts for letter in text), first
