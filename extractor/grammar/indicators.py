"""What a number counts or measures, in the words of the text; whom it is for, and per what (N15–N17, N38–N45, N76)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.grammar.comma_units import BLANK, LABEL, Sentence
from extractor.grammar.dates import DateMention
from extractor.grammar.quantities import Quantity
from extractor.grammar.signs import Verdict, any_of

MAX_SPAN = 150
"""A commitment's span is short enough to be read at a glance (output contract)."""
MAX_INDICATOR = 60
"""Longer subjects are cut on the left: what is measured stands next to the number."""

_CONNECTORS = re.compile(
    r"^(?:其中|并且|并|且|同时|此外|另外|力争到?|争取|确保|努力|预期|要|将|推动|实现|使|其|为|对|按照?|累计(?=不|达)|原则上|还|再|可|分别|均|都|总体|基本|年内|全年|力争实现|加快|支持(?=发展|建)|[,、:])+"
)
_TRAILING = re.compile(
    r"(?:进入|达到|达|均|分别|都|控制|稳定|保持|维持|提高|提升|增加|占|为|至|到|在|要|应|须|需|可|力争|争取|确保|不|不得|总体|基本|实现|将|每年|每月|每季度|每年度|共|共计|一般|原则上|是|有|平均|最高|最低|,|、|:|\(|的|按|以|了|全部|均要|超|各)+$"
)
_GIVE = re.compile(r".*(?:给予|予以|享受|发放|申请|奖励给)(?:其|该|企业|该企业|每[个家名人户])?")
_CHANGED_FROM = re.compile(r"(?:由|从)?原(?:来的?|有的?)?$|(?:由|从)[^,]{0,8}$")
_MEASURED_HEAD = re.compile(
    r"(?P<noun>率|比例|占比|标准|上限|额度|总额|限额|幅度|金额|期限|限期|缓缴期|期|费率|利率|成本|支付额|封顶线|起付线|价格)(?:可|应|不|原则上|按照?|为|由|从|再|统一|调整|降|提|低|上浮|下浮|增|.{0,12}(?:总[^,]{0,6}|额|投资)的?)*$"
)
_LEAVE_OUT = re.compile(
    r"^(?:每[年月个家名人户项亩吨餐天床张台]+|一律|可|最高)+|(?:最高|不超过|最多|最长|不低于|按照?|的|标准|一次性(?=$)|每[年月个家名人户项亩吨餐天床张]+|共计|累计|分别)+$|^(?:[^,]{0,24}?(?:对|向|为)[^,]{2,30}?(?=降低|减免|补))"
)
_TAIL_VERB = re.compile(
    r"(?:收取|支付|确定|计算|执行|缴纳|计发|享受|给予|予以|发放|补足|办理|返还|奖励给|计提|安排|的?(?:标准|比例|额度)(?:给予|予以|发放|享受|支付|收取|计)?$)"
)
_TAIL_STANDARD = re.compile(r"^的?(?:标准|比例|额度|幅度)?(?:给予|予以|发放|享受)?(?:一次性(?=给予))?")
_EMPTY = frozenset({"最高", "最多", "最长", "最大", "其中", "累计", "一次性", "给予", "可"})
TWIN_REACH = 10
"""Characters between 分别 and the one number of two subjects."""
BARE_GRANT = 4
"""A grant noun this short (补贴, 奖励) does not say for what."""
_TAIL_END = re.compile(
    r"[,。;:、(]|和(?=\d)|及(?=\d)|以及|并(?!网|联|购|轨)|用于|由(?!于)|从|且|纳入|进行|作为|达到|达(?=\d|百)|(?<=.)不(?:少于|低于|超过)"
)
_PER = re.compile(
    r"每(?:(?P<time>半年|两年|三年|[一二两三四五]年|年度?|季度?|个季度|月度?|个月|周|天|日|学期|学年|旬|半月|次|届)|"
    r"(?P<scale>\d+|[一十百千万]+|[十百]万)?(?P<what>(?:名|位|个|家|户|人|张|亩|吨|台|套|辆|件|项|场|班|床|例|床位|公里|平方公里|平方米|瓦|千瓦|元|次|餐|孩|所|座|处|条|村|镇|县|区|市|街道)?)(?P<noun>[\u4e00-\u9fff]{0,6}?)"
    r"(?=拥有|有|不|配|的|,|至少|最高|最多|给予|补|奖|每|、|平均|按|一次|资助|支持|超|新增|增加|达|发|予|开展|组织|设|培训|\d|约|、|享|由|可|应|原则|安排|$))"
)
_ONCE = re.compile(r"一次性")
_BASELINE = re.compile(
    r"(?:较|比|同比|环比|在)(?:20\d\d年|上年|去年|上一?年度?|“?十[三四五]五”?(?:末|期末)?|全[国省市]平均|现有|原有)[^,。;]{0,6}(?=增|提|下|降|减|翻|再|扩|高|低|基础)|同比|环比|比上年|较上年"
)
_TWIN = re.compile(r"(?P<first>[\u4e00-\u9fff]{2,12})(?:和|与|及|、)(?P<second>[\u4e00-\u9fff]{2,12}?)(?:,)?分别")


