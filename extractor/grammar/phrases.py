"""Where the phrase of a number begins and ends: the words before it, and the object after it (N15, N16)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.grammar.circumstances import Context, skip
from extractor.grammar.comma_units import BLANK
from extractor.grammar.signs import sign
from extractor.grammar.spoken import Quantity

_UP_TO = re.compile(r"^到(?!位|期|货|账|岗|户|校|访|会)")
_OF_POLICY = re.compile(r"(?:的)?(?:优惠|扶持)?(?:政策|措施)(?:延续|延长|实施|执行|继续)")
_OPENING = re.compile(r"[(\[]")
_ROLES = re.compile("牵头|责任单位|责任部门|负责(?!人)")
"""What a bracket after a promise holds that says who answers for it."""
_TAIL_END = re.compile(
    r"[,。;:、(”]|和(?=\d)|及(?=\d)|以及|并(?!网|联|购|轨|发|入|举|重)|用于|由(?!于)|从(?!业|事|严|教)|且(?!末)|纳入|进行|作为|达到|达(?=\d|百)|(?<=.)不(?:少于|低于|超过)"
)


def begin(context: Context, quantity: Quantity, start: int) -> int:
    """A span that shows digits must show those of its value: 较2023年翻一番."""
    if not quantity.spoken:
        return start
    digits = [match.end() for match in re.finditer(r"\d年?", context.text[start : quantity.start])]
    return start + digits[-1] if digits else start


def _left_edge(context: Context, unit_start: int, in_unit: Sequence[Quantity], position: int) -> int:
    """Where the phrase of a number begins: after the number before it, else at the head of its unit."""
    if position == 0:
        return unit_start + skip(context, unit_start, in_unit[0].start)
    previous = in_unit[position - 1]
    between = context.blanked[previous.close : in_unit[position].cue_start]
    if between[:1] in ("、", "和", "及", "与"):
        return previous.close + 1
    cut = max((between.rfind(mark) for mark in "、和及与"), default=-1)
    return previous.close + cut + 1


def start_of(context: Context, unit_start: int, in_unit: Sequence[Quantity], position: int, *, target: bool) -> int:
    """Where the phrase of a number begins, with the amount before it that says which things it counts."""
    start = _left_edge(context, unit_start, in_unit, position)
    if target and position and _described_left(context, in_unit[position - 1], in_unit[position], start):
        kept = [i for i in range(position) if in_unit[i].start in context.promised]
        start = _left_edge(context, unit_start, in_unit, kept[-1] + 1 if kept else 0)
    return start


def object_of(context: Context, in_unit: Sequence[Quantity], position: int, unit_end: int) -> tuple[int, int]:
    """The object after a number of a unit: before the next promise, or behind the amount that describes it."""
    quantity = in_unit[position]
    later = [q.cue_start for q in in_unit[position + 1 :] if q.start in context.promised]
    start, end = tail(context, quantity, later[0] if later else unit_end, unit_end)
    if later and _described_by(context, quantity, in_unit[position + 1], end):
        return tail(context, in_unit[position + 1], unit_end, unit_end)
    return start, end


def _described_left(context: Context, before: Quantity, quantity: Quantity, start: int) -> bool:
    """收入超过1亿元的企业15家, 超10亿元项目80个, 超50亿元15个: the amount before says which things are counted."""
    if context.text.startswith("的", start):
        return True
    measured = (
        before.start not in context.promised and before.dimension == "money" and before.cue in ("超", "超过", "过")
    )
    return measured and before.close == start and quantity.dimension == "classifier"


def _described_by(context: Context, quantity: Quantity, after: Quantity, tail_end: int) -> bool:
    """1张500元额度的公交卡, 1份保额为20万元的保险: the second amount describes the thing that the first counts."""
    if quantity.close == tail_end == after.cue_start:
        return True
    return (
        quantity.dimension == "classifier"
        and after.dimension != "classifier"
        and after.cue_start == tail_end
        and context.text.startswith("的", after.close)
        and sign("measured").search(context.text, quantity.close, tail_end) is not None
    )


def clean(context: Context, start: int, quantity: Quantity) -> str:
    """The words between the head of the phrase and the comparator of the number, without dates."""
    pieces, at = [], start
    for date in context.dates:
        if date.start >= at and date.end <= quantity.cue_start and date.role not in ("baseline", "recurrence", "name"):
            pieces.append(context.text[at : date.start])
            at = date.end
    pieces.append(context.text[at : max(at, quantity.cue_start)])
    return _UP_TO.sub("", "".join(pieces))


def tail(context: Context, quantity: Quantity, following: int, unit_end: int) -> tuple[int, int]:
    """The object after a number: up to the next mark, conjunction before a number, or verb."""
    start = quantity.close
    if context.text.startswith("(", start) and context.blanked.startswith(BLANK, start):
        closing = context.text.find(")", start, unit_end)
        if closing > 0 and _ROLES.search(context.text, start, closing):
            return start, start
        start = closing + 1 if closing > 0 else start
    blanked = context.blanked[start:unit_end]
    if blanked.startswith("的"):
        start, blanked = start + 1, blanked[1:]
    limit = unit_end if following >= unit_end else following
    end = unit_end
    if blanked[:1] in ("、", "和", "及") and following < unit_end:
        return start, start
    if _OF_POLICY.match(blanked):
        return start, start
    for match in _TAIL_END.finditer(blanked):
        if match[0] == "、":
            if following < unit_end and start + match.start() < following and following - (start + match.start()) < 14:
                end = start + match.start()
                break
            continue
        if match.start() == 0 and match[0] in ("(",):
            continue
        end = start + match.start()
        break
    end = max(start, min(end, limit))
    role = _OPENING.search(context.text, start, end) if BLANK in context.blanked[start:end] else None
    if role is not None and _ROLES.search(context.text, role.start(), end):
        return start, role.start()
    return start, end
