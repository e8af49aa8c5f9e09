"""The table of contents (目录): entries with 文号 and page, sections, and where it ends (G23–G41)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process

from extractor import lexicon
from extractor.diagnostics import notice
from extractor.model import ContentsEntry, Diagnostic
from extractor.series import SeriesProfile
from extractor.structure import marks
from extractor.structure.orders import number_of
from extractor.structure.survey import Line, Survey
from extractor.text.labels import label_at

LATEST_HEADING = 300
"""Lines within which the heading 目录 is looked for: a cover, a colophon and a preface may stand before it."""
LONGEST_SECTION = 12
"""Characters of the longest heading of a section."""
LONGEST_VOLUME = 4
"""Characters of a volume (上册, 第十二卷)."""
ENTRY_LINES = 5
"""Lines over which one entry is broken at most (G31)."""
AGAIN = 96.0
"""Likeness from which a line is an entry printed again; plans of one family differ by two characters."""
FIRST_ENTRIES = 200
"""Entries that are compared letter by letter with a line at which the text may begin: it begins with an early one."""
LONGEST_CHAPTERS = 200
"""Lines of the longest list of chapters of one document."""
OWN_SHARE = 0.3
"""Share of entries that look like titles of documents below which a 目录 lists the chapters of one document."""

_NUMBER = re.compile(
    r"(?P<open>\(?)\s*(?P<number>[\u4e00-\u9fff ]{1,20}[\[(] ?(?:19|20)\d\d ?[\])] ?第? ?\d{1,5} ?号)"
    r"\s*(?P<close>\)?)\s*$"
)
_ORDER = re.compile(r"(?<=令)\s*(?P<open>\()\s*(?P<number>第 ?\d{1,4} ?号)\s*(?P<close>\)?)$")
"""The number of a 令 of which the contents say no more: 云溪市人民政府令(第19号)."""
_PAGE = re.compile(
    r"(?:\s*(?:[.…·・‥]\s*){2,}|\s*…\s*|\t\s*|\s{2,}|\s*/\s*)\(?\s*(?P<page>\d{1,4})\s*\)?\s*$"
    r"|\s*\(\s*(?P<page2>\d{1,3})\s*\)\s*$"
    r"|(?<=日\))(?P<page3>\d{1,4})\s*$"  # the leaders are lost behind a compiler's date
)
_LEADERS = re.compile(r"\s*(?:[.…·・‥]\s*){3,}.*$")
_ONLY_PAGE = re.compile(r"[.…·・‥ \t]*\(? ?\d{1,4} ?\)?")
_OPEN_LEADERS = re.compile(r"[.…·・‥]{1,}\s*$")
_ORDINAL = re.compile(r"^\s*\d{1,3}\s*[.、]\s*")
_NO_SECTION = re.compile(r"^[的和及与]|关于|印发|[\d,(《]|公报|政报|目录|附件")
_FRONT = frozenset({"前言", "目录", "序", "序言", "编者按", "出版说明", "卷首语"})
_VOLUME = re.compile(r"(?:[上中下]|第[一二三四五六七八九十\d]{1,2})[册卷辑]")
_TAG = re.compile(r"^[\[◆●■▲★]\s*|\s*[\]]$")


@dataclass(slots=True)
class Contents:
    """The contents of an issue, or of one document (``own``): lines ``first`` up to ``last`` (exclusive)."""

    first: int
    last: int
    entries: list[ContentsEntry] = field(default_factory=list)
    tights: list[str] = field(default_factory=list)
    """Tight titles of the entries."""
    listed: set[str] = field(default_factory=set)
    """The same, to look one up."""
    sections: dict[str, str] = field(default_factory=dict)
    """Tight section heading → its name."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    own: bool = False


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = lexicon.load("sections")
    return frozenset(data["names"]), frozenset(data["news"]), frozenset(data["contents"])


def section_names(profile: SeriesProfile) -> dict[str, str]:
    """Tight section heading → its name, of the usual sections and those of the series."""
    return {name.replace(" ", ""): name for name in (*_words()[0], *profile.sections)}


def news_sections() -> frozenset[str]:
    """Names of the sections that print news (L57)."""
    return _words()[1]


def find_contents(survey: Survey, profile: SeriesProfile) -> Contents | None:
    """The contents of the text; None if it has none."""
    lines = survey.lines
    heading = next((i for i in range(min(len(lines), LATEST_HEADING)) if _is_heading(lines, i)), None)
    if heading is None:
        return _unheaded(survey, profile)
    broken = lines[heading].tight == "目"
    return _read(survey, heading, heading + 1 + broken, section_names(profile))


