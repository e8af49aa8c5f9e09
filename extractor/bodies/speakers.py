"""Whose text it is: place and level of an issuer, from a known code or from title and signature (S94, S95)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.bodies import divisions
from extractor.bodies.divisions import Division
from extractor.bodies.registry import Speaker
from extractor.bodies.shape import state_heads
from extractor.model import Document, Level

_MINISTRY = re.compile(r"[^市省县区关]{2,10}(?:部|总局|署)(?:办公厅)?(?:关于|$)")


def speaker_of(
    jurisdiction: str | None,
    title: str | None,
    issuers: Sequence[str],
    level: Level | None = None,
    parent: Document | None = None,
) -> Speaker:
    """The speaker of a document: its signature and title before the place of the issue; its notice stands in for it.

    >>> speaker_of(None, "教育部关于稳定就业的通知", ()).level
    'national'
    >>> speaker_of("320205", "无锡市关于完善政策的若干措施", ()).place.code
    '320200'
    """
    for name in (*issuers, title or ""):
        found = divisions.leading(name, jurisdiction) if name else None
        if found is not None:
            return Speaker(found[0])
        if name and (state_heads().match(name) or _MINISTRY.match(name)):
            return Speaker(None, "national")
    if parent is not None:
        above = speaker_of(None, parent.title, parent.issuers)
        if above.place is not None or above.level is not None:
            return above
    place = divisions.by_code(jurisdiction) if jurisdiction else _inside(title or "")
    return Speaker(place, level if place is None else None)


def _inside(title: str) -> Division | None:
    """The one province or city that a title names further in (数字山东…); None where it names none or several."""
    found: set[Division] = set()
    at = 1
    while at < len(title):
        here = divisions.leading(title[at:])
        if here is not None and here[0].level != "county":
            found.add(here[0])
        at += here[1] if here is not None else 1
    return found.pop() if len(found) == 1 else None
