"""The registry as a list to search: bodies of the state, the offices that every place has, those of the user."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

from msgspec.structs import replace

from extractor import lexicon
from extractor.bodies import divisions, national
from extractor.bodies.additions import Additions
from extractor.bodies.divisions import Division
from extractor.bodies.expansion import expand
from extractor.bodies.names import Seated, full_name
from extractor.bodies.registry import Body, Speaker, resolve
from extractor.bodies.renamings import Renaming, renamings
from extractor.bodies.shape import is_group, kind_of
from extractor.errors import BodiesError
from extractor.model import BodyEntry, BodyKind
from extractor.text.fold import fold

ANYWHERE = "○○"
"""Stands for the place in the names of offices that every place has."""


def known_place(said: str) -> Division:
    """The place that a user means by a name or a code.

    Raises:
        BodiesError: no place is called so, or more than one.

    >>> known_place("无锡市锡山区").code, known_place("320205").name
    ('320205', '锡山区')
    """
    place = divisions.by_code(said) or divisions.named(fold(said).replace(" ", ""))
    if place is None:
        raise BodiesError(
            f"{said}: is the name of no place, or of several; give its GB/T 2260 code, or its city too (南京市鼓楼区)"
        )
    return place


def find(query: str, place: Division | None = None, added: Additions | None = None) -> tuple[BodyEntry, ...]:
    """Bodies by name, short form, field, place or code; all there are for an empty query.

    A query that is a mention (市工信局, 无锡市场监管局) is answered first by what it stands for in a text of ``place``;
    a phrase for several (各市、县政府) by its members; a place or its code by its offices.

    >>> wuxi = divisions.by_code("320200")
    >>> [(entry.name, entry.short) for entry in find("市工信局", wuxi)]
    [('无锡市工业和信息化局', ('工业和信息化局', '工信局', '工业信息化局'))]
    >>> [(entry.name, entry.until, entry.after) for entry in find("银保监会")][:1]
    [('中国银行保险监督管理委员会', 2023, ('国家金融监督管理总局',))]
    """
    query = fold(query).replace(" ", "")
    named = divisions.by_code(query) or divisions.named(query, place.code if place else None)
    if named is not None:
        return tuple(_offices(named))
    if is_group(query):
        return tuple(_of(body, "member") for body in expand(query, place)) if place else ()
    every = [*_added(added), *_national(), *_offices(place)]
    found = [entry for entry in every if any(query in text for text in (entry.name, *entry.short))]
    found.sort(key=lambda entry: query not in (entry.name, *entry.short))
    body = resolve(query, Speaker(place, added=added)) if query else None
    if body is None or body.name is None:
        return tuple(found)
    seat = divisions.by_code(body.id.split("/")[0]) if body.id else None
    first = next((entry for entry in (*found, *_offices(seat)) if entry.name == body.name), _of(body, "mention"))
    return (first, *(entry for entry in found if entry.name != body.name))


def _of(body: Body, basis: Literal["mention", "member"]) -> BodyEntry:
    code = body.id.split("/")[0] if body.id else None
    seat = divisions.by_code(code) if code else None
    entry = BodyEntry(
        name=body.name or "",
        kind=body.kind,
        level=body.level,
        place=code,
        seat=seat.seat if seat else None,
        parent=_parent(body.kind, body.name or "", seat.seat) if seat else None,
        basis=basis,
    )
    return _dated(entry, body.name or "", seat)


def _added(added: Additions | None) -> Iterator[BodyEntry]:
    for body in added.bodies if added is not None else ():
        yield BodyEntry(
            name=body.name,
            short=body.short,
            kind=body.of_kind(),
            level=body.at_level(),
            place=body.place,
            seat=body.seat.seat if body.seat else None,
            since=body.since,
            until=body.until,
            after=body.after,
            basis="added",
        )


@lru_cache(maxsize=1)
def _national() -> tuple[BodyEntry, ...]:
    before: dict[str, list[str]] = {}
    for body in national.bodies():
        for name in body.after:
            before.setdefault(name, []).append(body.name)
    return tuple(
        BodyEntry(
            name=body.name,
            short=body.short,
            kind=body.kind,
            level="national",
            place="000000",
            parent=body.parent or ("国务院" if body.kind == "government" and body.name != "国务院" else None),
            since=body.since,
            until=body.until,
            before=tuple(before.get(body.name, ())),
            after=body.after,
            basis="national",
        )
        for body in national.bodies()
    )


def _offices(place: Division | None) -> Iterator[BodyEntry]:
    """The offices of the patterns, at a place or at any."""
    for kind, shorts in _patterns():
        seat = place or Division("000001", ANYWHERE)
        name = full_name(Seated(shorts[0], seat, seat.level, shorts[0], "说"))
        if name is None or (place is not None and not _may_have(place, name)):
            continue
        entry = BodyEntry(
            name=name,
            short=tuple(short for short in shorts if short != name),
            kind=kind,
            level=place.level if place else None,
            place=place.code if place else None,
            seat=place.seat if place else None,
            parent=_parent(kind, name, seat.seat),
            basis="pattern",
        )
        yield _dated(entry, shorts[0], seat)


def _may_have(place: Division, name: str) -> bool:
    """Whether a place is of the level that has such an office: a district has no 高级人民法院."""
    levels = lexicon.load("offices")["only_at"]
    return all(place.level == level or not name.endswith(tuple(ends)) for level, ends in levels.items())


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[BodyKind, tuple[str, ...]], ...]:
    """Kind and short forms of every office of the lexicon, those of one name together."""
    words = lexicon.load("offices")
    grouped: dict[str, dict[str, None]] = {row["full"]: dict.fromkeys(row["short"]) for row in words["whole"]}
    for tail, full in words["party"].items():
        grouped.setdefault(f"中共{full}", {})[f"委{tail}"] = None
    fields = {name: name for name in (*words["full"]["fields"], *words["full"]["offices"])}
    for short, full in {**fields, **words["fields"], **words["fields_of_names"]}.items():
        suffix = "委" if full in words["commissions"]["fields"] else "局"
        grouped.setdefault(full + suffix, {})[short + suffix] = None
    return tuple((kind_of(_as_said(next(iter(shorts)))), tuple(shorts)) for shorts in grouped.values())


def _as_said(short: str) -> str:
    return f"市{short}"


def _parent(kind: BodyKind, name: str, seat: str) -> str | None:
    """Whose organ a body of a place is; None where the registry does not say."""
    if name == f"{seat}人民政府" or kind not in ("government", "party"):
        return None
    above = f"{seat}人民政府" if kind == "government" else f"中共{seat}委员会"
    return above if above != name else None


def _dated(entry: BodyEntry, short: str, seat: Division | None) -> BodyEntry:
    """An entry with what it was called before and is called since."""
    before, after, until = [], [], None
    for row in renamings():
        if short.endswith(row.old) and (not row.holds or any(word in short for word in row.holds)):
            until, after = row.until, [row.new]
        if seat is not None and entry.name in _new_names(row, seat):
            before += list(row.old)
    return replace(entry, before=tuple(dict.fromkeys(before)), after=tuple(after), until=until)


def _new_names(row: Renaming, seat: Division) -> Iterable[str]:
    for pattern in (row.name, row.name_province, row.name_city, row.name_county):
        if pattern is not None:
            yield pattern.format(seat=seat.seat, short=seat.short)
