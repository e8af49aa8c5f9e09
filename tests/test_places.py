"""Every value back on its page: what stands at a place is read again by other means and is the same."""

from __future__ import annotations

import ctypes
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import docx
import lxml.html
import pypdfium2
import pypdfium2.raw as raw
import pytest
from docx.oxml.ns import qn

import extractor
from extractor import readers
from extractor.model import Generator, Issue, Masthead, Place
from extractor.readers.encoding import decode

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT / "corpora", ROOT.parent / "shared" / "corpus", ROOT.parent / "shared" / "gazettes")
SAMPLE = 60
"""Spans of a file that are looked up."""


def _of(suffix: str) -> list[Path]:
    """Files of a format that can be reached here, those whose pages are pictures aside."""
    found = (path for folder in FOLDERS for path in folder.glob(f"**/*.{suffix}"))
    return sorted(path for path in found if not path.name.startswith("scan-"))


@cache
def _issue(path: Path) -> Issue:
    """A file with places as `extractor.parse` makes it, without its documents, which take most of the time."""
    source, reading = readers.read(path.read_bytes(), path.name, places=True)
    assert reading.places
    generator = Generator(name="gazette-extractor", version="", lexicon="")
    return Issue(generator=generator, source=source, text=reading.text, issue=Masthead(), places=reading.places)


def _sample(issue: Issue) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """Words here and there with their places, always the same ones."""
    chance = random.Random(len(issue.text))
    for _ in range(SAMPLE):
        start = chance.randrange(len(issue.text))
        end = min(len(issue.text), start + chance.randint(1, 24))
        yield issue.text[start:end], extractor.places(issue, (start, end))


def _same(text: str) -> Counter[str]:
    """How often each character stands there, without white space, compatibility forms folded."""
    return Counter("".join(unicodedata.normalize("NFKC", text).split()))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _plain(issue: Issue, place: Place) -> str:
    return _folded(issue.text[slice(*place.span)])


_LABEL = re.compile(r"^第?[\(（]?[\d一二三四五六七八九十]{0,4}[章节条、.)）]?")
"""An automatic number, or the end of one: it stands in the numbering of a Word file and not in its paragraph."""


def _in_user_space(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> list[float]:
    """A box on the page as it is shown → left, bottom, right, top in the space of the file, as PDFium converts it."""
    fine = 100  # PDFium takes whole numbers
    size = [round(fine * side) for side in page.get_size()]
    corners = []
    for x, y in (box[:2], box[2:]):
        to = (ctypes.c_double(), ctypes.c_double())
        assert raw.FPDF_DeviceToPage(page, 0, 0, *size, 0, round(fine * x), round(fine * y), *to)
        corners.append([number.value for number in to])
    (x0, y0), (x1, y1) = corners
    return [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)]


def _printed(textpage: pypdfium2.PdfTextPage, place: Place) -> str:
    """What PDFium finds in the box of a place."""
    assert place.box is not None
    left, top, right, bottom = place.box
    inset = 0.15 * min(right - left, bottom - top)  # what only touches the box is its neighbour
    box = _in_user_space(textpage.page, (left + inset, top + inset, right - inset, bottom - inset))
    return str(textpage.get_text_bounded(*box))


def _watermarks(issue: Issue, page: int | None) -> Counter[str]:
    """Characters that are printed across the page."""
    return _same(
        "".join(piece.text for piece in issue.source.removed if piece.page == page and piece.kind == "watermark")
    )


@pytest.mark.parametrize("path", _of("pdf"), ids=lambda path: path.stem)
def test_the_box_of_a_place_holds_its_characters(path: Path) -> None:
    issue = _issue(path)
    document = pypdfium2.PdfDocument(path)
    pages = cache(lambda number: document[number - 1].get_textpage())
    wrong, count = [], 0
    for words, places in _sample(issue):
        assert _folded("".join(issue.text[slice(*place.span)] for place in places)) == _folded(words)
        for place in places:
            here = issue.text[slice(*place.span)]
            there = _printed(pages(place.page), place)
            lost, more = _same(here) - _same(there), _same(there) - _same(here)
            if lost or more - _watermarks(issue, place.page):
                wrong.append((here, there, place))
            count += 1
    # Fonts whose characters are drawn outside of their boxes, and menus that lie over each other.
    assert len(wrong) <= 0.02 * count, wrong


@pytest.mark.parametrize("path", _of("html"), ids=lambda path: path.stem)
def test_the_element_of_a_place_holds_its_words(path: Path) -> None:
    issue = _issue(path)
    page = lxml.html.document_fromstring(decode(path.read_bytes(), path.name).text)
    for _, places in _sample(issue):
        for place in places:
            (element,) = page.xpath(place.element)
            holder = element.getparent() if element.tag == "br" else element
            assert _plain(issue, place) in _folded(holder.text_content()), place


def _cells(document: Any, at: tuple[int, int]) -> Iterator[str]:
    """The cell in this row and column of each table."""
    row, column = at
    for table in document.tables:
        if row <= len(table.rows) and column <= len(table.columns):
            yield _folded(table.cell(row - 1, column - 1).text)


@pytest.mark.parametrize("path", _of("docx"), ids=lambda path: path.stem)
def test_the_paragraph_of_a_place_holds_its_words(path: Path) -> None:
    issue = _issue(path)
    document = docx.Document(str(path))
    body = document.element.body
    paragraphs = [_folded("".join(text.text or "" for text in p.iter(qn("w:t")))) for p in body.iter(qn("w:p"))]
    for _, places in _sample(issue):
        for place in places:
            assert place.paragraph is not None
            words, there = _plain(issue, place), paragraphs[place.paragraph - 1]
            assert words in there or _LABEL.sub("", words) in there, (words, there)
            if place.cell is not None:
                assert any(words in cell for cell in _cells(document, place.cell[1:])), place


@pytest.mark.parametrize("path", _of("txt"), ids=lambda path: path.stem)
def test_the_line_of_a_place_holds_its_words(path: Path) -> None:
    issue = _issue(path)
    lines = re.split("\r\n|[\n\r\x0b\x85\u2028\u2029]", decode(path.read_bytes(), path.name).text)
    for _, places in _sample(issue):
        for place in places:
            assert place.line is not None and place.column is not None
            words = issue.text[slice(*place.span)]
            assert lines[place.line - 1][place.column - 1 :].startswith(words), place
