"""Lines of a given width, broken where a Chinese reader breaks them (避头尾)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_OPENING = re.escape("（“‘《〈「『【〔([{<")
_CLOSING = re.escape("、，。；：？！）”’》〉」』】〕…—%‰)]}>,.;:!?/·")
_SIGN = "[≥≤<>=约] (?=[^ ])"
_HAN = "[\u4e00-\u9fff]"
# What stays on one line where it fits: a sign with its value and unit, a short bracket, 每年.
_WHOLE = rf"{_SIGN}[^ ]+|\([^() ]{{1,16}}\)[{_CLOSING}]*|<[^<> ]{{1,12}}>[{_CLOSING}]*|每{_HAN}{{1,2}}(?= |$)"
# What is never broken: marks stay with the character that they close or open, figures with the first of their unit;
# [- and [+ open what a diff deletes and inserts.
_BEGIN = rf"(?:\[[-+])?[{_OPENING}]*(?:{_SIGN})?"
_ATOM = rf"{_BEGIN}(?:[A-Za-z0-9]+(?:[.,·–\-+%‰]+[A-Za-z0-9]+)*[%‰]?{_HAN}{{0,2}}|[^ ])[{_CLOSING}]*| "
_COARSE = re.compile(f"{_WHOLE}|{_ATOM}")
_FINE = re.compile(_ATOM)


def wrap(text: str, width: int) -> list[str]:
    """Lines no wider than ``width`` cells (a Chinese character takes two), one at least.

    No line begins with 、，。）” or ends with （“, and ≥ stays with its value. Only what is wider than a whole line is
    broken anywhere.

    >>> wrap("区卫生健康委、区民政局", 12)
    ['区卫生健康', '委、区民政局']
    >>> wrap("健康管理率 ≥ 72% (到2025)", 13)
    ['健康管理率', '≥ 72%', '(到2025)']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for token in _tokens(" ".join(paragraph.split()), width):
            taken = cell_len(token)
            if line and used + taken > width and token != " ":
                lines.append(line.rstrip())
                line, used = "", 0
            if line or token != " ":
                line, used = line + token, used + taken
        lines.append(line.rstrip())
    return lines


def _tokens(text: str, width: int) -> Iterator[str]:
    for coarse in _COARSE.findall(text):
        if cell_len(coarse) <= width:
            yield coarse
            continue
        for fine in _FINE.findall(coarse):
            yield from [fine] if cell_len(fine) <= width else fine
