"""Provisions that a text names: 本办法第八条第(一)项, 前款, 第六条至第十六条, 见附件2 (内部引用)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor import lexicon
from extractor.text.labels import chinese
from extractor.text.numerals import parse_number


def may_name_provision(text: str) -> bool:
    """False where a folded text names no provision; quick to tell.

    >>> may_name_provision("依照前款规定"), may_name_provision("加强领导")
    (True, False)
    """
    return "第" in text or "条" in text or "前款" in text or "附件" in text


_CN = r"(?:[一二三四五六七八九十百千零〇]{1,9}|\d{1,4})"
_ITEM = rf"(?:第?\({_CN}\)项?|第{_CN}项)"
_PROVISION = re.compile(
    rf"""
    第(?P<number>{_CN})(?P<kind>[章条]|部分)(?P<bis>之[一二三四五六七八九十](?![一-鿿]))?(?!例|件|约)
        (?:第(?P<paragraph>{_CN})款)?
        (?P<items>{_ITEM}(?:[、和及或]?{_ITEM})*)?
        (?:(?:的?规定)?[至到-](?:本[一-鿿]{{2,6}})?第(?P<last>{_CN})条)?
  | (?:前(?P<back>[两二三])?(?P<before>款(?!项)|条(?!件|例|款|约))|本(?P<this>条(?!例|件|约|线)|章(?!程)))
        (?:第(?P<inner_paragraph>{_CN})款)?(?P<inner>{_ITEM}(?:[、和及或]?{_ITEM})*)?
  | 附件(?P<attachment>{_CN})?(?![一-鿿]{{0,6}}(?:下载|[:]))
    """,
    re.VERBOSE,
)
_NUMBERS = re.compile(_CN)
_CITED = re.compile(r"》(?:\([^()]{0,40}\))?的?$")
_JOINTS = frozenset((*"、,和及与或", "或者", "以及"))
"""What stands between the provisions of a list."""
_OPEN = re.compile(
    r"(?:[,(、]|按照?|依照|根据|符合|违反|依据|除|属于|涉及的|适用|参照|对|将|在|和|及|与|或|有|享受|经)$"
)
_SEEN = re.compile(r"(?:见|\(|按照?|填写|填报|参照|根据|对照|格式|作为)$")
_SHUNNED = "以之目当提先日年月此"
"""Characters that make 前款 and 前条 the end of another word: 目前条件, 提前款项."""
_AMENDED = re.compile(r"(?:中|的)?[^,。;]{0,16}?(?:修改|改为|删去|删除|增加一[款项条]|作为第)")
"""What follows a provision of another text that is being amended: 将第六条修改为, 删去第八条."""
_AMENDING = ("删去", "删除", "删掉")
_REACH = 48


@dataclass(frozen=True, slots=True)
class ProvisionMention:
    """A named provision in folded text ``view[start:end]``."""

    start: int
    end: int
    path: tuple[str, ...] = ()
    """Normalised labels of the article or chapter and of the item in it (第八条, (一)); only (一) where relative."""
    last: str | None = None
    """Normalised label of the end of a range: 第六条至第十六条."""
    paragraph: int | None = None
    """款, counted from 1."""
    back: int = 0
    """前条 is 1, 前两条 is 2; 0 where the provision is named or is the own one."""
    own: str | None = None
    """条 or 章 for 本条, 本章; 款 for 前款, which stands in the own article."""
    attachment: str | None = None
    """Number of the attachment; the empty string for 附件 without one."""
    named: bool = False
    """The text says whose it is (本办法第八条), so that it must be there."""
    title_end: int | None = None
    """Where the title 《…》 ends that it is a provision of; None for the text itself."""


def find_provisions(view: str) -> tuple[ProvisionMention, ...]:
    """The provisions that folded text without spaces names, but for its own label.

    A provision of a law that is named without 《》 (刑法第一百条) is neither own nor cited and stays out.

    >>> found = find_provisions("申请本办法第七条、第八条第(一)项资助的,按前款执行,见附件2")
    >>> [("".join(m.path), m.own, m.attachment) for m in found]
    [('第七条', None, None), ('第八条(一)', None, None), ('', '款', None), ('', None, '2')]
    >>> find_provisions("第三条依照刑法第一百条处理")
    ()
    """
    found: list[ProvisionMention] = []
    for match in _PROVISION.finditer(view):
        at = match.start()
        before = view[max(0, at - _REACH) : at]
        if before.count("《") > before.count("》"):
            continue
        if match["number"]:
            found.extend(_numbered(match, before, found[-1] if found else None))
        elif match["attachment"] is not None or match.group().startswith("附件"):
            if before and (match["attachment"] or _SEEN.search(before)):
                number = parse_number(match["attachment"] or "")
                found.append(ProvisionMention(at, match.end(), attachment="" if number is None else str(int(number))))
        elif before[-1:] not in _SHUNNED or not before:
            found.extend(_relative(match))
    return tuple(found)


def _numbered(match: re.Match[str], before: str, previous: ProvisionMention | None) -> Iterator[ProvisionMention]:
    named = bool(_own().search(before))
    cited = _CITED.search(before)
    between = before[len(before) - (match.start() - previous.end) :] if previous is not None else ""
    title_end: int | None = None
    if cited is not None:
        title_end = match.start() - len(before) + cited.start() + 1
    elif not named and previous is not None and between in _JOINTS:
        named, title_end = previous.named, previous.title_end
    elif not named and (
        not _OPEN.search(before) or before.endswith(_AMENDING) or _AMENDED.match(match.string, match.end())
    ):
        return  # of a law that is named without marks, or of one that is amended
    number = parse_number(match["number"])
    if number is None or (match["kind"] == "部分" and not named):
        return
    head = chinese(int(number))
    if match["kind"] != "部分":
        head = f"第{head}{match['kind']}{match['bis'] or ''}"
    last = parse_number(match["last"] or "")
    paragraph = parse_number(match["paragraph"] or "")
    for item in _items(match["items"]) or ((),):
        yield ProvisionMention(
            *match.span(),
            (head, *item),
            last=None if last is None else f"第{chinese(int(last))}条",
            paragraph=None if paragraph is None else int(paragraph),
            named=named,
            title_end=title_end,
        )


def _relative(match: re.Match[str]) -> Iterator[ProvisionMention]:
    paragraph = parse_number(match["inner_paragraph"] or "")
    counted = None if paragraph is None else int(paragraph)
    for item in _items(match["inner"]) or ((),):
        if match["before"] == "条":
            back = {"两": 2, "二": 2, "三": 3}.get(match["back"] or "", 1)
            yield ProvisionMention(*match.span(), item, paragraph=counted, back=back)
        else:
            yield ProvisionMention(*match.span(), item, paragraph=counted, own=match["this"] or "款")


def _items(written: str | None) -> tuple[tuple[str], ...]:
    """The labels of 第(一)、(二)项."""
    values = (parse_number(number) for number in _NUMBERS.findall(written or ""))
    return tuple((f"({chinese(int(value))})",) for value in values if value is not None)


@lru_cache(maxsize=1)
def _own() -> re.Pattern[str]:
    """How a document speaks of itself right before a provision: 本办法, 本实施细则."""
    words = lexicon.load("genres")
    genres = "|".join(sorted({word for key in ("statutory", "local") for word in words[key] if len(word) > 1}))
    return re.compile(rf"本[一-鿿]{{0,4}}(?:{genres})(?:的|中)?$")
