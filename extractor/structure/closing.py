"""Whose a paragraph without a label is: of the item before it, of the clause that announced the list, of the document.

A paragraph without a label goes on with the clause before it. Two things end that: a list that was announced (…：)
and is complete, and the end of the document, where a closing paragraph speaks of the whole (L13, R30).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from extractor import lexicon
from extractor.structure.clause_nodes import Node, Piece
from extractor.structure.roles import role_bracket

ENOUGH = 2
"""Siblings without continuation paragraphs that make one after the last item suspect."""

ANNOUNCING = 15
"""Characters of a line that announces the items after it: 重点任务:, 责任分工:."""

HEADING_LINE = 30
"""Characters of a line that may be a heading that ends in a bracket: 第四十九条(施行日期)."""
BELOW_LENGTH = 60
"""Characters of a line without closing punctuation at the very end: a signature or the line of an office."""

GLUED_LENGTH = 3000
"""Characters at the end of an item that are searched for a closing paragraph glued to it."""
_DUTY_LINE = re.compile(
    r"[ \t]*[(\[]?(?:责任|牵头|配合|主办|承办|协办|落实|参与|实施|主责|完成)(?:单位|部门|科室|处室|时限|时间|领导|人)"
)
_FORCE = re.compile(r"(?:本|各|以上|上述)[^,。;]{0,16}(?:自|从)[^,。;]{1,24}起?(?:施行|执行|实施|生效)")
_ATTACHED = re.compile(r"附 ?[件表](?:\d|[(:]|$)")
_GLUED = re.compile(r"(?<=[)\]}。])[ \t]*|(?<=[^ \t])[ \t]+")


def settle(folded: str, offset: int, pieces: list[Piece], nodes: Sequence[Node]) -> None:
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


def _at_the_end(pieces: list[Piece], nodes: Sequence[Node], read: Callable[[Piece], str]) -> None:
    """Paragraphs behind the last item that speak of the whole document, and what is printed below it."""
    first = next((i for i in range(len(pieces) - 1, -1, -1) if pieces[i].mark or pieces[i].table is not None), None)
    if first is None or pieces[first].table is not None or not nodes:
        return
    tail = [piece for piece in pieces[first + 1 :] if not piece.blank]
    head = read(pieces[first])
    while tail and _DUTY_LINE.match(read(tail[0])):  # 责任单位:… on a line of its own goes on with the item
        head = read(tail.pop(0))
    bare = head == read(pieces[first]) and not _complete(head)  # a heading alone: its text follows
    kept = 1 if bare else 0
    below = len(tail)
    while below > kept and _below(read(tail[below - 1])):
        below -= 1
    # Unlabelled paragraphs of an article are its 款: no evidence but their own words takes them away (S55).
    article = any(node.style == "article" for node in _above(nodes[-1]))
    single = not article and _siblings_single(nodes, bare, read)
    ended = (role_bracket(head) is not None) or _DUTY_LINE.match(head) is not None
    for i, piece in enumerate(tail):
        line = read(piece)
        if i < kept:
            continue
        weak = not article and line.startswith(_words("closing_weak"))
        if i >= below or _closes(line) or single or (ended and weak):
            for rest in tail[i:]:
                _move(rest, None)
            return


def _above(node: Node | None) -> Iterator[Node]:
    """A node and all that hold it."""
    while node is not None:
        yield node
        node = node.parent


def _complete(head: str) -> bool:
    """Whether the line of a label holds the text of its clause, or the heading only."""
    if head.endswith((")", "]")):
        return (role_bracket(head) is not None) or len(head) > HEADING_LINE
    return head.endswith(("。", "!", ";"))


def _closes(line: str) -> bool:
    return (
        line.startswith(_words("closing_strong")) or _FORCE.match(line) is not None or _ATTACHED.match(line) is not None
    )


def _below(line: str) -> bool:
    """Whether a line is printed below the text: a signature, a note in brackets, a copy list, an office's line."""
    if line.startswith("(") and line.endswith(")"):
        return role_bracket(line) is None
    return len(line) <= BELOW_LENGTH and not line.endswith(("。", ";", ":", ")", "]", "”", "!"))


def _siblings_single(nodes: Sequence[Node], bare: bool, read: Callable[[Piece], str]) -> bool:
    """Whether the clauses of the same run as the last have one paragraph each, as far as there are enough to tell."""
    last = nodes[-1]
    siblings = [node for node in nodes if node.run == last.run and node is not last and not node.children]
    allowed = 1 if bare else 0
    counts = [
        sum(1 for piece in node.pieces if piece.mark is None and not piece.blank and not _DUTY_LINE.match(read(piece)))
        for node in siblings
    ]
    return len(counts) >= ENOUGH and all(count <= allowed for count in counts)


def split_glued(folded: str, offset: int, pieces: list[Piece]) -> None:
    """Cut a closing paragraph from the end of the last item where the line break before it is lost (L13, R30)."""
    last = next((i for i in range(len(pieces) - 1, -1, -1) if pieces[i].mark is not None), None)
    if last is None:
        return
    for i in range(len(pieces) - 1, last - 1, -1):
        piece = pieces[i]
        mark = piece.mark
        if piece.table is not None or piece.blank:
            continue
        left, right = (mark.label.end if mark is not None else piece.start) - offset, piece.end - offset
        for gap in _GLUED.finditer(folded, max(left, right - GLUED_LENGTH), right):
            before = folded[max(left, gap.start() - GLUED_LENGTH) : gap.start()].strip()
            rest = folded[gap.end() : right].strip()
            if before and rest and _glued(before, rest, gap.group() != ""):
                at = gap.end() + offset
                pieces.insert(i + 1, Piece(at, piece.end, piece.line))
                piece.end = at
                return


def _glued(before: str, rest: str, spaced: bool) -> bool:
    """Whether a new paragraph begins between two parts of a line."""
    role = role_bracket(before) is not None
    if _closes(rest):
        return role or (spaced and (before.endswith(("。", ")", "]")) or _DUTY_LINE.match(before) is not None))
    return role and rest.startswith(_words("closing_weak")) and rest.endswith("。")
