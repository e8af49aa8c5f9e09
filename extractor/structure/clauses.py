"""Grow the clause tree of a document body: labels, headings, tables, lost numbers, and whose each paragraph is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.diagnostics import notice
from extractor.model import Block, BlockKind, Clause, Diagnostic, Span, Table
from extractor.structure import closing, headings, tables
from extractor.structure.clause_nodes import Node, Piece, assemble, cut_pieces, repair
from extractor.structure.gluing import fill
from extractor.structure.labelling import collect, solve
from extractor.text.fold import fold

_NOTE = re.compile(r"[ \t\u3000]*(?:备 ?注|附 ?注|注)[:：]")


@dataclass(frozen=True, slots=True)
class Growth:
    """The clause tree of a document body, and the blocks that tile the body."""

    clauses: tuple[Clause, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def grow(text: str, lines: Sequence[Span], document_id: str, folded: str | None = None) -> Growth:
    r"""Grow the clauses and the blocks of a document body from its logical lines, which tile it.

    ``folded`` is the whole text, where it is folded already. Spans point into ``text``. Blocks tile the same range as
    the lines. Nothing is raised: a body without labels has blocks and no clauses.

    >>> body = "一、总体目标\n到2030年建成。\n二、保障措施\n(一)加强领导。各镇要落实。\n"
    >>> grown = grow(body, ((0, 7), (7, 17), (17, 24), (24, len(body))), "d1")
    >>> [(clause.id, clause.heading) for clause in grown.clauses]
    [('d1/一', '总体目标'), ('d1/二', '保障措施'), ('d1/二/(一)', '加强领导')]
    """
    if not lines:
        return Growth((), ())
    offset, end = lines[0][0], lines[-1][1]
    folded = fold(text[offset:end]) if folded is None else folded[offset:end]
    stripped = [folded[left - offset : right - offset].lstrip() for left, right in lines]
    begins = [right - len(rest) for (_, right), rest in zip(lines, stripped, strict=True)]
    found = tables.find(folded, offset, lines)
    in_table = {line: number for number, table in enumerate(found) for line in range(table.first, table.last + 1)}
    candidates = collect(folded, offset, lines, frozenset(in_table))
    marks = solve(candidates)
    filled = fill(folded, [start for start, _ in lines], candidates, marks)
    if len(filled) > len(candidates):
        marks = solve(filled)
    pieces = cut_pieces(lines, marks, in_table, [not rest for rest in stripped], begins)
    repaired = repair(folded, offset, pieces)
    closing.split_glued(folded, offset, pieces)
    nodes = assemble(pieces)
    closing.settle(folded, offset, pieces, nodes)
    _head(folded, offset, text, nodes)
    nodes = tables.add_rows(text, found, pieces, nodes)
    return _emit(text, _Body(document_id, pieces, nodes, found, repaired))


def _head(folded: str, offset: int, text: str, nodes: Sequence[Node]) -> None:
    """Set the headings of all nodes."""
    openings: list[headings.Opening] = []
    for node in nodes:
        piece = node.pieces[0]
        start = node.label.end if node.label is not None else node.start
        followed = bool(node.children) or any(not other.blank for other in node.pieces[1:])
        article = node.style in ("article",)
        openings.append(headings.opening(folded[start - offset : piece.end - offset], article, followed))
    by_run: defaultdict[int, headings.Tally] = defaultdict(headings.Tally)
    by_style: defaultdict[str, headings.Tally] = defaultdict(headings.Tally)
    headed = [headings.heads(opening) for opening in openings]
    for node, opening, heads in zip(nodes, openings, headed, strict=True):
        by_run[node.run].add(opening, heads)
        by_style[node.style].add(opening, heads)
    for node, opening, heads in zip(nodes, openings, headed, strict=True):
        if headings.choose(opening, heads, by_run[node.run], by_style[node.style], node.style == "article"):
            start = (node.label.end if node.label is not None else node.start) + opening.start
            node.heading = headings.trim(text[start : start + len(opening.text)]) or None


@dataclass(frozen=True, slots=True)
class _Body:
    """What is known of a body before it is written down."""

    document_id: str
    pieces: list[Piece]
    nodes: list[Node]
    tables: list[tables.Found]
    repaired: set[int]


def _emit(text: str, body: _Body) -> Growth:
    ids: dict[Node, str] = {}
    used: dict[str, int] = {}
    ends = _ends(text, body)
    clauses = []
    for node in body.nodes:
        parent = ids.get(node.parent) if node.parent is not None else None
        stem = f"{parent or body.document_id}/{node.path}"
        used[stem] = used.get(stem, 0) + 1
        ids[node] = stem if used[stem] == 1 else f"{stem}~{used[stem]}"
        label = node.label
        lost = label is not None and label.start == label.end
        clauses.append(
            Clause(
                id=ids[node],
                path=_path(node),
                label=None if label is None or lost else text[label.start : label.end],
                span=(node.start, ends[node]),
                parent_id=parent,
                heading=node.heading,
                repaired=lost,
            )
        )
    blocks = _blocks(text, body, ids)
    noticed = tuple(filter(None, (_notice(text, node) for node in body.nodes)))
    return Growth(tuple(clauses), blocks, tuple(table.table for table in body.tables), noticed)


def _path(node: Node) -> tuple[str, ...]:
    path = [node.path]
    while node.parent is not None:
        node = node.parent
        path.append(node.path)
    return tuple(reversed(path))


def _ends(text: str, body: _Body) -> dict[Node, int]:
    """Where each clause ends: behind the last character, of itself or of a sub-clause, that is no space."""
    ends = {node: node.row[1] if node.row is not None else node.start for node in body.nodes}
    for piece in body.pieces:
        if piece.node is not None and not piece.blank:
            ends[piece.node] = max(ends[piece.node], piece.start + len(text[piece.start : piece.end].rstrip()))
    for node in reversed(body.nodes):
        if node.parent is not None:
            ends[node.parent] = max(ends[node.parent], ends[node])
    return ends


def _blocks(text: str, body: _Body, ids: dict[Node, str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    first = next((piece.start for piece in body.pieces if piece.mark is not None), None)
    pending: int | None = None  # blank lines before the first block go with it
    for piece in body.pieces:
        if piece.blank:
            if blocks:
                blocks[-1] = Block(
                    kind=blocks[-1].kind, span=(blocks[-1].span[0], piece.end), clause_id=blocks[-1].clause_id
                )
            elif pending is None:
                pending = piece.start
            continue
        start = piece.start if pending is None else pending
        pending = None
        owner = ids[piece.node] if piece.node is not None else None
        blocks.append(Block(kind=_kind(text, piece, first), span=(start, piece.end), clause_id=owner))
    if pending is not None:
        blocks.append(Block(kind="other", span=(pending, body.pieces[-1].end)))
    return tuple(blocks)


def _kind(text: str, piece: Piece, first: int | None) -> BlockKind:
    if piece.table is not None:
        return "table"
    if piece.mark is not None:
        return "item"
    if _NOTE.match(text, piece.start):
        return "note"
    return "preamble" if first is not None and piece.start < first else "paragraph"


def _notice(text: str, node: Node) -> Diagnostic | None:
    label = node.label
    if label is None:
        return None
    if label.start == label.end:
        code = "clause.number-missing"
        span = (node.start, node.start + len(node.heading or "?"))
        message = f"heading without its number; the sequence implies {node.path}"
    elif node.oddity is not None:
        span = (label.start, label.end)
        code, message = {
            "skipped": ("clause.number-skipped", f"numbers are missing before {node.path}"),
            "repeated": ("clause.number-repeated", f"{node.path} repeats the number before it"),
            "backward": ("clause.number-backward", f"{node.path} goes back behind the number before it"),
        }[node.oddity]
    else:
        return None
    return notice(code, message, span)
