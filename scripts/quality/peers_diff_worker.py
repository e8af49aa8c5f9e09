"""Runs the other programs that compare texts, in their own environment; imports nothing of this project.

Reads JSON on standard input: ``pairs`` of texts, the same ``cut`` into words by spaces, and a ``timed`` pair or null.
Writes for each program and pair its edits as ``[old start, old end, new start, new end]`` (half-open), and the
``seconds`` of the processor that redlines takes for the timed pair.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator
from html import escape
from typing import Any

RUNS = 5
Edits = list[tuple[int, int, int, int]]


def main() -> None:
    """Read, compare, write."""
    asked: dict[str, Any] = json.load(sys.stdin)
    pairs = asked["pairs"]
    told = {
        "redlines": [_redlines(pair, pair) for pair in pairs],
        "redlines, on words": [_redlines(pair, cut) for pair, cut in zip(pairs, asked["cut"], strict=True)],
        "diff-match-patch": [_match_patch(*pair) for pair in pairs],
        "xmldiff": [_xmldiff(*pair) for pair in pairs],
    }
    seconds = statistics.median(_seconds(*asked["timed"]) for _ in range(RUNS)) if asked["timed"] else None
    json.dump({"edits": told, "seconds": seconds}, sys.stdout)


def _seconds(old: str, new: str) -> float:
    from redlines import Redlines

    start = time.process_time()
    _ = Redlines(old, new).redlines
    return time.process_time() - start


def _redlines(pair: list[str], given: list[str]) -> Edits:
    from redlines import Redlines
    from redlines.processor import concatenate_paragraphs_and_add_chr_182, tokenize_text

    places = []
    for text, cut in zip(pair, given, strict=True):
        at = 0
        spans = []
        for token in tokenize_text(concatenate_paragraphs_and_add_chr_182(cut)):
            word = token.strip()
            found = text.find(word, at) if word != "¶" else -1
            spans.append((found, found + len(word)) if found >= 0 else (at, at))
            at = spans[-1][1]
        places.append(spans)
    edits: Edits = []
    for tag, a, b, c, d in Redlines(*given).opcodes:
        if tag != "equal":
            edits.append((*_span(places[0], a, b), *_span(places[1], c, d)))
    return edits


def _span(spans: list[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    if first == last:
        at = spans[first - 1][1] if first else 0
        return at, at
    return spans[first][0], spans[last - 1][1]


def _match_patch(old: str, new: str) -> Edits:
    from diff_match_patch import diff_match_patch

    program = diff_match_patch()
    found = program.diff_main(old, new)
    program.diff_cleanupSemantic(found)  # for people to read, as its manual says
    return _joined(({0: "=", -1: "-", 1: "+"}[op], words) for op, words in found)


def _xmldiff(old: str, new: str) -> Edits:
    from lxml import etree
    from xmldiff import formatting, main

    formatter = formatting.XMLFormatter(normalize=formatting.WS_NONE, text_tags=("p",))
    marked = main.diff_texts(_paragraphs(old), _paragraphs(new), formatter=formatter)
    root = etree.fromstring(marked.encode())
    # A line break stands behind each paragraph in the texts, and in none of the marked ones.
    pieces = [piece for paragraph in root.iter("p") for piece in _pieces(paragraph)]
    return _located(pieces, old, new)


def _paragraphs(text: str) -> str:
    return "<doc>" + "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line) + "</doc>"


def _pieces(paragraph: Any) -> Iterator[tuple[str, str]]:
    """The words of a paragraph with what became of them: kept, deleted or inserted."""
    mark = "{http://namespaces.shoobx.com/diff}"
    whole = "+" if mark + "insert" in paragraph.attrib else "-" if mark + "delete" in paragraph.attrib else ""
    if paragraph.text:
        yield whole or "=", paragraph.text
    for child in paragraph:
        own = {mark + "insert": "+", mark + "delete": "-"}.get(child.tag, "=")
        if child.text:
            yield whole or own, child.text
        if child.tail:
            yield whole or "=", child.tail


def _located(pieces: list[tuple[str, str]], old: str, new: str) -> Edits:
    """Where pieces stand in the texts; what is elsewhere than expected is looked for from the beginning."""
    at = [0, 0]
    edits: Edits = []
    for op, words in pieces:
        here = [at[0], at[0], at[1], at[1]]
        for side, text, ops in ((0, old, "=-"), (1, new, "=+")):
            if op in ops:
                found = text.find(words, at[side])
                found = found if found >= 0 else max(text.find(words), 0)
                here[2 * side : 2 * side + 2] = [found, found + len(words)]
                at[side] = found + len(words)
        if op == "=":
            continue
        if edits and edits[-1][1] == here[0] and edits[-1][3] == here[2]:
            edits[-1] = (edits[-1][0], here[1], edits[-1][2], here[3])
        else:
            edits.append((here[0], here[1], here[2], here[3]))
    return edits


def _joined(pieces: Any) -> Edits:
    """Edits out of pieces one after the other; a deletion and an insertion in one place are one."""
    edits: Edits = []
    old = new = 0
    fresh = True
    for op, words in pieces:
        if op == "=":
            old, new, fresh = old + len(words), new + len(words), True
            continue
        if fresh:
            edits.append((old, old, new, new))
            fresh = False
        old, new = old + len(words) * (op == "-"), new + len(words) * (op == "+")
        edits[-1] = (edits[-1][0], old, edits[-1][2], new)
    return edits


if __name__ == "__main__":
    main()
