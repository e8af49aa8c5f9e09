"""gazette coverage: what numbers, dates and bodies of an issue are in no result, and why."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from msgspec.structs import replace

import extractor
from extractor.audit.rules import reasons
from extractor.audit.where import Lines
from extractor.cli.arguments import FileName, OneFile
from extractor.cli.output import line_note, read_issue, refuse_same, write_json, write_text
from extractor.model import Coverage, Found, Issue

_KINDS = {"number": "数字", "date": "日期", "body": "机构"}
_UNKNOWN = "原因不明"
"""No rule saw why: to be read by a person."""


@click.command("coverage", cls=OneFile)
@click.argument("file", metavar="FILE|-", type=FileName())
@click.option("-o", "--output", metavar="FILE", type=FileName(), help="Write to FILE, whole or not at all.")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option("--kind", "kinds", type=click.Choice(tuple(_KINDS)), multiple=True, help="Only this; may be repeated.")
@click.option("--unknown", is_flag=True, help="List only what no rule gives a reason for.")
@click.option("--series", metavar="FILE.toml", type=FileName(), help="Profile of the gazette series.")
@click.option("--bodies", metavar="FILE.toml", type=FileName(), help="More bodies, see gazette bodies --help.")
def command(
    file: Path,
    output: Path | None,
    form: str,
    kinds: tuple[str, ...],
    unknown: bool,
    **known: Path | None,
) -> None:
    """List the numbers, dates and names of bodies of an issue that are in no result.

    FILE is an issue, or the JSON that gazette parse wrote of it. Every number with a unit, every date and every name of
    a body is either claimed by a result or listed here with its line and, where a rule saw one, the reason: a name, a
    condition, a fact of the past, something cited … What has no reason (原因不明) is what a person should read.

    \b
    Examples:
      gazette coverage issue.txt
      gazette coverage issue.txt --kind number --unknown
      gazette coverage issue.json --format json -o ledger.json

    JSON lists what is claimed too, with the id of the result. Exit code 0 whatever is found, 2 for a wrong call or an
    input that cannot be read.
    """
    refuse_same(file, output)
    issue = read_issue(file, **known)
    ledger = extractor.coverage(issue)
    wanted = tuple(each for each in ledger.found if not kinds or each.kind in kinds)
    if unknown:
        wanted = tuple(each for each in wanted if each.claimed_by is None and each.reason is None)
    ledger = replace(ledger, found=wanted)
    if form == "json":
        write_json(extractor.to_json(ledger), output)
    else:
        write_text(_render(issue, ledger, kinds or tuple(_KINDS)), output)


def _render(issue: Issue, ledger: Coverage, kinds: tuple[str, ...]) -> str:
    lines = Lines(issue)
    said = [ledger.source]
    for kind, name in _KINDS.items():
        if kind not in kinds:
            continue
        here = [each for each in ledger.found if each.kind == kind]
        why = Counter(_reason(each) for each in here if each.claimed_by is None)
        told = "，".join(f"{reason} {count}" for reason, count in why.most_common())
        claimed = sum(each.claimed_by is not None for each in here)
        said.append(f"{name}：共 {len(here)}，已入结果 {claimed}，未入 {why.total()}{f'（{told}）' if told else ''}")
    if ledger.unclaimed:
        said.append("\n未入结果：")
    for each in ledger.unclaimed:
        if each.span is not None:
            page = lines.page(each.span)
            place = f"第{lines.line(each.span)}行{f'（第{page}页）' if page else ''}"
            mark = f"{_reason(each)}{f' {each.rule}' if each.rule is not None else ''}"
            said.append(f"  {place} {_KINDS[each.kind]} {lines.context(each.span)}  {mark}")
    for kind, name in _KINDS.items():
        outside = Counter(each.text for each in ledger.unclaimed if each.kind == kind and each.span is None)
        listed = "、".join(f"「{text}」{f'×{count}' if count > 1 else ''}" for text, count in outside.items())
        said += [f"  正文之外 {name} {listed}  {reasons()['furniture']}"] if listed else []
    return "\n".join(said) + "\n" + line_note([issue])


def _reason(found: Found) -> str:
    return reasons()[found.reason] if found.reason is not None else _UNKNOWN
