"""A change in one Chinese line, for a person."""

from __future__ import annotations

from extractor.changes.compare import Finding
from extractor.model import ChangeKind

KINDS: dict[ChangeKind, str] = {
    "value-raised": "数值提高",
    "value-lowered": "数值降低",
    "value-new": "新增数值",
    "value-dropped": "删去数值",
    "unit-changed": "单位变化",
    "comparator-hardened": "要求收紧",
    "comparator-softened": "要求放松",
    "comparator-changed": "限定变化",
    "deadline-moved": "时限调整",
    "deadline-new": "新增时限",
    "deadline-dropped": "删去时限",
    "condition-widened": "条件放宽",
    "condition-narrowed": "条件收窄",
    "condition-changed": "条件变化",
    "body-added": "新增单位",
    "body-removed": "删去单位",
    "lead-moved": "牵头单位变更",
    "role-changed": "职责变更",
    "body-renamed": "机构更名",
    "reference-added": "新增引用",
    "reference-removed": "删去引用",
    "reference-updated": "引用更新",
    "validity-changed": "效力期限变化",
    "status-changed": "文本状态变化",
    "date-changed": "日期变化",
    "document-added": "新增文件",
    "document-removed": "删去文件",
    "clause-added": "新增条款",
    "clause-removed": "删去条款",
    "clause-moved": "条款移动",
    "clause-split": "条款拆分",
    "clause-merged": "条款合并",
    "wording": "文字修改",
}
"""Each kind of change in Chinese."""
_SAYS_SO = ("-new", "-dropped", "-added", "-removed")
"""Ends of kinds whose name says that something came or went."""
LONGEST = 40
"""Characters of a quotation."""


def tell(found: Finding) -> str:
    """One line: what changed, about what, from which words to which.

    >>> tell(Finding(kind="clause-added"))
    '新增条款'
    """
    name = KINDS[found.kind]
    sides = [side.text for side in (found.old, found.new) if side is not None]
    about = f"（{found.about}）" if found.about and found.about not in sides else ""
    old = _quoted(found.old.text) if found.old is not None else None
    new = _quoted(found.new.text) if found.new is not None else None
    if old is not None and new is not None:
        return f"{name}{about}：{old} → {new}"
    said = new if new is not None else old
    if said is None:
        return f"{name}{about}"
    goes = "" if found.kind.endswith(_SAYS_SO) else "增加" if old is None else "删去"
    return f"{name}{about}：{goes}{said}"


def _quoted(text: str) -> str:
    text = "".join(text.split())
    return f"“{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}”"
