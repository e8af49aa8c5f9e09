"""What a number does in its comma unit: promise, grant, requirement, or none of these (N36, N66–N91).

The unit is taken as a whole first: condition units (对…的, …达到…的) feed the scope of what follows, fact units are
left, then the place of the number in the unit decides. Each verdict carries the name of the rule that gave it.
"""

from __future__ import annotations

import re

from extractor.grammar.comma_units import Sentence
from extractor.grammar.conditions import attribute, condition
from extractor.grammar.refusals import refuse
from extractor.grammar.signs import Place, Verdict, any_of, sign, spread
from extractor.grammar.spoken import Quantity

SURROUNDINGS = 400
"""Characters of a sentence before and after a comma unit that can decide about it, and of a unit about its numbers."""
SUBJECT_REACH, ACT_REACH = 60, 40
"""Characters before a time limit in which its subject stands, and after it in which its act does."""

_OBLIGED = re.compile(r"应当|应(?!用|急|届)|须|必须")
_OWN_CASE = re.compile(r"[^,]{0,6}(?:补正|补充|异议|复议|复核|复查|陈述|申辩)")
"""What an applicant does in his own case is no promise, even where he must do it."""
_DEALT_WITH = re.compile("[将把对向]|(?:完成|作出|进行)(?:对)?")
"""What an authority does with an application (将申请书送达): the word 申请 is said of another."""
_DECIDED = re.compile(
    "(?:作出|做出|确定)[^,的]{0,12}(?:决定|答复|批复|结论|认定|结果)|予以(?:答复|受理|核准|批准|办结)"
    "|将[^,]{2,12}(?:移交|转送|移送|转交)"
)
"""What an authority alone does, whoever has applied."""
_REMEDY = re.compile(
    r",?(?:可以?|应当?|有权|按照规定|不经复核|直接|重新)*(?:向[^,]{2,30}?)?(?:依法)?"
    r"(?:起诉|(?:申请|请求)[^,]{0,20}?(?:复[议核查]|仲裁|鉴定|听证|赔偿)|(?:提起|提出)(?:行政|书面|民事)*(?:诉讼|申诉|异议|听证|复议|复[核查]|申请|再审|仲裁)|提出$)"
)
"""What those do who are not content with a decision: 可以自收到之日起15日内向人民法院提起诉讼."""
_UNDONE = re.compile("(?:未能?|没有|逾期不|超过|无法)[^,]{0,12}$")
_PERMITTED = re.compile("(?:可以?|有权|方可)(?:自|在|于|从)[^,]*$")
_FETCH = re.compile("(?:向[^,]{2,30}?)?申请|[^,]{0,4}?(?:凭|持|携|到|前往|至)[^,]{2,40}?(?:办理|申请|领取|提出|报到)")
"""What the one does whose case it is: 可在6个月内持证到窗口办理手续."""
_LIMITED = re.compile(r"控制|压缩|时限|时间|缩短|压减")
_NO_ACT = re.compile(r"的|有效|免|曾|累计|无|未|不|连续|多次|再次|发生|出现|缴纳|享|可享|,")
_BOUND = re.compile("(?:一般|原则上)?不得?(?:低于|高于|少于|超过)")
_COST_SHARE = re.compile(r"分担|比例负担|配套比例|承担")
_PRIZE = re.compile(r"(?:获|评|创|争|摘|夺|得|报|新增)[^,]{2,}奖项?$")
"""A prize that is won (获省科技进步奖1-2个) is no grant."""
_RATE_REACHED = re.compile(
    r"(?:覆盖|使用|完成|满意|达标|普及|参保|合格|及时|知晓|享受|兑现|办理|办结|到位|签约|入住|可办|上线|建档|履约)率(?:均|都|应|要|需|总体)?$"
)
"""Rates that are reached, whatever grants stand before them (兑现补贴的企业覆盖率)."""
_POINTS_OF = re.compile("(?:[各均都再]|^)[降升增减]$")
_CAP = re.compile("最[高多]|不超过|封顶")
_EACH_PERSON = re.compile(r"每(?:人|户|家|名|床|亩|辆|台|件|生)(?:每[天月年次日晚])?$")
_RATES = ("执行", "收取", "收费", "电价", "气价", "水价")
_YEARS_OF = re.compile(r"(?:前|后|第)[一二两三四五\d]+(?:年|个月)$")
_REQUIRED = re.compile(r"每|有效期|周期|应|须|不得|配备|时限|原则")
_HELPED = re.compile(
    r"(?:扶持|资助|奖励|救助|补贴性|奖|用于[^,]{0,4}支持)(?!每)[^,的]{2,16}$|(?:资助|扶持|奖励|救助)(?:不超过|不少于)?$"
)
_EACH_ONE = re.compile("每(?![年月季周半次])")
_LENT = re.compile("(?:发放|投放|新增)[^,]{0,14}贷款$")
_MOST = ("不超过", "不高于", "最高", "最多", "不得超过", "不得高于")
_CHARGED = re.compile("的?(?:加价|涨价|浮动)?(?:幅度|比例|标准)?(?:收取|计收|收费)")
"""不超过12%加价幅度收取电费: a cap on what is charged."""
_OF_WHICH = re.compile(r"其中[^,]{0,4}[超过达]\D?\d")
_COUNT_BEFORE = re.compile(r"\d[\d.]*[个家项户所座处](?:以上|左右)?,$")
"""项目80个以上,其中超50亿元15个: a count by a threshold is part of the count before it."""
_LISTED_STANDARD = re.compile(r"(?:标准|限额|比例|额度)[^;]{0,8}为:")
"""起付标准,具体为:一级医院300元,二级医院600元: what the members of such a list say is set."""
_ADDRESSED = re.compile(r"(?:面向|为|对|组织|针对)$")
_GRANT_NAMED = re.compile("(?:补贴|补助|奖励|资助),$")
_COST_FALLS = re.compile("(?:成本|能耗|强度|浓度|时间|时长)(?:再|平均|总体|同比|分别)?(?:降低|下降)$")
"""物流成本降低10%以上 is reached, and given to nobody."""
_ON_SHOW = re.compile("(?:公示|公告)期限?(?:一般|均)?$")
_TIME_LABEL = re.compile("(?<!法定)(?:受理|办理|办结|审批|审核|承诺)(?:时限|时间|期限):$")
"""受理时限:1个工作日, a label on a line of its own."""


