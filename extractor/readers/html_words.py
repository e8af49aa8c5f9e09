"""How the lines and blocks of a page look: words and names that only a site prints (L33–L42)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractor import lexicon
from extractor.readers.html_lines import Line

LONG = 10
"""Characters outside links from which a line with the marks of a sentence counts as a paragraph."""
MOSTLY = 0.7
"""Share of a line that is links from which all of it is a link (numbers and dates stand beside)."""
MAX_SIGNER = 45
"""Characters of the name of a body that signs."""
MAX_CHROME = 160
"""Characters; a longer line is text."""

_BULLET = re.compile(r"[\s•·●■◆>»|*【\[]*")
_TRAIL = re.compile(r"[>»›→＞/\\]")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[\s|·•:：\[\]【】()（）<>《》/\\\-—+\d]+")
_DATE = re.compile(r"[\s\[(（]*(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?[\s\d:：\])）]*")
_NAME = re.compile(r"[^:：]{2,12}[:：]$")
# Genres that are more often the name of a column or a site, or the end of another word.
_NO_TITLE = frozenset(("公报", "解读", "图解", "表", "目录", "问答", "体系", "建议", "提示", "事项", "机制", "目标"))
_REMARK = re.compile(r"[（(][^（()）]*[）)]\Z")
_BETWEEN = re.compile(r"[\s|｜·>»/]+")
_LAST = re.compile(
    r"\s*(?:(?:[12]\d{3}|[一二三四五六七八九〇○零Ｏ]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*(?:印发)?\s*\Z"
    r"|附件\s*\d{0,2}\s*[:：]|抄送\s*[:：]|公开方式\s*[:：]|[（(]此件)"
)
_PARTS = re.compile(r"[\s\-]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns made of the word lists."""

    breadcrumb: re.Pattern[str]
    widgets: re.Pattern[str]
    shy: frozenset[str]
    counter: re.Pattern[str]
    footer: re.Pattern[str]
    fields: frozenset[str]
    field: re.Pattern[str]
    label: re.Pattern[str]
    lists: frozenset[str]
    containers: frozenset[str]
    surroundings: frozenset[str]
    notices: re.Pattern[str]
    signers: tuple[str, ...]
    titles: tuple[str, ...]
    genres: tuple[str, ...]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def words() -> Words:
    """The patterns, built once from ``lexicon/chrome.toml`` and ``lexicon/webpages.toml``."""
    chrome, pages, genres = lexicon.load("chrome"), lexicon.load("webpages"), lexicon.load("genres")
    fields = [*chrome["fields"], *pages["fields"]]
    counters = [*chrome["counters"], *pages["counters"]]
    marks = r"[\s|·•:：\[\]【】()（）<>《》/\\\-—+\d]*"
    spaced = "|".join(r"\s*".join(map(re.escape, name)) for name in sorted(fields, key=len, reverse=True))
    return Words(
        breadcrumb=re.compile(rf"(?:{_any(chrome['breadcrumbs'])})\s*[:：]?|(?:网站)?首页\s*(?:>|»|›|＞)"),
        widgets=re.compile(rf"{marks}(?:(?:{_any(chrome['widgets'])}){marks})+"),
        shy=frozenset(chrome["shy"]),
        counter=re.compile(rf"(?:{_any(counters)})\s*[:：\[】]"),
        footer=re.compile(_any(chrome["footers"])),
        fields=frozenset(fields),
        field=re.compile(rf"(?P<name>{spaced})\s*[:：]\s*"),
        label=re.compile(rf"(?P<name>{spaced}|{_any(counters)})\s*[:：]\s*"),
        lists=frozenset(pages["lists"]),
        containers=frozenset(pages["containers"]),
        surroundings=frozenset(pages["surroundings"]),
        notices=re.compile(_any(pages["notices"])),
        signers=tuple(lexicon.load("signers")["bodies"]),
        titles=tuple(pages["titles"]),
        genres=tuple(word for word in (*genres["statutory"], *genres["local"]) if word not in _NO_TITLE),
    )


def folded(text: str) -> str:
    """Text without white space, to compare by.

    >>> folded("索 引\\u3000号")
    '索引号'
    """
    return _SPACE.sub("", text)


def is_link(line: Line) -> bool:
    """True when nothing but links (and a date beside) stands on the line."""
    return line.link >= MOSTLY * max(len(_BETWEEN.sub("", _DATE.sub("", line.text))), 1)


def is_date(text: str) -> bool:
    """True for a line that is a date, or a date and a time, and nothing else."""
    return _DATE.fullmatch(text) is not None


def is_paragraph(line: Line) -> bool:
    """True for a line of prose: long, no link, with the mark of a sentence, and not about the site."""
    if len(line.text) - line.link < LONG or not any(mark in line.text for mark in "。；"):
        return False
    return not is_chrome(line.text) and words().notices.search(line.text) is None


def weight(line: Line) -> int:
    """How much a line says that a text stands here: its characters outside links, if it has marks of a text; else 0."""
    own = len(line.text) - line.link
    if line.hidden or own < LONG // 2 or is_chrome(line.text) or words().notices.search(line.text):
        return 0
    if "。" in line.text:
        return 2 * own
    return own if any(mark in line.text for mark in "，、；：《") else 0


