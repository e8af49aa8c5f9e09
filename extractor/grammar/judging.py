"""What a number does in its comma unit: promise, grant, requirement, or none of these (N36, N66–N91).

The unit is taken as a whole first: condition units (对…的, …达到…的) feed the scope of what follows, fact units are left,
then the place of the number in the unit decides. Each verdict carries the name of the rule that gave it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractor import lexicon
from extractor.grammar.comma_units import BLANK, Sentence
from extractor.grammar.quantities import Quantity
from extractor.grammar.units import alternation

Kind = Literal["target", "benefit", "requirement"]

MEASURED = frozenset({"money", "area", "length", "volume", "mass", "power", "voltage", "data", "time", "energy"})
"""Dimensions whose number describes a thing (500平方米以上的项目) rather than counts it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a number is a commitment, of which kind, and by which rule."""

    kind: Kind | None
    rule: str


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of this module, composed from the lexicon once."""

    grant: re.Pattern[str]
    target: re.Pattern[str]
    measured: re.Pattern[str]
    counts: re.Pattern[str]
    applicants: re.Pattern[str]


_STRONG_GRANTS = (
    "给予", "予以", "奖励", "补助", "补贴", "资助", "享受", "减免", "减征", "减按", "返还", "奖补", "贴息", "发放", "补足", "退还", "报销",
    "免收", "免征", "延缓", "展期", "缓缴", "救助", "补偿", "兑现", "让利", "下浮", "降低", "扶持", "抵扣", "抵免", "收取", "支付", "延期", "领取",
    "优惠", "缴纳", "奖",
)  # fmt: skip
_GIVES = re.compile(
    r"给予|予以|奖励|补助|补贴|资助|享受|减免|减征|减按|返还|奖补|贴息|发放|补足|退还|报销|免收|免征|扶持|支持|授予|认定为|可申请|可申报|补偿|计发|加计|减半|免除|降低|下浮|上浮|下调|缓缴|延期"
)
_CONDITION_END = re.compile(
    r"(?:的|者|(?<![小课学工])时|时候|之前|情况下|前提下|条件下|期间|情形|之日起|以后|之后|满后|期满)$"
)
_CONDITION_START = re.compile(
    r"^(?:并|同时|其中|且|或)?(?:对|对于|凡|凡是|如|若|如果|针对|除|符合|年满|当|属于|满足|因|由于|经认定|在本市|具有|具备)"
)
_FACT = re.compile(
    r"目前|近年来|去年|上年末|过去[一二三四五\d]|以来|现有(?!的)|现已|均已|已有|已经|已建成?(?!的)|已完成|已达|已累计|已实现|已形成|已培育|已认定|已覆盖|已开展|已发放"
    r"|共(?:有|查处|办理|检查|开展|完成|发放|处理|受理|召开|收到|接待|解决)|位居|(?:增长|下降|提高|提升|减少|完成|实现|新增|达到?|发放|建成|培育|解决|办理|超过)了"
)
_VALID = re.compile(r"有效期|试行|施行|自[^,]{0,14}起[^,]{0,6}止|保管期|存续期")
_BY_STANDARD = re.compile(
    r"(?:按照?|依照|参照)(?!规定|要求|有关|照|月|季|年|时)[^,给予]{0,30}$|(?:以|即)[^,给予]{0,14}$"
)
_SET = re.compile(
    r"(?:全[市省区县州国]|辖区|这|该|上述|下列|前述|其他|其余|现有|本市|我市|原有|各|共|另外|有关|相关|所属)(?:的)?$"
)
_RANK_VERB = re.compile(
    r"(?:进入|跻身|入围|冲刺|迈进|挺进|位列|位居|保持|排名|稳居|力争|争取|排名在|闯入|居)[^,]{0,14}$"
)
_CREATE = re.compile(
    r"(?:建成|新建|建设|改造|打造|创建|创成|培育|培养|培训|引进|招引|认定|遴选|评选|形成|构建|推出|新增|完成|实现|选树|选取|确定|组织|开展|举办|推广|推动|引育|布局|发展|设立|扩建|改建|投放|开通|建立|安装|配备|获批|争创|推进|支持|帮助|服务|实施|征集|发布|公布|制定|修订|更新|扩充|组建|征集|筹集|供应|建|创|争取|力争|落地|筛选|吸引|集聚|孵化|梳理|接入|归集|打通|攻克|突破|取得|拥有)"
    r"[^,的、]{0,10}$"
)
_ADMIN_ACT = re.compile(
    r"办结|答复|完成|作出|审核|审查|受理|告知|公示|公布|反馈|移送|核发|出具|转送|处理|整改|办理|报送|通知|送达|备案|拨付|响应|上传|录入|审批|公开|发放|兑现|解决|回复|印发|组织|决定|核实|制定|到位|转办|签收|移交|推送|到达|到场|抵达|赶到|上门|完结|修复|恢复|启动|报告|回应|联系|开工|入驻"
)
_OWN_NEED = re.compile(r"提前|提出(?:申请|异议|复|书面)|申请|申报|补正|提交|前来|逾期|未")
_RELIEF = re.compile(r"(?:的)?[^,的]{0,8}(?:免收|减半|减免|免征|免除|免租|缓缴期|宽限期|免租期|缓冲期)")
_EACH_NEW = re.compile(
    r"每(?:新增|认定|培育|引进|孵化|成功|增加|获|完成|超|多|满|招用|吸纳|建成|新建|转化|推荐|举办|组织|生育|缴交|居住)[^,\d]{0,10}$"
)
_CLASS_NOUN = re.compile(
    r"(?:的)?[^,、的\d]{0,8}(?:集群|企业|园区|项目|产业|平台|乡镇|镇|县|村|公司|基地|主体|大户|品牌|单品|工厂|车间|酒店|商场|市场|景区|商户|家庭|机构|学校|医院)"
)
_SPREAD = re.compile(r"(?:推动|推进|组织|支持|引导|帮助|指导|覆盖|培训|服务|实现)全[市省区县州国]$")
_NEW_POWER = re.compile(r"(?:新增|建成|投产|完成|实现|开工|装机|达|并网|改造)[^,]{0,6}$")
_SPEEDED = re.compile(r"缩短|压缩|控制|时间|时长|时限|提前|减少|每[天日周月年次]|不少于|培训|学习|服务")
_STANDARD = re.compile(r"的?(?:标准|比例|额度|幅度|系数)")
_VIOLATION = re.compile(r"超[员载标速限期重高]$|滞后(?:超过)?$|逾期(?:超过)?$")
_LISTED_SET = re.compile(r"(?:建设|建成|打造|培育|推进|推动|加快|实施|创建|发展|支持|改造|完成)")
_STANDING = re.compile(
    r"应当|应(?!用|急|对|收|届|税|付|邀)|须|必须|不得|一律|严格|原则上|配备|控制在|每[个家名所年月季周半学]|时限|不少于|至少|不超过"
)
_COST_SHARE = re.compile(r"(?:分担|比例负担|配套比例|各承担|承担)")


