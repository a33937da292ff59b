"""``python -m eval.bench``: measure, write the README's tables, fail where quality fell."""

import dataclasses
from pathlib import Path

import click

from eval.bench.dense import dense_table, measure_recall, recall_report
from eval.bench.embedding import EmbeddingFigures, measure_embedding
from eval.bench.guard import fallen, read_baseline, write_baseline
from eval.bench.lexical import LexicalFigures, measure_lexical
from eval.bench.quality import measure_quality
from eval.commands.output import measures_table
from eval.peers import peers_table
from eval.reporting import markdown_table, replace_block, text_table
from eval.results import save_results
from rag.cli.bars import Bars
from rag.cli.main import in_one_line

KEYS = (
    "RR@10", "nDCG@10", "R@10", "passages RR@10", "F1", "holds", "abstention AUROC", "abstention AUROC-without",
    "abstention coverage", "abstention false-answers", "attribution stance-F1", "citations verbatim",
    "citations precision",
)  # fmt: skip

LEAST_COSINE = 0.99


@click.command("bench")
@click.option("--update", is_flag=True, help="Make what is measured the baseline.")
@click.option("--readme", type=click.Path(path_type=Path), default="README.md", show_default=True,
              help="Where the tables are written.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), default="results/bench.json", show_default=True)
def bench(update: bool, readme: Path, out: Path) -> None:
    """Measure what needs no data but the project's own, and compare it with the baseline."""
    in_one_line(lambda: _bench(update, readme, out))


def _bench(update: bool, readme: Path, out: Path) -> None:
    lexical = lexical_table(measure_lexical())
    embedding = measure_embedding()
    bars = Bars()
    try:
        results, peers = measure_quality(bars)
        vectors = measure_recall(bars)
    finally:
        bars.close()
    save_results(results, out)
    tables = {
        "lexical": lexical,
        "embedding": embedding_table(embedding),
        "vectors": dense_table(vectors),
        "quality": measures_table(results, KEYS),
        "bench-peers": peers_table(peers),
    }
    for name, table in tables.items():
        click.echo(f"{text_table(*table)}\n")
        replace_block(readme, name, markdown_table(*table))
    results = dataclasses.replace(results, reports=(*results.reports, recall_report(vectors)))
    if update:
        click.echo(f"the baseline is now {write_baseline(results)}")
        return
    falls = [str(fall) for fall in fallen(results, read_baseline())]
    if embedding.cosine < LEAST_COSINE:
        falls.append(f"embedding engines, smallest cosine: {embedding.cosine:.4f}; it must be {LEAST_COSINE}")
    for fall in falls:
        click.echo(f"worse: {fall}", err=True)
    if falls:
        raise click.ClickException(
            f"{len(falls)} figures fell below the baseline's interval; mend it, or accept it with --update and say why"
        )
    click.echo("no figure fell below the baseline's interval")


def lexical_table(figures: LexicalFigures) -> tuple[list[str], list[list[str]]]:
    """Header and row of the two engines' times."""
    header = ["passages", *(f"{name}, ms a query" for name in figures.milliseconds), "ratio", "same top 10"]
    times = [f"{milliseconds:.2f}" for milliseconds in figures.milliseconds.values()]
    agree = f"{figures.same_top_ten} of {figures.queries}"
    return header, [[f"{figures.passages:,}", *times, f"{figures.ratio:.0f}", agree]]


def embedding_table(figures: EmbeddingFigures) -> tuple[list[str], list[list[str]]]:
    """Header and row of the two embedding engines."""
    header = [
        "passages",
        *(f"{name}, passages/s" for name in figures.per_second),
        "ratio",
        *(f"{name}, ms a question" for name in figures.query_ms),
        "smallest cosine",
    ]
    speeds = [f"{speed:.1f}" for speed in figures.per_second.values()]
    times = [f"{milliseconds:.1f}" for milliseconds in figures.query_ms.values()]
    return header, [[str(figures.passages), *speeds, f"{figures.ratio:.1f}", *times, f"{figures.cosine:.4f}"]]


if __name__ == "__main__":
    bench()
