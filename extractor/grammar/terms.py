"""Terms beside what they are due for: 完成时限：6月底 in a bracket or on a line, X负责，9月底前完成 (R33, N60)."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from extractor.grammar.dates import DateMention, may_date, read_deadline
from extractor.grammar.duties import has_duty_words
from extractor.grammar.roles import other_time

_TERM = re.compile(
    r"(?=[完办整推时期负牵配落实,;])"  # what any of them begins with
    r"(?:(?:完成|办结|整改|推进)?(?:时限|期限|时间节点|完成时间|时间要求)(?:要求)?\]?:"
    r"|(?:负责|牵头|配合|落实|实施|完成单位)[,;](?=(?:20\d\d年)?\d{1,2}月|20\d\d年|年底|全年)"
    r"|[,;](?=(?:20\d\d年)?(?:\d{1,2}月|年)[^,;()\[\]]{0,6}前(?:全部|基本)?完成[)\]]))"
)
_HINT = re.compile("时限|期限|时间|责[,;]|头[,;]|合[,;]|实[,;]|施[,;]|位[,;]|完成[)\\]]")
"""What every term holds; quick to look for, as its pattern is not."""
_FINISHED = re.compile("完成|办结|整改|落实|建成")
_BRACKETS = re.compile(r"[()\[\]]")
_STOP = re.compile(r"[)\];。\n]")
_REACH = 24
"""Characters after 完成时限： in which its date stands."""
_NAMED = 2
"""Characters before 时限： that say whose it is (受理时限)."""
_ALONE = 2
"""A term that begins so early is a line of its own."""


class Term(Struct, frozen=True, gc=False):
    """A date that holds for what stands before it; offsets into the passage."""

    begin: int
    """What it holds for begins here, behind the term before it …"""
    edge: int
    """… and ends here: at the bracket that the term stands in, or at the term."""
    start: int
    date: DateMention
    alone: bool
    """It is a line of its own and holds for its clause."""
    finished: bool
    """It says that something is finished by then (9月底前完成)."""
    answered: bool
    """Bodies that answer stand with it, so that it is their deadline."""


def find_terms(text: str, year: int | None) -> tuple[Term, ...]:
    """The terms of a folded passage in order.

    >>> [(term.date.date, term.finished) for term in find_terms("修桥。(区甲局负责,2031年9月底前完成)", 2031)]
    [('2031-09', True)]
    >>> find_terms("修桥。受理时限:2031年9月底", 2031)
    ()
    """
    if not may_date(text) or _HINT.search(text) is None:
        return ()
    found: list[Term] = []
    begin = 0
    for match in _TERM.finditer(text):
        stop = _STOP.search(text, match.end(), match.end() + _REACH)
        stated = text[match.end() : stop.start() if stop else match.end() + _REACH]
        mention = read_deadline(stated, year)
        label = text[max(0, match.start() - _NAMED) : match.end()].rstrip(":]").removesuffix("要求")
        if mention is None or other_time(label):
            continue
        bracket = _enclosing(text, begin, match.start())
        found.append(
            Term(
                begin=begin,
                edge=match.start() if bracket is None else bracket,
                start=match.start(),
                date=replace(mention, start=mention.start + match.end(), end=mention.end + match.end()),
                alone=match.start() <= _ALONE,
                finished=_FINISHED.match(stated, mention.end) is not None,
                answered=has_duty_words(text[begin if bracket is None else bracket : match.start()]),
            )
        )
        begin = match.end()
    return tuple(found)


def last_sentence(text: str, begin: int, end: int) -> tuple[int, int]:
    """Where the last sentence of ``text[begin:end]`` stands, without its mark.

    >>> last_sentence("修桥。通水。", 0, 6)
    (3, 5)
    """
    end = begin + len(text[begin:end].rstrip("。;,、\n"))
    return max(begin - 1, *(text.rfind(mark, begin, end) for mark in "。;\n")) + 1, end


def _enclosing(text: str, begin: int, at: int) -> int | None:
    """Where the innermost bracket opens in which a place stands; None outside any."""
    depth = 0
    for mark in reversed(list(_BRACKETS.finditer(text, begin, at))):
        depth += 1 if mark[0] in ")]" else -1
        if depth < 0:
            return mark.start()
    return None