def judge(blanked: str, sentence: Sentence, quantity: Quantity) -> Verdict:
    """Decide what a quantity of a sentence is.

    >>> from extractor.grammar.comma_units import split_sentences
    >>> from extractor.grammar.quantities import find_quantities
    >>> text = "对产值超过5亿元的企业,给予20万元奖励"
    >>> [judge(text, split_sentences(text)[0], q).kind for q in find_quantities(text)]
    [None, 'benefit']
    """
    unit = sentence.units[sentence.unit_at(quantity.start)]
    at = max(unit.start, min(quantity.cue_start, quantity.start))
    begin, end = max(unit.start, at - SURROUNDINGS), min(unit.end, quantity.close + SURROUNDINGS)
    place = Place(
        unit=blanked[begin:end],
        left=blanked[begin:at],
        right=blanked[quantity.close : end],
        before=blanked[max(sentence.start, unit.start - SURROUNDINGS) : unit.start],
        after=blanked[unit.end : min(sentence.end, unit.end + SURROUNDINGS)],
    )
    for rule in (refuse, condition, attribute, time_limit):
        verdict = rule(place, quantity)
        if verdict is not None:
            return verdict
    return _promise(place, quantity)


def time_limit(place: Place, quantity: Quantity) -> Verdict | None:
    """Time limits of the administration are requirements; those of applicants are none of its promises."""
    if quantity.dimension != "time" or not quantity.cue.endswith("内"):
        return None
    if _LIMITED.search(place.left):
        return Verdict("requirement", "time-limit")
    subject = place.before[-SUBJECT_REACH:] + place.left
    if _UNDONE.search(place.left) or (place.right.startswith("的") and not _OBLIGED.search(place.left)):
        return Verdict(None, "time-span")  # 未在1个工作日内补办, 半年内的证明
    act = place.right or place.after
    if _REMEDY.match(act) or (_PERMITTED.search(place.left) and _FETCH.match(act)):
        return Verdict(None, "applicant-time")
    if _DECIDED.match(act):
        return Verdict("requirement", "time-limit")
    obliged = _OBLIGED.search(place.left + place.right[:4]) and not _OWN_CASE.match(place.right)
    authority = sign("authority").search(subject) is not None
    if any_of("applicants").search(subject) and not authority and not obliged:
        return Verdict(None, "applicant-time")
    if authority and _DEALT_WITH.match(place.right):
        return Verdict("requirement", "time-limit")
    if (any_of("own_needs").search(place.right[:10]) or place.left.endswith("提前")) and not obliged:
        return Verdict(None, "applicant-time")
    acts = any_of("acts")
    if (
        acts.search(place.right + place.after[:ACT_REACH])
        or acts.search(place.left[-ACT_REACH:])
        or (place.right and not _NO_ACT.match(place.right))
    ):
        return Verdict("requirement", "time-limit")
    return Verdict(None, "time-span")


