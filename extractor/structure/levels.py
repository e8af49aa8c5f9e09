"""At which level the issuer of a text stands, and for which place it speaks (S82, S94)."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.bodies import divisions
from extractor.bodies.divisions import Division
from extractor.bodies.shape import branch_heads, state_heads
from extractor.model import Level

_PARTY = re.compile(r"^(?:中国共产党|中共)")
_MINISTRY = r"[\u4e00-\u9fff]{2,8}(?:部|总局)(?:办公厅)?$"
_TOWNSHIP = re.compile(r"(?:镇|乡|街道)(?:人民政府|党委|办事处|党工委)")
_COUNTY = re.compile(
    r"""^(?:[\u4e00-\u9fff]{2,12}?[市州])?(?!自治|市场)      # its city may stand before it
        (?:[\u4e00-\u9fff]{1,8}?(?:[^治地社小景园新]区|县|旗)|区|县)
        (?:委|纪委|政府|人民政府|[\u4e00-\u9fff]*(?:局|办公室|委员会|办))""",
    re.VERBOSE,
)
_PROVINCE = re.compile(r"^[\u4e00-\u9fff]{0,6}(?:省|自治区)")
_CITY = re.compile(r"^[\u4e00-\u9fff]{0,8}(?:市(?!场)|自治州|州|盟|地区)")
_ADDRESSED: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("national", re.compile(r"各省|国务院各")),
    ("province", re.compile(r"各(?:设区的?市|地级以上市|省辖市|市[、州(]?|盟市)|省(?:政府)?(?:各|有关|直)|自治区各")),
    ("city", re.compile(r"各(?:区|县|旗|市\()|市(?:政府)?(?:各|有关|直|属)")),
    ("county", re.compile(r"各(?:镇|乡|街道)|[区县](?:政府)?(?:各|有关|直|属)")),
)


@lru_cache(maxsize=1)
def _vertical() -> re.Pattern[str]:
    """What stands before the place in the name of a branch."""
    return re.compile(
        rf"^(?:国家[\u4e00-\u9fff]{{2,6}}总局|{branch_heads().pattern})(?=[\u4e00-\u9fff]{{2,}}(?:局|行|队|会)$)"
    )


@lru_cache(maxsize=1)
def _by_form() -> tuple[tuple[Level, re.Pattern[str]], ...]:
    national = re.compile(f"^(?:{state_heads().pattern}|{_MINISTRY})")
    return ("national", national), ("county", _COUNTY), ("province", _PROVINCE), ("city", _CITY)


def place_of(name: str) -> Division | None:
    """The place with which a tight name of a body begins; None where it names none, or where we do not know it.

    >>> place_of("国家税务总局无锡市税务局").code, place_of("区政府办公室")
    ('320200', None)
    """
    found = divisions.leading(_PARTY.sub("", _vertical().sub("", name)))
    return found[0] if found is not None else None


def level_of(signers: tuple[str, ...], addressees: str, title: str) -> Level | None:
    """The administrative level of an issuer: from its name, from whom it addresses, from its title; None if unsaid.

    A county-level city that no list knows writes 市 like a prefecture: who is addressed decides between them.

    >>> level_of(("霁溪市青岚区人民政府",), "各镇人民政府", ""), level_of((), "各县(市、区)人民政府", "")
    ('county', 'city')
    """
    place = next((place for name in (*signers, title) if (place := place_of(name))), None)
    if place is not None and not any(_TOWNSHIP.search(name) for name in signers):
        return place.level
    named = next((level for name in (*signers, title) if (level := _by_name(name))), None)
    told = next((level for level, form in _ADDRESSED if form.search(addressees)), None) if addressees else None
    if named == "city" and told == "county":
        return told
    return named or told


def _by_name(name: str) -> Level | None:
    if _TOWNSHIP.search(name) and "关于" not in name:
        return "township"
    place = place_of(name)
    if place is not None:
        return place.level
    bare = _PARTY.sub("", _vertical().sub("", name))
    if name.startswith("中共中央"):
        return "national"
    return next((level for level, form in _by_form() if form.search(bare)), None)
