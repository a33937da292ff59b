"""Vectors that a run has computed and not committed: kept so that an interrupted run goes on where it stopped."""

import hashlib
import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.protocol import Embedder, TokenEmbedder
from index.late import TokenCoder

_log = logging.getLogger(__name__)


class VectorStaging:
    """Embeds passages, remembering each vector on disk until the commit.

    Args:
        path: The database; made where it is missing. A vector is found again by model and text.
        embedder: The model.
        coder: Makes codes of its token vectors; None to do without.
    """

    def __init__(self, path: Path, embedder: Embedder, coder: TokenCoder | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._embedder = embedder
        self._coder = coder
        try:
            self._database = _connect(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # damaged; what it held can be computed again
            _log.warning("%s is damaged: its vectors are computed anew", path)
            _delete(path)
            self._database = _connect(path)

    def embed(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], list[NDArray[np.uint8]] | None]:
        """The passages' vectors, and their token codes; those an earlier run computed are not computed again.

        Args:
            texts: What is embedded.

        Returns:
            ``(n, dim) float32``, and ``(n_tokens, width) uint8`` of each where there is a coder.
        """
        kind = "codes" if self._coder else "vectors"
        keys = [hashlib.sha256(f"{kind}\0{self._embedder.fingerprint}\0{text}".encode()).digest() for text in texts]
        vectors = np.zeros((len(texts), self._embedder.dim), dtype=np.float32)
        codes: list[NDArray[np.uint8]] = [np.zeros((0, 0), dtype=np.uint8)] * len(texts)
        missing = []
        for number, key in enumerate(keys):
            row = self._database.execute("SELECT vector, codes FROM vectors WHERE key = ?", (key,)).fetchone()
            if row is None:
                missing.append(number)
                continue
            vectors[number] = np.frombuffer(row[0], dtype=np.float32)
            if self._coder:
                codes[number] = np.frombuffer(row[1], dtype=np.uint8).reshape(-1, self._coder.width)
        if missing:
            vectors[missing], new = self._compute([texts[number] for number in missing])
            for number, of_one in zip(missing, new, strict=True):
                codes[number] = of_one
            rows = [(keys[number], vectors[number].tobytes(), codes[number].tobytes()) for number in missing]
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        return vectors, codes if self._coder else None

    def _compute(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], list[NDArray[np.uint8]]]:
        if self._coder is None or not isinstance(self._embedder, TokenEmbedder):
            return self._embedder.embed_passages(texts), [np.zeros((0, 0), dtype=np.uint8)] * len(texts)
        vectors, tokens = self._embedder.embed_passages_with_tokens(texts)
        return vectors, [self._coder.encode(of_one.vectors) for of_one in tokens]

    def close(self) -> None:
        """Close the database and keep it."""
        self._database.close()

    def discard(self) -> None:
        """Close the database and delete it: its vectors are committed."""
        self.close()
        _delete(self._path)


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        # Waits for the disk now and then only: what a power cut takes is computed again.
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB, codes BLOB) WITHOUT ROWID"
        )
    except BaseException:
        database.close()
        raise
    return database


def _delete(path: Path) -> None:
    """Delete the database with what SQLite keeps beside it."""
    for file in path.parent.glob(path.name + "*"):
        file.unlink(missing_ok=True)
