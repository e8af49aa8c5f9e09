"""署名 and 成文日期: who signs a document, and when (S11, S12, L51)."""

from __future__ import annotations

import re

from extractor.model import Span
from extractor.structure import marks, names
from extractor.structure.header_fields import Header
from extractor.structure.survey import Line, Survey
from extractor.text.fold import View

MOST_SIGNERS = 16
"""Bodies that sign a joint notice at most."""
DECOR = "•· \t\n*#\u00a0\u3000\ufeff"
"""Spaces, bullets and marks of emphasis around a printed name or title."""


def span_of(survey: Survey, line: Line) -> Span:
    """Where the characters of a line stand, without the spaces around."""
    begin = survey.folded.index(line.folded, line.start)
    return begin, begin + len(line.folded)


def printed(survey: Survey, line: Line) -> str:
    """A line as printed, without the spaces around."""
    return survey.text[line.start : line.end].strip(DECOR)


def may_sign(survey: Survey, header: Header, at: int) -> bool:
    """Whether a date line is a 成文日期: the last lines of the document, below a signer or a closed sentence."""
    above = survey.lines[at - 1] if at > header.body else None
    return above is None or above.kind != "table"


def read_signers(survey: Survey, header: Header, i: int) -> int:
    """Read the names above line ``i``; returns the first of their lines."""
    lines = survey.lines
    found: list[tuple[Span, str]] = []
    while i > header.body and len(found) < MOST_SIGNERS:
        line = lines[i - 1]
        if line.kind != "head" or line.genre is not None or not names.is_signer(line.tight):
            break
        span = span_of(survey, line)
        if names.is_person(line.tight):
            header.signature = header.signature or span
        else:
            found += [(span, name) for name in reversed(names.split_signers(printed(survey, line)))]
        header.kinds[i - 1] = "signature"
        i -= 1
    above = lines[i - 1] if i > header.body else None
    if (
        found
        and above is not None
        and above.kind == "head"
        and above.genre is None
        and len(above.tight) <= names.LONGEST_SIGNER
        and not names.is_office(above.tight)
    ) and (i - 2 < header.body or lines[i - 2].kind not in ("head", "table")):  # a long name on two lines
        span, name = found.pop()
        found.append(((span_of(survey, above)[0], span[1]), printed(survey, above) + name))
        header.kinds[i - 1] = "signature"
        i -= 1
    found.reverse()
    if found:
        header.signature = (found[0][0][0], found[-1][0][1])
        header.issuers = [re.sub(r"\s+$", "", _clean_stamp(name)) for _, name in found]
    return i


def _clean_stamp(name: str) -> str:
    return re.sub(r"\s*[（(](?:代章|盖章|印章|公章|章)[）)]\s*$", "", name)


def signed_on_one_line(survey: Survey, header: Header, line: Line) -> bool:
    """Signature and date on one line: 青岚区教育局 2024年5月1日."""
    if not line.tight or len(line.tight) > names.LONGEST_SIGNER + 16:
        return False
    found = marks.find_date(line.tight)
    if found is None or found[2] != len(line.tight) or not names.is_signer(line.tight[: found[1]]):
        return False
    header.date = found[0]
    view = View.of(survey.text, line.start, line.end)
    at = view.text.find(line.tight)
    if at >= 0:
        header.signature = view.span(at, at + found[1])
        header.date_span = view.span(at + found[1], at + found[2])
        header.issuers = [_clean_stamp(survey.text[slice(*header.signature)].strip(DECOR))]
    return True


def signs_alone(survey: Survey, header: Header, at: int) -> bool:
    """A name at the end without a date: only below a closed sentence, or it could be a row of a list."""
    line = survey.lines[at]
    if not names.is_signer(line.tight) or line.genre is not None or at - 1 < header.body:
        return False
    above = survey.lines[at - 1]
    return above.kind in ("text", "label", "attached") and above.folded.endswith(("。", "。)", "》"))
