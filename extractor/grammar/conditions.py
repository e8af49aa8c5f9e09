"""Conditions and attributes: numbers that say whom or when a rule is for, or describe a noun (N50, N66, N74–N77)."""

from __future__ import annotations

import re

from extractor.grammar.comma_units import BLANK
from extractor.grammar.signs import Place, Verdict, any_of, sign
from extractor.grammar.spoken import Quantity

MEASURED = frozenset({"money", "area", "length", "volume", "mass", "power", "voltage", "data", "time", "energy"})
"""Dimensions whose number describes a thing (500平方米以上的项目) rather than counts it."""
DESCRIBING = frozenset({"人", "人口", "户", "床", "张", "层"})
"""Classifiers that describe as well: 20人以上自然村, 50张床位以下的机构."""
CONDITION = Verdict(None, "condition")
ATTRIBUTE = Verdict(None, "attribute")

CONDITION_END = re.compile(
    r"(?:的|者|(?<![小课学工瓦])时|时候|之前|情况下|前提下|条件下|期间|情形|案件中|过程中|之日起|以后|之后|满后|期满)$"
)
CONDITION_START = re.compile(
    r"^(?:并|同时|其中|且|或|以及)?(?:对|对于|凡|凡是|如|若|如果|针对|除|符合|年满|当|属于|满足|因|由于|经认定|在本市|具有|具备)"
)
"""What opens and what closes a comma unit that is a condition as a whole."""
_DEFINED = re.compile(r"是指|(?:^|[,、)])指(?![标数导引南挥示定])|具体包括")
DEFINITION_REACH = 120
"""Characters before a measure in which a definition (是指) can begin."""
_STANDARD = re.compile(r"的?(?:标准|比例|额度|幅度|系数)")
_CAP = re.compile("最[高多]|不超过|封顶|上限")
_BELOW = re.compile("低于|不足|不满|未达")
_ALLOTTED = re.compile(
    r"财政[^,]{0,6}(?:统筹|安排|新增|投入|拿出|列支|筹措|拨付|下达)[^,的]{0,10}$"
    r"|(?:^|每年|一次性)(?:统筹|安排|拨付|下达|筹措|整合|拿出)[^,的]{0,10}$"
)
"""省财政统筹新增11亿元支持粮食生产: what is allotted is promised itself, whatever it is given for."""
_THEN_GIVEN = re.compile(r"^,[^。;]{0,40}?(?:给予|奖励|补助|补贴|资助|予以|享受|按|最[高多]|优先|可)")
_BOUNDED = re.compile("(?:以上|以下|以内|内|不足|不满)$|^超过")
_REACHED = re.compile("^(?:超|超过|突破|达到?)$")
_COUNTED = re.compile(r"的?\d[\d.]*(?:个(?!月)|[家项户所座处])")
_ALLOWED = re.compile(r",?(?:准予|允许|可以?)[^,]{0,20}(?:扣除|抵扣|结转|抵减)")
_TOPIC = re.compile(
    r"^(?:以及|和|及)?(?:对|对于)[^,]+的(?:[^,的]{0,8})(?:企业|单位|机构|人员|个人|项目|平台|团队|家庭|商户|主体)$"
)
_TOPIC_START = re.compile("[^,按]{0,8}?对(?!口|外|接)")
_AND_SO = re.compile("以[上下内][且并][^,]{2,}$")
_OR_ELSE = re.compile("或者?[^,]*(?:以上|以下|不少于|不低于|达到)")
_THEN_CASE = re.compile(",[^;。]{0,40}的(?:,|$)")
"""或每年纳税20万元以上,且有专人管理的,可以申请: a condition goes on to 的."""
_SIZES = ("面积", "高度", "长度", "跨度", "距离", "投资额", "体积", "层数")
_OF_NOUN = re.compile(r"的[\u4e00-\u9fff]{2}")
_OF_LIST = re.compile(r"(?:[、和及或]\d[\d.]*[^\d、,的]{0,5})*的[^,]{1,30}$")
_NOUN = re.compile(rf"(?:的)?[\u4e00-\u9fff{BLANK}]")
_FUNDED = re.compile("的?(?:项目|贷款|资金)(?:支持|投资)?$")
_OBLIGED = re.compile(r"(?:的)?[\u4e00-\u9fff]{2,14}?(?:应(?![急用对届])|须|必须|不得|一律)")
"""新建30米以上高层建筑应…: what bears a duty is a class of things, not a count."""
_MUST = re.compile("应|须")
_LIST_EDGE = re.compile(r"(?:按照?|、|;|^|对)$")


