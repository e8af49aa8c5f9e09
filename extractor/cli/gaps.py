"""gazette gaps: what the measures of issues leave open, and where they contradict themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

import extractor
from extractor.cli.arguments import FileName
from extractor.cli.output import line_note, read_issue, refuse_same, write_json, write_text
from extractor.model import Gap, GapKind

_KINDS: dict[GapKind, str] = {
    "no-lead": "无牵头单位",
    "no-deadline": "无时限",
    "no-target": "无量化目标",
    "two-values": "同一指标两个数值",
    "past-deadline": "时限已过",
    "stale-body": "机构已更名",
}


@click.command("gaps")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=FileName())
@click.option("-o", "--output", metavar="FILE", type=FileName(), help="Write to FILE, whole or not at all.")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option("--kind", "kinds", type=click.Choice(tuple(_KINDS)), multiple=True, help="Only this; may be repeated.")
@click.option(
    "--as-of",
    metavar="DATE",
    help="Day (2031-05-01), month or year that terms and names are held against. Without it no term counts as passed, "
    "and a body is held against the date of its document; the clock is never asked.",
)
@click.option("--series", metavar="FILE.toml", type=FileName(), help="Profile of the gazette series.")
@click.option("--bodies", metavar="FILE.toml", type=FileName(), help="More bodies, see gazette bodies --help.")
def command(
    files: tuple[Path, ...],
    output: Path | None,
    form: str,
    kinds: tuple[str, ...],
    as_of: str | None,
    **known: Path | None,
) -> None:
    """List what is missing or does not agree in one or more issues.

    FILE is an issue, or the JSON that gazette parse wrote of it. Listed are measures without a lead (no-lead), without
    a date (no-deadline) and without a number (no-target); an indicator to which one document, issuer or place gives
    two values with the same scope and term (two-values: shares, rates and amounts; counts add up); terms that have
    passed (past-deadline, with --as-of only); and bodies that no longer bear their name (stale-body).

    \b
    Examples:
      gazette gaps issue.txt --kind no-lead
      gazette gaps plan.txt notice.txt --kind two-values
      gazette gaps issue.json --as-of 2031-05-01 --kind past-deadline --format json

    What is given twice is read once. Exit code 1 where something is listed, 0 where nothing is, 2 for a wrong call or
    an input that cannot be read.
    """
    for file in files:
        refuse_same(file, output)
    issues = list({issue.source.sha256: issue for issue in (read_issue(file, **known) for file in files)}.values())
    found = tuple(gap for gap in extractor.gaps(issues, as_of=as_of) if not kinds or gap.kind in kinds)
    if form == "json":
        write_json(extractor.to_json(found), output)
    else:
        write_text(_render(found) + (line_note(issues) if found else ""), output)
    if found:
        raise SystemExit(1)


def _render(found: tuple[Gap, ...]) -> str:
    count = Counter(_KINDS[gap.kind] for gap in found)
    said = ["、".join(f"{name} {number}" for name, number in count.most_common()) or "未发现缺项或矛盾"]
    for gap in found:
        places = [place for place in (gap.place, gap.other) if place is not None]
        where = "；".join(f"{place.source} 第{place.line}行 {place.id} {place.text}" for place in places)
        said.append(f"  {_KINDS[gap.kind]}  {where}{f'（{gap.zh}）' if gap.zh else ''}")
    return "\n".join(said) + "\n"
