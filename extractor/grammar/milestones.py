"""Dated promises without a number of their own (时间节点): one for each part with a verb of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from extractor.grammar.comma_units import CommaUnit, Sentence, blank, split_sentences
from extractor.grammar.dates import DateMention

_OUTCOME = re.compile(  # the characters that any begins with, then each
    r"(?=[加日稳深逐更不持全进显大明提转优发扩做蓬协筑零跻走位基建初完保相前领有得成清应可能达巩凸彰长广普])"
    r"(?:(?<=[\u4e00-\u9fff]{2})(?:加速|加快|日益|日趋|稳步|深度|逐步|更趋|不断|持续|全面|进一步|显著|大幅|明显)(?=[\u4e00-\u9fff]{2,4}$)"
    r"|(?<=[\u4e00-\u9fff]{2})(?:提质增效|提[档质]升级|转型升级|优化升级|发展壮大|提质扩容|扩容提质|做[大优]做[强优]|蓬勃发展|协调发展|筑牢夯实|巩固(?:提升|拓展|增强))$"
    r"|零发生|进入|跻身|走在|位居|基本(?:建立|形成|建成|实现|完成|成型|健全|消除|确立)|建立健全|初步(?:建立|形成|建成)|全面(?:建立|形成|建成|完成|实现|覆盖|启用|推行|投用)"
    r"|完善优化|更加|显著|明显|大幅|持续(?:改善|增强|提升|优化|提高|扩大|领先|向好|健全|完善|丰富|推进|深化|提高)|逐步(?:优化|完善|提高|建立|形成|扩大)|不断(?:完善|提升|增强|优化|健全|壮大|扩大|升级|进位|巩固|改善|深化|涌现|拓展|丰富|夯实)"
    r"|进一步(?:完善|提升|增强|优化|健全|提高|规范|巩固|扩大)|全覆盖|成型|保持正常|相适应|前列|领先|有效(?:提升|改善|控制|解决|遏制|缓解)|得到|成为|稳步(?:提升|提高|增长)|清零|有力|凸显|彰显|长足(?:进步|发展)|大范围推广|广泛应用|普遍(?:建成|应用|推广)|成效(?:明显|显著)|[应可能].尽.|达到[^,]{2,}(?:水平|标准|要求))"
)
_DONE = re.compile(
    r"建成|完成|实现|达到|创成|形成|建立|出台|印发|制定|公布|发布|反馈|报送|上报|报|开工|竣工|投用|投入|启用|启动|上线|开通|挂牌|组建|成立|设立|落实|清零|清|取消|停止|免收|减半|免征|减免|退出|淘汰|整改|验收|编制|培养|培育|打造"
    r"|创建|推出|推行|接入|覆盖|纳入|设置|构建|消除|解决|建设|改造|入驻|落地|进入|成为|低于|高于|不低于|提交|提供|办理|通过|取得|获得|签订|对接|开展|实施|推动|推广|升级|整合|归集|开放|联通|全部|确保|力争|基本|执行|修订|废止|组织|召开|举办|延续|延长|延期|延$|可延|延至|顺延|展期|全面|梳理|明确|确定|更新|公示|公开|搭建|优化|完善|提升|增强"
)
_STRONG = re.compile(
    r"(?<!已)(?:建成|完成|实现|达到|创成|形成|建立|出台|印发|公布|发布|反馈|报送|开工|竣工|投用|投入使用|启用|上线|开通|挂牌|组建|成立|设立|清零|取消|停止|免收|减半|免征|退出|整改|验收|覆盖|消除|落地|进入|成为|取得|获得|确保|力争|基本|搭建|设置|公开|制定|(?:培养|培育|打造|引进|推出|建设)一批|推动[^,]{2,20}(?:全部|建成))"
)
_PROCESS = re.compile(
    r"^(?:并)?(?:加强|强化|加快|推进|深化|做好|坚持|围绕|按照|根据|依托|聚焦|结合|通过|探索|鼓励|支持|引导|以|同时|不断|持续推|积极|认真|切实|统筹|大力|从|为|在.{2,14}(?:中|上|下)$)"
)
_NEVER = re.compile(
    r"年是|要求是|将确定为|确定为[^,]{2,20}年|之年|现予公布|坚持以|为指导|为统领|(?:印发|发布|出台|完成|实现|建成|制定|公布|举办|召开|通过)了|实施时间|时间为|开门红|公布施行|审议通过|已经|研究同意|执行期限|期限为|逾期|无意见|视为|现将|印发给|如下$|每年|每月|每季|逐月报|有效期|起施行|施行之日|本(?:办法|规定|通知|方案|细则|意见)自|截止"
)
_CONDITION = re.compile(
    r"(?:的|者|时|后|期间)$|^除[^,]*外$|^(?:对|凡|如|若|因|经)[^,]*的(?![^,]*(?:免征|免收|减半|减免|给予|停征|缓缴|暂停|免除|完成|实现))"
)
_RANK = re.compile(r"走在|进入|跻身|位居|成为|全覆盖|清零|前列")
_FINISHED = re.compile(
    r"建成|完成|创成|投入使用|投用|竣工|开工|启用|上线|挂牌|出台|印发|零发生|全覆盖|清零|全面(?:完成|实现|建成|建立)|基本(?:完成|实现|建成|建立)|通过验收|开通"
)
_RESULT_END = re.compile(
    r"(?:建立|形成|完善|优化|提高|提升|增强|改善|降低|下降|减少|扩大|健全|成型|显现|凸显|巩固|领先|行列|方阵|全覆盖|正常|稳定|清零|相适应|达标|水平|协调|合理|均衡|加快|突破|完备|有效|有力|规范|繁荣|发达|充分|满意|畅通)$"
)
_OWN_VERB = re.compile(
    r"建成|创成|达到|形成|建立|进入|通过|投入使用|基本完成|全面完成|出台|(?:完成|实现)(?<=[\u4e00-\u9fff]{5})"
)
_IMPERATIVE = re.compile(
    r"(?:并)?(?:持续|不断|进一步|逐步|加大|全面|着力|努力|有效|稳步|充分|提高|提升|完善|优化|健全|建立|扩大|降低|减少)"
)
_ONLY_WHEN = re.compile(r"(?:基础上|前提下|之后|后|时|的)$")
_GUIDING = re.compile(r"坚持以|为指导|为统领|^为(?:了|深入|全面|贯彻|切实|进一步)|紧紧围绕")
_SETTING = re.compile(r"(?:在|对|针对|围绕|按照|根据|依据|结合|依托|聚焦|通过|以)[^,]{2,}")
"""A unit between a date and what is due, which says where or how."""
_PURPOSE = re.compile(
    r"(?:进一步|切实|不断|持续|有效|着力|全面)(?:提升|提高|增强|优化|改善|激发|降低|释放|推动|促进|方便|满足)"
)
_YEARS_NOUN = re.compile(r"(?!力争|完成|计划|新增|实现|建成|培育|争取|要|将|全|内|达|不)[\u4e00-\u9fff]")
_JOINED = frozenset({"、", "和", "及", "与", "或", "以及"})
_ATTRIBUTIVE_LEFT = re.compile(r"^(?:确保|力争|争取|推动|推进|在|于|其中|并|努力|到|实现|使|自)*$")
HEADING_LENGTH = 16
"""A first sentence this short heads its cell (推进项目建设。)."""
SHORTEST = 5
"""A part with fewer characters beside its date says nothing that could be due."""


class DatedPart(Struct, frozen=True, gc=False):
    """A part of a sentence that is due at a date; offsets into the passage."""

    start: int
    end: int
    date: DateMention


def find_milestones(
    text: str, blanked: str, sentence: Sentence, dates: Sequence[DateMention], numbered: Sequence[int]
) -> list[DatedPart]:
    """Dated parts of a sentence; ``dates`` are its deadlines, ``numbered`` the starts of its commitments."""
    parts: list[DatedPart] = []
    for position, date in enumerate(dates):
        after = position + 1
        while after < len(dates) and blanked[dates[after - 1].end : dates[after].start] in _JOINED:
            after += 1  # 分别于3月15日、7月1日前报送: each date is due for what follows the last
        stop = dates[after].start if after < len(dates) else sentence.end
        first = sentence.unit_at(date.start)
        bare, following = False, first + 1
        for index in range(first, len(sentence.units)):
            unit = sentence.units[index]
            if unit.start >= stop:
                break
            own, bare = index == first, bare and index == following
            if any(unit.start <= at < unit.end for at in numbered):
                continue
            body = _body(blanked, unit, date, stop)
            if own and describes(blanked, unit, date):
                break
            if date.bound == "in" and not own and _GUIDING.search(blanked[sentence.start : unit.start]):
                break  # 为落实2024年要求,建立…机制: the purpose of the paper, not what is due
            if own and _bare_date(blanked, unit, date, body):
                before = sentence.units[index - 1] if index and body.strip("力争取确保到在于请并应须将") else None
                if before is not None and not any(before.start <= at < before.end for at in numbered):
                    parts.append(DatedPart(before.start, unit.end, date))  # 编制清单,9月底前印发
                bare = True
                continue
            if not (own or bare) and date.bound == "before" and _PURPOSE.match(body):
                continue  # 3月底前完成改造,进一步提升获得感
            if bare and _SETTING.match(body) and not _STRONG.search(body):
                following = index + 1  # 12月底前,在市场监管等领域,制定检查表单
                continue
            if _is_due(body, first=own or bare):
                end = min(unit.end, max(stop, unit.start + 1))
                spans = _outcomes(blanked, unit.start, end)
                head = sentence.units[first].start if bare else spans[0][0]
                parts.extend(DatedPart(s if i else head, e, date) for i, (s, e) in enumerate(spans))
    return _merge(blanked, parts)


def find_row_outcomes(text: str) -> list[tuple[int, int]]:
    """Parts of a task cell that read as done or reached; the deadline stands in another cell of the row.

    >>> text = "办好教育。新校区投入使用。"
    >>> [text[start:end] for start, end in find_row_outcomes(text)]
    ['新校区投入使用']
    """
    blanked = blank(text)
    sentences = split_sentences(blanked)
    if len(sentences) > 1 and sentences[0].end - sentences[0].start <= HEADING_LENGTH:
        sentences = sentences[1:]
    return [
        (unit.start, unit.end)
        for sentence in sentences
        for unit in sentence.units
        if _FINISHED.search(blanked[unit.start : unit.end])
        and not _NEVER.search(blanked[unit.start : unit.end])
        and not _ONLY_WHEN.search(blanked[unit.start : unit.end])
    ]


def find_carried(
    blanked: str, sentence: Sentence, date: DateMention, numbered: Sequence[int], *, joined: bool = False
) -> list[DatedPart]:
    """Outcomes of a later sentence that still stands under a date (N55): only what reads as a result.

    ``joined``: a semicolon joins it to the sentence before, so that what is done counts as well.
    """
    return [
        DatedPart(start, end, date)
        for unit in sentence.units
        for start, end in _outcomes(blanked, unit.start, unit.end)
        if not any(unit.start <= at < unit.end for at in numbered)
        and (_reached(blanked[start:end]) or (joined and _is_due(blanked[start:end], first=False)))
        and not _NEVER.search(blanked[unit.start : unit.end])
    ]


def describes(blanked: str, unit: CommaUnit, date: DateMention) -> bool:
    """Whether a bare year or month belongs to a noun: 确定2023年民生实事, 3月份接访安排."""
    left = blanked[unit.start : date.start]
    if date.text.endswith("月份") and not re.search(r"免|减|缓", blanked[unit.start : unit.end]):
        return True
    if date.text.endswith("年度") and _YEARS_NOUN.match(blanked[date.end : unit.end]):
        return True
    bare = date.bound == "in" and re.fullmatch(r"20\d\d年度?(?:\d{1,2}月份?)?", date.text) is not None
    return (
        bare
        and not _ATTRIBUTIVE_LEFT.search(left)
        and not re.search(r"[\u4e00-\u9fff]{2,}(?:确保|力争|争取|将|要|在|于)$", left)
    )


def _reached(body: str) -> bool:
    """Whether a part says of a subject that it is reached: 出生人口性别比保持正常, 走在全省前列."""
    if _RANK.search(body) and not re.match("支持|鼓励|引导|探索|允许|帮助", body):
        return True
    return bool(_RESULT_END.search(body)) and not _PROCESS.match(body) and not _IMPERATIVE.match(body)


def _body(blanked: str, unit: CommaUnit, date: DateMention, stop: int) -> str:
    left = blanked[unit.start : max(unit.start, min(date.start, unit.end))] if date.start > unit.start else ""
    right = blanked[max(unit.start, date.end) if date.start < unit.end else unit.start : min(unit.end, stop)]
    return (left + right).strip()


def _bare_date(blanked: str, unit: CommaUnit, date: DateMention, body: str) -> bool:
    return len(body) < SHORTEST


def _is_due(body: str, *, first: bool) -> bool:
    if re.match(r"(?:将|对|针对)[^,]*(?:业务|企业|项目|贷款|单位|商品)$", body):
        return False
    if len(body) < SHORTEST or _NEVER.search(body) or _CONDITION.search(body):
        return False
    if _OUTCOME.search(body):
        return True
    if first:
        return bool(_DONE.search(body))
    return bool(_STRONG.search(body)) and not _PROCESS.match(body)


def _outcomes(blanked: str, start: int, end: int) -> list[tuple[int, int]]:
    """A、B with a verb of its own on each side are two outcomes."""
    cuts = [start]
    at = start - 1
    while (at := blanked.find("、", at + 1, end)) >= 0:
        if _OWN_VERB.search(blanked[cuts[-1] : at]) and _OWN_VERB.search(blanked[at + 1 : end].partition("、")[0]):
            cuts.append(at + 1)
    return [(left, right) for left, right in zip(cuts, [*(cut - 1 for cut in cuts[1:]), end], strict=True)]


def _merge(blanked: str, parts: list[DatedPart]) -> list[DatedPart]:
    """A part counts once for each date."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for part in parts:
        if (part.start, part.date.start) not in seen:
            seen.add((part.start, part.date.start))
            kept.append(part)
    return kept
