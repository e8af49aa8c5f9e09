"""Dated promises without a number of their own (时间节点): one for each part with a verb of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec import Struct, structs

from extractor import lexicon
from extractor.grammar.comma_units import BLANK, CommaUnit, Sentence, blank, split_sentences
from extractor.grammar.dates import DateMention
from extractor.grammar.units import alternation


def _words() -> dict[str, Any]:
    return lexicon.load("milestones")


def _any(name: str) -> str:
    return alternation(_words()[name])


@cache
def _outcome() -> re.Pattern[str]:
    """What has become of a subject, wherever in a part it is said."""
    words = _words()
    followed = [f"{adverb}(?:{alternation(verbs)})" for adverb, verbs in words["followed"].items()]
    heads = {word[0] for name in ("outcomes", "outcome_ends", "degrees") for word in words[name]}
    heads |= {adverb[0] for adverb in words["followed"]} | set("应可能达")
    return re.compile(
        rf"(?=[{''.join(sorted(heads))}])"
        rf"(?:(?<=[\u4e00-\u9fff]{{2}})(?:{_any('degrees')})(?=[\u4e00-\u9fff]{{2,4}}$)"
        rf"|(?<=[{BLANK}\u4e00-\u9fff]{{2}})(?:{_any('outcome_ends')})$"
        rf"|{_any('outcomes')}|{'|'.join(followed)}|[应可能].尽.|达到[^,]{{2,}}(?:水平|标准|要求))"
    )


@cache
def _without_subject() -> re.Pattern[str]:
    """A part that says what is done and not to what: the unit before it does."""
    return re.compile(rf"(?:并|力争|争取|确保|计划|原则上)*(?:全部|全面|基本|正式)?(?:{_any('strong')}).{{0,4}}")


@cache
def _done() -> re.Pattern[str]:
    return re.compile(_any("done") + "|延$")


@cache
def _strong() -> re.Pattern[str]:
    return re.compile(rf"(?<!已)(?:{_any('strong')}|(?:{_any('in_numbers')})一批|推动[^,]{{2,20}}(?:全部|全面|建成))")


@cache
def _begun() -> re.Pattern[str]:
    """What a later part begins with that is due under 6月底前, whose own part says something else."""
    return re.compile(rf"(?:并|同步)?(?:{_any('begun')})")


@cache
def _process() -> re.Pattern[str]:
    return re.compile(rf"^(?:并)?(?:{_any('process')}|在.{{2,14}}(?:中|上|下)$)")


@cache
def _never() -> re.Pattern[str]:
    return re.compile(
        rf"{_any('never')}|确定为[^,]{{2,20}}年|如下$|{_FACT_SAID.pattern}"
        r"|本(?:办法|规定|通知|方案|细则|意见)自"
        "|是[^,]*(?:目标|要求|任务|重点|关键|前提|基础|一年)$|(?:思路|思想|要求|目标|任务|原则|重点|主题)是$"
    )


@cache
def _said_of_noun() -> re.Pattern[str]:
    """What makes the date behind it part of a noun: 纳入2023年底考核, 围绕确保到2010年…的要求."""
    return re.compile(rf"(?:{_any('of_noun')})(?:确保|实现|到)*$")


@cache
def _headed() -> re.Pattern[str]:
    return re.compile(rf"[^,]{{2}}(?:{_any('heading_nouns')})$")


@cache
def _made() -> re.Pattern[str]:
    return re.compile(_any("made"))


@cache
def _class_of() -> re.Pattern[str]:
    """A unit that names whom or what a rule is for: 2026年办理退休手续的人员."""
    words = _words()
    return re.compile(
        rf"(?:及以[前后])?(?:{alternation(words['class_deeds'])})[^,]*的[^,]{{0,10}}(?:{alternation(words['classes'])})$"
    )


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(_any("ranks"))


@cache
def _finished() -> re.Pattern[str]:
    return re.compile(rf"{_any('finished')}|全面(?:完成|实现|建成|建立)|基本(?:完成|实现|建成|建立)")


@cache
def _result_end() -> re.Pattern[str]:
    return re.compile(f"(?:{_any('result_ends')})$")


_CONDITION = re.compile(
    r"(?:的|者|时|后|期间)$|^除[^,]*外$|^(?:对|凡|如|若|因|经)[^,]*的(?![^,]*(?:免征|免收|减半|减免|给予|停征|缓缴|暂停|免除|完成|实现))"
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
_OTHER_TIME = re.compile("[^,]{2,8}期间(?!内)[^,]")
"""补缴期间免收滞纳金: a later unit with a time of its own."""
_MEANS = re.compile(
    "(?:要|应|应当|将|可)?(?:通过|采取|采用|利用)[^,]*(?:方式|形式|手段|途径|办法|渠道|措施)$"
    "|[^,]*(?:会同|联合)[^,]*(?:部门|单位|机构|[局委厅办])$"
)
"""2025年前要通过租赁等方式,: by what means or with whom, and not yet what is due."""
_OBJECT = re.compile(r"(?:将|对|针对)[^,]*(?:业务|企业|项目|贷款|单位|商品)$")
"""对新增的贷款业务,: what something is done to."""
_MONTHS = re.compile("(?:\\d{1,2}月份?[、和])+\\d{1,2}月份?")
_SITUATION = re.compile("依然|仍然|仍将|面临")
"""2031年形势依然严峻: what a year is like."""
_ALLOWED = re.compile("(?<!许)可以?$")
_FACT = re.compile("[^,]{0,6}?已(?:将|被|经|于|由|在|有|全[部面]|完成|实现|建成|纳入|出台|印发)")
_FACT_SAID = re.compile("(?:印发|发布|出台|完成|实现|建成|制定|公布|举办|召开|通过|下发)了")
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
        if date.bound != dates[after - 1].bound:
            date = structs.replace(date, bound=dates[after - 1].bound)
        stop = dates[after].start if after < len(dates) else sentence.end
        others = [other.start for other in dates]
        parts.extend(_parts_under(blanked, sentence, date, stop, numbered, others))
    return _merge(blanked, parts)


def _parts_under(
    blanked: str, sentence: Sentence, date: DateMention, stop: int, numbered: Sequence[int], others: Sequence[int]
) -> list[DatedPart]:
    """The parts that are due at one date, up to ``stop``, where the next date of the sentence takes over."""
    parts: list[DatedPart] = []
    first = sentence.unit_at(date.start)
    bare, following, counted = False, first + 1, False
    for index in range(first, len(sentence.units)):
        unit = sentence.units[index]
        if unit.start >= stop:
            break
        own, bare = index == first, bare and index == following
        if any(unit.start <= at < unit.end for at in numbered):
            counted = True
            continue
        body = _body(blanked, unit, date, stop)
        if own and (describes(blanked, unit, date) or _is_fact(blanked, unit, date)):
            break
        if own and date.bound == "in" and _ALLOWED.search(blanked, unit.start, date.start):
            break  # 纳税人可在3月提出申请: when others may do something
        if date.bound == "in" and not own and _GUIDING.search(blanked[sentence.start : unit.start]):
            break  # 为落实2024年要求,建立…机制: the purpose of the paper, not what is due
        if own and len(body) < SHORTEST:
            said = body.strip("力争取确保到在于请并应须将")
            before = _unit_before(sentence, index, (*numbered, *others)) if said else None
            if before is not None:
                parts.append(DatedPart(before.start, unit.end, date))  # 编制清单,9月底前印发
            elif index and _done().search(said):
                parts.append(DatedPart(unit.start, unit.end, date))  # 一季度房租免收,二季度房租减半
            bare = True
            continue
        if not (own or bare) and date.bound == "before" and _PURPOSE.match(body):
            continue  # 3月底前完成改造,进一步提升获得感
        unsaid = bare and _SETTING.match(body) and not _strong().search(body)
        if unsaid or ((own or bare) and _MEANS.match(body)):
            bare, following = True, index + 1  # 12月底前,在市场监管等领域,制定检查表单
            continue
        if counted and date.bound == "in" and not _reached(body):
            continue  # 年内培训1次,全面提高水平: beside a number of a year only results are due
        if own and date.bound == "before" and date.end >= unit.end and not _done().search(body):
            bare = True  # 有关单位可于6月底前,提出意见: who, by when, and then what
            continue
        asked = (
            date.bound == "before"
            and _may_be_due(body)
            and ("已" not in body if own or bare else _begun().match(body) is not None)
        )
        if asked or _is_due(body, first=own or bare):  # with 6月底前 whatever is said is due
            end = min(unit.end, max(stop, unit.start + 1))
            spans = _outcomes(blanked, unit.start, end)
            untold = own and _without_subject().fullmatch(body) is not None
            before = _unit_before(sentence, index, (*numbered, *others)) if untold else None
            head = sentence.units[first].start if bare else spans[0][0]
            head = before.start if before is not None else head  # 推进甲项目前期工作,力争年内开工建设
            parts.extend(DatedPart(s if i else head, e, date) for i, (s, e) in enumerate(spans))
    return parts


def _unit_before(sentence: Sentence, index: int, taken: Sequence[int]) -> CommaUnit | None:
    """The unit before, unless one of the places stands in it that are claimed."""
    before = sentence.units[index - 1] if index else None
    return None if before is None or any(before.start <= at < before.end for at in taken) else before


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
        if _finished().search(blanked[unit.start : unit.end])
        and not _never().search(blanked[unit.start : unit.end])
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
        and (
            _reached(blanked[start:end])
            or (date.bound == "by" and _outcome().search(blanked, start, end) and _of_a_subject(blanked[start:end]))
            or (joined and date.bound != "in" and _is_due(blanked[start:end], first=False))
        )
        and not _never().search(blanked[unit.start : unit.end])
    ]


def describes(blanked: str, unit: CommaUnit, date: DateMention) -> bool:
    """Whether a bare year or month belongs to a noun: 确定2023年民生实事, 3月份接访安排."""
    left = blanked[unit.start : date.start].lstrip(BLANK)  # behind the bracket of the measure before
    listed = left.endswith("、") and _MONTHS.fullmatch(date.text) is not None  # 季督查、7月和10月的专项调查
    if listed or (left.endswith("的") and date.bound == "in"):  # 各单位的全年采购项目
        return True
    if _said_of_noun().search(left) or (not left and _class_of().match(blanked, date.end, unit.end)):
        return True
    if date.text.endswith("月份") and not re.search(r"免|减|缓", blanked[unit.start : unit.end]):
        return True
    if date.text.endswith("年度") and _YEARS_NOUN.match(blanked[date.end : unit.end]):
        return True
    if date.bound != "in" or re.fullmatch(r"20\d\d年度?(?:\d{1,2}月份?)?", date.text) is None:
        return False
    right = blanked[date.end : unit.end]
    if not left and _headed().search(right) and not _made().search(right):
        return True  # 2024年建设用地清退计划: a heading
    return not _ATTRIBUTIVE_LEFT.search(left) and not re.search(
        r"[\u4e00-\u9fff]{2,}(?:确保|力争|争取|将|要|在|于)$", left
    )


def opens(blanked: str, sentence: Sentence, date: DateMention) -> bool:
    """Whether a sentence begins with a date, so that all of it stands under the date."""
    return _ATTRIBUTIVE_LEFT.search(blanked[sentence.start : date.start].lstrip(BLANK)) is not None


def _is_fact(blanked: str, unit: CommaUnit, date: DateMention) -> bool:
    """今年已将…纳入试点, 2013年…制定了…: what was done in a year."""
    right = blanked[date.end : unit.end]
    said = _FACT.match(right) or _FACT_SAID.search(right) or _SITUATION.search(right)
    return date.bound == "in" and said is not None


def _reached(body: str) -> bool:
    """Whether a part says of a subject that it is reached: 出生人口性别比保持正常, 走在全省前列."""
    if _rank().search(body) and not re.match("支持|鼓励|引导|探索|允许|帮助", body):
        return True
    return _result_end().search(body) is not None and _of_a_subject(body)


def _of_a_subject(body: str) -> bool:
    return not _process().match(body) and not _IMPERATIVE.match(body)


def _body(blanked: str, unit: CommaUnit, date: DateMention, stop: int) -> str:
    left = blanked[unit.start : max(unit.start, min(date.start, unit.end))] if date.start > unit.start else ""
    right = blanked[max(unit.start, date.end) if date.start < unit.end else unit.start : min(unit.end, stop)]
    return (left + right).strip()


def _may_be_due(body: str) -> bool:
    if len(body) < SHORTEST or _never().search(body) or _OBJECT.match(body):
        return False
    return not _CONDITION.search(body) or _result_end().search(body) is not None


def _is_due(body: str, *, first: bool) -> bool:
    if not _may_be_due(body):
        return False
    if not first and _OTHER_TIME.match(body):
        return False
    if _outcome().search(body):
        return True
    if first:
        return bool(_done().search(body))
    return bool(_strong().search(body)) and not _process().match(body)


def _became(part: str) -> bool:
    """Whether a part ends with what has become of its subject: 市场更加开放, but not 更加开放的市场."""
    said = _outcome().search(part)
    return said is not None and "的" not in part[said.start() :]


def _outcomes(blanked: str, start: int, end: int) -> list[tuple[int, int]]:
    """A、B with a verb of its own on each side are two outcomes."""
    cuts = [start]
    at = start - 1
    while (at := blanked.find("、", at + 1, end)) >= 0:
        left, right = blanked[cuts[-1] : at], blanked[at + 1 : end].partition("、")[0]
        verbs = _OWN_VERB.search(left) and _OWN_VERB.search(right)
        if verbs or (_became(left) and _became(right) and len(right) > SHORTEST):
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
