"""gazette mark: a PDF in, a copy with highlights and notes out."""

from __future__ import annotations

from pathlib import Path

import click

import extractor
from extractor.cli.arguments import FileName, OneFile
from extractor.cli.output import read_input, refuse_same, write_bytes


@click.command("mark", cls=OneFile)
@click.argument("file", metavar="FILE.pdf|-", type=FileName())
@click.option(
    "-o",
    "--output",
    metavar="MARKED.pdf",
    required=True,
    type=FileName(),
    help="Write to this file, whole or not at all; - is standard output.",
)
@click.option("--series", metavar="FILE.toml", type=FileName(), help="Profile of the gazette series.")
@click.option("--bodies", metavar="FILE.toml", type=FileName(), help="More bodies, see gazette bodies --help.")
def command(file: Path, output: Path, **known: Path | None) -> None:
    """Highlight in a copy of a PDF what was found in it, each mark with a note.

    Marked are measures, the bodies that answer for them (a colour for each role), numeric commitments and milestones.
    The marks are annotations, which any viewer shows and can hide; the pages themselves stay as they are.

    \b
    Examples:
      gazette mark issue.pdf -o marked.pdf
    """
    refuse_same(file, output)
    data, name = read_input(file)
    write_bytes(extractor.mark(data, name=name, **known), output)
