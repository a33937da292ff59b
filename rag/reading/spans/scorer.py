"""Scores of a window's tokens: that the answer begins there, that it ends there, that there is none."""

import hashlib
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedding.encoder_plan import plan_encoder
from index.embedding.encoder_session import EncoderSession
from index.embedding.fingerprint import model_fingerprint
from index.embedding.model_folder import read_facts
from index.embedding.onnx_files import GRAPH, Export, graph_folder
from index.embedding.protocol import Prompts
from rag.reading.spans.inputs import JointTokenizer, Window
from rag.reading.spans.weights import ReaderWeights, read_weights

_NAME = "the span reader"


@dataclass(frozen=True, slots=True)
class TokenScores:
    """Scores of a window.

    Attributes:
        starts: That the answer begins at each of the passage's tokens, ``(n_passage_tokens,) float32``.
        ends: That it ends there, likewise.
        nothing: That the window holds no answer: the sum of both scores of the first token.
    """

    starts: NDArray[np.float32]
    ends: NDArray[np.float32]
    nothing: float


class SpanScorer(Protocol):
    """Scores questions joined with passages."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of what decides the scores."""
        ...

    def windows(self, question: str, passage: str) -> list[Window]:
        """See ``JointTokenizer.windows``."""
        ...

    def score(self, windows: Sequence[Window]) -> list[TokenScores]:
        """The scores of each window."""
        ...


class OnnxSpanScorer:
    """The embedding model's transformer with the reader's layers, in 8 bits; opened at the first question.

    It may be used from several threads. Windows run side by side, one a core.

    Args:
        model: The folder of multilingual-e5-small.
        weights: The reader's weights.
    """

    def __init__(self, model: Path, weights: Path) -> None:
        self._model = model
        self._file = weights
        self._opening = threading.Lock()

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the model's and the reader's files."""
        facts = read_facts(self._model, self._model.name)
        base = model_fingerprint(self._model, facts.module_paths, Prompts())
        return hashlib.sha256(f"{base} {self._weights.fingerprint}".encode()).hexdigest()

    def windows(self, question: str, passage: str) -> list[Window]:
        """See ``JointTokenizer.windows``."""
        return self._opened()[1].windows(question, passage)

    def score(self, windows: Sequence[Window]) -> list[TokenScores]:
        """See ``SpanScorer``."""
        session, _ = self._opened()
        if len(windows) <= 1:
            return [self._score(session, window) for window in windows]
        order = sorted(range(len(windows)), key=lambda row: len(windows[row].ids), reverse=True)
        with ThreadPoolExecutor(min(os.cpu_count() or 1, len(windows))) as pool:
            scored = pool.map(lambda row: self._score(session, windows[row]), order)
            by_row = dict(zip(order, scored, strict=True))
        return [by_row[row] for row in range(len(windows))]

    def _score(self, session: EncoderSession, window: Window) -> TokenScores:
        scores = session.hidden(window.ids) @ self._weights.head.T + self._weights.bias
        passage = scores[window.first : window.first + len(window.offsets)]
        return TokenScores(passage[:, 0], passage[:, 1], float(scores[0].sum()))

    def _opened(self) -> tuple[EncoderSession, JointTokenizer]:
        with self._opening:
            return self._session, self._tokenizer

    @cached_property
    def _weights(self) -> ReaderWeights:
        return read_weights(self._file)

    @cached_property
    def _tokenizer(self) -> JointTokenizer:
        return JointTokenizer(Tokenizer.from_file(str(self._model / "tokenizer.json")))

    @cached_property
    def _session(self) -> EncoderSession:
        export = Export("rag.reading.spans.export", (str(self._model), str(self._file)))
        folder = graph_folder(self.fingerprint, export, _NAME)
        shape = plan_encoder(self._model, read_facts(self._model, self._model.name)).shape
        return EncoderSession(folder / GRAPH, shape)
