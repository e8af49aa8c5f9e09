"""Whom or what a promise is for: said in its own unit, in the units before it, or member by member (N16, N17, N76)."""

from __future__ import annotations

import re
from functools import cache

from extractor.grammar.circumstances import Context, own_member, skip, without_manner
from extractor.grammar.comma_units import CommaUnit
from extractor.grammar.signs import Verdict, any_of
from extractor.grammar.spoken import Quantity
from extractor.grammar.whole_words import alone

_FOR_WHOM = ("的", "者", "企业", "单位", "机构", "项目", "期间", "部分")
_LISTED_FOR = re.compile(r"对[^,]*、[^,]*的[^,]{2,}$|对[^,]*、[^,]*的[^,]{2,}(?=,分别)")
_CASE = re.compile(
    r"(?!按|由|可|[每单]|各(?![^对,]{1,4}对)|全[省市区县]|同一|一个|经|根据|最|分|共|给予|发放|一次性)(?:[^,对]{1,8}对(?=[^外口接]))?"
    r"(?P<who>[^,]{2,60}?)(?P<of>的)?(?:每(?!股)[^,]{1,12}?|亩均?|最[高多])?"
    r"(?:给予|予以|(?:补助|补贴|奖励|资助)(?!总|金|资|标准|额|对象|期|比例|上限|费))"
)
_RECKONED_FOR = re.compile(
    r"(?:允许|凡)?(?!由|按|经|根据|依|可|对)(?P<who>[^,对按由]{2,40}?(?:企业|单位|机构|人员|家庭|职工|学生|农户|商户|主体|纳税人))的?(?:可|将|均|统一|一律)*按"
)
"""中小企业按缴费的60%返还: whom the standard is for stands before 按."""
_NO_CASE = re.compile("(?:财政|政府|部门|局|资金|年度|累计|银行)$")
_DONE = re.compile(
    r"(?:(?:[省市区县]级)?(?:财政)?(?:全面|逐一|统一|集中|一次性|全部)*(?:进行|实行|免征|减征|免收|加快|出具|编印|给予|予以|适用)|应[^,]修).*$"
    r"|(?<=....)(?:全面)?(?:实施|实现)[^的]*$"
)
"""What is done with those whom a unit names (对主管网实施改造) is no part of their name."""
_MORE, _SAME = ("且", "以及"), ("每", "其", "单")
_TWIN = re.compile(r"(?P<first>[\u4e00-\u9fff]{2,12})(?:和|与|及|、)(?P<second>[\u4e00-\u9fff]{2,12}?)(?:,)?分别")
_TO_WHOM = re.compile(r"^.*(?:对|向|为)(?=..)")
TWIN_REACH = 10
"""Characters between 分别 and the one number of two subjects."""
SCOPE_UNITS = 8
"""Comma units before a number in which its conditions are looked for."""


@cache
def _own_scope() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|,)(?:对于|{alone('对|向|为')})(?P<who>[^,]{{2,40}}?)(?:的)?"
        r"(?=,|亩均?补|给予|予以|按|发放|每|一次|分别|最[高多大长]|提供|奖励|补助|补贴)"
    )


def scope_of(context: Context, index: int, quantity: Quantity, verdict: Verdict) -> str | None:
    """Whom or what a promise is for: the units before it that name them, and what its own unit says."""
    unit = context.sentence.units[index]
    own = _own_scope().search(context.text[unit.start : quantity.start])
    case = _own_case(context, unit, quantity) if own is None and verdict.kind != "target" else ""
    after = verdict.kind == "benefit" and not own and not case
    parts = _named_before(context, index, named=own is not None, target=verdict.kind == "target", after=after)
    if own or case:
        parts.append(without_manner(own["who"]) if own else case)
    if quantity.listed:
        mine = own_member(context, quantity, parts[-1]) if parts else None
        listed = _listed_before(context, index, quantity) if mine is None and index else None
        parts = [*parts[:-1], mine] if mine else [*parts, listed] if listed else parts
    return ",".join(parts)[-120:] or None


