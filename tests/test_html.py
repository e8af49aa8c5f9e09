"""Web pages: the document found among what a site puts around it, nothing lost, no number altered."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import DamagedInputError, EmptyInputError, GazetteError
from extractor.readers import html, plain
from extractor.readers.html_page import parse
from extractor.readers.raw import Raw, RawTable
from tests.source_numbers import Flat

CASES = tomllib.loads((Path(__file__).parent / "cases" / "readers" / "html.toml").read_text(encoding="utf-8"))["case"]


def read(source: str) -> Raw:
    return html.read(source.encode(), "a.html")


def kept(raw: Raw) -> list[str]:
    return [line.text for line in raw.lines if line.removed is None]


def removed(raw: Raw) -> list[str]:
    return [line.text for line in raw.lines if line.removed is not None]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    raw = read(case["text"])
    if "expected" in case:
        assert kept(raw) == case["expected"]
    if "removed" in case:
        assert removed(raw) == case["removed"]
    if "fields" in case:
        assert [[row.name, row.value] for row in raw.fields] == case["fields"]
    if "tables" in case:
        expected = [[[None if cell == "-" else cell for cell in row] for row in table] for table in case["tables"]]
        assert [grid(raw, table) for table in raw.tables] == expected


def grid(raw: Raw, table: RawTable) -> list[list[str | None]]:
    """The texts of a table; lines of a cell are parted by a slash."""
    return [
        [None if cell is None else "/".join(line.text for line in raw.lines[slice(*cell)]) for cell in row]
        for row in table.rows
    ]


# --- encodings and damage --------------------------------------------------------------------------

PAGE = "<html><head><meta charset='{}'></head><body><p>各镇<街道>要在2031年底前新增托位200个。</p></body></html>"


@pytest.mark.parametrize("said", ["utf-8", "gb2312", "big5", "nonsense"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gb2312"])
def test_bytes_decide_the_encoding_whatever_the_page_says(said: str, encoding: str) -> None:
    raw = html.read(PAGE.format(said).encode(encoding), "a.html")
    assert kept(raw) == ["各镇<街道>要在2031年底前新增托位200个。"]
    assert raw.encoding == {"utf-8-sig": "utf-8", "gb2312": "gb18030"}.get(encoding, encoding)


def test_other_encodings_are_believed_when_the_page_says_so() -> None:
    page = "<meta charset=big5><p>縣政府於2031年底前完成，並報告。</p>"
    raw = html.read(page.encode("big5"), "a.html")
    assert (kept(raw), raw.encoding) == (["縣政府於2031年底前完成，並報告。"], "big5")


@pytest.mark.parametrize(
    "source",
    [
        "<frameset cols='*,*'><frame src='menu.html'><frame src='text.html'></frameset>",
        "<body><iframe src='menu.html'></iframe><iframe src='text.html'></iframe></body>",
        "<frameset><frame src='menu.html'><frame src='text.html'><noframes>您的浏览器不支持框架</noframes></frameset>",
    ],
)
def test_a_page_of_frames_names_them(source: str) -> None:
    with pytest.raises(EmptyInputError, match=r"f\.html: .*menu\.html, text\.html"):
        html.read(source.encode(), "f.html")


@pytest.mark.parametrize("source", ["<html></html>", "<p> </p>", "<!-- 只有注释 -->", "<script>var a = 1;</script>"])
def test_a_page_without_text(source: str) -> None:
    with pytest.raises(EmptyInputError, match=r"e\.html"):
        html.read(source.encode(), "e.html")


def test_noise_is_damaged() -> None:
    with pytest.raises(DamagedInputError, match=r"n\.html"):
        html.read(b"<html>" + bytes(range(129, 255)) * 40, "n.html")


@given(st.binary(max_size=200), st.sampled_from([b"<html>", b"<p>", b"<table><tr><td>", b"<!DOCTYPE html>"]))
def test_any_bytes_give_lines_or_a_named_error(data: bytes, start: bytes) -> None:
    try:
        html.read(start + data, "x.html")
    except GazetteError as error:
        assert "x.html" in str(error)


@pytest.mark.parametrize(("tag", "count"), [("div", 300), ("font", 300), ("font", 6000)])
def test_deep_nesting_is_read(tag: str, count: int) -> None:
    raw = read(f"<{tag} size=2>" * count + "<p>县财政局要在6月底前完成。</p>")
    assert kept(raw) == ["县财政局要在6月底前完成。"]


def test_what_is_too_deep_is_a_named_error() -> None:
    with pytest.raises(DamagedInputError, match=r"a\.html"):
        read("<div>" * 6000 + "<p>县财政局要在6月底前完成。</p>")


# --- nothing is lost -------------------------------------------------------------------------------

TEXTS = st.text(alphabet="县政府财教育局负责落实不少于，。、（）2031%<>&; \u3000", min_size=1, max_size=30)


@given(st.lists(TEXTS, min_size=1, max_size=8), st.sampled_from(["<p>{}</p>", "<div>{}</div>", "{}<br>", "<li>{}"]))
def test_every_character_is_on_a_line_once(texts: list[str], wrap: str) -> None:
    """Text comes back whatever is in it: escaped, it is shown as it is."""
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in texts]
    source = "".join(wrap.format(text) for text in escaped)
    wanted = "".join("".join(texts).split())
    if not wanted:
        with pytest.raises(EmptyInputError):
            read(source)
        return
    assert "".join("".join(line.text for line in read(source).lines).split()) == wanted


@given(TEXTS)
def test_bare_brackets_are_text_before_anything_but_a_letter(text: str) -> None:
    wanted = "".join(f"报{text}告".split())
    text = text.replace("&", "&amp;")  # entities are another matter
    shown = "".join(line.text for line in read(f"<p>报{text}告</p>").lines)
    assert "".join(shown.split()) == wanted


def test_places_are_paths_into_the_page() -> None:
    source = (
        "<div>首页</div><div><p>一、总则</p><p>县财政局<br>县教育局<b>（牵头）</b></p>"
        "<table><tr><td>甲。<td>乙</table></div>"
    )
    raw = read(source)
    root = parse(source.encode(), "a.html").root.getroottree()
    for line in raw.lines:
        assert line.place.element is not None
        (element,) = root.xpath(line.place.element)
        around = element.getparent().text_content() if element.tag == "br" else element.text_content()
        assert line.text in around
    assert [line.place.element for line in raw.lines][2:4] == ["/html/body/div[2]/p[2]"] * 2


# --- real pages ------------------------------------------------------------------------------------


def real_pages() -> list[Path]:
    return sorted((Path(__file__).resolve().parent.parent.parent / "shared" / "corpus").glob("*.html"))


@pytest.fixture(params=real_pages() or [None], ids=lambda path: path.stem if path else "none")
def page(request: pytest.FixtureRequest) -> Path:
    if request.param is None:
        pytest.skip("no ../shared with real pages here")
    return request.param


def test_no_number_of_a_real_page_is_altered(page: Path) -> None:
    data = page.read_bytes()
    raw = html.read(data, page.name)
    flat = Flat()
    flat.feed(data.decode(raw.encoding or "utf-8"))
    flat.close()
    shown = "\n".join(line.text for line in raw.lines)
    assert Counter(re.findall(r"\d+", shown)) == Counter(re.findall(r"\d+", "".join(flat.parts)))


def test_every_letter_of_a_real_page_is_on_a_line(page: Path) -> None:
    data = page.read_bytes()
    raw = html.read(data, page.name)
    flat = Flat()
    flat.feed(data.decode(raw.encoding or "utf-8"))
    flat.close()
    letters = re.compile(r"[\u4e00-\u9fff]")
    assert Counter(letters.findall("".join(line.text for line in raw.lines))) == Counter(
        letters.findall("".join(flat.parts))
    )


def test_site_words_of_a_real_page_are_chrome(page: Path) -> None:
    raw = html.read(page.read_bytes(), page.name)
    text = "\n".join(kept(raw))
    for word in (
        "扫一扫",
        "打印本页",
        "关闭窗口",
        "ICP备",
        "版权所有",
        "当前位置",
        "返回顶部",
        "网站标识码",
        "索 引 号",
    ):
        assert word not in text
    assert "。" in text
    for table in raw.tables:
        assert len({len(row) for row in table.rows}) == 1


def number_of(fields: Iterable[Any]) -> list[str]:
    return [row.value for row in fields if row.name == "发文字号"]


def test_a_page_agrees_with_its_text_twin(shared: Path) -> None:
    name = "gov-gbt-xiaofei-fupin-2018"
    raw = html.read((shared / "corpus" / f"{name}.html").read_bytes(), "a.html")
    _, reading = plain.read((shared / "corpus" / f"{name}.txt").read_bytes(), "a.txt")
    assert "".join("".join(kept(raw)).split()) == "".join(reading.text.split())
    assert number_of(raw.fields) == number_of(reading.fields) != []
