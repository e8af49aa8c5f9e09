"""发文字号: issuer's code, year in brackets, serial (S24–S34)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOC_NUMBER = re.compile(
    r"""
    (?P<code>[\u4e00-\u9fff（）]{0,14}?)      # 机关代字, e.g. 锡府办; a bare 〔2019〕第4号 has none (S30)
    [\[(](?P<year>(?:19|20)\d\d)[\])]         # 〔2023〕, [2016], (2022) (S24, S25)
    第?(?P<serial>\d{1,5}|(?=号))号            # a draft leaves the serial blank (S34)
    """,
    re.VERBOSE,
)
_BARE = re.compile(r"(?P<code>[\u4e00-\u9fff]{1,8}[发办函字规令])(?P<year>(?:19|20)\d\d)第?0*(?P<serial>\d{1,5})号")
_ANCHOR = re.compile(r"(?:19|20)\d\d[\])]?第?\d{0,5}号")
_NOT_CODE = re.compile(
    r".*(?:根据|依据|按照|落实|以及|废止|印发|字号|文号|号|通知|措施|意见|方案|决定|的|和|与|及|按|：)"
)


@dataclass(frozen=True, slots=True)
class DocNumberMention:
    """A 文号 in folded text without spaces: ``view[start:end]``."""

    start: int
    end: int
    code: str | None
    year: int
    serial: int | None
    brackets_lost: bool = False
    """S29: 锡政办发20130265号, the year and the serial run together."""


def find_doc_numbers(view: str) -> tuple[DocNumberMention, ...]:
    """All 文号 of folded text without spaces, in order.

    >>> [(m.code, m.year, m.serial) for m in find_doc_numbers("根据锡卫人口[2022]7号和云政办发20230012号")]
    [('锡卫人口', 2022, 7), ('云政办发', 2023, 12)]
    """
    found = []
    last = 0
    for anchor in _ANCHOR.finditer(view):
        bracket = anchor.group()[4] in "])"
        at = anchor.start() - (1 if bracket else 0)
        left = at
        while left > last and at - left < 14 and "\u4e00" <= view[left - 1] <= "\u9fff":
            left -= 1
        match = (_DOC_NUMBER if bracket else _BARE).match(view, left) if bracket or at > left else None
        if match is None:
            continue
        code = match["code"]
        cut = _NOT_CODE.match(code)
        start = match.start() + (cut.end() if cut else 0)
        code = code[cut.end() :] if cut else code
        serial = match["serial"]
        found.append(
            DocNumberMention(
                start, match.end(), code or None, int(match["year"]), int(serial) if serial else None, not bracket
            )
        )
        last = match.end()
    return tuple(found)
