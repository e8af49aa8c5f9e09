"""Every value back on its page: what stands at a place is read again by other means and is the same."""

from __future__ import annotations

import ctypes
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace as replace_reading
from functools import cache
from pathlib import Path
from typing import Any

import docx
import lxml.html
import pypdfium2
import pypdfium2.raw as raw
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

import extractor
from extractor import readers
from extractor.errors import PlacesError
from extractor.model import Generator, Issue, Masthead, Place
from extractor.readers.encoding import decode
from extractor.schema import breaches
from extractor.text.reading import read_lines
from tests.made_pdf import MadePage, made_pdf
from tests.test_docx import make, p

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT / "corpora", ROOT.parent / "shared" / "corpus", ROOT.parent / "shared" / "gazettes")
SAMPLE = 60
"""Spans of a file that are looked up."""


def _of(suffix: str) -> list[Path]:
    """Files of a format that can be reached here, those whose pages are pictures aside."""
    found = (path for folder in FOLDERS for path in folder.glob(f"**/*.{suffix}"))
    return sorted(path for path in found if not path.name.startswith("scan-"))


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


# --- made files -------------------------------------------------------------------------------------------------------


def _where(issue: Issue, words: str) -> tuple[Place, ...]:
    start = issue.text.index(words)
    return extractor.places(issue, (start, start + len(words)))


def _said(issue: Issue, places: tuple[Place, ...]) -> list[str]:
    return [issue.text[slice(*place.span)] for place in places]


def _parse(data: bytes, name: str) -> Issue:
    return extractor.parse(data, name=name, places=True)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_name_over_two_lines_has_two_boxes_on_a_turned_page_too(turn: int) -> None:
    page = MadePage(turn=turn)
    page.text(100, 100, "一、抓好落实工作（责任单位：云岭县", 12)
    page.text(100, 120, "财政局、云岭县教育局、云岭县民政局）", 12)
    data = made_pdf([MadePage(), page])
    issue = _parse(data, "a.pdf")
    places = _where(issue, "云岭县财政局")
    assert _said(issue, places) == ["云岭县", "财政局"]
    assert [(place.page, place.line, place.column) for place in places] == [(2, 1, 15), (2, 2, 1)]
    textpage = pypdfium2.PdfDocument(data)[1].get_textpage()
    assert [_folded(_printed(textpage, place)) for place in places] == ["云岭县", "财政局"]


def test_the_box_of_a_place_is_cut_to_its_characters() -> None:
    page = MadePage()
    page.text(100, 200, "县财政局负责预算", 10)
    (place,) = _where(_parse(made_pdf([page]), "a.pdf"), "负责")
    assert place.box == pytest.approx((140, 200, 160, 210), abs=0.11)


def test_text_that_is_printed_sideways_and_words_written_downwards() -> None:
    page = MadePage()
    for at, line in enumerate(("县财政局负责预算编制工作", "县教育局负责学校建设工作")):
        page.text(100 + 30 * at, 500, line, 10, matrix=(0, 1, -1, 0))
    data = made_pdf([page])
    (place,) = _where(_parse(data, "a.pdf"), "教育局")
    assert place.box is not None and place.box[3] - place.box[1] == pytest.approx(30, abs=0.2)
    assert _folded(_printed(pypdfium2.PdfDocument(data)[0].get_textpage(), place)) == "教育局"
    page = MadePage()
    page.text(100, 100, "云岭县工业结构如下图所示，各部门要认真研究。")
    for at, char in enumerate("农业制造业"):
        page.text(300, 200 + 14 * at, char)
    data = made_pdf([page])
    (place,) = _where(_parse(data, "a.pdf"), "制造业")
    assert place.box == pytest.approx((300, 228, 312, 268), abs=0.2)
    assert _folded(_printed(pypdfium2.PdfDocument(data)[0].get_textpage(), place)) == "制造业"


def test_a_cell_of_several_printed_lines_over_two_pages() -> None:
    first, second = MadePage(), MadePage()
    first.grid([50, 150, 305], [700, 730, 790])
    for x, top, text in ((60, 710, "任务"), (160, 710, "责任单位"), (60, 740, "建校")):
        first.text(x, top, text)
    lines = ("县教育局、县财政局、县住", "房城乡建设局、县自然资源", "局、县发展改革委、县人力")
    for at, text in enumerate(lines):
        first.text(155, 740 + 16 * at, text)
    second.grid([50, 150, 305], [60, 100, 130])
    for x, top, text in ((155, 70, "资源社会保障局"), (60, 110, "修路"), (155, 110, "县交通局")):
        second.text(x, top, text)
    data = made_pdf([first, second])
    issue = _parse(data, "a.pdf")
    places = _where(issue, "县住房城乡建设局")
    assert _said(issue, places) == ["县住", "房城乡建设局"]
    assert {(place.page, place.cell) for place in places} == {(1, (1, 2, 2))}
    over = _where(issue, "县人力资源社会保障局")
    assert [place.page for place in over] == [1, 2]
    document = pypdfium2.PdfDocument(data)
    for place in (*places, *over):
        assert place.page is not None
        there = _folded(_printed(document[place.page - 1].get_textpage(), place))
        assert there == issue.text[slice(*place.span)]


