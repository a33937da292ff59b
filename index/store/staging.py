"""Vectors that a run has computed and not committed: kept so that an interrupted run goes on where it stopped."""

import hashlib
import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.protocol import Embedder

_log = logging.getLogger(__name__)


class VectorStaging:
    """Embeds passages, remembering each vector on disk until the commit.

    Args:
        path: The database; made where it is missing. A vector is found again by model and text.
        embedder: The model.
    """

    def __init__(self, path: Path, embedder: Embedder) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._embedder = embedder
        try:
            self._database = _connect(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # damaged; what it held can be computed again
            _log.warning("%s is damaged: its vectors are computed anew", path)
            _delete(path)
            self._database = _connect(path)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The passages' vectors, ``(n, dim) float32``; those an earlier run computed are not computed again."""
        keys = [hashlib.sha256(f"{self._embedder.fingerprint}\0{text}".encode()).digest() for text in texts]
        vectors = np.zeros((len(texts), self._embedder.dim), dtype=np.float32)
        missing = []
        for number, key in enumerate(keys):
            row = self._database.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
            if row is None:
                missing.append(number)
            else:
                vectors[number] = np.frombuffer(row[0], dtype=np.float32)
        if missing:
            vectors[missing] = self._embedder.embed_passages([texts[number] for number in missing])
            rows = [(keys[number], vectors[number].tobytes()) for number in missing]
            with self._database:
                self._database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
        return vectors

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
        database.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
    except BaseException:
        database.close()
        raise
    return database


def _delete(path: Path) -> None:
    """Delete the database with what SQLite keeps beside it."""
    for file in path.parent.glob(path.name + "*"):
        file.unlink(missing_ok=True)
