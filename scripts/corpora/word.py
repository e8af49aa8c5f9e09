"""An outline as a Word file: styles for titles and headings, tables, header and footer, rules numbered by Word."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from itertools import count
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from scripts.corpora.outline import Item, Outline, Paragraph, Table

NEVER = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
"""Written wherever a file wants to say when it was made."""
LEVELS = (
    ("第%1章", "chineseCountingThousand", re.compile(r"第[一二三四五六七八九十]+章")),
    ("第%2条", "chineseCountingThousand", re.compile(r"第[一二三四五六七八九十]+条")),
    ("（%3）", "chineseCountingThousand", re.compile(r"（[一二三四五六七八九十]+）")),
)
"""What Word writes before a chapter, an article and an item of rules; articles count through the chapters."""
INDENT = Pt(32)


def word(outline: Outline, style: Mapping[str, Any]) -> bytes:
    """Return the file; the same bytes in every run."""
    document = docx.Document()
    _set_styles(document)
    _set_page(document, outline)
    writer = _Writer(document, numbered=style["numbering"])
    for item in outline.items:
        writer.put(item)
    core = document.core_properties
    core.author, core.title, core.comments = outline.publisher, f"{outline.series}{outline.label}", ""
    core.last_modified_by, core.revision = outline.publisher, 1
    core.created = core.modified = NEVER
    raw = io.BytesIO()
    document.save(raw)
    return _repacked(raw.getvalue())


def _repacked(data: bytes) -> bytes:
    """The package with one date for all of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = zipfile.ZipInfo(entry.filename, NEVER.timetuple()[:6])
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, old.read(entry))
    return out.getvalue()


def _set_styles(document: Document) -> None:
    for name, font, size, bold in (
        ("Normal", "仿宋", 16, False),
        ("Title", "方正小标宋简体", 22, False),
        ("Subtitle", "楷体", 16, False),
        ("Heading 1", "黑体", 16, False),
        ("Heading 2", "楷体", 16, True),
        ("List Paragraph", "仿宋", 14, False),
    ):
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.name, style.font.color.rgb = "Times New Roman", RGBColor(0, 0, 0)
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
        fonts.set(qn("w:eastAsia"), font)
        style.paragraph_format.line_spacing = Pt(size * 1.75)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)


def _set_page(document: Document, outline: Outline) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin = Mm(28), Mm(26), Mm(37)
    header = section.header.paragraphs[0]
    header.text, header.alignment = f"{outline.series}　{outline.label}", ALIGN.CENTER
    header.runs[0].font.size = Pt(10.5)
    footer = section.footer.paragraphs[0]
    footer.alignment = ALIGN.CENTER
    footer.add_run("— ")
    run = footer.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), ("", "1"), ("end", None)):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText" if kind is None else "w:t")
            element.text = text
        run._r.append(element)
    footer.add_run(" —")


class _Writer:
    def __init__(self, document: Document, *, numbered: bool) -> None:
        self.document = document
        self.numbered = numbered
        self.number = self._define_list() if numbered else ""
        self.rules = False
        """True between the first chapter of a document and the next title."""
        self.titles = count()

    def put(self, item: Item) -> None:
        if isinstance(item, Table):
            self.table(item)
        elif item.kind == "title":
            self.title(item)
        elif item.kind != "trail":
            self.paragraph(item)

    def title(self, item: Paragraph) -> None:
        """A title on a new page, in the lines that the issue prints it in."""
        self.rules = False
        paragraph = self.document.add_paragraph(style="Title")
        paragraph.alignment = ALIGN.CENTER
        paragraph.paragraph_format.space_before = Pt(28)
        for at, line in enumerate(item.lines):
            run = paragraph.add_run(line)
            if at + 1 < len(item.lines):
                run.add_break(WD_BREAK.LINE)

    def paragraph(self, item: Paragraph) -> None:
        text, name = (
            item.text,
            {"masthead": "Title", "contents": "Title", "group": "Subtitle", "section": "Subtitle"}.get(item.kind),
        )
        if item.kind == "heading":
            name = "Heading 1" if text[0] not in "（(" else "Heading 2"
        if item.kind == "entry":
            name = "List Paragraph"
        self.rules = self.rules or (self.numbered and LEVELS[0][2].match(text) is not None)
        level = next((at for at, (_, _, label) in enumerate(LEVELS) if label.match(text)), None) if self.rules else None
        if level is not None:
            text = LEVELS[level][2].sub("", text, count=1)
        paragraph = self.document.add_paragraph(text, style=name)
        form = paragraph.paragraph_format
        if item.kind in ("masthead", "contents", "group", "section", "number"):
            paragraph.alignment = ALIGN.CENTER
        elif item.kind in ("signature", "date"):
            paragraph.alignment = ALIGN.RIGHT
            form.right_indent = INDENT * 2
        elif item.kind not in ("addressees", "entry"):
            form.first_line_indent = INDENT
        if item.kind == "section":
            form.space_before = Pt(28)
        if level is not None:
            self.automatic(paragraph, level)

    def automatic(self, paragraph: Any, level: int) -> None:
        """Let Word write the label."""
        properties = paragraph._p.get_or_add_pPr()
        number = properties._add_numPr()
        number._add_ilvl().val = level
        number._add_numId().val = int(self.number)

    def _define_list(self) -> str:
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f"{'<w:lvlRestart w:val=' + chr(34) + '0' + chr(34) + '/>' if at == 1 else ''}"
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for at, (text, form, _) in enumerate(LEVELS)
        )
        numbering = self.document.part.numbering_part.element
        abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
        numbering.insert(0, abstract)
        number = numbering.add_num(90)
        return str(number.numId)

    def table(self, item: Table) -> None:
        """A table whose heading comes again on each page; what says the same down the last column is one cell."""
        rows, last = item.rows, len(item.rows[0]) - 1
        table = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        mark = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
        spans = dict(item.runs(last))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if column == last and at and at not in spans:
                    continue
                paragraph = table.cell(at, column).paragraphs[0]
                paragraph.add_run(text).font.size = Pt(12)
                paragraph.paragraph_format.line_spacing = Pt(18)
        for first, length in spans.items():
            if length > 1:
                table.cell(first, last).merge(table.cell(first + length - 1, last))
        self.document.add_paragraph()
