"""Where responsibility is stated in a passage: role brackets and labelled lines (R01–R33). Pure, on folded text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from extractor.bodies.shape import stands
from extractor.grammar.duties import Part, Statement, has_duty_words, read_statement
from extractor.grammar.enumerations import nameable, split_list
from extractor.grammar.roles import LABEL, LabelRole, find_predicate, label_role, labels_after_gaps
from extractor.text.brackets import Bracket, find_brackets
from extractor.text.labels import label_at

MAX_BRACKET = 1200
"""Longest role bracket in characters; the longest list seen has 600."""
_ENDS = re.compile(r"[。\n]|[一二三四五六七八九十]{1,3}、(?=[^一二三四五六七八九十])")
_OPEN_LABEL = re.compile(r"[(\[](?=[^,;。、:()\[\]\n]{2,14}:)")
_STOP = re.compile(r"[。\n]")
_UNIT = re.compile(r"[,;。]")
LONGEST_SPACED = 8
"""Characters of a label after which a space stands for the colon: 牵头责任单位."""
_SENTENCE_END = "。;!?；"
_AFTER_SENTENCE = re.compile(rf"[(\[{{](?<=[{_SENTENCE_END}].)")
_LINE_START = re.compile(r"[。;!?)\]\n|:]")
_LINE_LABEL = re.compile(
    r"[(\[*·]{0,2}(?P<label>[^,;。、:()\[\]{}<>\n|\d]{2,12}(?:\([^()]{2,4}\))?(?:单位|部门|处室|科室|领导|责任人|时限)?)[)\]*]{0,2}:"
)
_DUTY_LABEL = re.compile(r"牵头|责任|配合|主办|协办|承办|参与|参加|协同|督办|落实|主管|支持|实施|完成|负责")
_NO_BODIES = re.compile(r"[:\d《“]")
_DUTY_COLON = re.compile(rf"(?:{_DUTY_LABEL.pattern})[^:]{{0,26}}:")
"""What a labelled line holds at least; quick to look for, as the label itself is not."""
_TERM = re.compile(
    r"(?P<date>(?:到|于|在|至|截至|力争)?(?:\d{4}年|\d{1,2}月|今年|明年|年底|年内|第?[一二三四]季度|[上下]半年).{0,8}(?:前|底|末|内|完成)$)"
    r"|(?:长期|持续|常态|适时|立即|即时|全年)"
)
_OPEN_TERM = re.compile(r",(?:长期|持续|常态|适时|立即|即时|全年)[^,;。()]{0,6}\)")
"""How the comma unit of a term begins."""
_ANNOUNCED = re.compile(r"以下简称|详见|见附件|以及|包括|如|例如")


class Found(Struct, frozen=True, gc=False):
    """A statement with the place that it takes: ``text[start:end]`` with its marks."""

    start: int
    end: int
    statement: Statement
    basis: Literal["parenthetical", "line"]
    lost: bool = False
    """The closing mark is lost (R28)."""
    bare: bool = False
    """Bodies without a word of role: （市经济信息化委）."""


def find_statements(text: str, breaks: Sequence[int] = (), listed: bool = False) -> tuple[Found, ...]:
    """All statements of responsibility of a passage in their order; ``breaks`` are offsets with a space before them.

    ``listed`` says that items like this one end in a bracket of bodies throughout (see :func:`ends_in_bodies`).

    >>> text = "做好巡查。(责任部门:区甲局、各镇<街道>)"
    >>> [(found.basis, text[found.start:found.end]) for found in find_statements(text)]
    [('parenthetical', '(责任部门:区甲局、各镇<街道>)')]
    """
    found = list(_bracketed(text, breaks)) if _may_state(text) else []
    if listed and ends_in_bodies(text) and not (found and found[-1].end == len(text)):
        last = _bodies_alone(text, Bracket(_last_opening(text), len(text), 0), breaks)
        found += [last] if last is not None else []
    if ":" in text and _labelled_outside(text, found):
        found += _lines(text, breaks, [(f.start, f.end) for f in found])
    elif breaks and not found and (spaced := _spaced_line(text, breaks)) is not None:
        found = [spaced]
    return tuple(sorted(found, key=lambda f: f.start)) if found else ()


def _labelled_outside(text: str, found: list[Found]) -> bool:
    """Whether a label of duty may begin outside of the brackets that were read; quick, and True when in doubt."""
    label = _DUTY_COLON.search(text)
    for bracket in found:
        if label is None or label.start() < bracket.start:
            break
        if label.start() < bracket.end:
            label = _DUTY_COLON.search(text, bracket.end)
    return label is not None


def _may_state(text: str) -> bool:
    """False where no bracket of the passage has a word of role in it or stands after a sentence; quick to tell."""
    return ("(" in text or "[" in text or "{" in text) and (
        has_duty_words(text) or _AFTER_SENTENCE.search(text) is not None or _OPEN_TERM.search(text) is not None
    )


def ends_in_bodies(text: str) -> bool:
    """Whether a passage ends in a bracket of bodies without a word of role.

    >>> ends_in_bodies("数字化转型专项行动(市经济信息化委)"), ends_in_bodies("修订办法(试行)")
    (True, False)
    >>> ends_in_bodies("第五条(管理机构)"), ends_in_bodies("市有关部门(单位)")  # a heading (S55), half of a phrase
    (False, False)
    """
    if not text.endswith((")", "]")):
        return False
    if _NO_BODIES.search(text, max(text.rfind("("), text.rfind("["), 0)):
        return False  # seen before any bracket is looked for: most of those that end a passage have a label
    start = _last_opening(text)
    if start <= 0:
        return False
    label = label_at(text)
    headed = label is not None and label.end == start
    return not headed and _names_bodies(text, start + 1, len(text) - 1, ())


def _last_opening(text: str) -> int:
    """Where the bracket begins in which a passage ends; -1 where it is never opened."""
    opened = text.rfind("(" if text[-1] == ")" else "[")
    if opened >= 0 and _BRACKET_OR_BREAK.search(text, opened + 1, len(text) - 1) is None:
        return opened  # no other bracket stands in it
    return next((b.start for b in find_brackets(text) if b.end == len(text) and b.closed), -1)


_BRACKET_OR_BREAK = re.compile(r"[()\[\]{}\n]")


def _bracketed(text: str, gaps: Sequence[int]) -> Iterator[Found]:
    taken = -1
    brackets = find_brackets(text)
    lost = [bracket.start for bracket in brackets if not bracket.closed]
    for bracket in brackets:
        if bracket.start < taken or bracket.end - bracket.start < 5:
            continue
        if not bracket.closed and not _opens(text, bracket, lost):
            continue
        if bracket.closed and bracket.end - bracket.start > MAX_BRACKET:
            continue
        found = _read_bracket(text, bracket, gaps)
        if found is not None:
            taken = found.end
            yield found


def _opens(text: str, bracket: Bracket, lost: list[int]) -> bool:
    """Whether an open bracket is worth reading: it has a label, or it is the last of those that are open."""
    after = bisect_right(lost, bracket.start)
    return (
        after == len(lost)
        or lost[after] > bracket.start + MAX_BRACKET
        or LABEL.match(text, bracket.start + 1) is not None
    )


def _read_bracket(text: str, bracket: Bracket, gaps: Sequence[int]) -> Found | None:
    start, end = bracket.start + 1, bracket.end - 1 if bracket.closed else bracket.end
    if not bracket.closed:
        end = min(end, start + MAX_BRACKET)
        again = _OPEN_LABEL.search(text, start, end)
        end = again.start() if again else end
        label = LABEL.match(text, start, end)
        ending = _ENDS.search(text, start, end)
        end = ending.start() if ending else end
        if label is None or label_role(label["label"]) in (None, "person", "deadline"):
            said = read_statement(text, start, end, None, gaps) if find_predicate_in(text[start:end]) else None
            if said is None or not said.sure or not said.parts or any(part.rule == "list" for part in said.parts):
                return None
    if bracket.closed and (termed := _termed(text, bracket, start, end, gaps)) is not None:
        return termed
    inside = text[start:end]
    if not has_duty_words(inside):
        return _bare(text, bracket, start, end, gaps)
    if ":" not in inside and find_predicate_in(inside) is None and "为" not in inside:
        return _bare(text, bracket, start, end, gaps)
    said = read_statement(text, start, end, None, gaps)
    if not said.parts or not (said.labelled or said.sure):
        return None
    if not said.labelled and all(part.rule == "list" for part in said.parts):
        return None
    return Found(bracket.start, bracket.end if bracket.closed else end, said, "parenthetical", not bracket.closed)


def find_predicate_in(text: str) -> str | None:
    """The first comma unit that ends in a predicate of role; None where there is none.

    >>> find_predicate_in("区甲局、区乙局牵头,各镇配合"), find_predicate_in("见附件")
    ('区甲局、区乙局牵头', None)
    """
    return next((unit for unit in _UNIT.split(text) if find_predicate(unit) is not None), None)


def _bare(text: str, bracket: Bracket, start: int, end: int, gaps: Sequence[int]) -> Found | None:
    """（市经济信息化委） after a finished sentence: bodies and nothing else, all of them by their full form."""
    if not bracket.closed or not bracket.start:
        return None
    if text[bracket.start - 1] not in _SENTENCE_END:
        return None
    if bracket.end < len(text) and text[bracket.end] not in "。;\n" and text[bracket.start - 1] != "。":
        return None
    if not _names_bodies(text, start, end, gaps):
        return None
    return _bodies_alone(text, bracket, gaps)


def _termed(text: str, bracket: Bracket, start: int, end: int, gaps: Sequence[int]) -> Found | None:
    """（县教体局，持续推进）: bodies and a term; a date only after a sentence, as sources are cited with a year."""
    comma = text.rfind(",", start, end)
    term = _TERM.match(text, comma + 1, end) if comma > start else None
    if term is None or (term["date"] and (not bracket.start or text[bracket.start - 1] not in _SENTENCE_END)):
        return None
    said = read_statement(text, start, end, None, gaps)
    alone = bool(said.parts) and said.sure and not said.labelled and said.deadline is not None
    if not alone or not all(part.rule == "list" and all(stands(i.text) for i in part.items) for part in said.parts):
        return None
    return Found(bracket.start, bracket.end, said, "parenthetical", bare=True)


def _names_bodies(text: str, start: int, end: int, gaps: Sequence[int]) -> bool:
    if _ANNOUNCED.match(text, start) or _NO_BODIES.search(text, start, end):
        return False
    items = split_list(text, start, end, gaps).items
    return bool(items) and all(nameable(item.text) and len(item.text) > len("单位") for item in items)


def _bodies_alone(text: str, bracket: Bracket, gaps: Sequence[int]) -> Found | None:
    said = read_statement(text, bracket.start + 1, bracket.end - 1, "responsible", gaps)
    return Found(bracket.start, bracket.end, said, "parenthetical", bare=True) if said.parts and said.sure else None


def _lines(text: str, gaps: Sequence[int], taken: list[tuple[int, int]]) -> Iterator[Found]:
    """责任单位：… outside brackets: to the end of the sentence, with the labels that follow it (R32, R33)."""
    done = -1
    apart = labels_after_gaps(text, 0, len(text), gaps) if gaps else []
    ends = {match.end() for match in apart}
    marked = (match for match in _line_labels(text) if match.end() not in ends)
    for match in sorted((*marked, *apart), key=lambda match: match.start()) if apart else marked:
        before = bisect_right(taken, (match.start("label"), len(text))) - 1
        if match.start() < done or (before >= 0 and match.start("label") < taken[before][1]):
            continue
        if label_role(match["label"]) in (None, "person", "deadline") or not _DUTY_LABEL.search(match["label"]):
            continue
        end = _line_end(text, match.end())
        if end <= match.end() or end - match.end() > MAX_BRACKET:
            continue
        start = match.start("label")
        plain = text[match.end("label") : match.end()] == ":"  # otherwise in marks of its own: 【责任单位】：
        said = read_statement(text, start, end, None, gaps) if plain else _with_role(text, match, end, gaps)
        done = end
        if said.parts and any(part.label for part in said.parts):
            yield Found(start, end, said, "line")


def _line_labels(text: str) -> Iterator[re.Match[str]]:
    """Labels at the beginning of the passage and behind a mark, which is looked for first: it is rare."""
    done = 0
    for start in (0, *(mark.end() for mark in _LINE_START.finditer(text))):
        match = _LINE_LABEL.match(text, start) if start >= done else None
        if match is not None:
            done = match.end()
            yield match


def _spaced_line(text: str, gaps: Sequence[int]) -> Found | None:
    """责任单位 县教体局 县财政局: a line in which spaces stand for the colon and for 、."""
    if gaps[0] > LONGEST_SPACED or label_role(text[: gaps[0]]) is None or "\n" in text or len(text) > MAX_BRACKET:
        return None
    labels: list[tuple[int, int, LabelRole]] = []
    for left, right in pairwise((0, *gaps, len(text))):
        if (kind := label_role(text[left:right])) is not None:
            labels.append((left, right, kind))
    parts: list[Part] = []
    deadline: tuple[int, int] | None = None
    for (left, at, kind), end in zip(labels, (*(row[0] for row in labels[1:]), len(text)), strict=True):
        if kind == "deadline":
            deadline = (at, end) if end > at else None
        elif kind != "person":
            listed = split_list(text, at, end, gaps)
            if not listed.items or not all(stands(item.text) and nameable(item.text) for item in listed.items):
                return None  # the names of columns, or prose
            parts.append(Part(kind, tuple(listed.items), listed.open_ended, "label", text[left:at]))
    return (
        Found(0, len(text), Statement(0, len(text), tuple(parts), deadline, labelled=True), "line") if parts else None
    )


def _with_role(text: str, match: re.Match[str], end: int, gaps: Sequence[int]) -> Statement:
    role = label_role(match["label"])
    if role is None or role == "person" or role == "deadline":
        return Statement(match.start(), end)
    said = read_statement(text, match.end(), end, role, gaps)
    return replace(said, labelled=True, parts=tuple(replace(part, label=match["label"]) for part in said.parts))


def _line_end(text: str, at: int) -> int:
    """Where a labelled line ends: at 。 or the line break that no other label follows."""
    last = min(len(text), at + MAX_BRACKET)
    while (stop := _STOP.search(text, at, last)) is not None:
        following = LABEL.match(text, stop.end()) if stop.group() == "。" else None
        if following is None or label_role(following["label"]) is None:
            return stop.start()
        at = stop.end()
    return last
