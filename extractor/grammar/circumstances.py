"""What stands around a promise: recurrence, per-part, scope, baseline, and the head of its phrase (N16, N38–N45)."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from extractor.grammar.comma_units import BLANK, LABEL, Sentence
from extractor.grammar.dates import DateMention
from extractor.grammar.distribution import member
from extractor.grammar.signs import any_of
from extractor.grammar.spoken import Quantity
from extractor.grammar.whole_words import alone


@cache
def connectors() -> re.Pattern[str]:
    """Conjunctions, auxiliaries and prepositions at the head of a comma unit.

    >>> connectors().match("并使其他群体")[0]
    '并使'
    """
    single = alone("并|且|要|将|使|其|为|对|按|还|再|可|均|都|总体")
    return re.compile(
        rf"^(?:可以|其中|并且|同时|此外|另外|力争到?|争取|确保|努力|预期|推动|实现|按照|累计(?=不|达)|原则上|分别|{single}"
        r"|基本|年内|全年|力争实现|加快|用于(?:支持)?|支持(?=发展|建)|[,、:])+"
    )


_TIME = (
    r"半年|两年|三年|[一二两三四五]年|年度?|季度?|个季度|月度?|个月|周|天|日|学期|学年|旬|半月|次|届"
    r"|个?(?:采暖|供暖|供热)期"
)
_THING = (
    r"平方公里|平方米|立方米|千瓦时|千瓦|公里|街道|社区|床位|企业|项目|学校|医院|班级|村民|"
    r"名|位|个|家|户|人次|人|张|亩|吨|台|套|辆|件|项|场|班|床|例|元|餐|孩|所|座|处|条|村|镇|县|区|市|船|车|艘|架|团|瓦|晚|期|篇|株|头|只|间|栋"
)
_PERSONS = r"(?:常住|户籍|服务)?(?:人口|儿童|学生|职工|居民|老年人|老人|婴幼儿|劳动力|人|户)"
_OWNERS = r"[\u4e00-\u9fff]{2,5}?(?=拥有|享有|配有|配备|中(?=[\u4e00-\u9fff]))"
_EACH = re.compile(
    rf"每(?:(?P<time>{_TIME}|[\d两二三四五]{{1,2}}(?:年|个月|个?季度|周|天|日))|(?P<what>{_THING})"
    rf"|(?P<scale>\d+[百千]?万?|[一十百千万]+|[十百]万)(?P<of>(?:名|位|个)?(?:{_PERSONS}|{_OWNERS})?)(?P<thing>{_THING})?)"
    rf"|(?P<bare>亩|(?:^|(?<=[,;]))[户台])均?(?=补助|补贴|奖励|给予)"
    r"|单(?P<single>个|家|户|台|船|人|园|店|校)(?!位|元|独|体|机|目|次|价)"
)
_EACH_SIGN = re.compile("[每单亩户台]")
"""What any of them holds."""
_STEP = re.compile(
    r"每(?:新?增加?|认定|引进|培育|吸纳|招用|孵化|推荐|转化|培养|获得)[^,\d]{0,6}1(?P<of>人|名|家|个|项|户)[^,每]*$"
)
_YEARLY = re.compile(r"年度(?:补贴|奖励|补助|资助)")
_ONCE = re.compile(r"一次性")
_BASELINE = re.compile(
    r"(?:较|比|同比|环比|在)(?:20\d\d年|上年|去年|上一?年度?|“?十[三四五]五”?(?:末|期末)?|全[国省市]平均|现有|原有)"
    r"[^,。;]{0,6}?(?=增|提|下|降|减|翻|再|扩|高|低|基础)|同比|环比|比上年|较上年"
)
_AVERAGE = re.compile("(?:[高低快好优]于|高出|超过)(?P<of>全[国省市区县州](?:同期|平均)*(?:水平|增速|标准)?)$")
"""高于全国平均水平2个百分点: the number stands on a value that the text does not give (N14)."""
_CHANGED_FROM = re.compile(
    r"(?P<origin>[由从][^,。;由从]{0,16}?\d[\d.]*[^\d,。;]{0,5}?)(?:大幅|逐步|进一步|稳步|再)?"
    r"(?:提高|提升|增加|增长|上升|上调|扩大|延长|下降|降低|下调|压缩|压减|缩短|缩减|精简|减少|缩小|调整|降|减|增|升)(?:至|到|为)(?:承诺[^,\d]{0,4})?(?:不[高低]于|不超过|不少于)?$"
)
APART_LEFT = 14
"""Characters before the first amount of a list in which 分别 stands (分别给予最高不超过)."""
LONE_CAP = 6
"""Characters before the comparator of a cap that has no subject of its own (补贴最高20万元)."""


class Context(Struct, frozen=True, gc=False):
    """One sentence on the way: the text, its blanked form, and what was found in it."""

    text: str
    blanked: str
    sentence: Sentence
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    promised: frozenset[int] = frozenset()
    """Starts of the quantities that are commitments."""
    skipped: dict[tuple[int, int], int] = {}
    """What :func:`skip` has told: each number asks for the head of its unit, and of those before it, several times."""


def skip(context: Context, start: int, end: int) -> int:
    """Length of label, dates and connectives at the head of a unit."""
    known = context.skipped.get((start, end))
    if known is None:
        known = context.skipped[start, end] = _head(context, start, end)
    return known


def _head(context: Context, start: int, end: int) -> int:
    at = start
    label = LABEL.match(context.text[start:end]) if start == context.sentence.start else None
    if label is not None:
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
        match = connectors().match(context.text[at:end])
        if match is not None and match.end():
            at, changed = at + match.end(), True
    return min(at, end) - start


def rate_of(
    context: Context, quantity: Quantity, unit_start: int, index: int, *, granted: bool = False
) -> tuple[str | None, str]:
    """Recurrence, and the unit with what it is counted per (每个…10万元 → 万元/个, 每千人口…4.5个 → 个/千人口)."""
    per, written = rate(quantity, context.blanked[unit_start : quantity.start])
    if per is None and index and context.blanked.startswith("其中", unit_start):
        earlier = context.blanked[context.sentence.start : unit_start]
        times = [match[0] for match in _EACH.finditer(earlier) if match["time"]]
        per = times[-1] if times else None
    if per is None and index and not granted and quantity.dimension == "classifier":
        per = _still_each(context, unit_start, index)
    if per is None and _YEARLY.search(context.blanked[unit_start : quantity.start]):
        per = "每年"
    alone = quantity.cue_start - unit_start <= LONE_CAP
    if "/" not in written and index and quantity.cue and quantity.dimension == "money" and alone:
        # 对每家企业给予合同额50%的补贴,最高20万元
        before = context.sentence.units[index - 1]
        _, shared = rate(quantity, context.blanked[before.start : before.end])
        stepwise = _STEP.search(context.blanked[before.start : before.end]) is not None
        written = shared if not stepwise and not re.search(r"\d", shared.partition("/")[2]) else written
        if per is None and granted and "一次性" in context.text[before.start : before.end]:
            per = "一次性"  # 给予一次性奖补,最高100万元
    unit_end = context.sentence.units[index].end
    if (
        per is None
        and granted
        and quantity.dimension != "classifier"
        and _ONCE.search(context.text[unit_start : max(unit_end, quantity.close + 10)])
    ):
        per = "一次性"
    return per, written


def _still_each(context: Context, unit_start: int, index: int) -> str | None:
    """每年引进企业5家,新增项目3个: a verb that opens the next unit stands under the same 每年."""
    before = context.sentence.units[index - 1]
    times = [m[0] for m in _EACH.finditer(context.blanked[before.start : before.end]) if m["time"]]
    return times[-1] if times and any_of("makers").match(context.blanked, unit_start) else None


def rate(quantity: Quantity, left: str) -> tuple[str | None, str]:
    """Recurrence and per-part that the words before a number say, the latter as part of the unit.

    >>> from extractor.grammar.quantities import find_quantities
    >>> rate(find_quantities("每千人口床位数7张")[0], "每千人口床位数")
    (None, '张/千人口')
    """
    per: str | None = None
    written, ended = quantity.unit, -1
    if _EACH_SIGN.search(left) is None:
        return per, written
    step = _STEP.search(left)
    if step is not None and "/" not in quantity.unit and quantity.dimension == "money":
        return None, f"{quantity.unit}/{step['of']}"
    for match in _EACH.finditer(left):
        if match["time"]:
            per = match[0]
            continue
        part = (
            match["what"]
            or match["single"]
            or match["bare"]
            or (match["scale"] or "") + (match["of"] or match["thing"] or "")
        )
        if part in ("个", "项") and quantity.dimension == "time" and quantity.cue:
            continue  # 每个项目的审核时间不超过5个工作日
        if "/" not in quantity.unit and quantity.dimension != "ratio" and part and part != quantity.unit:
            written = f"{written}/{part}" if match.start() == ended else f"{quantity.unit}/{part}"
            ended = match.end()
    return per, written


def baseline_of(left: str) -> str | None:
    """What a change is measured against, as the text says it (N65).

    >>> baseline_of("能耗较2020年下降"), baseline_of("增速高于全国平均水平")
    ('较2020年', '全国平均水平')
    """
    found = _BASELINE.search(left)
    if found is None:
        average = _AVERAGE.search(left) if "全" in left else None
        return average["of"] if average else None
    return re.sub("(?:至少|力争|确保|再)$", "", found[0]) if found else None


def own_member(context: Context, quantity: Quantity, words: str) -> str | None:
    """Of a list of beneficiaries or conditions before 分别 the one that the amount is for (N17); None outside one."""
    members = [q for q in context.quantities if q.listed and q.listed == quantity.listed]
    left = (
        context.text[max(context.sentence.start, members[0].start - APART_LEFT) : members[0].start] if members else ""
    )
    return member(words, len(members), members.index(quantity)) if "分别" in left else None


def changed_from(left: str) -> str | None:
    """What a value is changed from, where the number before it says so (N65).

    >>> changed_from("补贴比例由20%提高至"), changed_from("提高至")
    ('由20%', None)
    """
    found = _CHANGED_FROM.search(left)
    return found["origin"] if found else None


@cache
def _manner() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:(?<=项目)|(?<=企业)|(?<=平台)|(?<=机构)|(?<=单位)|(?<=贷款))[省市区县]级|的?{any_of('manners').pattern})+$"
    )


def without_manner(who: str) -> str:
    """Whom a grant is for, without how it is given.

    >>> without_manner("首发上市企业分阶段"), without_manner("苗圃")
    ('首发上市企业', '苗圃')
    """
    return _manner().sub("", who)
