"""Whose text it is: place and level of an issuer, from a known code or from title and signature (S94, S95)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from extractor.bodies import divisions
from extractor.bodies.divisions import Division
from extractor.bodies.registry import Speaker
from extractor.bodies.shape import state_heads
from extractor.model import Document, Level

_MINISTRY = re.compile(r"[^市省县区关]{2,10}(?:部|总局|署)(?:办公厅)?(?:关于|$)")
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,18}?(?:委员会|委(?!员|办)|局|厅)(?![长级、和及与])")
"""An office at the head of a title or of a signature, where it stands alone."""
_ITSELF = re.compile(r"[全我本](?P<letter>省|市(?!场)|州(?!县)|[县区旗盟](?!域))")
"""What a text calls its own place by."""
_NAMED = "[\u4e00-\u9fff]{1,7}"
_LEAST = 2
"""How often a text must speak of its own place and name it; once it may be anybody's (推广到全省)."""


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
    >>> speaker_of(None, "无锡市财政局2031年工作要点", ()).office
    '无锡市财政局'
    """
    speaker = _seated(jurisdiction, title, issuers, level, parent)
    office = _office(title, issuers) or (_office(parent.title, parent.issuers) if parent is not None else None)
    return replace(speaker, office=office) if office is not None else speaker


def _office(title: str | None, issuers: Sequence[str]) -> str | None:
    """The one office that issues a text, by its form; None for several."""
    said = _OFFICE.match(issuers[0] if issuers else title or "") if len(issuers) < 2 else None
    return said.group() if said is not None else None


def _seated(
    jurisdiction: str | None, title: str | None, issuers: Sequence[str], level: Level | None, parent: Document | None
) -> Speaker:
    for name in (*issuers, title or ""):
        found = divisions.leading(name, jurisdiction) if name else None
        if found is not None:
            return Speaker(found[0])
        if name and (state_heads().match(name) or _MINISTRY.match(name)):
            return Speaker(None, "national")
    if parent is not None:
        above = _seated(None, parent.title, parent.issuers, None, None)
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


def place_by_itself(text: str) -> tuple[Division, int] | None:
    """The place that a text without issuer calls 我市 or 全省, and where it first says so; None where it is not clear.

    That is the place of this level that the text names, at least twice as often as any other. Wrong where a text
    speaks mostly of another place of the level of its own.

    >>> text = "加快我市建设,把无锡建成强市。全市企业按无锡市有关规定申报。"
    >>> place, at = place_by_itself(text)
    >>> place.name, text[at : at + 2]
    ('无锡市', '我市')
    >>> [place_by_itself(text) for text in ("推广无锡市经验,在全市实施。", "我市支持无锡市、苏州市,全市落实。")]
    [None, None]
    """
    said = Counter(found["letter"] for found in _ITSELF.finditer(text))
    letter = _most(said, 1)
    if letter is None:
        return None
    places = {place.name: place for found in re.finditer(_NAMED + letter, text) if (place := _ending(found.group()))}
    named = {name: place.short if place.level != "county" else name for name, place in places.items()}
    name = _most(Counter({name: text.count(word) for name, word in named.items()}), 2)
    if name is None:
        return None
    return places[name], next(found.start() for found in _ITSELF.finditer(text) if found["letter"] == letter)


def _most(counted: Counter[str], times: int) -> str | None:
    """What is counted most, and this many times as often as what comes next; None where nothing is."""
    (first, often), (_, next_often) = (*counted.most_common(2), ("", 0), ("", 0))[:2]
    return first if often >= _LEAST and often >= times * next_often and often > next_often else None


def _ending(text: str) -> Division | None:
    """The place whose full name ends a text."""
    for start in range(len(text) - 1):
        place = divisions.named(text[start:])
        if place is not None and place.name == text[start:]:
            return place
    return None
