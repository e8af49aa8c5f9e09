"""gazette validate: is this the JSON of a parsed issue, and do its spans hold."""

from __future__ import annotations

from pathlib import Path

import click

from extractor import schema
from extractor.cli.arguments import FileName, OneFile
from extractor.cli.output import MAX_JSON_BYTES, read_input
from extractor.errors import SchemaError

_SHOWN = 20
"""Breaches that are printed; the rest is counted."""


@click.command("validate", cls=OneFile)
@click.argument("file", metavar="FILE|-", type=FileName())
def command(file: Path) -> None:
    """Check the JSON of a parsed issue against the schema and its spans against its text.

    Prints one line a breach on stderr; exit code 0 where there is none, 1 where there are some.

    \b
    Examples:
      gazette validate issue.json
      gazette parse issue.txt | gazette validate -
    """
    data, name = read_input(file, limit=MAX_JSON_BYTES)
    name = " ".join(name.splitlines())
    try:
        breaches = schema.breaches(data)
    except SchemaError as error:
        raise SchemaError(f"{name}: {error}") from error
    for breach in breaches[:_SHOWN]:
        click.echo(f"{name}: {' '.join(breach.splitlines())}", err=True)
    if len(breaches) > _SHOWN:
        click.echo(f"{name}: and {len(breaches) - _SHOWN} more", err=True)
    if breaches:
        raise SystemExit(1)
    click.echo(f"{name}: valid", err=True)