def _named_before(context: Context, index: int, *, named: bool, target: bool, after: bool) -> list[str]:
    """Conditions and addressees in the units before a promise.

    Args:
        context: the sentence.
        index: the comma unit of the promise.
        named: its own unit names whom it addresses.
        target: only the unit right before it counts.
        after: what the grant before it is for counts as well (对苗圃给予30%补贴,最高5万元).
    """
    parts: list[str] = []
    units = context.sentence.units[max(0, index - (1 if target else SCOPE_UNITS)) : index]
    joined = given = False
    for unit in units:
        granted = [q for q in context.quantities if q.start in context.promised and unit.start <= q.start < unit.end]
        if granted:  # 每年实施100个项目,供应商5个
            other = _own_scope().match(context.text[unit.start : unit.end]) if after else None
            if other is not None and not other["who"].startswith(_SAME):
                parts, given = [without_manner(other["who"])], True
            elif after and other is None and (case := _own_case(context, unit, granted[0])):
                parts, given = [*(parts[:-1] if given else parts), case], True
            continue
        whom = None if named else _addressee(context, unit)
        if whom:
            parts.append(whom)
        elif not target and (
            context.text.endswith(_FOR_WHOM, unit.start, unit.end)
            or _LISTED_FOR.match(context.text, unit.start)
            or (joined and context.text.startswith(_MORE, unit.start))
        ):
            text = context.text[unit.start + skip(context, unit.start, unit.end) : unit.end]
            parts.append(text.removesuffix("的"))
        else:
            joined = False
            continue
        joined, given = True, False
    return parts


def _addressee(context: Context, unit: CommaUnit) -> str:
    """对首次认定的平台,最高给予5万元: a unit that says for whom, without what is done with them; empty for another."""
    match = _addressed().match(context.text, unit.start, unit.end) if context.text[unit.start] == "对" else None
    if match is None:
        return ""
    who = _DONE.sub("", match["who"])
    return without_manner(who).removesuffix("的") if len(who) > 1 else ""


@cache
def _addressed() -> re.Pattern[str]:
    return re.compile(rf"(?:对于|{alone('对')})(?!其)(?P<who>[^,;]{{2,60}})$")


def _own_case(context: Context, unit: CommaUnit, quantity: Quantity) -> str:
    """生育二孩的给予50%补贴,生育三孩的给予80%: what tells the amounts of a sentence apart stands before each."""
    start = unit.start + skip(context, unit.start, quantity.cue_start)
    if any(start <= at < quantity.start for at in context.promised) or "按" in context.text[unit.start : start]:
        return ""
    reckoned = _RECKONED_FOR.match(context.text, start, quantity.cue_start)
    if reckoned is not None:
        return reckoned["who"]
    match = _CASE.match(context.text, start, quantity.cue_start)
    who = without_manner(match["who"]) if match else ""
    if match is None or _NO_CASE.search(who):
        return ""
    alone = not any(at != quantity.start and not unit.start <= at < unit.end for at in context.promised)
    return "" if alone and not match["of"] else who


def _listed_before(context: Context, index: int, quantity: Quantity) -> str | None:
    """投保玉米、水稻,保额分别为5元、8元: the list of which each amount is for one stands in the unit before."""
    unit, before = context.sentence.units[index], context.sentence.units[index - 1]
    left = context.text[unit.start : quantity.start].partition("分别")[0]
    words = context.text[before.start : before.end]
    if re.search("[、和及与]", left) or "、" not in words:
        return None
    verbs = [match.end() for match in any_of("targets").finditer(words, 0, words.index("、"))]
    start = verbs[-1] if verbs else skip(context, before.start, before.end)
    return own_member(context, quantity, words[start:].lstrip("的"))


def twins(context: Context, quantity: Quantity) -> tuple[str, str] | None:
    """面向A和B,分别形成1000个以上…, A、B分别完成5宗: one number for each of two subjects; 双方 stays one (N16)."""
    if quantity.listed or quantity.upper is not None:
        return None
    index = context.sentence.unit_at(quantity.start)
    unit = context.sentence.units[index]
    start = context.sentence.units[index - 1].start if index else unit.start
    if context.blanked.find("分别", start, quantity.start) < 0:
        return None
    matches = list(_TWIN.finditer(context.blanked, start, quantity.start))
    match = matches[-1] if matches else None
    if match is None or "双方" in match[0] or quantity.start - match.end() > TWIN_REACH:
        return None
    return _TO_WHOM.sub("", match["first"]), match["second"]
