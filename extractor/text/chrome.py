"""Site chrome around a document: breadcrumbs, buttons, counters, metadata boxes, footers (L33–L42).

A line is chrome only when all of it is; words of a site inside a sentence stay. Rows of the metadata box are returned
too, since a document may say its 文号 nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractor import lexicon
from extractor.text.sheet import FieldRow, Sheet

MAX_CHROME = 160
"""Characters; a longer line is text."""
MIN_FIELDS = 3
"""Rows of a metadata box that stand together; fewer may be lines of a document (名称：…)."""
_BULLETS = r"\s•·●■◆>»|*【\["
_BULLET = re.compile(rf"[{_BULLETS}]*")
_TRAIL = re.compile(r"(?:>|»|›|→|/|\\|-&gt;|&gt;|＞)")
_SENTENCE = re.compile(r"[。；！？]")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[\s|·•:：\[\]【】()（）<>《》/\\\-—\d]+")


@dataclass(frozen=True, slots=True)
class _Patterns:
    breadcrumb: re.Pattern[str]
    widgets: re.Pattern[str]
    shy: frozenset[str]
    counter: re.Pattern[str]
    field: re.Pattern[str]
    spaced: re.Pattern[str]
    footer: re.Pattern[str]
    publisher: re.Pattern[str]
    menu: re.Pattern[str]
    inline: re.Pattern[str]
    heads: frozenset[str]
    """Characters with which a line of chrome can begin; most lines of a document begin with others."""
    opening: re.Pattern[str]
    """How a line of chrome begins that holds no word of a site further in: one look in place of one for each kind."""
    anywhere: re.Pattern[str]
    tail: re.Pattern[str]
    boxed: re.Pattern[str]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _spaced(words: list[str]) -> str:
    """Words with white space allowed between their characters (索 引 号)."""
    return "|".join(r"\s*".join(re.escape(char) for char in word) for word in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> _Patterns:
    words = lexicon.load("chrome")
    marks = r"[\s|·•:：\[\]【】()（）<>《》/\\\-—\d]*"
    box = _any(words["fields"])
    named = "|".join((_any(words["breadcrumbs"]), _any(words["counters"]), _spaced(words["fields"]), "网站首页|首页"))
    opened = "".join({word[0] for key in ("breadcrumbs", "counters", "fields") for word in words[key]} | {*"网首"})
    pressed = "".join({word[0] for word in words["widgets"]})
    return _Patterns(
        breadcrumb=re.compile(rf"(?:{_any(words['breadcrumbs'])})\s*[:：]|(?:网站)?首页\s*(?:>|»|›|＞)"),
        widgets=re.compile(rf"{marks}(?:(?:{_any(words['widgets'])}){marks})+"),
        shy=frozenset(words["shy"]),
        counter=re.compile(rf"(?:{_any(words['counters'])})\s*(?:[:：\[】]|(?<=】))"),
        field=re.compile(rf"(?P<name>{_spaced(words['fields'])})\s*[:：¦|]"),
        spaced=re.compile(rf"(?P<name>{box})\s+(?=\S)"),
        footer=re.compile(_any(words["footers"])),
        publisher=re.compile(
            rf"(?:{_any(words['publishers'])})\s*[:：]|[^，。；:：]{{2,30}}(?:{_any(words['publishing'])})$"
            rf"|[^，。；]*(?:{_any(words['contacts'])})\s?[:：]?\s?\d[^，。；]*$"
        ),
        menu=re.compile(r"(?:网站)?首页(?:[\s|｜·]+[^\s|｜·，。；：《]{2,6}){3,}"),
        inline=re.compile(_any(words["inline"])),
        heads=frozenset(
            [word[0] for key in ("breadcrumbs", "widgets", "counters", "fields") for word in words[key]]
            + list(" \t|·•●■◆>»*:：[]【】()（）<>《》/\\-—0123456789网")
        ),
        opening=re.compile(
            rf"[\[【]|[{_BULLETS}]*(?:(?=[{opened}])(?:{named})|{marks}(?=[{pressed}])(?:{_any(words['widgets'])}))"
        ),
        anywhere=re.compile(_any([*words["footers"], *words["inline"]])),
        tail=re.compile(rf"(?:\s+(?:{_any(words['tails'])}|(?:信息|稿件|文章)?来源[:：]\s?[^\s。；，]{{2,30}}))+\s*\Z"),
        boxed=re.compile(rf"[\[【](?P<name>{box})[\]】]\s*(?P<value>[^\s\[【]*)"),
    )


def find_chrome(sheet: Sheet) -> tuple[FieldRow, ...]:
    """Cut site chrome out of the sheet; returns the rows of the metadata boxes that were cut."""
    patterns = _patterns()
    fields: list[FieldRow] = []
    names: list[int] = []
    inside = patterns.anywhere.search("\n".join(sheet.lines)) is not None  # most texts hold no word of a site
    for at, line in enumerate(sheet.lines):
        if len(line) > MAX_CHROME:
            _cut_inline(sheet, at, patterns, fields)
            continue
        text = line.strip()
        if not text:
            continue
        opens = text[0] in patterns.heads and patterns.opening.match(text) is not None
        if not opens and not (inside and patterns.anywhere.search(text)):
            continue
        if at not in sheet.cuts and _is_chrome(text, patterns):
            sheet.cut_line(at, "chrome")
        elif (field := _field_at(text, patterns)) is not None:
            value = _before_widgets(text[field.end() :].strip(), patterns)
            if value is not None:
                fields.append(FieldRow(_SPACE.sub("", field["name"]), value, at))
                sheet.cut_line(at, "chrome")
            else:
                names.append(at)
        elif text[0] in "[【" or patterns.inline.search(line) is not None:
            _cut_inline(sheet, at, patterns, fields)
    _cut_boxes(sheet, names, patterns, fields)
    _cut_beside(sheet, patterns)
    _cut_tail(sheet, patterns)
    return tuple(fields)


def _field_at(text: str, patterns: _Patterns) -> re.Match[str] | None:
    """The name with which a row of a metadata box begins; behind a bullet a space may divide it from its value."""
    bullet = _BULLET.match(text)
    begin = bullet.end() if bullet else 0
    return patterns.field.match(text, begin) or (patterns.spaced.match(text, begin) if begin else None)


def _before_widgets(value: str, patterns: _Patterns) -> str | None:
    """The value of a field that has a row of buttons beside it: 2031-05-07 收藏本站 打印本页."""
    first, _, rest = value.replace("\t", " ").partition(" ")
    return first if rest and patterns.widgets.fullmatch(rest.strip()) is not None else None


def _is_chrome(text: str, patterns: _Patterns) -> bool:
    bullet = _BULLET.match(text)
    core = text[bullet.end() :] if bullet else text
    if not core:
        return False
    if patterns.breadcrumb.match(core) is not None:
        return _TRAIL.search(core) is not None and _SENTENCE.search(core) is None
    if _SENTENCE.search(core) is not None:
        return False
    if patterns.counter.match(core) is not None or patterns.counter.match(text) is not None:
        return len(core) <= 120 and "，" not in core
    if patterns.footer.search(core) is not None:
        return "，" not in core
    if patterns.menu.match(core) is not None:
        return True
    if patterns.widgets.fullmatch(core) is None:
        return False
    return _MARKS.sub("", core) not in patterns.shy


def _cut_inline(sheet: Sheet, at: int, patterns: _Patterns, fields: list[FieldRow]) -> None:
    line = sheet.lines[at]
    spans = [match.span() for match in patterns.inline.finditer(line)]
    rows = list(patterns.boxed.finditer(line))
    if len(rows) >= MIN_FIELDS:
        spans.extend(match.span() for match in rows)
        fields.extend(FieldRow(match["name"], match["value"].strip(), at) for match in rows)
    if spans:
        sheet.cut(at, sorted(spans), "chrome")


def _cut_boxes(sheet: Sheet, names: list[int], patterns: _Patterns, fields: list[FieldRow]) -> None:
    """Cut rows of metadata that stand together: one a line, or name and value on lines by turns."""
    run: list[int] = []
    for at in [*names, len(sheet.lines) + 9]:
        if run and not _together(sheet, run[-1], at):
            if len(run) >= MIN_FIELDS:
                _cut_box(sheet, run, patterns, fields)
            run = []
        run.append(at)


def _together(sheet: Sheet, left: int, right: int) -> bool:
    """At most one line that is neither blank nor chrome lies between two names: the value of the first."""
    if right - left > 6:
        return False
    between = [at for at in range(left + 1, right) if sheet.lines[at].strip() and at not in sheet.cuts]
    return not between or (len(between) == 1 and sheet.lines[left].rstrip().endswith((":", "：")))


FOOTER_REACH = 4
"""Lines around the footer of a site that may belong to it."""


def _cut_beside(sheet: Sheet, patterns: _Patterns) -> None:
    """Cut what is chrome only beside other chrome: single buttons, and the lines around a site's footer."""
    for at in sorted(at for at, cuts in sheet.cuts.items() if cuts[0].kind == "chrome"):
        footer = patterns.footer.search(sheet.lines[at]) is not None
        for step in (-1, 1):
            near, reach = at + step, FOOTER_REACH if footer else 2
            while 0 <= near < len(sheet.lines) and reach > 0:
                text = sheet.lines[near].strip()
                if text and near not in sheet.cuts:
                    core = _MARKS.sub("", text)
                    single = core in patterns.shy or (not core and not text[-1].isdigit())
                    if not single and not (footer and patterns.publisher.match(text) is not None):
                        break
                    sheet.cut_line(near, "chrome")
                if text:
                    reach -= 1
                near += step