def _helped(place: Place, quantity: Quantity) -> bool:
    """扶持企业30家, 发放贷款6亿元: how many are helped and how much is lent in all, which nobody is promised."""
    if quantity.dimension == "money":
        return not quantity.cue.startswith(_MOST) and _LENT.search(place.left) is not None and "每" not in place.left
    if quantity.dimension != "classifier" or _HELPED.search(place.left) is None:
        return False
    return quantity.cue.startswith(_MOST) or _EACH_ONE.search(place.left) is None


def _promise(place: Place, quantity: Quantity) -> Verdict:
    """What is left needs a sign that something is promised."""
    dimension = quantity.dimension
    if dimension == "classifier" and _PRIZE.search(place.left):
        return Verdict("target", "prize")
    if dimension == "ratio" and _RATE_REACHED.search(place.left):
        return Verdict("target", "rate")
    if _helped(place, quantity):
        capped = quantity.cue.startswith(_MOST)
        return Verdict("requirement", "quota") if capped else Verdict("target", "helped")
    grants = any_of("grants")
    if dimension == "ratio" and place.left.endswith(("降低", "下降")) and _COST_FALLS.search(place.left):
        return Verdict("target", "verb")
    if dimension == "time" and (_ON_SHOW.search(place.left) or place.right.startswith(("公告", "公示"))):
        return Verdict("requirement", "standing")
    if dimension == "ratio" and place.left.endswith("基金承担"):
        return Verdict("benefit", "grant")
    own = place.left.endswith(("给予", "予以")) or _BOUND.match(quantity.cue) is not None
    if dimension == "ratio" and _COST_SHARE.search(place.unit) and not own:
        return Verdict(None, "cost-share")
    if quantity.cue.startswith(_MOST) and _CHARGED.match(place.right):
        return Verdict("requirement", "charge")
    if (grants.search(place.left) and not (dimension == "classifier" and place.left.endswith("等"))) or (
        dimension != "classifier"
        and sign("by-standard").search(place.left)
        and grants.search(place.right + place.after[:30])
    ):
        return Verdict("benefit", "grant")
    if dimension in ("money", "ratio", "time") and grants.search(place.right[:16]):
        return Verdict("benefit", "grant")
    if dimension == "time" and place.left.endswith(("实行", "实施")):
        return Verdict("benefit", "relief")
    if dimension == "ratio" and _YEARS_OF.search(place.left) and grants.search(place.before):
        return Verdict("benefit", "years-of-grant")  # 租金补贴,其中前两年100%、后三年50%
    if quantity.head is not None and quantity.head.base == "百分点" and _POINTS_OF.search(place.left):
        return Verdict("target", "points")
    if dimension == "money" and _EACH_PERSON.search(place.left):
        return Verdict("benefit", "each")
    if dimension == "money" and "/" in quantity.unit and place.left.endswith(_RATES):
        return Verdict("requirement", "charge")  # 执行0.3元/千瓦时
    if (dimension == "money" and _CAP.search(quantity.cue)) or (
        not place.left and quantity.cue.startswith(_MOST) and _GRANT_NAMED.search(place.before)
    ):
        return Verdict("benefit", "cap")
    if sign("standing").search(place.left + quantity.cue):
        said = place.left + quantity.cue if dimension == "time" else place.left  # 但最长不得超过5个工作日
        return Verdict("requirement" if _REQUIRED.search(said) else "target", "standing")
    if quantity.cue or quantity.listed:
        return Verdict("target", "compared")
    if sign("measured").search(place.left):
        return Verdict("target", "measured")
    targets = any_of("targets")
    if targets.search(place.left) or targets.search(place.before):
        return Verdict("target", "verb")
    part = dimension == "classifier" and _OF_WHICH.match(place.unit) and _COUNT_BEFORE.search(place.before)
    if part and not sign("fact").search(place.before):
        return Verdict("target", "part")
    if (_ADDRESSED.search(place.left) and targets.search(place.right)) or spread(place, quantity):
        return Verdict("target", "reached")
    if dimension == "ratio" and place.right:
        return Verdict("target", "share")
    if dimension == "time" and not place.left and _TIME_LABEL.search(place.before):
        return Verdict("requirement", "time-limit")
    if dimension == "money" and _LISTED_STANDARD.search(place.before):
        return Verdict("requirement", "listed-standard")
    return Verdict(None, "bare")
