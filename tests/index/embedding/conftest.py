"""A complete model of 16 dimensions, packed by hand, and the real default model."""

import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from index.embedding import OnnxEmbedder, SentenceTransformerEmbedder
from index.embedding.e5_folder import bert_tensors, write_e5_folder
from index.embedding.e5s1 import E5Shape
from index.embedding.packaged import TOKENIZER, WEIGHTS, find_source, packaged_model_folder

TINY = E5Shape(hidden=32, layers=1, heads=2, feed_forward=64, vocabulary=64, positions=64, token_types=2, epsilon=1e-12)
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]


def quantise(values: NDArray[np.float32]) -> bytes:
    """Q4_0 written from its definition, one block at a time, to check the vectorised decoder against."""
    out = b""
    for block in values.reshape(-1, 32):
        scale = np.float16(max(float(np.abs(block).max()) / 7, 1e-4))
        nibbles = [int(np.clip(round(float(value) / float(scale)) + 8, 0, 15)) for value in block]
        out += scale.tobytes() + bytes(nibbles[i] | nibbles[i + 16] << 4 for i in range(16))
    return out


def e5s1_bytes(shape: E5Shape, version: int = 1, block: int = 32) -> bytes:
    """A whole E5S1 file: random matrices in 4 bits, vectors in float32, two word pieces."""
    generator = np.random.default_rng(7)
    names, datas = [], []
    for packed, name, size in bert_tensors(shape):
        values = generator.normal(0, 0.3, size).astype(np.float32)
        if "LayerNorm.weight" in name:
            values = np.ones(size, dtype=np.float32)
        kind = 1 if len(size) == 2 and packed not in ("emb.pos", "emb.type") else 0
        names.append((packed, kind, values.size))
        datas.append(quantise(values) if kind else values.tobytes())
    head = b"E5S1" + struct.pack("<I", version)
    sizes = (shape.hidden, shape.layers, shape.heads, shape.feed_forward)
    head += struct.pack("<7if", *sizes, shape.vocabulary, shape.positions, shape.token_types, shape.epsilon)
    head += struct.pack("<i", block)
    head += struct.pack("<5i", 2, 0, 2, 1, 3) + struct.pack("<Q", 3) + struct.pack("<3I2f", 0, 1, 3, 0.0, -1.0) + b"abc"
    head += struct.pack("<iI", 1, 4) + b"norm"
    head += struct.pack("<i", len(names))
    offset = len(head) + sum(2 + len(name) + 21 for name, _, _ in names)
    directory = b""
    for (name, kind, elements), data in zip(names, datas, strict=True):
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, elements, offset, len(data))
        offset += len(data)
    return head + directory + b"".join(datas)


def tiny_tokenizer() -> Tokenizer:
    """One token a character; characters are numbered round the vocabulary's letters."""
    letters = "abcdefghijklmnopqrstuvwxyz :اбقفلمنهويت؟"
    vocabulary = {token: number for number, token in enumerate([*SPECIAL, *dict.fromkeys(letters)])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, "<unk>"))
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair=None, special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a test does shows in the user's cache."""
    monkeypatch.setenv("MUSTANAD_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def tiny_sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``weights.bin`` and ``tokenizer.json``."""
    folder = tmp_path_factory.mktemp("sources")
    (folder / "weights.bin").write_bytes(e5s1_bytes(TINY))
    tiny_tokenizer().save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture
def tiny_folder(tiny_sources: Path, tmp_path: Path) -> Path:
    """A model folder that a test may spoil."""
    folder = tmp_path / "multilingual-e5-tiny"
    folder.mkdir()
    write_e5_folder(folder, tiny_sources / "weights.bin", tiny_sources / "tokenizer.json")
    return folder


@pytest.fixture(scope="session")
def e5_folder() -> Path:
    """The folder of the default model in the user's cache, built there if it is not."""
    if find_source(WEIGHTS) is None or find_source(TOKENIZER) is None:
        pytest.skip("the packages that carry the default model are not installed")
    folder = packaged_model_folder()
    assert folder is not None
    return folder


@pytest.fixture(scope="session")
def e5(e5_folder: Path) -> SentenceTransformerEmbedder:
    """The default model, run by sentence-transformers."""
    return SentenceTransformerEmbedder("multilingual-e5-small", e5_folder)


@pytest.fixture(scope="session")
def e5_onnx(e5_folder: Path) -> OnnxEmbedder:
    """The default model, run by ONNX Runtime; its graph is in the user's cache."""
    embedder = OnnxEmbedder("multilingual-e5-small", e5_folder)
    embedder.embed_queries(["a"])
    return embedder
