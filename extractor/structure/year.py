"""The year of a document, which dates without one take (6月底前, 今年, 年底前)."""

from __future__ import annotations

import re

from extractor.structure.frame import Frame
from extractor.text.fold import fold

_PLAN = re.compile("(?:方案|计划|要点|清单|安排|任务分工)$")
_TITLE_YEAR = re.compile(r"(?<![\d-])(20\d\d)(?:年(?!-)|(?=[\u4e00-\u9fff]{0,12}(?:方案|计划|要点|清单|安排)))")
_AHEAD = re.compile("征订|订阅|宣传发行|预算编制|放假|节假日")
"""What is arranged the year before: 今年 of a notice on subscriptions for 2024 is not 2024."""
_PRINTED = re.compile(r"(20\d\d)年\d{1,2}月\d{1,2}日印发$")
_YEAR = re.compile(r"(?<![\d-])(20\d\d)年(?!-|度)")


def document_year(frame: Frame) -> int | None:
    """The year that dates without one take: of the document, its 文号, title, carrier, imprint or preamble."""
    for document in (frame.document, frame.parent):
        if document is None:
            continue
        title = fold(document.title or "")
        match = _TITLE_YEAR.search(title)
        titled = int(match[1]) if match is not None and _AHEAD.search(title) is None else None
        number = document.doc_number.year if document.doc_number is not None else None
        dated = int(document.date[:4]) if document.date else number
        if titled is not None and dated == titled + 1 and _PLAN.search(title):
            return titled  # 今年 of a plan for 2023 that was printed in January 2024
        if dated or titled:
            return dated or titled
    last = frame.document.blocks[-1:]
    printed = _PRINTED.search(fold(frame.text[slice(*last[0].span)]).rstrip()) if last else None
    if printed is not None:
        return int(printed[1])
    years = {
        year for passage in frame.passages if passage.kind == "preamble" for year in _YEAR.findall(passage.view.text)
    }
    return int(years.pop()) if len(years) == 1 else None
