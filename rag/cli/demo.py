"""``mustanad demo``: the sample reports, indexed and asked."""

from importlib.resources import as_file, files
from pathlib import Path

import click

import rag
from index.store.layout import Layout
from rag.cli.bars import Bars
from rag.cli.options import engine_option
from rag.cli.printing import print_answer
from rag.reports import Reports

QUESTIONS = (
    "من نفذ هجوم سوق ناردوم؟",
    "Who blew up the Rasvina railway bridge?",
    "Who assassinated Judge Samira Halvuni?",
)


@click.command(epilog="Example: mustanad demo --index /tmp/demo")
@click.option(
    "--index", "root", type=click.Path(path_type=Path, file_okay=False), default="demo-index", show_default=True,
    help="Folder of the demonstration's index.",
)  # fmt: skip
@engine_option
def demo(root: Path, engine: str | None) -> None:
    """Index the sample reports that come with Mustanad and ask three questions of them.

    All reports are invented. One question is in Arabic, one in English, and one has no answer.
    """
    bars = Bars()
    samples = files("rag") / "samples" / "reports"
    with _open_or_create(root, engine) as reports:
        with as_file(samples) as folder:
            result = reports.add(folder, progress=bars)
        bars.close()
        contents = reports.contents
        click.echo(
            f"{contents.documents} invented sample reports in {len(contents.langs)} languages "
            f"({len(result.added)} added, {len(result.skipped)} there already), {contents.passages} passages"
        )
        for question in QUESTIONS:
            click.secho(f"\n❯ {question}", fg="cyan", bold=True)
            print_answer(reports.ask(question))
    click.echo(f'\nAsk your own:   mustanad ask "…" --index {root}')
    click.echo(f"Open the page:  mustanad serve --index {root}   (or: make serve)")


def _open_or_create(root: Path, engine: str | None) -> Reports:
    return rag.open(root, engine=engine) if Layout(root).manifest.exists() else rag.create(root, engine=engine)
