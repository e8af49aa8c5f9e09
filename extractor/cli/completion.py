"""gazette completion: the completion script of a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of SHELL.

    \b
    Examples:
      eval "$(gazette completion bash)"
      gazette completion fish > ~/.config/fish/completions/gazette.fish
    """
    from extractor.cli import main
    from extractor.cli.output import write_text

    kind = get_completion_class(shell)
    if kind is not None:
        write_text(kind(main, {}, "gazette", "_GAZETTE_COMPLETE").source() + "\n", None)
