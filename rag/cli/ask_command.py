"""``mustanad ask``: answer a question."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from tqdm import tqdm

import rag
from index.search import SearchSettings
from rag.cli.llm_options import llm_options
from rag.cli.options import (
    FilterOptions,
    engine_option,
    filter_options,
    index_option,
    json_option,
    question_or_questions,
    read_questions,
    rerank_option,
    settings_options,
)
from rag.cli.printing import print_answer
from rag.cli.written import print_written, writing
from rag.conversation import Conversation
from rag.filters import make_filters
from rag.packs import PackedTurn, make_pack, save_pack
from rag.packs.saving import pack_writer
from rag.reports import Reports
from rag.serialise import answer_to_json

if TYPE_CHECKING:
    from rag.llm import Writer


@click.command(epilog='Example: mustanad ask "Who carried out the attack?" --source Reuters --json')
@click.argument("question", required=False)
@index_option
@engine_option
@filter_options
@settings_options
@rerank_option
@llm_options
@click.option(
    "--questions", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Many questions: a BEIR queries.jsonl (_id, text).",
)  # fmt: skip
@click.option(
    "--after", "before", multiple=True, metavar="QUESTION",
    help="A question asked before, which QUESTION may follow on; repeatable, oldest first.",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="With --questions: the JSON lines to write.")
@click.option(
    "--pack", type=click.Path(path_type=Path, dir_okay=False),
    help="Also write an evidence pack: .json, .html or .md by its ending; see mustanad replay.",
)  # fmt: skip
@json_option
def ask(
    question: str | None,
    root: Path,
    engine: str | None,
    filters: FilterOptions,
    settings: SearchSettings,
    rerank: bool,
    writer: "Writer | None",
    questions: Path | None,
    before: tuple[str, ...],
    out: Path | None,
    pack: Path | None,
    as_json: bool,
) -> None:
    """Answer QUESTION in the reports' own words, or say that they hold no evidence."""
    question_or_questions(question, questions, out, "--out")
    if before and questions is not None:
        raise click.UsageError("--after goes with one question, not with --questions FILE")
    if pack is not None:
        if questions is not None:
            raise click.UsageError("--pack goes with one question, not with --questions FILE")
        pack_writer(pack)  # an ending that cannot be written is told before the question is asked
    for earlier in before:
        question_or_questions(earlier, None, None, "--out")
    with rag.open(root, settings=settings, engine=engine, rerank=rerank) as reports:
        if questions is not None and out is not None:
            _write_answers(reports, questions, out, filters, writer)
            return
        conversation = Conversation(reports, writer, writing(reports, writer))
        for earlier in before:
            conversation.remember(earlier)
        answer = conversation.ask(question or "", **filters)
        made = make_pack(reports, [PackedTurn(answer, make_filters(**filters))]) if pack is not None else None
    try:
        if as_json:
            click.echo(json.dumps(answer_to_json(answer), ensure_ascii=False))
        else:
            if writer is not None:
                print_written(answer, writer.destination)
            print_answer(answer)
    finally:  # an answer that cannot be saved is shown, one that nobody reads to the end (head) is saved all the same
        if pack is not None and made is not None:
            save_pack(made, pack)


def _write_answers(
    reports: Reports, questions: Path, out: Path, filters: FilterOptions, writer: "Writer | None"
) -> None:
    """Write one answer a line, in the order of the questions; each is in the file as soon as it is there."""
    queries = read_questions(questions)
    write = writing(reports, writer)
    abstained = 0
    with out.open("w", encoding="utf-8") as file:
        for query in tqdm(queries, desc="asking", unit=" questions", disable=None, delay=1):
            answer = reports.ask(query.text, **filters)
            if write is not None:
                answer = write(answer)
            abstained += answer.abstained
            file.write(json.dumps({"_id": query.query_id, **answer_to_json(answer)}, ensure_ascii=False) + "\n")
            file.flush()
    click.echo(f"{len(queries)} questions, {len(queries) - abstained} answered, {abstained} abstained, in {out}")
