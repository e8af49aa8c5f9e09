"""Bodies of the state (国家机关): every form in which texts write them, with the years in which the name was right."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct, convert

from extractor import lexicon
from extractor.model import BodyKind

_OWN_FORM = re.compile(r"(?:总局|总署|署|监会|部)$")
"""How names end that no body of a place has: 教育部, 海关总署, 证监会; 医保局 and 国资委 may be anybody's."""


class NationalBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One body of the state under one of its names."""

    name: str
    short: tuple[str, ...]
    kind: BodyKind = "government"
    parent: str | None = None
    since: int | None = None
    """First year of the name; None where it is old, or not known."""
    until: int | None = None
    """Last year in which the name was right; None where it still is."""
    after: tuple[str, ...] = ()
    """Names of the bodies that took its work over."""

    def held_in(self, year: int) -> bool:
        """Whether the body bore this name in a year."""
        return (self.since or year) <= year <= (self.until or year)


@lru_cache(maxsize=1)
def bodies() -> tuple[NationalBody, ...]:
    """All of them, those of today first."""
    rows = convert(lexicon.load("national")["bodies"], tuple[NationalBody, ...])
    return tuple(sorted(rows, key=lambda body: body.until is not None))


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[NationalBody, ...]]:
    found: dict[str, dict[str, NationalBody]] = {}
    for body in bodies():
        for form in (body.name, body.name.removeprefix("国家"), *body.short):
            found.setdefault(form, {})[body.name] = body
    return {form: tuple(of_form.values()) for form, of_form in found.items()}


@lru_cache(maxsize=4096)
def called(form: str, year: int | None = None) -> NationalBody | None:
    """The body of the state that is written ``form``, where two bore it one after the other that of ``year``.

    >>> called("国务院国资委").name, called("外交部").name, called("广电总局").name, called("广电总局", 2005).name
    ('国务院国有资产监督管理委员会', '外交部', '国家广播电视总局', '国家广播电影电视总局')
    >>> called("市财政局") is None
    True
    """
    table = _forms()
    found = table.get(form) or table.get(form.removeprefix("国家")) or table.get(form.removeprefix("国务院")) or ()
    if year is not None:
        found = tuple(body for body in found if body.held_in(year)) or found
    return found[0] if found else None


def is_only_national(form: str) -> bool:
    """Whether a form is that of a body of the state whoever speaks (R18).

    >>> is_only_national("财政部"), is_only_national("证监会"), is_only_national("医保局"), is_only_national("宣传部")
    (True, True, False, False)
    """
    body = called(form)
    return body is not None and body.kind == "government" and _OWN_FORM.search(form) is not None
