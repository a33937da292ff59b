"""What kind of index lies in a folder: a small JSON beside the vectors, checked when they are opened."""

import dataclasses
import json
import re
from dataclasses import dataclass
from pathlib import Path

VECTORS = "vectors.npy"
RECORD = "vectors.json"
TRAINED = "vectors.faiss"
LISTS = "vectors.lists"
LIST_GROUPS = "list_groups.npy"
ROW_LISTS = "row_lists.npy"

FLAT = "Flat"


@dataclass(frozen=True, slots=True)
class DenseRecord:
    """What the files of a dense index hold.

    Attributes:
        kind: As FAISS's index factory spells it: "Flat", or such as "IVF2000,SQ8".
        rows: How many vectors.
        dim: Length of a vector.
    """

    kind: str
    rows: int
    dim: int

    @property
    def lists(self) -> int:
        """How many inverted lists; 0 for a flat index.

        Raises:
            ValueError: The kind is none that this program knows.

        Examples:
            >>> DenseRecord("IVF2000,SQ8", 10**6, 384).lists, DenseRecord("Flat", 10, 384).lists
            (2000, 0)
        """
        if self.kind == FLAT:
            return 0
        inverted = re.fullmatch("IVF([1-9][0-9]*),SQ8", self.kind)
        if inverted is None:
            raise ValueError(f"index type {self.kind!r} is unknown; this program reads Flat and IVF…,SQ8")
        return int(inverted[1])


def inverted_kind(lists: int) -> str:
    """The name of an index of inverted lists of 8-bit codes."""
    return f"IVF{lists},SQ8"


def write_record(folder: Path, record: DenseRecord) -> None:
    """Say what lies in a folder."""
    (folder / RECORD).write_text(json.dumps(dataclasses.asdict(record)) + "\n", encoding="utf-8")


def read_record(folder: Path) -> DenseRecord:
    """What lies in a folder.

    Raises:
        OSError: The file cannot be read.
        ValueError: It says nothing that this program understands.
    """
    path = folder / RECORD
    try:
        record = DenseRecord(**json.loads(path.read_bytes()))
        if not (isinstance(record.kind, str) and isinstance(record.rows, int) and isinstance(record.dim, int)):
            raise ValueError("kind must be a text, rows and dim numbers")
        if record.lists > record.rows:
            raise ValueError(f"{record.lists} lists for {record.rows} rows")
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path} does not describe vectors: {error}") from error
    return record