def test_spaces_that_joining_adds_stand_nowhere() -> None:
    issue = _parse("（平台：Open\nData、云岭县数据局）\n二、附则".encode(), "a.txt")
    places = _where(issue, "Open Data")
    assert [(place.line, place.column) for place in places] == [(1, 5), (2, 1)]
    assert _said(issue, places) == ["Open", "Data"]


def test_plain_text_with_page_marks_and_form_feeds() -> None:
    text = "关于防汛的通知\n加强巡查（责任单\n— 3 —\n\x0c  位：县水务局）\n— 4 —\n附件"
    issue = _parse(text.encode(), "a.txt")
    (place,) = _where(issue, "县水务局")
    assert (place.page, place.line) == (4, 4)
    assert text.split("\n")[place.line - 1][(place.column or 0) - 1 :].startswith("县水务局")
    assert [place.page for place in _where(issue, "责任单位")] == [3, 4]


def test_lines_of_a_web_page_that_a_page_number_parted() -> None:
    page = (
        "<html><body><div><p>关于做好防汛工作的通知</p><p>　　各镇人民政府要加强水库巡查，确保</p><p>— 1 —</p>"
        "<p>安全度汛，县水务局负责。</p><p>　　请认真落实，按时完成。</p></div></body></html>"
    )
    issue = _parse(page.encode(), "a.html")
    places = _where(issue, "确保安全度汛")
    assert [place.element for place in places] == ["/html/body/div[1]/p[2]", "/html/body/div[1]/p[4]"]


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def test_cells_and_joined_paragraphs_of_a_word_file() -> None:
    gone = "<w:rPr><w:del w:id='1' w:author='a'/></w:rPr>"
    rows = [_row(p("任务"), p("责任") + p("单位")), _row(p("建校"), p("县教育局"))]
    rows += [_row(p("修路"), p("县交通局、") + p("县财政局")), _row(p("植树"), p("县林业局"))]
    body = p("关于任务分工的通知") + p("请县水务局", gone) + p("抓好落实。") + f"<w:tbl>{''.join(rows)}</w:tbl>"
    data = make(body)
    issue = _parse(data, "a.docx")
    assert [place.paragraph for place in _where(issue, "水务局抓好")] == [2, 3]
    head = _where(issue, "责任单位")
    assert [(place.paragraph, place.cell) for place in head] == [(5, (1, 1, 2)), (6, (1, 1, 2))]
    assert [(place.paragraph, place.cell) for place in _where(issue, "县财政局")] == [(11, (1, 3, 2))]
    assert [place.paragraph for place in _where(issue, "县林业局")] == [13]


def test_an_issue_that_was_written_and_loaded_knows_its_places() -> None:
    page = MadePage()
    page.text(100, 100, "请县财政局认真落实。")
    issue = _parse(made_pdf([page]), "a.pdf")
    data = extractor.to_json(issue)
    assert breaches(data) == ()
    again = extractor.load(data)
    assert again == issue and extractor.to_json(again) == data
    assert _where(again, "财政局") == _where(issue, "财政局")


def test_places_are_left_out_unless_asked_for() -> None:
    data = "关于防汛的通知\n请认真落实。".encode()
    plain, placed = extractor.parse(data, name="a.txt"), _parse(data, "a.txt")
    assert b'"places"' not in extractor.to_json(plain)
    assert breaches(extractor.to_json(plain)) == ()
    assert replace(placed, places=UNSET) == plain
    with pytest.raises(PlacesError, match="parse it with places=True"):
        extractor.places(plain, (0, 2))


@pytest.mark.parametrize("span", [(0, 0), (5, 2), (-1, 2), (0, 999)])
def test_a_span_outside_of_the_text_is_an_error(span: tuple[int, int]) -> None:
    with pytest.raises(PlacesError, match="is no part"):
        extractor.places(_parse("关于防汛的通知\n请认真落实。".encode(), "a.txt"), span)


def test_runs_out_of_order_and_edges_that_do_not_fit_are_found() -> None:
    issue = _parse("关于防汛的通知\n请认真落实。".encode(), "a.txt")
    assert issue.places
    turned = replace(issue, places=issue.places[::-1])
    assert any("places" in line for line in breaches(extractor.to_json(turned)))
    wrong = replace(issue, places=(replace(issue.places[0], edges=(1.0, 2.0)), *issue.places[1:]))
    assert any("edges do not fit" in line for line in breaches(extractor.to_json(wrong)))


@given(st.lists(st.text(alphabet="县财政局a b\u3000\u200b，。\r\x0c— 3", max_size=30), max_size=12).map("\n".join))
def test_every_character_of_any_text_has_its_place(text: str) -> None:
    reading = read_lines(text, places=True)
    assert read_lines(text) == replace_reading(reading, places=None)
    lines = re.split("\r\n|[\n\r]", text)
    placed: set[int] = set()
    for run in reading.places or ():
        assert run.line is not None and run.column is not None
        words = reading.text[slice(*run.span)]
        assert lines[run.line - 1][run.column - 1 :].startswith(words)
        assert placed.isdisjoint(range(*run.span))
        placed.update(range(*run.span))
    assert all(reading.text[at] in "\n " for at in set(range(len(reading.text))) - placed)
