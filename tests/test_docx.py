"""Word files: what the print shows, automatic numbers and accepted changes; nothing lost, no number altered."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx as python_docx
import pytest
from docx.enum.text import WD_BREAK
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import DamagedInputError, EmptyInputError, GazetteError, InputTooLargeError
from extractor.readers import docx
from extractor.readers.docx_numerals import numeral
from extractor.readers.raw import Raw

CASES = tomllib.loads((Path(__file__).parent / "cases" / "readers" / "docx.toml").read_text(encoding="utf-8"))["case"]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
PARTS = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes",
         "comments": "comments", "header": "hdr", "footer": "ftr"}  # fmt: skip


def make(body: str, **parts: str) -> bytes:
    """A Word file with this body and other parts; a header and a footer are linked as rId-header, rId-footer."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{P}">'
            f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        links = "".join(f'<Relationship Id="rId-{name}" Type="{R}/{name}" Target="{name}.xml"/>' for name in parts)
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{P}">{links}</Relationships>')
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{PARTS[name]} {SPACES}>{content}</w:{PARTS[name]}>")
    return data.getvalue()


def saved(document: Any) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def read(body: str, **parts: str) -> Raw:
    return docx.read(make(body, **parts), "a.docx")


def kept(raw: Raw) -> list[str]:
    return [line.text for line in raw.lines if line.removed is None]


def removed(raw: Raw) -> list[list[str]]:
    return [[line.removed, line.text] for line in raw.lines if line.removed is not None]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    raw = read(case["body"], **case.get("parts", {}))
    assert kept(raw) == case["expected"]
    assert removed(raw) == case.get("removed", [])


# --- automatic numbering ----------------------------------------------------------------------------------------------


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def item(number: int, at: int, text: str) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


def num(number: int, abstract: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


OUTLINE = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>')
    + level(1, "chineseCounting", "（%2）", '<w:suff w:val="nothing"/>')
    + level(2, "decimal", "%3.", '<w:suff w:val="space"/>')
    + level(3, "decimalEnclosedCircle", "%4")
    + "</w:abstractNum>"
)


def test_an_outline_counts_and_begins_anew_below_each_heading() -> None:
    texts = ("0总则", "1目标", "2托位", "2师资", "1原则", "2公平", "3公开", "0附则", "1解释")
    body = "".join(item(1, int(text[0]), text[1:]) for text in texts)
    assert kept(read(body, numbering=OUTLINE + num(1, 7))) == [
        "一、总则", "（一）目标", "1. 托位", "2. 师资", "（二）原则", "1. 公平", "① 公开", "二、附则", "（一）解释",
    ]  # fmt: skip


def test_two_lists_of_one_definition_go_on_and_an_override_begins_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = item(1, 0, "甲") + item(2, 0, "乙") + item(3, 0, "丙") + item(3, 0, "丁")
    raw = read(body, numbering=OUTLINE + num(1, 7) + num(2, 7) + num(3, 7, again))
    assert kept(raw) == ["一、甲", "二、乙", "一、丙", "二、丁"]


@pytest.mark.parametrize(("restart", "expected"), [("0", "3)"), ("1", "1)"), ("2", "3)")])
def test_restart_says_after_which_level(restart: str, expected: str) -> None:
    """Level 3 of the list under a new heading of level 1, with level 2 not used in between."""
    levels = (
        level(0, "decimal", "%1.")
        + level(1, "decimal", "%2-")
        + level(2, "decimal", "%3)", f'<w:lvlRestart w:val="{restart}"/>')
    )
    numbering = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{num(1, 7)}'
    body = item(1, 0, "甲") + item(1, 2, "乙") + item(1, 2, "丙") + item(1, 0, "丁") + item(1, 2, "戊")
    last = kept(read(body, numbering=numbering))[-1]
    assert last == f"{'1)' if restart == '2' else expected} 戊"


def test_levels_are_combined_and_legal_style_writes_arabic_digits() -> None:
    levels = (
        level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    numbering = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{num(1, 7)}'
    body = item(1, 0, "甲") + item(1, 0, "乙") + item(1, 1, "丙") + item(1, 2, "丁")
    assert kept(read(body, numbering=numbering)) == ["I. 甲", "II. 乙", "II.1 丙", "2.1.1 丁"]


def test_numbering_comes_from_styles_and_can_be_turned_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Second"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
    )
    levels = level(0, "chineseCounting", "第%1条", '<w:pStyle w:val="Base"/>') + level(
        1, "decimal", "%2.", '<w:pStyle w:val="Second"/>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{num(1, 7)}'
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p("甲", '<w:pStyle w:val="Base"/>') + p("乙", '<w:pStyle w:val="Child"/>')
        + p("丙", '<w:pStyle w:val="Second"/>') + p("丁", f'<w:pStyle w:val="Base"/>{off}')
        + p("戊", '<w:pStyle w:val="Base"/>')
    )  # fmt: skip
    assert kept(read(body, numbering=numbering, styles=styles)) == [
        "第一条 甲",
        "第二条 乙",
        "1. 丙",
        "丁",
        "第三条 戊",
    ]


