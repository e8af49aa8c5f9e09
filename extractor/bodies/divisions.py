"""Administrative divisions (行政区划): names and short forms to GB/T 2260 codes and back (S04–S06, S93, S94)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from extractor import lexicon
from extractor.model import Level

MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
"""直辖市: a 市 whose organs are of province level."""
_TAIL = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|林区|特区|矿区|地区|盟|省|市|州|区|县|旗)$")


class Division(Struct, frozen=True, gc=False):
    """A place of GB/T 2260: its code and its name as printed in official lists."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        """Administrative level of the place; a municipality (直辖市) is a province."""
        if self.code == "000000":
            return "national"
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "county"

    @property
    def parent(self) -> Division | None:
        """The next division above; None above a province."""
        if self.code.endswith("0000"):
            return None
        above = self.code[:2] + "0000" if self.code.endswith("00") else self.code[:4] + "00"
        return by_code(above) or by_code(self.code[:2] + "0000")

    @property
    def seat(self) -> str:
        """The name that heads its bodies: 无锡市锡山区, 北京市海淀区, 山东省 (S90); a county has its own name alone."""
        above = self.parent
        if above is None or self.name[-1] != "区" or self.level != "county" or self.name.endswith(("特区", "林区")):
            return self.name
        return above.name + self.name

    @property
    def is_county_city(self) -> bool:
        """A county that is called 市 (县级市, S94): its text says 市 for itself."""
        return self.level == "county" and self.name.endswith("市")

    @property
    def is_corps(self) -> bool:
        """新疆生产建设兵团 or one of its 师: is itself what a government is elsewhere."""
        return self.code.startswith("66")

    @property
    def short(self) -> str:
        """The name without what kind of division it is: 无锡, 锡山, 湘西; the name itself where one letter is left."""
        return _short(self.name)


@cache
def _short(name: str) -> str:
    """Asked for every body of a place."""
    regions: dict[str, str] = lexicon.load("places")["autonomous"]
    if name in regions:
        return regions[name]
    people = _peoples().search(name)
    stem = name[: people.start()] if people and people.start() >= 2 else _TAIL.sub("", name)
    return stem if len(stem) >= 2 else name


@lru_cache(maxsize=1)
def _peoples() -> re.Pattern[str]:
    words = lexicon.load("places")
    return re.compile(f"(?:{'|'.join(words['peoples'])})族|(?:{'|'.join(words['peoples_bare'])})(?=自治)")


@lru_cache(maxsize=1)
def _table() -> dict[str, Division]:
    rows = (row.split(" ", 1) for row in lexicon.load("divisions")["rows"].split("\n") if row)
    corps: dict[str, list[str]] = lexicon.load("places")["corps"]
    return {code: Division(code, name) for code, name in (*rows, *((code, names[0]) for code, names in corps.items()))}


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[Division, ...]]:
    """Name and short form to the divisions that bear it, provinces before cities before counties."""
    found: dict[str, list[Division]] = {}
    generic = set(lexicon.load("places")["generic"])
    corps: dict[str, list[str]] = lexicon.load("places")["corps"]
    for division in sorted(_table().values(), key=lambda d: (not d.code.endswith("0000"), not d.code.endswith("00"))):
        names = {division.name, division.short, *corps.get(division.code, ())}
        if division.name[-3:-1] == "自治":
            names.add(division.short + division.name[-1])  # 湘西州
        for name in names - generic:
            found.setdefault(name, []).append(division)
    return {name: tuple(divisions) for name, divisions in found.items()}


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _names()))


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """The first two characters of all names and short forms; most bodies begin with others."""
    return frozenset(name[:2] for name in _names())


def by_code(code: str) -> Division | None:
    """The division of a code; None where there is none.

    >>> by_code("320205").seat, by_code("320281").seat, by_code("110108").level
    ('无锡市锡山区', '江阴市', 'county')
    """
    return _table().get(code)


def below(place: Division) -> tuple[Division, ...]:
    """The divisions right below a place, in the order of their codes: the cities of a province, the counties of a city.

    >>> [division.name for division in below(by_code("320200"))][-2:]
    ['江阴市', '宜兴市']
    """
    return tuple(division for division in _table().values() if division.parent == place)


def named(name: str, within: str | None = None) -> Division | None:
    """The division that is called ``name``, in full or short; None where no or more than one place is meant.

    ``within`` is the code of a place in or above which the name is looked for first: a gazette names its neighbours
    short.

    >>> named("无锡").code, named("江苏省无锡市锡山区").code, named("鼓楼区"), named("鼓楼区", "320100").code
    ('320200', '320205', None, '320106')
    """
    found = leading(name, within)
    return found[0] if found is not None and found[1] == len(name) else None


def called(name: str) -> tuple[Division, ...]:
    """All divisions that are called ``name``, in full or short.

    >>> [place.code for place in called("鼓楼区")]
    ['320106', '320302', '350102', '410204']
    """
    return _names().get(name, ())


@lru_cache(maxsize=4096)
def leading(text: str, within: str | None = None) -> tuple[Division, int] | None:
    """The place with which ``text`` begins, and where its name ends; a name of several levels is read to its last.

    >>> division, end = leading("无锡市锡山区人民政府办公室关于印发…的通知")
    >>> division.code, end
    ('320205', 6)
    """
    found: Division | None = None
    at = 0
    scope = within
    while step := _step(text, at, scope, inside=found):
        found, at = step
        scope = found.code
    return (found, at) if found is not None else None


def _step(text: str, at: int, scope: str | None, inside: Division | None) -> tuple[Division, int] | None:
    if text[at : at + 2] not in _heads():
        return None
    for length in range(min(_longest(), len(text) - at), 1, -1):
        candidates = _names().get(text[at : at + length], ())
        if inside is not None:
            stem = inside.code.rstrip("0") if inside.level != "province" else inside.code[:2]
            candidates = tuple(c for c in candidates if c.code != inside.code and c.code.startswith(stem))
        chosen = _choose(candidates, scope)
        written = text[at : at + length]
        if chosen is None or _far_short(chosen, written, scope) or _parts_a_word(text, at, length):
            continue
        if written[-1] == chosen.name[-1] or not _goes_on(text, at + length, chosen):
            return chosen, at + length
    return None


def _parts_a_word(text: str, at: int, length: int) -> bool:
    """Whether the last character of a name is the first of the next word: 无锡 and 市场监管局 in 无锡市场监管局."""
    last = at + length - 1
    row = _levels().get(text[last])
    return row is not None and text.startswith(tuple(row["joins"]), last + 1) and text[at:last] in _names()


def _goes_on(text: str, at: int, division: Division) -> bool:
    """Whether the short name of ``division`` that ends at ``at`` is the head of another name: 云溪 in 云溪口县."""
    if text[at : at + 1] in _levels() and division.level != "province":
        return _level_word().match(text, at) is not None and _step(text, at, division.code, division) is None
    return _further().match(text, at) is not None and _step(text, at, division.code, division) is None


def unlisted(text: str) -> str | None:
    """The level word that ends the place with which ``text`` begins, where no list knows that place.

    >>> unlisted("云溪口县财政局"), unlisted("无锡市财政局"), unlisted("市场监管局"), unlisted("经开区管委会")
    ('县', None, None, None)
    """
    found = _foreign().match(text) if leading(text) is None else None
    return found["level"] if found is not None else None


@lru_cache(maxsize=1)
def _levels() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = lexicon.load("places")["levels"]
    return table


@lru_cache(maxsize=1)
def _level_word() -> re.Pattern[str]:
    """A level word that what follows does not make another word."""
    return re.compile("|".join(f"{word}(?!{'|'.join(row['after']) or '(?!)'})" for word, row in _levels().items()))


@lru_cache(maxsize=1)
def _further() -> re.Pattern[str]:
    """The rest of a longer name after a short one."""
    return _named_by_level(1, 3)


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    """The name of a place by its form alone."""
    return _named_by_level(2, 4)


def _named_by_level(least: int, most: int) -> re.Pattern[str]:
    stops = "".join(_levels()) + lexicon.load("places")["no_stem"]
    ends = "|".join(
        f"(?<![{row['before']}]){word}(?!{'|'.join(row['after']) or '(?!)'})" for word, row in _levels().items()
    )
    return re.compile(f"(?:(?![{stops}])[\u4e00-\u9fff]){{{least},{most}}}(?P<level>{ends})")


def _far_short(division: Division, written: str, scope: str | None) -> bool:
    """A county of another province is named in full: 资源 and 新建 are words before they are places."""
    return (
        scope is not None
        and division.level == "county"
        and written != division.name
        and not division.code.startswith(scope[:2])
    )


def _choose(candidates: tuple[Division, ...], scope: str | None) -> Division | None:
    if not candidates:
        return None
    if scope is not None:
        for stem in (scope[:6], scope[:4], scope[:2]):
            near = [c for c in candidates if c.code.startswith(stem)]
            if near:
                return near[0] if len(near) == 1 or near[0].level != near[1].level else None
    first = candidates[0]
    return first if len(candidates) == 1 or candidates[1].level != first.level else None
