"""The readable table of an issue for a terminal; where the terminal is too narrow for columns, a list."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.cli.wrapping import wrap
from extractor.exports import rows
from extractor.model import Issue

PLAIN_WIDTH = 120
"""Columns where the output is no terminal and COLUMNS is not set."""
NARROWEST = 40
"""Columns at least: in fewer no line says anything."""

_LEAST = {rows.MEASURE: 14, rows.DUE: 8, rows.NUMBERS: 20}
_LEAST_OF_BODIES = 10
"""Cells that a column needs to be read: five characters of the name of a body."""
_SHARES = {rows.MEASURE: 4, "牵头": 3, "责任": 4, "配合": 4, rows.OTHERS: 3, rows.DUE: 2, rows.NUMBERS: 7}
_SHORT = {rows.OTHERS: "其他", rows.DUE: "时限", rows.NUMBERS: "承诺"}
"""Names of columns in the list, two characters each."""
_FRAME = 3
"""Cells of the frame for each column: a line and a space on either side."""


def render(issue: Issue, *, width: int | None = None, color: bool = False, every: bool = False) -> str:
    """The measures of an issue as a table: measure, bodies by role, terms, commitments.

    Args:
        issue: the parsed issue.
        width: columns of the terminal (a Chinese character takes two); 120 where it is not known.
        color: whether to use terminal colours.
        every: whether to show also measures of which no body, number or date is known.
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
    _say(console, rows.heading(issue), "bold")
    for document in rows.document_rows(issue, every=every):
        _print_document(console, document)
    wrong = rows.notices(issue)
    if wrong:
        _say(console, f"\n原文疑误 {len(wrong)} 处：")
        for each, zh, quote in wrong:
            _say(console, f"{zh}{f'「{quote}」' if quote else ''} {each.code}", indent="  ")
    return "\n".join(line.rstrip() for line in sink.getvalue().splitlines()) + "\n"


def _say(console: Console, text: str, style: str = "", indent: str = "", first: str | None = None) -> None:
    """Print a text in lines that fit, all of them indented, or all but the first."""
    for number, line in enumerate(wrap(text, console.width - cell_len(indent))):
        before = first if first is not None and not number else indent
        console.print(Text(f"{before}{line}", style=style), no_wrap=True, overflow="ignore", crop=False)


def _print_document(console: Console, document: rows.DocumentRows) -> None:
    console.print()
    _say(console, f"{document.id} {document.title}", "bold")
    if document.facts:
        _say(console, document.facts, "dim")
    if document.rows:
        names = [name for name in document.columns if name != rows.PLACE]  # it stands before the title
        cells = [
            [_title(row) if name == rows.MEASURE else row.get(name, "") for name in names] for row in document.rows
        ]
        widths = _widths(names, cells, console.width - _FRAME * len(names) - 1)
        if widths is None:
            _print_list(console, names, cells)
        else:
            titles = [_title(row, widths[0]) for row in document.rows]
            console.print(_table(names, [[title, *row[1:]] for title, row in zip(titles, cells, strict=True)], widths))
    if document.loose:
        _say(console, rows.LOOSE)
        for each in document.loose:
            _say(console, each, indent="    ", first="  - ")
    for line in (rows.hidden(document), f"另载：{document.besides}" if document.besides else ""):
        if line:
            _say(console, line, "dim")


def _title(row: dict[str, str], width: int | None = None) -> str:
    """The clause and the title of a measure, on two lines where they do not fit on one."""
    place, title = row[rows.PLACE], row[rows.MEASURE]
    whole = f"{place} {title}".strip()
    return whole if width is None or cell_len(whole) <= width or not place else f"{place}\n{title}"


def _widths(names: Sequence[str], cells: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Cells of each column: what it needs to be read, then a share of the rest; None where there is no room."""
    natural = [
        max(cell_len(line) for cell in (name, *column) for line in cell.split("\n"))
        for name, column in zip(names, zip(*cells, strict=True), strict=True)
    ]
    widths = [min(_LEAST.get(name, _LEAST_OF_BODIES), most) for name, most in zip(names, natural, strict=True)]
    if sum(widths) > room:
        return None
    for _ in range(room - sum(widths)):
        growing = [i for i, most in enumerate(natural) if widths[i] < most]
        if not growing:
            break
        widths[min(growing, key=lambda i: widths[i] / _SHARES[names[i]])] += 1
    return widths


def _table(names: Sequence[str], cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Table:
    table = Table(box=box.SQUARE, show_lines=True)
    for name, width in zip(names, widths, strict=True):
        table.add_column("\n".join(wrap(name, width)), width=width, no_wrap=True)
    for row in cells:
        table.add_row(*(Text("\n".join(wrap(cell, width))) for cell, width in zip(row, widths, strict=True)))
    return table


def _print_list(console: Console, names: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """One paragraph a measure, one line for each thing that is said of it."""
    for row in cells:
        console.print()
        for name, cell in zip(names, row, strict=True):
            if name == rows.MEASURE:
                _say(console, cell)
                continue
            label = f"  {_SHORT.get(name, name)} "
            for line in cell.split("\n") if cell else ():
                _say(console, line, indent=" " * cell_len(label), first=label)
    console.print()