def test_a_list_that_points_to_a_style_of_lists() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    pointing = '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="L"/></w:abstractNum>'
    numbering = OUTLINE + pointing + num(1, 8) + num(2, 7)
    assert kept(read(item(1, 0, "甲") + item(1, 0, "乙"), numbering=numbering, styles=styles)) == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("decimal", {1: "1", 21: "21"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 105: "一○五"}),
        ("chineseCountingThousand", {12: "十二", 101: "一百零一", 1005: "一千零五", 10001: "一万零一"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 25: "贰拾伍"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 13: "丙子", 60: "癸亥"}),
        ("ideographDigital", {1: "一", 10: "一○", 21: "二一"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("decimalFullWidth", {12: "１２"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA"}),
        ("lowerRoman", {4: "iv", 1999: "mcmxcix"}),
        ("ordinal", {1: "1st", 2: "2nd", 11: "11th", 23: "23rd"}),
        ("somethingNew", {7: "7"}),
    ],
)  # fmt: skip
def test_number_forms(form: str, numbers: dict[int, str]) -> None:
    assert {number: numeral(number, form) for number in numbers} == numbers


# --- tables -----------------------------------------------------------------------------------------------------------


def grid(raw: Raw, number: int = 0) -> list[list[str | None]]:
    return [
        [None if cell is None else "/".join(line.text for line in raw.lines[slice(*cell)]) for cell in row]
        for row in raw.tables[number].rows
    ]


def test_a_table_with_merged_cells() -> None:
    document = python_docx.Document()
    document.add_paragraph("任务分工如下：")
    table = document.add_table(rows=3, cols=4, style="Table Grid")
    for row, texts in enumerate(
        [["序号", "任务", "分工", ""], ["1", "托育", "县财政局", "6月"], ["2", "", "县教育局", ""]]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(1, 2).add_paragraph("县卫生健康局")
    document.add_paragraph("特此通知。")
    raw = docx.read(saved(document), "a.docx")
    assert grid(raw) == [
        ["序号", "任务", "分工", None],
        ["1", "托育", "县财政局/县卫生健康局", "6月"],
        ["2", None, "县教育局", ""],
    ]
    assert [line.place.cell for line in raw.lines if line.text in ("任务分工如下：", "6月", "县教育局")] == [
        None, (1, 2, 4), (1, 3, 3),
    ]  # fmt: skip
    assert kept(raw)[-1] == "特此通知。"


def test_a_table_in_a_cell_belongs_to_the_cell_and_one_in_a_frame_is_a_table() -> None:
    document = python_docx.Document()
    outer = document.add_table(rows=2, cols=2, style="Table Grid")
    for cell, text in zip((cell for row in outer.rows for cell in row.cells), "甲乙丙丁", strict=True):
        cell.text = text
    inner = outer.cell(0, 1).add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in inner.rows for cell in row.cells), "1234", strict=True):
        cell.text = text
    frame = document.add_table(rows=1, cols=1)
    framed = frame.cell(0, 0).add_table(rows=2, cols=2)
    framed.style = "Table Grid"
    for cell, text in zip((cell for row in framed.rows for cell in row.cells), "子丑寅卯", strict=True):
        cell.text = text
    raw = docx.read(saved(document), "a.docx")
    assert [grid(raw, number) for number in range(len(raw.tables))] == [
        [["甲", "乙/1/2/3/4"], ["丙", "丁"]],
        [["子", "丑"], ["寅", "卯"]],
    ]


def test_two_names_side_by_side_are_no_table() -> None:
    document = python_docx.Document()
    document.add_paragraph("请落实。")
    table = document.add_table(rows=2, cols=2)
    table.style = None
    properties = table._tbl.tblPr
    for style in properties.findall(f"{{{W}}}tblStyle"):
        properties.remove(style)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("县财政局", "县教育局", "5月", "5月"), strict=True
    ):
        cell.text = text
    raw = docx.read(saved(document), "a.docx")
    assert (raw.tables, kept(raw)) == ((), ["请落实。", "县财政局", "县教育局", "5月", "5月"])


