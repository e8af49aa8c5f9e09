"""What each logical line is by itself: the first look at a text, before anything is decided."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

from extractor.structure import marks, names
from extractor.structure.flat_tables import may_be_flat, read_flat, serial_names
from extractor.structure.lines import split_folded
from extractor.text.fold import View, fold
from extractor.text.labels import Label, label_at

LONGEST_HEAD = 150
"""Characters of the longest line that is looked at as a piece of a title; printed titles break after 20–40."""
DENSE_BLANKS = 0.5
"""Share of lines followed by a blank line beyond which blank lines say nothing (PDF text with one after each line)."""
LINES_OF_NUMBERED = 4
"""Lines of a title that a compiler numbered."""
WINDOW = 10
"""Lines before and behind in which blank lines are counted; an issue may join texts of both kinds."""

LineKind = Literal[
    "head", "text", "label", "number", "date", "marker", "attached", "note", "contact", "addressees", "table", "chrome"
]

_STOP = re.compile("[。;!?|@]")
_NOT_HEAD = re.compile(r"https?:|^[)\],、:]|:.{12,}|^.{1,6}:|……|\.{4,}")
_STOPS_IN_TITLE = re.compile(r"^[^,]{0,40}(?:关于|转发|印发|人民政府|办公[厅室]|委员会)[^,]*、$")
_CHROME_BEGINS = frozenset("索主发成生公信来浏字效有标名文组时原【[您当现所的位|_=*~.#—─━P第印-0123456789")
_CHROME = re.compile(
    r"(?:(?:索引号|索取号|主题分类|发文机关|发布机构|成文日期|发布日期|发布时间|生成日期|公开日期|公开范围|公开方式|信息来源|信息提供日期|来源|浏览次数|浏览量|字体|字号|字体大小|效力状况|有效性|"
    r"标题|名称|文号|发文字号|主题词|组配分类|时效性|原文链接|【法宝引证码】|\[法宝引证码\]|\[内容纠错\]|信息分类)(?:[::].*|\[.*)?"
    r"|\[(?:主题分类|发文机构|实施日期|成文日期|发文字号|废止日期|发布日期|有效性|内容纠错)\].*|您?(?:当前|现在)?(?:所在)?的?位置:.*"
    r"|[|_=*~.\-—─━]{1,40}|(?:成文|发布|生成|公开|印发|发文)(?:日期|时间):?(?:19|20)\d\d.{0,14}|\[?(?:发文字号|发文文号|文号)\]?.{0,30}号|#*Page\d+:?|第?\d+页)"
)
_SITE = re.compile(  # the title of the web page with the name of the site (L38), a trail of links (L33)
    r".{6,}[-_|—].{0,24}(?:网|网站|平台|门户)|(?:.{0,12}[>»]){2,}.{0,20}|(?:首页)?[>»].{0,30}"
)
_SITE_ENDS = ("网", "站", "台", "户")
_CONTENTS_HEADING = frozenset({"目录", "目次"})
_GLUED = re.compile(r"[^。;:《]{2,300}:")
_ABOUT = re.compile("关于|印发|转发")


class Line(Struct, gc=False):
    """A logical line that is not blank."""

    index: int
    """Place among the lines that are not blank."""
    start: int
    end: int
    """End without the blank lines that follow; ``text[start:end]`` holds the line and its line end."""
    folded: str
    """Folded, without the spaces around."""
    kind: LineKind
    label: Label | None = None
    tight: str = ""
    """Folded without any space; empty for long lines."""
    blank_before: bool = False
    genre: str | None = None
    numbered: bool = False
    """A compiler's line number stands before what may be a title: 10.某市…"""
    colon: int = 0
    """For addressees: length of the folded line up to the colon and with it."""


_PREAMBLE = re.compile(r"(?:为了?|根据|按照|依据)[^,《]{2,40},")
"""How a preamble begins whose first printed line may end in a cited title: 为修复岸线,根据《…条例》."""