@cache
def words() -> Words:
    """The composed patterns."""
    data = lexicon.load("promises")
    return Words(
        re.compile(alternation(_STRONG_GRANTS)),
        re.compile(alternation(data["target_verbs"])),
        re.compile(rf"(?:{alternation(data['indicator_nouns'])})(?:均|都|分别|总体|基本|各|平均|年均|每年|应|要|须)*$"),
        re.compile(rf"^(?:左右)?(?:的)?[{BLANK}]{{0,12}}(?:[^,的、。]{{0,4}}?)(?:{alternation(data['text_counts'])})"),
        re.compile(alternation(data["applicants"])),
    )


def judge(blanked: str, sentence: Sentence, quantity: Quantity) -> Verdict:
    """Decide what a quantity of a sentence is.

    >>> from extractor.grammar.comma_units import split_sentences
    >>> from extractor.grammar.quantities import find_quantities
    >>> text = "对产值超过5亿元的企业,给予20万元奖励"
    >>> [judge(text, split_sentences(text)[0], q).kind for q in find_quantities(text)]
    [None, 'benefit']
    """
    index = sentence.unit_at(quantity.start)
    unit = sentence.units[index]
    place = _Place(
        unit=blanked[unit.start : unit.end],
        left=blanked[unit.start : max(unit.start, min(quantity.cue_start, quantity.start))],
        right=blanked[quantity.close : unit.end],
        before=blanked[sentence.start : unit.start],
        after=blanked[unit.end : sentence.end],
    )
    for rule in (_name, _duration, _fact, _condition, _attribute, _admin_time):
        verdict = rule(place, quantity)
        if verdict is not None:
            return verdict
    return _promise(place, quantity)


@dataclass(frozen=True, slots=True)
class _Place:
    """A number's surroundings: its unit, what stands left and right in it, and the units before and after."""

    unit: str
    left: str
    right: str
    before: str
    after: str


