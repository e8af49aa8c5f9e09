"""What is odd in the headers of documents."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from extractor.diagnostics import notice
from extractor.model import Diagnostic, Masthead, Removed
from extractor.structure.carriers import MOST_ATTACHED, _means
from extractor.structure.header_fields import Header
from extractor.structure.survey import Survey

LONGEST_GAP = 9
"""Months between a signature and the month it arranges beyond which the date is doubtful."""
DEEPEST = 12
"""Documents, each carried by the next and announcing attachments, that a document can be the attachment of."""

SHOWN = 16
"""Characters of a text without a title that are shown."""

_INNER_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])[ \u00a0\u3000]+(?=[\u4e00-\u9fff])")
_MONTH = re.compile(r"((?:19|20)\d\d) ?年 ?(\d{1,2}) ?月")
_QUOTED = re.compile(r"《([^《》\n]{6,80})》")


def document_notices(
    survey: Survey, headers: Sequence[Header], parents: Sequence[int | None], masthead: Masthead
) -> list[Diagnostic]:
    """What is odd in the headers of the documents."""
    found: list[Diagnostic] = []
    below: dict[int, list[Header]] = {}
    direct: dict[int, list[Header]] = {}
    announcing: list[int | None] = []  # the next document above that announces attachments: others ask for none
    for child, parent in enumerate(parents):
        if parent is not None:
            direct.setdefault(parent, []).append(headers[child])
        above = parent if parent is None or headers[parent].attached else announcing[parent]
        announcing.append(above)
        for _ in range(DEEPEST):
            if above is None:
                break
            below.setdefault(above, []).append(headers[child])
            above = announcing[above]
    for k, header in enumerate(headers):
        found += _title(survey, header, first=k == 0)
        found += _addressees(survey, header)
        found += _signature(survey, header, masthead)
        found += _attachments(header, below.get(k, ()))
        found += _announced(survey, header, direct.get(k, ()))
    return found


def _title(survey: Survey, header: Header, first: bool) -> list[Diagnostic]:
    title = header.start.title
    lines = survey.lines
    if header.title is None:
        start = lines[header.first].start
        span = (start, min(start + SHOWN, lines[header.first].end))
        return [notice("document.title-missing", "No title is printed above this text.", span)]
    if title is None:
        return []
    found = []
    begin, end = lines[title.first].start, lines[title.last].end
    end = begin + len(survey.folded[begin:end].rstrip())
    if title.repeats is not None:
        found.append(notice("document.title-repeated", "The title is printed twice in a row.", (begin, end)))
    for gap in _INNER_SPACE.finditer(survey.text, begin, end):
        around = survey.tight(max(begin, gap.start() - 3), min(end, gap.end() + 3))
        if survey.folded.find(around, end, lines[header.last - 1].end) >= 0:
            span = (max(begin, gap.start() - 3), min(end, gap.end() + 3))
            found.append(notice("document.title-space", "A space stands inside a word of the title.", span))
    if first and title.last + 1 < header.last and "\n" not in survey.text[begin : lines[title.last + 1].start]:
        span = (max(begin, end - 4), min(lines[title.last + 1].start + 4, lines[title.last + 1].end))
        found.append(notice("document.line-breaks-lost", "Title and text stand on one line.", span))
    return found


def _addressees(survey: Survey, header: Header) -> list[Diagnostic]:
    """A comma of the wrong width: one that the rest of the text hardly uses (L16, L17)."""
    found = []
    spans = header.addressee_spans
    for (_, left), (right, _) in itertools.pairwise(spans):
        if "," in survey.text[left:right]:
            start, end = survey.lines[header.first].start, survey.lines[header.last - 1].end
            if survey.text.count("，", start, end) > 5 * survey.text.count(",", start, end):
                found.append(
                    notice("document.addressee-separator", "A half-width comma in full-width text.", (left, right))
                )
    return found


def _signature(survey: Survey, header: Header, masthead: Masthead) -> list[Diagnostic]:
    if header.signature is not None and header.date is None and header.issuers:
        return [notice("document.signature-without-date", "The document is signed and has no date.", header.signature)]
    if header.date is None or header.date_span is None or masthead.year is None or len(header.date) < 7:
        return []
    signed = int(header.date[:4]) * 12 + int(header.date[5:7])
    if int(header.date[:4]) >= masthead.year:
        return []
    start, end = survey.lines[header.first].start, header.date_span[0]
    months = [int(m[1]) * 12 + int(m[2]) for m in _MONTH.finditer(survey.folded, start, end)]
    future = [month for month in months if month - signed > LONGEST_GAP]
    if future and len(future) == len(months):
        return [
            notice(
                "document.date-inconsistent", "Signed long before the month that the text arranges.", header.date_span
            )
        ]
    return []


def _attachments(header: Header, children: Sequence[Header]) -> list[Diagnostic]:
    printed = sum("marker" in child.start.evidence for child in children)
    titles = {child.tight_title for child in children if child.title}
    near = [child.tight_title for child in children[:MOST_ATTACHED] if child.title]
    missing = [
        each
        for each in header.attached
        if not each.left_out and each.tight not in titles and not any(_means(each.tight, title) for title in near)
    ]
    matched = len(header.attached) - len(missing)
    untitled = max(0, printed - matched)  # attachments printed without a title that could be compared
    return [
        notice("document.attachment-missing", "This attachment is announced and not printed.", each.span)
        for each in missing[untitled:]
    ]


def _announced(survey: Survey, header: Header, payloads: Sequence[Header]) -> list[Diagnostic]:
    """A notice names its payload by a shorter title (S44, S63)."""
    found: list[Diagnostic] = []
    if not payloads or (header.body >= header.body_end and header.body_at is None):
        return found
    titles = [p.tight_title for p in payloads if (p.tight_title and "announced" in p.start.evidence) or p.tight_title]
    start = header.body_at or survey.lines[header.body].start
    end = survey.lines[header.body_end - 1].end
    for match in _QUOTED.finditer(survey.folded, start, end):
        name = match.group(1).replace(" ", "")
        for title in titles:
            if name != title and title.endswith(name) and len(name) >= 8 and fuzz.ratio(name, title) < 95:
                found.append(
                    notice("document.announced-title-differs", "The text printed has a longer title.", match.span())
                )
                break
    return found[:1]


_SERIES = re.compile(r"[\u4e00-\u9fff]{2,20}(?:公报|政报)")


def chrome_notices(removed: Sequence[Removed], masthead: Masthead) -> list[Diagnostic]:
    """What the chrome of a web page says otherwise than the issue: the name of the gazette in a page trail (L33)."""
    if masthead.series is None:
        return []
    return [
        notice("masthead.series-differs", f"the page says {match.group()}", removed=at)
        for at, piece in enumerate(removed)
        if piece.kind == "chrome" and (match := _SERIES.search(piece.text)) and match.group() != masthead.series
    ][:1]
