"""Logical lines: the spans that a reader would see as lines, also where the file lost its line breaks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from extractor.model import Span
from extractor.text.brackets import find_brackets
from extractor.text.fold import fold

LONG_LINE = 400
"""A printed paragraph seldom has more characters; beyond it, spaces are looked at as lost line breaks."""
HEADLESS = 200
"""A piece without a full stop that is shorter than this can only be heading matter: each space in it is a break.

So is each space before the first punctuation of any other piece: signature, date and title stand before a preamble."""
LOST_TAIL = 12
"""Characters that must follow the last role bracket of a line to be a paragraph of their own (R30, L13)."""

_ORDINAL = (
    r"(?:第[一二三四五六七八九十百千零\d]{1,9}[章条节编]|[一二三四五六七八九十]{1,3}、"
    r"|\([一二三四五六七八九十]{1,3}\)|\d{1,2}\.(?!\d)|附件)"
)
# Patterns begin with one set of characters and look behind from there, so that the search skips what is between them.
# A run of spaces is read once, from its first: neither from each of them nor, when nothing follows, back again.
_BEFORE_ORDINAL = re.compile(rf"[ \t](?<![ \t]{{2}})[ \t]*+(?={_ORDINAL})")
_AFTER_STOP = re.compile(r"[ \t](?<=[。;!?:)\]”》].)[ \t]*")
_BETWEEN = re.compile(
    r"(?<![\d \t])[ \t]+(?![\d \t])|(?<=\d)[ \t]+(?=[^\d \t年月日号期份个号])|(?<=[^\d \t第年月到至])[ \t]+(?=\d)"
)
_STOP = re.compile("[,。;:]")
_CHAPTER_GLUE = re.compile(r"[ \t](?<![ \t]{2})[ \t]++(?=第[一二三四五六七八九十百千零]{1,9}[章条节] ?)")
SHORTEST_BRACKET = 7
"""Characters of the shortest bracket that names who answers: （X局负责）; 责任（配合）单位 is a word."""
_YEAR = r"(?:19|20)\d\d"
_COMPILED_END = re.compile(
    rf"\((?<=[\u4e00-\u9fff》)].) ?{_YEAR} ?年 ?\d{{1,2}} ?月 ?\d{{1,2}} ?日? ?\)(?=[^\s,。;、):.…·》])"
)
_NUMBER_FIRST = re.compile(
    rf"[ \t]*\(?[\u4e00-\u9fff]{{2,12}} ?[\[(] ?{_YEAR} ?[\])] ?\d{{1,5}} ?号\)?(?=[ \t]*[\u4e00-\u9fff《])"
)
_TITLE_FIRST = re.compile(r"[^。;:]{6,120}?的(?:通知|意见|函|决定|通告|公告)(?=[ \t]*各[^。:]{2,}:)")
HEADLINE = 200
"""Characters within which a title with a compiler's date, or a 文号, may have the next line glued to it."""
_GOES_ON = re.compile(r"[ \t]*(?:文件|文|精神|要求|规定|印发|和|及|等|通知|》)")
_ROLE = re.compile(
    r"(?:责任|牵头|配合|负责|落实|主办|协办)(?:单位|部门|主体|领导|处室|科室)?[:]|(?:牵头|负责|配合|落实)\)$|牵头[,;]"
)


def split_lines(text: str, span: Span) -> tuple[Span, ...]:
    r"""Split ``text[span]`` into spans that tile it, each with its line end.

    >>> split_lines("一、总则\n二、附则", (0, 9))
    ((0, 5), (5, 9))

    Where the file lost its line breaks, spaces are taken for them (S12, L13):

    >>> [part[1] for part in split_lines("第一章　总则　　第一条　为规范管理。", (0, 18))]
    [8, 18]
    """
    return tuple(split_folded(fold(text[slice(*span)]), span[0]))


def split_folded(folded: str, offset: int = 0) -> list[Span]:
    """Split folded text into logical lines; ``offset`` is added to each position."""
    spans: list[Span] = []
    at = 0
    size = len(folded)
    while at < size:
        end = folded.find("\n", at)
        end = size if end < 0 else end + 1
        cuts = _cuts(folded, at, end) if end - at > LOST_TAIL else ()
        for cut in cuts:
            spans.append((at + offset, cut + offset))
            at = cut
        spans.append((at + offset, end + offset))
        at = end
    return spans


def _cuts(folded: str, start: int, end: int) -> list[int]:
    """Positions inside a physical line at which a new logical line begins."""
    line = folded[start:end]
    body = line.rstrip()
    cuts = _lost_breaks(line) if end - start > LONG_LINE and " " in line else set()
    if " 第" in line or "\t第" in line:
        first = len(line) - len(line.lstrip())
        cuts.update(m.end() for m in _CHAPTER_GLUE.finditer(line) if m.start() > first)
    if "号" in line or ")" in line or body.endswith(":"):
        cuts.update(_after_head(line))
    tail = _after_role_bracket(body) if body.endswith("。") else None
    if tail is not None:
        cuts.add(tail)
    return [start + cut for cut in sorted(cuts) if 0 < cut < len(body)] if cuts else []


def _after_head(line: str) -> Iterator[int]:
    """Ends of a title with a compiler's date and of a 文号 that have the next line glued to them (S32)."""
    at = 0
    title = _COMPILED_END.search(line, 0, HEADLINE) if ")" in line else None
    if title is not None and "。" not in line[: title.start()]:
        at = title.end()
        yield at
    notice = _TITLE_FIRST.match(line) if line.rstrip().endswith(":") else None
    if notice is not None and len(line) <= HEADLINE:
        at = notice.end()
        yield at
    number = _NUMBER_FIRST.match(line, at) if "号" in line else None
    if number is not None and not _GOES_ON.match(line, number.end()):
        yield number.end()


def _lost_breaks(line: str) -> set[int]:
    """Spaces of a long line that stand for line breaks: after a stop, before an ordinal, in heading matter."""
    cuts = {m.end() for pattern in (_AFTER_STOP, _BEFORE_ORDINAL) for m in pattern.finditer(line)}
    if len(cuts) < 2:  # a long paragraph with a stray space, not a file without line breaks
        return set()
    edges = sorted({0, *cuts, len(line)})
    for left, right in itertools.pairwise(edges):
        piece = line[left:right]
        stop = _STOP.search(piece)
        head = len(piece) if stop is None or (len(piece) <= HEADLESS and "。" not in piece) else stop.start()
        if " " in piece[:head].strip():
            last = len(piece.rstrip())
            cuts.update(left + m.end() for m in _BETWEEN.finditer(piece, 0, head) if m.end() < last)
    return cuts


def _after_role_bracket(body: str) -> int | None:
    """Where a sentence begins that is glued to the last role bracket of a line (R30); None if there is none.

    Several brackets in one paragraph each close the sentences before them (R31), so only the text after the last one
    can be a paragraph of its own, and only if it is a whole sentence.
    """
    last = max(body.rfind(mark, 0, len(body) - LOST_TAIL) for mark in ")]}")
    if last < 0 or not _ROLE.search(body, max(0, last - 400), last + 1):
        return None
    found = [
        b
        for b in find_brackets(body)
        if b.depth == 0 and b.closed and b.end - b.start >= SHORTEST_BRACKET and _ROLE.search(body, b.start, b.end)
    ]
    if not found or found[-1].end >= len(body) - LOST_TAIL or body[found[-1].end] in "。,;、:":
        return None
    return found[-1].end