@dataclass(frozen=True, slots=True)
class Described:
    """The words around a number."""

    indicator: str | None
    start: int
    end: int
    """Where the phrase of indicator and number stands."""
    unit: str
    per: str | None
    scope: str | None
    baseline: str | None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """One sentence on the way: the text, its blanked form, and what was found in it."""

    text: str
    blanked: str
    sentence: Sentence
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]


def describe(context: Context, quantity: Quantity, verdict: Verdict, heading: str | None) -> Described:
    """Find the indicator, the span, the per-part and the scope of a quantity that is a commitment."""
    sentence = context.sentence
    index = sentence.unit_at(quantity.start)
    unit = sentence.units[index]
    in_unit = [q for q in context.quantities if unit.start <= q.start < unit.end]
    position = in_unit.index(quantity)
    start = _left_edge(context, unit.start, in_unit, position)
    following = in_unit[position + 1].cue_start if position + 1 < len(in_unit) else unit.end
    tail_start, tail_end = _tail(context, quantity, following, unit.end)
    tail = context.text[tail_start:tail_end]
    left = _clean(context, start, quantity)
    first_left = _clean(context, unit.start + _skip(context, unit.start, unit.end), in_unit[0]) if position else left
    members = [q for q in in_unit if q.listed == quantity.listed] if quantity.listed else [quantity]
    if len(members) > 1 and not tail:
        last_start, last_end = _tail(context, members[-1], unit.end, unit.end)
        tail = context.text[last_start:last_end]
    indicator = (
        _benefit(context, left if len(left) > 1 else first_left, quantity, tail)
        if verdict.kind == "benefit"
        else _target(left, quantity, tail, first_left)
    )
    if not indicator or len(indicator) < 2:
        indicator = _from_before(context, index) or LABEL.sub("", heading or "") or None
    elif verdict.kind == "benefit" and len(indicator) <= BARE_GRANT:
        indicator = _with_object(context, index, indicator, quantity)
    shared = _shared_subject(context, quantity, unit.start)
    if shared is not None and verdict.kind != "benefit":
        indicator = shared
    per, written = _per(context, quantity, unit.start, index)
    begin = max(start, tail_end - MAX_SPAN if tail_end - start > MAX_SPAN else start)
    if quantity.spoken:  # a span that shows digits must show those of its value: 较2023年翻一番
        digits = [match.end() for match in re.finditer(r"\d年?", context.text[begin : quantity.start])]
        begin = begin + digits[-1] if digits else begin
    end = tail_end if tail_end - begin <= MAX_SPAN else max(quantity.close, begin + 1)
    return Described(
        indicator=indicator[-MAX_INDICATOR:] if indicator else None,
        start=min(begin, quantity.start),
        end=max(end, quantity.close),
        unit=written,
        per=per,
        scope=shared if shared and verdict.kind == "benefit" else _scope(context, index, quantity, verdict),
        baseline=(found[0] if (found := _BASELINE.search(context.text[unit.start : quantity.start])) else None),
    )


def _left_edge(context: Context, unit_start: int, in_unit: Sequence[Quantity], position: int) -> int:
    """Where the phrase of a number begins: after the number before it, else at the head of its unit."""
    if position == 0:
        return unit_start + _skip(context, unit_start, in_unit[0].start)
    previous = in_unit[position - 1]
    between = context.blanked[previous.close : in_unit[position].cue_start]
    if between[:1] in ("、", "和", "及", "与"):
        return previous.close + 1
    cut = max((between.rfind(mark) for mark in "、和及与"), default=-1)
    return previous.close + cut + 1


