"""The registry of bodies (机关单位): a mention, the place that speaks, the prefix before it → name, id, kind, level.

A name grows from short to full by fields and suffixes (S90–S92); what follows no pattern is a row of the lexicon. Where
the place is not known the name stays open: nothing is invented.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from msgspec import Struct

from extractor import lexicon
from extractor.bodies import divisions
from extractor.bodies.divisions import MUNICIPALITIES, Division
from extractor.bodies.shape import branch_heads, kind_of, state_heads, strip_plate
from extractor.model import BodyKind, Level


class Body(Struct, frozen=True, gc=False):
    """What a mention stands for; ``name`` and ``id`` are None where they cannot be told."""

    name: str | None
    id: str | None
    kind: BodyKind
    level: Level


class Speaker(Struct, frozen=True, gc=False):
    """Whose text it is: the place of the issuer (None where unknown) and, without a place, its level."""

    place: Division | None = None
    level: Level | None = None

    def own_level(self) -> Level:
        """The level of the issuer."""
        return self.place.level if self.place else self.level or "other"


_LETTERS: dict[str, Level] = {
    "省": "province",
    "自治区": "province",
    "市": "city",
    "州": "city",
    "区": "county",
    "县": "county",
    "旗": "county",
}
_ZONE = re.compile(r"[区园城港]管理?(?:委员?会|局|委)|(?:开发|高新|新|经开|园|示范|度假|保税)区")
_PREFIX = re.compile(r"自治区|省(?!级)|[市州区县旗](?!级|直|场)|本(?=[省市区县])")
_ORDER: tuple[Level, ...] = ("national", "province", "city", "county", "township")
_GROUP_LEVELS: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(r"所在地|所属地|属地|参保地|当地|地方|拖欠|会员|两级|^市区"), "other"),
    (re.compile(r"各?(?:有关|相关)?(?:省级|省、|省\(|省人民政府|各省(?![直级有]|各))"), "province"),
    (re.compile(r"街道|镇|乡"), "township"),
    (re.compile(r"县|[区旗](?:、|人民政府|政府|市|\(|\[|级?$)|各区|有关区|相关区|旗|市区"), "county"),
    (re.compile(r"地级以上市|省辖市|设区的?市|各市|市州|各设区|有关市|相关市|州市"), "city"),
)  # fmt: skip


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return lexicon.load("bodies")


@lru_cache(maxsize=1)
def _wholes() -> dict[str, dict[str, Any]]:
    return {short: row for row in _words()["whole"] for short in row["short"]}


def resolve(mention: str, speaker: Speaker, carried: str = "") -> Body:
    """What a folded mention stands for in the text of ``speaker``; ``carried`` is the prefix said once before it (R15).

    >>> wuxi = Speaker(divisions.named("无锡市"))
    >>> resolve("市卫生健康委", wuxi)
    Body(name='无锡市卫生健康委员会', id='320200/卫生健康委员会', kind='government', level='city')
    >>> resolve("财政局", wuxi, carried="市").name, resolve("各市(县)、区政府", wuxi).level
    ('无锡市财政局', 'county')
    """
    return _resolve(mention, speaker, carried)


@lru_cache(maxsize=8192)
def _resolve(mention: str, speaker: Speaker, carried: str) -> Body:
    kind = kind_of(mention)
    core = strip_plate(mention)
    if kind == "group":
        return Body(None, None, kind, _group_level(mention, speaker))
    if kind == "system":
        return Body(None, None, kind, speaker.own_level())
    seat, level, rest = _seat(core, speaker, carried)
    if level == "national" and kind == "vertical" and _national_name(core):
        kind = "government"
    if kind == "other" and seat is not None and not rest:  # 济南、青岛市政府: the first of them is a bare place (R72)
        kind, rest = "government", "政府"
    name = _national_name(core) if level == "national" else _full_name(core, rest, seat, level)
    base = _base(name, seat) if name else None
    code = "000000" if level == "national" else seat.code if seat else None
    return Body(name, f"{code}/{base}" if code and base else None, kind, level)


def _seat(core: str, speaker: Speaker, carried: str) -> tuple[Division | None, Level, str]:
    """Place and level of a body, and its name without them."""
    branch = branch_heads().match(core)
    at = branch.end() if branch else 0
    if (state_heads().match(core) and not 0 < at < len(core)) or (not carried and _of_the_state(core, speaker)):
        return None, "national", core
    prefix = _PREFIX.match(core, at) or (_PREFIX.match(core, 1) if core[:1] == "团" else None)
    if prefix is not None:
        place, level = _own(prefix.group(), speaker)
        return place, level, core[:at] + core[prefix.end() :] if core[:1] != "团" else core
    within = speaker.place.code if speaker.place else None
    found = divisions.leading(core[at:], within)
    if found is not None:
        place = found[0]
        if (word := divisions.unlisted(core[at + found[1] :])) is not None:
            return None, _LETTERS.get(word, "township"), core
        rest = core[:at] + core[at + found[1] :]
        short = place.level == "county" and not core[at:].startswith(place.name)
        if short and _ZONE.search(rest):  # a zone that bears a district's short name is an organ of the issuer
            return speaker.place, speaker.own_level(), core
        return place, place.level, rest
    if branch is not None:
        at_home = len(core) > branch.end() or speaker.own_level() not in ("national", "other")
        return speaker.place, speaker.own_level() if at_home else "national", core  # 人行 in a city's text: its branch
    if (word := divisions.unlisted(core)) is not None:  # a place that no list knows: none of the issuer's
        return None, _LETTERS.get(word, "township"), core
    letter = carried or ""
    if letter in _LETTERS:
        place, level = _own(letter, speaker)
        return place, level, core
    if core.endswith(("街道", "街道办", "街道办事处", "镇", "乡", "镇政府", "镇人民政府", "乡人民政府")):
        return None, "township", core
    return speaker.place, speaker.own_level(), core


def _of_the_state(core: str, speaker: Speaker) -> bool:
    """A body of the state without a prefix; where nobody knows who speaks, 医保局 may be that of any place."""
    if core not in _words()["national"]:
        return False
    own = speaker.own_level()
    return own == "national" or (own == "other" and (core.endswith("总局") or not core.endswith(("局", "委", "办"))))


def _own(letter: str, speaker: Speaker) -> tuple[Division | None, Level]:
    """The place that a level letter means here: 市 of a municipality is a province, of a county city a county (S94).

    The letter must fit the name of the place: 县财政局 in the text of a 区 is not the bureau of the 区.
    """
    place = speaker.place
    level = _LETTERS.get(letter, speaker.own_level())
    if letter == "市" and place is not None and place.is_county_city:
        return place, "county"
    while place is not None:
        if place.level == level or (letter == "市" and place.code in MUNICIPALITIES):
            fits = letter not in _LETTERS or place.name.endswith(letter)
            return (place if fits else None), place.level
        place = place.parent
    return None, level


def _group_level(mention: str, speaker: Speaker) -> Level:
    for pattern, level in _GROUP_LEVELS:
        if pattern.search(mention):
            return level
    prefix = _PREFIX.match(mention) or re.match(r"[省市州区县旗](?=级|直)", mention)
    return _own(prefix.group(), speaker)[1] if prefix else speaker.own_level()


def _national_name(core: str) -> str | None:
    table: dict[str, str] = _words()["national"]
    return table.get(core) or table.get(core.removeprefix("国家"))


def _full_name(core: str, rest: str, seat: Division | None, level: Level) -> str | None:
    if seat is None:
        return None
    zones: dict[str, str] = _words()["zones"]
    if core in zones:
        return zones[core]
    if core[:1] == "团" and core.endswith("委"):
        return f"共青团{seat.seat}委员会"
    for row in _words()["local"]:
        if row["place"] == seat.code and rest in row:
            return str(row[rest]) if row[rest].startswith(seat.short) else seat.seat + str(row[rest])
    if rest.startswith(("人民银行", "人行")):
        return _bank(rest, seat)
    if (row := _wholes().get(rest)) is not None:
        if level in row.get("not_at", ()) and not core.startswith(seat.short):
            return None
        pattern = row.get(f"full_{level}") or row["full"]
        above = seat.parent.name if seat.parent else ""
        return str(pattern).format(seat=seat.seat, short=seat.short, above=above)
    if rest.startswith(("委", "党委")):
        party: dict[str, str] = _words()["party"]
        tail = party.get(rest.removeprefix("党委").removeprefix("委"))
        return f"中共{seat.seat}{tail}" if tail else None
    if core.endswith("管委会"):
        return _zone_name(core)
    return _by_parts(rest, seat)


def _bank(rest: str, seat: Division) -> str | None:
    tail = rest.removeprefix("人民银行").removeprefix("人行")
    if tail in ("营业管理部", "营管部"):
        return "中国人民银行营业管理部" if seat.short == "北京" else None  # that of Chongqing is another
    return f"中国人民银行{seat.name}{tail}" if tail in ("中心支行", "分行") else None


def _zone_name(core: str) -> str | None:
    stem = core.removesuffix("管委会")
    full = stem.removesuffix("经开区") + "经济开发区" if stem.endswith("经开区") else stem
    return full + "管理委员会" if len(stem) > 3 else None


def _by_parts(rest: str, seat: Division) -> str | None:
    """Grow field and suffix: 卫健 + 委 → 卫生健康委员会; None where the field is not known."""
    words = _words()
    if rest.endswith(("领导小组", "委员会", "指挥部", "支队", "总队")) and len(rest) > 4:
        return seat.seat + rest
    for suffix in ("委员会", "办公室", "委", "局", "厅", "办"):
        if rest.endswith(suffix) and len(rest) > len(suffix):
            field = rest[: -len(suffix)]
            fields: dict[str, str] = words["fields"]
            known = fields.get(field) or (field if field in words["full"]["fields"] else None)
            if known is None:
                return None
            if known.endswith("政务服务管理") and field == "政务服务" and suffix == "办":
                known = field
            suffixes: dict[str, str] = words["suffixes"]
            return seat.seat + known + suffixes.get(suffix, suffix)
    return None


def _base(name: str, seat: Division | None) -> str:
    """The part of a full name that is the same everywhere: 无锡市财政局 → 财政局."""
    base = name.removeprefix("中共")
    if seat is not None:
        base = base.replace(seat.seat, "", 1).replace(seat.name, "", 1)
    return base


def prefix_of(mention: str) -> str:
    """The level letter with which a mention begins, carried to those after it (R15, R16); empty where there is none.

    >>> prefix_of("省委宣传部"), prefix_of("自治区财政厅"), prefix_of("财政局")
    ('省', '自治区', '')
    """
    match = _PREFIX.match(mention)
    return match.group() if match else ""
