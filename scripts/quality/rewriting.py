"""Edits of a text that its gold follows: every quote of the gold is read again where it stood.

All edits keep the number of characters. Offsets count the characters of the text without white space, so that a word
that a line break cuts is still one word; the white space itself stays where it is.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scripts.quality.folding import CIRCLED_AND_ELLIPSIS, DASHES_AND_ANGLES, fold

Json = dict[str, Any]

_QUOTED: dict[str, tuple[str, ...]] = {
    "toc": ("section", "title"),
    "documents": ("section", "title", "issuers", "addressees", "first_words", "last_words"),
    "clauses": ("heading",),
    "links": ("unit",),
    "commitments": ("quote", "indicator", "scope"),
    "milestones": ("quote",),
    "references": ("title",),
    "appointments": ("person", "post"),
    "roster": ("role", "person", "post"),
    "anomalies": ("quote",),
}
"""What the gold copies from the text, by list. 文号 are not among them: no edit touches one."""
_QUOTED_OF_ISSUE = ("series", "title", "publisher")
_LOOSE = frozenset({"indicator", "scope"})
"""Compared loosely or not at all: one that stands for several places takes the wording of most of them."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class _PlainTable(dict[int, str]):
    """One character for one, with differences of width and of dashes taken away."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = char if char in CIRCLED_AND_ELLIPSIS else unicodedata.normalize("NFKC", char)
        result = DASHES_AND_ANGLES.get(folded, folded) if len(folded) == 1 else char
        self[code] = result
        return result


_PLAIN = _PlainTable()


def plain(text: str) -> str:
    """Return the text in half width, character for character.

    >>> plain("（５％）①…")
    '(5%)①…'
    """
    return text.translate(_PLAIN)


def squeeze(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())


@dataclass(frozen=True)
class Edit:
    """Characters to be replaced by as many others: offset and new characters, several where they belong together."""

    parts: tuple[tuple[int, str], ...]

    @classmethod
    def one(cls, start: int, new: str) -> Edit:
        """An edit at one place."""
        return cls(((start, new),))

    def touches(self, start: int, end: int) -> bool:
        """Tell whether it changes something in a range."""
        return any(at < end and at + len(new) > start for at, new in self.parts)


@dataclass(frozen=True)
class Rewritten:
    """A text and its gold after the edits that could be carried through both."""

    text: str
    gold: Json
    edits: tuple[Edit, ...]
    dropped: int
    """Edits left out because a quote of the gold stands at several places and would have become several quotes."""


def rewrite(text: str, gold: Json, edits: list[Edit]) -> Rewritten:
    """Return text and gold with the edits applied to both, less those that the gold could not follow."""
    squeezed = squeeze(text)
    kept = edits
    while True:
        images = _Images(squeezed, kept)
        new_gold = images.gold(gold)
        if not images.torn:
            break
        kept = [edit for edit in kept if not any(edit.touches(start, end) for start, end in images.torn)]
    return Rewritten(_restore(text, images.new), new_gold, tuple(kept), len(edits) - len(kept))


def unfound_quotes(text: str, gold: Json) -> list[str]:
    """Return the quotes of a gold, piece by piece, that do not stand in the text."""
    folded = plain(squeeze(text))
    return [
        piece
        for key, quote in _quotes(gold)
        if key not in _LOOSE
        for piece in _pieces(quote)
        if piece and plain(piece) not in folded
    ]


def _quotes(gold: Json) -> Iterator[tuple[str, str]]:
    for name, keys in _QUOTED.items():
        for row in gold.get(name) or ():
            for key in keys:
                value = row.get(key)
                for quote in value if isinstance(value, list) else [value]:
                    if quote:
                        yield key, quote


def _pieces(quote: str) -> list[str]:
    """The parts of a quote between the words that it leaves out (…)."""
    return [squeeze(piece) for piece in quote.split("…")]


def _restore(text: str, squeezed: str) -> str:
    """The text with its white space, and the characters of the squeezed one."""
    letters = iter(squeezed)
    return "".join(char if char.isspace() else next(letters) for char in text)


class _Images:
    """What strings of the gold become under a set of edits; ranges whose string became several ones are ``torn``."""

    def __init__(self, squeezed: str, edits: list[Edit]) -> None:
        letters = list(squeezed)
        self.words: dict[str, str] = {}
        self._inside = bytearray(len(squeezed) + 1)
        for edit in edits:
            for start, new in edit.parts:
                self._inside[start + 1 : start + len(new)] = b"\1" * (len(new) - 1)
                old = squeezed[start : start + len(new)]
                letters[start : start + len(new)] = new
                if len(old) > 1 and not _NUMBER.search(plain(old)):
                    self.words[old] = new
        self.old = plain(squeezed)
        self.new = "".join(letters)
        self.torn: list[tuple[int, int]] = []

    def gold(self, gold: Json) -> Json:
        """The gold with every quote read again in the new text."""
        result = copy.deepcopy(gold)
        for key in _QUOTED_OF_ISSUE:
            if (result.get("issue") or {}).get(key):
                result["issue"][key] = self.string(result["issue"][key], loose=True)
        for row in result.get("commitments") or ():
            self._values(row)
        for name, keys in _QUOTED.items():
            for row in result.get(name) or ():
                for key in keys:
                    value = row.get(key)
                    if isinstance(value, list):
                        row[key] = [self.string(entry) for entry in value]
                    elif value:
                        row[key] = self.string(value, loose=key in _LOOSE)
        return result

    def string(self, quote: str, *, loose: bool = False) -> str:
        """What a quote has become."""
        return "…".join(self._piece(piece, loose) for piece in quote.split("…"))

    def _places(self, piece: str) -> list[int]:
        wanted = plain(squeeze(piece))
        return [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", self.old)] if wanted else []

    def _piece(self, piece: str, loose: bool) -> str:
        length = len(squeeze(piece))
        places = self._places(piece)
        if not places:
            # Not copied letter for letter: the exchanged words at least.
            for old in sorted(self.words, key=len, reverse=True):
                if old in piece:
                    return piece.replace(old, self.words[old])
            return piece
        # 民政 (a system, R55) is not what stands in an exchanged 民政局.
        places = [at for at in places if not self._inside[at] and not self._inside[at + length]] or places
        images = Counter(fold(self.new[at : at + length]) for at in places)
        if len(images) > 1 and not loose:
            self.torn.extend((at, at + length) for at in places)
        most = images.most_common(1)[0][0]
        chosen = next(at for at in places if fold(self.new[at : at + length]) == most)
        return _restore(piece, self.new[chosen : chosen + length])

    def _values(self, row: Json) -> None:
        """Value and upper end of a commitment, where the numeral that its quote holds was changed."""
        for key in ("value", "value2"):
            if row.get(key) is None:
                continue
            images = self._numerals(row["quote"], row[key], row.get("unit") or "")
            if len(images) == 1:
                row[key] = images.pop()
            elif images:
                self._tear(row["quote"])
        for numeral in _NUMBER.findall(plain(row.get("unit") or "")):
            if self._numerals(row["quote"], Decimal(numeral), "") - {_as_json(Decimal(numeral))}:
                self._tear(row["quote"])

    def _tear(self, quote: str) -> None:
        for piece in _pieces(quote):
            self.torn.extend((at, at + len(piece)) for at in self._places(piece))

    def _numerals(self, quote: str, value: Any, unit: str) -> set[int | float]:
        """What the numerals of a quote that equal a value have become; those before the unit, if there are any."""
        head = plain(unit).split("/")[0]
        near: set[int | float] = set()
        far: set[int | float] = set()
        for piece in _pieces(quote):
            for at in self._places(piece):
                for match in _NUMBER.finditer(plain(piece)):
                    if Decimal(match.group()) == Decimal(str(value)):
                        image = plain(self.new[at + match.start() : at + match.end()])
                        group = near if head and plain(piece)[match.end() :].startswith(head) else far
                        group.add(_as_json(Decimal(image)))
        return near or far


def _as_json(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
