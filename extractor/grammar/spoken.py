"""Numbers written in Chinese numerals: 百分之八十, 三成, 翻一番, 前三, 两个, 三十公里 (N32, N33)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from extractor import lexicon
from extractor.grammar.units import SCALES, Unit, alternation, table
from extractor.model import Comparator
from extractor.text.numerals import parse_number

_SPOKEN = "一二两三四五六七八九十百"
_SPOKEN_SIGN = re.compile(f"[/翻半倍{_SPOKEN}]")


class Quantity(Struct, frozen=True, gc=False):
    """A number with its unit and comparator."""

    start: int
    end: int
    """From the first digit to the end of the unit."""
    value: Decimal
    unit: str
    """As written, scale and per-parts included."""
    head: Unit | None
    """The unit without scale and per-parts; None for a bare share (7/10万) or a bare scale."""
    upper: Decimal | None = None
    op: Comparator = "="
    cue: str = ""
    """The comparator word; empty where the number stands bare."""
    cue_start: int = -1
    """Where a comparator before the number begins; else ``start``."""
    close: int = -1
    """End of what belongs to the number: unit, (含), comparator after it."""
    listed: int = 0
    """Number of the list (A、B) that it belongs to; 0 for none."""
    spoken: bool = False
    """Written in Chinese numerals."""

    @property
    def dimension(self) -> str:
        """Dimension of the unit; ratio for shares."""
        return self.head.dimension if self.head else "ratio"


@cache
def _classifiers() -> tuple[str, ...]:
    silent = frozenset(lexicon.load("units")["not_spoken"])
    return ("倍", *(u.word for u in table().values() if u.dimension in ("classifier", "time") and u.word not in silent))


def spoken_units() -> tuple[str, ...]:
    """The units that may stand after a number in Chinese numerals.

    >>> {"个", "倍", "公里"} <= set(spoken_units())
    True
    """
    return (*_classifiers(), *lexicon.load("units")["spoken_measures"])


@cache
def _spoken_pattern() -> re.Pattern[str]:
    words = lexicon.load("units")
    return re.compile(
        rf"(?=[百翻过半最不至延前倍\d{_SPOKEN}])"  # the characters that any of them begins with
        r"(?:百分之(?P<percent>[一二三四五六七八九十百零点]+)"
        r"|(?<![完达组建构形生合促变养赞做作落速])(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?=以上|以下|左右|以内|[,。;、的]|$)"
        r"|(?P<whole_of>[二三四五六七八九十])分之(?P<parts>[一二三四五六七八九])|(?<![\d/.])(?P<over>[1-9])/(?P<under>[2-9])(?![\d/年月万%])"
        r"|(?P<off>[一二三四五六七八九]{1,2})折(?=优惠|收|减|计|的|执行|[,。;、]|$)"
        r"|(?<=突破|达到|超过|跨越)(?P<round>[十百千]+)(?P<large>[万亿]元)(?=[,。;、]|$|大关)"
        r"|翻(?P<double>[一两二三四])?番|(?P<doubled>(?<!双)倍增)(?=[,。;]|$)"
        r"|(?P<most>(?<!时间)(?<!任务)过半数?)(?!个|年|天)|(?P<half_of>一半|半数)(?=以上|以下|左右|的|,|。|$)"
        rf"|(?:最长|最多|最短|不超过|不少于|不低于|至少|延长)(?P<term>[{_SPOKEN}]{{1,3}})(?P<span>年|天|日|周)(?!期|级|度)"
        rf"|(?<!上)(?<!下)(?<![一两二三每])(?P<part>半)(?P<whole>年|天|小时)(?=以?内)"
        rf"|(?<=[入身居列占达球界国省市区到])前(?P<rank>[{_SPOKEN}]{{1,3}})(?=$|[,。;、]|位|强|名|的)"
        rf"|(?<![{_SPOKEN}第同统唯之])(?!百)(?<!最后)(?<!最先)(?P<much>[{_SPOKEN}]+)(?P<measure>{alternation(words['spoken_measures'])})"
        rf"|(?<![{_SPOKEN}第同统唯之每])(?P<count>[{_SPOKEN}]+)(?P<unit>{alternation(_classifiers())})(?!性|律|致|旦|般|些|直|样|并))"
    )


def find_spoken(text: str, start: int = 0) -> list[Quantity]:
    """The quantities in Chinese numerals of a folded text from ``start`` on, in order, without comparators.

    >>> [(str(q.value), q.unit) for q in find_spoken("覆盖率达到九成,绿道三十公里")]
    [('9', '成'), ('30', '公里')]
    """
    if _SPOKEN_SIGN.search(text, start) is None:
        return []
    return [found for match in _spoken_pattern().finditer(text, start) if (found := _spoken(text, match)) is not None]


def _spoken(text: str, match: re.Match[str]) -> Quantity | None:
    """One number; None where the numeral cannot be read."""
    start, end = match.span()
    units = table()

    def made(value: Decimal | None, unit: str, head: Unit | None, *, at: int = start, to: int = end) -> Quantity | None:
        if value is None:
            return None
        return Quantity(at, to, value, unit, head, cue_start=at, close=to, spoken=True)

    if match["percent"]:
        whole, _, decimals = match["percent"].partition("点")
        value = parse_number(whole)
        digits = "".join(str(parse_number(c)) for c in decimals)
        return made(Decimal(f"{value}.{digits}") if digits and value is not None else value, "%", units["%"])
    if match["most"] or match["half_of"]:  # 过半: more than half (N32)
        share = made(Decimal(50), "%", units["%"])
        return replace(share, op=">", cue=match["most"]) if share is not None and match["most"] else share
    if match["tenths"]:
        value = parse_number(match["tenths"])
        half = Decimal("0.5") if match["half"] else Decimal(0)
        return made(None if value is None else value + half, "成", units["成"])
    if match["off"]:  # 八五折 are 8.5
        tens, ones = match["off"][0], match["off"][1:]
        off = Decimal(str(parse_number(tens))) + Decimal(str(parse_number(ones) or 0)) / 10
        return made(off, "折", units["折"])
    if match[0].startswith("翻"):
        return made(parse_number(match["double"] or "一"), "番", units["番"])
    if match["doubled"]:  # 实现倍增: it grows by as much again (N33)
        return made(Decimal(1), "倍", units["倍"])
    if match["whole_of"] or match["over"]:  # 三分之二 and 2/3, written like 7/10万
        whole_of = parse_number(match["whole_of"] or match["under"])
        return made(parse_number(match["parts"] or match["over"]), f"/{whole_of}", None)
    if match["rank"]:  # 稳居全国前三
        unit = next((u for u in ("位", "强", "名") if text.startswith(u, end)), "")
        return made(parse_number(match["rank"]), unit or "名", units["名"], at=start + 1, to=end + len(unit))
    if match["round"]:  # 营收突破百亿元
        return made(parse_number(match["round"]), match["large"], units["元"])
    if match["part"]:
        return made(Decimal("0.5"), match["whole"], units[match["whole"]])
    if match["term"]:
        return made(parse_number(match["term"]), match["span"], units[match["span"]], at=match.start("term"))
    if match["measure"]:
        word = match["measure"]
        return made(parse_number(match["much"]), word, units.get(word) or units[word.lstrip("".join(SCALES))])
    return made(parse_number(match["count"]), match["unit"], units[match["unit"]])
