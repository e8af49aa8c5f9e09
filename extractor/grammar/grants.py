"""What a grant is for and what it is: the thing granted, with whom or what it is granted to (N17, N23, N41).

给予、奖励、补贴 and the number are rarely said with all that belongs to them: the noun may stand after the last
number of a list (特等奖150万元、一等奖50万元奖励), the beneficiary two comma units back, the ranks before 分别.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractor.grammar.circumstances import Context, skip, without_manner
from extractor.grammar.spoken import Quantity
from extractor.grammar.whole_words import alone

BARE_GRANT = 2
"""A grant noun this short (补贴, 奖励) does not say for what."""
LONGEST_LABEL = 12
"""Characters between two amounts of a list that can name what the second one is for (、一等奖)."""
LONGEST_WHO = 40
"""A beneficiary's description is cut on the left to so many characters."""

LEAD_REACH = 600
"""Characters before a semicolon in which the sentence that it continues begins."""
_GIVE = re.compile(r".*(?:给予|予以|享受|发放|(?<!按)(?<!按照)申请|奖励给)(?:其|该|企业|该企业)?(?:每[个家名人户])?")
_TAIL_NOUN = re.compile(
    r"的?(?:标准|比例|额度|幅度)?(?:每年)?(?:给予|予以|发放|享受|申请|支付|提供)?"
    r"(?:(?:企业|单位|个人|用人单位|机构|家庭)(?=[^,]{0,8}(?:补贴|奖励|补助))|(?<=给予)[^,]{2,8}?(?=一次性))?(?:一次性(?=给予))?"
)
_TAIL_VERB = re.compile(
    r"(?:收取|支付|确定|计算|执行|缴纳|计发|补足|办理|返还|奖励给|计提|安排|免除|予以免除|的?(?:标准|比例|额度)(?:给予|予以|发放|享受|支付|收取|计|执行)?$)"
)
_GRANT_NOUN = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:补贴|补助|奖励|奖补|扶持|资助|贴息|奖金|支持(?=[,;、)。]|$))")
_RANKED_ONES = re.compile(r"^[位名家个项](?:企业|单位|个人|机构|项目|家庭)?(?=..)")
_POLICY_VERB = re.compile("^(?:鼓励|支持|促进|引导)(?=..)")
"""鼓励企业实施改造,最高奖补500万元: what is encouraged is granted for."""
_NO_WHO = re.compile(
    r"^(?:按|由|可|再|经|根据|依|最[高多大长]|分|共|第[一二三四五]年|省级?财政|市级?财政)"
    r"|(?:财政|政府|联动|部门|局|规定|标准|[^地]区|基础上|资金|共)$"
)
_TO = re.compile(
    r"(?:给予|奖励)(?P<to>(?!企业|单位|个人|用人)[^,每最不\d一]{2,12}?)(?:每|最[高多大长]|不超过|不低于|一次性|$)"
)
_ASIDE = re.compile(r"^(?:经|按照?|根据|依据|其中|并|可|由|在|于|最[高多大长])|^[^,]{0,4}$|(?:内|期间|后|时|结果)$")
_GIVEN_AT_END = re.compile(r"进行(?:奖励|补助|补贴|扶持)$|(?:给予|予以|发放)(?:一次性)?[^,]{2,6}$")
_PAYING = re.compile(r"^[^对,]{1,8}对(?!口|外|接)")
_LEVEL = re.compile(r"(?:国家|省|市|区|县|部)级?$")
_GENERIC = re.compile(
    r"^.{0,3}$|^(?:[市省县区]?(?:企业|单位|个人|机构|项目|团队|家庭|人员|主体|平台|人才|公司|组织|[^的]{0,4}(?:单位|人员|企业|家庭)))$"
)
_RANK = (
    r"(?:国家级?|省级?|市级?|区级?|县级?|部级|大型|中型|小型|大|中|小|[一二三四五特]等奖|[一二三四]孩|[一二三四五特]级|[一二三四]类|博士|硕士|本科|专科"
    r"|初级|中级|高级|金奖|银奖|铜奖)(?:毕业生|生)?"
)
_RANKED = re.compile(rf"(?P<list>{_RANK}(?:[、和及或]{_RANK})+)(?P<head>[^,]*)$")
_EACH_OWN = re.compile(r"(?:每|单)[个家名人户项亩吨台套次件场座团](?:[\u4e00-\u9fff]{1,6}?(?=$|不|最|可|给|累))?")
_BASE = re.compile(r".*(?:按照?|不超过|不低于|享受|给予|予以|获得|取得)(?:其|了)?(?=[^,]{2,}$)")
_BASE_GIVEN = re.compile(
    r"(?:按照?|^)(?P<base>[^,按]{3,}?(?:额|费用?|投入|规模|收入|金额|标准))的?(?:一次性|分别)?(?:给予|予以)[^,]{2,12}$"
)
_AGES = re.compile(r"^(?:\d+(?:-\d+)?周?岁(?:\([^()]{1,4}\))?(?:以上|以下)?[、和及]?)+")
_LEAVE_OUT = re.compile(
    r"^(?:每[年月个家名人户项亩吨餐天床张台]+(?=最|给|补|奖|不|可|按|分|再|资|每|$)|一律|可|最[高多大长]|再)+|(?:最高|不超过|最多|最长|不低于|按照?|的|标准|一次性(?=$)|每[年月个家名人户项亩吨餐天床张]+|共计|累计|分别)+$"
    r"|^(?:[^,]{0,24}?(?:对|向|为)[^,]{2,30}?(?=降低|减免|补))"
)


