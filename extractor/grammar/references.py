"""Other documents that a text names: 《…》 with 文号 and the way it is cited (S61–S66)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from extractor import lexicon
from extractor.grammar.doc_numbers import DocNumberMention, find_doc_numbers

_MARK = re.compile(r"[《》\n]")
_TAIL = re.compile(r"(?:\([^()]{1,24}\)|V\d[\d.]*|-\d{4}|\d{4}年?版?)+$")
_NUMBER_IN_BRACKET = re.compile(r"\(([^()\n]{0,30}号)")
_ALIAS = re.compile(r"(?:以下|下)(?:统)?(?:简称|称)[:为]?$")
_HANDED_ON = re.compile(r"(?:\([^()]*\))?[^《》。;\n]{0,30}?(印发|转发)(?:你们|给)")
_JOINT = re.compile(r"(?:\([^()]*\))?[、和及与,]?(?:原)?")
"""What stands between the titles of a list."""
_SAID_AFTER = ("repeals", "extends")
_SAID = re.compile(r"\)?(?:等\w{0,12}?(?=同时|予以|自|废止|停止|继续|有效期))?")
"""What stands between a title and what is said of it: …等12个文件同时废止."""
_BEFORE = 8
"""Characters before 《 in which the citing verb is looked for; the verb stands next to the mark or two words away."""
_LONGEST = 120
"""A title longer than this is a 《 that was never closed (L22)."""


@dataclass(frozen=True, slots=True)
class ReferenceMention:
    """A cited title in folded text: ``view[start:end]`` from 《 to the end of its 文号."""

    start: int
    end: int
    title_start: int
    title_end: int
    relation: str
    number: DocNumberMention | None
    alias: bool = False
    """The mention only defines a short name: (以下简称《方案》)."""


@dataclass(frozen=True, slots=True)
class LostMark:
    """A 《 that is never closed: ``view[start:end]`` is the mark and what follows it."""

    start: int
    end: int


def find_references(view: str) -> tuple[tuple[ReferenceMention, ...], tuple[LostMark, ...]]:
    """All cited titles of folded text without spaces, and the 《 that were never closed.

    >>> mentions, lost = find_references("根据《云溪市物业管理条例》和《关于做好防汛工作的通知》(云政发[2022]7号)制定")
    >>> [(m.relation, m.number.serial if m.number else None) for m in mentions], lost
    ([('based-on', None), ('based-on', 7)], ())
    """
    mentions: list[ReferenceMention] = []
    lost: list[LostMark] = []
    depth = 0
    start = -1
    for mark in _MARK.finditer(view):
        if mark.group() == "《":
            if depth and mark.start() - start > _LONGEST:
                lost.append(LostMark(start, start + 12))
                depth = 0
            if not depth:
                start = mark.start()
            depth += 1
        elif mark.group() == "》" and depth:
            depth -= 1
            if not depth and mark.end() - start <= _LONGEST + 2:
                mentions.append(_mention(view, start, mark.end(), mentions[-1] if mentions else None))
        elif mark.group() == "\n" and depth:
            lost.append(LostMark(start, min(start + 12, mark.start())))
            depth = 0
    if depth:
        lost.append(LostMark(start, min(start + 12, len(view))))
    return _shared(mentions, view), tuple(lost)


def _shared(mentions: list[ReferenceMention], view: str) -> tuple[ReferenceMention, ...]:
    """Give what is said after a list of titles (…同时废止, S72) to all of them."""
    for i in range(len(mentions) - 1, 0, -1):
        one, after = mentions[i - 1], mentions[i]
        if after.relation in _SAID_AFTER and one.relation != after.relation and _is_joined(one, after, view):
            mentions[i - 1] = replace(one, relation=after.relation)
    return tuple(mentions)


def _is_joined(one: ReferenceMention, after: ReferenceMention, view: str) -> bool:
    return bool(_JOINT.fullmatch(view[one.end : after.start].lstrip(")")))


def is_instrument(title: str) -> bool:
    """Whether a title inside 《》 is that of a document or a law and not of a newspaper, a form or a certificate.

    >>> [is_instrument(title) for title in ("物业管理条例", "云溪日报", "任务分解表", "申请表")]
    [True, False, True, False]
    """
    bare = _TAIL.sub("", title.rstrip("\"”’'"))
    instruments, others = _endings()
    return bare.endswith(instruments) or not bare.endswith(others)


def _mention(view: str, start: int, end: int, previous: ReferenceMention | None) -> ReferenceMention:
    number = None
    bracket = _NUMBER_IN_BRACKET.match(view, end)
    stop = end
    if bracket is not None:
        inside = find_doc_numbers(view[end : bracket.end()])
        if len(inside) == 1:
            m = inside[0]
            number = DocNumberMention(m.start + end, m.end + end, m.code, m.year, m.serial, m.brackets_lost)
            stop = number.end
    relation = _relation(view[max(0, start - _BEFORE) : start], view[stop : stop + 48])
    alias = bool(_ALIAS.search(view[max(0, start - 6) : start]))
    mention = ReferenceMention(start, stop, start + 1, end - 1, relation, number, alias)
    if relation == "cites" and previous is not None and _is_joined(previous, mention, view):
        return replace(mention, relation=previous.relation)  # one verb for a list of titles
    return mention


def _relation(before: str, after: str) -> str:
    relations: dict[str, list[str]] = lexicon.load("references")["relations"]
    said = _SAID.match(after)
    rest = after[said.end() :] if said else ""
    for relation in _SAID_AFTER:
        if any(word in rest[: _BEFORE + 4] for word in relations[relation]):
            return relation
    handed_on = _HANDED_ON.match(after)
    if handed_on is not None:  # 现将《…》印发给你们, 《…》已经区政府同意,现转发给你们 (S44)
        return "forwards" if "转" in handed_on[1] else "issues"
    best, at = "cites", -1
    for relation, words in relations.items():
        for word in words:
            found = before.rfind(word)
            if found > at and (relation not in {"issues", "forwards", "amends"} or before.endswith(word)):
                best, at = relation, found
    return best


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = lexicon.load("references")
    return tuple(words["instrument_endings"]), tuple(words["other_endings"])
