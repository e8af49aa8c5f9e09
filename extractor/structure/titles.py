"""Where a title begins and ends in a run of heading lines (L09, L10, L37, S07, S46, S47)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractor.structure import marks, names
from extractor.structure.survey import Line

LONGEST_TITLE_LINES = 8
"""Lines over which a title is broken at most; joint notices name three or four bodies before 关于."""
LONGEST_CELL = 6
"""Characters of the longest line below a whole title that is taken for the header of a table: 重点任务."""
LONGEST_VERSION = 24
"""Characters of the longest bracket that names a version; a longer one tells who passed the text and when."""
SAME = 90.0
"""Likeness (0–100) from which two titles are one: widths of dashes and a lost 的 may differ, a year may not."""

_LAST_WORDS = frozenset(
    {
        "方案",
        "办法",
        "细则",
        "规定",
        "通知",
        "意见",
        "计划",
        "规划",
        "条例",
        "函",
        "决定",
        "名单",
        "清单",
        "要点",
        "政策",
        "预案",
    }
)
"""Genres that stand alone on the last line of a broken title: …规划》 / 实施方案."""
_ABOUT = re.compile(r"关于|印发|转发|发布|公布|批转|下发|征求|表彰|同意|做好|开展|成立|调整|授予|废止")
_BEGINS_BARE = re.compile(r"^(?:关于|印发|转发|发布|公布|批转)")
_STATUTORY_END = re.compile(r"的(?:通知+|决定|函|意见|批复|公告|通告|通报|报告|请示|复函|议案|命令|令|说明)$")
_SHARED_END = re.compile(r"(?:关于|印发|转发|和|及|与|的|、|《|等|人民政府|办公[室厅]|局|委员会)$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a run of heading lines: lines ``first`` to ``last`` (inclusive indexes of lines)."""

    first: int
    last: int
    tight: str
    genre: str | None
    repeats: tuple[int, int] | None = None
    """First and last line of the same title printed before it (page title, L37)."""
    compiled: bool = False
    """A compiler numbered it or added a date."""

    @property
    def begin(self) -> int:
        """The first line that belongs to the title or to its repetition."""
        return self.first if self.repeats is None else self.repeats[0]


def joined(lines: Sequence[Line], first: int, last: int) -> str:
    """The tight title on some lines, without a compiler's number and date.

    >>> from extractor.structure.survey import survey
    >>> joined(survey("10.关于印发《防汛\\n方案》的通知（2023年2月3日）").lines, 0, 1)
    '关于印发《防汛方案》的通知'
    """
    pieces = [lines[i].tight for i in range(first, last + 1)]
    label = lines[first].label
    if lines[first].numbered and label is not None:
        pieces[0] = lines[first].folded[label.end :].replace(" ", "")
    tight = "".join(pieces)
    date = marks.compiled_date(tight)
    return tight[: date[0]] if date else tight