def _cut_box(sheet: Sheet, run: list[int], patterns: _Patterns, fields: list[FieldRow]) -> None:
    for place, at in enumerate(run):
        text = sheet.lines[at].strip()
        first = _field_at(text, patterns)
        if first is None:
            continue
        rows = [first, *patterns.field.finditer(text, first.end())]
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            end = following.start() if following is not None else len(text)
            value = (
                text[row.end() : end].strip().partition("\t")[0].strip()
            )  # a column of the page's own may stand beside
            fields.append(FieldRow(_SPACE.sub("", row["name"]), value, at))
        sheet.cut_line(at, "chrome")
        if not fields[-1].value and place + 1 < len(run):
            for below in range(at + 1, run[place + 1]):
                if sheet.lines[below].strip() and below not in sheet.cuts:
                    fields[-1] = FieldRow(fields[-1].name, sheet.lines[below].strip(), below)
                    sheet.cut_line(below, "chrome")


def _cut_tail(sheet: Sheet, patterns: _Patterns) -> None:
    """Cut words of the site off the end of a file that has lost its line breaks."""
    at = len(sheet.lines) - 1
    while at >= 0 and sheet.is_blank(at):
        at -= 1
    if at < 0 or len(sheet.lines[at]) <= MAX_CHROME:
        return
    line = sheet.lines[at]
    match = patterns.tail.search(line, max(0, len(line) - 80))
    if match is None:
        return
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    spans: list[tuple[int, int]] = []
    for cut in sheet.cuts.get(at, ()):
        if cut.start >= start:
            spans.append((start, cut.start))
            start = cut.end
    spans.append((start, len(line.rstrip())))
    sheet.cut(at, [span for span in spans if line[slice(*span)].strip()], "chrome")
