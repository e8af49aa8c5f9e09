"""gazette parse: one issue in, JSON or a readable form out."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click

import extractor
from extractor.cli.output import is_stdout, read_input, refuse_same, write_json, write_text

_FORMATS = ("json", "table", "markdown")


@click.command("parse")
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to FILE, whole or not at all."
)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="json", show_default=True, help="What to write.")
@click.option("--series", metavar="FILE.toml", type=click.Path(path_type=Path), help="Profile of the gazette series.")
@click.option("--places", is_flag=True, help="Write where the text stands in the source too (JSON).")
def command(file: Path, output: Path | None, form: str, series: Path | None, places: bool) -> None:
    """Parse one gazette issue and write what was found.

    FILE is a gazette issue or a single document: text, HTML, DOCX or PDF; - reads stdin.

    \b
    Examples:
      gazette parse issue.txt -o issue.json
      gazette parse issue.txt --format table
      gazette parse issue.pdf --places -o issue.json
      cat issue.txt | gazette parse - --format markdown -o issue.md
    """
    refuse_same(file, output)
    data, name = read_input(file)
    issue = extractor.parse(data, name=name, series=series, places=places)
    if form == "json":
        write_json(extractor.to_json(issue), output)
    elif form == "markdown":
        from extractor.exports import markdown

        write_text(markdown.render(issue), output)
    else:
        from extractor.cli import table

        terminal = is_stdout(output) and sys.stdout is not None and sys.stdout.isatty()
        width = shutil.get_terminal_size((table.PLAIN_WIDTH, 24)).columns
        write_text(table.render(issue, width=width, color=terminal and _color_wanted()), output)


def _color_wanted() -> bool:
    """NO_COLOR set to anything but the empty string means no colour."""
    return not os.environ.get("NO_COLOR")
