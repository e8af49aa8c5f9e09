"""Numbers that promise nothing: names, counts of the text, durations, facts, penalties, papers (N80–N91).

The table is read from the top; the first row that holds gives the rule its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from extractor.grammar.comma_units import BLANK
from extractor.grammar.signs import Place, Verdict, any_of, sign
from extractor.grammar.spoken import Quantity

Test = Callable[[Place, Quantity], bool]

_HAN_AHEAD = re.compile(r"[\u4e00-\u9fff]")
_EACH_OR_LEAST = re.compile(r"每[^,]{0,12}$|至少[^,]{0,10}$")
_SCORED = re.compile(r"(?:得分|评分|满意度|评价|成绩)[^,]{0,6}$")
_LISTED_SET = re.compile(r"建设|建成|打造|培育|推进|推动|加快|实施|创建|发展|支持|改造|完成")
_LISTED = re.compile("(?:包括|包含|涵盖|分为)[^,]*、[^,]*$")
"""包括A、B、C5个事项: the count of a list that stands before it."""
_HOLDING = re.compile("(?:包括|包含|涵盖|涉及|分为)[^;]*,$")
_IN_ALL = ("共", "共计", "总计", "合计")
_AS_FOCUS = re.compile(r"为(?:重点|主|基础|载体|依托|核心|抓手)$")
_POINTS = re.compile("[计加扣得记积]分(?!别|布|类|解|工|期|批|级|配|析|散)")
_VIOLATION = re.compile(r"超[员载标速限期重高]$|滞后(?:超过)?$|逾期(?:超过)?$|责令[^,]{0,6}$")
_BROKEN = re.compile("违[法章规约][^,率]*$")
"""What is done against a rule: 一年内被记录违章三次."""
_COMPLAINED = re.compile("反映(?!率|量|数)")
_PENALTY = re.compile(r"罚款|罚金|滞纳金(?!的?减免)")
_PUNISHED = re.compile("[的”等](?:行政)?(?:处罚|处分)$")
_OF_AGE = re.compile(r"(?:以[上下])?(?:的)?(?:婴幼儿|婴儿|幼儿|儿童|龄)")
_PAPERS = re.compile(r"提供|提交|报送|材料|原件|复印件|书|表|一式|函|报告|说明")
_SOME = ("由", "或", "或者", "及", "对", "向", "同时有", "拥有")
_NEW_POWER = re.compile(r"(?:新增|建成|投产|完成|实现|开工|装机|达|并网|改造)[^,]{0,6}$")
_SPEEDED = re.compile(r"缩短|压缩|控制|时间|时长|时限|提前|减少|每[天日周月年次]|不少于|培训|学习|服务")
_SHARE_BASE = re.compile(r"的?[^,、]{2,24}\d+(?:\.\d+)?%")
_ANSWERED = re.compile("响应|办结|办理|出证|出件|送达|到达|到场|审批|回复")
"""实现1分钟响应 says how fast, 15分钟服务圈 is a name."""
_CLASS = re.compile(r"级(?:以上|产业|企业|集群|园区|项目|平台)?")
_AROUND = ("范围", "以外", "之外", "开外", "距离")
_EDGES = ("红线内", "红线外", "红线以内", "红线以外", "边界外", "范围内", "范围外")
_UP_FROM = ("以上至", "以上到", "以上-", "以下至", "以下到")
"""5000元以上至10000元的部分: the upper end of a band."""
_CITED = ("(含", "(不含", "适用", "第")
_RUN = ("连续", "累计出现", "第")
_VALID = re.compile(r"有效期|试行|施行|自[^,]{0,14}起[^,]{0,6}止|保管期|存续期")
_SERVICE_HOURS = re.compile(r"(?:热线|自助|不打烊|不间断|值班|在线|营业|开放|服务|行动|规划|计划|[^,]{0,6}圈)")
_CAPPED = re.compile(r"不超过|最长|最多|不少于|至少|不低于|不得")
_GRANTED_YEARS = re.compile(r"(?:给予|享受|支持|补贴|免收|免租|连续|延长|资助|奖励|保留|减免|补助|扶持)[^,的]{0,8}$")
_PERIOD_NOUN = re.compile(r"内|的?[^,]{0,4}(?:期|以上)")
_TERM_OF_SERVICE = re.compile(r"^(?:的)?(?:以上|以下)?[^,]{0,10}(?:劳动合同|社会保险|合同|工作经历|从业|期限)")
_FULL_TERM = re.compile(r"满$|连续$|已满$|超过$")
_THINGS, _TIMES = frozenset({"classifier"}), frozenset({"time"})
_YEARS = frozenset({"年", "年度", "周年", "季度", "个季度", "周"})
_BASE_OF_CHANGE = re.compile(
    r"由原?来?的?$|从原?来?的?$|原(?:来的?)?$|原(?:估算|概算|预算|计划)[^,]{0,8}$|自$|法定(?:办理)?[时期]限[的为]?$"
)
_PENDING = re.compile("[^,]{0,8}(?:尚未|仍未)")
_TROUBLE = re.compile("(?:目前|现阶段)[^,;]{0,16}问题")
"""目前主要问题是资金有缺口,总投资5亿元: how things stand."""
_CHANGED_TO = re.compile(
    r"(?:调整|提高|提升|增加|增长|上升|降低|下降|下调|上调|延长|扩大|缩短|缩减|精简|减少|缩小|放宽|压缩|压减|降|减|增)(?:为|至|到)"
)
_CHANGE_FROM = re.compile(r"(?:^|[^,])(?:由|从)(?!于)[^,]{0,14}$")
_MECHANISM = re.compile(r"[^,的]{0,6}(?:机制|制度|无理由)")
_POINTED = re.compile(r"[计加减扣得记积]\d[\d.]*分(?!钟|之|贝)")
_WORTH = re.compile(rf"{BLANK}*\(\d+分\)")
_THEN_POINTED = re.compile(r",[^,]{0,8}[计加减扣得记积]\d[\d.]*分(?!钟|之|贝)")
_FOUNDATION = re.compile(r"(?![^,]{0,6}(?:夯实|打[牢好下]|奠定|筑牢|巩固|厚植))[^,]{0,12}的(?:基础|同时)上?")
"""在完成80%的基础上; but 增长2.5%夯实发展的基础 says what the growth is good for."""


def _counts(quantity: Quantity) -> bool:
    """A bare number of things: no comparator, and a classifier for its unit."""
    return not quantity.cue and quantity.dimension == "classifier"


def _exists(place: Place, quantity: Quantity) -> bool:
    if sign("spread-before").search(place.left):
        return False
    if _counts(quantity) and sign("existing-before").search(place.left):
        return True
    if _counts(quantity) and place.left.endswith("前"):
        return True  # 使用频率最高的前100项
    if not quantity.cue and _AS_FOCUS.search(place.right):
        return True
    return not quantity.cue and place.left.endswith("等") and not _LISTED_SET.search(place.left)


def _share_of_fact(place: Place) -> bool:
    """目前共收到建议158件,占总数的77.2%: what was told goes on with its share."""
    return place.left.startswith(("占", "约占", "分别占")) and sign("fact").search(place.before) is not None


def _round_the_clock(quantity: Quantity) -> bool:
    """24小时 names a service, 7×24 as well (N85), also where the sign between is lost (N94)."""
    return quantity.head is not None and quantity.head.word == "小时" and quantity.value in (24, 724)


def _span_of_years(place: Place, quantity: Quantity) -> bool:
    """Years describe and date, unless they cap a grant or are granted (N44)."""
    if quantity.cue.endswith("内") and quantity.value < 1:
        return False  # 半年内 is a time limit
    years = quantity.head is not None and quantity.head.word == "年"
    granted = years and _GRANTED_YEARS.search(place.left) and not _PERIOD_NOUN.match(place.right)
    if granted and place.left.endswith("给予") and place.right.startswith("的"):
        return False  # 给予2年以上的工作许可
    return not (_CAPPED.search(quantity.cue) or granted) or "以上" in quantity.cue or "以下" in quantity.cue


ROWS: tuple[tuple[str, frozenset[str] | None, Test], ...] = (
    (
        "spoken-bare",
        frozenset({"classifier", "time"}),
        lambda p, q: q.spoken and q.cue in ("", "为") and not _EACH_OR_LEAST.search(p.left),
    ),
    ("list-name", frozenset({"强"}), lambda p, q: not sign("rank-before").search(p.left)),
    ("cited", None, lambda p, q: q.cue != "第" and p.left.endswith(_CITED)),
    (
        "rank-condition",
        None,
        lambda p, q: q.cue in ("前", "第") and (p.right.startswith("的") or not sign("rank-before").search(p.left)),
    ),
    ("text-count", _THINGS, lambda p, q: not q.cue and bool(sign("text-count").match(p.right))),
    (
        "text-count",
        _THINGS,
        lambda p, q: not q.cue and p.left.endswith("、") and bool(sign("text-count-before").search(p.left)),
    ),
    ("text-count", _THINGS, lambda p, q: not q.cue and "、" in p.left and bool(_LISTED.search(p.left))),
    ("text-count", _THINGS, lambda p, q: q.cue in _IN_ALL and bool(_HOLDING.search(p.before))),
    ("existing-set", None, _exists),
    ("score", frozenset({"分"}), lambda p, q: not _SCORED.search(p.left)),
    ("score", None, lambda p, q: "分" in p.unit and q.dimension != "ratio" and bool(_POINTS.search(p.unit))),
    ("score", None, lambda p, q: "分" in p.unit and bool(_POINTED.search(p.unit))),
    ("score", None, lambda p, q: bool(_WORTH.match(p.right))),
    ("score", None, lambda p, q: "分" in p.after[:16] and bool(_THEN_POINTED.match(p.after))),
    ("name", frozenset({"折"}), lambda p, q: not q.cue and not any_of("grants").search(p.unit)),
    ("name", frozenset({"voltage"}), lambda p, q: not q.cue),
    (
        "name",
        frozenset({"power"}),
        lambda p, q: not q.cue and bool(_HAN_AHEAD.match(p.right)) and not _NEW_POWER.search(p.left),
    ),
    ("per-part", None, lambda p, q: p.left.endswith("每")),
    ("violation", None, lambda p, q: bool(_VIOLATION.search(p.left))),
    ("violation", frozenset({"次"}), lambda p, q: q.cue != "" and bool(_BROKEN.search(p.left))),
    ("violation", None, lambda p, q: bool(_COMPLAINED.match(p.left))),
    ("penalty", None, lambda p, q: p.unit.endswith(("处罚", "处分")) and bool(_PUNISHED.search(p.unit))),
    ("penalty", frozenset({"money", "ratio"}), lambda p, q: bool(_PENALTY.search(p.unit))),
    ("range-of-place", None, lambda p, q: p.right.startswith(_AROUND)),
    ("range-of-place", frozenset({"length"}), lambda p, q: not q.cue and p.left.endswith(_EDGES)),
    ("band", None, lambda p, q: p.left.endswith(_UP_FROM) or p.right.startswith("段")),
    ("papers", frozenset({"份", "套", "式"}), lambda p, q: not q.cue and bool(_PAPERS.search(p.unit))),
    ("some", None, lambda p, q: q.spoken and p.left.endswith(_SOME)),
    ("condition", None, lambda p, q: p.left.endswith("无故")),
    ("kinds", frozenset({"类", "种", "样", "档", "层"}), lambda p, q: not q.cue),
    ("circle", frozenset({"time", "length"}), lambda p, q: not q.cue and "圈" in p.right),
    (
        "duration-name",
        frozenset({"分钟", "小时"}),
        lambda p, q: (
            not q.cue
            and (not p.left.endswith("提供") or (_round_the_clock(q) and bool(_SERVICE_HOURS.match(p.right))))
            and (_round_the_clock(q) or (bool(_HAN_AHEAD.match(p.right)) and not _SPEEDED.search(p.left)))
            and not (p.left.endswith("实现") and _ANSWERED.match(p.right))
        ),
    ),
    ("duration-name", frozenset({"天"}), lambda p, q: not q.cue and q.value == 7 and p.left.endswith("每周")),
    # 3个月应缴纳社会保险费的30%: the months are part of what is shared
    ("base", _TIMES, lambda p, q: bool(_SHARE_BASE.match(p.right))),
    ("age", frozenset({"个月"}), lambda p, q: bool(_OF_AGE.match(p.right))),
    ("day", frozenset({"日"}), lambda p, q: not q.cue),
    ("run", None, lambda p, q: not q.cue and p.left.endswith(_RUN)),
    ("class-name", None, lambda p, q: bool(_CLASS.match(p.right))),
    ("validity", _TIMES, lambda p, q: not p.left.endswith("时长") and bool(_VALID.search(p.unit))),
    (
        "duration-name",
        _TIMES,
        lambda p, q: not q.cue.endswith("内") and not p.left.endswith("提供") and bool(_SERVICE_HOURS.match(p.right)),
    ),
    ("duration", _TIMES, lambda p, q: q.cue == "近" and not _SPEEDED.search(p.left)),
    ("duration-name", _TIMES, lambda p, q: not q.cue and bool(_MECHANISM.match(p.right))),
    ("duration", _YEARS, _span_of_years),
    ("duration-attribute", _TIMES, lambda p, q: not q.cue.endswith("内") and bool(_TERM_OF_SERVICE.match(p.right))),
    (
        "duration-condition",
        _TIMES,
        lambda p, q: bool(_FULL_TERM.search(p.left)) and not any_of("gives").search(p.left),
    ),
    ("fact", None, lambda p, q: bool(sign("fact").search(p.left + q.cue)) and not any_of("gives").search(p.left)),
    ("fact", frozenset({"ratio"}), lambda p, q: not q.cue and _share_of_fact(p)),
    ("fact", None, lambda p, q: "未" in p.right[:10] and bool(_PENDING.match(p.right))),
    ("fact", None, lambda p, q: "问题" in p.before and bool(_TROUBLE.search(p.before))),
    (
        "baseline",
        None,
        lambda p, q: p.right.startswith("的基础上") or (not q.cue and bool(_FOUNDATION.match(p.right))),
    ),
    ("before-change", None, lambda p, q: bool(_BASE_OF_CHANGE.search(p.left))),
    ("before-change", None, lambda p, q: bool(_CHANGED_TO.match(p.right) and _CHANGE_FROM.search(p.left))),
)
"""Name of the rule, dimensions or units of which a number must be (None: any), and the test."""


def refuse(place: Place, quantity: Quantity) -> Verdict | None:
    """The first reason why a number promises nothing by its name, its unit or its time; None if there is none."""
    for rule, holds in _rows(quantity.dimension, quantity.head.word if quantity.head else ""):
        if holds(place, quantity):
            return Verdict(None, rule)
    return None


@cache
def _rows(dimension: str, word: str) -> tuple[tuple[str, Test], ...]:
    """The rows that can hold for a number of a unit."""
    return tuple((rule, holds) for rule, of, holds in ROWS if of is None or dimension in of or word in of)
