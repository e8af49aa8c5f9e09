"""Where documents begin: evidence over the whole file is weighed, and no line is dropped (S44, L55, S49–S52).

A heading alone proves little, since clauses have headings too. What proves a document is the company it keeps: 文号,
主送, a signature with a date above it, 附件, an entry of the contents, the 《》 that a notice announced, a numbering
that begins again. Each has a weight; a run of heading lines that gathers enough begins a document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.structure import marks, names, numbering
from extractor.structure.survey import Line, Survey, goes_on
from extractor.structure.titles import Title, alike, find_title

ENOUGH = 6
"""Weight from which a place begins a document: one strong mark and one weak one, or several weak ones."""
WEIGHTS = {
    "number": 4,  # 文号 directly above or below the title
    "addressees": 4,  # 主送 directly below
    "marker": 5,  # 附件 directly above
    "contents": 5,  # the title stands in the contents
    "announced": 4,  # the title stands in 《》 or after 附件： before
    "closure": 3,  # signature with date, or a 附注, directly above
    "top": 3,  # first line of the text or of a section
    "news": 4,  # a heading line with a paragraph, in a section of news
    "genre": 2,  # the title ends in a genre
    "about": 1,  # 关于…的
    "compiled": 2,  # a compiler's number or bracketed date
    "sentence": 1,  # the line above is a closed sentence
    "first-label": 2,  # 一、, 第一章 or 第一条 comes next: the numbering begins again
    "preamble": 1,  # a paragraph comes next
    "restart": 3,  # a preamble, or a first chapter, after a numbering that had gone further
    "continues": -5,  # the numbering goes on across the place
    "generic": -3,  # a heading that every plan has
}
LONGEST_LIST = 30
"""Attachments of one notice at most."""
NEAR_ENTRIES = 200
"""Entries of the contents before and after the last document found with which a title is compared letter by letter.

An issue lists fewer; a file of many issues would compare each of its titles with each of its entries."""
NUMBERED_BEFORE = 6
"""Documents before, one of which has a compiler's number where the next one has: single texts may stand between."""
LONGEST_REMARK = 300
"""Characters of the longest remark of the editors between contents and first document."""
SHORTEST_TITLE = 6

_GENERIC = re.compile(
    r"^(?:主要|具体|工作|保障|组织|重点|支持|政策|其他|实施|目标|基本|有关|相关)*(?:措施|任务|要求|目标|标准|要点|办法|规划|事项|机制|体系|流程|制度|说明|计划|规定|方法|内容|建议)$"
)
_CLOSED = ("。", "!", "?", ";", ")", "）", "…")
_ANNOUNCED = re.compile(r"《((?:[^《》\n]|[《<][^《》\n]*[》>]){4,100})》")
_ISSUES = re.compile(r"(?:印发|转发|发布|公布|批转|下发)(?:《)?(.{6,90}?)(?:》)?的通知+$")


@dataclass(frozen=True, slots=True)
class Start:
    """A place where a document begins."""

    at: int
    """Index of its first line."""
    title: Title | None
    evidence: frozenset[str]
    section: str | None = None


@dataclass(slots=True)
class Context:
    """What is known while the lines are gone through."""

    survey: Survey
    begin: int
    """First line after the masthead and the contents."""
    entries: tuple[str, ...]
    """Tight titles of the contents."""
    sections: dict[str, str]
    """Tight section heading → its name."""
    news: frozenset[str]
    skipped: tuple[range, ...] = ()
    """Lines of the lists of chapters of documents: they begin nothing."""
    announced: list[tuple[int, str]] = field(default_factory=list)
    """Offset and tight title of every 《》."""
    certain: bool = True
    """The text is an issue: a line that is the name of a section is one."""
    starts: list[Start] = field(default_factory=list)
    """What was found so far."""
    headings: dict[int, str] = field(default_factory=dict)
    """Line of each section heading found so far → its name."""
    section: str | None = None
    """Section in which the line at hand stands."""
    listed: dict[str, int] = field(default_factory=dict)
    """Tight title → its first place among the entries."""
    reached: int = 0
    """Place among the entries of the last document that they list in the same words."""

    def near(self) -> tuple[str, ...]:
        """The entries that the document at hand can be: contents and text go on in the same order."""
        return self.entries[max(0, self.reached - NEAR_ENTRIES) : self.reached + NEAR_ENTRIES]


