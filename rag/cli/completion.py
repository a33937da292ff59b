"""``mustanad completion``: the script that completes the command in a shell."""

import click
from click.shell_completion import get_completion_class


@click.command(epilog='Example: eval "$(mustanad completion bash)"  (in ~/.bashrc)')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"click has no completion for {shell}")
    click.echo(kind(ctx.find_root().command, {}, "mustanad", "_MUSTANAD_COMPLETE").source())
