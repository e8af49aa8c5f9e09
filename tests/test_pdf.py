"""The PDF reader: reading order, furniture, tables, places, damaged files; and what must hold on every real file."""

from __future__ import annotations

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import errors, readers
from extractor.model.source import RemovedKind
from extractor.readers import pdf
from extractor.readers.assemble import assemble
from extractor.readers.raw import Place, Raw, RawLine
from scripts.quality import bench, bench_pdf
from tests.made_pdf import MadePage, made_pdf

FILLER = "云川市各级部门要按照职责分工抓好落实并在年底以前报告进展情况"


def read(*pages: MadePage) -> Raw:
    return pdf.read(made_pdf(pages), "made.pdf")


def kept(raw: Raw) -> list[str]:
    return [line.text for line in raw.lines if line.removed is None]


def removed(raw: Raw, kind: RemovedKind) -> list[str]:
    return [line.text for line in raw.lines if line.removed == kind]


def cells(raw: Raw, table: int = 0) -> list[list[str | None]]:
    """Each cell of a table with its lines parted by a stroke."""
    return [
        [None if cell is None else "|".join(line.text for line in raw.lines[slice(*cell)]) for cell in row]
        for row in raw.tables[table].rows
    ]


def text_page(number: int, lines: int = 12) -> MadePage:
    page = MadePage()
    for at in range(lines):
        page.text(80, 100 + 24 * at, f"{FILLER}{number}{at}")
    return page


# --- lines ------------------------------------------------------------------------------------------------------------


def test_lines_boxes_and_edges() -> None:
    page = MadePage()
    page.text(90, 100, "到2025年完成")
    (line,) = read(page).lines
    assert line.text == "到2025年完成"
    assert line.place.page == 1
    assert line.place.box == pytest.approx((90, 100, 162, 112), abs=0.1)
    assert line.place.edges == pytest.approx((90, 102, 108, 114, 120, 126, 138, 150, 162), abs=0.1)


def test_lines_are_read_from_top_to_bottom_whatever_the_order_of_the_file() -> None:
    page = MadePage()
    for top, text in ((300, "第三行"), (100, "第一行"), (200, "第二行")):
        page.text(90, top, text)
    assert kept(read(page)) == ["第一行", "第二行", "第三行"]


@pytest.mark.parametrize(
    ("gap", "between"),
    [(0, ""), (3, ""), (9, " "), (24, " "), (60, "\t")],
    ids=["none", "quarter em beside figures", "three quarters", "two ems", "columns of a list"],
)
def test_gaps(gap: float, between: str) -> None:
    page = MadePage()
    page.text(90, 100, "牵头单位")
    page.text(138 + gap, 100, "市财政局")
    assert kept(read(page)) == [f"牵头单位{between}市财政局"]


def test_a_line_that_is_spaced_out_has_no_spaces() -> None:
    page = MadePage()
    for at, char in enumerate("云川市人民政府公报"):
        page.text(90 + 22 * at, 100, char)
    assert kept(read(page)) == ["云川市人民政府公报"]


def test_figures_that_touch_are_one_number_and_those_that_do_not_are_two() -> None:
    page = MadePage()
    page.text(90, 100, "12")
    page.text(102, 100, "34")
    page.text(200, 100, "56")
    assert kept(read(page)) == ["1234\t56"]


@pytest.mark.parametrize("shift", [0.0, 0.3, 1.5])
def test_what_is_printed_twice_to_look_bold_is_read_once(shift: float) -> None:
    page = MadePage()
    for off in (0.0, shift):
        page.text(90 + off, 100, "第一章 总则共11条")
    assert kept(read(page)) == ["第一章 总则共11条"]


def test_doubled_figures_that_stand_side_by_side_stay() -> None:
    page = MadePage()
    page.text(90, 100, "共1122个、人人")
    assert kept(read(page)) == ["共1122个、人人"]


