"""What a language model wrote, as a person reads it in a terminal."""

import click

from rag.cli.printing import one_line
from rag.types import Answer


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