def chapter_lists(survey: Survey, begin: int) -> list[range]:
    """Lists of chapters (目录) inside documents from line ``begin`` on: from the heading to where the first one stands.

    >>> from extractor.structure.survey import survey
    >>> chapter_lists(survey("规划\\n目录\\n一、总则..1\\n二、任务..2\\n一、总则\\n坚持创新。"), 0)
    [range(1, 4)]
    """
    lines = survey.lines
    found = []
    for i in range(begin, len(lines) - 2):
        if not _is_heading(lines, i):
            continue
        first = i + (2 if lines[i].tight == "目" else 1)
        wanted = {_bare(line) for line in lines[first : first + 2]}  # a preface may be listed and not printed
        for j in range(first + 2, min(first + LONGEST_CHAPTERS, len(lines))):
            if "。" in lines[j].folded:
                break
            if _page(lines[j].folded) is None and _bare(lines[j]) in wanted:
                found.append(range(i, j))
                break
    return found


def _is_heading(lines: Sequence[Line], i: int) -> bool:
    tight = lines[i].tight
    if tight == "目" and i + 1 < len(lines):
        return lines[i + 1].tight == "录"
    return tight in _words()[2] or (tight.startswith("目录") and len(tight) <= 24 and lines[i].kind == "head")


def _unheaded(survey: Survey, profile: SeriesProfile) -> Contents | None:
    """Contents without the heading 目录: two or more lines at the top that stand again, as titles, further down."""
    lines = survey.lines
    first = next((i for i, line in enumerate(lines[:20]) if line.kind == "head" and line.genre), None)
    if first is None:
        return None
    last = first
    while last < len(lines) and lines[last].kind == "head" and last - first < 80:
        last += 1
    seen: dict[str, int] = {}
    for i in range(first, last):  # the first entry stands again: there the text begins
        if i - seen.setdefault(lines[i].tight, i) > 1:
            last = i
            break
    later = {line.tight for line in lines[last:] if line.kind == "head" and line.genre}
    again = [i for i in range(first, last) if lines[i].genre and _bare(lines[i]) in later]
    if len({lines[i].tight for i in again}) < 2:
        return None
    return _read(survey, first, first, section_names(profile))


def _bare(line: Line) -> str:
    return _split(line.folded)[0].replace(" ", "").replace("\t", "")


def _page(folded: str) -> re.Match[str] | None:
    """The page at the end of an entry."""
    return _PAGE.search(folded) if _last(folded).isdecimal() else None


def _last(folded: str) -> str:
    """The last character of an entry but for a bracket: that of most lines ends neither page nor 文号."""
    return folded.rstrip().rstrip(")").rstrip()[-1:]


def _split(folded: str) -> tuple[str, str | None, bool, int | None]:
    """Divide an entry into title, 文号, whether the bracket after the 文号 is lost (S33), and page."""
    page = None
    match = _page(folded)
    if match is not None:
        page = int(match["page"] or match["page2"] or match["page3"])
        folded = folded[: match.start()]
    else:
        folded = _LEADERS.sub("", folded)
    folded = folded.rstrip()
    number = _NUMBER.search(folded) if _last(folded) == "号" else None
    if number is None and _last(folded) == "号":
        number = _ORDER.search(folded)
    if number is None or not number["open"]:
        return folded, None, False, page
    return folded[: number.start()].rstrip(), number["number"], not number["close"], page


def _read(survey: Survey, first: int, at: int, sections: dict[str, str]) -> Contents:
    lines = survey.lines
    found = Contents(first, at)
    paged = sum(_page(line.folded) is not None for line in lines[at : at + 12]) >= 2
    sections = {**sections, **_unknown_sections(lines, at)}
    section: str | None = None
    seen: set[str] = set()
    i = at
    while i < len(lines):
        line = lines[i]
        name = _section(line, sections, paged)
        if name is not None:
            key = _split(line.folded)[0].replace(" ", "")
            if key in seen and _page(line.folded) is None:
                break
            seen.add(key)
            found.sections[key] = section = name
            i += 1
            continue
        if line.kind not in ("head", "label", "table", "text") or "。" in line.folded or _begins_body(lines, i, found):
            break
        last = _entry_end(lines, i, paged, sections)
        if last is None:
            break
        _add(survey, found, i, last, section)
        i = last + 1
    found.last = i
    _settle(survey, found)
    return found


def _unknown_sections(lines: Sequence[Line], at: int) -> dict[str, str]:
    """Sections that no list knows: short lines of the contents that stand again in the text, above a title (G24)."""
    where: dict[str, list[int]] = {}
    for i in range(at, len(lines) - 1):
        tight = lines[i].tight
        if lines[i].kind != "head" or not 2 <= len(tight) <= LONGEST_SECTION or _NO_SECTION.search(tight):
            continue
        if tight in where or i == at or _ends_entry(lines[i - 1]) or lines[i].blank_before:
            where.setdefault(tight, []).append(i)
    return {
        tight: tight
        for tight, found in where.items()
        if len(found) > 1 and not marks.is_order_title(tight) and lines[found[-1] + 1].kind == "head"
    }