@cache
def _who_own() -> re.Pattern[str]:
    return re.compile(
        rf"(?:其中|同时|{alone('并|且')}|凡)?(?:对于|{alone('对|向|为|给')})?(?P<who>[^,]{{2,80}}?)(?:的)?"
        r"(?:每[个家名人户台件场座项]|分别|一次性|再|最[高多大长]|可|按[^,]{0,20})*(?:给予|予以|奖励|补助|补贴|发放|资助|扶持)"
    )


@cache
def _topic_words() -> re.Pattern[str]:
    return re.compile(
        rf"(?:其中|同时|{alone('并')}|凡是?)?(?:对于|{alone('对|将|为|向')})?(?P<who>.{{3,120}}?)(?:的)?$"
    )


@cache
def _topic_head() -> re.Pattern[str]:
    return re.compile(rf"^(?:对于|{alone('对')}|当年|首次|在[^,的“”]{{2,12}}(?=新|获))")


def noun_after(tail: str) -> str:
    """The thing granted that a tail names (的标准给予企业一次性补贴 → 一次性补贴); empty where a verb follows.

    >>> noun_after("的标准给予企业一次性补贴"), noun_after("给予补助"), noun_after("收取")
    ('一次性补贴', '补助', '')
    """
    if _TAIL_VERB.match(tail):
        return ""
    match = _TAIL_NOUN.match(tail)
    noun = tail[match.end() :] if match else tail
    return noun if len(noun) > 1 else ""


def labelled(context: Context, in_unit: Sequence[Quantity], position: int) -> tuple[int, str]:
    """Position of the last amount of a list 甲级5万元、乙级3万元, the label of this one; (position, "") outside one."""
    last = position
    while last + 1 < len(in_unit) and _label(context, in_unit[last], in_unit[last + 1]):
        last += 1
    first = position
    while first and _label(context, in_unit[first - 1], in_unit[first]):
        first -= 1
    if first == last:
        return position, ""
    if position > first:
        return last, _label(context, in_unit[position - 1], in_unit[position])
    left = context.text[context.sentence.start : in_unit[first].cue_start]
    left = re.split(r"[,;]", left)[-1]
    given = _GIVE.match(left)
    label = re.sub(r"^.*(?:每[名个家人项]|按照?|分别)", "", left[given.end() :] if given else left)
    rank = re.search(rf"{_RANK}$", label)
    following = _label(context, in_unit[first], in_unit[first + 1])
    return last, rank[0] if rank else label[-max(4, len(following) + 2) :]


def level(label: str) -> bool:
    """Whether a label only tells the level of what is granted for (国家级)."""
    return bool(_LEVEL.search(label))


def _label(context: Context, before: Quantity, after: Quantity) -> str:
    same = before.dimension == after.dimension == "money"
    return label_between(context.text[before.close : after.cue_start]) if same else ""


def label_between(between: str) -> str:
    """What names the second of two amounts of a list in the words between them; empty where nothing does.

    >>> label_between("、乙级"), label_between(",每年最高")
    ('乙级', '')
    """
    match = re.fullmatch(rf"[、和及,](?P<label>[^、,;。\d]{{1,{LONGEST_LABEL}}})", between)
    label = match["label"] if match else ""
    return "" if re.match(r"每|最|单|其中|不|再|给予|后|奖励|补|累", label) else label


def ranks(left: str, members: int) -> tuple[list[str], str] | None:
    """国家、省、市工业设计中心,分别: as many ranks as amounts, with the noun that they share; None if they do not fit.

    >>> ranks("新认定的省、市级研究中心,分别给予", 2)
    (['省', '市级'], '研究中心')
    """
    left = left.rpartition("分别")[0] or left
    left = re.sub(r",(?:于|在|经|按)?[^,]{0,8}$", "", left)
    match = _RANKED.search(left)
    listed = re.split("[、和及或]", match["list"]) if match else []
    if match is None or len(listed) != members:
        return None
    return listed, match["head"].removesuffix("等").removesuffix("的")


