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

_LEVELS = "自治区|[省市区县州旗]"
_SUFFIX = (
    r"(?:委员会|委(?![员托派任培外])|局|厅|办公室|办公厅|办(?![理法事学案公结好证税园医班实展在]))(?!长|面|部|限|域)"
)
_LONGEST_PLACE = 12


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words: dict[str, Any] = lexicon.load("offices")
    rows: dict[str, Any] = lexicon.load("bodies")
    fields = {*words["fields"], *words["fields"].values(), *words["full"]["fields"], *rows["systems"]["fields"]}
    sorts = {*rows["standing"]["sorts"], "人民政府", "府办", "档案馆", "中院", "高院"}
    wholes = {short for row in words["whole"] for short in row["short"]}
    state = {form for body in national.bodies() for form in (body.name, *body.short)}
    letter = f"(?:(?:{_LEVELS})(?!级))"
    parts = (
        rf"(?:{_any(name for name in state if len(name) > 2)})(?!长|门|队|分)",
        rf"{letter}委(?:{_any(words['party'])})",
        rf"{letter}(?:委(?![员托派任外])|{_any(sorts)})(?:办公室|办公厅)?(?!部门|投资|购买|采购|信息|网站|性)",
        rf"{letter}?(?:{_any(fields)}){_SUFFIX}",
        rf"{letter}?(?:{_any(wholes - sorts)})(?!长|部门|代表|委员|性)",
    )
    return re.compile("|".join(parts))


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))


def find_names(text: str, known: Iterable[str] = ()) -> tuple[tuple[int, int], ...]:
    """Start and end of each name of a body in a folded text, in order; ``known`` are names that are looked for besides.

    >>> text = "由市发展改革委会同云溪渔场办公室办理,学校和有关部门配合"
    >>> [text[start:end] for start, end in find_names(text, ["云溪渔场办公室"])]
    ['市发展改革委', '云溪渔场办公室']
    """
    taken = bytearray(len(text))
    found: list[tuple[int, int]] = []
    named = _any(name for name in known if name in text)
    spans = [match.span() for match in re.finditer(named, text)] if named else []
    spans += [(_with_place(text, match.start()), match.end()) for match in _pattern().finditer(text)]
    for start, end in spans:
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end))
    return tuple(sorted(found))


def _with_place(text: str, start: int) -> int:
    """Where the name of the place before a body begins: 无锡市财政局, 云溪区委."""
    letter = 1 if re.match(_LEVELS, text[start:]) else 0
    for length in range(min(_LONGEST_PLACE, start + letter), 1, -1):
        name = text[start + letter - length : start + letter]
        if divisions.named(name) is not None:
            return start + letter - length
    return start
