"""``mustanad eval``: the group of commands; measuring is what it does unless another is named."""

from typing import Any

import click

_OTHERS = ("compare", "peers", "reader", "answers")


class _MeasuresByDefault(click.Group):
    """``mustanad eval DATASET`` is ``mustanad eval run DATASET``; commands are imported when they are called."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in self.list_commands(ctx):
            args = ["run", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["run", *_OTHERS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        try:
            from eval.commands import answers, compare, peers, reader, run
        except ModuleNotFoundError as error:
            message = f"measuring needs {error.name}: pip install 'mustanad[eval]'"
            raise click.ClickException(message) from error
        commands: dict[str, Any] = {
            "run": run.run_command,
            "compare": compare.compare_command,
            "peers": peers.peers_command,
            "reader": reader.reader_command,
            "answers": answers.answers_command,
        }
        return commands.get(cmd_name)


@click.command("eval", cls=_MeasuresByDefault)
def evaluate() -> None:
    """Measure how well reports are found, answers read and sources cited."""
