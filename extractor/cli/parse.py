"""gazette parse: one issue in, JSON or a readable form out."""

from __future__ import annotations

from pathlib import Path

import click

import extractor
from extractor.cli.arguments import FileName, OneFile
from extractor.cli.output import color_wanted, columns, read_input, refuse_same, write_json, write_text

_FORMATS = ("json", "table", "markdown", "displacy")

_DEADLINE_COLOR = "#ffd3b0"


@click.command("parse", cls=OneFile)
@click.argument("file", metavar="FILE|-", type=FileName())
@click.option("-o", "--output", metavar="FILE", type=FileName(), help="Write to FILE, whole or not at all.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="json", show_default=True, help="What to write.")
@click.option(
    "--all", "every", is_flag=True, help="Show measures without bodies, numbers and dates too (table, markdown)."
)
@click.option("--series", metavar="FILE.toml", type=FileName(), help="Profile of the gazette series, see above.")
@click.option("--bodies", metavar="FILE.toml", type=FileName(), help="More bodies, see gazette bodies --help.")
@click.option("--places", is_flag=True, help="Write where the text stands in the source too (JSON).")
def command(
    file: Path, output: Path | None, form: str, every: bool, series: Path | None, bodies: Path | None, places: bool
) -> None:
    """Parse one gazette issue and write what was found.

    FILE is a gazette issue or a single document: text, HTML, DOCX or PDF; - reads stdin. One file at a time.

    \b
    Examples:
      gazette parse issue.txt -o issue.json
      gazette parse issue.txt --format table
      gazette parse issue.txt --format displacy -o issue.html
      gazette parse issue.pdf --places -o issue.json
      cat issue.txt | gazette parse - --format markdown -o issue.md
      COLUMNS=80 gazette parse issue.txt --format table | less

    A table is as wide as the terminal; elsewhere as COLUMNS says, or 120. Where its columns do not fit it is a list.

    What looks wrong in the source (原文疑误) stands at the end of table and Markdown, with its meaning in Chinese; in
    the JSON it is under "diagnostics", with a message in English. DIAGNOSTICS.md lists all codes.

    \b
    A series profile is a TOML file; only name must be there:
      name = "云溪政报"               # of the series, as it is to be returned
      aliases = ["云溪公报"]          # other names under which issues call themselves
      publisher = "云溪市人民政府"    # where the issue does not say
      jurisdiction = "320205"         # GB/T 2260 code of the place
      sections = ["文件选登"]         # section headings (栏目) beyond the usual ones
    """
    refuse_same(file, output)
    data, name = read_input(file)
    issue = extractor.parse(data, name=name, series=series, bodies=bodies, places=places)
    if form == "json":
        write_json(extractor.to_json(issue), output)
    elif form == "markdown":
        from extractor.exports import markdown

        write_text(markdown.render(issue, every=every), output)
    elif form == "displacy":
        from extractor.components import display
        from extractor.exports.marked_pdf import COLORS, COMMITMENT, MILESTONE, ROLES

        shown: dict[str, tuple[str, str]] = {kind: (words, COLORS[words]) for kind, words in ROLES.items()}
        shown |= {"commitment": (COMMITMENT, COLORS[COMMITMENT]), "milestone": (MILESTONE, COLORS[MILESTONE])}
        write_text(display.render(issue, {**shown, "deadline": ("时限", _DEADLINE_COLOR)}), output)
    else:
        from extractor.cli import table

        lines = table.render(issue, width=columns(output), color=color_wanted(output), every=every)
        write_text(lines, output)
