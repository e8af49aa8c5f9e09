"""What a number counts or measures, in the words of the text; whom it is for, and per what (N15–N17, N38–N45, N76)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.grammar.circumstances import CONNECTORS, Context, baseline_of, rate_of, scope_of, skip
from extractor.grammar.comma_units import LABEL
from extractor.grammar.quantities import Quantity
from extractor.grammar.signs import Verdict, any_of

MAX_SPAN = 150
"""A commitment's span is short enough to be read at a glance (output contract)."""
MAX_INDICATOR = 60
"""Longer subjects are cut on the left: what is measured stands next to the number."""

_TRAILING = re.compile(
    r"(?:进入|达到|达|均|分别|都|控制|稳定|保持|维持|提高|提升|增加|占|为|至|到|在|要|应|须|需|可|力争|争取|确保|不|不得|总体|基本|实现|将|每年|每月|每季度|每年度|共|共计|一般|原则上|是|有|平均|最高|最低|,|、|:|\(|的|按|以|了|全部|均要|超|各)+$"
)
_GIVE = re.compile(r".*(?:给予|予以|享受|发放|申请|奖励给)(?:其|该|企业|该企业|每[个家名人户])?")
_CHANGED_FROM = re.compile(r"(?:由|从)?原(?:来的?|有的?)?$|(?:由|从)[^,]{0,8}$")
_MEASURED_HEAD = re.compile(
    r"(?P<noun>率|比例|占比|标准|上限|额度|总额|限额|幅度|金额|期限|限期|缓缴期|期|费率|利率|成本|支付额|封顶线|起付线|价格)(?:可|应|不|原则上|按照?|为|由|从|再|统一|调整|降|提|低|上浮|下浮|增|.{0,12}(?:总[^,]{0,6}|额|投资)的?)*$"
)
_LEAVE_OUT = re.compile(
    r"^(?:每[年月个家名人户项亩吨餐天床张台]+|一律|可|最[高多大长])+|(?:最高|不超过|最多|最长|不低于|按照?|的|标准|一次性(?=$)|每[年月个家名人户项亩吨餐天床张]+|共计|累计|分别)+$|^(?:[^,]{0,24}?(?:对|向|为)[^,]{2,30}?(?=降低|减免|补))"
)
_TAIL_VERB = re.compile(
    r"(?:收取|支付|确定|计算|执行|缴纳|计发|享受|给予|予以|发放|补足|办理|返还|奖励给|计提|安排|的?(?:标准|比例|额度)(?:给予|予以|发放|享受|支付|收取|计)?$)"
)
_TAIL_STANDARD = re.compile(r"^的?(?:标准|比例|额度|幅度)?(?:给予|予以|发放|享受)?(?:一次性(?=给予))?")
_EMPTY = frozenset({"最高", "最多", "最长", "最大", "其中", "累计", "一次性", "给予", "可"})
_FOR_WHOM = re.compile(r"^[^,]*对[^,]{2,30}?(?=降低|减免|下浮|提高|给予)")
_FROM_DAY = re.compile(r"(?:应当?|须|在|自|于)*(?:自|在|于|从)[^,]{2,30}?(?:之日|日)?(?:起|后|内)$")
_RECURS = re.compile(r"^每(?:半年|年度?|季度?|个?月|周|天|日|学期)")
BARE_GRANT = 2
"""A grant noun this short (补贴, 奖励) does not say for what."""
_TAIL_END = re.compile(
    r"[,。;:、(]|和(?=\d)|及(?=\d)|以及|并(?!网|联|购|轨)|用于|由(?!于)|从|且|纳入|进行|作为|达到|达(?=\d|百)|(?<=.)不(?:少于|低于|超过)"
)


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
    first_left = _clean(context, unit.start + skip(context, unit.start, unit.end), in_unit[0]) if position else left
    members = [q for q in in_unit if q.listed == quantity.listed] if quantity.listed else [quantity]
    if len(members) > 1 and not tail:
        last_start, last_end = _tail(context, members[-1], unit.end, unit.end)
        tail = context.text[last_start:last_end]
    if quantity.dimension == "ratio" and tail:
        tail += _predicate(context, in_unit[-1], unit.end)
    indicator = (
        _benefit(left if len(left) > 1 else first_left, quantity, tail)
        if verdict.kind == "benefit"
        else _act(left, tail)
        if verdict.rule == "time-limit"
        else _target(left, quantity, tail, first_left)
    )
    if not indicator or len(indicator) < 2:
        indicator = _from_before(context, index) or LABEL.sub("", heading or "") or None
    elif verdict.kind == "benefit" and len(indicator) <= BARE_GRANT:
        indicator = _with_object(context, index, indicator, quantity)
    shared = _shared_subject(context, quantity, unit.start)
    if shared is not None and verdict.kind != "benefit" and not re.search(r"\d年", shared):
        indicator = shared
    per, written = rate_of(context, quantity, unit.start, index, granted=verdict.kind == "benefit")
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
        scope=shared if shared and verdict.kind == "benefit" else scope_of(context, index, quantity, verdict),
        baseline=baseline_of(context.text[unit.start : quantity.start]),
    )


