"""What a comparison gives, and how it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.peers.timing import Speed


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """What was measured of one engine.

    Attributes:
        name: "mustanad", or a peer's name.
        version: Of its package.
        build_s: Seconds to index the passages, their vectors given. Mustanad's own cut the reports into passages and
            write the index to disk; the peers' keep it in memory.
        means: Mean over the questions by measure of the documents found.
        speed: Of a search for passages, the question's embedding included.
        own_speed: The same with the question's vector given.
    """

    name: str
    version: str
    build_s: float
    means: Mapping[str, float]
    speed: Speed
    own_speed: Speed


@dataclass(frozen=True, slots=True)
class PeersTable:
    """Engines side by side; ``dataclasses.asdict`` of it is JSON.

    Attributes:
        dataset: Its name.
        questions: How many have a relevant document: those that were asked.
        documents: How many were searched.
        passages: How many they have.
        model: The embedding model of all engines that use one.
        k: How many passages, or documents, were asked for.
        rows: Mustanad first.
    """

    dataset: str
    questions: int
    documents: int
    passages: int
    model: str
    k: int
    rows: tuple[PeerFigures, ...]


def peers_rows(table: PeersTable) -> tuple[list[str], list[list[str]]]:
    """A table's header and rows as text.

    Args:
        table: The comparison.

    Returns:
        Header, and a row of as many cells for each engine.
    """
    measures = list(table.rows[0].means) if table.rows else []
    header = ["system", *measures, "build s", "p50 ms", "queries/s", "p50 ms, vector given", "queries/s, vector given"]
    rows = [
        [
            f"{row.name} {row.version}",
            *(f"{row.means[measure]:.4f}" for measure in measures),
            f"{row.build_s:.2f}",
            *_cells(row.speed),
            *_cells(row.own_speed),
        ]
        for row in table.rows
    ]
    return header, rows


def peers_table(tables: Sequence[PeersTable]) -> tuple[list[str], list[list[str]]]:
    """Header and rows of one table of all datasets."""
    header: list[str] = []
    rows: list[list[str]] = []
    for table in tables:
        columns, cells = peers_rows(table)
        header = ["dataset", *columns]
        rows.extend([f"{table.dataset} ({table.questions})", *row] for row in cells)
    return header, rows


def _cells(speed: Speed) -> list[str]:
    return [f"{speed.p50_ms:.1f}", f"{speed.queries_per_s:.0f}"]
