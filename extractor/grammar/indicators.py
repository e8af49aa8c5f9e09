"""What a number counts or measures, in the words of the text; whom it is for, and per what (N15–N17, N38–N45, N76)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from extractor.grammar import grants, phrases
from extractor.grammar.circumstances import (
    Context,
    baseline_of,
    changed_from,
    connectors,
    own_member,
    rate_of,
    skip,
)
from extractor.grammar.comma_units import LABEL, CommaUnit
from extractor.grammar.distribution import member
from extractor.grammar.scopes import scope_of
from extractor.grammar.signs import Verdict, any_of
from extractor.grammar.spoken import Quantity
from extractor.grammar.subjects import LONG_SUBJECT, subject_before, subject_of, trailing, whole_of

MAX_SPAN = 150
"""A commitment's span is short enough to be read at a glance (output contract)."""
MAX_INDICATOR = 60
"""Longer subjects are cut on the left: what is measured stands next to the number."""

_CHANGED_FROM = re.compile(r"(?:由|从)?原(?:来的?|有的?)?$|(?:由|从)[^,]{0,8}$")
_RECKONED = re.compile(r"(?:确定|计算|核定|执行)$")
_GRANTED = re.compile(r"补贴|补助|奖励|奖补|扶持|资助|贴息|支持|津贴|经费|资金|费")
_MEASURED_HEAD = re.compile(
    r"(?P<noun>率|比例|占比|标准|上限|额度|总额|限额|幅度|金额|期限|限期|缓缴期|期|费率|利率|成本|支付额|封顶线|起付线|价格)(?:可|应|不|原则上|按照?|为|由|从|再|统一|调整|降|提|低|上浮|下浮|增|.{0,12}(?:总[^,]{0,6}|额|投资)的?)*$"
)
_EMPTY = frozenset({"最高", "最多", "最长", "最大", "其中", "累计", "一次性", "给予", "可"})
_FOR_WHOM = re.compile(r"^[^,]*对[^,]{2,30}?(?=降低|减免|下浮|提高|给予)")
_PART_START = re.compile("[、,;:的]")
_STANDARD_OF = re.compile("^允许|(?<=..)按照?[^、]{2,}$")
"""甲类、乙类企业按照当期税额分别抵减5%、10%: 按 begins what the amounts are a share of."""
_FROM_DAY = re.compile(r"(?:应当?|须|在|自|于)*(?:自|在|于|从)[^,]{2,30}?(?:之日|日)?(?:起|后|内)$")
_OBLIGED = re.compile(
    r"^(?:[^,]{0,20}?(?:应当|必须|(?<![相对响反适供])应(?=[当按于在向予])))?(?:(?:参照|按照?|依照|根据)[^,]{2,24}?(?:规定|要求|程序))?(?=..)"
)
_BOUNDED = re.compile(
    r"(?:一般|原则上|最[高低多少]|应|须|要)*(?:不(?:得|应|能)?(?:低于|高于|少于|超过)|(?<=..)(?:总体|均)?达到)(?P<base>[^,]{2,}?)的?$"
)
"""信用担保不低于担保业务总额的20%: the comparator stands before what the number is a share of."""
_RATED = re.compile("[率例度额重比]$")
_ONLY_BOUND = re.compile(r"(?:但|且|并|一般)?最[长高多少短低大快]")
_RECURS = re.compile(r"^每(?:半年|年度?|季度?|个?月|周|天|日|学期)")
LONG_HEAD = 10
"""A head with an object after the number is cut to its end when longer."""
LONGEST_ACT = 60
"""A longer act in the unit after a time limit is cut."""
_CHANGES = re.compile(
    r"(?<=..)(?:再)?(?:提高|提升|增加|延长|调整|降低|降|扩大|放宽|上调|下调|恢复|达)(?:至|到|为)[^,]*$"
)
_ON_TOP = re.compile(r"^.*(?:在|按照?)(?:原有|现有|现行)?(?=[^,]{2,24}基础上)")
_ON_GROUNDS = re.compile("(?:水平)?基础上(?P<change>[上下]浮|加计)$")
"""在原贷款利率基础上下浮: what is changed, and how."""
_SETTING = re.compile(
    r"^(?:围绕|在|面向|针对|聚焦|依托|通过|按照|结合|以)[^,]{2,50}?(?:为(?:代表|主|核心|主体|引领|支撑|重点|基础|载体|抓手|依托)的?|(?:领域|方面|行业|环节|区域|地区|范围内?|等(?!领域|方面|行业|环节|地区))(?:中|内|上)?)"
)
_PAYER = re.compile(r"^.{0,6}?由[^,]{2,10}?(?:承担的|(?=每年|出资|安排|给予|承担|列支|统筹))")
_BARE_MEASURE = re.compile(
    r"(?:每年|安排|总|第.期|首期)*(?:期限|规模|额度|金额|标准|比例|总量|数量|总数|面积)|[各均都再]?[降升增减]"
)
_PART_OF_TERM = re.compile(r"(?:前|后|第)[一二两三四五\d]+(?:年|个月)")
_OWN_ACTOR = 8
"""An actor before an act is not longer."""


