"""From when to when a document is in force, as it says of itself: 本办法自…起施行,有效期五年 (S67–S71).

A sentence about a benefit, a task or another document says nothing of it: the subject is 本 with a genre, or, where it
stands outside of every clause, 以上 or 上述 with one.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from extractor import lexicon
from extractor.model import Document
from extractor.structure import marks
from extractor.text.fold import fold
from extractor.text.numerals import parse_number

REACH = 80
"""Characters behind the words that put a document in force in which its term is looked for, the next sentence too."""
LONGEST_NOTE = 400
"""Characters of a bracket below a title: who made the text known, what amended it, since when it holds."""
_ANCHORS = (
    *("起施行", "起实施", "起执行", "起实行", "起生效", "起试行", "起正式"),
    *("日施行", "日实施", "后施行", "有效期", "试行期"),
)
"""One of these stands in every such sentence; most documents have none."""
_NUMERAL = r"[\d〇零O一二三四五六七八九十元]"
_COUNT = r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})(?P<unit>年|个月)(?!以)"
_DATE = rf"(?:19|20|二[〇零O]|一九){_NUMERAL}{{2}}年(?:{_NUMERAL}{{1,3}}月(?:{_NUMERAL}{{1,3}}日)?)?"
_BETWEEN = r"(?:(?:由|经|已|为|适用于|的?有效期)[^。;]{1,90},)?"
"""What may stand between the name and 自: who explains the text, who passed it; another subject is another matter."""
_FORCE = re.compile(
    rf"{_BETWEEN}[自从](?:(?:本\w{{2,6}}?|政策|文件)?(?:印发|发布|公布|颁布|发文|下发|签发)之日|(?P<day>{_DATE}))"
    rf"(?:起?满?(?P<later>{_NUMERAL}{{1,3}})日[之以]?后)?起?(?:正式)?(?:施行|实施|执行|实行|生效|试行)(?!的|期|后|前|之)"
)
_TERM = (
    r"(?:(?:有效|试行|施行|实施|执行)?期限?(?:暂定|调整)?为?|试行|暂行)"
    rf"(?:{_COUNT}|(?:调整|延长|延续|顺延)?[至到为](?P<until>{_DATE})(?P<last>底)?)"
)
"""How long; 有效期延长2年 is left alone, as the term that is prolonged is not said."""
_BELOW_TITLE = re.compile(rf"[^。]*?(?={_FORCE.pattern}\)$)")
"""(2031年3月1日县政府令第5号公布 自2031年5月1日起施行)."""
_ANNOUNCED = re.compile(
    r"《(?P<title>[^《》]{4,60})》(?:已|经|由)[^。;《》]{2,80}现[予将](?:以)?(?:公布|发布|颁布|印发),"
)
_THEN = re.compile(rf"[,;。(](?:(?:各\w{{1,6}})?除[^,。;]{{1,40}}外,|未[^,。;]{{1,20}}的,)?(?:本\w{{2,8}}?)?{_TERM}")
_ITS_TERM = re.compile(rf"的?(?=有效期|试行){_TERM}")
_SENTENCE = re.compile("[。\n]")


def with_validity(documents: Sequence[Document], folded: str) -> tuple[Document, ...]:
    """Fill ``effective_from`` and ``effective_to`` of the documents from their own words.

    自印发之日起 is the date of the document, or of the one that it is printed with; the end of 有效期五年 is the last
    day of the fifth year. Both are concluded, and ``bases`` says so: what a metadata box gives goes before them, what
    is printed before all.

    >>> text = "本办法自2031年3月1日起施行，有效期至2036年12月31日。"
    >>> from extractor.text.fold import fold
    >>> (found,) = with_validity([Document(id="d1", span=(0, len(text)), blocks=())], fold(text))
    >>> found.effective_from, found.effective_to, found.bases.effective_from
    ('2031-03-01', '2036-12-31', None)
    """
    dates: dict[str, str | None] = {}
    announced: dict[tuple[str, str], dict[str, tuple[str, bool]]] = {}
    filled: list[Document] = []
    for document in documents:  # a parent stands before its children
        issued = dates[document.id] = document.date or dates.get(document.parent_id or "")
        begun = document.effective_from or issued
        facts: dict[str, tuple[str, bool]] = {}
        for title, said, rest in _sentences(document, folded):
            if title is not None:  # 《X办法》已经会议通过,现予公布,自…起施行: said of the text that follows
                announced[document.id, title] = _read(said, rest, begun)
            elif not facts:
                facts = _read(said, rest, begun)
        if not facts and document.parent_id is not None and announced:
            facts = announced.get((document.parent_id, fold(document.title or "")), {})
        for name, (value, read) in facts.items():
            if read or getattr(document, name) is None:
                bases = replace(document.bases, **{name: None if read else "concluded"})
                document = replace(document, **{name: value}, bases=bases)
        filled.append(document)
    return tuple(filled)


def _sentences(document: Document, folded: str) -> Iterator[tuple[str | None, str, str]]:
    """The sentences in which a document speaks of its own force, without spaces, from its name on, and what follows.

    A title before them where they are said of the text that a decree makes known.
    """
    begin, end = document.span
    seen = -1
    for anchor in _ANCHORS:
        at = folded.find(anchor, begin, end)
        while at >= 0:
            left = max(begin, *(folded.rfind(mark, begin, at) + 1 for mark in "。;\n"))
            stop = _SENTENCE.search(folded, at, end)
            right = stop.start() if stop else end
            sentence = "".join(folded[left:right].split())
            rest = "".join(folded[right : min(end, right + REACH)].split())
            if left != seen and (noted := _noted(document, folded, at)) is not None:
                yield None, noted, ""
            own = _own(inside=_in_clause(document, at)).search(sentence) if left != seen else None
            if own is not None and sentence[: own.start()].count("“") <= sentence[: own.start()].count("”"):
                yield None, sentence[own.end() :], rest
            elif own is None and left != seen and (named := _ANNOUNCED.match(sentence)) is not None:
                yield named["title"], sentence[named.end() :], rest
            seen = left
            at = folded.find(anchor, right, end)


@lru_cache(maxsize=2)
def _own(*, inside: bool) -> re.Pattern[str]:
    """How a document speaks of itself; of 以上政策 inside a clause it is the policies of the clause."""
    words = lexicon.load("genres")
    genres = "|".join(sorted({word for key in ("statutory", "local") for word in words[key] if len(word) > 1}))
    kinds = rf"(?:若干|实施|行动|工作|暂行|试行|政策|管理|指导|专项|具体|补充|扶持)*(?:{genres}|文件|举措)"
    return re.compile(rf"本{kinds}" if inside else rf"(?:本|以上|上述|各)(?:各项|各条)?{kinds}(?:{genres}|举措)?")


def _noted(document: Document, folded: str, at: int) -> str | None:
    """What the bracket below the title says of the force of the document, where the place stands in it."""
    after = "title"
    for block in document.blocks:
        if block.span[0] <= at < block.span[1]:
            said = "".join(folded[slice(*block.span)].split()) if block.kind == "note" and after == "title" else ""
            found = _BELOW_TITLE.match(said) if said.startswith("(") and len(said) <= LONGEST_NOTE else None
            return said[found.end() :] if found is not None else None
        after = block.kind
    return None


def _in_clause(document: Document, at: int) -> bool:
    return any(block.clause_id is not None for block in document.blocks if block.span[0] <= at < block.span[1])


def _read(said: str, rest: str, issued: str | None) -> dict[str, tuple[str, bool]]:
    """The first and the last day that a sentence gives behind the name of the document, and whether it says them."""
    facts: dict[str, tuple[str, bool]] = {}
    force = _FORCE.match(said)
    term = _ITS_TERM.match(said)
    if force is not None:
        begin = marks.read_date(force["day"]) if force["day"] else issued
        if begin and force["later"]:
            begin = _later(begin, int(parse_number(force["later"]) or 0))
        if begin:
            facts["effective_from"] = begin, force["day"] is not None and force["later"] is None
        term = term or _THEN.match(said[force.end() :] + rest)
    if term is None:
        return facts
    if term["until"]:
        until = marks.read_date(term["until"])
        if until:
            facts["effective_to"] = until + ("-12" if term["last"] and len(until) == len("2031") else ""), True
    elif "effective_from" in facts:
        months = int(parse_number(term["count"]) or 0) * (12 if term["unit"] == "年" else 1)
        last = _last_day(facts["effective_from"][0], months)
        if last:
            facts["effective_to"] = last, False
    return facts


def _later(date: str, days: int) -> str | None:
    """The day after so many days; None of a date that is no day of the calendar."""
    first = _day(date)
    return (first + datetime.timedelta(days)).isoformat() if first else None


def _last_day(date: str, months: int) -> str | None:
    """The last day of so many months from a day on."""
    first = _day(date)
    if first is None or not months:
        return None
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    days = calendar.monthrange(year, month + 1)[1]
    if first.day > days:  # from 31 August on, six months end with February
        return datetime.date(year, month + 1, days).isoformat()
    return (datetime.date(year, month + 1, first.day) - datetime.timedelta(1)).isoformat()


def _day(date: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        return None
