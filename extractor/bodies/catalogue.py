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
from extractor.bodies.registry import Body, Speaker, prefix_of, resolve
from extractor.bodies.renamings import Renaming, renamings
from extractor.bodies.shape import field_of, is_group, kind_of
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
    if place is not None:
        return place
    several = "、".join(f"{each.seat} {each.code}" for each in divisions.called(fold(said).replace(" ", "")))
    if several:
        raise BodiesError(f"{said}: is the name of several places, write one of them: {several}")
    raise BodiesError(f"{said}: is the name of no place; give its GB/T 2260 code, or its name in full")


def find(
    query: str, place: Division | None = None, added: Additions | None = None, year: int | None = None
) -> tuple[BodyEntry, ...]:
    """Bodies by name, short form, field, place or code; for an empty query those of ``place``, or all there are.

    A query that is a mention (市工信局, 无锡市场监管局) is answered first by what it stands for in a text of ``place``
    and ``year``; a phrase for several (各市、县政府, or 鼓楼区, of which there are four) by its members; a place or its
    code by its offices. With ``year`` only names that were right then are listed, besides what a mention stands for.

    >>> wuxi = divisions.by_code("320200")
    >>> [(entry.name, entry.short) for entry in find("市工信局", wuxi)]
    [('无锡市工业和信息化局', ('工业和信息化局', '工信局', '工业信息化局'))]
    >>> [(entry.name, entry.until, entry.after) for entry in find("银保监会")][:1]
    [('中国银行保险监督管理委员会', 2023, ('国家金融监督管理总局',))]
    """
    query = fold(query).replace(" ", "")
    if not query and place is not None:
        return tuple(_right_in(year, [*_added(added, place), *_offices(place)]))
    named = divisions.by_code(query) or divisions.named(query, place.code if place else None)
    if named is not None:
        return tuple(_right_in(year, [*_added(added, named), *_offices(named)]))
    if is_group(query):
        return tuple(_of(body, "member") for body in expand(query, place)) if place else ()
    several = divisions.called(query)
    every = list(_right_in(year, [*_added(added, place), *_national(), *_offices(place)]))
    found = _holding(query, every) or _holding(field_of(query.removeprefix(prefix_of(query))), _offices(place))
    body = resolve(query, Speaker(place, year=year, added=added)) if query else None
    if body is None or body.name is None:
        return tuple(found) or tuple(_of(resolve(each.seat + "人民政府", Speaker(each)), "member") for each in several)
    return (_of(body, "mention", added), *(entry for entry in found if entry.name != body.name))


def _holding(word: str, entries: Iterable[BodyEntry]) -> list[BodyEntry]:
    """Entries with a word in a name or a short form, those that are called just so first."""
    found = [entry for entry in entries if any(word in text for text in (entry.name, *entry.short))]
    return sorted(found, key=lambda entry: word not in (entry.name, *entry.short))


def _right_in(year: int | None, entries: Iterable[BodyEntry]) -> Iterator[BodyEntry]:
    """Entries whose name was right in a year; all where none is asked for."""
    for entry in entries:
        if year is None or (entry.since or year) <= year <= (entry.until or year):
            yield entry


def _of(body: Body, basis: Literal["mention", "member"], added: Additions | None = None) -> BodyEntry:
    """The entry of a body that was resolved: that of the registry, or one made of what the mention tells."""
    code = body.id.split("/")[0] if body.id else None
    seat = divisions.by_code(code) if code else None
    if basis == "mention":
        offices: Iterable[BodyEntry] = _offices(seat) if seat is not None else ()
        for known in (*_added(added, seat), *_national(), *offices):
            if known.name == body.name:
                return known
    entry = BodyEntry(
        name=body.name or "",
        kind=body.kind,
        level=body.level,
        place=code,
        seat=seat.seat if seat else None,
        parent=_parent(body.kind, body.name or "", seat) if seat else None,
        basis=basis,
    )
    return _dated(entry, body.name or "", seat)


def _added(added: Additions | None, place: Division | None) -> Iterator[BodyEntry]:
    """The bodies of the user that a text of a place may name: its own, those above it, those of no place."""
    for body in added.bodies if added is not None else ():
        if place is not None and not body.is_known_in(place):
            continue
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
            short=tuple(_as_said(short, place) for short in shorts if short != name),
            kind=kind,
            level=place.level if place else None,
            place=place.code if place else None,
            seat=place.seat if place else None,
            parent=_parent(kind, name, seat),
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
    return tuple((kind_of(f"市{next(iter(shorts))}"), tuple(shorts)) for shorts in grouped.values())


def _as_said(short: str, place: Division | None) -> str:
    """A short form as texts write it: what an organ of the committee is called begins with its level, 市委组织部."""
    if not short.startswith("委"):
        return short
    name = place.name if place is not None else ANYWHERE[0]
    return f"自治区党{short}" if name.endswith("自治区") else name[-1] + short


def _parent(kind: BodyKind, name: str, seat: Division) -> str | None:
    """Whose organ a body of a place is; None where the registry does not say."""
    government = seat.name if seat.is_corps else f"{seat.seat}人民政府"
    if name == government or kind not in ("government", "party"):
        return None
    above = government if kind == "government" else f"中共{seat.seat}委员会"
    return above if above != name else None


def _dated(entry: BodyEntry, short: str, seat: Division | None) -> BodyEntry:
    """An entry with what it was called before and is called since."""
    before, after, until = [], [], None
    for row in renamings():
        if (
            not row.somewhere
            and short.endswith(row.old)
            and (not row.holds or any(word in short for word in row.holds))
        ):
            until, after = (
                row.until,
                [(row.named(entry.name, entry.level, seat) if entry.level and seat else None) or row.new],
            )
        if seat is not None and entry.name in _new_names(row, seat):
            before += list(row.old)
    return replace(entry, before=tuple(dict.fromkeys(before)), after=tuple(after), until=until)


def _new_names(row: Renaming, seat: Division) -> Iterable[str]:
    for pattern in (row.name, row.name_province, row.name_city, row.name_county):
        if pattern is not None:
            yield pattern.format(seat=seat.seat, short=seat.short)
