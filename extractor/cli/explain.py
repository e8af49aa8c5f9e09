"""gazette explain: which rule on which characters made a value."""

from __future__ import annotations

from pathlib import Path

import click

import extractor
from extractor.cli.arguments import FileName
from extractor.cli.output import line_note, read_issue, refuse_same, write_json, write_text
from extractor.model import Explanation, Step


@click.command("explain")
@click.argument("file", metavar="FILE|-", type=FileName())
@click.argument("name", metavar="ID")
@click.option("-o", "--output", metavar="FILE", type=FileName(), help="Write to FILE, whole or not at all.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--series", metavar="FILE.toml", type=FileName(), help="Profile of the gazette series.")
@click.option("--bodies", metavar="FILE.toml", type=FileName(), help="More bodies, see gazette bodies --help.")
def command(file: Path, name: str, output: Path | None, form: str, **known: Path | None) -> None:
    """Say step by step which rule on which characters made a value.

    FILE is an issue, or the JSON that gazette parse wrote of it. ID is that of the JSON: a commitment (d2/c11), a
    milestone (d2/t3), a measure (d2/m4), a clause (d2/三/(一)/3); .r1 is the first responsibility of a measure and .u1
    its first unit (d2/m4.r1.u1); a field of a document has its name (d2.date, d2.title, d2.doc_number), and d2 is the
    document itself. Lines are those of the source; where FILE is a JSON without places, those of its text.

    \b
    Examples:
      gazette explain issue.txt d2/c11
      gazette explain issue.json d2/m4.r1.u1 --format json
      gazette explain issue.pdf d1.date

    Exit code 0, or 2 where there is no such value or the input cannot be read.
    """
    refuse_same(file, output)
    issue = read_issue(file, **known)
    told = extractor.explain(issue, name)
    if form == "json":
        write_json(extractor.to_json(told), output)
    else:
        write_text(_render(told) + line_note([issue]), output)


def _render(told: Explanation) -> str:
    return "\n".join([told.id, *(_line(number, step) for number, step in enumerate(told.steps, 1))]) + "\n"


def _line(number: int, step: Step) -> str:
    rule = f"规则 {step.name}：" if step.is_rule else ""
    page = f"第{step.page}页" if step.page is not None else ""
    place = f"  〔{page}第{step.line}行「{step.quote}」〕" if step.span is not None else ""
    return f"  {number}. {rule}{step.zh}{place}"
