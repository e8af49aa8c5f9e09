"""What an issue says about itself: series, number, date, publisher (G01–G22, S79–S84)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.diagnostics import notice
from extractor.model import Diagnostic, Masthead, Removed
from extractor.series import SeriesProfile
from extractor.structure import marks, names
from extractor.structure.survey import Line, Survey

LONGEST = 60
"""Characters of the longest line that can be a masthead."""

_YEAR = r"(?:19|20)\d\d"
_SERIES = re.compile(r"(?P<name>[\u4e00-\u9fff]{0,24}?(?:政务公报|政府公报|公报|政报))")
_NOT_SERIES = re.compile(
    r"统计公报|环境状况公报|普查公报|审计.{0,4}公报|管理|征订|关于|通知|办法|规定|意见|工作|目录|>"
)
_NUMBER = re.compile(
    r"(?<!总)第?\s*(?P<n>\d{1,3})\s*(?:[、,\-至·]\s*第?\s*(?P<to>\d{1,3})\s*)?(?:[期号辑])"
    r"|(?P<y>(?:19|20)\d\d)\s*[·.]\s*(?P<dot>\d{1,2})(?!\d)"
)
_CN_NUMBER = re.compile(r"(?<!总)第([一二三四五六七八九十百]{1,5})[期号辑]")
_TOTAL = re.compile(r"总\s*第?\s*(?P<n>\d{1,5})\s*(?:[、,\-至]\s*第?\s*\d{1,5}\s*)?[期号辑]|\(总(?P<n2>\d{1,5})\)")
_TITLE_YEAR = re.compile(rf"(?P<y>{_YEAR})(?=\s*年|\s*[·.]\s*\d)")
_SUPPLEMENT = re.compile(r"增刊|专刊|特刊|副刊|号外")
_PUBLISHER = re.compile(r"^(?:主办(?:单位)?[:](?P<after>.{3,30})|(?P<before>.{3,30}?)(?:主办|编印|编辑出版))$")
_COLOPHON = re.compile(r"(?:主管|主办|编辑|出版|发行|印刷|承办|准印证|刊号|印数|责任编辑|主编|编委|赠阅|内部资料)")
_CLOSING = re.compile(
    r"(?:主管|主办|编辑|出版|发行|印刷|准印证号?|刊号|印数|主编|责任编辑|编辑出版|地址|电话|邮编|网址)[:].*|.*(?:准印证|印数).*"
)
_ISO_DAY = re.compile(rf"{_YEAR}-\d\d-\d\d")
_LATIN = re.compile(r"[A-Za-z][A-Za-z .,'’\-]*")
_INCOMPLETE = re.compile(rf"{_YEAR}\s*年\s*(?:\d{{1,2}}\s*月\s*日|月\s*(?:\d{{1,2}}\s*)?日)")


@dataclass(slots=True)
class Found:
    """The masthead and the lines it takes: ``first`` up to ``last`` (exclusive)."""

    masthead: Masthead
    first: int
    last: int
    diagnostics: tuple[Diagnostic, ...] = ()


def find_masthead(survey: Survey, end: int, profile: SeriesProfile) -> Found:
    """The masthead on the lines before line ``end`` (contents or first document); empty where there is none."""
    lines = survey.lines
    end = next((i for i in range(end) if lines[i].kind in ("addressees", "label") or "。" in lines[i].folded), end)
    begin = next((i for i in range(min(end, 40)) if _is_series(lines[i].tight)), None)
    if begin is None:
        begin = next((i for i in range(min(end, 12)) if _is_number(lines[i].tight)), None)
        if begin is None:
            return Found(Masthead(series=None), 0, 0)
    last = begin
    while last < end and len(lines[last].tight) <= LONGEST and lines[last].tight and _belongs(lines[last]):
        last += 1
    return _read(survey, begin, max(last, begin + 1), profile)


def unnamed(survey: Survey, profile: SeriesProfile, removed: Sequence[Removed]) -> tuple[Diagnostic, ...]:
    """A notice where a file names neither the series of the profile that was given with it nor one of its aliases."""
    called = ["".join(name.split()) for name in (profile.name, *profile.aliases) if name]
    if not called:
        return ()
    said = (*(line.tight for line in survey.lines), *("".join(piece.text.split()) for piece in removed))
    if any(name in text for text in said for name in called):
        return ()
    message = f"The series profile is of {profile.name}, and the file names no such gazette."
    return (notice("masthead.profile-differs", message),)


def is_colophon(tight: str) -> bool:
    """Whether a tight line belongs to the colophon on the last page (G19).

    >>> is_colophon("主办:青岚区人民政府"), is_colophon("准印证号:岚新2024"), is_colophon("编辑部工作")
    (True, True, False)
    """
    return _CLOSING.fullmatch(tight) is not None


def _is_series(tight: str) -> bool:
    match = _SERIES.search(tight)
    if match is None or len(tight) > LONGEST or _NOT_SERIES.search(tight):
        return False
    rest = tight[: match.start()] + tight[match.end() :]
    rest = re.sub(
        rf"《|》|\(|\)|{_YEAR}年?(?:度|\d{{1,2}}月(?:\d{{1,2}}日)?)?"
        r"|总?第?[\d、,\-至·一二三四五六七八九十]+[期号辑]?|总|刊|增|专|合|双月|季|_.*|[·.\-:]",
        "",
        rest,
    )
    return len(rest) <= 4


def _is_number(tight: str) -> bool:
    return (
        re.fullmatch(rf"(?:{_YEAR}年)?第?[\d、,\-至]+期(?:\(?总第?\d+期\)?)?|(?:{_YEAR}年)?第\d+号\(总第\d+号\)", tight)
        is not None
    )


def _belongs(line: Line) -> bool:
    tight = line.tight
    return (
        _is_series(tight)
        or _is_number(tight)
        or line.kind in ("date", "chrome")
        or (_ISO_DAY.search(tight) is not None and line.genre is None)
        or _LATIN.fullmatch(tight) is not None
        or _INCOMPLETE.fullmatch(tight) is not None
        or _TOTAL.search(tight) is not None
        or _COLOPHON.search(tight) is not None
        or (_SUPPLEMENT.search(tight) is not None and len(tight) < 12)
        or (re.fullmatch(rf"\(?{_YEAR}年?\)?.{{0,12}}(?:期|号|月|日|\))?", tight) is not None and line.genre is None)
    )


def _read(survey: Survey, first: int, last: int, profile: SeriesProfile) -> Found:
    lines = survey.lines[first:last]
    title_line = next((line for line in lines if _is_series(line.tight)), None)
    name = _SERIES.search(title_line.tight) if title_line else None
    all_tight = "\n".join(line.tight for line in lines)
    number, number_to = _issue_number(all_tight)
    total = _TOTAL.search(all_tight)
    published, year = _dates(lines)
    titled = _TITLE_YEAR.search(all_tight)
    publisher = next((m["after"] or m["before"] for line in lines if (m := _PUBLISHER.match(line.tight))), None)
    series = name["name"] if name else None
    title = _printed(survey, title_line) if title_line else None
    masthead = Masthead(
        series=profile.name or series,
        title=title,
        year=int(titled["y"]) if titled else year,
        number=number,
        number_to=number_to,
        total_number=int(total["n"] or total["n2"]) if total else None,
        supplement=_SUPPLEMENT.search(all_tight) is not None,
        published=published,
        publisher=publisher or profile.publisher,
        jurisdiction=profile.jurisdiction,
    )
    return Found(masthead, first, last, tuple(_incomplete(survey, lines)))


def _printed(survey: Survey, line: Line) -> str:
    """The title as printed; letters that were spaced out for show are closed up (G02)."""
    return names.close_up(survey.text[line.start : line.end].strip())


def _issue_number(tight: str) -> tuple[int | None, int | None]:
    without_total = _TOTAL.sub("", tight)
    match = _NUMBER.search(without_total)
    if match is not None and match["n"]:
        return int(match["n"]), int(match["to"]) if match["to"] else None
    if match is not None:
        return int(match["dot"]), None
    spelt = _CN_NUMBER.search(without_total)
    return (marks._number(spelt.group(1)), None) if spelt else (None, None)


def _dates(lines: Sequence[Line]) -> tuple[str | None, int | None]:
    """The date of publication as far as it is printed, and its year."""
    best: str | None = None
    for line in lines:
        date = marks.read_date(line.tight.strip("()"))
        if date is None and (found := marks.find_date(line.tight)):
            date = found[0]
        if date is not None and len(date) > len(best or "2024"):  # a year alone is the year of the issue
            best = date
    if best is not None:
        return best, int(best[:4])
    return None, None


def _incomplete(survey: Survey, lines: Sequence[Line]) -> list[Diagnostic]:
    found = []
    for line in lines:
        match = _INCOMPLETE.search(survey.folded, line.start, line.end)
        if match is not None:
            found.append(
                notice("masthead.date-incomplete", "The date of the issue lacks its month or its day.", match.span())
            )
    return found
