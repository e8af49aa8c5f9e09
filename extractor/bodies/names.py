"""How the name of a body grows from short to full, once its place is known (S90–S92).

What follows no pattern is a row of ``lexicon/offices.toml``; what no row and no pattern knows stays open.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from msgspec import Struct

from extractor import lexicon
from extractor.bodies.divisions import Division
from extractor.bodies.shape import branch_heads
from extractor.model import Level


class Seated(Struct, frozen=True, gc=False):
    """A mention taken apart: whose place it is of, and what it is called there."""

    core: str
    """The mention without a second plate."""
    place: Division | None
    level: Level
    rest: str
    """The mention without its place or level letter."""
    said: str = ""
    """Place or letter as the text says it, or as it was said before in the list; empty where it is the issuer's."""
    year: int | None = None
    """Of the text, where it is known."""

    def in_time(self, row: dict[str, Any]) -> bool:
        """Whether a row of the lexicon holds in the year of the text, without one whether it has for long."""
        if self.year is None:
            return "until" not in row and row.get("since", 0) <= _SETTLED
        return bool(row.get("since", self.year) <= self.year <= row.get("until", self.year))


_SOUTHERN_GRID = frozenset({"44", "45", "46", "52", "53"})
"""Provinces whose power is supplied by 供电局 of the southern grid, and not by 国网X供电公司."""
_COMPANY = re.compile(r"(?:有限责任公司|有限公司|总公司)$")
_OF_ITS_OWN = re.compile(
    r"(?:海关|海事局|交易所|大学|学院|医院|边检站|经济(?:技术)?开发区|高新技术产业开发区|综合保税区)$"
)
"""Bodies that bear the name of a place without being its organ: 南昌海关 is what it is called."""
_NO_NAME = re.compile(r"^(?:政府|人民政府|党?委|级|直)|[^一-鿿]|[区园城港湾]管理局$")
"""A list, a bracket, an organ before the office (市政府政务公开办公室), the office of a zone that has its own name."""
_SETTLED = 2020
"""A name that began later is not taken for meant where the text has no date."""
_CAPITAL = re.compile(r"[0-9]{2}0100$")


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return lexicon.load("offices")


@lru_cache(maxsize=1)
def _wholes() -> dict[str, dict[str, Any]]:
    return {short: row for row in _words()["whole"] for short in row["short"]}


@lru_cache(maxsize=1)
def _fields() -> dict[str, str]:
    words = _words()
    written = (*words["full"]["fields"], *words["full"]["offices"])
    return {**dict(zip(written, written, strict=True)), **words["fields"], **words["fields_of_names"]}


def full_name(seated: Seated) -> str | None:
    """The full name of a body of a place; None where the place or the name is not known.

    >>> from extractor.bodies import divisions
    >>> wuxi = divisions.by_code("320200")
    >>> full_name(Seated("市发改委", wuxi, "city", "发改委", "市"))
    '无锡市发展和改革委员会'
    >>> full_name(Seated("市城建局", wuxi, "city", "城建局", "市")) is None
    True
    """
    core, seat = seated.core, seated.place
    if core in _words()["zones"]:
        return str(_words()["zones"][core])
    if seat is None:
        return core if _COMPANY.search(core) and core.startswith("中国") else None
    name = _at_seat(seated, seat)
    return name.replace("人民政府", "", 1) if name and seat.is_corps else name


def _at_seat(seated: Seated, seat: Division) -> str | None:
    core = seated.core
    if core[:1] == "团" and core.endswith("委"):
        return f"共青团{seat.seat}委员会"
    branch = branch_heads().match(core)
    if branch is not None and branch.group() in _words()["branches"]["heads"]:
        return _branch(branch.group(), seated, seat)
    return (
        _local(seated, seat)
        or _whole(seated, seat)
        or _party(seated, seat)
        or _own_name(seated, seat)
        or _by_parts(seated.rest, seat)
        or _spelt(seated, seat)
    )


def _branch(said: str, seated: Seated, seat: Division) -> str | None:
    """A branch of a body of the state in a place (S96); those of the bank say their place in a way of their own."""
    words = _words()["branches"]
    head: str = words["heads"][said]
    tail = seated.rest.removeprefix(said)
    for short, long in words["tails"].items():
        tail = tail.replace(short, long)
    if re.fullmatch(words["tail"], tail) is None:
        return None
    if head == "国家税务总局":
        return head + seat.seat + tail
    if head == "中国人民银行":
        return _bank(tail, seated.said, seat)
    if head in ("国家统计局", "国家外汇管理局", *words["banks"]) and seated.said in (seat.name, seat.short):
        return head + seated.said + tail
    return head + seat.short + tail if "监管" in tail and tail[0] == "监" else None


def _bank(tail: str, said: str, seat: Division) -> str | None:
    """A branch of the central bank; those in a capital of a province say its short name, others 市 with it (S108)."""
    if tail == "总部":
        return f"中国人民银行{seat.short}总部" if seat.short == "上海" else None
    if tail == "营业管理部":
        if said == seat.short != "北京":
            return f"中国人民银行{said}营业管理部"
        return "中国人民银行营业管理部" if seat.short == "北京" else None
    place = seat.short if _CAPITAL.match(seat.code) else seat.name
    return f"中国人民银行{place}{tail}" if tail in ("中心支行", "分行", "支行", "分行营业管理部") else None


