"""Bodies that a reform renamed, and texts that still use the old name (S103–S111, L62)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct, convert

from extractor import lexicon
from extractor.bodies import divisions, national
from extractor.bodies.divisions import MUNICIPALITIES, Division
from extractor.bodies.registry import Body
from extractor.bodies.shape import strip_plate
from extractor.model import Level


class Renaming(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reform: how the old name ends, what it must hold, its first and its last year, the new name."""

    old: tuple[str, ...]
    since: int
    """The year in which the first bodies got the new name."""
    until: int
    """The year in which the last ones did: the old name was right until then."""
    joined: bool = False
    """Whether the body of the new name was there before, and took the old one over."""
    new: str
    see: str
    holds: tuple[str, ...] = ()
    swap: tuple[str, str] | None = None
    name: str | None = None
    name_province: str | None = None
    name_city: str | None = None
    name_county: str | None = None
    not_in: tuple[str, ...] = ()
    """Codes of provinces in which the body is called otherwise since."""

    def named(self, old: str | None, level: Level, seat: Division | None) -> str | None:
        """The full name since of the body that was called ``old``; None where nobody knows it."""
        if self.swap is not None:
            return old.replace(*self.swap) if old and self.swap[0] in old else None
        if seat is not None and seat.code[:2] + "0000" in self.not_in:
            return None
        level = "city" if seat is not None and seat.code in MUNICIPALITIES else level
        levels = {"province": self.name_province, "city": self.name_city, "county": self.name_county}
        pattern = levels.get(level) or self.name
        return pattern.format(seat=seat.seat, short=seat.short) if pattern and seat else None


class Succession(Struct, frozen=True):
    """What a body became (沿革): the full name since where it is known, and the years of the reform."""

    name: str | None
    since: int
    until: int
    joined: bool = False
    divided: bool = False
    """Whether others took over a part of its work."""

    def is_same(self, year: int | None) -> bool | None:
        """Whether the body of the new name in a text of ``year`` is the old one; None where that cannot be told."""
        if self.divided or (self.joined and year is None):
            return None
        if not self.joined or (year is not None and year > self.until):
            return True
        return None if year is not None and year >= self.since else False


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
    if row is None or year <= row.until or (body.name is not None and _ended(body.name) is None):
        return None  # 市农委 is short for the old 农业委员会, and in some places for the 农业农村委员会 of today
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
    seat = divisions.by_code(body.id.split("/")[0]) if body.id else None
    return row.named(body.name, body.level, seat)


def successions(mention: str, name: str | None, level: Level, seat: Division | None) -> Iterator[Succession]:
    """What a body became, one reform after the other; ``name`` is its full name where that is known.

    >>> wuxi = divisions.by_code("320200")
    >>> [(each.name, each.until) for each in successions("市扶贫办", None, "city", wuxi)]
    [('无锡市乡村振兴局', 2021), ('无锡市农业农村局', 2024)]
    >>> [each.name for each in successions("环保总局", "国家环境保护总局", "national", None)]
    ['环境保护部', '生态环境部']
    """
    said: str | None = mention
    while said is not None:
        if level == "national":
            found = _after(name or said)
        else:
            row = _ended(said) or _ended(name or "")
            found = (Succession(row.named(name, level, seat), row.since, row.until, row.joined),) if row else ()
        yield from found
        said = name = found[0].name if len(found) == 1 else None


def _after(name: str) -> tuple[Succession, ...]:
    old = national.called(name)
    if old is None or old.until is None:
        return ()
    new = [(each, national.called(each)) for each in old.after]
    joined = [body is None or body.since is None or body.since < old.until for _, body in new]
    return tuple(
        Succession(each, old.until, old.until, was_there, divided=len(new) > 1)
        for (each, _), was_there in zip(new, joined, strict=True)
    )