def _name(place: _Place, quantity: Quantity) -> Verdict | None:
    """Numbers in names, counts of the text itself, existing sets, list names (N80, N81, N85, N86)."""
    word = quantity.head.word if quantity.head else ""
    bare = not quantity.cue
    if (
        quantity.spoken
        and bare
        and word not in ("%", "成", "番", "倍")
        and not re.search(r"每[^,]{0,12}$|至少[^,]{0,10}$", place.left)
    ):
        return Verdict(None, "spoken-bare")
    if word == "强":
        return None if _RANK_VERB.search(place.left) else Verdict(None, "list-name")
    if place.left.endswith("第") or re.search(r"\(不?含$|适用$", place.left):
        return Verdict(None, "ordinal-or-cited")
    if quantity.cue == "前" and (place.right.startswith("的") or not _RANK_VERB.search(place.left)):
        return Verdict(None, "rank-condition")
    if bare and quantity.dimension == "classifier" and words().counts.match(place.right):
        return Verdict(None, "text-count")
    if bare and quantity.dimension == "classifier" and _SET.search(place.left) and not _SPREAD.search(place.left):
        return Verdict(None, "existing-set")
    if (
        word == "分"
        and (bare or quantity.dimension == "score")
        and not re.search(r"(?:得分|评分|满意度|评价|成绩)[^,]{0,6}$", place.left)
    ):
        return Verdict(None, "score")
    if word in ("级", "强") or (word in ("折",) and bare and not words().grant.search(place.unit)):
        return Verdict(None, "name")
    if place.left.endswith("每"):
        return Verdict(None, "per-part")
    if _VIOLATION.search(place.left):
        return Verdict(None, "violation")
    if re.match(r"范围|以外|之外|开外|距离", place.right):
        return Verdict(None, "range-of-place")
    if bare and place.left.endswith("等") and not _LISTED_SET.search(place.left) and not _SPREAD.search(place.left):
        return Verdict(None, "existing-set")
    if re.search(r"罚款|罚金|滞纳金(?!的?减免)", place.unit) and quantity.dimension in ("money", "ratio", "ratio"):
        return Verdict(None, "penalty")
    if re.search(r"[计加扣得记积]分", place.unit) and quantity.dimension != "ratio":
        return Verdict(None, "score")
    if (
        bare
        and word in ("份", "套", "式")
        and re.search(r"提供|提交|报送|材料|原件|复印件|书|表|一式|函|报告|说明", place.unit)
    ):
        return Verdict(None, "papers")
    if re.search(r"无故$|(?:由|或|或者|及|涉及|对|向|同时有|拥有)$", place.left) and quantity.spoken:
        return Verdict(None, "some")
    if re.search(r"无故$", place.left):
        return Verdict(None, "condition")
    if word in ("类", "种", "样", "档", "层") and bare:
        return Verdict(None, "kinds")
    if quantity.dimension == "voltage" and bare:
        return Verdict(None, "name")
    if (
        quantity.dimension == "power"
        and bare
        and re.match(r"[\u4e00-\u9fff]", place.right)
        and not _NEW_POWER.search(place.left)
    ):
        return Verdict(None, "name")
    if quantity.dimension in ("time", "length") and bare and re.search("圈", place.right):
        return Verdict(None, "circle")
    if (
        word in ("分钟", "小时")
        and bare
        and re.match(r"[\u4e00-\u9fff]", place.right)
        and not _SPEEDED.search(place.left)
    ):
        return Verdict(None, "duration-name")
    if word == "小时" and bare and quantity.value == 24:
        return Verdict(None, "duration-name")
    if quantity.dimension == "time" and re.match(r"的?[^,、]{2,24}\d+(?:\.\d+)?%", place.right):
        return Verdict(None, "base")  # 3个月应缴纳社会保险费的30%: the months are part of what is shared
    if word == "日" and bare:
        return Verdict(None, "day")
    if bare and re.search(r"(?:连续|累计出现|第)$", place.left):
        return Verdict(None, "run")
    if re.match(r"级(?:以上|产业|企业|集群|园区|项目|平台)?", place.right):
        return Verdict(None, "class-name")
    return None