def _ends_entry(line: Line) -> bool:
    _, number, _, page = _split(line.folded)
    return number is not None or page is not None or line.genre is not None


def _section(line: Line, sections: dict[str, str], paged: bool) -> str | None:
    tight = _TAG.sub("", line.tight)
    if tight in sections:
        return sections[tight]
    if len(tight) <= LONGEST_VOLUME and _VOLUME.fullmatch(tight):
        return tight
    if line.label is not None and line.label.style in ("一", "(一)"):
        bare = line.folded[line.label.end :].strip()
        if bare in sections:
            return sections[bare]
        if paged and 2 <= len(bare := _split(bare)[0]) <= 8:
            return bare
    return None


def _begins_body(lines: Sequence[Line], i: int, found: Contents) -> bool:
    """Whether the text begins at line ``i``: an entry stands there again, without a page."""
    pieces = ""
    for line in lines[i : i + ENTRY_LINES]:
        if _page(line.folded):
            return False
        pieces += line.tight
        bare = _ORDINAL.sub("", pieces)
        date = marks.compiled_date(bare)
        bare = bare[: date[0]] if date else bare
        if bare in found.listed:
            return True
        early = found.tights[:FIRST_ENTRIES] if len(bare) > 20 else ()
        if process.extractOne(bare, early, scorer=fuzz.ratio, score_cutoff=AGAIN) is not None:
            return True
        if len(pieces) > 120:
            return False
    return False


def _entry_end(lines: Sequence[Line], i: int, paged: bool, sections: dict[str, str]) -> int | None:
    """The last line of the entry that begins at line ``i`` (G31); None where no entry begins."""
    for j in range(i, min(i + ENTRY_LINES, len(lines))):
        line = lines[j]
        if j > i and (_section(line, sections, paged) is not None or line.numbered):
            return j - 1
        if j > i and (line.kind not in ("head", "text", "table", "date") or "。" in line.folded):
            return j - 1
        title, number, _, page = _split(line.folded)
        below = lines[j + 1].folded if j + 1 < len(lines) else ""
        if page is None and (_ONLY_PAGE.fullmatch(below) or _OPEN_LEADERS.search(line.folded)):
            continue
        if page is not None or (number is not None and not _LEADERS.search(below)):
            return j
        if not paged:
            tight = "".join(each.tight for each in lines[i : j + 1])
            if marks.genre_of(title.replace(" ", "")) or not re.search(r"关于|印发|转发", tight):
                return j
    return i


def _add(survey: Survey, found: Contents, first: int, last: int, section: str | None) -> None:
    lines = survey.lines
    start = lines[first].start
    end = lines[last].start + len(survey.folded[lines[last].start : lines[last].end].rstrip())
    start += len(survey.folded[start:end]) - len(survey.folded[start:end].lstrip())
    folded, raw = (piece[start:end].replace("\n", "") for piece in (survey.folded, survey.text))
    title, number, lost, page = _split(folded)
    lead = _ORDINAL.match(title)
    at = lead.end() if lead else 0
    begin = start + at
    printed = raw[at : len(title)].strip()
    if not printed or re.sub(r"\s", "", printed) in _FRONT:
        return
    number = number or number_of(title[at:])
    if number is not None:
        where = folded.rfind(number)
        number = raw[where : where + len(number)].strip()
    found.entries.append(ContentsEntry(title=printed, span=(begin, end), section=section, doc_number=number, page=page))
    tight = re.sub(r"\s", "", title[at:])
    date = marks.compiled_date(tight)
    found.tights.append(tight[: date[0]] if date else tight)
    found.listed.add(found.tights[-1])
    if lost:
        found.diagnostics.append(
            notice(
                "contents.bracket-lost",
                "The bracket after the 文号 of this entry of the contents is not closed.",
                (begin, end),
            )
        )


def _settle(survey: Survey, found: Contents) -> None:
    """Tell the contents of an issue from the list of chapters of one document, and let the text have its title."""
    lines = survey.lines
    titled = sum(
        entry.doc_number is not None or marks.genre_of(tight) is not None or "关于" in tight
        for entry, tight in zip(found.entries, found.tights, strict=True)
        if (label := label_at(tight)) is None or label.style == "1"
    )
    labelled = sum(line.label is not None and line.label.style != "1" for line in lines[found.first : found.last])
    listed = found.last - found.first - 1
    found.own = titled < OWN_SHARE * listed and labelled * 2 >= listed > 0
    if (
        not found.entries
        or found.last >= len(lines)
        or found.own
        or lines[found.last].kind not in ("number", "addressees", "text")
    ):
        return
    # The contents ran into the text: its last entry is the title of the first document unless a page follows it.
    if len(found.entries) > 1 and found.entries[-1].page is None and found.entries[-1].doc_number is None:
        span = found.entries[-1].span
        found.last = next(i for i in range(found.first, found.last) if lines[i].end > span[0])
        found.entries.pop()
        found.tights.pop()
