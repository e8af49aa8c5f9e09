"""Number the clauses of a document: collect what may be a label, then find the assignment that fits best as a whole.

No line is decided alone. Every candidate is taken or left, and each way of doing so costs something: a gap in a run,
a run that begins at 2, a style above the one that governs it, a strong line start that is left unread. A beam of a few
readings is carried through the document (linear in its length); the cheapest one wins. So 第十二条 at the start of a
broken line between 第三条 and 第四条 stays running text, runs that go on across upper levels (S51), restarts (S52),
skipped levels (S50) and lost numbers (S53) are read without a rule of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter

from msgspec import Struct

from extractor import lexicon
from extractor.model import Span
from extractor.text.labels import HEADS, LABEL, STYLES, Label, label_at, read_label

# How strong the evidence of the place is: at the start of a line; after a full stop, a closing bracket or a gap; in
# the middle of a sentence, where only a run of stronger ones that needs it can make it a label.
LINE, STOP, WEAK = 3, 2, 1

_START = re.compile(rf"[ \t•·]*(?P<label>{LABEL})", re.VERBOSE)
# Both begin with a set of characters and look from there, so that the search skips what is between them.
_INSIDE = re.compile(rf"[。！!?;:,)\]}}”\"\ \t](?=[{HEADS}])(?=(?P<label>{LABEL}))", re.VERBOSE)
_FIRST = re.compile(
    r"(?P<label>[一(1第](?<=[一-鿿].)(?<!第.)(?:(?<=一)、|(?<=\()[一1]\)|(?<=1)[.、](?!\d)|(?<=第)一条))"
)
_ATTACHED_INSIDE = re.compile(r"附件[:](?= ?1[.、])")
_PLAIN = re.compile(r"[ \t]*(?P<label>\d{1,2}) {1,3}(?=[一-鿿])")
_DECIMALS = re.compile(r"^[ \t]*1\.1[ 一-鿿]", re.MULTILINE)
_LEADERS = re.compile(r"\.\.\.\.|……|····|\. \. \. \. ")
_ATTACHED = re.compile(r"[ \t]*附 ?件?[^ :。]{0,6}:[ \t]*(?:\(略\))?[ \t]*(?:(?P<first>1[.、])|《|$)", re.MULTILINE)
_ENTRY = re.compile(r"(\d{1,2}) ?[.、]")
LONG_LINE = 300
"""Characters from which a line may be several that lost their line breaks."""
ENTRY_LENGTH = 60
"""Characters of a line that may be the second half of an entry of a list of attachments."""
_MODEL = re.compile(r"\d[A-Z]")
_YEAR = re.compile(r"\d{4} ?年")
_COUNTED = re.compile(r"[一二三四五六七八九十]{1,3}[、季级类线年月期届孩产次]")
# (一)项 is cited, (一)项目申报书 is an item.
_ITEM_CITED = re.compile(r"[、至]|[和及或]\(|项(?!目)|款(?!项)|条(?!件)|目(?![标的录])")
_BRACKETED = re.compile(r"[ \t]?\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)")


class Candidate(Struct, frozen=True, gc=False):
    """Something that may be a label: where it stands in the text, in which line, and how strong its place is."""

    label: Label
    line: int
    strength: int


class Mark(Struct, frozen=True, gc=False):
    """A candidate that was accepted: ``depth`` 0 is the top level; ``oddity`` says what is wrong with its number."""

    label: Label
    line: int
    depth: int
    oddity: str | None = None
    """``skipped``, ``repeated`` or ``backward`` against the number before it in its run."""


# --- candidates -------------------------------------------------------------------------------------------------------


def collect(folded: str, offset: int, lines: Sequence[Span], skip: frozenset[int]) -> list[Candidate]:
    """What may be a label in the lines whose index is not in ``skip``; ``folded`` begins at ``offset`` of the text."""
    found: list[Candidate] = []
    decimals = "1.1" in folded and _DECIMALS.search(folded) is not None
    leaders, attachments = _LEADERS.search(folded) is not None, "附" in folded
    attached: int | None = None  # number of the last entry of a list of attachments that is being passed over
    for index, (start, end) in enumerate(lines):
        if index in skip:
            continue
        left, right = start - offset, end - offset
        first = _START.match(folded, left, right)
        if attached is not None:
            attached = _next_attachment(folded[left:right], attached)
            if attached is not None:
                continue
        opened = _ATTACHED.match(folded, left, right) if attachments else None
        if opened is not None:
            attached = 1 if opened["first"] else 0
            continue
        if leaders and _LEADERS.search(folded, left, right):
            continue
        if first is None and decimals:
            first = _PLAIN.match(folded, left, right)
        begin = left
        if first is not None:
            begin = first.end()
            label = read_label(folded, *first.span("label"))
            if label is not None and "." in label.style and not decimals:  # 3.15周岁…: the third item
                label = _whole(folded, label)
            _add(found, folded, label, index, LINE, offset)
        for match in _inside(folded, begin, right):
            label = read_label(folded, *match.span("label"))
            _add(found, folded, label, index, _strength(folded, match.start("label"), left), offset)
    return found


def _inside(folded: str, begin: int, right: int) -> list[re.Match[str]]:
    """What may be labels inside a line: behind punctuation and gaps, and in long lines the first of a run anywhere."""
    matches = []
    end = begin
    for match in _INSIDE.finditer(folded, max(begin - 1, 0), right):
        if match.start("label") >= end:  # otherwise inside the label before it
            matches.append(match)
            end = match.end("label")
    if right - begin > LONG_LINE:  # the file may have lost its line breaks (L01)
        matches = sorted([*matches, *_FIRST.finditer(folded, begin, right)], key=_start)
    attached = _ATTACHED_INSIDE.search(folded, begin, right) if matches and "附件" in folded else None
    if attached is not None:  # 附件: 1.… 2.… at the end of a line
        matches = [match for match in matches if _start(match) < attached.end() or not match["label"][0].isdecimal()]
    return matches


def _start(match: re.Match[str]) -> int:
    return match.start("label")


def _whole(folded: str, label: Label) -> Label:
    """The first number of a decimal label with its point, read as an item number."""
    point = folded.index(".", label.start)
    number = int(folded[label.start : point])
    return Label(label.start, point + 1, "1", number, str(number))


def _next_attachment(line: str, attached: int) -> int | None:
    """The number of the entry of a list of attachments that a line is or goes on with; None where the list is over."""
    bare = line.strip()
    if not bare:
        return attached
    entry = _ENTRY.match(bare)
    if entry is not None and int(entry[1]) == attached + 1 and not bare.endswith(("。", ";")):
        return attached + 1
    plain = len(bare) <= ENTRY_LENGTH and "。" not in bare and label_at(bare) is None
    return attached if attached and plain else None


def _add(found: list[Candidate], folded: str, label: Label | None, line: int, strength: int, offset: int) -> None:
    if label is None or not _plausible(folded, label, strength):
        return
    strength = min(strength, _suspicion(folded, label))
    moved = Label(label.start + offset, label.end + offset, label.style, label.number, label.path)
    found.append(Candidate(moved, line, strength))


BEFORE = 16
"""Characters before a label among which nearly always one is no space; else all before it are looked at."""


def _strength(folded: str, at: int, left: int) -> int:
    """How strong a place inside a line is, by what stands before it."""
    before = folded[max(left, at - BEFORE) : at].rstrip(" \t") or folded[left:at].rstrip(" \t")
    if not before:
        return LINE
    if before[-1] in "。！!?)]}" or (before[-1] in '”"' and before[-2:-1] in "。！"):
        return STOP
    if folded[at - 1] in " \t" and before[-1] not in ",、(":
        return STOP
    return WEAK


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(lexicon.load("clauses")[key])


def _plausible(folded: str, label: Label, strength: int) -> bool:
    """False where the number is plainly cited or counted: 第(一)项, (一)(二)项, 第三条规定, 1.5万元."""
    after = folded[label.end : label.end + 6]
    before = folded[max(label.start - 2, 0) : label.start].rstrip()
    bare = after.lstrip(" ")
    if label.style == "article":
        return strength == LINE or not _cites(after)
    if label.style in ("chapter", "section", "part"):
        return not after.startswith(("的", "规定", "、", "和", "第"))
    if label.style in ("(一)", "(1)"):
        if before.endswith(("第", "条", "款", "附件", "表", "图")):
            return False
        return strength == LINE or not (_ITEM_CITED.match(after) or _BRACKETED.match(after))
    if "." in label.style:
        return strength == LINE and not bare.startswith(_words("after_quantity"))
    if label.style in ("1)", "一)") and strength < LINE:
        return folded[label.start - 1] in "。;:"
    return True


def cited(folded: str, label: Label) -> bool:
    """Whether a label-like number inside a sentence is a citation or a count, as far as its surroundings say."""
    return not _plausible(folded, label, STOP) or _suspicion(folded, label) == WEAK


def _cites(after: str) -> bool:
    return after.startswith(_words("after_citation")) or after.lstrip(" ").startswith(("规定", "第"))


def _suspicion(folded: str, label: Label) -> int:
    """The most that a label of this look may be trusted, wherever it stands."""
    after = folded[label.end : label.end + 4]
    if label.style == "一" and _COUNTED.match(after):  # 二、三季度
        return WEAK
    if label.style in ("(一)", "(1)") and _ITEM_CITED.match(after):
        return WEAK
    if label.style == "article" and _cites(after):  # 第三条规定… where a line broke
        return WEAK
    if label.style == "A":
        return WEAK
    if label.style == "1" and folded[label.end - 1].isdecimal():  # 1 总则, where the document has 1.1
        return WEAK if after.lstrip().startswith(_words("after_quantity")) else STOP
    if label.style == "1" and after[:1].isdecimal():  # 3.5公里; but 3.2030年… and 2.5G基站… may be items
        return LINE if _YEAR.match(folded, label.end) or _MODEL.match(folded, label.end) else WEAK
    if label.style == "1" and not after.strip():  # a page number, a lonely ordinal
        return STOP
    return LINE


# --- the best reading -------------------------------------------------------------------------------------------------

_RANK = {style: rank for rank, style in enumerate(STYLES)}
_RANK["1)"] = _RANK["(1)"]  # either may stand under the other

BEAM = 6
"""Readings that are kept side by side; on real documents two or three would do."""
MARGIN = 6.5
"""A reading that costs so much more than the best is dropped: more than one strong line start can make good."""

# Costs. What matters is their order: a gap costs less than leaving a line start unread, which costs less than reading
# an article number that jumps back (a citation at the start of a broken line).
_LEAVE = {LINE: 5.0, STOP: 2.5, WEAK: 0.0}
_TAKE = {LINE: 0.0, STOP: 0.0, WEAK: 1.5}
_GAP_ONE, _GAP_FEW, _GAP_WIDE = 2.0, 3.0, 4.5
_REPEAT, _RESTART, _BACK_ONE, _BACK = 3.0, 3.0, 2.5, 5.5
_ARTICLE_BACK = 9.0
_OPEN_SECOND, _OPEN_LATE = 3.0, 4.5
_RUN_ON_SAME, _RUN_ON_OTHER = 0.1, 2.5
_INVERTED, _BESIDE = 2.0, 1.0
_FEW = 4
"""A gap of up to this many numbers may be lost lines; a wider one is more likely no label of this run."""


_Open = tuple[str, int]
"""A level that is open: its style and the last number read on it. Plain tuples: they are hashed for every candidate."""
_Memory = dict[str, tuple[int, str]]


class _State(Struct, frozen=True, eq=False, gc=False):
    """One reading so far: cost, open levels, how far each style had come and under what, and the way here."""

    cost: float
    stack: tuple[_Open, ...]
    memory: _Memory
    back: _State | None
    mark: Mark | None


_Step = tuple[float, tuple[_Open, ...], _State, int, str | None]
"""A way to go on: what it costs in all, the levels open after it, from which state; depth (-1: left out) and oddity."""


def solve(candidates: Iterable[Candidate]) -> list[Mark]:
    """The labels among the candidates, with their depths: the reading of the whole that costs least."""
    beam = [_State(0.0, (), {}, None, None)]
    for candidate in candidates:
        grown: dict[tuple[_Open, ...], _Step] = {}
        for state in beam:
            for step in _steps(state, candidate):
                known = grown.get(step[1])
                if known is None or step[0] < known[0]:
                    grown[step[1]] = step
        ordered = sorted(grown.values(), key=_COST)
        limit = ordered[0][0] + MARGIN
        beam = [_go(step, candidate) for step in ordered[:BEAM] if step[0] <= limit]
    marks: list[Mark] = []
    last: _State | None = beam[0]
    while last is not None:
        if last.mark is not None:
            marks.append(last.mark)
        last = last.back
    return marks[::-1]


_COST = itemgetter(0)


def _steps(state: _State, candidate: Candidate) -> list[_Step]:
    """The ways to go on from a state; states are made of those only that are kept."""
    label, stack = candidate.label, state.stack
    style, cost = label.style, state.cost
    steps: list[_Step] = [(cost + _LEAVE[candidate.strength], stack, state, -1, None)]
    take = _TAKE[candidate.strength]
    for depth, (open_style, last) in enumerate(stack):
        if open_style == style:
            price, oddity = _continue(last, label)
            number = max(label.number, last) if oddity == "backward" else label.number
            steps.append((cost + (price + take), (*stack[:depth], (style, number)), state, depth, oddity))
            return steps
    rank = _RANK[style]
    beside = 0
    while beside < len(stack) and _RANK[stack[beside][0]] < rank:
        beside += 1
    for depth in {beside, len(stack)}:
        above = stack[depth - 1][0] if depth else ""
        price, oddity = _begin(state.memory.get(style), label, above)
        if depth > beside:
            price += _INVERTED
        elif depth < len(stack):
            price += _BESIDE
        steps.append((cost + (price + take), (*stack[:depth], (style, label.number)), state, depth, oddity))
    return steps


def _go(step: _Step, candidate: Candidate) -> _State:
    cost, stack, state, depth, oddity = step
    back = state if state.mark else state.back  # a state without a mark is no step of the reading: chains stay short
    if depth < 0:
        return _State(cost, stack, state.memory, back, None)
    style, number = stack[depth]
    memory = {**state.memory, style: (number, stack[depth - 1][0] if depth else "")}
    return _State(cost, stack, memory, back, Mark(candidate.label, candidate.line, depth, oddity))


def _continue(last: int, label: Label) -> tuple[float, str | None]:
    """What it costs to go on from ``last`` in the same run, and what is odd about it."""
    step = label.number - last
    if step == 1:
        return 0.0, None
    if step > 1:
        return (_GAP_ONE if step == 2 else _GAP_FEW if step <= _FEW else _GAP_WIDE), "skipped"
    if label.number == 1:
        return _RESTART, None if step else "repeated"
    if step == 0:
        return _REPEAT, "repeated"
    if label.style == "article":
        return _ARTICLE_BACK, "backward"
    return (_BACK_ONE if step == -1 else _BACK), "backward"


def _begin(remembered: tuple[int, str] | None, label: Label, above: str) -> tuple[float, str | None]:
    """What it costs to open a run with this label under ``above``: at 1, or going on where the style had stopped."""
    if label.number == 1:
        return 0.0, None
    if remembered is not None and label.number == remembered[0] + 1:  # S51
        return (_RUN_ON_SAME if remembered[1] == above else _RUN_ON_OTHER), None
    if remembered is not None and label.number == remembered[0] + 2 and remembered[1] == above:
        return _GAP_ONE + _RUN_ON_SAME, "skipped"
    return (_OPEN_SECOND if label.number == 2 else _OPEN_LATE), "skipped"