def _duration(place: _Place, quantity: Quantity) -> Verdict | None:
    """Spans of time that describe, date or name something (N44, N58, N85, N90)."""
    if quantity.dimension != "time":
        return None
    word = quantity.head.word if quantity.head else ""
    if _VALID.search(place.unit):
        return Verdict(None, "validity")
    if re.match(
        r"(?:生活圈|交通圈|出行圈|服务圈|热线|自助|不打烊|不间断|值班|在线|营业|开放|服务|行动|规划|计划|[^,]{0,6}圈)",
        place.right,
    ) and not re.match("内|以内", quantity.cue):
        return Verdict(None, "duration-name")
    if word in ("年", "年度", "周年", "季度", "个季度", "周"):
        capped = re.search(r"不超过|最长|最多|不少于|至少|不低于|不得", quantity.cue)
        granted = re.search(
            r"(?:给予|享受|支持|补贴|免收|免租|连续|延长|资助|奖励|保留|减免|补助|扶持)[^,的]{0,8}$", place.left
        )
        if not capped and not (granted and word == "年" and not re.match(r"内|的?[^,]{0,4}(?:期|以上)", place.right)):
            return Verdict(None, "duration")
        if re.search(r"以上|以下", quantity.cue):
            return Verdict(None, "duration")
    if not quantity.cue.endswith("内") and re.match(
        r"^(?:的)?(?:以上|以下)?[^,]{0,10}(?:劳动合同|社会保险|合同|工作经历|从业|期限)", place.right
    ):
        return Verdict(None, "duration-attribute")
    if re.search(r"满$|连续$|已满$|超过$", place.left) and not _GIVES.search(place.left):
        return Verdict(None, "duration-condition")
    return None


def _fact(place: _Place, quantity: Quantity) -> Verdict | None:
    """Facts about the past (N82, N89)."""
    if _FACT.search(place.left + quantity.cue) and not _GIVES.search(place.left):
        return Verdict(None, "fact")
    if re.match(r"[^,]{0,12}的(?:基础|同时)上?", place.right) and not quantity.cue:
        return Verdict(None, "baseline")
    if re.search(r"由原?来?的?$|从原?来?的?$|原(?:来的?)?$|自$", place.left):
        return Verdict(None, "before-change")
    return None


def _condition(place: _Place, quantity: Quantity) -> Verdict | None:
    """Units and parts of units that say whom or when a rule is for (N66, N74–N77)."""
    granted_before = _last(_GIVES, place.left)
    if granted_before is None and quantity.dimension == "time" and re.search("(?:实施|实行)$", place.left):
        granted_before = len(place.left)
    standard = _BY_STANDARD.search(place.left) is not None or _STANDARD.match(place.right) is not None
    if re.match(r"(?:的|者)$", place.right) and granted_before is None:
        return Verdict(None, "condition")
    if place.unit.endswith("的") or (_CONDITION_END.search(place.unit) and granted_before is None):
        return Verdict(None, "condition")
    later = _GIVES.search(place.right)
    if re.match(r"的部分", place.right) or _EACH_NEW.search(place.left):
        return Verdict(None, "condition")
    if quantity.dimension in ("time", "ratio") and _RELIEF.match(place.right):
        return Verdict("benefit", "relief")
    if quantity.dimension == "time" and quantity.cue.endswith("内"):
        later = None  # 应当在5个工作日内予以答复
    if (
        later is not None
        and granted_before is None
        and not standard
        and not re.search("最高|不超过|封顶|上限", quantity.cue)
    ):
        counted = (
            quantity.dimension == "classifier"
            and _CREATE.search(place.left)
            and "的" not in place.right[: later.start()]
        )
        if not counted and not (
            quantity.dimension in ("money", "ratio")
            and re.match(r"的?标准|的?比例|的?额度|的?幅度|的?系数", place.right)
        ):
            return Verdict(None, "before-grant")
    if _CONDITION_START.match(place.unit) and granted_before is None and _GIVES.search(place.after) and not standard:
        return Verdict(None, "condition")
    if re.search(r"低于|不足|不满|未达", quantity.cue) and quantity.op == "<" and place.right.startswith("的"):
        return Verdict(None, "condition")
    if (
        granted_before is None
        and not standard
        and re.match(r"的[^,]{1,30}$", place.right)
        and re.match(r"^,[^。;]{0,40}?(?:给予|奖励|补助|补贴|资助|予以|享受|按|最高|优先|可)", place.after)
    ):
        return Verdict(None, "condition")
    return None


