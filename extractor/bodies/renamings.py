"""Bodies that a reform renamed, and texts that still use the old name (S103–S111, L62)."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct, convert

from extractor import lexicon
from extractor.bodies import divisions, national
from extractor.bodies.registry import Body
from extractor.bodies.shape import strip_plate
from extractor.model import Level


class Renaming(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reform: how the old name ends, what it must hold, the last year in which it was right, the new name."""

    old: tuple[str, ...]
    until: int
    new: str
    see: str
    holds: tuple[str, ...] = ()
    swap: tuple[str, str] | None = None
    name: str | None = None
    name_province: str | None = None
    name_city: str | None = None
    name_county: str | None = None


class Stale(Struct, frozen=True):
    """An old name in a later text: the last year in which it was right, and what the body is called since."""

    until: int
    new: str
    """In short, and as far as it is the same everywhere."""
    name: str | None
    """In full; None where the work went to different bodies in different places."""


@lru_cache(maxsize=1)
def renamings() -> tuple[Renaming, ...]:
    """All renamings of the lexicon."""
    return convert(lexicon.load("renamings")["renamed"], tuple[Renaming, ...])


def stale(mention: str, body: Body, year: int | None) -> Stale | None:
    """What ``mention``, which stands for ``body``, is called in a text of ``year``; None where the name is right.

    Also None where the year is not known.

    >>> from extractor.bodies.registry import Speaker, resolve
    >>> body = resolve("市银保监局", Speaker(divisions.named("无锡市")))
    >>> stale("市银保监局", body, 2025).name, stale("市银保监局", body, 2022), stale("市银保监局", body, None)
    ('国家金融监督管理总局无锡监管分局', None, None)
    """
    if year is None or body.kind in ("group", "system"):
        return None
    if body.level == "national":
        return _of_state(body, year)
    core = strip_plate(mention)
    row = _ended(core)
    if row is None or year <= row.until:
        return None
    return Stale(row.until, row.new, _since(row, body))


@lru_cache(maxsize=4096)
def _ended(core: str) -> Renaming | None:
    for row in renamings():
        if core.endswith(row.old) and (not row.holds or any(word in core for word in row.holds)):
            return row
    return None


def _of_state(body: Body, year: int) -> Stale | None:
    found = national.called(body.name) if body.name else None
    if found is None or found.until is None or year <= found.until:
        return None
    return Stale(found.until, "、".join(found.after), found.after[0] if len(found.after) == 1 else None)


def _since(row: Renaming, body: Body) -> str | None:
    """The full name since; None where the place of the body is not known."""
    if row.swap is not None:
        return body.name.replace(*row.swap) if body.name and row.swap[0] in body.name else None
    levels: dict[Level, str | None] = {
        "province": row.name_province,
        "city": row.name_city,
        "county": row.name_county,
    }
    pattern = levels.get(body.level) or row.name
    seat = divisions.by_code(body.id.split("/")[0]) if body.id else None
    return pattern.format(seat=seat.seat, short=seat.short) if pattern and seat else None
