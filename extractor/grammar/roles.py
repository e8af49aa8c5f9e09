"""Role words: labels (责任单位) and predicates (牵头, 按职责分工负责) to roles (R07–R14)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

from extractor import lexicon
from extractor.model import Role

LabelRole = Role | Literal["person", "deadline"]
_LABEL = re.compile(r"(?P<label>[^,;。、:()\[\]{}<>\n|]{2,14}(?:\([^()]{2,4}\))?[^,;。、:()\[\]{}<>\n|]{0,4}):")
LABEL = re.compile(r"(?<![^,;。、.|)\]}\n(\[{:])" + _LABEL.pattern)
"""A phrase before a colon, at the beginning or after a mark; :func:`label_role` says whether it is a role."""
_PLATE = re.compile(r"\([^()]*\)")
LONGEST_LABEL = 14
"""Characters before the colon of a label, a note in brackets not counted."""
_BETWEEN = re.compile(r"[,;。、:()\[\]<>\n|]")


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return lexicon.load("roles")


@lru_cache(maxsize=512)
def label_role(label: str) -> LabelRole | None:
    """The role that a label gives to the list after it; None where it is no label of duty.

    >>> label_role("牵头责任单位"), label_role("协同责任单位"), label_role("责任领导"), label_role("单位")
    ('lead', 'support', 'person', None)
    >>> label_role("完成时限"), label_role("受理时间")
    ('deadline', None)
    """
    core = _PLATE.sub("", label).strip("*·★ ")
    rows: list[dict[str, Any]] = _words()["label"]
    if not core.endswith(tuple(_words()["nouns"])) and core not in _words()["bare"]:
        closing = [row for row in rows if row["role"] in ("person", "deadline") and core.endswith(tuple(row["words"]))]
        return closing[0]["role"] if closing and not other_time(core) else None
    for row in rows:
        if any(word in core for word in row["words"]):
            role: LabelRole = row["role"]
            return role
    return None


def other_time(label: str) -> bool:
    """Whether a label names a time by which nothing is done: 受理时间, 执行期限.

    >>> other_time("项目审批时限"), other_time("完成时限")
    (True, False)
    """
    return _other_time().search(label) is not None


@lru_cache(maxsize=1)
def _other_time() -> re.Pattern[str]:
    row = next(row for row in _words()["label"] if row["role"] == "deadline")
    return re.compile(rf"(?:{'|'.join(row['except'])})(?:{'|'.join(row['words'])})$")


def labels_after_gaps(text: str, start: int, end: int, breaks: Sequence[int]) -> list[re.Match[str]]:
    """Labels in ``text[start:end]`` that only a space of the source parts from the name before them.

    ``breaks`` are the offsets with a space before them. A space inside a label (牵头 责任单位) begins none.

    >>> line = "牵头单位:县甲局责任单位:县乙局"
    >>> [match["label"] for match in labels_after_gaps(line, 0, len(line), (8,))]
    ['责任单位']
    """
    found: list[re.Match[str]] = []
    for at in breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]:
        match = _LABEL.match(text, at, end)
        if match is None or label_role(match["label"]) is None:
            continue
        before = _BETWEEN.split(text[max(start, at - LONGEST_LABEL) : at])[-1]
        if label_role(before + "单位") is None and not (found and found[-1].end() == match.end()):
            found.append(match)
    return found


@lru_cache(maxsize=1)
def role_stems() -> re.Pattern[str]:
    """A pattern that any label or predicate of a role contains: what has no match states no duty."""
    words = {w for row in _words()["label"] if row["role"] not in ("person", "deadline") for w in row["words"]}
    table = _words()["predicates"]
    words |= {w for part in ("anywhere", "closing") for row in table[part].values() for w in row}
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=1)
def lead_signs() -> tuple[str, str]:
    """The signs that mark a lead among responsible bodies, and those that do so where every body has one (R26).

    >>> "▲" in lead_signs()[0], "▲" in lead_signs()[1], "★" in lead_signs()[1]
    (True, False, True)
    """
    signs = _words()["lead_signs"]
    return signs["marks"], signs["certain"]


@lru_cache(maxsize=1)
def _predicates() -> tuple[re.Pattern[str], dict[str, Role]]:
    table = _words()["predicates"]
    roles: dict[str, Role] = {
        w: role for part in ("anywhere", "closing") for role, row in table[part].items() for w in row
    }
    anywhere = _alternation(w for row in table["anywhere"].values() for w in row)
    closing = _alternation(w for row in table["closing"].values() for w in row)
    before, after = _alternation(table["before"]["words"]), _alternation(table["after"]["words"])
    pattern = (
        rf"(?P<before>(?:{before})*)"
        rf"(?:(?P<anywhere>{anywhere})(?!人|制|同志|领导|单位|部门)|(?P<closing>{closing})(?:{after}){{0,4}}$)"
    )
    return re.compile(pattern), roles


def _alternation(words: Any) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1024)
def find_predicate(unit: str) -> tuple[int, int, Role, str] | None:
    """The first predicate of a comma unit: where it begins and ends, its role, its adverbs (R08–R13).

    >>> find_predicate("省财政厅、商务厅按职责分工负责"), find_predicate("各区政府配合"), find_predicate("市监督管理局")
    ((8, 15, 'responsible', '按职责分工'), (4, 6, 'support', ''), None)
    """
    if role_stems().search(unit) is None:  # quick; the pattern itself begins with what may be missing
        return None
    pattern, roles = _predicates()
    match = pattern.search(unit)
    if match is None or (match.start() == 0 and match["before"] == "" and match.end() == len(unit) and len(unit) < 3):
        return None
    return match.start(), match.end(), roles[match["anywhere"] or match["closing"]], match["before"]