def find_starts(context: Context) -> tuple[list[Start], dict[int, str]]:
    """The places where documents begin, in order, and the section headings by line index."""
    lines = context.survey.lines
    context.announced = [(m.start(), m.group(1).replace(" ", "")) for m in _ANNOUNCED.finditer(context.survey.folded)]
    for place, entry in enumerate(context.entries):
        context.listed.setdefault(entry, place)
    starts, headings = context.starts, context.headings
    skipped: dict[int, int] = {}
    for chapters in context.skipped:
        skipped.update((line, chapters.stop) for line in chapters if line not in skipped)
    i = _past_remark(context)
    while i < len(lines):
        if i in skipped:
            i = skipped[i]
            continue
        name = _section_at(context, i)
        if name is not None:
            headings[i] = context.section = name
            i += 1
            continue
        past = _past_list(lines, i)
        if past > i:
            i = past
            continue
        found, after = _try(context, i)
        if found is not None:
            starts.append(found)
            if found.title is not None:
                context.reached = context.listed.get(found.title.tight, context.reached)
        i = after
    first = _first_free(context)
    if first < len(lines) and (not starts or starts[0].at > first):
        title = _title_at_top(context, first)
        until = min([start.at for start in starts[:1]] + [at for at in headings if at > first] or [len(lines)])
        remark = context.entries and until < len(lines) and lines[until].start - lines[first].start < LONGEST_REMARK
        if not remark:
            starts.insert(0, Start(first, title, frozenset({"top"}), _section_before(headings, first)))
    return starts, headings


def _past_remark(context: Context) -> int:
    """The first line after a remark of the editors that stands between contents and first section."""
    lines = context.survey.lines
    i = context.begin
    while i < len(lines) and lines[i].kind == "text" and len(lines[i].folded) < LONGEST_REMARK:
        i += 1
    return i if context.entries and i < len(lines) and _section_at(context, i) is not None else context.begin


def _first_free(context: Context) -> int:
    i = context.begin
    while i in context.headings or (i < len(context.survey.lines) and context.survey.lines[i].kind == "chrome"):
        i += 1
    return i


def _section_before(headings: dict[int, str], at: int) -> str | None:
    above = [i for i in headings if i < at]
    return headings[max(above)] if above else None


def _title_at_top(context: Context, first: int) -> Title | None:
    """The heading lines with which the text begins, where they stand above a body."""
    lines = context.survey.lines
    last = _run_end(lines, first)
    if last < first or last - first > 4:
        return None
    title = find_title(lines, first, last, (), context.survey.dense(first))
    return title if title is not None and len(title.tight) >= SHORTEST_TITLE else None


def _section_at(context: Context, i: int) -> str | None:
    """The name of the section whose heading line ``i`` is (G24)."""
    line = context.survey.lines[i]
    if not line.tight or len(line.tight) > 20:
        return None
    name = context.sections.get(line.tight)
    if name is not None and (context.certain or _is_headed(context, i + 1)):
        return name
    lines = context.survey.lines
    if line.label is not None and line.label.style in ("一", "(一)") and i + 1 < len(lines) and lines[i + 1].numbered:
        bare = line.folded[line.label.end :].strip()
        below = lines[i + 1].label
        if 2 <= len(bare) <= 8 and below is not None and below.number == 1 and _is_numbered_title(context, i + 1):
            return bare
    return None


def _is_headed(context: Context, i: int) -> bool:
    """Whether a document with 文号 or 主送 begins at line ``i``: then the line above may be a section."""
    if i >= len(context.survey.lines) or context.survey.lines[i].kind != "head":
        return False
    found, _ = _try(context, i)
    return found is not None and found.at == i and bool(found.evidence & {"number", "addressees"})


def _is_numbered_title(context: Context, i: int) -> bool:
    found, _ = _try(context, i)
    return found is not None and found.title is not None and found.title.compiled


def _run_end(lines: Sequence[Line], first: int) -> int:
    last = first - 1
    while last + 1 < len(lines) and lines[last + 1].kind == "head" and (last < first or not lines[last + 1].numbered):
        last += 1
    return last


def _try(context: Context, i: int) -> tuple[Start | None, int]:
    """Look for a document that begins at line ``i``; returns it, and the line to go on with."""
    lines = context.survey.lines
    line = lines[i]
    if line.kind == "head":
        return _try_run(context, i, i)
    if line.kind in ("marker", "number"):
        return _try_below(context, i)
    if line.kind in ("text", "label", "addressees", "table"):
        evidence = _above(context, i)
        if line.kind == "addressees":
            evidence.add("addressees")
        if line.kind in ("text", "label") and "sentence" in evidence and context.starts and i > context.starts[-1].at:
            evidence |= numbering.restart(context.survey.lines, i, context.starts[-1].at)
        if evidence & {"closure", "top", "restart"}:
            evidence |= numbering.ahead(context.survey.lines, context.begin, i, i)
            first = line.label is not None and line.label.number == 1 and line.label.style in numbering.TOP_STYLES
            if "first-label" in evidence and (first or (line.kind == "text" and len(line.folded) > 30)):
                evidence.add("preamble")
            if _weigh(evidence) >= ENOUGH and not _in_header(lines, i):
                return Start(i, None, frozenset(evidence), context.section), i + 1
    return None, i + 1


