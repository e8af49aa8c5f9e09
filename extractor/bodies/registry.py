"""The registry of bodies (机关单位): a mention, the place that speaks, the prefix before it → name, id, kind, level.

A name grows from short to full by fields and suffixes (S90–S92); what follows no pattern is a row of the lexicon. Where
the place is not known the name stays open: nothing is invented.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from extractor.bodies import divisions, national
from extractor.bodies.additions import Additions
from extractor.bodies.divisions import MUNICIPALITIES, Division
from extractor.bodies.misspellings import meant
from extractor.bodies.names import Seated, full_name
from extractor.bodies.shape import branch_heads, kind_of, state_heads, strip_plate
from extractor.model import BodyKind, Level


class Body(Struct, frozen=True, gc=False):
    """What a mention stands for; ``name`` and ``id`` are None where they cannot be told."""

    name: str | None
    id: str | None
    kind: BodyKind
    level: Level
    meant: str | None = None
    """How the mention is written rightly, where it was read as a slip of writing (R67)."""


class Speaker(Struct, frozen=True, gc=False):
    """Whose text it is: the place of the issuer (None where unknown), without a place its level, and its year."""

    place: Division | None = None
    level: Level | None = None
    year: int | None = None
    added: Additions | None = None
    """Bodies that the user knows besides."""
    office: str | None = None
    """The issuer as it is said, where it may be one office: 办公室 and 审批处 in its text are its own."""

    def own_level(self) -> Level:
        """The level of the issuer."""
        return self.place.level if self.place else self.level or "other"


_LETTERS: dict[str, Level] = {
    "省": "province",
    "自治区": "province",
    "市": "city",
    "州": "city",
    "盟": "city",
    "区": "county",
    "县": "county",
    "旗": "county",
}
_ZONE = re.compile(r"[区园城港]管理?(?:委员?会|局|委)|(?:开发|高新|新|经开|园|示范|度假|保税)区")
_PREFIX = re.compile(
    r"自治区|省(?!级)|市(?!场|监局|容|民(?![政族宗营委兵防])|政(?:管理|公用|工程|设施|园林|局|委|集团))(?![级直])"
    r"|[州县区旗](?![级直场])|盟(?!员)|本(?=[省市区县])"
)
"""The level with which a name begins, where it is no part of another word: 市监局 is 市场监管局 without a prefix."""
_FIRST = frozenset("自省市州县区旗盟本")
_INNER = re.compile(r"办公室|(?:(?![局厅院]|办事|秘书)[\u4e00-\u9fff]){2,10}[处科股]")
"""How a part of an office is called within it."""
_GROUP_LEVELS: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(r"所在地|属地|参保地|当地|地方|拖欠|会员|两级|^市区|.地(?:$|人民政府|政府|财政|管委会)"), "other"),
    (re.compile(r"各?(?:有关|相关)?(?:省级|省、|省\(|省人民政府|各省(?![直级有]|各))"), "province"),
    (re.compile(r"街道|镇|乡"), "township"),
    (
        re.compile(r"县|[区旗](?:、|人民政府|政府|市|\(|\[|级?$)|各区|有关区|相关区|旗|市区|[两三四五六七八九十][县区]"),
        "county",
    ),
    (re.compile(r"地级以上市|省辖市|设区的?市|各市|市州|各设区|有关市|相关市|州市|[两三四五六七八九十]市"), "city"),
)  # fmt: skip


def resolve(mention: str, speaker: Speaker, carried: str = "") -> Body:
    """What a folded mention stands for in the text of ``speaker``; ``carried`` is the prefix said once before it (R15).

    >>> wuxi = Speaker(divisions.named("无锡市"))
    >>> body = resolve("市卫生健康委", wuxi)
    >>> body.name, body.id, body.kind, body.level
    ('无锡市卫生健康委员会', '320200/卫生健康委员会', 'government', 'city')
    >>> resolve("市工业和信息局", wuxi).name, resolve("市工业和信息局", wuxi).meant
    ('无锡市工业和信息化局', '工业和信息化局')
    >>> resolve("财政局", wuxi, carried="市").name, resolve("各市(县)、区政府", wuxi).level
    ('无锡市财政局', 'county')
    """
    return _resolve(mention, speaker, carried)


@lru_cache(maxsize=8192)
def _resolve(mention: str, speaker: Speaker, carried: str) -> Body:
    added = speaker.added.called(mention, speaker.place) if speaker.added is not None else None
    if added is not None:
        id_ = f"{added.place}/{_base(added.name, added.seat)}" if added.place else None
        return Body(added.name, id_, added.of_kind(), added.at_level())
    kind = kind_of(mention)
    core = strip_plate(mention)
    if kind == "group":
        return Body(None, None, kind, _group_level(mention, speaker))
    if kind == "system":
        return Body(None, None, kind, speaker.own_level())
    seated = replace(seat_of(core, speaker, carried), year=speaker.year)
    if seated.level == "national":
        return _of_state(core, kind, speaker.year)
    seat, level = seated.place, seated.level
    # 济南、青岛市政府: a bare place (R72); 浦东新区 is a district
    if seat is not None and not seated.rest and kind in ("other", "government", "zone"):
        kind, seated = "government", replace(seated, rest="政府")
    if mention != core and _place_in(mention[len(core) :]) is not None:
        return Body(None, None, kind, level)
    name, slip = full_name(seated) or _part(speaker, seated), None
    if name is None and seat is not None and (slip := meant(seated.rest)) is not None:
        name = full_name(replace(seated, rest=slip))
    id_ = f"{seat.code}/{_base(name, seat)}" if name and seat else None
    if name is not None and name.startswith("中共"):  # 市金融办 of today is an organ of the committee (S106)
        kind = "party"
    return Body(name, id_, kind, level, slip if name else None)


def _part(speaker: Speaker, seated: Seated) -> str | None:
    """A part of the issuing office, 审批处 in a text of 无锡市财政局; None where it may be that of another."""
    if speaker.office is None or seated.said or seated.rest != seated.core or not _INNER.fullmatch(seated.core):
        return None
    office = resolve(speaker.office, replace(speaker, office=None))
    if office.kind != "government" or office.level != speaker.own_level() or office.name is None:
        return None
    return None if office.name.endswith("办公厅") else office.name + seated.core


def _place_in(plate: str) -> Division | None:
    """The place that the brackets after a name hold: 数字研究院(云溪) is the name of one of several."""
    return divisions.named(plate.strip("()[]<>"))


def _of_state(core: str, kind: BodyKind, year: int | None) -> Body:
    body = national.called(core, year)
    if body is None:
        return Body(None, None, kind, "national")
    return Body(body.name, f"000000/{body.name}", body.kind, "national")


def seat_of(core: str, speaker: Speaker, carried: str = "") -> Seated:
    """Place and level of a body that is written ``core``, and its name without them.

    >>> found = seat_of("市财政局", Speaker(divisions.named("无锡市锡山区")))
    >>> found.place.name, found.level, found.rest
    ('无锡市', 'city', '财政局')
    """
    branch = branch_heads().match(core)
    at = branch.end() if branch else 0
    if (state_heads().match(core) and not 0 < at < len(core)) or _is_of_state(core, speaker, carried):
        return Seated(core, None, "national", core)
    prefix = _PREFIX.match(core, at) or (_PREFIX.match(core, 1) if core[:1] == "团" else None)
    if prefix is not None:
        place, level = _own(prefix.group(), speaker)
        rest = core[:at] + core[prefix.end() :] if core[:1] != "团" else core
        return Seated(core, place, level, rest, prefix.group())
    if (found := divisions.leading(core[at:], speaker.place.code if speaker.place else None)) is not None:
        return _at_place(core, at, found, speaker)
    own, level = speaker.place, speaker.own_level()
    if branch is not None:
        at_home = len(core) > branch.end() or level not in ("national", "other")
        return Seated(core, own, level if at_home else "national", core)  # 人行 in a city's text: its branch
    if (word := divisions.unlisted(core)) is not None:  # a place that no list knows: none of the issuer's
        return Seated(core, None, _LETTERS.get(word, "township"), core)
    if carried in _LETTERS:
        place, level = _own(carried, speaker)
        return Seated(core, place, level, core, carried)
    if core.endswith(("街道", "街道办", "街道办事处", "镇", "乡", "镇政府", "镇人民政府", "乡人民政府")):
        return Seated(core, None, "township", core)
    return Seated(core, own, level, core)


def _at_place(core: str, at: int, found: tuple[Division, int], speaker: Speaker) -> Seated:
    """A mention that says its place, which ``found`` is, after the first ``at`` characters."""
    place, end = found[0], at + found[1]
    if (word := divisions.unlisted(core[end:])) is not None:
        return Seated(core, None, _LETTERS.get(word, "township"), core)
    rest = core[:at] + core[end:]
    if place.level == "county" and not core[at:].startswith(place.name) and _ZONE.search(rest):
        # a zone that bears a district's short name is an organ of the issuer
        return Seated(core, speaker.place, speaker.own_level(), core)
    return Seated(core, place, place.level, rest, core[at:end])


def _is_of_state(core: str, speaker: Speaker, carried: str) -> bool:
    """A body of the state without a prefix; where nobody knows who speaks, 医保局 may be that of any place."""
    if national.called(core) is None:
        return False
    own = speaker.own_level()
    unknown = own == "other" and not core.endswith(("局", "委", "办"))
    return national.is_only_national(core) or (not carried and (own == "national" or unknown))


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


def _base(name: str, seat: Division | None) -> str:
    """The part of a full name that is the same everywhere: 无锡市财政局 → 财政局."""
    base = name.removeprefix("中共")
    if seat is not None:
        base = base.replace(seat.seat, "", 1).replace(seat.name, "", 1)
    return base


def why_open(mention: str, speaker: Speaker) -> str:
    """Why a mention has no name, in words.

    >>> why_open("市财政局", Speaker()), why_open("市数源办", Speaker(divisions.named("无锡市")))
    ('whose body this is is not known: the text names no place', 'no full name of this body is known')
    """
    if speaker.place is None and speaker.own_level() != "national" and divisions.leading(mention) is None:
        return "whose body this is is not known: the text names no place"
    return "no full name of this body is known"


def prefix_of(mention: str) -> str:
    """The level letter with which a mention begins, carried to those after it (R15, R16); empty where there is none.

    >>> prefix_of("省委宣传部"), prefix_of("自治区财政厅"), prefix_of("财政局")
    ('省', '自治区', '')
    """
    match = _PREFIX.match(mention) if mention[:1] in _FIRST else None
    return match.group() if match else ""