@dataclass(slots=True)
class Survey:
    """All lines of a text that are not blank, with what is known of the whole."""

    text: str
    folded: str
    lines: list[Line] = field(default_factory=list)

    def dense(self, i: int) -> bool:
        """Whether blank lines stand nearly everywhere around line ``i``, so that they say nothing."""
        around = self.lines[max(0, i - WINDOW) : i + WINDOW]
        return sum(line.blank_before for line in around) > DENSE_BLANKS * len(around)

    def tight(self, start: int, end: int) -> str:
        """Folded text of a range without spaces."""
        return _unspaced(self.folded[start:end])


def survey(text: str) -> Survey:
    """Look at every logical line of a text.

    >>> [(line.kind, line.genre) for line in survey("关于防汛的通知\\n青府办〔2024〕3号\\n各镇：\\n一、总则").lines]
    [('head', '通知'), ('number', None), ('addressees', None), ('label', None)]
    """
    folded = fold(text)
    found = Survey(text, folded)
    blank = False
    for start, end in split_folded(folded):
        raw = folded[start:end]
        stripped = raw.strip()
        if not stripped:
            blank = True
            continue
        line = _look(len(found.lines), start, end, stripped)
        line.blank_before = blank
        blank = False
        found.lines.append(line)
    _mark_flat_tables(found)
    _split_after_marker(found)
    _join_addressees(found.lines)
    _join_numbered(found.lines)
    return found


def _mark_flat_tables(found: Survey) -> None:
    """Cells of a table that stand one a line are no titles, signers or dates (R38)."""
    if not may_be_flat(found.folded):
        return
    texts = [line.folded for line in found.lines]
    last = -1
    for first, text in enumerate(texts):
        for flat in read_flat(texts, first) if first > last and text in serial_names() else ():
            last = flat.last
            for line in found.lines[flat.first : last + 1]:
                line.kind = "table"


def _unspaced(folded: str) -> str:
    return folded.replace(" ", "").replace("\t", "").replace("\n", "")


def _look(index: int, start: int, end: int, stripped: str) -> Line:
    label = label_at(stripped)
    line = Line(index, start, end, stripped, "text", label)
    if "\t" in stripped:
        line.tight = _unspaced(stripped)[:LONGEST_HEAD]
        line.kind = "note" if line.tight.endswith("印发") and marks.is_note(line.tight) else "table"
        return line
    if len(stripped) > 2 * LONGEST_HEAD:
        line.kind = "label" if label else "text"
        _look_for_addressees(line)
        return line
    tight = line.tight = _unspaced(stripped).replace("**", "").lstrip("#•·")
    if tight in _CONTENTS_HEADING:
        line.kind = "chrome"
    elif marks.read_number(tight):
        line.kind = "number"
    elif (attached := tight.startswith("附")) and marks.attachment_marker(tight) is not None:
        line.kind = "marker"
    elif marks.is_note(tight):
        line.kind = "note"
    elif marks.read_date(tight):
        line.kind = "date"
    elif (
        (tight[:1] in _CHROME_BEGINS and _CHROME.fullmatch(tight))
        or (_may_be_site(tight) and _SITE.fullmatch(tight))
        or marks.is_emblem(tight)
    ):
        line.kind = "chrome"
    elif ":" in tight and marks.is_contact(tight):
        line.kind = "contact"
    elif attached and marks.attached_list(tight) is not None and "。" not in tight:
        line.kind = "attached"
    else:
        _look_for_head(line)
    return line


def _may_be_site(tight: str) -> bool:
    return tight.endswith(_SITE_ENDS) or ">" in tight or "»" in tight


def _look_for_head(line: Line) -> None:
    tight, label = line.tight, line.label
    line.kind = "label" if label else "text"
    bare = tight
    if label is not None:
        rest = _unspaced(line.folded[label.end :])
        if label.style != "1" or (rest and not _compiled(rest)):
            _look_for_addressees(line)
            return
        line.numbered = True
        bare = rest
        if not rest:
            line.kind = "head"
            return
    if _look_for_addressees(line):
        return
    if ":" in tight[:4] and names.is_person(tight):
        line.kind = "head"
        return
    open_end = bare.endswith((",", "、", ":")) and not (bare.endswith("、") and _STOPS_IN_TITLE.search(bare))
    if len(tight) <= LONGEST_HEAD and not open_end and not _no_head(bare) and not _PREAMBLE.match(bare):
        line.kind = "head"
        line.genre = marks.genre_of(bare[: c[0]] if (c := marks.compiled_date(bare)) else bare)
    elif line.numbered:
        line.numbered = False


