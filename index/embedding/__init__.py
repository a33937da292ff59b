"""Embedding models: texts to unit vectors, and the tokens that passages are measured in."""

from index.embedding.model_files import verify_model_files
from index.embedding.onnx_embedder import OnnxEmbedder
from index.embedding.packaged import packaged_model_path
from index.embedding.protocol import Embedder, Prompts
from index.embedding.registry import (
    DEFAULT_ENGINE,
    DEFAULT_MODEL,
    ENGINE_VARIABLE,
    ENGINES,
    default_model_folder,
    load_embedder,
)
from index.embedding.sentence_transformer import SentenceTransformerEmbedder

__all__ = [
    "DEFAULT_ENGINE",
    "DEFAULT_MODEL",
    "ENGINES",
    "ENGINE_VARIABLE",
    "Embedder",
    "OnnxEmbedder",
    "Prompts",
    "SentenceTransformerEmbedder",
    "default_model_folder",
    "load_embedder",
    "packaged_model_path",
    "verify_model_files",
]
