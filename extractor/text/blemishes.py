"""What decoding and copying did to the characters: lost ones and mojibake (L28)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from extractor.diagnostics import notice
from extractor.model import Diagnostic

MAX_REPORTED = 20
"""One diagnostic each for the first losses; the last of them says how many there are in all."""
_LOST = re.compile("[\ufffd\ue000-\uf8ff](?:(?<=\ufffd)\ufffd*|(?=[0-9])|(?<=[0-9].))")
"""A character of private use beside a figure is a part of the number that only one font knew: 0□18元."""
# UTF-8 read as GBK (锘挎枃), as Latin-1 (å…¬å¸), old .doc read as text, question marks for what a code page lacks.
_MOJIBAKE = re.compile(
    r"(?:[ÃÂÅÄÆÇÈÉæçèéåäï][\u0080-\u00ff\u2010-\u2040\u0152-\u017e]{1,2}){3,}|(?:锟斤拷)+|(?:烫烫|屯屯){2,}|\?{4,}|(?:[\u0700-\u0fff]{2,}\s?){2,}"
)
_SUSPECT = re.compile("[ÃÂÅÄÆÇÈÉæçèéåäï锟烫屯?\u0700-\u0fff]")
_ODD = re.compile(f"[\ufffd\ue000-\uf8ff{_SUSPECT.pattern[1:-1]}]")
"""Characters with which mojibake begins, and those that are lost: one quick look finds none in most texts."""


def losses(text: str) -> tuple[Diagnostic, ...]:
    """Diagnostics for lost characters and for mojibake in the reading text.

    >>> [d.code for d in losses("生育\\ufffd持")], [d.span for d in losses("每度0\\ue01018元")]
    (['text.undecodable'], [(3, 4)])
    """
    if _ODD.search(text) is None:
        return ()
    found: list[Diagnostic] = []
    lost = list(_LOST.finditer(text))
    for match in lost[:MAX_REPORTED]:
        count = f" ({len(lost)} places in all)" if len(lost) > 1 else ""
        message = f"Characters of the source could not be decoded and are lost{count}."
        found.append(notice("text.undecodable", message, match.span()))
    for match in islice(_mojibake(text), MAX_REPORTED):
        message = "This reads like text that was decoded in a wrong encoding."
        found.append(notice("text.mojibake", message, match.span()))
    return tuple(found)


def _mojibake(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while (suspect := _SUSPECT.search(text, at)) is not None:
        match = _MOJIBAKE.match(text, suspect.start())
        at = match.end() if match is not None else suspect.end()
        if match is not None:
            yield match