class Described(Struct, frozen=True, gc=False):
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


def describe(
    context: Context, quantity: Quantity, verdict: Verdict, heading: str | None, previous: Described | None = None
) -> Described:
    """Find the indicator, the span, the per-part and the scope of a quantity that is a commitment.

    ``previous``: the commitment before it in the sentence, of which it may count a part (其中…).
    """
    sentence = context.sentence
    index = sentence.unit_at(quantity.start)
    unit = sentence.units[index]
    in_unit = [q for q in context.quantities if unit.start <= q.start < unit.end]
    position = in_unit.index(quantity)
    start = phrases.start_of(context, unit.start, in_unit, position, target=verdict.kind == "target")
    tail_start, tail_end = phrases.object_of(context, in_unit, position, unit.end)
    tail = context.text[tail_start:tail_end]
    indicator: str | None
    left = phrases.clean(context, start, quantity)
    head = unit.start + skip(context, unit.start, unit.end)
    first_left = phrases.clean(context, head, in_unit[0]) if position else left
    origin = changed_from(context.text[unit.start : quantity.start]) if position else None
    if origin is not None:  # 不良率由14%降至9%: indicator and both values are one phrase
        start, left = head, left if verdict.kind == "benefit" else ""
    members = [q for q in in_unit if q.listed == quantity.listed] if quantity.listed else [quantity]
    if len(members) > 1 and not tail:
        last_start, last_end = phrases.tail(context, members[-1], unit.end, unit.end)
        tail = context.text[last_start:last_end]
    if quantity.dimension == "ratio" and tail:
        tail += _predicate(context, in_unit[-1], unit.end)
    part = _PART_OF_TERM.fullmatch(left) if quantity.dimension == "ratio" else None
    if verdict.kind == "benefit" and quantity.unit != "次" and part is None:
        indicator = _benefit(context, Place(index, unit, in_unit, position), quantity, (left, first_left, tail))
    elif verdict.rule == "time-limit":
        if context.blanked.startswith("进行", tail_end):  # 5个工作日内对数据进行核查
            tail = context.text[tail_start : min(unit.end, tail_start + LONGEST_ACT)]
        indicator = _act(context, index, left or (_CHANGED_FROM.sub("", first_left) if origin else ""), tail)
    else:
        if tail and quantity.dimension == "classifier" and not trailing().sub("", left):
            tail = _predicate_alone(context, quantity, unit.end) or tail
        indicator = _target(left, quantity, tail, first_left)
        noun = grants.noun_before(context, index) if part else ""
        if noun:
            indicator = f"{noun},其中{left}"
        elif previous is not None and not tail:
            alike = previous.unit.partition("/")[0] == quantity.unit.partition("/")[0]
            among = alike and context.text.startswith("其中", unit.start)
            whose = subject_of(indicator, previous.indicator or "", listed=position > 0, part=among)
            indicator = f"{whose}…{indicator}" if whose else indicator
    if quantity.dimension == "ratio" and left in _EMPTY_LEFT and context.text.startswith("其中", unit.start):
        whole, reached = whole_of(context, index), context.text[quantity.close : unit.end].lstrip("的")
        if whole and reached:
            indicator, tail_end = f"{whole}…{reached}", unit.end
    said = previous.indicator if previous else None
    if not indicator or len(indicator) < 2:
        indicator = subject_before(context, index, said) or LABEL.sub("", heading or "") or None
    elif index and _BARE_MEASURE.fullmatch(indicator):
        indicator = f"{subject_before(context, index, said) or ''},{indicator}".strip(",")
    shared = _shared_subject(context, quantity, unit.start)
    if shared is not None and verdict.kind != "benefit" and not re.search(r"\d年", shared):
        indicator = shared
    per, written = rate_of(context, quantity, unit.start, index, granted=verdict.kind == "benefit")
    begin = phrases.begin(context, quantity, max(start, tail_end - MAX_SPAN))
    end = tail_end if tail_end - begin <= MAX_SPAN else max(quantity.close, begin + 1)
    return Described(
        indicator=_shortened(_ON_GROUNDS.sub(r"…\g<change>", _OPENED.sub("", indicator))) or None
        if indicator
        else None,
        start=min(begin, quantity.start),
        end=max(end, quantity.close),
        unit=written,
        per=per,
        scope=shared if shared and verdict.kind == "benefit" else scope_of(context, index, quantity, verdict),
        baseline=origin or baseline_of(context.text[unit.start : quantity.start]),
    )


