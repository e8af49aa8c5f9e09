"""A diff for a terminal: each clause that changed, its changes, and its words with what was deleted and inserted."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from extractor.cli.wrapping import wrap
from extractor.exports import diff_rows, diff_text
from extractor.exports.diff_rows import WHOLE, Mark, Row, Stretch
from extractor.model import Diff

NARROWEST = 40
"""Columns at least: in fewer no line says anything."""
PLAIN_WIDTH = 100
"""Columns where the terminal does not say how many it has."""
CONTEXT = 20
"""Characters on either side of what changed; between them a clause is cut short."""
_STYLES: dict[Mark, str] = {"same": "", "deleted": "red strike", "inserted": "green underline"}
_SIGNS: dict[Mark, tuple[str, str]] = {"same": ("", ""), "deleted": ("[-", "]"), "inserted": ("[+", "]")}
"""For a terminal without colours."""


def render(found: Diff, *, width: int | None = None, color: bool = False) -> str:
    """The diff in lines that fit.

    Args:
        found: the diff.
        width: columns of the terminal (a Chinese character takes two); 100 where it is not known.
        color: whether to use terminal colours; without them deleted words stand in [-…], inserted ones in [+…].
    """
    sink = io.StringIO()
    console = Console(
        file=sink,
        width=max(width or PLAIN_WIDTH, NARROWEST),
        force_terminal=color,
        no_color=not color,
        highlight=False,
        emoji=False,
        markup=False,
    )
    _say(console, [(diff_text.heading(found), "bold")])
    for line in diff_text.counts(found):
        _say(console, [(line, "dim")])
    for change in found.changes:
        if change.pair is None:
            _change(console, diff_rows.name(change), diff_rows.detail(change), meaning=change.meaning)
    unchanged = 0
    for row in diff_rows.rows(found):
        if row.unchanged:
            unchanged += 1
            continue
        _unchanged(console, unchanged)
        unchanged = 0
        _row(console, row, color=color)
    _unchanged(console, unchanged)
    return "\n".join(line.rstrip() for line in sink.getvalue().splitlines()) + "\n"


def _unchanged(console: Console, number: int) -> None:
    if number:
        console.print()
        _say(console, [(f"未变 {number} 条", "dim")])


def _row(console: Console, row: Row, *, color: bool) -> None:
    console.print()
    _say(console, [(row.place, "bold cyan"), (f" {row.status}", "cyan")])
    for change in row.changes:
        if change.group not in WHOLE:  # these are seen in the words below
            _change(console, diff_rows.name(change), diff_rows.detail(change), meaning=change.meaning)
    words: list[tuple[str, str]] = []
    for stretch in _shown(row):
        opening, closing = ("", "") if color else _SIGNS[stretch.mark]
        words.append((f"{opening}{stretch.text}{closing}", _STYLES[stretch.mark]))
    _say(console, words, indent="    ")


def _change(console: Console, name: str, detail: str, *, meaning: bool) -> None:
    style = "bold yellow" if meaning else ""
    _say(console, [(f"{'*' if meaning else '-'} {name}", style), (f" {detail}", "")], indent="  ")


def _shown(row: Row) -> Iterator[Stretch]:
    """The words of a row: a redline without what is far from a change; what one side alone has, as a whole."""
    if row.inline:
        runs = list(diff_rows.joined(row.inline))
        for number, run in enumerate(runs):
            before, after = number > 0, number + 1 < len(runs)
            yield Stretch(_short(run.text, before=before, after=after), "same") if run.mark == "same" else run
        return
    mark: Mark = "same" if row.old and row.new else "inserted" if row.new else "deleted"
    yield Stretch("\n".join(stretch.text for cell in row.new or row.old for stretch in cell.stretches), mark)


def _short(text: str, *, before: bool, after: bool) -> str:
    """A run that did not change, as much of it as is near a change.

    >>> _short("各镇应当把新增绿地和改造绿地一并列入年度计划，并在每年三月底以前报送完成情况", before=False, after=True)
    '…年度计划，并在每年三月底以前报送完成情况'
    """
    head, tail = CONTEXT * before, CONTEXT * after
    if len(text) <= head + tail + CONTEXT // 2:
        return text
    return f"{text[:head]}…{text[len(text) - tail :]}"


def _say(console: Console, words: Sequence[tuple[str, str]], indent: str = "") -> None:
    """Print words with their styles in lines that fit, all of them indented."""
    styles = [style for text, style in words for character in text if not character.isspace()]
    at = 0
    for line in wrap("".join(text for text, _ in words), console.width - len(indent)):
        styled: list[tuple[str, str]] = []
        for character in line:
            if character.isspace():
                inside = 0 < at < len(styles) and styles[at - 1] == styles[at]
                styled.append((character, styles[at] if inside else ""))
            else:
                styled.append((character, styles[at]))
                at += 1
        runs = (("".join(c for c, _ in run), style) for style, run in groupby(styled, lambda pair: pair[1]))
        shown = Text.assemble(indent, *runs)
        console.print(shown, no_wrap=True, overflow="ignore", crop=False)
