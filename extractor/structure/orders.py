"""Orders (令) and the text that they lay down (S20, S30)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.structure.boundaries import Start
from extractor.structure.header import read_title
from extractor.structure.header_fields import Header
from extractor.structure.survey import Survey
from extractor.structure.titles import Title, alike

_LAID_DOWN = re.compile(r"《((?:[^《》]|《[^《》]*》){4,100})》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,24}令 ?\(?(第 ?\d{1,4} ?号)")


def number_of(folded: str) -> str | None:
    """The number of the 令 with which an entry of the contents begins, None where it begins with none (S30).

    >>> number_of("青岚省人民政府令(第83号) 河道管理办法"), number_of("关于修改第83号令的决定")
    ('第83号', None)
    """
    match = _NUMBER.match(folded) if "令" in folded else None
    return match[1] if match else None


def name_payloads(survey: Survey, headers: Sequence[Header], carried_by: Sequence[int | None]) -> None:
    """Find the title of what a 令 lays down above the 令, where it is the heading of the page (L37).

    It is a line of a title there, and the title of the text itself where that is printed without one.
    """
    for header, parent in zip(headers, carried_by, strict=True):
        order = headers[parent] if parent is not None else None
        if order is None or order.genre != "令" or order.start.title is None:
            continue
        lines = survey.lines[order.first : order.last]
        named = next((match[1] for line in lines if (match := _LAID_DOWN.search(line.folded))), "").replace(" ", "")
        for i in range(order.first, order.start.title.first):
            heading = Header(Start(i, Title(i, i, survey.lines[i].tight, None), frozenset()), i, i + 1)
            read_title(survey, heading)
            if not named or not alike(heading.tight_title, named):
                continue
            order.kinds[i] = "title"
            if header.title is None:
                header.title, header.tight_title, header.genre = heading.title, heading.tight_title, heading.genre
