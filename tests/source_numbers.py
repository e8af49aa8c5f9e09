"""The numerals of a source, found without any of the readers: what the reading text has to hold again.

Arabic and Chinese numerals are taken as runs of characters, in the order of the source, each with what stands between
it and the one before.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree

import pypdfium2
import pypdfium2.raw as pdfium

ARABIC = re.compile(r"\d+")
CHINESE = re.compile("[〇零一二三四五六七八九十百千万亿两]+")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
REACH = 12
"""Runs between the parts of a number that a page break has cut: page numbers, running heads, other cells of the row."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


@dataclass(frozen=True)
class Difference:
    """Runs of numerals that only one side has."""

    made_up: Counter[str]
    lost: Counter[str]


def source_text(data: bytes, encoding: str | None) -> str:
    """The characters of a file, a line a paragraph, cell or printed line."""
    if data.startswith(b"%PDF"):
        return _pdf(data)
    if data.startswith(b"PK"):
        return _docx(data)
    assert encoding is not None
    text = data.decode(encoding, errors="replace")
    if re.search(r"<(?:html|body|p|table|div)\b", text[:5000], re.IGNORECASE):
        flat = Flat()
        flat.feed(text)
        flat.close()
        text = "".join(flat.parts)
    return _INVISIBLE.sub("", text)


def compare(pattern: re.Pattern[str], source: str, texts: Sequence[str], *, joins: bool) -> Difference:
    """What the texts made of a source have more and less.

    Args:
        pattern: what counts as a run.
        source: the characters of the source.
        texts: the reading text and what was taken out of it.
        joins: a run may go on over a line break of the source (printed lines), and counts as whole then.

    >>> compare(ARABIC, "到20\\n31年5月7日", ["到2031年57日"], joins=True).made_up
    Counter({'57': 1})
    """
    runs = list(pattern.finditer(source))
    have = Counter(run for text in texts for run in pattern.findall(text))
    want = Counter(run.group() for run in runs)
    made_up, lost = have - want, want - have
    if not joins:
        return Difference(made_up, lost)
    for whole in sorted(made_up.elements(), key=len, reverse=True):
        for first in range(len(runs)):
            parts = _parts(source, runs, first, whole, lost)
            if parts is not None:
                made_up[whole] -= 1
                lost -= parts
                break
    return Difference(+made_up, lost)


def _parts(source: str, runs: list[re.Match[str]], first: int, whole: str, lost: Counter[str]) -> Counter[str] | None:
    """The lost runs, from this one on, that make up a whole one: each at the end of a line, the next at the begin."""
    found = Counter([runs[first].group()])
    if not whole.startswith(runs[first].group()) or found - lost:
        return None
    rest, last = whole[len(runs[first].group()) :], runs[first]
    for run in runs[first + 1 : first + 1 + REACH]:
        if not rest:
            break
        if rest.startswith(run.group()) and _ends_line(source, last) and _begins_line(source, run):
            found[run.group()] += 1
            rest, last = rest[len(run.group()) :], run
    return None if rest or found - lost else found


def _ends_line(source: str, run: re.Match[str]) -> bool:
    return source[run.end() : run.end() + 30].lstrip(" \t\u3000\r")[:1] in ("\n", "\f", "")


def _begins_line(source: str, run: re.Match[str]) -> bool:
    return source[max(0, run.start() - 30) : run.start()].rstrip(" \t\u3000\r")[-1:] in ("\n", "\f", "")


def _pdf(data: bytes) -> str:
    """The characters in the order of the file; a line ends where the next character stands lower or further left.

    Spaces that PDFium makes up between Chinese characters that are set apart are none.
    """
    pages = []
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            textpage = page.get_textpage()
            chars = [" "]
            left, bottom = 0.0, 0.0
            for at in range(textpage.count_chars()):
                char = chr(pdfium.FPDFText_GetUnicode(textpage, at))
                if char > " ":
                    x0, y0, _, y1 = textpage.get_charbox(at, loose=True)
                    if abs(y0 - bottom) > 0.5 * (y1 - y0) or x0 < left - (y1 - y0):
                        chars.append("\n")
                    left, bottom = x0, y0
                elif char == " " and pdfium.FPDFText_IsGenerated(textpage, at):
                    following = chr(pdfium.FPDFText_GetUnicode(textpage, at + 1))
                    char = " " if chars[-1].isascii() or following.isascii() else ""
                if char:
                    chars.append(char)
            pages.append("".join(chars))
    finally:
        document.close()
    return "\n\f".join(pages)


def _docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(
            "".join(_words(ElementTree.fromstring(archive.read(name))))
            for name in archive.namelist()
            if _PARTS.fullmatch(name)
        )


def _words(element: ElementTree.Element) -> Iterable[str]:
    """Text as it stays when changes are accepted; of two forms of a drawing the one that Word shows."""
    if element.tag in (_FALLBACK, f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}instrText"):
        return
    if element.tag == f"{_WORD}t":
        yield element.text or ""
    if element.tag in (f"{_WORD}p", f"{_WORD}br", f"{_WORD}tab", f"{_WORD}cr"):
        yield "\n"
    for child in element:
        yield from _words(child)
    if element.tag == f"{_WORD}p":
        yield "\n"


class Flat(HTMLParser):
    """The text of a page by another parser, with a break at each tag that is not one inside a line."""

    INLINE = frozenset(
        (
            "a",
            "abbr",
            "b",
            "big",
            "em",
            "font",
            "i",
            "label",
            "o:p",
            "s",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "u",
            "w:sdt",
            "st1:chsdate",
            "st1:chmetcnv",
            "ins",
            "del",
        )
    )
    SKIPPED = frozenset(("script", "style"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipping += tag in self.SKIPPED
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.skipping -= tag in self.SKIPPED
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.parts.append(data)