def _in_header(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` still belongs to the header of the document before: a line of attachments, a second 附注."""
    return lines[i].tight.startswith(("附件", "抄送"))


def _try_below(context: Context, i: int) -> tuple[Start | None, int]:
    """A document that begins with 附件 or with a 文号 above its title (S32, L55)."""
    lines = context.survey.lines
    at = i + 1
    while at < len(lines) and lines[at].kind == "chrome" and lines[i].kind == "number":
        at += 1  # the rule between 文号 and title
    if at >= len(lines):
        return None, i + 1
    below = lines[at]
    if lines[i].kind == "marker" and _is_list(lines, at):
        return None, i + 1
    if below.kind == "head":
        return _try_run(context, i, at)
    evidence = _above(context, i) | {"marker" if lines[i].kind == "marker" else "number"}
    if lines[i].kind == "number":
        if below.kind != "addressees":
            return None, i + 1
        evidence.add("addressees")
    if _weigh(evidence | numbering.ahead(context.survey.lines, context.begin, i + 1, i + 1)) >= ENOUGH:
        return Start(_with_emblem(lines, i, context.begin), None, frozenset(evidence), context.section), i + 1
    return None, i + 1


def _past_list(lines: Sequence[Line], i: int) -> int:
    """The line after a list of attachments that begins at line ``i``; ``i`` where none begins there (S10)."""
    if lines[i].kind != "attached":
        return i
    j = i + 1
    bare = lines[i].tight.endswith(("1.", "1、"))  # the name of the attachment stands on the next line
    number = 1
    while j < len(lines) and "。" not in lines[j].folded:
        label = lines[j].label
        if label is not None and label.style == "1" and label.number == number + 1 and not _is_dated(lines, j):
            number += 1
            bare = label.end == len(lines[j].folded)
        elif bare and label is None and lines[j].kind in ("head", "text"):
            bare = False
        else:
            break
        j += 1
    return j


def _is_dated(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` and those on which it goes on end in a compiler's date: no attachment, the next title."""
    return any(marks.compiled_date(line.tight) for line in goes_on(lines, i) if line.kind == "head")


def _is_list(lines: Sequence[Line], i: int) -> bool:
    """Whether lines after 附件 only name the attachments: numbered, unpunctuated, and then the signature or the end."""
    j = i
    while j < min(len(lines), i + LONGEST_LIST) and "。" not in lines[j].folded:
        label = lines[j].label
        if label is None or label.style != "1":
            break
        j += 1
    if j == i:
        return False
    return j >= len(lines) or lines[j].kind == "date" or names.is_signer(lines[j].tight)


def _try_run(context: Context, begin: int, first: int) -> tuple[Start | None, int]:
    """A document whose title stands in the heading lines from ``first``; ``begin`` may be a 附件 or 文号 above."""
    lines = context.survey.lines
    last = _run_end(lines, first)
    after = last + 1
    signed = _signed_from(lines, first, last)
    if signed <= first:
        return None, after
    known = _known(context, lines[first].start)
    title = find_title(lines, first, signed - 1, known, context.survey.dense(first))
    if title is None or marks.strip_versions("x" + title.tight) == "x":
        return None, after
    if begin < first and title.begin != first:
        title = find_title(lines, first, signed - 1, (), context.survey.dense(first)) or title
    evidence = _evidence(context, begin, first, title, known)
    if signed <= last and "announced" not in evidence and "contents" not in evidence and "marker" not in evidence:
        return None, after
    if _weigh(evidence) < ENOUGH or (len(title.tight) < SHORTEST_TITLE and "marker" not in evidence):
        return None, after
    at = _with_emblem(lines, begin if title.begin == first else title.begin, context.begin)
    if at > context.begin and lines[at].numbered and lines[at - 1].kind == "head":
        at -= title.tight.startswith(lines[at - 1].tight)  # the compiler heads what one body issued with its name
    return Start(at, title, frozenset(evidence), context.section), _after_head(lines, title.last + 1)


def _with_emblem(lines: Sequence[Line], at: int, begin: int) -> int:
    """The line of the 发文机关标志 above the 文号 or the title (S04), where there is one."""
    return at - 1 if at > begin and marks.is_emblem(lines[at - 1].tight) else at


def _after_head(lines: Sequence[Line], i: int) -> int:
    """The line after 文号, notes and 主送 that follow a title: they begin no document of their own."""
    while i < len(lines) and lines[i].kind in ("number", "note", "chrome"):
        i += 1
    while i < len(lines) and lines[i].kind == "addressees":
        i += 1
    return i


def _signed_from(lines: Sequence[Line], first: int, last: int) -> int:
    """The first line of the signature at the end of a run that stands above a date; ``last + 1`` if there is none."""
    if last + 1 >= len(lines) or lines[last + 1].kind != "date":
        return last + 1
    i = last + 1
    while i > first and lines[i - 1].genre is None and names.is_signer(lines[i - 1].tight):
        i -= 1
    if i == last + 1 and lines[last].genre is None:  # a name that we do not know stands above the date
        return last if last > first else first
    return i


def _known(context: Context, at: int) -> list[str]:
    """Tight titles that the contents and the documents before have announced and that are near enough to be meant."""
    known, starts = list(context.near()), context.starts
    for start in starts[-6:]:
        if start.title is not None and (match := _ISSUES.search(start.title.tight)):
            known.append(match.group(1))
    lines = context.survey.lines
    since = lines[starts[-6].at].start if len(starts) >= 6 else 0
    left = bisect_left(context.announced, (since, ""))
    right = bisect_left(context.announced, (at, ""))
    known.extend(name for _, name in context.announced[left:right][:80])
    return known


def _evidence(context: Context, begin: int, first: int, title: Title, known: list[str]) -> set[str]:
    lines = context.survey.lines
    top = begin if title.begin == first else title.begin
    evidence = _above(context, top)
    if begin < first:
        evidence.add("marker" if lines[begin].kind == "marker" else "number")
    after = title.last + 1
    passed = ("note", "chrome", "head")  # but not the title that a compiler numbered: the next document
    while after < min(len(lines), title.last + 4) and lines[after].kind in passed and not lines[after].numbered:
        after += 1
    if after < len(lines):
        kind = lines[after].kind
        if kind in ("number", "addressees"):
            evidence.add(kind)
            if kind == "number" and after + 1 < len(lines) and lines[after + 1].kind == "addressees":
                evidence.add("addressees")
        elif kind == "text" and len(lines[after].folded) > 30:
            evidence.add("preamble")
        evidence |= numbering.ahead(context.survey.lines, context.begin, top, after)
    if title.genre is not None:
        evidence.add("genre")
        if "关于" in title.tight or "印发" in title.tight:
            evidence.add("about")
        if _GENERIC.match(title.tight):
            evidence.add("generic")
    if title.compiled and not _counts_items(context, lines[title.first]):
        evidence.add("compiled")
    near = context.near()
    if title.tight in context.listed or any(alike(title.tight, entry) for entry in near):
        evidence.add("contents")
    cited = title.tight[0] == "《" and title.tight[-1] == "》" and not evidence & {"closure", "marker", "number", "top"}
    if not cited and any(alike(title.tight, name) for name in known[len(near) :]):
        evidence.add("announced")
    if (
        context.section in context.news
        and context.section is not None
        and "preamble" in evidence
        and evidence & {"sentence", "top", "closure"}
    ):
        evidence.add("news")
    return evidence


def _counts_items(context: Context, line: Line) -> bool:
    """Whether the number before a heading counts items of a document: it is not 1, and titles before it have none."""
    before = context.starts[-NUMBERED_BEFORE:]
    if not before or not line.numbered or line.label is None or line.label.number == 1:
        return False
    return not any(start.title is not None and start.title.compiled for start in before)


def _above(context: Context, i: int) -> set[str]:
    """What stands directly above line ``i``."""
    if i <= context.begin or i - 1 in context.headings:
        return {"top"}
    lines = context.survey.lines
    above = lines[i - 1]
    if above.kind in ("note", "date"):
        return {"closure"}
    if above.kind in ("attached", "contact", "table", "marker", "chrome", "number") or (
        above.kind != "head" and above.folded.endswith(_CLOSED)
    ):
        return {"sentence"}
    return {"sentence"} if lines[i].blank_before and not context.survey.dense(i) else set()


def _weigh(evidence: set[str] | frozenset[str]) -> int:
    weights = dict(WEIGHTS)
    if evidence & {"number", "addressees", "contents"}:  # proof enough: the numbering may go on by chance
        weights["continues"] = 0
    return sum(weights[name] for name in evidence)