def test_radicals_stay_as_the_file_has_them() -> None:
    page = MadePage()
    page.text(90, 100, "⼯作执⾏")
    assert kept(read(page)) == ["⼯作执⾏"]


def test_a_page_that_is_turned() -> None:
    page = MadePage(size=(842, 595), turn=90)
    page.text(130, 50, "第二行", matrix=(0, 1, -1, 0))
    page.text(100, 50, "第一行", matrix=(0, 1, -1, 0))
    raw = read(page)
    assert kept(raw) == ["第一行", "第二行"]
    assert raw.lines[0].place.box == pytest.approx((534.4, 89.4, 570.4, 101.4), abs=0.1)
    assert raw.lines[0].place.edges == pytest.approx((534.4, 546.4, 558.4, 570.4), abs=0.1)


def test_text_that_is_printed_sideways_on_an_upright_page() -> None:
    page = MadePage()
    page.text(130, 500, "第二行", matrix=(0, 1, -1, 0))
    page.text(100, 500, "第一行", matrix=(0, 1, -1, 0))
    raw = read(page)
    assert kept(raw) == ["第一行", "第二行"]
    assert raw.lines[0].place.box == pytest.approx((89.4, 474.6, 101.4, 510.6), abs=0.1)
    assert raw.lines[0].place.axis == "y"
    assert raw.lines[0].place.edges == pytest.approx((510.6, 498.6, 486.6, 474.6), abs=0.1)


def test_a_font_that_is_nowhere_loses_no_characters() -> None:
    """PDFium alone drops the single character, and the second and third of the equal words."""
    page = MadePage()
    page.text(90, 100, "到")
    for top in (200, 230, 260):
        page.text(90, top, "市财政局2025")
    raw = pdf.read(made_pdf([page], shapes=False), "made.pdf")
    assert kept(raw) == ["到", "市财政局2025", "市财政局2025", "市财政局2025"]
    assert raw.lines[0].place.box == pytest.approx((90, 100, 102, 112), abs=2)


# --- columns ----------------------------------------------------------------------------------------------------------


def column_page(columns: int) -> tuple[MadePage, list[str]]:
    """A page of columns whose lines stand in the file row by row, under a title over all of them."""
    page = MadePage()
    page.text(180, 60, "云川市人民政府令", 20)
    width = 460 // columns - 20
    size = 10
    chars = width // size
    texts = {
        (column, row): f"{column}{row:02d}" + FILLER[: chars - 2] for column in range(columns) for row in range(20)
    }
    for (column, row), text in sorted(texts.items(), key=lambda item: item[0][1]):
        page.text(70 + column * (width + 20), 120 + 16 * row, text[: chars + 1], size)
    page.text(70, 480, FILLER, 10)
    return page, [texts[column, row][: chars + 1] for column in range(columns) for row in range(20)]


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_are_read_one_after_another(columns: int) -> None:
    page, expected = column_page(columns)
    assert kept(read(page)) == ["云川市人民政府令", *expected, FILLER]


def test_lines_know_their_column() -> None:
    page, _ = column_page(2)
    columns = {line.place.column for line in read(page).lines[1:-1]}
    left, right = sorted(column for column in columns if column is not None)
    assert left == pytest.approx((70, 275), abs=8)
    assert right == pytest.approx((300, 505), abs=8)


def test_a_list_of_short_entries_is_no_columns() -> None:
    page = MadePage()
    for row in range(12):
        page.text(90, 100 + 20 * row, f"张{row}")
        page.text(300, 100 + 20 * row, f"市财政局副局长{row}")
    assert kept(read(page)) == [f"张{row}\t市财政局副局长{row}" for row in range(12)]


# --- furniture --------------------------------------------------------------------------------------------------------


def test_heads_and_numbers_are_out_but_listed() -> None:
    pages = []
    for number in range(1, 6):
        page = text_page(number)
        page.text(220, 40, "云川市人民政府公报 2025·1", 9)
        page.text(290, 800, f"— {number + 7} —", 9)
        pages.append(page)
    raw = read(*pages)
    assert removed(raw, "running-head") == ["云川市人民政府公报 2025·1"] * 5
    assert removed(raw, "page-number") == [f"— {number + 7} —" for number in range(1, 6)]
    assert len(kept(raw)) == 60


