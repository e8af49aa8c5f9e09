"""Columns of task tables (任务分解表): which of them name the bodies that answer (R34, R35)."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.grammar.roles import label_role
from extractor.model import Role


def role_columns(heads: Sequence[str]) -> tuple[tuple[int, Role], ...]:
    """The columns whose folded head is a label of role, with the role.

    >>> role_columns(["序号", "任务", "牵头单位", "配合单位", "完成时限", "责任领导"])
    ((2, 'lead'), (3, 'support'))
    """
    found: list[tuple[int, Role]] = []
    for column, head in enumerate(heads):
        role = label_role(head)
        if role is not None and role != "person" and role != "deadline":
            found.append((column, role))
    return tuple(found)
