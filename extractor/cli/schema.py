"""gazette schema: the promise to other programs."""

from __future__ import annotations

from pathlib import Path

import click

from extractor import schema
from extractor.cli.arguments import FileName
from extractor.cli.output import write_text


@click.command("schema")
@click.argument("name", type=click.Choice(tuple(schema.SCHEMAS)), default="issue")
@click.option("-o", "--output", metavar="FILE", type=FileName(), help="Write to FILE.")
def command(name: str, output: Path | None) -> None:
    """Print the JSON Schema (2020-12) of a parsed issue, or of what gazette diff, compare or amend finds.

    \b
    Examples:
      gazette schema -o issue.schema.json
      gazette schema diff
    """
    write_text(schema.schema_text(name), output)
