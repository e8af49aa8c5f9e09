"""What commands take: one file, given by its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click


class FileName(click.Path):
    """A file name; whether the file can be opened is said by the library, in words that help."""

    def __init__(self) -> None:
        super().__init__(readable=False, allow_dash=True, path_type=Path)

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse the empty name, which pathlib takes for the folder that one is in."""
        if not os.fspath(value):
            self.fail("the file name is empty; give one", param, ctx)
        return super().convert(value, param, ctx)


class OneFile(click.Command):
    """A command on one file, which says so to whoever gives several."""

    allow_extra_args = True  # to name them in our own words

    def invoke(self, ctx: click.Context) -> Any:
        """Refuse more than one file, then run."""
        if ctx.args:
            raise click.UsageError(
                f"one file at a time, and {ctx.args[0]} is one more; run {ctx.command_path} once for each file", ctx
            )
        return super().invoke(ctx)
