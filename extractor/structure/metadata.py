"""What the metadata box of a web page says of the document on it: facts that its own text does not print (L34, S77).

The text always wins. A box is of a page, so it speaks for the one document that the page holds, or for the one that its
row 标题 names; of an issue full of documents it says nothing that could be given to one of them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

from msgspec.structs import replace
from rapidfuzz import fuzz

from extractor import lexicon
from extractor.diagnostics import notice
from extractor.model import Diagnostic, DocNumber, Document, SourceField
from extractor.structure import levels, marks, names
from extractor.text.fold import fold

LIKE = 85
"""Per cent of the shorter title that stand in the longer one: 关于印发《办法》的通知 names the page of the 办法."""

_ABOUT = re.compile("关于|印发|转发|批转|发布|公布")

T = TypeVar("T")
Found = tuple[T, SourceField]


def with_metadata(
    documents: Sequence[Document], fields: Sequence[SourceField], listed: bool
) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """Fill what the document of a page does not print from the metadata box beside it; where they differ, say so.

    Args:
        documents: the documents of the page.
        fields: the rows of its metadata boxes.
        listed: the page lists its documents: it is an issue, and a box without a title speaks for none of them.

    >>> rows = (SourceField(name="文号", value="云政发〔2031〕7号"), SourceField(name="发布日期", value="2031-05-09"))
    >>> (document,), _ = with_metadata((Document(id="d1", span=(0, 9), blocks=(), date="2031-05-07"),), rows, False)
    >>> document.doc_number.text, document.bases.doc_number, document.date, document.bases.date
    ('云政发〔2031〕7号', 'metadata', '2031-05-07', None)
    """
    at = _meant(documents, _find(fields, "title", _title), listed) if fields else None
    if at is None:
        return tuple(documents), ()
    filled = [*documents]
    filled[at] = _filled(documents[at], fields)
    return tuple(filled), _differences(documents[at], fields)


def _meant(documents: Sequence[Document], title: Found[str] | None, listed: bool) -> int | None:
    """The document that the box speaks for: the only root, or the only one of the title that the box gives."""
    roots = [at for at, document in enumerate(documents) if document.parent_id is None]
    if title is not None:
        named = [at for at in roots if _like(documents[at].title, title[0])]
        return named[0] if len(named) == 1 else None
    return roots[0] if len(roots) == 1 and not listed else None


def _like(printed: str | None, given: str) -> bool:
    return printed is None or fuzz.partial_ratio(_tight(printed), _tight(given)) >= LIKE


def _filled(document: Document, fields: Sequence[SourceField]) -> Document:
    found: dict[str, object] = {}
    if document.title is None and (title := _find(fields, "title", _title)):
        found["title"] = title[0]
    if document.doc_number is None and (number := _find(fields, "doc_number", _number)):
        found["doc_number"] = number[0]
    if not document.issuers and (given := _find(fields, "issuers", _issuers)):
        found["issuers"] = issuers = tuple(_in_full(name, document.title or "") for name in given[0])
        if document.level is None and (level := levels.level_of(issuers, "", "")):
            found["level"] = level
    for name in ("date", "effective_from", "effective_to"):
        if getattr(document, name) is None and (date := _find(fields, name, _date)):
            found[name] = date[0]
    return replace(document, **found, bases=replace(document.bases, **dict.fromkeys(found, "metadata")))


def _in_full(name: str, title: str) -> str:
    """The name as the title opens with it, where the box shortens it.

    >>> _in_full("省政府办公厅", "青岚省人民政府办公厅关于防汛的通知"), _in_full("县政府", "青岚县财政局关于决算的通知")
    ('青岚省人民政府办公厅', '县政府')
    """
    for full in names.split_signers(_ABOUT.split(title, maxsplit=1)[0]):
        letters = iter(full)
        if full[-1:] == name[-1] and all(letter in letters for letter in name) and names.is_signer(fold(full)):
            return full
    return name


def _differences(document: Document, fields: Sequence[SourceField]) -> tuple[Diagnostic, ...]:
    noticed = []
    number, date = _find(fields, "doc_number", _number), _find(fields, "date", _date)
    own = document.doc_number
    if own is not None and number is not None and _is_other(own, number[0]):
        noticed.append(_differs(f"文号 {own.text}", number[1]))
    if document.date and date is not None and not _agree(document.date, date[0]):
        noticed.append(_differs(f"date {document.date}", date[1]))
    if lapsed := _find(fields, "validity", _lapsed):
        message = f"The page says of this document: {lapsed[1].name} {lapsed[0]}."
        noticed.append(notice("document.not-in-force", message, removed=lapsed[1].removed))
    return tuple(noticed)


def _differs(printed: str, row: SourceField) -> Diagnostic:
    message = f"The document is printed with {printed}, its metadata box gives {row.name} {row.value}."
    return notice("document.metadata-differs", message, removed=row.removed)


def _agree(one: str, two: str) -> bool:
    """Whether two dates are the same as far as both are printed."""
    return one.startswith(two) or two.startswith(one)


def _is_other(one: DocNumber, two: DocNumber) -> bool:
    """Whether two 文号 differ in more than their brackets; one without a serial says nothing."""
    if one.serial is None or two.serial is None:
        return False
    return (one.code, one.year, one.serial) != (two.code, two.year, two.serial)


def _find(fields: Sequence[SourceField], fact: str, read: Callable[[str], T | None]) -> Found[T] | None:
    """What the first row of a fact says that can be read, and the row; None where rows of one name contradict."""
    for name in _rows()[fact]:
        read_rows = [(value, row) for row in fields if row.name == name and (value := read(row.value)) is not None]
        if read_rows:
            return read_rows[0] if all(value == read_rows[0][0] for value, _ in read_rows) else None
    return None


def _title(value: str) -> str | None:
    return value if len(_tight(value)) > 3 else None


def _number(value: str) -> DocNumber | None:
    mark = marks.read_number(_tight(value))
    return DocNumber(text=value, code=mark.code, year=mark.year, serial=mark.serial) if mark else None


def _issuers(value: str) -> tuple[str, ...] | None:
    pieces = value.replace("、", " ").replace("，", " ").replace(",", " ").replace(";", " ").replace("；", " ").split()
    return tuple(pieces) if pieces and all(names.is_signer(fold(piece)) for piece in pieces) else None


def _date(value: str) -> str | None:
    """A date, with or without a time behind it; one that the calendar does not have is none."""
    date = marks.read_date(_tight(value)) or marks.read_date(fold(value).strip().partition(" ")[0])
    if date is None or len(date) < len("2031-05-07"):
        return date
    try:
        return datetime.date.fromisoformat(date).isoformat()
    except ValueError:
        return None


def _lapsed(value: str) -> str | None:
    return value if _tight(value) in _rows()["lapsed"] else None


def _tight(text: str) -> str:
    return "".join(fold(text).split())


@cache
def _rows() -> dict[str, list[str]]:
    return {fact: rows for fact, rows in lexicon.load("metadata").items() if fact != "origin"}