def web_page(address: str) -> MadePage:
    """A page that a browser printed: title and address above it, page and date below."""
    page = text_page(1)
    page.text(20, 18, "云川市水务局", 9)
    page.text(300, 18, address, 9)
    page.text(80, 60, "首页 信息公开 在线办事 互动交流 走进云川", 9)
    page.text(80, 760, "版权所有 云川市水务局 云ICP备00000000号", 9)
    page.text(20, 810, "1/1", 9)
    page.text(300, 810, "2031-03-02 10:15", 9)
    return page


def test_what_a_browser_prints_around_a_page_is_out_and_so_is_the_chrome_of_the_site() -> None:
    raw = read(web_page("http://water.example.cn/n7.html"))
    assert removed(raw, "running-head") == [
        "云川市水务局\thttp://water.example.cn/n7.html",
        "1/1\t2031-03-02 10:15",
    ]
    reading = assemble(raw)
    assert [piece.text[:2] for piece in reading.removed if piece.kind == "chrome"] == ["首页", "版权"]
    assert "走进云川" not in reading.text
    assert reading.text.count(FILLER) == 12


def test_without_an_address_nothing_is_taken_for_a_printed_web_page() -> None:
    raw = read(web_page("第3期"))
    assert removed(raw, "running-head") == []
    assert "走进云川" in assemble(raw).text


def test_a_sheet_of_two_pages_has_two_numbers() -> None:
    page = text_page(1)
    page.text(150, 800, "— 2 —", 9)
    page.text(420, 800, "— 3 —", 9)
    assert removed(read(page), "page-number") == ["— 2 —\t— 3 —"]


def test_bare_numbers_must_count_with_the_pages() -> None:
    pages = [text_page(number) for number in range(1, 5)]
    for page, foot in zip(pages, ("3", "4", "2025", "6"), strict=True):
        page.text(290, 800, foot, 9)
    raw = read(*pages)
    assert removed(raw, "page-number") == ["3", "4", "6"]
    assert "2025" in kept(raw)


def test_a_sentence_that_comes_again_is_no_head() -> None:
    pages = []
    for number in range(1, 6):
        page = MadePage()
        for at in range(28):
            page.text(80, 80 + 24 * at, f"{FILLER}{number}{at}" if at else "本页内容由市财政局负责解释")
        pages.append(page)
    assert kept(read(*pages)).count("本页内容由市财政局负责解释") == 5


def test_leaning_text_is_a_watermark() -> None:
    page = text_page(1)
    page.text(150, 500, "内部资料", 60, matrix=(0.7, 0.7, -0.7, 0.7))
    raw = read(page)
    assert "".join(removed(raw, "watermark")) == "内部资料"
    assert len(kept(raw)) == 12


def test_footnotes_and_their_marks_are_out_but_listed() -> None:
    page = text_page(1, lines=20)
    page.text(80, 600, "新增建设用地")
    page.text(152, 598, "2", 6)
    page.text(155, 600, "200公顷")
    page.line(80, 690, 200, 690)
    page.text(80, 698, "2", 5)
    page.text(83, 700, "新增建设用地：未利用地转为建设用地", 8)
    raw = read(page)
    assert "新增建设用地200公顷" in kept(raw)
    assert sorted(removed(raw, "footnote")) == ["2", "2新增建设用地：未利用地转为建设用地"]


