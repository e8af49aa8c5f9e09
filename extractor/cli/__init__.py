"""The command line: commands only translate arguments into one library call."""

from __future__ import annotations

import sys
from pathlib import Path

import click

import extractor


@click.group()
@click.version_option(extractor.__version__)
def main() -> None:
    """Turn gazettes (政报、公报) into documents, duties and numeric commitments."""


@main.command()
@click.argument("file")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of stdout."
)
def parse(file: str, output: Path | None) -> None:
    """Parse one issue and print its JSON."""
    data = sys.stdin.buffer.read() if file == "-" else file
    try:
        result = extractor.to_json(extractor.parse(data))
    except extractor.GazetteError as error:
        click.echo(f"gazette: {error}", err=True)
        sys.exit(2)
    if output is None:
        sys.stdout.buffer.write(result + b"\n")
    else:
        output.write_bytes(result + b"\n")
