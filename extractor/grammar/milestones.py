"""Dated promises without a number of their own (时间节点): one for each part with a verb of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.grammar.comma_units import CommaUnit, Sentence
from extractor.grammar.dates import DateMention

_OUTCOME = re.compile(
    r"进入|跻身|走在|位居|基本(?:建立|形成|建成|实现|完成|成型|健全|消除|确立)|建立健全|初步(?:建立|形成|建成)|全面(?:建立|形成|建成|完成|实现|覆盖|启用|推行|投用)"
    r"|完善优化|更加|显著|明显|大幅|持续(?:改善|增强|提升|优化|提高|扩大|领先|向好|健全|完善)|逐步(?:优化|完善|提高|建立|形成|扩大)|不断(?:完善|提升|增强|优化|健全|壮大|扩大)"
    r"|进一步(?:完善|提升|增强|优化|健全|提高|规范|巩固|扩大)|全覆盖|成型|保持正常|相适应|前列|领先|有效(?:提升|改善|控制|解决|遏制|缓解)|得到|成为|稳步(?:提升|提高|增长)|清零|有力|达到[^,]{2,}(?:水平|标准|要求)"
)
_DONE = re.compile(
    r"建成|完成|实现|达到|创成|形成|建立|出台|印发|制定|公布|发布|反馈|报送|上报|报|开工|竣工|投用|投入|启用|启动|上线|开通|挂牌|组建|成立|设立|落实|清零|清|取消|停止|免收|减半|免征|减免|退出|淘汰|整改|验收|编制|培养|培育|打造"
    r"|创建|推出|推行|接入|覆盖|纳入|构建|消除|解决|建设|改造|入驻|落地|进入|成为|低于|高于|不低于|提交|提供|办理|通过|取得|获得|签订|对接|开展|实施|推动|推广|升级|整合|归集|开放|联通|全部|确保|力争|基本|执行|修订|废止|组织|召开|举办|延续|延长|全面|梳理|明确|确定|更新|公示|公开|搭建|优化|完善|提升|增强"
)
_PROCESS = re.compile(
    r"^(?:并)?(?:加强|强化|加快|推进|深化|做好|坚持|围绕|按照|根据|依托|聚焦|结合|通过|探索|鼓励|支持|引导|以|同时|不断|持续推|积极|认真|切实|统筹|大力|从|为|在.{2,14}(?:中|上|下)$)"
)
_NEVER = re.compile(r"每年|每月|每季|逐月报|有效期|起施行|施行之日|本(?:办法|规定|通知|方案|细则|意见)自|截止")
_CONDITION = re.compile(r"(?:的|者|时|后|期间)$|^(?:对|凡|如|若|因|经)[^,]*的")
SHORTEST = 4
"""A part with fewer characters beside its date says nothing that could be due."""


@dataclass(frozen=True, slots=True)
class DatedPart:
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
        stop = dates[position + 1].start if position + 1 < len(dates) else sentence.end
        first = sentence.unit_at(date.start)
        for index in range(first, len(sentence.units)):
            unit = sentence.units[index]
            if unit.start >= stop:
                break
            own = index == first
            if any(unit.start <= at < unit.end for at in numbered):
                continue
            body = _body(blanked, unit, date, stop)
            if own and _bare_date(blanked, unit, date, body):
                continue
            if _is_due(body, first=own or (index == first + 1 and not parts)):
                parts.append(DatedPart(unit.start, min(unit.end, max(stop, unit.start + 1)), date))
    return _merge(blanked, parts)


def find_carried(blanked: str, sentence: Sentence, date: DateMention, numbered: Sequence[int]) -> list[DatedPart]:
    """Outcomes of a later sentence that still stands under a date (N55): only what reads as a result."""
    return [
        DatedPart(unit.start, unit.end, date)
        for unit in sentence.units
        if not any(unit.start <= at < unit.end for at in numbered)
        and _OUTCOME.search(blanked[unit.start : unit.end])
        and not _PROCESS.match(blanked[unit.start : unit.end])
        and not _NEVER.search(blanked[unit.start : unit.end])
    ]


def _body(blanked: str, unit: CommaUnit, date: DateMention, stop: int) -> str:
    left = blanked[unit.start : max(unit.start, min(date.start, unit.end))] if date.start > unit.start else ""
    right = blanked[max(unit.start, date.end) if date.start < unit.end else unit.start : min(unit.end, stop)]
    return (left + right).strip()


def _bare_date(blanked: str, unit: CommaUnit, date: DateMention, body: str) -> bool:
    return len(body) < SHORTEST


def _is_due(body: str, *, first: bool) -> bool:
    if len(body) < SHORTEST or _NEVER.search(body) or _CONDITION.search(body):
        return False
    if _OUTCOME.search(body):
        return True
    if first:
        return bool(_DONE.search(body))
    return bool(_DONE.search(body)) and not _PROCESS.match(body)


def _merge(blanked: str, parts: list[DatedPart]) -> list[DatedPart]:
    """A part counts once for each date."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for part in parts:
        if (part.start, part.date.start) not in seen:
            seen.add((part.start, part.date.start))
            kept.append(part)
    return kept