# --- breaks and places ------------------------------------------------------------------------------------------------


def test_breaks_part_lines_and_paragraphs_are_counted() -> None:
    document = python_docx.Document()
    run = document.add_paragraph("一、总则").add_run()
    run.add_break()
    run.add_text("县财政局")
    run.add_tab()
    run.add_text("200万元")
    run.add_break(WD_BREAK.PAGE)
    run.add_text("二、附则")
    document.add_paragraph()
    document.add_paragraph("三、解释")
    raw = docx.read(saved(document), "a.docx")
    assert [(line.text, line.place.paragraph) for line in raw.lines] == [
        ("一、总则", 1), ("县财政局\t200万元", 1), ("二、附则", 1), ("三、解释", 3),
    ]  # fmt: skip


# --- damage -----------------------------------------------------------------------------------------------------------

GOOD = make(p("县财政局负责落实。") * 50)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"\.doc\)"),
        (GOOD[: len(GOOD) // 2], "damaged or cut off"),
        (GOOD[:-10], "damaged or cut off"),
        (b"PK\x03\x04", "damaged or cut off"),
        (make("<w:p>"), "damaged"),
    ],
)
def test_damage_is_named(data: bytes, says: str) -> None:
    with pytest.raises(DamagedInputError, match=rf"\Aa\.docx.*{says}") as error:
        docx.read(data, "a.docx")
    assert "\n" not in str(error.value)


def test_a_zip_without_a_document_is_named() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(DamagedInputError, match="no document"):
        docx.read(data.getvalue(), "a.docx")


@pytest.mark.parametrize("body", ["", p(""), "<w:p><w:r><w:drawing/></w:r></w:p>"])
def test_no_text_is_an_error_of_its_own(body: str) -> None:
    with pytest.raises(EmptyInputError, match=r"a\.docx"):
        read(body)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.readers.docx_package.MAX_UNPACKED", 5_000_000)
    bomb = make(p("县财政局负责落实。") + p(" " * 6_000_000))
    assert len(bomb) < 50_000
    with pytest.raises(InputTooLargeError, match=r"a\.docx: unpacked"):
        docx.read(bomb, "a.docx")


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=30))
def test_any_damage_gives_lines_or_a_named_error(at: int, noise: bytes) -> None:
    try:
        docx.read(GOOD[:at] + noise + GOOD[at + len(noise) :], "x.docx")
    except GazetteError as error:
        assert "x.docx" in str(error)


# --- nothing is lost --------------------------------------------------------------------------------------------------

TEXTS = st.text(alphabet="县政府财教育局负责落实不少于，。、（）2031%<>&", min_size=1, max_size=30)


@given(st.lists(st.lists(TEXTS, max_size=4), min_size=1, max_size=6))
def test_every_run_is_on_a_line_once(paragraphs: list[list[str]]) -> None:
    document = python_docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text in runs:
            paragraph.add_run(text)
    wanted = [text for runs in paragraphs if (text := "".join(runs))]
    if not wanted:
        return
    assert kept(docx.read(saved(document), "a.docx")) == wanted


def real_files() -> list[Path]:
    return sorted((Path(__file__).resolve().parent.parent.parent / "shared" / "corpus").glob("*.docx"))


@pytest.fixture(params=real_files() or [None], ids=lambda path: path.stem if path else "none")
def file(request: pytest.FixtureRequest) -> Path:
    if request.param is None:
        pytest.skip("no ../shared with real Word files here")
    return request.param


def test_no_number_and_no_character_of_a_real_file_is_altered(file: Path) -> None:
    """Against the w:t of the standard library's XML; these files number nothing automatically."""
    with zipfile.ZipFile(file) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    texts = ["".join(t.text or "" for t in paragraph.iter(f"{{{W}}}t")) for paragraph in root.iter(f"{{{W}}}p")]
    raw = docx.read(file.read_bytes(), file.name)
    shown = [line.text for line in raw.lines]
    digits = re.compile(r"\d+")
    if root.find(f".//{{{W}}}br") is None:  # else numbers on both sides of a break are one in the texts
        assert Counter(digits.findall("\n".join(shown))) == Counter(digits.findall("\n".join(texts)))
    assert "".join("".join(shown).split()) == "".join("".join(texts).split())
    assert len(shown) >= sum(1 for text in texts if text.strip())