def _attribute(place: _Place, quantity: Quantity) -> Verdict | None:
    """A measure that describes a noun: 500平方米以上的项目, 20人以上自然村, 10亿元以上制造业项目 (N50, N75)."""
    word = quantity.head.word if quantity.head else ""
    if (
        quantity.dimension in MEASURED
        and (re.search("^(?:超|超过|突破|达到?)$", quantity.cue) or place.left.endswith("过"))
        and _CLASS_NOUN.match(place.right)
        and not re.match("的?(?:项目|贷款|资金)(?:支持|投资)?$", place.right)
    ):
        return Verdict(None, "attribute")
    if quantity.dimension == "time" and quantity.cue.endswith("内"):
        return None
    if quantity.dimension == "classifier" and re.match(rf"[\u4e00-\u9fff{BLANK}]", place.right):
        below = quantity.cue.endswith("以下")
        if (
            (below or quantity.cue.endswith("以上"))
            and re.search(r"(?:按照?|、|;|^|对)$", place.left)
            and _GIVES.search(place.right + place.after)
        ):
            return Verdict(None, "attribute")
    describes = quantity.dimension in MEASURED or word in ("人", "人口", "户", "床", "张")
    if not describes or not re.search("(?:以上|以下|以内|内|不足|不满)$|^超过", quantity.cue):
        return None
    if place.right.startswith("、") and re.search(r"^(?:在|对)|的", place.unit):
        return Verdict(None, "attribute")
    if not re.match(rf"(?:的)?[\u4e00-\u9fff{BLANK}]", place.right):
        return None
    if re.match(
        r"(?:完成|办结|作出|答复|予以|给予|并|且|和|或|报|将|由|向|告知|进行|组织|提出|公布|公示|反馈|受理|审|出|通|下达|送|移|核|兑|拨|处|到|解决|整改|响应|实现|达|建|启动|落实|依|按|对|为|书面|一次性|做出|制定|印发|办|决定|及时|发)",
        place.right,
    ):
        return None
    if words().grant.search(place.left) or re.search(
        r"(?:建设|新建|建成|完成|改造|新增|培训|带动|吸纳|实现|投入|投资|安排|设立|规模|达|面积|打造|修复|治理|整治|铺设|建|筹集|撬动|争取|引进|招聘|覆盖|服务)$",
        place.left,
    ):
        if not (quantity.dimension == "classifier" and place.left.endswith("实现")):
            return None
    return Verdict(None, "attribute")


def _admin_time(place: _Place, quantity: Quantity) -> Verdict | None:
    """Time limits of the administration are requirements; those of applicants are none of its promises."""
    if quantity.dimension != "time" or not re.search(r"内$", quantity.cue):
        return None
    subject = place.before[-60:] + place.left
    if words().applicants.search(subject) and not re.search(
        r"(?:局|部门|机关|机构|中心|政府|委|办|窗口|厅|科|处)[^,]{0,10}(?:应当|应|须|要|在|自|于|收到)", subject
    ):
        return Verdict(None, "applicant-time")
    if _OWN_NEED.search(place.right[:10]) or re.search(r"提前$", place.left):
        return Verdict(None, "applicant-time")
    rest = place.right + place.after[:40]
    if (
        _ADMIN_ACT.search(rest)
        or _ADMIN_ACT.search(place.left[-30:])
        or re.search(r"控制|压缩|时限|时间|缩短|压减", place.left)
    ):
        return Verdict("requirement", "time-limit")
    if place.right and not re.match(
        r"的|有效|免|曾|累计|无|未|不|连续|多次|再次|发生|出现|缴纳|享|可享|,", place.right
    ):
        return Verdict("requirement", "time-limit")
    return Verdict(None, "time-span")


def _promise(place: _Place, quantity: Quantity) -> Verdict:
    """What is left needs a sign that something is promised."""
    if _COST_SHARE.search(place.unit) and quantity.dimension == "ratio":
        return Verdict(None, "cost-share")
    if (
        words().grant.search(place.left)
        or _BY_STANDARD.search(place.left)
        and words().grant.search(place.right + place.after[:30])
    ):
        return Verdict("benefit", "grant")
    if quantity.dimension in ("money", "ratio", "time") and words().grant.search(place.right[:16]):
        return Verdict("benefit", "grant")
    if quantity.dimension in ("money",) and re.search("最高|不超过|封顶", quantity.cue):
        return Verdict("benefit", "cap")
    if _STANDING.search(place.left + quantity.cue):
        return Verdict(
            "requirement" if re.search(r"每|应|须|不得|配备|时限|原则", place.left) else "target", "standing"
        )
    if quantity.cue or quantity.listed:
        return Verdict("target", "compared")
    if words().measured.search(place.left):
        return Verdict("target", "measured")
    if words().target.search(place.left) or words().target.search(place.before):
        return Verdict("target", "verb")
    if re.search(r"(?:面向|为|对|组织|针对)$", place.left) and words().target.search(place.right):
        return Verdict("target", "reached")
    if quantity.dimension == "ratio" and place.right:
        return Verdict("target", "share")
    return Verdict(None, "bare")


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    last = None
    for match in pattern.finditer(text):
        last = match.start()
    return last
