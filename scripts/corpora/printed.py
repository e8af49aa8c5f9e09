"""An outline as a printed gazette: cover, running heads, page numbers, columns, ruled tables, lines broken anywhere.

Lines are set by the rules of Chinese print alone (no closing mark begins a line, no opening one ends it), so that words
and numbers break where the line does, as in many gazettes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from scripts.corpora.outline import Item, Outline, Paragraph, Table

FOLDER = Path("/usr/share/fonts/truetype/lxgw-wenkai")
FONTS = {"text": FOLDER / "LXGWWenKai-Regular.ttf", "bold": FOLDER / "LXGWWenKai-Bold.ttf"}
PACKAGE = "fonts-lxgw-wenkai"
PAGE = (595.28, 841.89)
TOP, FOOT = 80.0, 72.0
"""White above and below the text, in points; running head and page number stand in it."""
LEADING = 1.65
GUTTER = 24.0
CELL = 5.0
"""Between the text of a cell and its rulings."""
RED = (0.72, 0.05, 0.05)
_ATTACHMENT = re.compile(r"附件\s*\d*[：:]?")
_BLANK = re.compile(r"(?<=[一-龥]) (?=[一-龥])")
"""Between names, or inside of one, printers set the blank of a whole character."""
_NOT_FIRST = frozenset("，。、；：！？）》】〕”’,.;:!?)]>%‰℃…")
_NOT_LAST = frozenset("（《【〔“‘([<")


def missing_fonts() -> list[str]:
    """Return the Debian packages that are needed and not there."""
    return [] if all(path.exists() for path in FONTS.values()) else [PACKAGE]


def fingerprint(outline: Outline, style: Mapping[str, Any]) -> str:
    """Return a hash of all that a PDF is made from but for the fonts; the PDF carries it as a keyword."""
    parts = (repr(outline), json.dumps(style, sort_keys=True), Path(__file__).read_text(encoding="utf-8"))
    return f"made-from-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()}"


def printed(outline: Outline, style: Mapping[str, Any]) -> bytes:
    """Return the PDF; the same bytes in every run.

    Raises:
        OSError: the fonts are not installed.
    """
    for name, path in FONTS.items():
        registerFont(TTFont(name, str(path)))
    out = io.BytesIO()
    press = _Press(out, outline, style)
    items = [item for item in outline.items if isinstance(item, Table) or item.kind != "trail"]
    cover = _cover(items)
    press.cover(cover)
    for at, item in enumerate(items[len(cover) :], len(cover)):
        following = items[at + 1] if at + 1 < len(items) else None
        press.put(item, following)
    press.finish()
    return out.getvalue()


def _cover(items: list[Item]) -> list[Paragraph]:
    """The masthead, as far as it does not begin again: what is printed twice stands on the cover and inside."""
    found: list[Paragraph] = []
    for item in items:
        if isinstance(item, Table) or item.kind != "masthead" or item.text in [above.text for above in found]:
            break
        found.append(item)
    return found


def broken(text: str, width: float, size: float, *, font: str = "text", indent: float = 0.0) -> list[str]:
    """Return the lines of a text; the first is shorter by the indent."""
    lines: list[str] = []
    start, used = 0, indent
    at = 0
    while at < len(text):
        step = stringWidth(text[at], font, size)
        if used + step > width + 0.01 and at > start:
            end = at
            while end > start + 1 and (text[end] in _NOT_FIRST or text[end - 1] in _NOT_LAST):
                end -= 1
            lines.append(text[start:end])
            start = at = end
            used = 0.0
            continue
        used += step
        at += 1
    return [*lines, text[start:]]


class _Press:
    """Sets one item after the other, column by column and page by page."""

    def __init__(self, out: io.BytesIO, outline: Outline, style: Mapping[str, Any]) -> None:
        self.outline, self.style = outline, style
        self.canvas = Canvas(out, pagesize=PAGE, invariant=1, pageCompression=1)
        self.canvas.setTitle(f"{outline.series}{outline.label}")
        self.canvas.setAuthor(outline.publisher)
        self.canvas.setKeywords(fingerprint(outline, style))
        self.size: float = style["size"]
        self.margin: float = style["margin"]
        self.columns = 1
        self.column = 0
        self.page = 1
        self.y = TOP
        self.signed: list[str] = []
        """Issuer and date of the document that was printed last, for the line at its end."""

    @property
    def width(self) -> float:
        """Width of a column."""
        return (PAGE[0] - 2 * self.margin - GUTTER * (self.columns - 1)) / self.columns

    @property
    def left(self) -> float:
        """Left edge of the column that is being filled."""
        return self.margin + self.column * (self.width + GUTTER)

    def write(self, x: float, text: str, size: float, *, font: str = "text", width: float = 0.0) -> None:
        """Write a line at the height that was reached; with a width, spread its characters over it."""
        self.canvas.setFont(font, size)
        space = 0.0
        if width and len(text) > 1:
            space = (width - stringWidth(text, font, size)) / (len(text) - 1)
        self.canvas.drawString(x, PAGE[1] - self.y - size, text, charSpace=space)

    def need(self, height: float) -> bool:
        """Go on in the next column or page where so much does not fit; returns whether it did."""
        if self.y + height <= PAGE[1] - FOOT:
            return False
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = TOP
        else:
            self.turn()
        return True

    def turn(self) -> None:
        """Finish a page and begin the next one."""
        if self.page > 1:
            self._furnish()
        self.canvas.showPage()
        self.page += 1
        self.column, self.y = 0, TOP

    def _furnish(self) -> None:
        """Running head with a rule, and the page number: outside on two-column pages, in the middle on others."""
        head, number = f"{self.outline.series}　{self.outline.label}", self.style["number"].format(self.page)
        self.canvas.setFont("text", 9)
        high, right = PAGE[1] - 52, PAGE[0] - self.margin
        if self.page % 2:
            self.canvas.drawRightString(right, high, head)
        else:
            self.canvas.drawString(self.margin, high, head)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(self.margin, high - 6, right, high - 6)
        self.canvas.setFont("text", 10)
        if self.style["columns"] == 1:
            self.canvas.drawCentredString(PAGE[0] / 2, 42, number)
        elif self.page % 2:
            self.canvas.drawRightString(right, 42, number)
        else:
            self.canvas.drawString(self.margin, 42, number)

    def cover(self, lines: list[Paragraph]) -> None:
        """The first page: the name of the gazette in red, the issue, who prints it."""
        self.y = 150.0
        for at, item in enumerate(lines):
            size = 40.0 if item.text.replace(" ", "").startswith(self.outline.series) else 14.0
            font = "bold" if size > 20 else "text"
            size = min(size, size * (PAGE[0] - 120) / stringWidth(item.text, font, size))
            self.canvas.setFillColorRGB(*(RED if size > 20 else (0, 0, 0)))
            self.write((PAGE[0] - stringWidth(item.text, font, size)) / 2, item.text, size, font=font)
            self.y += size * 1.9
            if at == min(1, len(lines) - 1):
                self.canvas.setStrokeColorRGB(*RED)
                self.canvas.setLineWidth(2)
                self.canvas.line(60, PAGE[1] - self.y, PAGE[0] - 60, PAGE[1] - self.y)
                self.y += 40
        self.canvas.setFillColorRGB(0, 0, 0)
        self.canvas.setStrokeColorRGB(0, 0, 0)
        self.turn()

    def put(self, item: Item, following: Item | None) -> None:
        """Set an item; what follows it tells whether a title begins a notice of its own."""
        if isinstance(item, Table):
            _Grid(self, item).put()
            return
        own = isinstance(following, Paragraph) and following.kind == "number"
        if item.kind == "section" or (item.kind == "title" and own):
            self.imprint()
        if item.kind in ("signature", "date"):
            self.signed.append(item.text)
        if item.kind == "title":
            self.title(item)
        elif item.kind in ("masthead", "contents", "group", "section", "number"):
            self.centred(item)
        elif item.kind == "entry":
            self.entry(item)
        elif item.kind in ("signature", "date"):
            self.right(item)
        else:
            self.paragraph(item, following)

    def title(self, item: Paragraph) -> None:
        """A title: in one column in the lines that the issue prints it in, in two as it fits."""
        size = self.size * (1.6 if self.columns == 1 else 1.3)
        texts = item.lines if self.columns == 1 else (item.text,)
        if len(texts) > 1:  # its own lines, as large as they can be
            widest = max(stringWidth(text, "bold", size) for text in texts)
            size *= min(1.0, (self.width - 1) / widest)
        lines = [line for text in texts for line in broken(text, self.width, size, font="bold")]
        self.need(size * LEADING * (len(lines) + 3))
        if self.y > TOP:
            self.y += size
        for line in lines:
            self.write(self.left + (self.width - stringWidth(line, "bold", size)) / 2, line.strip(), size, font="bold")
            self.y += size * LEADING
        self.y += size / 2

    def centred(self, item: Paragraph) -> None:
        """The name of a section, the number of a document, the word above the contents."""
        size = self.size * {"contents": 1.5, "section": 1.2}.get(item.kind, 1.0)
        font = "text" if item.kind in ("number", "masthead") else "bold"
        if item.kind == "section" and self.columns < self.style["columns"]:
            self.turn()  # the contents were set over the width of the page
            self.columns = self.style["columns"]
        self.need(size * LEADING * (8 if item.kind == "section" else 2))
        if self.y > TOP and item.kind in ("group", "section"):
            self.y += size
        self.write(self.left + (self.width - stringWidth(item.text, font, size)) / 2, item.text, size, font=font)
        self.y += size * LEADING
        if item.kind in ("contents", "number"):
            self.y += size / 2

    def entry(self, item: Paragraph) -> None:
        """A line of the contents; a page behind a tab stands at the right edge."""
        text, _, page = item.text.partition("\t")
        lines = broken(text, self.width - 60, self.size)
        for at, line in enumerate(lines):
            self.need(self.size * LEADING)
            self.write(self.left, line, self.size)
            if page and at + 1 == len(lines):
                self.write(self.left + self.width - stringWidth(page, "text", self.size), page, self.size)
            self.y += self.size * LEADING

    def right(self, item: Paragraph) -> None:
        """Signature and date."""
        self.need(self.size * LEADING * (2 if item.kind == "signature" else 1))
        if item.kind == "signature":
            self.y += self.size * LEADING / 2
        middle = self.left + self.width - self.size * (7 if self.columns == 1 else 6)
        at = min(middle - stringWidth(item.text, "text", self.size) / 2, self.left + self.width)
        at = min(at, self.left + self.width - stringWidth(item.text, "text", self.size))
        self.write(at, item.text, self.size)
        self.y += self.size * LEADING

    def paragraph(self, item: Paragraph, following: Item | None) -> None:
        """A paragraph, indented by two characters and set flush on both sides; an attachment begins a page."""
        heading = item.kind == "heading"
        font = "bold" if heading else "text"
        indent = 0.0 if item.kind == "addressees" or _ATTACHMENT.fullmatch(item.text) else 2 * self.size
        lines = broken(item.text, self.width, self.size, font=font, indent=indent)
        if _ATTACHMENT.fullmatch(item.text) and self.y > TOP:
            self.turn()
        if heading:
            self.need(self.size * LEADING * (8 if isinstance(following, Table) else 2))
        for at, line in enumerate(lines):
            self.need(self.size * LEADING)
            shift = indent if at == 0 else 0.0
            full = self.width - shift if at + 1 < len(lines) else 0.0
            self.write(self.left + shift, line, self.size, font=font, width=full)
            self.y += self.size * LEADING

    def imprint(self) -> None:
        """The lines between rules at the end of what an office sent out: who gets a copy, who printed it (版记)."""
        signed, self.signed = self.signed, []
        if not (signed and self.style["imprint"]):
            return
        size = self.size - 1.5
        self.need(6 * size)
        self.y += size
        left, right = self.left, self.left + self.width
        for place in (self.y, self.y + size * 2, self.y + size * 4):
            self.canvas.setLineWidth(0.8)
            self.canvas.line(left, PAGE[1] - place, right, PAGE[1] - place)
        self.y += size / 2
        self.write(left + size, self.style["imprint"], size)
        self.y += size * 2
        self.write(left + size, self.outline.publisher, size)
        date = f"{signed[-1]}印发"
        self.write(right - size - stringWidth(date, "text", size), date, size)
        self.y += size * 2

    def finish(self) -> None:
        """Close the last page."""
        self.imprint()
        self._furnish()
        self.canvas.save()


class _Grid:
    """A ruled table: rows stay whole, the heading comes again on each page, equal cells of the last column are one."""

    def __init__(self, press: _Press, table: Table) -> None:
        self.press, self.table = press, table
        self.size = min(press.size, 12.0) - 1
        self.widths = self._widths()
        self.cells = [
            [
                broken(_BLANK.sub("　", text), width - 2 * CELL, self.size, font="bold" if at == 0 else "text")
                for text, width in zip(row, self.widths, strict=True)
            ]
            for at, row in enumerate(table.rows)
        ]

    def _widths(self) -> list[float]:
        """Columns as wide as the root of their longest text asks, but for two characters at least."""
        needs = []
        for column in zip(*self.table.rows, strict=True):
            longest = max(stringWidth(text, "text", self.size) for text in column)
            needs.append(max((longest * 6 * self.size) ** 0.5, 2.2 * self.size + 2 * CELL))
        return [need * self.press.width / sum(needs) for need in needs]

    def _height(self, row: int) -> float:
        return max(map(len, self.cells[row])) * self.size * 1.4 + 2 * CELL

    def put(self) -> None:
        """Set the table from where the page is."""
        press = self.press
        spans = dict(self.table.runs(len(self.widths) - 1))
        starts = {at: first for first, length in spans.items() for at in range(first, first + length)}
        press.y += self.size / 2
        press.need(self._height(0) + self._height(1))
        begun = -1
        top = press.y
        self._row(0, closed=True, last=True)
        for row in range(1, len(self.cells)):
            if press.y + self._height(row) > PAGE[1] - FOOT:
                self._frame(top)
                press.need(PAGE[1])
                top = press.y
                self._row(0, closed=True, last=True)
                begun = -1
            first = starts[row]
            self._row(row, closed=begun != first, last=row == first)
            begun = first
        self._frame(top)
        press.y += self.size

    def _row(self, row: int, *, closed: bool, last: bool) -> None:
        """The rule above a row, over its last cell where that is closed, and its text; that of the last if asked."""
        press, x = self.press, self.press.left
        high = self._height(row)
        right = press.left + press.width - (0 if closed else self.widths[-1])
        press.canvas.setLineWidth(0.5)
        press.canvas.line(press.left, PAGE[1] - press.y, right, PAGE[1] - press.y)
        top = press.y
        for column, (lines, width) in enumerate(zip(self.cells[row], self.widths, strict=True)):
            if column + 1 == len(self.widths) and not last:
                continue
            press.y = top + (high - len(lines) * self.size * 1.4) / 2 + self.size * 0.15
            for line in lines:
                font = "bold" if row == 0 else "text"
                shift = (
                    (width - 2 * CELL - stringWidth(line, font, self.size)) / 2 if row == 0 or len(lines) == 1 else 0
                )
                press.write(x + CELL + shift, line, self.size, font=font)
                press.y += self.size * 1.4
            x += width
        press.y = top + high

    def _frame(self, top: float) -> None:
        """The rules down the page, and the one below."""
        press = self.press
        press.canvas.line(press.left, PAGE[1] - press.y, press.left + press.width, PAGE[1] - press.y)
        x = press.left
        for width in (0.0, *self.widths):
            x += width
            press.canvas.line(x, PAGE[1] - top, x, PAGE[1] - press.y)
