"""Any sentence-transformers model, run by PyTorch."""

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.embedding.folder_embedder import FolderEmbedder
from index.embedding.pooling import normalised
from index.embedding.protocol import Prompts, TokenVectors
from index.embedding.tokens import without_surrogates
from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_CPU_BATCH = 8  # two cores, passages of 170 tokens: 4, 8 and 16 are alike at best, 32 is slower (more padding)
_GPU_BATCH = 64
_NO_LIMIT = 1 << 20


class SentenceTransformerEmbedder(FolderEmbedder):
    """An ``Embedder`` over a model folder; PyTorch is imported and the weights are read at the first embedding.

    Name, fingerprint, dimension, limit and tokens need no PyTorch, unless the folder's configuration is silent on one
    of them. It may be used from several threads; they take turns.

    Args:
        name: The model as the user wrote it.
        folder: Where its files are.
        prompts: In place of the model's own.

    Raises:
        ModelError: The folder holds no model that can be used.
    """

    def __init__(self, name: str, folder: Path, prompts: Prompts | None = None) -> None:
        super().__init__(name, folder, prompts)
        self._lock = threading.RLock()

    @cached_property
    def max_tokens(self) -> int:
        """The longest input the model reads, in tokens, special tokens and prompt included."""
        if self._facts.max_tokens is not None:
            return self._facts.max_tokens
        with self._lock:
            limit = self._model.max_seq_length
        return _NO_LIMIT if limit is None or not math.isfinite(limit) else min(int(limit), _NO_LIMIT)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        return _load(self._folder, self._name)

    def _embed(self, role: str, texts: Sequence[str]) -> tuple[NDArray[np.float32], tuple[TokenVectors, ...]]:
        prompt = self._prompts.query if role == "query" else self._prompts.passage
        with self._lock:  # the tokenizer inside the model cannot serve two threads at once
            model = self._model
            encode: Callable[..., Any] = model.encode_query if role == "query" else model.encode_document
            outputs = encode(
                [without_surrogates(text) for text in texts],
                prompt=prompt,
                batch_size=_CPU_BATCH if model.device.type == "cpu" else _GPU_BATCH,  # it sorts by length itself
                show_progress_bar=False,
                output_value=None,  # everything: the vectors of the tokens, too
            )
        vectors = np.stack([_array(output["sentence_embedding"]) for output in outputs])
        tokens = tuple(self._token_vectors(prompt, text, output) for text, output in zip(texts, outputs, strict=True))
        return normalised(vectors), tokens

    def _token_vectors(self, prompt: str, text: str, output: Mapping[str, Any]) -> TokenVectors:
        hidden = _array(output["token_embeddings"])[_array(output["attention_mask"]) > 0]
        read = self._tokens.read(prompt, text, self.max_tokens)
        if len(read.ids) != len(hidden):
            raise ModelError(
                f"{self._name} reads {len(hidden)} tokens where its tokenizer.json gives {len(read.ids)}: its files do "
                "not belong together"
            )
        return TokenVectors(hidden[read.own], read.offsets)


def _array(tensor: Any) -> NDArray[np.float32]:  # noqa: ANN401 - torch is not imported for its type
    return np.asarray(tensor.cpu().numpy(), dtype=np.float32)


def _load(folder: Path, name: str) -> "SentenceTransformer":
    """Read the weights as float32, without network and without the progress bar of transformers."""
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar, enable_progress_bar, is_progress_bar_enabled
    except ImportError as error:
        raise ModelError(f"{name} needs sentence-transformers and torch: pip install mustanad ({error})") from error
    shown = is_progress_bar_enabled()
    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), local_files_only=True, trust_remote_code=False).float()
    except Exception as error:  # loaders raise whatever their libraries do
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"{name} cannot be loaded from {folder} ({reason}): the files are damaged or incomplete, or it is no "
            "sentence-transformers model"
        ) from error
    finally:
        if shown:
            enable_progress_bar()  # type: ignore[no-untyped-call]