def condition(place: Place, quantity: Quantity) -> Verdict | None:
    """Whether the number belongs to a condition; the whole comma unit is looked at first."""
    dimension = quantity.dimension
    given = any_of("gives").search(place.left) is not None or (
        dimension == "time" and place.left.endswith(("实施", "实行"))
    )
    if (
        dimension in MEASURED - {"money"}
        and not given
        and _DEFINED.search(place.before[-DEFINITION_REACH:] + place.left)
    ):
        return CONDITION
    if not given and _OF_LIST.match(place.right) and _DEFINED.search(place.left):
        return CONDITION  # 是指从业人员不超过20人的商户
    if _AND_SO.search(place.left) and any_of("gives").search(place.after):
        return CONDITION  # 单户1000万元以下且费率不超过1%,给予0.5%的补贴
    if place.right in ("的", "者") and not given:
        return CONDITION
    if place.unit.endswith("的") or (CONDITION_END.search(place.unit) and not given and not _must_act(place, quantity)):
        return CONDITION
    if place.right.startswith("的部分") and dimension == "ratio" and _ALLOWED.match(place.after):
        return Verdict("benefit", "share-allowed")  # 利润总额12%以内的部分,准予扣除
    if _TOPIC.search(place.unit) and not given:
        return CONDITION
    if place.right.startswith("的部分") or sign("each-new").search(place.left):
        return CONDITION
    if dimension in ("time", "ratio") and sign("relief-after").match(place.right):
        return Verdict("benefit", "relief")
    if given or sign("by-standard").search(place.left) or _STANDARD.match(place.right):
        return CONDITION if _BELOW.search(quantity.cue) and quantity.op == "<" and place.right[:1] == "的" else None
    return _before_grant(place, quantity)


def _must_act(place: Place, quantity: Quantity) -> bool:
    """应在5个工作日内告知举办者: 者 is whom it is told, and makes no condition."""
    return quantity.cue.endswith("内") and _MUST.search(place.left) is not None and place.unit.endswith("者")


def _before_grant(place: Place, quantity: Quantity) -> Verdict | None:
    """What stands before 给予, in its unit or in one before it, is a condition of it."""
    later = any_of("gives").search(place.right)
    due = quantity.dimension == "time" and quantity.cue.endswith("内")  # 应当在5个工作日内予以答复
    share = quantity.dimension == "ratio" and later is not None and not later.start() and place.left.endswith("的")
    if later is not None and not due and not share and not _CAP.search(quantity.cue):  # 租金总额的50%予以补贴
        counted = (
            quantity.dimension == "classifier"
            and sign("maker-before").search(place.left) is not None
            and "的" not in place.right[: later.start()]
        )
        if not counted and not (quantity.dimension == "money" and _ALLOTTED.search(place.left)):
            return Verdict(None, "before-grant")
    if later is not None and place.right.startswith("的") and _TOPIC_START.match(place.left):
        return Verdict(None, "before-grant")  # 对担保费率不超过1%的业务给予补贴
    if _OR_ELSE.match(place.unit) and _THEN_CASE.match(place.after):
        return CONDITION
    if CONDITION_START.match(place.unit) and any_of("gives").search(place.after):
        return CONDITION
    if _BELOW.search(quantity.cue) and quantity.op == "<" and place.right.startswith("的"):
        return CONDITION
    if quantity.cue in ("不满", "不足") and "的" in place.right:
        return CONDITION  # 不满一个年度但已满12个月的纳税人
    if _OF_LIST.match(place.right) and _THEN_GIVEN.match(place.after):
        return CONDITION
    return None


def attribute(place: Place, quantity: Quantity) -> Verdict | None:
    """Whether the number describes a noun: 500平方米以上的项目, 20人以上自然村, 过百亿元企业."""
    dimension = quantity.dimension
    measured = dimension in MEASURED
    word = quantity.head.word if quantity.head else ""
    if (
        measured
        and (_REACHED.search(quantity.cue) or place.left.endswith("过"))
        and sign("class-noun").match(place.right)
        and not _FUNDED.match(place.right)
    ):
        return ATTRIBUTE
    if measured and _REACHED.search(quantity.cue) and _COUNTED.match(place.right):
        return ATTRIBUTE  # 超50亿元15个
    capped = quantity.cue in ("不超过", "不大于", "不足") and dimension != "ratio"
    if capped and place.left.endswith(_SIZES) and _OF_NOUN.match(place.right):
        return ATTRIBUTE  # 面积不超过500平方米的小型项目
    if dimension == "time" and quantity.cue in ("超", "超过") and place.right.startswith(("未", "的")):
        return ATTRIBUTE  # 超18个月未结案件
    if dimension == "time" and quantity.cue.endswith("内"):
        return None
    if dimension == "classifier" and _class_of_grant(place, quantity):
        return ATTRIBUTE
    if not (measured or word in DESCRIBING) or not _BOUNDED.search(quantity.cue):
        return None
    if place.right.startswith("、") and ("的" in place.unit or place.unit.startswith(("在", "对"))):
        return ATTRIBUTE
    if place.right.startswith("或") and place.unit.startswith("对") and _OF_NOUN.search(place.right):
        return ATTRIBUTE  # 对投资额在100万元以下或者面积在500平方米以下的工程
    if not _NOUN.match(place.right) or any_of("acts_after").match(place.right):
        return None
    if any_of("grants").search(place.left):
        return None
    reached = sign("measurer-before").search(place.left) is not None
    below = measured and quantity.cue.endswith("以下")  # 实现50亿元以下企业全覆盖
    describing = (below or word in DESCRIBING) and place.left.endswith("实现")
    if reached and not describing and not _OBLIGED.match(place.right):
        return None
    return ATTRIBUTE


def _class_of_grant(place: Place, quantity: Quantity) -> bool:
    """按9座以下客车给予…: a class of things that the grant is for."""
    return (
        quantity.cue.endswith(("以下", "以上"))
        and _NOUN.match(place.right) is not None
        and _LIST_EDGE.search(place.left) is not None
        and any_of("gives").search(place.right + place.after) is not None
    )
