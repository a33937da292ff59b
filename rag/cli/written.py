"""What a language model wrote, as a person reads it in a terminal."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from rag.cli.printing import one_line
from rag.reports import Reports
from rag.types import Answer

if TYPE_CHECKING:
    from rag.llm import Writer


def print_written(answer: Answer, destination: str) -> None:
    """Print the sentences that the reports support, then apart those that they do not, and where text was sent.

    Args:
        answer: What ``write_answer`` gave.
        destination: Where the question and the passages went.
    """
    for sentence in answer.sentences:
        if sentence.supported:
            numbers = "".join(f"[{number}]" for number in sentence.citations)
            click.secho(f"{one_line(sentence.text)} {numbers}", bold=True)
    left_out = [sentence for sentence in answer.sentences if not sentence.supported]
    if left_out:
        click.echo("Not supported by the passages, no part of the answer:")
    for sentence in left_out:
        click.echo(f"   {one_line(sentence.text)} ({one_line(sentence.reason or '')})")
    click.echo(f"The question and the passages were sent to {one_line(destination)}\n")


def writing(reports: Reports, writer: "Writer | None") -> Callable[[Answer], Answer] | None:
    """What makes a written answer of an answer in the reports' words; None without a language model."""
    if writer is None:
        return None
    from rag.llm import write_answer  # an answer in the reports' own words does not wait for it

    return lambda answer: write_answer(answer, writer, reports.sentence_reader)
