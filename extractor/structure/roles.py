"""The bracket at the end of an item that says who answers for it, as far as the clause tree must know it (R01, L13)."""

from __future__ import annotations

import re

from extractor.bodies.shape import kind_of, stands

LONGEST = 1500
"""Characters that a role bracket may have; the longest seen lists sixty bodies in some 600."""

_ROLE = re.compile(r"责任|牵头|负责|配合|主办|承办|协办|落实")
_BRACKET = re.compile(r"[()\[\]{}]")
_NAMING = ("以下", "简称", "含", "包括", "即", "原")
"""How a bracket begins that explains a name."""
_SEPARATOR = re.compile(r"[、,;]")


def role_bracket(line: str) -> int | None:
    """Where the role bracket begins with which a folded line ends; None where it ends with none.

    >>> role_bracket("加强监管。(市商务局牵头,各县(市、区)配合)"), role_bracket("设立办公室(以下简称区办)")
    (5, None)
    >>> role_bracket("数字化转型专项行动(市经济信息化委、市科委)"), role_bracket("任务下达至各镇(街道)")
    (9, None)
    """
    line = line.rstrip(" \t\n。")
    if not line.endswith((")", "]", "}")):
        return None
    depth = 0
    for match in _BRACKET.finditer(line[-LONGEST:][::-1]):
        depth += 1 if match.group() in ")]}" else -1
        if depth == 0:
            start = len(line) - match.end()
            return start if _ROLE.search(line, start) is not None or _lists_bodies(line[start + 1 : -1]) else None
    return None


def _lists_bodies(inside: str) -> bool:
    """Bodies of a known kind and nothing else: （市经济信息化委、市科委）."""
    if not inside or inside.startswith(_NAMING):
        return False
    return all(
        len(part) > len("街道") and stands(part) and kind_of(part) != "other" for part in _SEPARATOR.split(inside)
    )