def test_footnotes_of_a_table_are_out_with_the_marks_in_its_cells() -> None:
    page = MadePage()
    page.text(80, 60, "附表：建设用地指标")
    page.grid([80, 200, 320], [100, 130, 160])
    page.text(90, 108, "辖区")
    page.text(210, 108, "新增建设用地")
    page.text(282, 106, "7", 5)
    page.text(90, 138, "云川县")
    page.text(210, 138, "40")
    page.text(80, 698, "7", 5)
    page.text(83, 700, "新增建设用地：由未利用地转为建设用地的土地，不含本年度收回的预留用地", 8)
    raw = read(page)
    assert cells(raw) == [["辖区", "新增建设用地"], ["云川县", "40"]]
    assert [text[:3] for text in sorted(removed(raw, "footnote"))] == ["7", "7新增"]


def test_a_raised_figure_without_a_note_makes_no_other_number() -> None:
    page = text_page(1)
    page.text(80, 600, "用地")
    page.text(104, 598, "2", 6)
    page.text(107, 600, "200公顷")
    assert "用地2 200公顷" in kept(read(page))


# --- tables -----------------------------------------------------------------------------------------------------------


def test_a_table_becomes_cells_and_wrapped_text_is_joined() -> None:
    page = MadePage()
    page.text(80, 60, "附件：任务分解表")
    page.grid([80, 120, 300, 400], [100, 130, 200, 240])
    for x, text in ((84, "序号"), (140, "任务"), (306, "责任单位")):
        page.text(x, 108, text)
    page.text(90, 140, "1")
    page.text(84 + 42, 136, "新建社区食堂十家以上并且全部投")
    page.text(84 + 42, 152, "入使用")
    page.text(306, 136, "市民政局")
    page.text(306, 152, "市财政局")
    page.text(90, 210, "2")
    page.text(126, 210, "改造老旧小区")
    raw = read(page)
    assert cells(raw) == [
        ["序号", "任务", "责任单位"],
        ["1", "新建社区食堂十家以上并且全部投入使用", "市民政局|市财政局"],
        ["2", "改造老旧小区", ""],
    ]
    assert raw.lines[0].text == "附件：任务分解表"
    place = next(line.place for line in raw.lines if line.text.startswith("新建"))
    assert place.cell == (1, 2, 2)
    assert [offset for offset, _ in place.parts] == [0, 15]


def test_merged_cells_stand_where_they_begin() -> None:
    page = MadePage()
    for y in (100, 130, 190):
        page.line(80, y, 400, y)
    page.line(160, 160, 400, 160)
    for x in (80, 400):
        page.line(x, 100, x, 190)
    page.line(160, 100, 160, 190)
    page.line(280, 130, 280, 190)
    for x, top, text in ((90, 108, "领域"), (200, 108, "任务与单位"), (90, 150, "教育")):
        page.text(x, top, text)
    for x, top, text in ((164, 138, "建校"), (284, 138, "教育局"), (164, 168, "办学"), (284, 168, "财政局")):
        page.text(x, top, text)
    assert cells(read(page)) == [
        ["领域", "任务与单位", None],
        ["教育", "建校", "教育局"],
        [None, "办学", "财政局"],
    ]


def table_page(rows: list[list[str]], *, bottom: float | None = None) -> MadePage:
    page = MadePage()
    ys = [100.0 + 40 * at for at in range(len(rows) + 1)]
    if bottom is not None:
        ys[-1] = bottom
    xs = [80, 130, 330, 480]
    page.grid(xs, ys)
    for y, row in zip(ys, rows, strict=False):
        for x, text in zip(xs, row, strict=False):
            page.text(x + 5, y + 6, text)
    return page


def test_a_table_over_two_pages_is_one_and_its_heading_is_read_once() -> None:
    heading = ["序号", "任务", "单位"]
    first = table_page([heading, ["1", "建校", "教育局"], ["2", "修路", "交通局"]])
    second = table_page([heading, ["3", "治水", "水利局"]])
    for number, page in enumerate((first, second), 1):
        page.text(290, 800, f"- {number} -")
    raw = read(first, second)
    assert cells(raw) == [heading, ["1", "建校", "教育局"], ["2", "修路", "交通局"], ["3", "治水", "水利局"]]
    assert removed(raw, "running-head") == heading
    assert [line.place.page for line in raw.lines if line.text == "治水"] == [2]