def _skip(context: Context, start: int, end: int) -> int:
    """Length of label, dates and connectives at the head of a unit."""
    at = start
    label = LABEL.match(context.text[start:end])
    if label is not None and start == context.sentence.start:
        at += label.end()
    changed = True
    while changed and at < end:
        changed = False
        for date in context.dates:
            if date.start <= at < date.end:
                at, changed = date.end, True
        while at < end and context.blanked[at] == BLANK and context.text[at] == "(":
            closing = context.text.find(")", at, end)
            at, changed = (closing + 1, True) if closing > 0 else (end, False)
        match = _CONNECTORS.match(context.text[at:end])
        if match is not None and match.end():
            at, changed = at + match.end(), True
    return min(at, end) - start


def _clean(context: Context, start: int, quantity: Quantity) -> str:
    """The words between the head of the phrase and the comparator of the number, without dates."""
    pieces, at = [], start
    for date in context.dates:
        if date.start >= at and date.end <= quantity.cue_start and date.role != "baseline":
            pieces.append(context.text[at : date.start])
            at = date.end
    pieces.append(context.text[at : max(at, quantity.cue_start)])
    return "".join(pieces).removeprefix("到")


def _tail(context: Context, quantity: Quantity, following: int, unit_end: int) -> tuple[int, int]:
    """The object after a number: up to the next mark, conjunction before a number, or verb."""
    start = quantity.close
    blanked = context.blanked[start:unit_end]
    if blanked.startswith("的"):
        start, blanked = start + 1, blanked[1:]
    limit = unit_end if following >= unit_end else following
    end = unit_end
    for match in _TAIL_END.finditer(blanked):
        if match[0] == "、":
            if following < unit_end and start + match.start() < following and following - (start + match.start()) < 14:
                end = start + match.start()
                break
            continue
        if match.start() == 0 and match[0] in ("(",):
            continue
        end = start + match.start()
        break
    return start, max(start, min(end, limit))


def _target(left: str, quantity: Quantity, tail: str, first_left: str) -> str:
    head = _TRAILING.sub("", _CHANGED_FROM.sub("", left))
    if tail and not tail.startswith("的") and quantity.cue != "前":
        verb = head or _TRAILING.sub("", _last_verb(first_left))
        return f"{verb}…{tail}" if verb else tail
    return head or _TRAILING.sub("", first_left)


def _last_verb(left: str) -> str:
    found = list(any_of("targets").finditer(left))
    return left[found[-1].start() :][:8] if found else left


def _benefit(context: Context, left: str, quantity: Quantity, tail: str) -> str:
    """What is granted; a bare noun (补贴) takes the thing that it is for along."""
    head = _TRAILING.sub("", _CHANGED_FROM.sub("", left))
    measured = _MEASURED_HEAD.search(head)
    if measured is not None:
        return head[: measured.end("noun")]
    given = _GIVE.match(left)
    object_left = _LEAVE_OUT.sub("", left[given.end() :] if given else left)
    tail = "" if _TAIL_VERB.match(tail) else _TAIL_STANDARD.sub("", tail)
    if tail:
        return f"{object_left}…{tail}" if quantity.dimension == "ratio" and object_left else tail
    found = _TRAILING.sub("", object_left) or _TRAILING.sub("", left)
    return "" if found in _EMPTY else found


def _with_object(context: Context, index: int, indicator: str, quantity: Quantity) -> str:
    """Complete a bare grant noun by what the condition before it, or 每个X of its own unit, is about."""
    unit = context.sentence.units[index]
    own = re.search(
        r"每[个家名所]?(?P<who>[\u4e00-\u9fff]{2,14}?)(?:予以|给予|补助|每|最高|奖励|按)",
        context.text[unit.start : quantity.start],
    )
    if own is not None:
        return f"{own['who']}…{indicator}"
    for earlier in reversed(context.sentence.units[:index]):
        text = context.text[earlier.start : earlier.end]
        match = re.match(r"(?:其中|同时|并)?(?:对|对于|将|为)(?P<who>.{2,50})$", text)
        if match is not None:
            who = match["who"].removesuffix("的")
            return f"{who.rsplit('的', 1)[-1] if quantity.dimension != 'ratio' else who}…{indicator}"
    return indicator


