"""The readable table of an issue for a terminal."""

from __future__ import annotations

import io

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.diagnostics import codes
from extractor.exports.rows import DocumentRows, document_rows
from extractor.model import Issue

PLAIN_WIDTH = 120
"""Columns where the output is no terminal."""


def render(issue: Issue, *, width: int | None = None, color: bool = False) -> str:
    """The measures of an issue as a table: measure, lead, responsible, support, commitments.

    Args:
        issue: the parsed issue.
        width: columns of the terminal (a Chinese character takes two); 120 where it is not known.
        color: whether to use terminal colours.
    """
    sink = io.StringIO()
    console = Console(
        file=sink,
        width=width or PLAIN_WIDTH,
        force_terminal=color,
        no_color=not color,
        highlight=False,
        emoji=False,
        markup=False,
    )
    head = issue.issue.title or issue.issue.series or issue.source.name
    console.print(Text(head, style="bold"))
    for document in document_rows(issue):
        _print_document(console, document)
    warnings = sum(diagnostic.severity != "info" for diagnostic in issue.diagnostics)
    if warnings:
        console.print(f"\n原文疑误 {warnings} 处:")
        for diagnostic in issue.diagnostics:
            if diagnostic.severity != "info":
                quote = issue.text[slice(*diagnostic.span)].replace("\n", " ")[:30] if diagnostic.span else ""
                console.print(
                    f"  {codes()[diagnostic.code].zh}" + (f"「{quote}」" if quote else "") + f"  {diagnostic.code}"
                )
    return "\n".join(line.rstrip() for line in sink.getvalue().splitlines()) + "\n"


def _print_document(console: Console, document: DocumentRows) -> None:
    console.print()
    console.print(Text(f"{document.id} {document.title}", style="bold"))
    if document.facts:
        console.print(Text(document.facts, style="dim"))
    if document.rows:
        table = Table(box=box.SQUARE, show_lines=True, expand=True)
        for name, ratio in (("举措", 4), ("牵头", 2), ("责任", 3), ("配合", 3), ("量化承诺", 5)):
            table.add_column(name, ratio=ratio, overflow="fold")
        for row in document.rows:
            title = f"{row.place} {row.title}".strip()
            cells = [title, row.lead, row.responsible, row.support, "\n".join(row.commitments)]
            table.add_row(*(Text(cell) for cell in cells))
        console.print(table)
    if document.others:
        console.print(Text(f"另有 {document.others} 项举措未写明责任单位和数量", style="dim"))