def receiver(context: Context, index: int, before: int) -> str:
    """Who stands between the verb of granting and the number (给予孵化器10万元); empty for a general noun."""
    match = _TO.search(context.text[context.sentence.units[index].start : before])
    return match["to"] if match else ""


def beneficiary(context: Context, index: int, before: int) -> str:
    """For whom or what a grant is: said in its own unit before the number, else in a unit before it."""
    unit = context.sentence.units[index]
    own = context.text[unit.start + skip(context, unit.start, before) : before]
    to = receiver(context, index, before)
    if to:
        return to
    each = re.match(r"(?:每[年月])?(?:每|单)[个家名所项座户]", own)
    match = _who_own().match(own[each.end() if each else 0 :])
    if match is not None and not _NO_WHO.search(match["who"]):
        return shorten(without_manner(_PAYING.sub("", match["who"])))
    return topic(context, index, near=own.startswith(("每", "单")))


def topic(context: Context, index: int, *, near: bool = False, whole: bool = False) -> str:
    """The unit before a grant that says whom or what it is for; ``near``: not beyond the amount before it."""
    start = context.sentence.start
    for earlier in reversed(context.sentence.units[:index]):
        if near and any(earlier.start <= at < earlier.end for at in context.promised):
            return ""
        who = _topic(context, earlier.start, earlier.end, whole)
        if who:
            return who
    if context.text[start - 1 : start] == ";":
        begin = context.text.rfind("。", max(0, start - LEAD_REACH), start) + 1
        end = re.compile("[,;]").search(context.text, begin)
        if end is not None and end.start() < start:
            return _topic(context, begin, end.start(), whole)
    return ""


def _topic(context: Context, start: int, end: int, whole: bool) -> str:
    if any(start <= quantity.start < end for quantity in context.quantities):
        return ""
    text = context.text[start:end]
    ahead = skip(context, start, end)
    text = _GIVEN_AT_END.sub("", text if text.startswith(("对", "将", "为")) else text[ahead:])
    if _ASIDE.search(text):
        return ""
    match = _topic_words().match(text)
    if match is None:
        return ""
    who = _POLICY_VERB.sub("", without_manner(match["who"]))
    return who[-2 * LONGEST_WHO :] if whole else shorten(who)


def shorten(who: str) -> str:
    """The noun at the end of a description; a general noun (企业) keeps what describes it.

    >>> shorten("绩效评价优秀的市级孵化器"), shorten("通过复审的企业")
    ('市级孵化器', '通过复审的企业')
    """
    who = _topic_head().sub("", who).removesuffix("的")
    listed = who.rpartition("等")[2]
    if listed != who and len(listed) > len("企业"):
        who = listed.removeprefix("的")
    head = who.rpartition("的")[2]
    who = who if _GENERIC.match(head) else head
    return "" if len(who) > LONGEST_WHO and re.search(r"\d", who) else who[-LONGEST_WHO:]


def share_base(left: str) -> str:
    """What a share is taken of: 按照上级到位资金的 → 上级到位资金."""
    given = _BASE_GIVEN.search(left)
    if given is not None:
        return given["base"]
    left = re.sub(r"(?:给?予以?|给予|的|标准)+$", "", left)
    match = _BASE.match(left)
    return re.sub(r"(?:的|标准|按照?|再)+$", "", left[match.end() :] if match else left)


def object_before(left: str) -> tuple[str, bool]:
    """The object between the verb of granting and the number, and whether there is such a verb."""
    given = _GIVE.match(left)
    return _LEAVE_OUT.sub("", _AGES.sub("", left[given.end() :] if given else left)), given is not None


def noun_before(context: Context, index: int) -> str:
    """The thing that the last amount before this unit grants (给予50%的补贴,最高20万元)."""
    text = context.text[context.sentence.start : context.sentence.units[index].start]
    nouns = list(_GRANT_NOUN.finditer(text))
    if not nouns:
        return ""
    begin = nouns[-1].start()
    noun = nouns[-1][0]
    if text[begin - 1 : begin].isdigit():  # 给予前3位企业分档奖励
        noun = _RANKED_ONES.sub("", noun)
    return re.sub(r"^(?:.*(?:给予|予以|享受|发放|的|[元%]))?(?:以[上下内]|左右)?的?", "", noun)


def own_part(left: str) -> str:
    """每家企业, 单个项目: the part of a cap that has no noun of its own."""
    match = _EACH_OWN.match(left)
    return match[0] if match else ""
