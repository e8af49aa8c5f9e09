"""Lines of a source as pieces of printed lines: how wide they are, how they begin and end."""

from __future__ import annotations

import re

from msgspec import Struct

from extractor.text.starts import LEADER, MARKED_ENDS, End, end_of, start_of


def width(line: str) -> int:
    """Display width of a line in half widths: two for a Chinese character or mark, one for ASCII.

    >>> width("到2025年")
    8
    """
    return 2 * len(line) - len(line.encode("ascii", "ignore")) - line.count("\u00a0")


class Piece(Struct, frozen=True, gc=False):
    """A line of the source that has text, seen as a piece of a printed line."""

    text: str
    """Without the spaces around it."""
    indent: int
    """Half widths of white space before it."""
    width: int
    start: int
    """One of :class:`~extractor.text.starts.Start`."""
    end: int
    """One of :class:`~extractor.text.starts.End`."""
    gap: int
    """0: follows the piece before directly; 1: after a page break; 2: after blank lines."""
    table: bool
    """Holds a tab or columns of spaces: a row, joined to nothing."""
    leader: bool
    """Ends in dot leaders and perhaps a page: the end of an entry of the contents."""
    inner: bool
    """Holds a mark of running text (，。；), which signatures, cells and names do not."""
    full: int
    """Half widths with the indent."""

    @classmethod
    def of(cls, line: str, gap: int) -> Piece:
        """Make the piece of a line that is not blank."""
        text = line.strip()
        indent = 0 if line[0] == text[0] else width(line[: len(line) - len(line.lstrip())])
        table = "\t" in text or ("  " in text and _COLUMNS.search(text) is not None)
        leader = ("." in text or "…" in text or "·" in text or "．" in text) and _leads(text)
        inner = "，" in text or "。" in text or "；" in text or "," in text or ";" in text
        wide = width(text)
        end = end_of(text) if text[-1] in MARKED_ENDS else End.CUT
        return cls(text, indent, wide, start_of(text), end, gap, table, leader, inner, indent + wide)


def _leads(text: str) -> bool:
    """True for dot leaders, in a line that has a dot."""
    return _DOTS.search(text) is not None and _LEADER_HINT.search(text) is not None and LEADER.search(text) is not None


_COLUMNS = re.compile(r"\S {2,}\S+ {2,}\S")
_DOTS = re.compile("[.…．·][.…．· ]")  # begins with a set of characters, so that the search is quick
_LEADER_HINT = re.compile(r"\.{4}|…{2}|．{4}|·{4}|[.…·] [.…·] ")
