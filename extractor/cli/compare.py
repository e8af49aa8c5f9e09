"""gazette compare: which measures of an upper text a lower one takes up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

import extractor
from extractor import workspace
from extractor.cli.arguments import FileName
from extractor.cli.output import read_issue, refuse_same, write_json, write_text


@click.command("compare")
@click.argument("upper")
@click.argument("lower")
@click.option("-o", "--output", metavar="FILE", type=FileName(), help="Write to FILE, whole or not at all.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("terminal", "json", "markdown")),
    default="terminal",
    show_default=True,
)
@click.option(
    "--fail-on",
    type=click.Choice(("missing",)),
    help="Exit with 1 where something of the upper text is missing below.",
)
@click.option("--series", metavar="FILE.toml", type=FileName(), help="Profile of the gazette series.")
def command(upper: str, lower: str, output: Path | None, form: str, fail_on: str | None, series: Path | None) -> None:
    """Say which measures of an upper text (省) a lower one (市、区) takes up, and where.

    UPPER and LOWER are files, or documents in them: FILE#d2, FILE#文号 or FILE#title, with what that document carries.
    A file may be an issue in any format that gazette parse reads, or the JSON that it wrote. Each measure of the upper
    text comes with those of the lower one that take it up, how much they are alike, and numbers, deadlines and bodies
    side by side; then what is missing below, and what is local. Likeness of words is an estimate: read what it tells.

    \b
    Examples:
      gazette compare province.txt city.txt
      gazette compare issue.pdf#d3 city.docx --format markdown -o cascade.md
      gazette compare province.txt city.txt --fail-on missing

    Exit codes: 0 done, 1 something is missing and --fail-on asks for it, 2 trouble.
    """
    for name in (upper, lower):
        refuse_same(workspace.parted(name)[0], output)
    read: Callable[[Path], extractor.Issue] = lambda file: read_issue(file, series)  # noqa: E731
    one, other = workspace.select(upper, read), workspace.select(lower, read)
    found = extractor.compare(one.issue, other.issue, upper_ids=one.document_ids, lower_ids=other.document_ids)
    if form == "json":
        write_json(extractor.to_json(found), output)
    else:
        from extractor.exports import cascade_text

        write_text(cascade_text.markdown(found) if form == "markdown" else cascade_text.plain(found), output)
    if fail_on and found.missing:
        raise SystemExit(1)