def test_a_row_that_a_page_break_cuts_is_one_row() -> None:
    heading = ["序号", "任务", "单位"]
    first = table_page([heading, ["1", "建设覆盖全市的托育服务网络并形", "教育局"]])
    second = table_page([heading, ["", "成机制", ""], ["2", "治水", "水利局"]])
    raw = read(first, second)
    assert cells(raw) == [heading, ["1", "建设覆盖全市的托育服务网络并形成机制", "教育局"], ["2", "治水", "水利局"]]
    place = next(line.place for line in raw.lines if line.text.startswith("建设"))
    assert [part.page for _, part in place.parts] == [1, 2]


def test_text_between_two_tables_keeps_them_apart() -> None:
    first = table_page([["序号", "任务", "单位"], ["1", "建校", "教育局"]])
    first.text(80, 300, "二、第二批任务如下")
    second = table_page([["序号", "任务", "单位"], ["1", "治水", "水利局"]])
    assert len(read(first, second).tables) == 2


@pytest.mark.parametrize("shape", ["frame", "underlines", "boxes of a chart"])
def test_lines_that_are_no_table(shape: str) -> None:
    page = text_page(1)
    if shape == "frame":
        page.grid([60, 540], [80, 400])
    elif shape == "underlines":
        for top in (113, 137, 161):
            page.line(80, top, 300, top)
    else:
        for x in (60, 200, 340):
            page.grid([x, x + 100], [600, 640])
    raw = read(page)
    assert raw.tables == ()
    assert kept(raw) == [f"{FILLER}1{at}" for at in range(12)]


def test_a_table_without_borders_at_the_sides() -> None:
    page = MadePage()
    for y in (100, 130, 160):
        page.line(80, y, 400, y)
    for x in (180, 290):
        page.line(x, 100, x, 160)
    for x, first, second in ((84, "指标", "增速"), (184, "目标", "6%"), (294, "单位", "统计局")):
        page.text(x, 108, first)
        page.text(x, 138, second)
    assert cells(read(page)) == [["指标", "目标", "单位"], ["增速", "6%", "统计局"]]


# --- files that cannot be read ----------------------------------------------------------------------------------------


def test_a_scan_is_a_named_error() -> None:
    with pytest.raises(errors.NoTextLayerError, match=r"scan\.pdf: .*no text layer.*recognise its text \(OCR\) first"):
        pdf.read(made_pdf([MadePage(picture=True), MadePage(picture=True)]), "scan.pdf")


def test_a_scan_with_a_stamp_is_one_too() -> None:
    pages = [MadePage(picture=True) for _ in range(4)]
    pages[0].text(100, 100, "收讫")
    with pytest.raises(errors.NoTextLayerError, match="OCR"):
        read(*pages)


def test_pictures_among_pages_of_text_are_told() -> None:
    assert read(text_page(1), MadePage(picture=True), text_page(2)).pictures == (2,)


def test_a_password() -> None:
    with pytest.raises(errors.PasswordError, match="password"):
        pdf.read(made_pdf([text_page(1)], locked=True), "locked.pdf")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file(share: float) -> None:
    data = made_pdf([text_page(number) for number in range(1, 6)])
    with pytest.raises(errors.DamagedInputError, match="get it again"):
        pdf.read(data[: int(share * len(data))], "cut.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\nrubbish\n%%EOF", b"%PDF-1.4\n" + bytes(range(256)) * 20 + b"startxref"])
def test_a_damaged_file(data: bytes) -> None:
    with pytest.raises(errors.DamagedInputError, match="damaged"):
        pdf.read(data, "bad.pdf")


def test_read_apart_gives_the_same() -> None:
    data = made_pdf([text_page(1), table_page([["序号", "任务", "单位"], ["1", "建校", "教育局"]])])
    source, reading = readers.read(data, "made.pdf")
    assert source.media_type == "application/pdf"
    here = assemble(pdf.read(data, "made.pdf"))
    assert reading.text == here.text
    assert "序号\t任务\t单位" in reading.text


