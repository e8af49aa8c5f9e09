"""gazette diff: what changed between two versions of a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

import click

import extractor
from extractor import workspace
from extractor.cli.arguments import FileName
from extractor.cli.output import (
    color_wanted,
    columns,
    is_terminal,
    read_issue,
    refuse_same,
    write_bytes,
    write_json,
    write_text,
)
from extractor.errors import KindError
from extractor.model import ChangeGroup, ChangeKind, Diff

_GROUPS: tuple[ChangeGroup, ...] = get_args(ChangeGroup)
_KINDS = get_args(ChangeKind)


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("-o", "--output", metavar="FILE", type=FileName(), help="Write to FILE, whole or not at all.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("terminal", "json", "markdown", "html")),
    default="terminal",
    show_default=True,
)
@click.option("--only", metavar="GROUPS", help=f"Only changes of these groups: {', '.join(_GROUPS)}.")
@click.option(
    "--fail-on",
    metavar="KINDS",
    help="Exit with 1 for these kinds only: value-lowered, or its end, lowered; several with commas.",
)
@click.option("--series", metavar="FILE.toml", type=FileName(), help="Profile of the gazette series.")
def command(
    old: str, new: str, output: Path | None, form: str, only: str | None, fail_on: str | None, series: Path | None
) -> None:
    """Say what really changed between two versions of a text.

    OLD and NEW are files, or documents in them: FILE#d2, FILE#文号 or FILE#title, with what that document carries. A
    file may be an issue in any format that gazette parse reads, or the JSON that it wrote. Form (widths, brackets,
    marks, spaces, label styles), order and numbering are no change, and neither is a body that was only renamed.

    \b
    Examples:
      gazette diff 2023.txt 2025.txt
      gazette diff draft.docx issue.pdf#d3 --format markdown -o changes.md
      gazette diff 2023.pdf 2025.pdf --format html -o changes.html
      gazette diff old.txt new.txt --only numbers,deadlines --fail-on lowered,softened

    On a terminal the words that changed are shown in colours, elsewhere each change in one line. HTML is one page that
    needs nothing else: redlines side by side or inline, a list of changes, filters; it prints well.

    Exit codes as those of diff: 0 nothing changed, 1 something did, 2 trouble.
    """
    groups = _listed(only, _GROUPS, "--only")
    failing = _kinds(fail_on)
    for name in (old, new):
        refuse_same(workspace.parted(name)[0], output)
    read: Callable[[Path], extractor.Issue] = lambda file: read_issue(file, series)  # noqa: E731
    one, other = workspace.select(old, read), workspace.select(new, read)
    found = extractor.diff(one.issue, other.issue, old_ids=one.document_ids, new_ids=other.document_ids, only=groups)
    _write(found, form, output)
    if any(change.kind in failing for change in found.changes) if failing else found.differs:
        raise SystemExit(1)


def _listed(words: str | None, known: Sequence[ChangeGroup], option: str) -> frozenset[ChangeGroup]:
    words_ = [word.strip() for word in (words or "").split(",") if word.strip()]
    unknown = [word for word in words_ if word not in known]
    if unknown:
        raise KindError(f"{option}: {', '.join(unknown)} is none of {', '.join(known)}")
    return frozenset(group for group in known if group in words_)


def _kinds(words: str | None) -> frozenset[str]:
    """The kinds that are named in full or by their end."""
    found: set[str] = set()
    for word in (each.strip() for each in (words or "").split(",")):
        named = {kind for kind in _KINDS if word and (kind == word or kind.endswith(f"-{word}"))}
        if word and not named:
            raise KindError(f"--fail-on: {word} is no kind of change; kinds are {', '.join(_KINDS)}")
        found |= named
    return frozenset(found)


def _write(found: Diff, form: str, output: Path | None) -> None:
    if form == "json":
        write_json(extractor.to_json(found), output)
    elif form == "html":
        from extractor.exports import diff_html

        write_bytes(diff_html.render(found).encode(), output)  # the page says that it is UTF-8
    elif form == "terminal" and is_terminal(output):
        from extractor.cli import diff_terminal

        write_text(diff_terminal.render(found, width=columns(output), color=color_wanted(output)), output)
    else:
        from extractor.exports import diff_text

        write_text(diff_text.markdown(found) if form == "markdown" else diff_text.plain(found), output)