def is_chrome(text: str) -> bool:
    """True when all of a line is words of a site: a breadcrumb, buttons, a counter, a footer.

    >>> [is_chrome(text) for text in ("【打印】 【关闭窗口】", "当前位置：首页 > 公报", "浏览次数：5", "二、打印")]
    [True, True, True, False]
    """
    if len(text) > MAX_CHROME or "。" in text:
        return False
    known = words()
    core = text[match.end() :] if (match := _BULLET.match(text)) else text
    if known.breadcrumb.match(core) is not None:
        return _TRAIL.search(core) is not None or core.rstrip(" :：\xa0") in lexicon.load("chrome")["breadcrumbs"]
    if known.counter.match(core) is not None:
        return "，" not in core
    if known.footer.search(core) is not None:
        return "，" not in core
    return known.widgets.fullmatch(core) is not None and _MARKS.sub("", core) not in known.shy


def is_shy(text: str) -> bool:
    """True for a single button that may be a word of a document too (关闭), and for marks alone between buttons."""
    core = _MARKS.sub("", text)
    return core in words().shy or (not core and not text.strip()[-1:].isdigit())


def names(element: Any) -> frozenset[str]:
    """The class names and the id of an element, in lower case."""
    attributes = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return frozenset(attributes.split())


def is_container(element: Any) -> bool:
    """True when its names hint that the element wraps the text of a document."""
    return not words().containers.isdisjoint(names(element))


def is_surrounding(element: Any) -> bool:
    """True when its names hint that the element is put around a text by the site."""
    parts = {part for name in names(element) for part in (*_PARTS.split(name.replace("_", "-")), name)}
    return not words().surroundings.isdisjoint(parts)


def is_signer(text: str) -> bool:
    """True for the name of a body alone on its line, or of several."""
    core = folded(text)
    return len(core) <= MAX_SIGNER and core.endswith(words().signers) and not any(mark in core for mark in "，。：；")


def is_last(text: str) -> bool:
    """True for what stands below the signature only: a written date, attachments, who else gets it, how it is public.

    >>> [is_last(text) for text in ("2031年5月7日", "二〇三一年五月七日", "附件：任务分工表", "2031-05-07", "附件下载")]
    [True, True, True, False, False]
    """
    return _LAST.match(text) is not None and not is_chrome(text)


def title_score(text: str, tag: str, element: Any) -> int:
    """How much a block looks like the title above a text, 0 to 4: its genre, its tag, its names.

    >>> import lxml.html
    >>> title_score("云岭县托育服务管理办法（试行）", "td", lxml.html.fromstring("<td class='art-title'>"))
    3
    """
    core = _REMARK.sub("", folded(text))
    if any(mark in core for mark in "。；："):
        return 0
    parts = [part for name in names(element) for part in _PARTS.split(name.replace("_", "-"))]
    named = any(part == word or (len(word) > 3 and part.endswith(word)) for part in parts for word in words().titles)
    return 2 * core.endswith(words().genres) + (tag in ("h1", "h2", "h3")) + named


def field_name(text: str) -> tuple[str, str] | None:
    """Name and value of a row of a metadata box, if the line begins with a name that is known.

    >>> field_name("索 引 号：000014/2031-7"), field_name("文\\u3000\\u3000号:"), field_name("一、总则")
    (('索引号', '000014/2031-7'), ('文号', ''), None)
    """
    core = text[match.end() :] if (match := _BULLET.match(text)) else text
    found = words().field.match(core)
    if found is not None:
        return folded(found["name"]), core[found.end() :].strip()
    return (folded(core), "") if folded(core) in words().fields else None


def field_rows(text: str) -> list[tuple[str, str]]:
    """Names and values of all rows of a metadata box on one line; [] where it begins with none.

    >>> field_rows("2031-05-08 10:20 来源：县政府办")
    [('来源', '县政府办')]
    >>> field_rows("发布时间：2031-05-08信息来源：云岭县财政局浏览量：7")
    [('发布时间', '2031-05-08'), ('信息来源', '云岭县财政局')]
    """
    if (date := _DATE.match(text)) is not None:
        text = text[date.end() :]
    first = field_name(text)
    if first is None or not first[1]:
        return [first] if first else []
    found = [match for match in words().label.finditer(text) if _is_apart(text, match)]
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [
        (folded(match["name"]), text[match.end() : end].strip())
        for match, end in zip(found, ends, strict=True)
        if folded(match["name"]) in words().fields
    ]


def _is_apart(text: str, match: re.Match[str]) -> bool:
    """True for a label that no Chinese word runs into; names of counters (浏览量) are parts of no other word."""
    before = text[match.start() - 1 : match.start()]
    return not "一" <= before <= "鿿" or folded(match["name"]) not in words().fields


def is_name(text: str) -> bool:
    """True for a short line that ends in a colon, as names in a metadata box do, known or not."""
    return _NAME.match(folded(text)) is not None