def _no_head(tight: str) -> bool:
    """Whether a line holds what no piece of a title does; a stop, which most lines of text have, is seen first."""
    return _STOP.search(tight) is not None or _NOT_HEAD.search(tight) is not None


def _compiled(rest: str) -> bool:
    """Whether what follows a line number can be a title that a compiler numbered."""
    return len(rest) >= 8 and (
        "关于" in rest or "印发" in rest or marks.compiled_date(rest) is not None or marks.genre_of(rest) is not None
    )


def _look_for_addressees(line: Line) -> bool:
    if line.label is not None and line.label.style != "1":
        return False
    match = _GLUED.match(line.folded)
    if match is None:
        return False
    before = _unspaced(match.group()[:-1]).lstrip("•·")
    rest = line.folded[match.end() :].strip()
    if (
        names.are_addressees(before)
        and (not rest or "各" in before or "有关" in before)
        and not (rest and len(rest) < 12)
    ):
        line.kind = "addressees"
        line.colon = match.end()
        return True
    return False


def _split_after_marker(found: Survey) -> None:
    """Cut the title of an attachment from the text that is glued to it, by the name under which it was announced."""
    lines = found.lines
    names_announced = [rest for line in lines if line.kind == "attached" and (rest := marks.attached_list(line.tight))]
    if not names_announced:
        return
    for i in range(len(lines) - 1, 0, -1):
        if lines[i - 1].kind != "marker" or lines[i].kind != "text":
            continue
        line = lines[i]
        view = View.of(found.text, line.start, line.end)
        for name in names_announced:
            bare = re.sub(r"^\d{1,2}[.、]", "", name).strip("《》")
            if view.text.startswith(bare) and len(view.text.rstrip()) > len(bare) + 8:
                cut = view.at(len(bare))
                tail = _look(0, cut, line.end, found.folded[cut : line.end].strip())
                lines[i : i + 1] = [_look(0, line.start, cut, found.folded[line.start : cut].strip()), tail]
                break
    for i, line in enumerate(lines):
        line.index = i


def _join_addressees(lines: Sequence[Line]) -> None:
    """Take the first lines of broken addressees to the last one, which has the colon."""
    for i, line in enumerate(lines):
        if line.kind != "addressees":
            continue
        j = i - 1
        while j >= max(0, i - 3) and lines[j].kind in ("head", "text") and lines[j].label is None:
            above = lines[j].tight
            if not above or "。" in above or not (above.endswith((",", "、")) or above.startswith("各")):
                break
            lines[j].kind = "addressees"
            lines[j].colon = 0
            j -= 1


def goes_on(lines: Sequence[Line], i: int) -> Sequence[Line]:
    """Line ``i`` and the heading lines without a number below it, on which it may go on: a title has a few lines."""
    last = i + 1
    if lines[i].genre and last < len(lines) and _ABOUT.search(lines[last].tight):  # the next title
        return lines[i:last]
    while last < min(len(lines), i + LINES_OF_NUMBERED) and lines[last].kind == "head" and not lines[last].numbered:
        last += 1
    return lines[i:last]


def _join_numbered(lines: Sequence[Line]) -> None:
    """Take a line that a compiler numbered for the first line of a title where the next lines go on with one."""
    for i, line in enumerate(lines[:-1]):
        label = line.label
        if line.kind != "label" or label is None or label.style != "1" or not 8 <= len(line.tight) <= LONGEST_HEAD:
            continue
        if _no_head(line.tight) or line.tight.endswith((",", "、", ":")):
            continue
        below = goes_on(lines, i)[1:]
        if not below:
            continue
        dated = any(marks.compiled_date(each.tight) for each in below)
        if dated or (_ABOUT.match(below[0].tight) and any(each.genre for each in below)):
            line.kind = "head"
            line.numbered = True
