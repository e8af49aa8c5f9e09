"""Bytes to text: encodings told by the bytes, other formats refused by name, damage reported."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import readers
from extractor.errors import DamagedInputError, EmptyInputError, GazetteError, UnknownFormatError

TEXT = (
    "云岭县人民政府关于托育服务的意见\n云政发〔2031〕7号\n"
    "到2031年，新增托位200个以上，占比达到40%。（责任单位：县财政局、县教育局）\n"
)
ENCODINGS = {
    "utf-8": "utf-8", "utf-8-sig": "utf-8", "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030",
    "utf-16": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_read_alike(encoding: str) -> None:
    source, reading = readers.read(TEXT.encode(encoding), "a.txt")
    assert reading.text == TEXT
    assert source.encoding == ENCODINGS[encoding]
    assert reading.diagnostics == ()


def test_utf_16_big_endian_with_mark() -> None:
    source, reading = readers.read(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a.txt")
    assert (source.encoding, reading.text) == ("utf-16-be", TEXT)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@given(text=st.text(alphabet="县政府财教育局负责落实每年新增托位不少于，。、（）一二三", min_size=8))
def test_chinese_of_any_kind_comes_back(encoding: str, text: str) -> None:
    text = f"云岭县人民政府公报{text}"  # marks alone (、、、) are digits in another encoding too
    assert readers.read(text.encode(encoding), "a.txt")[1].text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_bad_byte_is_reported_and_the_rest_is_read(encoding: str) -> None:
    data = (TEXT * 4).encode(encoding)
    cut = data.index("托位".encode(encoding))
    source, reading = readers.read(data[:cut] + b"\xff" + data[cut:], "a.txt")
    assert source.encoding == encoding
    assert reading.text.count("\ufffd") == 1
    assert [d.code for d in reading.diagnostics] == ["text.undecodable"]
    (start, end) = reading.diagnostics[0].span or (0, 0)
    assert reading.text[start:end] == "\ufffd"


def test_noise_is_damaged() -> None:
    with pytest.raises(DamagedInputError, match=r"noise\.txt: .*UTF-8"):
        readers.read(bytes(range(129, 255)) * 40, "noise.txt")


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t ", "\ufeff".encode(), "\u3000\n\u3000".encode("gb18030"), "— 1 —\n".encode()]
)
def test_no_text_is_an_error_of_its_own(data: bytes) -> None:
    with pytest.raises(EmptyInputError, match=r"e\.txt"):
        readers.read(data, "e.txt")


@pytest.mark.parametrize(
    ("data", "said"), [(b"\x00\x01", "control characters only"), ("— 1 —\n".encode(), "page marks only"), (b"{}", None)]
)
def test_what_a_file_without_text_holds_is_said(data: bytes, said: str | None) -> None:
    if said is None:
        assert readers.read(data, "e.txt")[1].text == "{}"
        return
    with pytest.raises(EmptyInputError, match=said):
        readers.read(data, "e.txt")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"PK\x03\x04....OFD.xml", "an OFD document"),
        (b"PK\x03\x04....data.bin", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "an old Office file (.doc, .xls, .ppt)"),
        (b"PK\x03\x04[Content_Types].xml xl/workbook.xml", "an Excel workbook (.xlsx)"),
        (b"PK\x03\x04[Content_Types].xml ppt/presentation.xml", "a PowerPoint presentation (.pptx)"),
        (b'{"schema_version":"1.0",', "the JSON of a parsed issue"),
        (b'{\n  "blocks": [', "the JSON of a parsed issue"),
        (b"\x89PNG\r\n\x1a\n....", "a PNG image"),
        (b"\xff\xd8\xff\xe0....", "a JPEG image"),
    ],
)
def test_other_formats_are_named(data: bytes, name: str) -> None:
    with pytest.raises(UnknownFormatError, match=re.escape(name)):
        readers.read(data, "公报.bin")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"PK\x03\x04....[Content_Types].xml....word/document.xml",
        b"PK\x03\x04word/document.xml word/embeddings/xl/workbook.xml",  # a Word file with a sheet in it
    ],
)
def test_formats_that_are_read_and_damaged(data: bytes) -> None:
    with pytest.raises(DamagedInputError, match=r"公报\.bin"):
        readers.read(data, "公报.bin")


def test_a_web_page_is_read_apart() -> None:
    cells = (
        ("序号", "任务", "责任单位"),
        ("1", "建校", "各镇<街道>"),
        ("2", "修路", "交通局"),
        ("3", "植树", "林业局"),
    )
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    text = "<p>关于做好防汛工作的通知</p><p>各镇人民政府：</p><p>请认真落实，按时完成。</p>"
    page = f"<html><body>{text}<table border='1'>{rows}</table></body></html>"
    source, reading = readers.read(page.encode("gb18030"), "page.html")
    assert (source.media_type, source.encoding) == ("text/html", "gb18030")
    assert reading.text.split("\n")[0] == "关于做好防汛工作的通知"
    assert "1\t建校\t各镇<街道>" in reading.text


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_named_error(data: bytes) -> None:
    try:
        source, reading = readers.read(data, "x")
    except GazetteError as error:
        assert "\n" not in str(error)
        assert str(error).startswith("x")
    else:
        assert reading.text.strip()
        assert len(source.sha256) == 64
