"""How far a statement of responsibility reaches: from a heading over its items, from a line over the tasks below it.

A statement that stands in a heading (R39), one bracket below several items (R40), 以下任务由X负责 and 以上任务由X牵头
落实 (R41), and 以下均需X落实,不再列出 answer for clauses that do not name anybody; these inherit it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from extractor.model import Clause, Responsibility

Duty = tuple[Clause | None, Responsibility]
Reach = Literal["below", "above", "standing"]
_TASKS = r"(?:各项|所有|全部|重点)*(?:任务|工作|事项|措施|举措|条款|政策|内容|项目)"
_BELOW = re.compile(rf"(?:以下|下列){_TASKS},?(?:均|都|全部)?需?由?")
_ABOVE = re.compile(rf"(?:以上|上述){_TASKS},?(?:均|都|全部)?需?由?")
_NEAR = 14
"""Characters before the bodies in which 以下任务 stands."""
_LISTED_BELOW = 90
"""Characters after it in which 不再列出 stands: the bodies then answer beside those that are listed."""
_MARKS = " \t\n\u3000。;；,，:："
_SENTENCE, _RUNNING_ON = re.compile(r"[。；;]"), re.compile(r"[。；;\n，,：:]")
LONGEST_HEADING = 40
"""Characters beside a statement in a heading: what says more is a text of its own."""
_INHERITED = frozenset({"lead", "responsible", "support", "supervisor"})
_LISTED = 2
"""So many lists of items whose last one alone names somebody make a habit of the document (R40)."""


def reach_of(text: str, start: int, end: int) -> Literal["below", "above"] | None:
    """Whether the first words of ``text[start:end]``, or those just before it, speak of the tasks below or above.

    >>> text = "以下任务均由市甲局负责"
    >>> reach_of(text, 5, len(text)), reach_of("由市甲局负责", 0, 6), reach_of("以上任务由市甲局牵头", 4, 10)
    ('below', None, 'above')
    """
    near, end = max(0, start - _NEAR), min(end, start + _NEAR)
    if text.find("以", near, end) < 0 and text.find("下列", near, end) < 0 and text.find("上述", near, end) < 0:
        return None
    if _BELOW.search(text, near, end) is not None:
        return "below" if text.find("不再", start, start + _LISTED_BELOW) < 0 else None
    return "above" if _ABOVE.search(text, near, end) is not None else None


def inherit(
    text: str, clauses: Sequence[Clause], duties: Sequence[Duty], told: Sequence[tuple[Duty, Reach]]
) -> list[Duty]:
    """The statements with those that clauses inherit.

    Args:
        text: the reading text.
        clauses: the clauses of the document in order.
        duties: what they state themselves.
        told: statements whose words say how far they reach; those that are ``standing`` are none of a clause's own.
    """
    if not duties or not clauses:
        return list(duties)
    tree = _Tree(text, clauses, duties)
    found = list(duties)
    for (teller, duty), reach in told:
        found += tree.told(teller, duty, reach) if duty.role in _INHERITED else ()
    if not tree.parents:
        return found
    spans = {duty.span for (_, duty), _ in told}
    for head, duty in duties:
        if head is not None and head.id in tree.parents and duty.span not in spans and tree.heads(head, duty):
            found += [_inherited(leaf, duty, "heading") for leaf in tree.silent(tree.children[head.id])]
    return tree.shared(found)


class _Tree:
    """The clauses of a document with who says something about who answers."""

    def __init__(self, text: str, clauses: Sequence[Clause], duties: Sequence[Duty]) -> None:
        self.text = text
        self.clauses = clauses
        self.children: dict[str | None, list[Clause]] = {}
        for clause in clauses:
            self.children.setdefault(clause.parent_id, []).append(clause)
        self.parents = self.children.keys() - {None}
        self.stating: dict[str, list[Responsibility]] = {}
        for owner, duty in duties:
            if owner is not None and duty.basis != "sentence":
                self.stating.setdefault(owner.id, []).append(duty)

    def silent(self, clauses: Iterable[Clause]) -> Iterator[Clause]:
        """The clauses without items of their own, of these and of those below them, for which nobody is named."""
        for clause in clauses:
            if clause.id in self.stating:
                continue
            if clause.id in self.parents:
                yield from self.silent(self.children[clause.id])
            else:
                yield clause

    def heads(self, clause: Clause, duty: Responsibility) -> bool:
        """Whether a statement closes the heading of a clause, or is its whole heading as a sentence (R39)."""
        first = self.children[clause.id][0].span[0]
        if duty.span[1] > first or duty.role not in _INHERITED:
            return False
        before = self.text[clause.span[0] : duty.span[0]].strip(_MARKS)
        after = self.text[duty.span[1] : first].lstrip(" \u3000。")
        if duty.basis == "sentence":
            return len(before + after) <= LONGEST_HEADING and not _RUNNING_ON.search(before + after.strip())
        return len(before) <= LONGEST_HEADING and not _SENTENCE.search(before) and after[:1] in ("", "\n")

    def told(self, clause: Clause | None, duty: Responsibility, reach: Reach) -> Iterator[Duty]:
        """What inherits a statement that speaks of the tasks below or above."""
        if reach == "standing":
            for other in self.clauses:
                own = self.stating.get(other.id, ())
                named = {unit.mention for each in own for unit in each.units}
                rest = tuple([unit for unit in duty.units if unit.mention not in named])
                if own and rest and other.span[0] > duty.span[1]:
                    yield _inherited(other, replace(duty, units=rest), "standing")
            return
        above = clause.parent_id if clause is not None else None
        if clause is not None and reach == "below" and clause.id in self.parents:
            above = clause.id
        for leaf in self.silent(self.children[above]):
            if leaf is not clause and (leaf.span[0] > duty.span[0]) == (reach == "below"):
                yield _inherited(leaf, duty, reach)

    def shared(self, duties: list[Duty]) -> list[Duty]:
        """One bracket below several items is that of all of them, where the document has the habit (R40)."""
        lists = [(parent, items) for parent in self.parents if len(items := self.children[parent]) > 1]
        last = [
            items
            for parent, items in lists
            if items[-1].id in self.stating
            and not any(item.id in self.stating for item in items[:-1])
            and not any(item.id in self.parents for item in items)
            and parent not in self.stating
        ]
        if len(last) < _LISTED or len(last) < sum(any(i.id in self.stating for i in items) for _, items in lists):
            return duties
        first = {items[-1].id: items[0].span[0] for items in last}
        found: list[Duty] = []
        for clause, duty in duties:
            if clause is not None and clause.id in first and duty.basis in ("parenthetical", "line"):
                duty = replace(duty, covers=(first[clause.id], duty.covers[1]))
                found += [
                    _inherited(item, duty, "shared") for item in self.children[clause.parent_id] if item is not clause
                ]
            found.append((clause, duty))
        return found


def _inherited(clause: Clause, duty: Responsibility, rule: str) -> Duty:
    return clause, replace(duty, basis="inherited", covers=clause.span, rule=f"inherited-{rule}")