def test_limits_hold_for_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAZETTE_READER_SECONDS", "0.001")
    with pytest.raises(errors.ReaderTimeoutError):
        readers.read(made_pdf([text_page(1)]), "made.pdf")


@pytest.mark.parametrize("seed", range(12))
def test_damaged_bytes_give_text_or_a_named_error(seed: int) -> None:
    """Bytes changed at random, in the file and in what names its parts; a crash would end the test run."""
    chance = random.Random(seed)
    rows = [["序号", "任务", "单位"], ["1", "建校", "教育局"]]
    data = bytearray(made_pdf([text_page(1), table_page(rows)], shapes=seed % 2 == 0))
    for _ in range(chance.choice([1, 10, 100])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        source, _ = readers.read(bytes(data), "bad.pdf")
    except errors.GazetteError as error:
        assert str(error).startswith("bad.pdf: ") and "\n" not in str(error)
    else:
        assert source.pages


# --- every real file --------------------------------------------------------------------------------------------------

WITH_TEXT = ("pdf-*.pdf", "twin*.pdf")


@pytest.fixture(scope="module")
def real(shared: Path) -> dict[str, Raw]:
    paths = [path for pattern in WITH_TEXT for path in sorted((shared / "corpus").glob(pattern))]
    return {path.name: pdf.read(path.read_bytes(), path.name) for path in paths}


def printed(line: RawLine) -> Iterator[tuple[str, Place]]:
    """The printed lines that a line was put together of."""
    if not line.place.parts:
        yield line.text, line.place
        return
    ends = [offset for offset, _ in line.place.parts[1:]] + [len(line.text)]
    for (start, place), end in zip(line.place.parts, ends, strict=True):
        yield line.text[start:end], place


def test_places_lie_on_the_page(real: dict[str, Raw]) -> None:
    for name, raw in real.items():
        for line in raw.lines:
            for text, place in printed(line):
                assert place.box is not None and place.page is not None, name
                left, top, right, bottom = place.box
                assert -20 <= left <= right <= 1300 and -20 <= top < bottom <= 1300, (name, place)
                assert 1 <= place.page <= (raw.pages or 0), name
                if place.edges is not None:
                    edges = list(place.edges)
                    assert len(edges) == len(text.rstrip(" ")) + 1 or len(edges) == len(text) + 1, (name, text)
                    assert edges in (sorted(edges), sorted(edges, reverse=True)), (name, text)
                    low, high = (left, right) if place.axis == "x" else (top, bottom)
                    assert low - 0.1 <= min(edges) <= max(edges) <= high + 0.1, (name, text)


def test_cells_cover_their_lines_once(real: dict[str, Raw]) -> None:
    for name, raw in real.items():
        for number, table in enumerate(raw.tables, 1):
            width = {len(row) for row in table.rows}
            assert len(width) == 1, name
            ranges = [cell for row in table.rows for cell in row if cell is not None]
            assert ranges == sorted(ranges), name
            for first, last in ranges:
                places = {line.place.cell for line in raw.lines[first:last]}
                assert len(places) <= 1 and all(place and place[0] == number for place in places), name


@pytest.mark.skipif(sys.platform == "win32", reason="no such measure here")
def test_memory_of_a_large_file(shared: Path) -> None:
    path = shared / "corpus" / "pdf-shenzhen-xinfang-qingdan-huibian-380p.pdf"
    assert bench.peak_of(bench_pdf.MEMORY_PROBE, path) < bench_pdf.MOST_MEGABYTES * 1_000_000


def digits_by_page(raw: Raw) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for line in raw.lines:
        for text, place in printed(line):
            found[place.page or 0].update(char for char in text if char.isdigit())
    return found


def test_no_digit_is_lost_or_made_up(real: dict[str, Raw], shared: Path) -> None:
    """Against another reader, on the first, the last and two more pages of each file."""
    pdfplumber = pytest.importorskip("pdfplumber")
    for name, raw in real.items():
        mine = digits_by_page(raw)
        with pdfplumber.open(shared / "corpus" / name) as other:
            count = len(other.pages)
            for at in sorted({0, count // 3, 2 * count // 3, count - 1}):
                chars = other.pages[at].dedupe_chars().chars
                theirs = Counter(char for found in chars for char in found["text"] if char.isdigit())
                assert mine[at + 1] == theirs, f"{name}, page {at + 1}"
                other.pages[at].close()


def test_numbers_are_whole(real: dict[str, Raw], shared: Path) -> None:
    """Every run of figures that another reader finds on a page without notes stands in a line of ours."""
    pdfplumber = pytest.importorskip("pdfplumber")
    for name, raw in real.items():
        lines: dict[int, list[str]] = defaultdict(list)
        noted = {line.place.page for line in raw.lines if line.removed in ("footnote", "other")}
        for line in raw.lines:
            for text, place in printed(line):
                lines[place.page or 0].append(text)
        with pdfplumber.open(shared / "corpus" / name) as other:
            for at in {0, len(other.pages) // 2} - {(page or 0) - 1 for page in noted}:
                text = other.pages[at].dedupe_chars().extract_text()
                runs = {run for line in lines[at + 1] for run in re.findall(r"\d+", line)}
                missing = {run for run in re.findall(r"\d+", text) if not any(run in mine for mine in runs)}
                assert not missing, f"{name}, page {at + 1}"


def test_tables_are_those_that_another_reader_sees(real: dict[str, Raw], shared: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    for name, pages in (("pdf-jiangxi-rongque-shenpi-qingdan.pdf", (1, 2, 10)),):
        raw = real[name]
        with pdfplumber.open(shared / "corpus" / name) as other:
            for number in pages:
                (table,) = other.pages[number - 1].find_tables()
                theirs = sorted("".join(_letters(text or "")) for row in table.extract() for text in row)
                mine: dict[object, str] = defaultdict(str)
                for line in raw.lines:
                    if line.place.page == number and (line.place.cell or line.removed == "running-head"):
                        mine[line.place.cell or line.text] += line.text
                assert sorted(_letters(text) for text in mine.values()) == [text for text in theirs if text], number


def _letters(text: str) -> str:
    """Letters and figures in a fixed order: the other reader puts marks of another font on lines of their own."""
    return "".join(sorted(char for char in text if char.isalnum()))


def test_the_twins_agree(real: dict[str, Raw], shared: Path) -> None:
    docx = pytest.importorskip("docx")
    name = "twin1b-pdf-zhongyang-yihao-2026.pdf"
    twin = docx.Document(str(shared / "corpus" / "twin1a-docx-zhongyang-yihao-2026.docx"))
    theirs = "".join("".join(paragraph.text.split()) for paragraph in twin.paragraphs)
    mine = "".join("".join(text.split()) for text in kept(real[name]))
    same = sum(1 for a, b in zip(theirs, mine, strict=False) if a == b)
    assert same >= 0.995 * max(len(theirs), len(mine))


def test_headings_that_a_table_repeats_are_listed_with_their_pages() -> None:
    pages = [MadePage(), MadePage(), MadePage()]
    for number, page in enumerate(pages):
        page.grid([60, 160, 320], [60, 90, 120, 150])
        for row, cells in enumerate((("序号", "任务"), (str(2 * number), "建校"), (str(2 * number + 1), "修路"))):
            for x, text in zip((70, 170), cells, strict=True):
                page.text(x, 70 + 30 * row, text)
    source, _ = readers.read(made_pdf(pages), "made.pdf")
    assert [(piece.text, piece.page) for piece in source.removed] == [
        ("序号", 2),
        ("任务", 2),
        ("序号", 3),
        ("任务", 3),
    ]
