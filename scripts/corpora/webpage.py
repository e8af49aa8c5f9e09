"""An outline as a page of a government site: the article, and around it what the site puts on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Any

from scripts.corpora.outline import Item, Outline, Paragraph, Table

TEMPLATES = Path(__file__).parent
INDENT = "　　"
_BLANKS = re.compile(r" {2,}")
_CENTRED = ("masthead", "contents", "group", "section", "number")
_RIGHT = ("signature", "date")


def webpage(outline: Outline, style: Mapping[str, Any]) -> bytes:
    """Return the page in the encoding of the style."""
    write = _as_breaks if style["paragraphs"] == "br" else _as_paragraphs
    published = outline.published or "2024-06-28"
    page = Template((TEMPLATES / f"{style['page']}.html").read_text(encoding="utf-8")).substitute(
        charset=style["charset"],
        heading=f"{outline.series}{outline.label}",
        site=style["site"],
        trail=" &gt; ".join(f'<a href="/{at}/">{name}</a>' for at, name in enumerate(style["trail"])),
        index=style["index"],
        topic=style["topic"],
        address=style["address"],
        publisher=outline.publisher,
        published=published if published.count("-") == 2 else f"{published}-30",
        article="\n".join(write(_escaped(outline.items, style["bare_brackets"]))),
    )
    return page.encode(style["encoding"])


def _escaped(items: tuple[Item, ...], bare: list[str]) -> Iterator[Item]:
    """Items as markup: angle brackets escaped but for those of some documents, blanks in a row kept."""
    loose = False

    def markup(text: str) -> str:
        text = text.replace("&", "&amp;")
        if not loose:
            text = text.replace("<", "&lt;").replace(">", "&gt;")
        return _BLANKS.sub(lambda blanks: "&nbsp;" * len(blanks[0]), text)

    for item in items:
        if isinstance(item, Table):
            yield Table(tuple(tuple(map(markup, row)) for row in item.rows))
        elif item.kind != "trail":  # where the page lies is told above the article
            if item.kind == "title":
                loose = item.text in bare
            yield Paragraph(item.kind, tuple(map(markup, item.lines)))


def _as_paragraphs(items: Iterator[Item]) -> Iterator[str]:
    """A block for each paragraph, titles as headings."""
    for item in items:
        if isinstance(item, Table):
            yield _table(item)
        elif item.kind == "title":
            yield f"<h2>{'<br>'.join(item.lines)}</h2>"
        elif item.kind in _CENTRED:
            yield f'<p class="c"><strong>{item.text}</strong></p>'
        elif item.kind in _RIGHT:
            yield f'<p class="r">{item.text}</p>'
        elif item.kind == "heading":
            yield f"<p><strong>{item.text}</strong></p>"
        elif item.kind in ("addressees", "entry"):
            yield f'<p style="text-indent: 0">{item.text.replace(chr(9), "&emsp;")}</p>'
        else:
            yield f"<p>{item.text}</p>"


def _as_breaks(items: Iterator[Item]) -> Iterator[str]:
    """One block with line breaks between its paragraphs, blanks for the layout: a page of old."""
    for item in items:
        if isinstance(item, Table):
            yield _table(item)
        elif item.kind == "title":
            yield "".join(f"<br>\n<center><b>{line}</b></center>" for line in item.lines)
        elif item.kind in _CENTRED:
            yield f"<center>{item.text}</center>"
        elif item.kind in _RIGHT:
            yield f"{INDENT * 10}{item.text}<br>"
        elif item.kind in ("addressees", "entry"):
            yield f"{item.text}<br>"
        else:
            yield f"{INDENT}{item.text}<br>"


def _table(table: Table) -> str:
    """Rows and cells; what says the same down the last column is one cell."""
    last = len(table.rows[0]) - 1
    spans = dict(table.runs(last))
    rows = ["<tr>" + "".join(f"<th>{cell}</th>" for cell in table.rows[0]) + "</tr>"]
    for at, row in enumerate(table.rows[1:], 1):
        cells = [f"<td><p>{cell}</p></td>" for cell in row[:last]]
        if at in spans:
            across = f' rowspan="{spans[at]}"' if spans[at] > 1 else ""
            cells.append(f"<td{across}><p>{row[last]}</p></td>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join(['<table border="1">', *rows, "</table>"])