def _left_edge(context: Context, unit_start: int, in_unit: Sequence[Quantity], position: int) -> int:
    """Where the phrase of a number begins: after the number before it, else at the head of its unit."""
    if position == 0:
        return unit_start + skip(context, unit_start, in_unit[0].start)
    previous = in_unit[position - 1]
    between = context.blanked[previous.close : in_unit[position].cue_start]
    if between[:1] in ("、", "和", "及", "与"):
        return previous.close + 1
    cut = max((between.rfind(mark) for mark in "、和及与"), default=-1)
    return previous.close + cut + 1


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
    if blanked[:1] in ("、", "和", "及") and following < unit_end:
        return start, start
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
    head = _RECURS.sub("", _TRAILING.sub("", _CHANGED_FROM.sub("", left)))
    if tail and not tail.startswith("的") and quantity.cue != "前":
        verb = head or _TRAILING.sub("", _last_verb(first_left))
        return f"{verb}…{tail}" if verb else tail
    return head or _TRAILING.sub("", _CHANGED_FROM.sub("", first_left))


def _predicate(context: Context, last: Quantity, unit_end: int) -> str:
    """90%的市和70%的县达到三星级: what is said of both belongs to each."""
    rest = context.text[_tail(context, last, unit_end, unit_end)[1] : unit_end]
    return rest if re.match(r"达到|完成|实现|建成|设立|接入|开展|具备|纳入", rest) else ""


def _act(left: str, tail: str) -> str:
    """What is done within a time limit: the act after it, else what is measured before it."""
    if len(tail) > 3:
        return tail
    subject = _TRAILING.sub("", _FROM_DAY.sub("", left))
    return f"{subject}…{tail}" if tail else subject


def _last_verb(left: str) -> str:
    found = list(any_of("targets").finditer(left))
    return left[found[-1].start() :][:8] if found else left


def _benefit(left: str, quantity: Quantity, tail: str) -> str:
    """What is granted; a bare noun (补贴) takes the thing that it is for along."""
    head = _FOR_WHOM.sub("", _TRAILING.sub("", _CHANGED_FROM.sub("", left)))
    measured = _MEASURED_HEAD.search(head)
    if measured is not None and measured.end("noun") > 1:
        return head[: measured.end("noun")]
    given = _GIVE.match(left)
    object_left = _LEAVE_OUT.sub("", left[given.end() :] if given else left)
    tail = "" if _TAIL_VERB.match(tail) else _TAIL_STANDARD.sub("", tail)
    if tail:
        return f"{object_left}…{tail}" if quantity.dimension == "ratio" and object_left else tail
    found = _TRAILING.sub("", object_left) or ("" if given else _TRAILING.sub("", left))
    return "" if found in _EMPTY or re.fullmatch(r"(?:每|单)[个家名人户项亩吨台套次件年月]", found) else found


def _with_object(context: Context, index: int, indicator: str, quantity: Quantity) -> str:
    """Complete a bare grant noun by what the condition before it, or 每个X of its own unit, is about."""
    unit = context.sentence.units[index]
    own = re.search(
        r"每[个家名所]?(?P<who>(?![年月季个])[^每,\d]{2,14}?)(?:予以|给予|补助|每|最高|奖励|按)",
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
    text = text[skip(context, unit.start, unit.end) :]
    given = _GIVE.match(text)
    noun = _TRAILING.sub("", text[given.end() :]) if given else ""
    whom = re.match(r"(?:对|对于|向|为)(?P<who>.{2,60}?)(?:给予|予以|发放)", text)
    if whom is not None and len(noun) <= BARE_GRANT:
        return f"{whom['who']}…{noun}"
    return noun or _TRAILING.sub("", text) or None


def _shared_subject(context: Context, quantity: Quantity, unit_start: int) -> str | None:
    """A、B分别控制在x、y以下: the subject with the place of the number (N15)."""
    if not quantity.listed:
        return None
    members = [q for q in context.quantities if q.listed == quantity.listed]
    left = context.text[unit_start : members[0].cue_start]
    if "分别" not in left:
        return None
    listed = CONNECTORS.sub("", left.split("分别")[0])
    subjects = re.split(r"[、和及]", listed)
    if len(subjects) != len(members):
        subjects = re.split(r"[、和及与]", listed)
    if len(subjects) != len(members):
        return None
    mine, last = subjects[members.index(quantity)], subjects[-1]
    if len(last) > len(mine) + 2 and "的" in last:  # 一级、二级、三级服务的收费上限
        mine += last[len(mine) :]
    return mine or None
