"""gazette amend: what a text becomes by a decision that amends it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

import extractor
from extractor import workspace
from extractor.cli.arguments import FileName
from extractor.cli.output import read_issue, refuse_same, write_json, write_text


@click.command("amend")
@click.argument("base")
@click.argument("decision")
@click.option("--against", metavar="CONSOLIDATED", help="Compare the text that comes out with this one.")
@click.option("-o", "--output", metavar="FILE", type=FileName(), help="Write to FILE, whole or not at all.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("terminal", "json", "text")),
    default="terminal",
    show_default=True,
    help="A report, everything, or the amended text with the report on standard error.",
)
@click.option("--series", metavar="FILE.toml", type=FileName(), help="Profile of the gazette series.")
def command(base: str, decision: str, against: str | None, output: Path | None, form: str, series: Path | None) -> None:
    """Carry out a decision in the text that it amends.

    BASE is a text of articles (第X条), DECISION says what is changed in it (第九条修改为…, 增加一条…, 删去第七条).
    Each is a file or a document in one: FILE#d2, FILE#文号 or FILE#title. What cannot be carried out is listed with its
    reason, never guessed. With --against the text that comes out is compared with a consolidated one.

    \b
    Examples:
      gazette amend 2015.txt decision.html
      gazette amend 2015.txt decision.html --format text -o 2020.txt
      gazette amend 2015.txt decision.html#d1 --against decision.html#d2

    Exit codes: 0 all was carried out, and is as the consolidated text has it, 1 something was not or is not, 2 trouble.
    """
    from extractor.exports import amended_text

    names = [base, decision, *([against] if against is not None else [])]
    for name in names:
        refuse_same(workspace.parted(name)[0], output)
    read: Callable[[Path], extractor.Issue] = lambda file: read_issue(file, series)  # noqa: E731
    chosen = [workspace.select(name, read) for name in names]
    other = chosen[2] if against is not None else None
    made = extractor.amend(
        chosen[0].issue,
        chosen[1].issue,
        base_ids=chosen[0].document_ids,
        decision_ids=chosen[1].document_ids,
        against=other.issue if other is not None else None,
        against_ids=other.document_ids if other is not None else (),
    )
    if form == "json":
        write_json(extractor.to_json(made), output)
    elif form == "text":
        write_text(made.text, output)
        if not made.holds:
            click.echo(amended_text.told(made), err=True, nl=False)
    else:
        write_text(amended_text.told(made), output)
    if not made.holds:
        raise SystemExit(1)
