"""The command line: a lazy group, one file a command; commands only translate arguments into one library call."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

import click

from extractor import GazetteError, __version__

_COMMANDS = {
    "parse": "Parse one issue and print its JSON, or a table.",
    "mark": "Highlight in a copy of a PDF what was found in it.",
    "coverage": "List the numbers, dates and bodies that are in no result, and why.",
    "gaps": "List what measures leave open, and where they contradict themselves.",
    "explain": "Say which rule on which characters made a value.",
    "diff": "Say what changed between two versions of a text.",
    "compare": "Say which measures of an upper text a lower one takes up.",
    "amend": "Carry out a decision in the text that it amends.",
    "bodies": "Search the registry of bodies.",
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

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the options of the group itself, and print its help or version."""
        with boundary():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what goes wrong becomes one line on stderr and an exit code."""
        with boundary():
            return super().invoke(ctx)


INTERRUPTED = 130
"""Exit code after Ctrl-C, as the shell counts it: 128 and the number of the signal."""
CLOSED_PIPE = 141
"""Exit code when the reader of the output went away (``| head -1``), quietly, as of any other program."""

_NO_ARGUMENTS: Any = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""click 8.2 and later raise this for a bare ``gazette``, whose answer is the whole help."""


@contextmanager
def boundary() -> Iterator[None]:
    """The one place where errors become a line for a person and an exit code; what is not named here is a bug."""
    try:
        yield
    except GazetteError as error:
        fail(str(error))
    except click.UsageError as error:
        if isinstance(error, _NO_ARGUMENTS):
            raise
        path = error.ctx.command_path if error.ctx is not None else "gazette"
        fail(f"{error.format_message().rstrip('.')}; see {path} --help")
    except click.ClickException as error:
        fail(error.format_message())
    except KeyboardInterrupt:
        fail("interrupted", INTERRUPTED)
    except BrokenPipeError:
        _drop_output()
        raise SystemExit(CLOSED_PIPE) from None
    except OSError as error:
        _drop_output()
        where = f"{error.filename}: " if error.filename else "output: "
        fail(f"{where}{error.strerror or error}")
    except RecursionError:
        fail("the input is nested too deeply")
    except MemoryError:
        fail("not enough memory; split the file into issues")


def fail(message: str, code: int = 2) -> NoReturn:
    """Say in one line on stderr what is wrong, and end."""
    with suppress(OSError):  # nobody is left to be told
        click.echo(f"gazette: {' '.join(message.split())}", err=True)
    raise SystemExit(code)


def _drop_output() -> None:
    """What still waits for a full disk or a closed pipe is given up, else Python complains of it at its end."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="gazette-extractor %(version)s")
def main() -> None:
    """Turn Chinese government gazettes (政报、公报) into documents, duties and numeric commitments.

    \b
    Examples:
      gazette parse issue.txt -o issue.json
      gazette parse issue.txt --format table
      gazette mark issue.pdf -o marked.pdf
      gazette validate issue.json

    Exit codes: 0 done, 1 the checked thing is not right, 2 the input or the call cannot be used, 130 interrupted,
    141 the reader of the output went away.
    """
