"""gazette schema: the promise to other programs."""

from __future__ import annotations

from pathlib import Path

import click

from extractor import schema
from extractor.cli.arguments import FileName
from extractor.cli.output import write_text


@click.command("schema")
@click.option("-o", "--output", metavar="FILE", type=FileName(), help="Write to FILE.")
def command(output: Path | None) -> None:
    """Print the JSON Schema (2020-12) of the output.

    \b
    Example:
      gazette schema -o issue.schema.json
    """
    write_text(schema.schema_text(), output)