def _local(seated: Seated, seat: Division) -> str | None:
    """A name that this place has for itself, against the pattern."""
    for row in _words()["local"]:
        here = row["place"] == seat.code or ("below" in row and row["place"][:2] == seat.code[:2])
        if here and seated.rest in row and seated.in_time(row):
            own = str(row[seated.rest])
            return own if own.startswith(seat.short) else seat.seat + own
    return None


def _whole(seated: Seated, seat: Division) -> str | None:
    """A name that follows no pattern, with 政府 before it or without: 市政府国资委, 市国资委."""
    rest = seated.rest
    row = _wholes().get(rest) or _wholes().get(rest.removeprefix("人民").removeprefix("政府"))
    if row is None or (seated.level in row.get("not_at", ()) and not seated.core.startswith(seat.short)):
        return None
    if not seated.in_time(row):
        return None
    kind = "separate" if seat.code in _words()["separate"]["places"] else seated.level
    pattern = row.get(f"full_{kind}") or row.get(f"full_{seated.level}") or row["full"]
    above = seat.parent.name if seat.parent else ""
    return str(pattern).format(seat=seat.seat, short=seat.short, above=above)


def _party(seated: Seated, seat: Division) -> str | None:
    """An organ of the party committee: 区委编办 → 中共…区委机构编制委员会办公室."""
    rest = seated.rest.removeprefix("党")
    if not rest.startswith("委"):
        return None
    tail: str | None = _words()["party"].get(rest[1:])
    return f"中共{seat.seat}{tail}" if tail else None


def _own_name(seated: Seated, seat: Division) -> str | None:
    """Bodies whose name is what the text writes, or what everybody calls them."""
    core, rest = seated.core, seated.rest
    named = core.startswith((seat.name, seat.short))
    if core.endswith(("管委会", "管理委员会")) and not core.endswith("监督管理委员会"):
        own = _zone(rest if core[0] == seated.said else core, seat)
        return seat.seat + own if own and core[0] == seated.said else own
    if _COMPANY.search(core) and (named or core.startswith("中国")) and len(core) > len("有限责任公司") + 2:
        return core
    if named and _OF_ITS_OWN.search(rest):
        return core + "管理委员会" if core.endswith("区") else core
    southern = seat.code[:2] in _SOUTHERN_GRID
    if rest in ("电力公司", "国网电力公司") and seat.name.endswith("省") and not southern:
        return f"国网{seat.name}电力有限公司"
    if rest in ("供电公司", "国网供电公司") and seat.level != "province" and not southern:
        return f"国网{seat.short}供电公司"
    return f"{seat.short}供电局" if rest == "供电局" and southern else None


def _zone(core: str, seat: Division) -> str | None:
    """The commission of a zone; None where it is said too short to know its name, or which one it is."""
    stem = core.removesuffix("管委会").removesuffix("管理委员会")
    words = _words()
    for kind, full in words["zone_kinds"].items():
        if stem == seat.short + kind:
            return f"{seat.short}{full}管理委员会"
    if stem == seat.short + "经开区" and seat.short in words["state_zones"]["places"]:
        return f"{seat.short}经济技术开发区管理委员会"
    ends: dict[str, list[str]] = words["zone_words"]
    if stem.endswith(tuple(ends["short"])) and not stem.endswith(tuple(ends["full"])):
        return None
    return f"{stem}管理委员会" if len(stem) > 3 and not _no_zone().match(stem) else None


@lru_cache(maxsize=1)
def _no_zone() -> re.Pattern[str]:
    """What names no zone by itself (开发区), or has a bracket within: 开发(度假)区."""
    generic = "|".join(sorted(_words()["zone_words"]["generic"], key=len, reverse=True))
    return re.compile(rf".*[()\[\]<>]|自贸|综保|(?:{generic})+(?:区|园|城|港)?$")


def _by_parts(rest: str, seat: Division) -> str | None:
    """Grow field and suffix: 卫健 + 委 → 卫生健康委员会; None where the field is not known."""
    words = _words()
    for suffix in ("委员会", "办公室", "委", "局", "厅", "办"):
        field = rest[: -len(suffix)]
        if not field or not rest.endswith(suffix):
            continue
        known = words["before_commission"].get(field) if suffix in ("委", "委员会") else None
        known = known or _fields().get(field)
        if known is None:
            return None
        if field == "政务服务" and suffix == "办":
            known = field
        return f"{seat.seat}{known}{words['suffixes'].get(suffix, suffix)}"
    return None


@lru_cache(maxsize=1)
def _spelt_ends() -> tuple[tuple[str, int], ...]:
    rows = {end: least for end, least in _words()["spelt"].items() if end != "short"}
    return tuple(sorted(rows.items(), key=lambda row: -len(row[0])))


def _spelt(seated: Seated, seat: Division) -> str | None:
    """A name that is written out (市流动人口服务中心), where the text says whose it is; else it may be a division."""
    rest = seated.rest
    if not seated.said or rest.startswith(tuple(_words()["spelt"]["short"])):
        return None
    for end, least in _spelt_ends():
        if rest.endswith(end):
            if len(rest) - len(end) < least or _NO_NAME.search(rest):
                return None
            return seated.core if seated.said == seat.short else seat.seat + rest
    return None
