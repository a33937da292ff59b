"""``python -m eval.bench.copies``: how well copies are told from what is none, and what it costs."""

import dataclasses
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from itertools import combinations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import click
import numpy as np

from eval.bench.copy_variants import COPIES, NOT_COPIES, Variant, bulletins, templates
from eval.generated.reports import write_reports
from eval.generated.world import make_world
from eval.reporting import text_table
from index.copies import CopyTable, CopyTableWriter, Outline, are_copies, find_pairs, outline
from index.copies.banding import band_hashes, sorted_bands
from index.copies.finding import LEAST_ESTIMATE, Collection
from index.copies.signatures import PERMUTATIONS
from index.loading import load
from index.progress import Silent
from index.types import Document

_SEED, _INCIDENTS = 7, 40


@dataclass(frozen=True, slots=True)
class VariantFigures:
    """How one kind of variant was judged.

    Attributes:
        name: The kind.
        copies: Whether they are copies.
        pairs: How many pairs there were.
        found: How many were found to be copies.
    """

    name: str
    copies: bool
    pairs: int
    found: int


@dataclass(frozen=True, slots=True)
class CopyFigures:
    """What was measured.

    Attributes:
        reports: Reports that variants were made of.
        variants: By kind.
        unlike_pairs: Pairs of different reports.
        unlike_found: How many of them were found to be copies.
        precision: Share of the pairs found that are copies, over all variants.
        recall: Share of the copies that were found, likewise.
        outline_ms: Milliseconds for a report's outline and signature.
        find_ms: Milliseconds to find the copies of a report among the others.
        bytes_per_report: On disk.
        lookup_reports: Made-up signatures that a look-up was timed on.
        lookup_ms: Milliseconds for a look-up among them, memory-mapped.
    """

    reports: int
    variants: tuple[VariantFigures, ...]
    unlike_pairs: int
    unlike_found: int
    precision: float
    recall: float
    outline_ms: float
    find_ms: float
    bytes_per_report: float
    lookup_reports: int
    lookup_ms: float


def measure_copies(lookup_reports: int = 100_000) -> CopyFigures:
    """Judge variants of the sample and the generated reports, and time it."""
    rng = Random(_SEED)  # noqa: S311 - drawing variants, not secrets
    reports = _reports()
    variants = [_judge(rng, name, variant, reports, copies=True) for name, variant in COPIES.items()]
    variants += [_judge(rng, name, variant, reports, copies=False) for name, variant in NOT_COPIES.items()]
    variants += [_judge_bulletins(rng, name) for name in templates()]
    started = time.perf_counter()
    collection = _collection([report.text for report in reports])
    outlined = time.perf_counter()
    unlike = _keys(find_pairs(collection, []))
    found = time.perf_counter()
    right = sum(variant.found for variant in variants if variant.copies)
    return CopyFigures(
        reports=len(reports),
        variants=tuple(variants),
        unlike_pairs=len(reports) * (len(reports) - 1) // 2,
        unlike_found=len(unlike),
        precision=right / max(1, sum(variant.found for variant in variants) + len(unlike)),
        recall=right / sum(variant.pairs for variant in variants if variant.copies),
        outline_ms=1000 * (outlined - started) / len(reports),
        find_ms=1000 * (found - outlined) / len(reports),
        bytes_per_report=_size(collection.table) / len(reports),
        lookup_reports=lookup_reports,
        lookup_ms=_time_lookups(lookup_reports),
    )


def _reports() -> list[Document]:
    """The sample reports and the generated ones, without the copies that are among them."""
    with as_file(files("rag") / "samples") as samples:
        found = [one for one in load([samples / "reports"], Silent()) if isinstance(one, Document)]
    kept: list[Document] = []
    outlines: list[Outline] = []
    for report in [*found, *(report.document for report in write_reports(make_world(_SEED, _INCIDENTS)))]:
        outlined = outline(report.text)
        if not any(are_copies(outlined, other) for other in outlines):
            kept.append(report)
            outlines.append(outlined)
    return kept


def _judge(rng: Random, name: str, variant: Variant, reports: Sequence[Document], *, copies: bool) -> VariantFigures:
    """Make a variant of each report, and find the pairs as indexing would: by bands, then by words."""
    made: list[tuple[str, str]] = []
    for report in reports:
        others = [other for other in reports if other.lang == report.lang and other is not report]
        text = variant(rng, report, others)
        if text is not None:
            made.append((report.text, text))
    originals, changed = _collection([first for first, _ in made]), _collection([second for _, second in made])
    keys = zip(originals.table.keys.tolist(), changed.table.keys.tolist(), strict=True)
    found = _keys(find_pairs(changed, [originals]))
    hits = sum(first == second or frozenset((first, second)) in found for first, second in keys)
    return VariantFigures(name, copies, len(made), hits)


def _judge_bulletins(rng: Random, name: str) -> VariantFigures:
    texts = bulletins(rng, name)
    found = _keys(find_pairs(_collection(texts), []))
    return VariantFigures(f"bulletins of one template ({name})", False, len(list(combinations(texts, 2))), len(found))


def _collection(texts: Sequence[str]) -> Collection:
    writer = CopyTableWriter()
    for text in texts:
        writer.add(outline(text))
    return Collection(writer.build(), texts.__getitem__)


def _keys(pairs: Iterable[tuple[int, int]]) -> set[frozenset[int]]:
    return {frozenset(pair) for pair in pairs}


def _size(table: CopyTable) -> int:
    with TemporaryDirectory() as folder:
        table.save(Path(folder))
        return sum(path.stat().st_size for path in Path(folder).iterdir())


def _time_lookups(count: int, lookups: int = 200) -> float:
    """Milliseconds to look a signature up among so many made up at random, in a memory-mapped table."""
    rng = np.random.default_rng(_SEED)
    signatures = rng.integers(0, 2**32, (count, PERMUTATIONS), dtype=np.uint32)
    bands, documents = sorted_bands(band_hashes(signatures), np.arange(count, dtype=np.int32))
    keys = np.arange(1, count + 1, dtype=np.uint64)
    with TemporaryDirectory() as folder:
        CopyTable(keys, signatures, bands, documents, np.zeros((0, 2), dtype=np.uint64)).save(Path(folder))
        table = CopyTable.load(Path(folder))
        wanted = signatures[rng.integers(0, count, lookups)]
        started = time.perf_counter()
        for values in wanted:
            table.candidates(values, band_hashes(values[None, :])[:, 0], LEAST_ESTIMATE)
        return 1000 * (time.perf_counter() - started) / lookups


@click.command("copies")
@click.option("--out", type=click.Path(path_type=Path), help="The JSON to write.")
def main(out: Path | None) -> None:
    """Measure the recognition of copies on made-up variants."""
    figures = measure_copies()
    header = ["variant", "copies", "pairs", "found to be copies"]
    rows = [
        [one.name, "yes" if one.copies else "no", str(one.pairs), str(one.found)]
        for one in (
            *figures.variants,
            VariantFigures("different reports", False, figures.unlike_pairs, figures.unlike_found),
        )
    ]
    click.echo(f"{text_table(header, rows)}\n")
    click.echo(f"precision {figures.precision:.3f}, recall {figures.recall:.3f}, {figures.reports} reports")
    click.echo(
        f"outline and signature {figures.outline_ms:.2f} ms a report, finding {figures.find_ms:.2f} ms, "
        f"{figures.bytes_per_report:.0f} bytes; a look-up among {figures.lookup_reports:,} takes "
        f"{figures.lookup_ms:.2f} ms"
    )
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(dataclasses.asdict(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