_OPENED = re.compile(
    "^(?:[^“”]*“(?!.*”)|[^“”]{1,6}”)?"
    "(?:其(?![中他余它次]|实(?!际))|且(?!末)|并(?![行网购联轨发入举重])|均(?![衡等价匀值量])|以及|或参照|至少)*[的、),]*"
)
"""What does not begin an indicator: marks, 其, 且, 均, the words before a quotation that is not closed or opened."""
_EMPTY_LEFT = ("", "其中")


def _target(left: str, quantity: Quantity, tail: str, first_left: str) -> str:
    head = trailing().sub("", left)
    bounded = _BOUNDED.search(head) if quantity.dimension == "ratio" else None
    if bounded is not None:
        head = trailing().sub("", head[: bounded.start()])
        head, first_left = _of_base(head, "" if quantity.unit.endswith("点") else bounded["base"]), ""
    head = "" if _ONLY_BOUND.fullmatch(head) else head
    tail = "" if tail in ("实施", "执行") and head else tail
    head = bare if len(bare := _RECURS.sub("", head)) > len("安排规模") or (tail and bare) else head
    if tail and not tail.startswith("的") and quantity.cue != "前":
        verb = _short_head(head) or trailing().sub("", _last_verb(first_left))
        return f"{verb}…{tail}" if verb else tail
    return _short_subject(head or trailing().sub("", _CHANGED_FROM.sub("", first_left)))


def _of_base(head: str, base: str) -> str:
    """A rate says of what it is a share itself; another subject takes that base along."""
    if not head or not base or _RATED.search(head):
        return head or base
    return f"{head}…{base}"


def _short_head(head: str) -> str:
    """围绕A、B等领域形成: before an object that stands after the number, the verb is enough."""
    head = _SETTING.sub("", head) if len(head) > LONG_HEAD else head
    if len(head) <= LONG_HEAD:
        return head
    found = [m.start() for m in any_of("targets").finditer(head) if m.end() == len(head)]
    return head[found[0] :] if found else head


