"""A model's transformer run by ONNX Runtime in 8 bits, without PyTorch."""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.encoder_plan import plan_encoder
from index.embedding.encoder_session import EncoderSession
from index.embedding.folder_embedder import FolderEmbedder
from index.embedding.onnx_files import GRAPH, encoder_folder
from index.embedding.pooling import DenseLayer, normalised, pool, project
from index.embedding.protocol import Prompts, TokenVectors
from index.embedding.tokens import TokenFinder
from index.embedding.weights import read_tensors
from index.errors import ModelError


class OnnxEmbedder(FolderEmbedder):
    """An ``Embedder`` over a model folder; its graph is written into the cache before the first embedding.

    An index built with this engine may be opened with ``SentenceTransformerEmbedder``, and the other way about. With
    the default model, on 504 Arabic passages and 2,543 Arabic and English questions, the cosine between the vectors of
    the two is at least 0.998, and MRR@10 differs by at most 0.0018 where one engine embeds all and 0.0033 where one
    embeds the passages and the other the questions.

    Texts run one at a time, as many side by side as there are cores: a vector is bitwise the same whatever its
    neighbours. It may be used from several threads.

    Args:
        name: The model as the user wrote it.
        folder: Where its files are.
        prompts: In place of the model's own.

    Raises:
        NotForOnnxError: The model is not one that this engine runs.
        ModelError: The folder holds no model that can be used.
    """

    def __init__(self, name: str, folder: Path, prompts: Prompts | None = None) -> None:
        super().__init__(name, folder, prompts)
        self._plan = plan_encoder(folder, self._facts)
        self._opening = threading.Lock()

    @property
    def max_tokens(self) -> int:
        """The longest input the model reads, in tokens, special tokens and prompt included."""
        return self._plan.max_tokens

    def _embed(self, role: str, texts: Sequence[str]) -> tuple[NDArray[np.float32], tuple[TokenVectors, ...]]:
        session, tokens = self._open()
        prompt = self._prompts.query if role == "query" else self._prompts.passage

        def pooled(text: str) -> tuple[NDArray[np.float32], TokenVectors]:
            read = tokens.read(prompt, text, self.max_tokens)
            hidden = session.hidden(read.ids)
            return pool(hidden, self._plan.poolings), TokenVectors(hidden[read.own], read.offsets)

        if len(texts) == 1:
            rows = [pooled(texts[0])]
        else:
            # The longest first, so that no core is left alone with a long text at the end.
            order = sorted(range(len(texts)), key=lambda row: len(texts[row]), reverse=True)
            with ThreadPoolExecutor(min(_cores(), len(texts))) as pool_of_threads:
                by_row = dict(zip(order, pool_of_threads.map(lambda row: pooled(texts[row]), order), strict=True))
            rows = [by_row[row] for row in range(len(texts))]
        vectors = normalised(project(np.stack([vector for vector, _ in rows]), self._dense))
        return vectors, tuple(of_tokens for _, of_tokens in rows)

    def _open(self) -> tuple[EncoderSession, TokenFinder]:
        """Graph and tokenizer; the first time they are read side by side."""
        with self._opening:
            if "_session" not in self.__dict__:
                with ThreadPoolExecutor(1) as other:
                    reading = other.submit(lambda: self._session)
                    self._tokens  # noqa: B018 - read while the other thread reads the graph
                    reading.result()
            return self._session, self._tokens

    @cached_property
    def _session(self) -> EncoderSession:
        folder = encoder_folder(self._folder, self._facts, self._name)
        try:
            return EncoderSession(folder / GRAPH, self._plan.shape)
        except Exception as error:  # ONNX Runtime has no common class of errors
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise ModelError(
                f"{self._name}: ONNX Runtime cannot open {folder} ({reason}): delete it, and it is written again, "
                "or use --engine sentence-transformers"
            ) from error

    @cached_property
    def _dense(self) -> tuple[DenseLayer, ...]:
        layers = []
        for folder, activation in self._plan.dense:
            tensors = read_tensors(folder)
            try:
                layers.append(DenseLayer(tensors["linear.weight"], tensors.get("linear.bias"), activation))
            except KeyError as error:
                raise ModelError(f"{self._name}: the dense layer in {folder} has no {error}") from error
        return tuple(layers)


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
