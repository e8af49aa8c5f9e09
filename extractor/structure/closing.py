"""Whose a paragraph without a label is: of the item before it, of the clause that announced the list, of the document.

A paragraph without a label goes on with the clause before it. Two things end that: a list that was announced (…：)
and is complete, and the end of the document, where a closing paragraph speaks of the whole (L13, R30).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from extractor import lexicon
from extractor.structure.clause_nodes import Node, Piece

ENOUGH = 2
"""Siblings without continuation paragraphs that make one after the last item suspect."""

ANNOUNCING = 15
"""Characters of a line that announces the items after it: 重点任务:, 责任分工:."""

_ROLE_END = re.compile(r"\([^()]*(?:责任|牵头|负责|配合|主办|承办|协办|落实)[^()]*(?:\([^()]*\)[^()]*)*\)[ 。]*$")
_COMPLETE = re.compile(r"[。)!]$")
_DUTY_LINE = re.compile(
    r"[ \t]*[(\[]?(?:责任|牵头|配合|主办|承办|协办|落实|参与|实施|主责|完成)(?:单位|部门|科室|处室|时限|时间|领导|人)"
)


def settle(folded: str, offset: int, pieces: Sequence[Piece], nodes: Sequence[Node]) -> None:
    """Give the paragraphs after lists and at the end of the document to whom they belong."""

    def read(piece: Piece) -> str:
        return folded[piece.start - offset : piece.end - offset].strip()

    for node in nodes:
        _after_list(node, read)
        _before_next(node, read)
    _at_the_end(pieces, nodes, read)


def _continued(node: Node) -> bool:
    """Whether the clause has text on lines after that of its label."""
    return any(piece.mark is None and not piece.blank for piece in node.pieces)


def _move(piece: Piece, node: Node | None) -> None:
    if piece.node is not None:
        piece.node.pieces.remove(piece)
    piece.node = node
    if node is not None:
        node.pieces.append(piece)


def _after_list(node: Node, read: Callable[[Piece], str]) -> None:
    """A 款 after the 项: paragraphs behind the last item of an announced list belong to who announced it."""
    items = node.children
    if len(items) < ENOUGH or items[-1].children:
        return
    if any(_continued(item) or item.children for item in items[:-1]):
        return
    lead = next((piece for piece in reversed(node.pieces) if not piece.blank and piece.start < items[0].start), None)
    announced = lead is not None and read(lead).endswith(":")
    listed = all(read(item.pieces[0]).endswith((";", ",", "、")) for item in items[:-1])
    if not (announced or listed) or not read(items[-1].pieces[0]).endswith("。"):
        return
    for piece in [p for p in items[-1].pieces if p.mark is None]:
        _move(piece, node)


def _before_next(node: Node, read: Callable[[Piece], str]) -> None:
    """A line that ends in a colon behind an item announces the items after it, and belongs to what holds them all."""
    if node.parent is None or node.children or node is node.parent.children[-1]:
        return
    for piece in reversed([piece for piece in node.pieces[1:] if not piece.blank]):
        line = read(piece)
        if not line.endswith(":") or len(line) > ANNOUNCING:
            return
        _move(piece, node.parent)


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(lexicon.load("clauses")[key])


def _at_the_end(pieces: Sequence[Piece], nodes: Sequence[Node], read: Callable[[Piece], str]) -> None:
    if not nodes:
        return
    last = nodes[-1]
    tail: list[Piece] = []
    for piece in reversed(pieces):
        if piece.mark is not None or piece.table is not None:
            break
        tail.append(piece)
    tail = [piece for piece in reversed(tail) if not piece.blank]
    if not tail:
        return
    opened = next((piece for piece in reversed(pieces) if piece.mark is not None), None)
    head = read(opened) if opened is not None else ""
    while tail and _DUTY_LINE.match(read(tail[0])):  # 责任单位:… on a line of its own goes on with the item
        head = read(tail.pop(0))
    bare = opened is not None and not _COMPLETE.search(head)  # a heading alone: its text follows
    single = _siblings_single(last, nodes, bare)
    ended = bool(_ROLE_END.search(head))
    for i, piece in enumerate(tail):
        line = read(piece)
        if bare and i == 0:
            continue
        strong = line.startswith(_words("closing_strong"))
        weak = line.startswith(_words("closing_weak"))
        if strong or (single and (ended or weak or not bare or i > 0)) or (ended and weak):
            for rest in tail[i:]:
                _move(rest, None)
            return


def _siblings_single(last: Node, nodes: Sequence[Node], bare: bool) -> bool:
    """Whether the clauses of the same run as the last have one paragraph each, as far as there are enough to tell."""
    siblings = [node for node in nodes if node.run == last.run and node is not last and not node.children]
    allowed = 1 if bare else 0
    counts = [sum(1 for piece in node.pieces if piece.mark is None and not piece.blank) for node in siblings]
    return len(counts) >= ENOUGH and all(count <= allowed for count in counts)