def _shortened(indicator: str) -> str:
    """An indicator that is too long to keep: the ends of its list, else its end from the start of a part."""
    if len(indicator) > MAX_INDICATOR and indicator.count("、") > 1:  # A、B、C等主题库: its first member stays
        indicator = f"{indicator.partition('、')[0]}…{indicator.rpartition('、')[2]}"
    if len(indicator) <= MAX_INDICATOR:
        return indicator
    kept = indicator[-MAX_INDICATOR - 1 :]
    part = _PART_START.search(kept, 0, MAX_INDICATOR // 2)
    return kept[part.end() :] if part else kept[1:]


def _short_subject(head: str) -> str:
    """以A为代表的核心产业规模, 对B新增担保额度: what is measured stands at the end."""
    head = _PAYER.sub("", head)
    if len(head) <= LONG_SUBJECT:
        return head
    head = _SETTING.sub("", head)
    given = re.search(r"(?:新增|提供|发放|安排)[^,]{4,}$", head)
    return given[0] if given else head


def _predicate(context: Context, last: Quantity, unit_end: int) -> str:
    """90%的市和70%的县达到三星级: what is said of both belongs to each."""
    rest = context.text[phrases.tail(context, last, unit_end, unit_end)[1] : unit_end]
    return rest if re.match(r"达到|完成|实现|建成|设立|接入|开展|具备|纳入", rest) else ""


def _predicate_alone(context: Context, quantity: Quantity, unit_end: int) -> str:
    """力争100家企业达到三级标准: with no verb before the number, what its things reach belongs to it."""
    start, end = phrases.tail(context, quantity, unit_end, unit_end)
    rest = context.text[end:unit_end]
    return context.text[start:end] + rest if re.match(r"达到|完成|实现|建成|接入|通过", rest) else ""


def _act(context: Context, index: int, left: str, tail: str) -> str:
    """What is done within a time limit: the act after it or in the next unit, else what stands before it."""
    subject = trailing().sub("", _FROM_DAY.sub("", left))
    if len(tail) > 3:
        if not subject and len(tail) <= len("作出答复") and index:
            unit = context.sentence.units[index - 1]
            subject = context.text[unit.start + skip(context, unit.start, unit.end) : unit.end]
        return f"{subject}…{tail}" if len("单位") <= len(subject) <= _OWN_ACTOR else tail
    after = (
        left.endswith(("后", "起"))
        or subject.endswith(("后", "起"))
        or _FROM_DAY.search(left.removesuffix("的")) is not None
    )
    if not tail and after and index + 1 < len(context.sentence.units):
        unit = context.sentence.units[index + 1]
        act = context.text[unit.start : min(unit.end, unit.start + LONGEST_ACT)]
        return _OBLIGED.sub("", act) or act
    if tail and len(subject) > LONG_SUBJECT:
        return tail
    return f"{subject}…{tail}" if tail and subject else tail or subject


def _last_verb(left: str) -> str:
    found = list(any_of("targets").finditer(left))
    return left[found[-1].start() :][:8] if found else left


class Place(Struct, frozen=True, gc=False):
    """Where a granted amount stands: its comma unit, the amounts of that unit, and its own position among them."""

    index: int
    unit: CommaUnit
    amounts: Sequence[Quantity]
    position: int


def _benefit(context: Context, place: Place, quantity: Quantity, words: tuple[str, str, str]) -> str:
    """What is granted; a bare noun (补贴) takes the thing or the person that it is for along."""
    left, first_left, tail = words
    last, label = grants.labelled(context, place.amounts, place.position)
    if label:
        tail = context.text[slice(*phrases.tail(context, place.amounts[last], place.unit.end, place.unit.end))]
    elif not tail and place.position + 1 < len(place.amounts):  # 研发投入的5%、最高50万元的奖励
        after = place.amounts[place.position + 1]
        if re.fullmatch(r"、(?:最[高多]|不超过|最[高多]不超过)", context.text[quantity.close : after.start]):
            tail = context.text[slice(*phrases.tail(context, after, place.unit.end, place.unit.end))]
    noun = grants.noun_after(tail)
    if label and noun:
        who = grants.topic(context, place.index) if grants.level(label) else ""
        return f"{who}…{label}…{noun}" if who else f"{label}…{noun}"
    left = left if len(left) > 1 else first_left
    head = _FOR_WHOM.sub("", trailing().sub("", left if place.position == 0 else _CHANGED_FROM.sub("", left)))
    if quantity.dimension == "ratio":
        return _share(context, place.index, (head, left, noun, tail))
    measured = _MEASURED_HEAD.search(head)
    if measured is not None and measured.end("noun") > 1 and (not noun or _RECKONED.search(noun)):
        return _PAYER.sub("", head[: measured.end("noun")])
    found, given = grants.object_before(left)
    found = re.sub("分别|各自", "", found)
    found = noun or trailing().sub("", found) or ("" if given else trailing().sub("", left))
    if found in _EMPTY or re.fullmatch(r"(?:每|单)[个家名人户项亩吨台套次件年月]", found):
        found = ""
    if not noun and tail and found and len(found) <= grants.BARE_GRANT and not _GRANTED.search(found):
        return f"{found}…{tail}"
    own = grants.own_part(left)
    if not noun and (not found or (own and not _GRANTED.search(found))):
        before = grants.noun_before(context, place.index)
        if before and not own and not quantity.cue:
            who = grants.topic(context, place.index)
            return f"{who}…{before}" if who else before
        own = own or ("最高额度" if "额度" in quantity.cue else "")
        if before and own:
            return f"{before},{own}"
        if before:
            if len(before) > grants.BARE_GRANT:
                return before
            who = _capped_for(context, place.index)
            return f"{who}…{before}" if who else f"{before},最高"
    return _for_whom(context, place, quantity, _PAYER.sub("", found))


def _capped_for(context: Context, index: int) -> str:
    """Whom or what a grant is for of which a cap is said; the grant stands in the last unit with an amount."""
    units = context.sentence.units
    granted = (
        i for i in range(index - 1, -1, -1) if any(units[i].start <= at < units[i].end for at in context.promised)
    )
    return grants.topic(context, next(granted, index), near=True)


def _share(context: Context, index: int, words: tuple[str, str, str, str]) -> str:
    """A share: the base that it is taken of and what is granted by it (合同额…的补贴); a rate: what it is of."""
    head, left, noun, tail = words
    if left.rstrip("再").endswith("减按"):
        return f"减按…{tail}"
    changed = _CHANGES.search(head)
    measured = _MEASURED_HEAD.search(head[: changed.start()] if changed else head)
    if measured is not None and measured.end("noun") > 1 and not noun:
        return head[: measured.end("noun")]
    if tail and re.search(r"基础上[^,]{0,2}按照?$", left):
        return tail
    top = _ON_TOP.sub("", head)
    if top != head:
        return top
    base = grants.share_base(head)
    if re.search(r"的(?:给予|予以)$", left):  # 生育二孩的给予50%补贴
        topic = grants.topic(context, index, whole=True)
        return f"{topic}…{noun}".strip("…")
    base = base.lstrip("、)的,")
    if not base or base.endswith(("按", "按照", "最高", "最多", "不超过")):
        topic = grants.topic(context, index) if noun and _GRANTED.search(noun) else ""
        return f"{topic}…{noun}" if topic else noun or tail or head
    base = grants.shorten(base) or base if len(base) > LONG_SUBJECT - LONG_HEAD // 2 and noun else base
    return f"{base}…{noun}" if noun else base


def _for_whom(context: Context, place: Place, quantity: Quantity, found: str) -> str:
    """Complete a bare grant noun by the rank of the amount, else by whom or what it is for."""
    if found.startswith("一次性") and len(found) <= len("一次性奖励"):
        to = grants.receiver(context, place.index, quantity.cue_start)
        return f"{to}…{found}" if to else found
    if not found or len(found) > grants.BARE_GRANT or not _GRANTED.search(found):
        return found
    if quantity.listed:
        members = [q for q in context.quantities if q.listed == quantity.listed]
        left = context.text[context.sentence.start : members[0].cue_start]
        ranked = grants.ranks(left, len(members)) if "分别" in left else None
        if ranked is not None:
            rank = ranked[0][members.index(quantity)]
            return f"{rank}…{ranked[1]}…{found}" if ranked[1] else f"{rank}…{found}"
    who = grants.beneficiary(context, place.index, quantity.cue_start)
    who = own_member(context, quantity, who) or who
    if not who and grants.own_part(phrases.clean(context, place.unit.start, quantity)):
        return trailing().sub("", phrases.clean(context, place.unit.start, quantity))
    return f"{who}…{found}" if who else found


def _shared_subject(context: Context, quantity: Quantity, unit_start: int) -> str | None:
    """A、B分别控制在x、y以下: the subject with the place of the number (N15)."""
    if not quantity.listed:
        return None
    members = [q for q in context.quantities if q.listed == quantity.listed]
    left = context.text[unit_start : members[0].cue_start]
    if "分别" not in left:
        return None
    before, _, after = left.partition("分别")
    listed = _STANDARD_OF.sub("", connectors().sub("", before).removesuffix("的"))
    own = member(listed, len(members), members.index(quantity))
    named = any_of("indicator_nouns").fullmatch(trailing().sub("", after))  # 甲、乙分别占比达30%、40%
    return f"{own}…{named[0]}" if own and named else own
