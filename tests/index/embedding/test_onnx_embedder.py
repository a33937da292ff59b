"""The ONNX engine against sentence-transformers: the default model, and tiny ones."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.embedding import Embedder, OnnxEmbedder, Prompts, SentenceTransformerEmbedder
from index.embedding.onnx_export import CALIBRATION
from index.errors import ModelError
from tests.index.embedding.conftest import TINY

ROOT = Path(__file__).parents[3]
# Invented, in eight languages; none of them is a sentence that the model is calibrated with.
SENTENCES = [
    "أعلنت الجماعة مسؤوليتها عن تفجير السوق المركزي أمس.",
    "من نفذ الهجوم على السوق؟",
    "ارتفعت أسعار القمح هذا الموسم بسبب قلة الأمطار.",
    "قال شهود عيان إن الشاحنة وصلت من جهة الجسر قبل الفجر بقليل، ثم اختفى سائقها.",
    "The group said it was behind yesterday's bombing of the central market.",
    "Who carried out the attack on the market?",
    "Wheat prices rose this season because of the drought.",
    "TOLNARA, MAY 9 - SEVEN DEAD IN EXPLOSION NEAR RAILWAY BRIDGE",
    "Les pompiers ont maîtrisé l'incendie de l'entrepôt vers minuit.",
    "Qui a ordonné la fermeture du port ?",
    "El ministerio negó que sus tropas hubieran disparado contra la multitud.",
    "Los precios del trigo subieron un 12 % en abril.",
    "По данным полиции, мост был взорван ночью неизвестными.",
    "Кто взорвал мост?",
    "Saldırıyı henüz üstlenen olmadı.",
    "Köprü yarın trafiğe kapatılacak.",
    "किसने हमला किया?",
    "सरकार ने कहा कि घायलों की संख्या 23 है।",
    "爆炸发生在周五早上,造成七人死亡。",
    "谁应对桥梁爆炸事件负责?",
    "a",
    "The witness saw two men leave the depot. " * 30,
]


def load(folder: Path, prompts: Prompts | None = None) -> OnnxEmbedder:
    return OnnxEmbedder(str(folder), folder, prompts)


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.asarray((a * b).sum(axis=1))


def test_the_default_model_agrees_with_sentence_transformers(
    e5: SentenceTransformerEmbedder, e5_onnx: OnnxEmbedder
) -> None:
    assert not set(SENTENCES) & set(CALIBRATION)
    assert (e5_onnx.fingerprint, e5_onnx.dim, e5_onnx.max_tokens) == (e5.fingerprint, e5.dim, e5.max_tokens)
    for role in ("embed_passages", "embed_queries"):
        assert cosines(getattr(e5, role)(SENTENCES), getattr(e5_onnx, role)(SENTENCES)).min() >= 0.99


QUERIES = ["من نفذ الهجوم على السوق؟", "Who carried out the attack on the market?", "Кто взорвал мост?"]


@pytest.mark.parametrize("query", QUERIES)
def test_both_engines_find_the_same_and_may_be_mixed(
    query: str, e5: SentenceTransformerEmbedder, e5_onnx: OnnxEmbedder
) -> None:
    passages = [text for text in SENTENCES if "?" not in text and "؟" not in text]
    best = {
        (a.__class__, b.__class__): int(np.argmax(a.embed_passages(passages) @ b.embed_queries([query])[0]))
        for a in (e5, e5_onnx)
        for b in (e5, e5_onnx)
    }
    assert len(set(best.values())) == 1


def test_vectors_of_the_default_model_are_of_length_one(e5_onnx: OnnxEmbedder) -> None:
    embedder: Embedder = e5_onnx
    vectors = embedder.embed_passages(["من نفذ الهجوم؟", "a", "", "\ud800", "long " * 2000])
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert embedder.embed_passages([]).shape == (0, 384)


def test_a_vector_is_the_same_to_the_bit_whatever_its_neighbours(e5_onnx: OnnxEmbedder) -> None:
    together = e5_onnx.embed_passages(SENTENCES)
    alone = np.vstack([e5_onnx.embed_passages([text]) for text in SENTENCES])
    assert np.array_equal(together, alone)
    assert np.array_equal(e5_onnx.embed_passages(SENTENCES[::-1])[::-1], together)


def test_threads_do_not_disturb_each_other(tiny_folder: Path) -> None:
    embedder = load(tiny_folder)  # opened by the first of them
    texts = [f"text {letter} " * (place + 1) for place, letter in enumerate("abcdef")]
    with ThreadPoolExecutor(6) as pool:
        vectors = np.vstack(list(pool.map(lambda text: embedder.embed_queries([text]), texts)))
    assert np.array_equal(vectors, embedder.embed_queries(texts))


def test_prompts_are_put_before_the_text_and_long_texts_are_cut_off(tiny_folder: Path) -> None:
    own, bare = load(tiny_folder), load(tiny_folder, Prompts())
    written = bare.embed_passages(["query: abc", "passage: abc"])
    assert np.array_equal(own.embed_queries(["abc"])[0], written[0])
    assert np.array_equal(own.embed_passages(["abc"])[0], written[1])
    assert own.fingerprint != bare.fingerprint
    # 64 tokens: <s>, 62 of the text, </s>.
    assert np.array_equal(bare.embed_queries(["a" * 62])[0], bare.embed_queries(["a" * 62 + "bcd"])[0])
    assert not np.array_equal(bare.embed_queries(["a" * 61])[0], bare.embed_queries(["a" * 61 + "b"])[0])


def test_dense_layers_and_joined_poolings_agree(tiny_folder: Path) -> None:
    pooling = {"word_embedding_dimension": TINY.hidden, "pooling_mode_cls_token": True, "pooling_mode_max_tokens": True}
    (tiny_folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    modules = json.loads((tiny_folder / "modules.json").read_text())
    dense = {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"}
    (tiny_folder / "modules.json").write_text(json.dumps([*modules[:2], dense]))
    (tiny_folder / "2_Dense").mkdir()
    tanh = "torch.nn.modules.activation.Tanh"
    config = {"in_features": 2 * TINY.hidden, "out_features": 5, "bias": True, "activation_function": tanh}
    (tiny_folder / "2_Dense" / "config.json").write_text(json.dumps(config))
    generator = np.random.default_rng(2)
    weights = {
        "linear.weight": generator.normal(0, 0.2, (5, 2 * TINY.hidden)).astype(np.float32),
        "linear.bias": generator.normal(0, 0.2, 5).astype(np.float32),
    }
    save_file(weights, tiny_folder / "2_Dense" / "model.safetensors", {"format": "pt"})
    ours, theirs = load(tiny_folder), SentenceTransformerEmbedder("tiny", tiny_folder)
    texts = ["abc", "من نفذ", "hello world"]
    assert ours.dim == 5
    assert cosines(ours.embed_passages(texts), theirs.embed_passages(texts)).min() >= 0.99


def test_weights_that_give_nan_are_refused(tiny_folder: Path) -> None:
    path = tiny_folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-4] + np.float32(np.nan).tobytes())
    with pytest.raises(ModelError, match=r"NaN.*'first'"):
        load(tiny_folder).embed_passages(["first", "second"])


def test_a_configuration_that_is_not_of_these_weights_is_refused(tiny_folder: Path) -> None:
    (tiny_folder / "1_Pooling" / "config.json").write_text('{"embedding_dimension": 16, "pooling_mode": "mean"}')
    with pytest.raises(ModelError, match="vectors of 32 numbers, its configuration says 16"):
        load(tiny_folder).embed_queries(["abc"])


def test_damaged_weights_are_one_line(tiny_folder: Path) -> None:
    path = tiny_folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:30])
    with pytest.raises(ModelError, match="damaged"):
        load(tiny_folder).embed_queries(["abc"])


def test_a_search_imports_no_torch_not_even_the_first_time(tiny_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The group blew up the bridge.")
    (tmp_path / "b.txt").write_text("Wheat is dear.")

    def run(code: str, cache: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "MUSTANAD_CACHE": str(tmp_path / cache)}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(f"import rag; rag.create('index', model={str(tiny_folder)!r}, engine='onnx').add('a.txt', 'b.txt')", "one")
    search = (
        "import sys, rag\n"
        # A model of random weights ranks at random.
        "print(sorted(hit.document.doc_id for hit in rag.open('index', engine='onnx').search('the bridge', 2)))\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)))\n"
        "print(sorted({'rag.reading', 'dateparser', 'lingua', 'kreuzberg'} & set(sys.modules)))\n"
    )
    assert run(search, "two") == "['a.txt', 'b.txt']\n[]\n[]\n"
    assert len(list((tmp_path / "two" / "onnx").glob("*/encoder.onnx"))) == 1