def _from_before(context: Context, index: int) -> str | None:
    """The subject of a number that stands alone in its unit is the unit before it."""
    if index == 0:
        return None
    unit = context.sentence.units[index - 1]
    text = context.text[unit.start : unit.end]
    text = text[_skip(context, unit.start, unit.end) :]
    given = _GIVE.match(text)
    noun = _TRAILING.sub("", text[given.end() :]) if given else ""
    return noun or _TRAILING.sub("", text) or None


def _shared_subject(context: Context, quantity: Quantity, unit_start: int) -> str | None:
    """A、B分别控制在x、y以下: the subject with the place of the number (N15)."""
    if not quantity.listed:
        return None
    members = [q for q in context.quantities if q.listed == quantity.listed]
    left = context.text[unit_start : members[0].cue_start]
    if "分别" not in left:
        return None
    listed = _CONNECTORS.sub("", left.split("分别")[0])
    subjects = re.split(r"[、和及]", listed)
    if len(subjects) != len(members):
        subjects = re.split(r"[、和及与]", listed)
    if len(subjects) != len(members):
        return None
    return subjects[members.index(quantity)] or None


def _per(context: Context, quantity: Quantity, unit_start: int, index: int) -> tuple[str | None, str]:
    """Recurrence, and the unit with what it is counted per (每个…10万元 → 万元/个, 每千人口…4.5个 → 个/千人口)."""
    left = context.blanked[unit_start : quantity.start]
    per: str | None = None
    written = quantity.unit
    for match in _PER.finditer(left):
        if match["time"]:
            per = match[0]
        elif "/" not in quantity.unit and quantity.dimension != "ratio" and (match["scale"] or match["what"]):
            scale, what, noun = match["scale"] or "", match["what"], match["noun"]
            noun = noun if scale and (not what or re.search(r"(?:人|口|童|户|学生|职工|居民)$", noun)) else ""
            written = f"{quantity.unit}/{scale}{what}{noun}" if what != "次" else quantity.unit
            per = "每次" if what == "次" else per
    if per is None and index:
        earlier = context.blanked[context.sentence.start : unit_start]
        found = [match["time"] and match[0] for match in _PER.finditer(earlier) if match["time"]]
        head = context.blanked[unit_start:].startswith("其中")
        per = found[-1] if found and head else None
    if per is None and _ONCE.search(context.text[unit_start : min(len(context.text), quantity.close + 10)]):
        per = "一次性"
    return per, written


def _scope(context: Context, index: int, quantity: Quantity, verdict: Verdict) -> str | None:
    """Whom or what a grant or requirement is for: the condition units before it, or the 对-phrase of its own unit."""
    parts = []
    if verdict.kind != "target":
        for unit in context.sentence.units[:index]:
            text = context.text[unit.start : unit.end]
            text = text[_skip(context, unit.start, unit.end) :]
            if re.search(r"的$|者$|企业$|单位$|机构$|项目$|期间$", text):
                parts.append(text.removesuffix("的"))
    unit = context.sentence.units[index]
    own = re.search(
        r"(?:^|,)(?:对|对于|向|为)(?P<who>[^,]{2,40}?)(?:的)?(?=,|给予|予以|按|发放|每|一次|分别|最高|提供|奖励|补助|补贴)",
        context.text[unit.start : quantity.start],
    )
    if own:
        parts.append(own["who"])
    return ",".join(parts)[-120:] or None


def twins(context: Context, quantity: Quantity) -> tuple[str, str] | None:
    """面向A和B,分别形成1000个以上…: one number for each of two subjects; 双方 stays one (N16)."""
    if quantity.listed or quantity.upper is not None:
        return None
    index = context.sentence.unit_at(quantity.start)
    unit = context.sentence.units[index]
    start = context.sentence.units[index - 1].start if index else unit.start
    matches = list(_TWIN.finditer(context.blanked, start, quantity.start))
    match = matches[-1] if matches else None
    if match is None or "双方" in match[0] or quantity.start - match.end() > TWIN_REACH or not match[0].count(","):
        return None
    return match["first"], match["second"]
