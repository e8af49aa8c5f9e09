"""The runs of a paragraph → its text as printed, with what hangs on it: hidden text, text boxes, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extractor import lexicon
from extractor.readers.docx_package import child, is_on, kind, value
from extractor.readers.docx_styles import Styles

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LINE_ENDS = re.compile(r"[\r\n]+")
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")

# Elements that only wrap runs; tracked insertions and the new place of what was moved are accepted.
_WRAPPERS = frozenset(
    f"w:{name}"
    for name in (
        "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
        "rubyBase",
    )
)  # fmt: skip
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes", "w:commentReference": "comments"}
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "-", "w:br": "\n", "w:cr": "\n"}


@dataclass(slots=True)
class Inline:
    """The text of a paragraph; a line break that the writer set is a newline."""

    text: str = ""
    hidden: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    """Contents of text boxes that are anchored here."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kind (footnotes, endnotes, comments) and id of the notes that are called here."""
    page_field: bool = False
    """True when the number of the page stands in it."""


class Reader:
    """Reads paragraphs in document order; remembers the fields that run over several of them."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.codes: list[bool] = []
        """For each field that is open: are these still its instructions?"""

    def read(self, paragraph: Any) -> Inline:
        """The text of a paragraph.

        Deleted text and the old place of what was moved are left out; what a field shows is text, its code is not.
        """
        found = Inline()
        parts: list[str] = []
        style = child(paragraph, "pPr", "pStyle")
        hides = self.styles.hides(value(style) if style is not None else self.styles.default)
        self._children(paragraph, found, parts, hides)
        found.text = "".join(parts)
        return found

    def _children(self, parent: Any, found: Inline, parts: list[str], hides: bool) -> None:
        for element in parent:
            name = kind(element.tag)
            if name == "w:r":
                self._run(element, found, parts, hides)
            elif name in _WRAPPERS:
                if name == "w:fldSimple" and _PAGE_FIELD.match(value(element, "instr") or ""):
                    found.page_field = True
                self._children(element, found, parts, hides)
            elif name == "mc:AlternateContent":
                self._children(chosen(element), found, parts, hides)
            elif name in ("m:oMath", "m:oMathPara"):
                parts.append(formula(element))

    def _run(self, run: Any, found: Inline, parts: list[str], hides: bool) -> None:
        properties = child(run, "rPr")
        raised = False
        if properties is not None:
            vanish, style = child(properties, "vanish"), child(properties, "rStyle")
            if vanish is not None:
                hides = is_on(vanish)
            elif style is not None:
                hides = hides or self.styles.hides(value(style))
            place = child(properties, "vertAlign")
            raised = place is not None and value(place) == "superscript"
        self._pieces(run, found, parts, (hides, raised))

    def _pieces(self, run: Any, found: Inline, parts: list[str], looks: tuple[bool, bool]) -> None:
        for element in run:
            name = kind(element.tag)
            if name == "w:t":
                self._put(_typed(element), found, parts, looks)
            elif name in _SIGNS:
                self._put(_SIGNS[name], found, parts, looks)
            elif name == "w:sym":
                self._put(symbol(value(element, "font") or "", value(element, "char") or ""), found, parts, looks)
            elif name == "w:fldChar":
                self._field(value(element, "fldCharType"))
            elif name == "w:instrText":
                found.page_field = found.page_field or _PAGE_FIELD.match(element.text or "") is not None
            elif name in _NOTES:
                found.notes.append((_NOTES[name], value(element, "id") or ""))
            elif name == "mc:AlternateContent":
                self._pieces(chosen(element), found, parts, looks)
            elif name in ("w:drawing", "w:pict", "w:object"):
                found.boxes.extend(text_boxes(element))
            elif name == "w:ruby":  # the reading above a character (rt) is no text of the line
                self._children(element, found, parts, looks[0])

    def _field(self, type_: str | None) -> None:
        if type_ == "begin":
            self.codes.append(True)
        elif type_ == "separate" and self.codes:
            self.codes[-1] = False
        elif type_ == "end" and self.codes:
            self.codes.pop()

    def _put(self, text: str, found: Inline, parts: list[str], looks: tuple[bool, bool]) -> None:
        hides, raised = looks
        if hides or any(self.codes):
            if text.strip():
                found.hidden.append(text)
            return
        if raised and parts and parts[-1][-1:].isdecimal() and text[:1].isdecimal():
            text = text.translate(_SUPERSCRIPT)  # a power (10⁴): as a plain digit it would alter the number
        if text:
            parts.append(text)


def _typed(element: Any) -> str:
    """The text of a w:t; white space at its ends counts only where the file says so, as in Word."""
    text = element.text or ""
    if "\n" in text or "\r" in text:
        text = _LINE_ENDS.sub(" ", text)
    return text if element.get(_XML_SPACE) == "preserve" else text.strip(" ")


def chosen(alternatives: Any) -> Any:
    """Of several forms of the same content (a text box for new and old versions of Word) the one that is read."""
    fallback: Any = ()
    for element in alternatives:
        name = kind(element.tag)
        if name == "mc:Choice" and len(element):
            return element
        if name == "mc:Fallback":
            fallback = element
    return fallback


def text_boxes(drawing: Any) -> list[Any]:
    """The contents of the text boxes in a drawing, each once; boxes in a box are read with it."""
    found: list[Any] = []
    waiting = list(reversed(drawing))
    while waiting:
        element = waiting.pop()
        name = kind(element.tag)
        if name == "w:txbxContent":
            found.append(element)
        elif name == "mc:AlternateContent":
            waiting.extend(reversed(chosen(element)))
        else:
            waiting.extend(reversed(element))
    return found


@cache
def _fonts() -> dict[str, dict[str, str]]:
    return {name: signs for name, signs in lexicon.load("symbols").items() if isinstance(signs, dict)}


def symbol(font: str, char: str) -> str:
    """The sign of a symbol font by its hexadecimal number; one that is not known stays the character that it is.

    >>> symbol("Wingdings", "F0FE"), symbol("Symbol", "F0B3"), symbol("Calibri", "2265")
    ('☑', '≥', '≥')
    """
    try:
        code = int(char, 16)
    except ValueError:
        return ""
    known = _fonts().get(font.lower().replace(" ", ""), {}).get(f"{code & 0xFF:02X}")
    if known is not None and (0xF000 <= code <= 0xF0FF or code <= 0xFF):
        return known
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def formula(element: Any) -> str:
    """A formula on one line: fractions with a slash, raised digits behind a digit as powers, all else in order."""
    name = kind(element.tag)
    if name == "m:t":
        return element.text or ""
    if name == "m:f":
        over, under = (
            "".join(formula(part) for part in element if kind(part.tag) == side) for side in ("m:num", "m:den")
        )
        return f"{over}/{under}"
    parts: list[str] = []
    for part in element:
        if kind(part.tag).startswith("w:"):  # properties, and text of tracked deletions
            continue
        text = formula(part)
        if kind(part.tag) == "m:sup" and parts and parts[-1][-1:].isdecimal():
            text = text.translate(_SUPERSCRIPT)
        parts.append(text)
    return "".join(parts)
