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

import pypdfium2
import pypdfium2.raw as raw
import pytest

import extractor
from extractor import readers
from extractor.model import Generator, Issue, Masthead, Place

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
    return _same("".join(piece.text for piece in issue.source.removed if piece.page == page and piece.kind == "watermark"))


@pytest.mark.parametrize("path", _of("pdf"), ids=lambda path: path.stem)
def test_the_box_of_a_place_holds_its_characters(path: Path) -> None:
    issue = _issue(path)
    document = pypdfium2.PdfDocument(path)
    pages = cache(lambda number: document[number - 1].get_textpage())
    wrong = []
    for words, places in _sample(issue):
        assert "".join(issue.text[slice(*place.span)] for place in places) == re.sub("[\n\t]", "", words)
        for place in places:
            here = issue.text[slice(*place.span)]
            there = _printed(pages(place.page), place)
            lost, more = _same(here) - _same(there), _same(there) - _same(here)
            if lost or more - _watermarks(issue, place.page):
                wrong.append((here, there, place))
    assert not wrong
