"""From accepted labels to a tree: pieces of text that tile the body, nodes that own them, lost numbers (S53)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from extractor.model import Span
from extractor.structure.labelling import Mark
from extractor.text.labels import Label, implied

REPAIRED_LENGTH = 20
"""Characters of a line that may be a heading without its number; 工作目标 has four (S53, L05)."""

NEAR = 200
"""Pieces that are searched for a heading without its number, or for the text under it."""

_HEADING_END = re.compile(r"[。！!?；;:,，、.)\]”]$")
_NO_HEADING = re.compile(r"\d|附 ?件|[一-鿿]{2,4}:|(?:责任|牵头|配合)")
_INNER_STOP = re.compile(r"[。！!?;:,]")


class Piece(Struct, eq=False):
    """A stretch of the body: a line, or the part of a line from one label to the next, or a whole table."""

    start: int
    end: int
    line: int
    mark: Mark | None = None
    table: int | None = None
    blank: bool = False
    attachments: bool = False
    node: Node | None = None
    """The innermost clause that owns the piece."""


class Node(Struct, eq=False):
    """A clause while it grows."""

    path: str
    style: str
    number: int
    depth: int
    parent: Node | None
    label: Label | None
    """None where the source lost it, and for rows of tables."""
    start: int
    run: int
    """Number of the run of labels that it belongs to: siblings, also across upper levels (S51)."""
    pieces: list[Piece] = []
    children: list[Node] = []
    oddity: str | None = None
    heading: str | None = None
    row: Span | None = None
    """Span of the table row that this clause is."""


def cut_pieces(
    lines: Sequence[Span], marks: Sequence[Mark], tables: dict[int, int], blank: Sequence[bool], begins: Sequence[int]
) -> list[Piece]:
    """Cut the lines at the accepted labels; ``tables`` maps line index to table index.

    ``begins`` gives for each line where its first character stands that is no space: a label there opens the line,
    indentation and all.
    """
    by_line: dict[int, list[Mark]] = {}
    for accepted in marks:
        by_line.setdefault(accepted.line, []).append(accepted)
    mark: Mark | None
    pieces: list[Piece] = []
    for index, (start, end) in enumerate(lines):
        table = tables.get(index)
        if table is not None:
            if pieces and pieces[-1].table == table:
                pieces[-1].end = end
            else:
                pieces.append(Piece(start, end, index, table=table))
            continue
        at, mark = start, None
        for following in by_line.get(index, ()):
            if following.label.start > begins[index] or mark is not None:
                pieces.append(Piece(at, following.label.start, index, mark))
                at = following.label.start
            mark = following
        pieces.append(Piece(at, end, index, mark, blank=blank[index]))
    return pieces


def assemble(pieces: Sequence[Piece]) -> list[Node]:
    """Make the nodes of the pieces that bear a mark, and give every piece its innermost node."""
    nodes: list[Node] = []
    stack: list[Node] = []
    runs: dict[tuple[int, str], int] = {}
    count = 0
    for piece in pieces:
        mark = piece.mark
        if mark is not None:
            label = mark.label
            del stack[mark.depth :]
            parent = stack[-1] if stack else None
            key = (mark.depth, label.style)
            if label.number == 1 or key not in runs:
                count += 1
                runs[key] = count
            node = Node(
                label.path,
                label.style,
                label.number,
                mark.depth,
                parent,
                label,
                label.start,
                runs[key],
                oddity=mark.oddity,
            )
            if parent is not None:
                parent.children.append(node)
            nodes.append(node)
            stack.append(node)
        piece.node = stack[-1] if stack else None
        if piece.node is not None:
            piece.node.pieces.append(piece)
    return nodes


def repair(folded: str, offset: int, pieces: Sequence[Piece]) -> set[int]:
    """Find headings that lost their number and mark them; returns where those begin.

    A gap in a run is filled where exactly as many lines between its two sides look like headings as numbers are
    missing: short, without closing punctuation, followed by a paragraph of text (S53, L05).
    """
    found: set[int] = set()
    last: dict[int, tuple[int, Mark]] = {}
    for at, piece in enumerate(pieces):
        mark = piece.mark
        if mark is None:
            continue
        before = last.get(mark.depth)
        for depth in [depth for depth in last if depth >= mark.depth]:
            del last[depth]
        last[mark.depth] = (at, mark)
        same = before is not None and before[1].label.style == mark.label.style
        missing = mark.label.number - (before[1].label.number if same and before else 0) - 1
        if mark.oddity != "skipped" or not 1 <= missing <= 2:
            continue
        first = (before[0] + 1) if same and before else _after_parent(pieces, at)
        lines = [i for i in range(max(first, at - NEAR), at) if _heads_without_number(folded, offset, pieces, i)]
        if len(lines) != missing:
            continue
        for number, i in enumerate(lines, mark.label.number - missing):
            lost = pieces[i]
            start = lost.start + _indent(folded[lost.start - offset : lost.end - offset])
            label = Label(start, start, mark.label.style, number, implied(mark.label.style, number))
            lost.mark = Mark(label, lost.line, mark.depth)
            found.add(start)
        piece.mark = Mark(mark.label, mark.line, mark.depth)
    return found


def _after_parent(pieces: Sequence[Piece], at: int) -> int:
    """Index after the last piece before ``at`` that bears a mark; for the first of a run, which follows its parent."""
    own = pieces[at].mark
    depth = own.depth if own is not None else 0
    for i in range(at - 1, max(at - NEAR, -1), -1):
        mark = pieces[i].mark
        if mark is not None and mark.depth < depth:
            return i + 1
    return 1  # the first line of a document is its title or its preamble


def _heads_without_number(folded: str, offset: int, pieces: Sequence[Piece], i: int) -> bool:
    piece = pieces[i]
    if piece.mark is not None or piece.table is not None or piece.blank:
        return False
    text = folded[piece.start - offset : piece.end - offset].strip()
    if not 2 <= len(text) <= REPAIRED_LENGTH or _HEADING_END.search(text) or _INNER_STOP.search(text):
        return False
    if _NO_HEADING.match(text):
        return False
    following = next((pieces[j] for j in range(i + 1, min(i + 1 + NEAR, len(pieces))) if not pieces[j].blank), None)
    if following is None or following.table is not None:
        return False
    if following.mark is not None:
        return True
    body = folded[following.start - offset : following.end - offset].strip()
    return len(body) > len(text) and any(stop in body for stop in "。;")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
