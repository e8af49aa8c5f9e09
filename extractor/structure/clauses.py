"""Grow the clause tree of a document (placeholder: labels at line starts, levels by style)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.model import Block, Clause, Diagnostic, Span, Table
from extractor.text.fold import fold
from extractor.text.labels import STYLES, Label, label_at


@dataclass(frozen=True, slots=True)
class Growth:
    """The clause tree of a document body, and the blocks that tile the body."""

    clauses: tuple[Clause, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def grow(text: str, lines: Sequence[Span], document_id: str) -> Growth:
    """Grow the clauses and the blocks of a document body from its logical lines, which tile it."""
    clauses: list[Clause] = []
    blocks: list[Block] = []
    stack: list[tuple[Label, Clause]] = []
    used: dict[str, int] = {}
    for start, end in lines:
        line = fold(text[start:end])
        indent = len(line) - len(line.lstrip())
        label = label_at(line, indent)
        if label is not None:
            while stack and STYLES.index(stack[-1][0].style) >= STYLES.index(label.style):
                stack.pop()
            path = (*(stack[-1][1].path if stack else ()), label.path)
            key = "/".join((document_id, *path))
            used[key] = used.get(key, 0) + 1
            key = key if used[key] == 1 else f"{key}~{used[key]}"
            heading = line[label.end :].strip().split("。")[0] or None
            clause = Clause(
                id=key, path=path, label=line[label.start : label.end], span=(start, end), heading=heading if heading and len(heading) < 40 else None,
                parent_id=stack[-1][1].id if stack else None,
            )  # fmt: skip
            stack.append((label, clause))
            clauses.append(clause)
        owner = stack[-1][1].id if stack else None
        blocks.append(Block(kind="item" if label else "paragraph", span=(start, end), clause_id=owner))
    return Growth(tuple(clauses), tuple(blocks))
