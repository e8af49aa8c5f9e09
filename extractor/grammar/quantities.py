"""Numbers with a unit, their comparators and ranges, in a folded text without spaces (N01–N45, N99).

Anchored on digits: a text without a digit or a spoken number costs one search. What the number means (target, grant,
condition, fact) is decided elsewhere; here it is only read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from msgspec.structs import replace

from extractor import lexicon
from extractor.grammar.spoken import Quantity, find_spoken, spoken_units
from extractor.grammar.units import SCALES, alternation, names, table
from extractor.model import Comparator
from extractor.text.fold import ascii_of
from extractor.text.numerals import parse_number

_DIGIT = re.compile(b"[0-9]")
_DIGITS = r"[0-9](?:\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d*(?:\.\d+)?)"  # begins with its set: a quick search
_SPOKEN = "一二两三四五六七八九十百"
_INCLUSIVE = r"\((?:不?含(?:本数|[^()]{0,8})?)\)"
_RANGE_LINK = re.compile(rf"(?:{_INCLUSIVE})?(?:-{{1,2}}|至|到)(?:不超过)?")
LONGEST_LINK = 24
"""Characters of the longest link between the ends of a range: (不含本数)至不超过."""
_LIST_LINK = re.compile(r"(?:[、/]|和|及|与|或|以及|[、和及]?每[^,。;!?\n\d]{0,6})(?:第?[一二三四]?[档类级等孩])?")
_NOT_BEFORE = re.compile(r"(?:[A-Za-z\ue000-\uf8ff+._×/*#№]|[如见][图表]|[A-Za-z]-|\d-)$")
COMPARATOR_REACH = 14
"""Characters before a number in which its comparator may stand (最高不超过 and a noun)."""
APART_REACH = 16
"""Characters between a comparator and its number when the object stands between (不超过合同额50%)."""

SHARE_REACH = 40
"""Characters before a share in which its comparator may stand before the whole (不低于本年度新签担保合同总额的30%)."""


@cache
def _of_share() -> re.Pattern[str]:
    words = [word for group in lexicon.load("comparators")["before"].values() for word in group]
    bounds = alternation([word for word in words if word.startswith("不") and word.endswith(("于", "超过"))])
    return re.compile(rf"(?P<cue>{bounds}|(?<=[应须要率例度额重比量])达到)[^,。;:、!?\n\d]{{2,}}的$")


@cache
def _number_pattern() -> re.Pattern[str]:
    units = alternation([*table(), *names()])
    scale = alternation(SCALES)
    per = (
        r"(?:/(?:\d*[百千]?[万亿](?:人口|人|户|名)?|[百千](?:人口|人|户|名)|"
        + alternation([*table(), "孩", "床", "生", "车", "岗", "例", "人口", "工位", "月", "年度", "学年"])
        + "))*"
    )
    return re.compile(
        rf"(?P<num>{_DIGITS})(?P<extra>余|多|来)?(?P<mid>{_INCLUSIVE})?"
        rf"(?:(?P<scale>{scale})(?P<extra2>余|多)?)?(?P<unit>{units})?(?P<per>{per})"
    )


@cache
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, Comparator], dict[str, Comparator]]:
    words = lexicon.load("comparators")
    before: dict[str, Comparator] = {word: op for op, group in words["before"].items() for word in group}
    apart: dict[str, Comparator] = {word: op for op, group in words["apart"].items() for word in group}
    after: dict[str, Comparator] = {word: op for op, group in words["after"].items() for word in group}
    direct = re.compile(rf"(?P<cue>{alternation(before)})(?:每[年月天日次]|人民币|到|了|其|总量的|的)?$")
    distant = re.compile(
        rf"(?P<cue>{alternation(apart)})(?!的|月?工资|生活保障|缴费|收费)(?P<gap>[^,。;:、!?\n\d]{{1,{APART_REACH}}})$"
    )
    suffix = re.compile(rf"(?P<inc>{_INCLUSIVE})?(?:的)?(?P<cue>{alternation(after)})(?P<inc2>{_INCLUSIVE})?")
    return direct, distant, suffix, {**apart, **before}, after


def has_number(text: str, start: int = 0) -> bool:
    """Whether a folded text holds anything from ``start`` on that may be a quantity.

    >>> has_number("建成5个"), has_number("上报两条信息"), has_number("1.加强领导", 2)
    (True, True, False)
    """
    figures = _DIGIT.search(ascii_of(text[start:] if start else text)) is not None
    return figures or _spoken_number().search(text, start) is not None


@cache
def _spoken_number() -> re.Pattern[str]:
    counted = alternation(["成", "折", *spoken_units()])
    return re.compile(  # begins with a set of rare characters and looks behind from there, so that the search is quick
        rf"[翻半倍{_SPOKEN}](?:(?<=倍)增|(?<=翻)[一两二三四]?番|(?<=半)[年天小数]|(?<=[过一]半)|(?<=前[{_SPOKEN}])|(?<=[{_SPOKEN}])(?:分之|{counted})"
        rf"|(?<=[长过多少低短于][{_SPOKEN}])[{_SPOKEN}]{{0,2}}[年天日周])"
    )


def find_quantities(text: str, start: int = 0) -> tuple[Quantity, ...]:
    """The quantities of a folded text without spaces from ``start`` on, in order, with comparators and ranges.

    >>> [(str(q.value), str(q.upper), q.unit, q.op) for q in find_quantities("建成1-2个,分别控制在7/10万、4‰以下")]
    [('1', '2', '个', 'range'), ('7', 'None', '/10万', '<='), ('4', 'None', '‰', '<=')]
    """
    tokens = [token for match in _number_pattern().finditer(text, start) if (token := _token(text, match)) is not None]
    spoken = find_spoken(text, start)
    if spoken:
        tokens += spoken
        tokens.sort(key=lambda token: token.start)
    merged = _share_units(text, _merge_ranges(text, tokens))
    compared = [_compare(text, token) for token in merged if token.unit]
    return tuple(_share_cues(text, compared))


_AGE = re.compile(rf"(?P<num>{_DIGITS})(?P<unit>周岁|岁|月龄|个月龄)?")


def find_ages(text: str) -> tuple[Quantity, ...]:
    """Ages, with comparators and ranges: no quantities, for they never say how much of something (N84).

    >>> [(str(q.value), q.unit, q.op) for q in find_ages("年满70周岁以上的老人,0-3岁婴幼儿")]
    [('70', '周岁', '>='), ('0', '岁', 'range')]
    """
    if "岁" not in text and "月龄" not in text:
        return ()
    tokens = [
        Quantity(*match.span(), value, match["unit"] or "", None, cue_start=match.start(), close=match.end())
        for match in _AGE.finditer(text)
        if (value := parse_number(match["num"])) is not None
    ]
    return tuple(_compare(text, token) for token in _merge_ranges(text, tokens) if token.unit)


_TERM = re.compile(
    r"(?<!星期)(?<!学期)(?<![第初周零〇一二三四五六七八九十百千\d])(?P<number>[一二两三四五六七八九十百]{1,4})"
    r"(?P<unit>个工作日|工作日|个自然日|个月|小时|分钟|个?学年|年度?|周|日|天|次)(?![一二三四五六七八九十]|期)"
)


def find_terms(text: str) -> tuple[Quantity, ...]:
    """Terms and times in Chinese numerals (十五日, 五天), which are too often no promise to be read for one.

    >>> [(str(term.value), term.unit) for term in find_terms("自批准之日起十五日内,每年五天,第三年")]
    [('15', '日'), ('5', '天')]
    """
    found = (
        Quantity(
            *match.span(),
            value,
            match["unit"],
            table().get(match["unit"]),
            spoken=True,
            cue_start=match.start(),
            close=match.end(),
        )
        for match in _TERM.finditer(text)
        if (value := parse_number(match["number"])) is not None
    )
    return tuple(_compare(text, term) for term in found)


_LOWER_END = re.compile(r"(?<![\dA-Za-z])\d+(?:\.\d+)?-$")
_LATIN_UNIT = re.compile(r"[A-Za-z]+\d?")
_HAN = re.compile(r"(?![内以期后前的止])[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z\d]")
_PER_MANY = re.compile(r"/\d*[百千]?[万亿]")


def _token(text: str, match: re.Match[str]) -> Quantity | None:
    """A number of digits; without a unit it can still be the lower end of a range."""
    start, end = match.span()
    numeral, scale, unit, per = match.group("num", "scale", "unit", "per")
    before = text[start - 2 : start] if start > 1 else text[:start]
    if _NOT_BEFORE.search(before) and not (before[-1] == "-" and _LOWER_END.search(text[max(0, start - 8) : start])):
        return None
    value = parse_number(numeral)
    if value is None:
        return None
    scale, word = scale or "", unit or ""
    if word == "个年度" and _HAN.match(text, end):  # 20个年度项目
        word, end = "个", end - len("年度")
    unit = scale + word + per
    if word == "级" and "亿" in scale and not per:  # 达到7000亿级
        return Quantity(start, end, value, unit, table()["元"], cue_start=start, close=end)
    if word in names():
        return None
    if word and _LATIN_UNIT.fullmatch(word) and _LATIN.match(text, end):
        return None
    if not word and per and not _PER_MANY.match(per):
        return None
    about = match["extra"] or match["extra2"] or ""
    op: Comparator = "about" if about else "="
    return Quantity(start, end, value, unit, table().get(word), op=op, cue=about, cue_start=start, close=end)


def _merge_ranges(text: str, tokens: list[Quantity]) -> list[Quantity]:
    """Join 1-2个, 3至6个月, 1000万元(含)-3000万元; the scale after the range holds for both ends (N20–N22)."""
    merged: list[Quantity] = []
    for token in tokens:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.upper is None
            and token.unit
            and not token.spoken
            and token.start - last.end <= LONGEST_LINK
            and _RANGE_LINK.fullmatch(text, last.end, token.start)
            and (not last.unit or last.unit == token.unit or last.unit in SCALES or last.head == token.head)
        ):
            low = last.value
            if last.unit and last.unit != token.unit:
                low = _rescale(last, token)
            if low < token.value:
                merged[-1] = replace(
                    token, start=last.start, cue_start=last.start, value=low, upper=token.value, op="range"
                )
                continue
        merged.append(token)
    return merged


def _share_units(text: str, tokens: list[Quantity]) -> list[Quantity]:
    """分别压缩至2.5、5个工作日: a number of a list without a unit takes that of the next (N15)."""
    for i in range(len(tokens) - 2, -1, -1):
        token, following = tokens[i], tokens[i + 1]
        if token.unit or not following.unit or text[token.end : following.start] not in ("、", "和", "及"):
            continue
        if "分别" in text[max(0, token.start - COMPARATOR_REACH) : token.start] or (i and not tokens[i - 1].unit):
            tokens[i] = replace(token, unit=following.unit, head=following.head)
    return tokens


def _rescale(low: Quantity, high: Quantity) -> Decimal:
    """The lower end in the unit of the upper one: 8000万元-1亿元."""

    def scale(quantity: Quantity) -> Decimal:
        word = quantity.head.word if quantity.head else ""
        return SCALES.get(quantity.unit.partition("/")[0].removesuffix(word), Decimal(1))

    return low.value * scale(low) / scale(high)


def _compare(text: str, quantity: Quantity) -> Quantity:
    """Read the comparators around a number; one after it wins over one before it (达到…左右)."""
    direct, distant, suffix, before_ops, after_ops = _cues()
    left = text[max(0, quantity.start - COMPARATOR_REACH) : quantity.start]
    op, cue, cue_start, close = quantity.op, quantity.cue, quantity.start, quantity.end
    match = direct.search(left)
    if match is not None and match["cue"].startswith("最") and match[0].endswith("的"):
        match = None  # 使用频率最高的100项
    if match is not None:
        cue, cue_start = match["cue"], quantity.start - len(left) + match.start("cue")
        further = distant.search(left[: match.start("cue")] + "为") if cue == "为" else None
        op = before_ops[further["cue"] if further else cue] if quantity.op != "range" else "range"
    else:
        left = text[max(0, quantity.start - COMPARATOR_REACH - APART_REACH) : quantity.start]
        match = distant.search(left)
        if match is None and left.endswith("的") and quantity.dimension == "ratio":
            match = _of_share().search(text[max(0, quantity.start - SHARE_REACH) : quantity.start])
        if match is not None and quantity.op != "range":
            cue = match["cue"]
            op = before_ops[cue]
    tail = suffix.match(text, quantity.end)
    if tail is not None and not _no_suffix(text, tail, quantity):
        cue = cue + tail["cue"] if cue else tail["cue"]
        close = tail.end()
        if quantity.op != "range":
            op = after_ops[tail["cue"]]
    elif text.startswith("(", quantity.end):
        inclusive = re.compile(_INCLUSIVE).match(text, quantity.end)
        close = inclusive.end() if inclusive else close
    if quantity.unit in ("名", "位", "强") and (match is None or match["cue"] not in ("前",)) and quantity.op == "=":
        ahead = text[max(0, quantity.start - 1) : quantity.start]
        if quantity.unit == "强" or ahead in ("前", "第"):  # N36: 前500名, 500强, 排名达到第1位
            op, cue = "<=", ahead if quantity.unit != "强" else "强"
            cue_start = quantity.start - (quantity.unit != "强")
    return replace(quantity, op=op, cue=cue, cue_start=cue_start, close=max(close, quantity.end))


def _no_suffix(text: str, tail: re.Match[str], quantity: Quantity) -> bool:
    """Whether what looks like a comparator after the number belongs to the next word (起 of 起草, 内 of 内部)."""
    after = text[tail.end() : tail.end() + 2]
    if tail["cue"] == "起":
        return quantity.dimension == "time" or bool(re.match(r"[草来点到步航飞源重用诉]", after))
    if tail["cue"] == "内":
        return quantity.dimension not in ("time", "length") or bool(re.match(r"[部容外控设需资涵]", after))
    if tail["cue"] in ("余", "多"):
        return bool(re.match(r"[元种方层样家]", after))
    return False


def _apart(text: str, first: Quantity) -> bool:
    """产量、产值分别突破600万吨、500亿元: amounts of different kinds can make a list too."""
    return "分别" in text[max(0, first.start - COMPARATOR_REACH) : first.start]


def _share_cues(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Members of a list A、B share the comparator before the first and after the last (N15, N17)."""
    groups: list[list[int]] = []
    for i, quantity in enumerate(quantities):
        opened = groups[-1][0] if groups and groups[-1][-1] == i - 1 else i - 1
        if i and (quantities[i - 1].dimension == quantity.dimension or _apart(text, quantities[opened])):
            between = text[quantities[i - 1].close : quantity.start]
            if _LIST_LINK.fullmatch(between) or re.fullmatch(r"[、和及](?:不超过|最[高多])", between):
                if groups and groups[-1][-1] == i - 1:
                    groups[-1].append(i)
                else:
                    groups.append([i - 1, i])
    shared = list(quantities)
    for number, members in enumerate(groups, 1):
        first, last = quantities[members[0]], quantities[members[-1]]
        op, cue = (last.op, last.cue) if last.cue else (first.op, first.cue)
        for i in members:
            keep = quantities[i].op == "range" or (quantities[i].cue and i not in (members[0], members[-1]))
            shared[i] = replace(
                quantities[i],
                listed=number,
                op=quantities[i].op
                if keep
                else op
                if quantities[i].op == "=" and (not quantities[i].cue or op in ("<=", ">="))
                else quantities[i].op,
                cue=quantities[i].cue or cue,
            )
    return shared