def alike(one: str, other: str) -> bool:
    """Whether two tight titles are the same but for widths, a lost 的 or an issuer left out.

    >>> alike("关于防汛工作的若干措施", "关于防汛工作若干措施"), alike("2023年工作要点", "2024年工作要点")
    (True, False)
    """
    if one == other:
        return True
    if abs(len(one) - len(other)) > max(4, len(one) // 8):
        return False
    if fuzz.ratio(one, other, score_cutoff=SAME) < SAME:
        return False
    return re.findall(r"\d+", one) == re.findall(r"\d+", other)


def find_title(lines: Sequence[Line], first: int, last: int, known: Sequence[str], dense: bool) -> Title | None:
    """The title at the end of the run of heading lines ``first`` to ``last``; None where the run holds none.

    ``known`` are tight titles that the contents or the text before have announced: they decide where a broken title
    begins. Without them a title ending in a 文种 goes back to its 关于, any other takes the lines that stand with it.
    """
    announced = _announced(lines, first, last, known) if len(known) else None
    if announced is not None:
        return announced
    end = _last_line(lines, first, last)
    stop = max(first, end - LONGEST_TITLE_LINES + 1)
    numbered = [i for i in range(stop, end + 1) if lines[i].numbered]
    if numbered:
        return _made(lines, numbered[-1], end, compiled=True)
    top = _with_what_stands_together(lines, stop, end, dense)
    repeated = _repeated(lines, top, end)
    if repeated is not None:
        begin, middle = repeated
        return _made(lines, middle, end, repeats=(begin, middle - 1))
    for i in range(end, stop - 1, -1):
        tight = joined(lines, i, end)
        if any(alike(tight, name) for name in known):
            return _made(lines, i, end)
    begin = _begin(lines, top, stop, end)
    while begin > stop and _closes_more(joined(lines, begin, end)):  # the line breaks inside a bracket or inside 《》
        begin -= 1
    return _made(lines, begin, end)


def _announced(lines: Sequence[Line], first: int, last: int, known: Sequence[str]) -> Title | None:
    """The longest stretch of the run that is a known title to the letter, on two lines or more."""
    names = set(known)
    for size in range(min(last - first + 1, LONGEST_TITLE_LINES), 1, -1):
        for i in range(first, last - size + 2):
            if not any(line.numbered for line in lines[i + 1 : i + size]) and joined(lines, i, i + size - 1) in names:
                return _made(lines, i, i + size - 1)
    return None


def _made(
    lines: Sequence[Line], first: int, last: int, repeats: tuple[int, int] | None = None, compiled: bool = False
) -> Title:
    raw = "".join(line.tight for line in lines[first : last + 1])
    tight = joined(lines, first, last)
    return Title(first, last, tight, marks.genre_of(tight), repeats, compiled or tight != raw)


def _closes_more(tight: str) -> bool:
    """Whether a title closes a mark that it does not open."""
    return any(tight.count(closer) > tight.count(opener) for opener, closer in ("()", "《》", "“”"))


def _last_line(lines: Sequence[Line], first: int, last: int) -> int:
    """The last line of the title: the last one that ends in a genre, with a bracket of its version on the next line."""
    for i in range(last, max(first - 1, last - LONGEST_TITLE_LINES), -1):
        bracket = i > first and _is_version(lines[i].tight)
        bracket = bracket or (i > first and _is_bracket(lines[i].tight))
        cell = i > first and len(lines[i].tight) <= LONGEST_CELL and lines[i - 1].genre is not None
        if bracket or (cell and lines[i].genre not in _LAST_WORDS):  # the header of a table below a whole title
            continue
        if lines[i].genre or (i > first and marks.genre_of(joined(lines, i - 1, i))):
            while i < last and _is_version(lines[i + 1].tight):
                i += 1
            return i
    return last


def _is_version(tight: str) -> bool:
    """Whether a line is only the bracketed version of a title, or a compiler's date: (征求意见稿) (S47)."""
    if not _is_bracket(tight):
        return False
    if marks.compiled_date("title" + tight) is not None:
        return True
    return len(tight) <= LONGEST_VERSION and not re.search(r"通过|发布|施行|公布|号|日", tight)


def _is_bracket(tight: str) -> bool:
    return tight.startswith("(") and marks.strip_versions("x" + tight) == "x"


def _with_what_stands_together(lines: Sequence[Line], stop: int, end: int, dense: bool) -> int:
    """The first line above the title's last one with no blank line between, where blank lines say something."""
    i = end
    while i > stop and (dense or not lines[i].blank_before):
        i -= 1
    return i


def _repeated(lines: Sequence[Line], first: int, end: int) -> tuple[int, int] | None:
    """Where a title is printed twice in a row: the first line of each; None where it is printed once (L10, L37)."""
    for middle in range(end, first, -1):
        lower = joined(lines, middle, end)
        if len(lower) < 6:
            continue
        for begin in range(middle - 1, first - 1, -1):
            if alike(joined(lines, begin, middle - 1), lower):
                return begin, middle
    return None


def _begin(lines: Sequence[Line], top: int, stop: int, end: int) -> int:
    tight = joined(lines, end, end)
    if marks.is_order_title(tight):
        return end
    if _STATUTORY_END.search(marks.strip_versions(joined(lines, max(end - 1, stop), end))):
        i = end
        while i > stop and not _ABOUT.search(joined(lines, i, end)):
            i -= 1
        while i > stop and _goes_on(lines[i - 1].tight, lines[i].tight):
            i -= 1
        return i if _ABOUT.search(joined(lines, i, end)) else end
    if end - top >= 4:  # a title seldom has five lines; names or cells stand above it
        i = end
        while i > top and len(joined(lines, i, end)) < 12:
            i -= 1
        return i
    return top


def _goes_on(above: str, below: str) -> bool:
    """Whether a title goes on from the line above: the issuer stands there, or the line stops in the middle."""
    if _BEGINS_BARE.match(below) and (names.is_signer(above) or above.endswith(("关于", "印发", "转发"))):
        return True
    return _ABOUT.search(above) is not None and marks.genre_of(above) is None and _SHARED_END.search(above) is not None
