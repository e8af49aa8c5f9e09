"""Whether two mentions from two dated texts name the same office (S103–S111): what was only renamed did not change."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from extractor.bodies.divisions import Division
from extractor.bodies.expansion import expand
from extractor.bodies.names import full_name
from extractor.bodies.registry import Body, Speaker, resolve, seat_of
from extractor.bodies.renamings import successions
from extractor.bodies.shape import field_of, plates, strip_plate
from extractor.text.fold import fold

_ANY = Division("000001", "某")
"""Stands for a place that is not known, so that two names of its bodies can be compared."""


class _Said(Struct, frozen=True):
    """A mention as it was read: what is written without a second plate, and what it stands for."""

    core: str
    plates: tuple[str, ...]
    """What stands on its second plates: other names of the same office (S97)."""
    body: Body
    name: str | None
    seat: Division | None
    year: int | None


def same_body(
    a: str, b: str, place: Division | None = None, date_a: str | None = None, date_b: str | None = None
) -> bool | None:
    """Whether ``a`` and ``b``, from two texts of ``place`` and of these dates, name the same office; None: unknown.

    The same are short and full forms, with the prefix of the place or without, the name on a second plate, an old name
    and the one that a reform put in its stead, two phrases for the same governments or the same field (发改部门). An
    office that one took over which was there before (乡村振兴局 → 农业农村局) is the same only where the text with the
    other name is later than the reform. None where a name is not known, where a reform divided the office, where one
    name may be a shorter form of the other, and where ``place`` is not given and only one says its level.

    Args:
        a: a mention as its text has it.
        b: another.
        place: whose texts both are.
        date_a: date of the text of ``a``: YYYY, YYYY-MM or YYYY-MM-DD.
        date_b: date of the text of ``b``.

    >>> from extractor.bodies import divisions
    >>> wuxi = divisions.by_code("320200")
    >>> same_body("市发改委", "发展改革委", wuxi), same_body("市财政局", "市教育局", wuxi)
    (True, False)
    >>> same_body("市大数据管理局", "市数据局", wuxi, "2021-03-01", "2025"), same_body("市住保中心", "市房产局", wuxi)
    (True, None)
    >>> [same_body("市乡村振兴局", "市农业农村局", wuxi, "2022", year) for year in ("2022", "2023", "2025")]
    [False, None, True]
    """
    one, other = _said(a, place, date_a), _said(b, place, date_b)
    if one.core == other.core:
        return True
    if "group" in (one.body.kind, other.body.kind):
        return _same_group(one, other, place)
    if (one.body.kind == "system") != (other.body.kind == "system"):
        return None
    if (one.name is not None and one.name == other.name) or one.core in other.plates or other.core in one.plates:
        return True
    reforms = [found for pair in ((one, other), (other, one)) for found in _became(*pair)]
    if reforms or one.name is None or other.name is None or _may_be_short(one, other):
        return reforms[0] if reforms else None
    return False


def _said(mention: str, place: Division | None, date: str | None) -> _Said:
    year = int(date[:4]) if date else None
    mention = fold(mention).replace(" ", "")
    core = strip_plate(mention)
    body = resolve(mention, Speaker(place, year=year))
    if body.kind == "group":
        return _Said(core, (), body, None, None, year)
    if body.kind == "system":
        core = field_of(core) + "局"
    seated = seat_of(core, Speaker(place))
    if seated.place is None and place is None:
        seated = replace(seated, place=Division(_ANY.code, _ANY.name + seated.said))
    return _Said(core, plates(mention), body, body.name or full_name(seated), seated.place, year)


def _same_group(one: _Said, other: _Said, place: Division | None) -> bool | None:
    """Two phrases for the governments of the same places; a phrase and one body are never the same."""
    if one.body.kind != other.body.kind:
        return False
    members = [expand(each.core, place) if place is not None else () for each in (one, other)]
    return members[0] == members[1] if all(members) else None


def _became(old: _Said, new: _Said) -> Iterator[bool | None]:
    """Whether the old body is the new one by the reforms that lead to its name; nothing where none leads there."""
    for step in successions(old.core, old.name, old.body.level, old.seat):
        if step.name is None:
            yield None
        elif step.name == new.name:
            yield step.is_same(new.year)


def _may_be_short(one: _Said, other: _Said) -> bool:
    """Whether all characters of one name stand in the other in their order: 文化和旅游局 may be 文化广电和旅游局."""
    if one.seat != other.seat and _ANY not in (one.seat, other.seat):
        return False
    short, long = sorted((_own_part(one), _own_part(other)), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def _own_part(said: _Said) -> str:
    name = said.name or ""
    return (name.replace(said.seat.seat, "", 1) if said.seat is not None else name).replace("和", "")
