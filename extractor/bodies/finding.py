"""Names of bodies in running text: what the registry can name, with the place or the level letter before it.

A name of a body is found by its field and its suffix (市 + 发展改革 + 委), as one of the state, or as a row of the
lexicon; a word for any body of a sort (学校, 有关部门) is none. Wrong for names that follow no pattern and stand in no
list: these are only known where somebody answers by them (``known``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from extractor import lexicon
from extractor.bodies import divisions, national

_LEVELS = "自治[区州县旗]|[省市区县州旗]"
_NO_OFFICE = "理法事学案公结好证税园医班实展在"
_SUFFIX = rf"(?:委员会|委(?![员托派任培外])|局|厅|办公室|办公厅|办(?![{_NO_OFFICE}]))(?!长|面|部|限|域)"
_NUMBERED = r"(?!\w{0,3}\[\d{4}\])"
"""某市府办字[2031]7号: the mark of an office in the number of a document."""
_GENERIC = frozenset({"机构", "学校", "医院", "银行", "公司", "中心"})
"""What a place has several of: 市机构, 区学校; 市中心 is a part of it."""
_WORDS = re.compile("全[省市区县州]|城市|都市|超市|社区|小区|校区|景区|片区|街区|辖区|库区|灾区|矿区")
"""Words that end like the name of a place: 全市法院, 社区图书馆."""
_NO_PLACES = frozenset({"会同"})
"""A county that is a verb nearly everywhere: 财政部会同交通部."""
_LONGEST_PLACE = 12


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words: dict[str, Any] = lexicon.load("offices")
    rows: dict[str, Any] = lexicon.load("bodies")
    fields = {*words["fields"], *words["fields"].values(), *words["full"]["fields"], *rows["systems"]["fields"]}
    sorts = {*rows["standing"]["sorts"], "人民政府", "府办", "档案馆", "中院", "高院"} - _GENERIC
    wholes = {short for row in words["whole"] for short in row["short"]}
    state = {form for body in national.bodies() for form in (body.name, *body.short)}
    joined = {short for short in wholes - sorts if short.endswith(("协", "联"))}
    plain = wholes - sorts - joined
    letter = f"(?:(?<![上团])(?:{_LEVELS})(?!级))"
    parts = (
        rf"(?:{_any(name for name in state if len(name) > 2)})(?!长|门|队|分)",
        rf"{letter}委(?:{_any(words['party'])})",
        rf"(?:共青)?团(?:{_LEVELS})委(?![员托派任外])",
        rf"{letter}(?:委(?![员托派任外])|{_any(sorts)})(?:办公室|办公厅)?(?!部门|投资|购买|采购|信息|网站|性)",
        rf"{letter}?(?:{_any(fields)}){_SUFFIX}",
        rf"{letter}?(?:{_any(plain)})(?!长|部门|代表|委员|性)(?:(?<!办)|(?![{_NO_OFFICE}]))",
        # 工作协调 and 行政协助 hold a name
        rf"{letter}?(?<![工合操协写登专行])(?:{_any(joined)})(?![调同通系合网助议]|委员)",
    )
    return re.compile(f"(?:{'|'.join(parts)}){_NUMBERED}")


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))


def find_names(text: str, known: Iterable[str] = ()) -> tuple[tuple[int, int], ...]:
    """Start and end of each name of a body in a folded text, in order; ``known`` are names that are looked for besides.

    >>> text = "由市发展改革委会同云溪渔场办公室办理,学校和有关部门配合"
    >>> [text[start:end] for start, end in find_names(text, ["云溪渔场办公室"])]
    ['市发展改革委', '云溪渔场办公室']
    >>> find_names("加强工作协调,推进社区医院、城市医院建设")
    ()
    """
    taken = bytearray(len(text))
    found: list[tuple[int, int]] = []
    named = _any(name for name in known if name in text)
    spans = [match.span() for match in re.finditer(named, text)] if named else []
    for match in _pattern().finditer(text):
        start = _with_place(text, match.start())
        if start < match.start() or not _WORDS.match(text, max(0, start - 1)):
            spans.append((start, match.end()))
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end))
    return tuple(found)


def _with_place(text: str, start: int) -> int:
    """Where the name of the place before a body begins: 无锡市财政局, 云溪区委."""
    level = re.match(_LEVELS, text[start : start + 3])
    letter = level.end() if level is not None else 0
    for length in range(min(_LONGEST_PLACE, start + letter), 1, -1):
        name = text[start + letter - length : start + letter]
        if name not in _NO_PLACES and divisions.named(name) is not None:
            return start + letter - length
    return start
