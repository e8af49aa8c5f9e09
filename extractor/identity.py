"""Keys that stay the same over runs and file formats, and documents that are printed twice."""

from __future__ import annotations

import hashlib
import re

from extractor.model import Document, Issue

KEY_LENGTH = 16
"""Hexadecimal digits of a key: 64 bits, so that collisions in a national back-file stay improbable."""
SHORTEST_TITLE = 10
"""Characters from which a title alone can name one instrument: 实施方案 names none."""
_NO_WORD = re.compile(r"[\W_]+")
_COMPILER = re.compile(r"[(（〔\[](?:\d{4}年\d{1,2}月\d{1,2}日[^()（）]*|\d{4}-\d\d?-\d\d?)[)）〕\]]$")
"""A bracketed date that whoever compiled the texts added behind the title."""


def stable_key(*parts: str) -> str:
    """A short hash of the parts.

    >>> stable_key("锡府办〔2023〕59号", "四/(一)/1", "不少于5个", "1")
    '10afc7db9651d0d6'
    """
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:KEY_LENGTH]


def reprints(one: Issue, other: Issue) -> tuple[tuple[str, str], ...]:
    """The documents that both issues print, as pairs of their ids (V15: the same instrument on another host).

    文号 decide where both have one. Else the titles must be the same but for punctuation, spaces and a compiler's date,
    and long enough to name one text, and the dates of both must be there and the same. A plan has neither: it is the
    same if the notices that carry it are. So a text whose date one side leaves out is not recognised.

    >>> from extractor.model import Generator, Masthead, Source
    >>> def issue(*documents: Document) -> Issue:
    ...     source = Source(name="a.txt", media_type="text/plain", sha256="")
    ...     made = Generator(name="gazette-extractor", version="1", lexicon="")
    ...     return Issue(generator=made, source=source, text="", issue=Masthead(), documents=documents)
    >>> notice = Document(id="d1", span=(0, 0), blocks=(), title="云溪市促进邮政业发展的通知", date="2031-05-06")
    >>> plan = Document(id="d2", span=(0, 0), blocks=(), title="邮政业发展实施方案的细则", parent_id="d1")
    >>> reprints(issue(notice, plan), issue(notice, plan)), reprints(issue(plan), issue(plan))
    ((('d1', 'd1'), ('d2', 'd2')), ())
    """
    found: set[tuple[str, str]] = set()
    by_name: dict[str, list[Document]] = {}
    by_number: dict[tuple[str, int, int] | None, list[Document]] = {}
    for document in other.documents:
        by_name.setdefault(_name(document), []).append(document)
        by_number.setdefault(_number(document), []).append(document)
    for document in one.documents:  # what carries another stands before it
        number = _number(document)
        twins = [twin for twin in by_number.get(number, ()) if number is not None and twin.genre == document.genre]
        for twin in by_name.get(_name(document), ()):
            told_apart = number is not None and _number(twin) is not None
            if not told_apart and (
                (document.parent_id or "", twin.parent_id or "") in found or _dated_alike(document, twin)
            ):
                twins.append(twin)
        found.update((document.id, twin.id) for twin in twins)
    order = {document.id: i for i, document in enumerate(one.documents)}
    return tuple(sorted(found, key=lambda pair: (order[pair[0]], pair[1])))


def _dated_alike(one: Document, other: Document) -> bool:
    same = one.date is not None and one.date == other.date and one.status == other.status
    return same and len(_name(one)) >= SHORTEST_TITLE


def _number(document: Document) -> tuple[str, int, int] | None:
    number = document.doc_number
    if number is None or not number.code or number.year is None or number.serial is None:
        return None
    return _plain(number.code), number.year, number.serial


def _name(document: Document) -> str:
    return _plain(_COMPILER.sub("", document.title or ""))


def _plain(text: str) -> str:
    return _NO_WORD.sub("", text)
