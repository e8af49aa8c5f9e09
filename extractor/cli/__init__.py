"""The command line: a lazy group, one file a command; commands only translate arguments into one library call."""

from __future__ import annotations

import importlib
from typing import Any, NoReturn

import click

from extractor import GazetteError, __version__

_COMMANDS = {
    "parse": "Parse one issue and print its JSON, or a table.",
    "validate": "Check the JSON of a parsed issue.",
    "schema": "Print the JSON Schema of the output.",
    "completion": "Print the completion script of a shell.",
}
"""Name and one-line help of each command; its module is only imported when it runs."""


class LazyGroup(click.Group):
    """Imports a command only when it is called, so that ``--help`` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands in the order of use."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return the command."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"extractor.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a named error becomes one line on stderr and exit code 2."""
        try:
            return super().invoke(ctx)
        except GazetteError as error:
            fail(str(error))


def fail(message: str) -> NoReturn:
    """Say what is wrong on stderr and end with exit code 2."""
    click.echo(f"gazette: {message}", err=True)
    raise SystemExit(2)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="gazette-extractor %(version)s")
def main() -> None:
    """Turn Chinese government gazettes (政报、公报) into documents, duties and numeric commitments.

    \b
    Examples:
      gazette parse issue.txt -o issue.json
      gazette parse issue.txt --format table
      gazette validate issue.json

    Exit codes: 0 done, 1 the checked thing is not right, 2 the input or the call cannot be used.
    """
