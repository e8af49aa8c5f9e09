"""Labels that stand in the middle of a line without any mark before them, where a run misses them.

Files that lost their line breaks say 第六章附则第二十七条各市可以… or …便利度(3)深化改革. No pattern may take every
such number for a label; but where the run of the document has a gap, and the missing label stands exactly there, it
is one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extractor.structure.labelling import LINE, Candidate, Mark, cited
from extractor.text.labels import Label, chinese, implied, label_at

MOST = 3
"""Numbers that a gap may miss; wider gaps are no lost line breaks."""
WINDOW = 20_000
"""Characters before a label that are searched for the one it misses: a long clause."""

_TAILS = {"1": "[.、]", "一": "、", "(1)": "", "(一)": "", "article": "条", "section": "节", "chapter": "章"}


def fill(folded: str, starts: Sequence[int], candidates: Sequence[Candidate], marks: Sequence[Mark]) -> list[Candidate]:
    """The candidates with those added that fill the gaps between the marks; unchanged where there are none.

    ``starts`` are the starts of the lines in the text; ``folded`` begins at the first.
    """
    offset = starts[0]
    added: list[Candidate] = []
    last: dict[str, Mark] = {}
    opened: list[int] = []  # where the clause begins that is open on each level
    for mark in marks:
        style, number = mark.label.style, mark.label.number
        del opened[mark.depth :]
        opened.extend([mark.label.end] * (mark.depth + 1 - len(opened)))
        before = last.get(style)
        last[style] = mark
        if mark.oddity != "skipped" or style not in _TAILS:
            continue
        if before is not None and before.label.number < number:
            left, first = before.label.end, before.label.number + 1
        else:
            left, first = opened[mark.depth - 1] if mark.depth else offset, 1
        if not 1 <= number - first <= MOST:
            continue
        left = max(left, mark.label.start - WINDOW)
        found = list(_search(folded, offset, (left, mark.label.start), (style, range(first, number))))
        if len(found) == number - first:
            added.extend(Candidate(label, bisect_right(starts, label.start) - 1, LINE) for label in found)
    if not added:
        return list(candidates)
    known = {candidate.label.start for candidate in added}
    kept = [candidate for candidate in candidates if candidate.label.start not in known]
    return sorted([*kept, *added], key=lambda candidate: candidate.label.start)


def _search(folded: str, offset: int, window: tuple[int, int], wanted: tuple[str, Iterable[int]]) -> Iterable[Label]:
    left, right = window[0] - offset, window[1] - offset
    style, numbers = wanted
    for number in numbers:
        written = re.escape(implied(style, number)) if style != "1" else str(number)
        if style in ("(1)", "(一)"):
            inner = str(number) if style == "(1)" else chinese(number)
            written = rf"\( ?{inner} ?\)"
        elif style in ("article", "section", "chapter"):
            written = rf"第 ?{chinese(number)} ?{_TAILS[style]}"
        pattern = re.compile(
            rf"(?<![\d.第一二三四五六七八九十百、]){written}{'' if style[0] in '(acs' else _TAILS[style]}(?!\d)"
        )
        for match in pattern.finditer(folded, left, right):
            label = label_at(folded, match.start())
            if label is not None and label.style == style and label.number == number and not cited(folded, label):
                yield Label(label.start + offset, label.end + offset, style, number, label.path)
                left = match.end()
                break
        else:
            return
