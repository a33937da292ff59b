"""``mustanad eval answers``: ask questions and write what was answered to each, right and wrong alike."""

import json
import shlex
from collections import Counter
from pathlib import Path

import click

import rag
from eval.answers import Verdict, answers_page, judge, read_annotated
from eval.configuration import Configuration
from eval.datasets.identity import fingerprint
from eval.datasets.types import Dataset, DatasetError, FileCorpus
from eval.evaluating import evaluate
from eval.indexing import open_index
from eval.running.run import Plan
from index.search import SearchSettings
from rag.cli.bars import Bars
from rag.cli.options import json_option, settings_options


@click.command(
    "answers",
    epilog="Example: mustanad eval answers eval/questions/questions.jsonl --index archive --out docs/answers.md",
)
@click.argument("questions", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False),
                metavar="QUESTIONS...")  # fmt: skip
@click.option("--index", "root", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Ask this index; built from --reports where there is none.")  # fmt: skip
@click.option("--reports", "sources", multiple=True, type=click.Path(path_type=Path, exists=True),
              help="Files and folders of reports for an index that is to be built; repeatable.")  # fmt: skip
@settings_options
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default="docs/answers.md", show_default=True,
              help="The page.")  # fmt: skip
@json_option
def answers_command(
    questions: tuple[Path, ...],
    root: Path,
    sources: tuple[Path, ...],
    settings: SearchSettings,
    out: Path,
    as_json: bool,
) -> None:
    """Ask the questions of each file and write a page of the answers: gold, given, stance, confidence, right or wrong.

    QUESTIONS are queries.jsonl files with gold answers, or answerable: false.
    """
    asked = [one for path in questions for one in read_annotated(path)]
    ids = Counter(one.question.query_id for one in asked)
    twice = next((name for name, count in ids.items() if count > 1), None)
    if twice is not None:
        raise DatasetError(f"the id {twice} occurs twice in these files; give each question its own")
    corpus = FileCorpus(sources) if sources else None
    only = tuple(one.question for one in asked)
    dataset = Dataset("answers", only, corpus, fingerprint(only, corpus))
    bars = Bars()
    try:
        reports, notes = open_index(root, [dataset], Configuration(settings), bars)
        with reports:
            report = evaluate(reports, dataset, plan=Plan(search=False), progress=bars)
            engine = _engine(reports)
    except KeyboardInterrupt:
        raise click.ClickException("interrupted; start it again") from None
    finally:
        bars.close()
    judged = judge(asked, report.rows)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(answers_page(judged, _command(questions, sources, root, out), engine), encoding="utf-8")
    counts = {str(verdict): sum(one.verdict is verdict for one in judged) for verdict in Verdict}
    if as_json:
        verdicts = {one.asked.question.query_id: str(one.verdict) for one in judged}
        click.echo(json.dumps({"questions": len(judged), **counts, "verdicts": verdicts}, ensure_ascii=False))
        return
    for note in (*notes, *report.notes):
        click.echo(f"note: {note}", err=True)
    click.echo(f"{len(judged)} questions: {', '.join(f'{count} {name}' for name, count in counts.items())}")
    click.echo(f"written: {out}")


def _engine(reports: rag.Reports) -> str:
    manifest, contents = reports.manifest, reports.contents
    return (
        f"`{type(reports.reader).__name__}` on {contents.documents} reports ({contents.passages} passages), embedded "
        f"with {manifest.model.name}"
    )


def _command(questions: tuple[Path, ...], sources: tuple[Path, ...], root: Path, out: Path) -> str:
    """The command again, a line for each source."""
    lines = [["mustanad", "eval", "answers", *map(str, questions)]]
    lines += [["--reports", str(source)] for source in sources]
    lines.append(["--index", root.name, "--out", str(out)])
    return " \\\n    ".join(map(shlex.join, lines))
