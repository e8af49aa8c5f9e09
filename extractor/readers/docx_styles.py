"""What a paragraph or a run has from its style: its list, and whether it is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from extractor.readers.docx_package import child, is_on, value


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    number: str | None
    """numId of its list."""
    level: int | None
    hidden: bool | None


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids."""

    known: dict[str, _Style] = field(default_factory=dict)
    default: str | None = None
    """Paragraph style of paragraphs that name none."""

    @classmethod
    def of(cls, root: Any) -> Styles:
        """The styles of a styles part; none where the file has no such part."""
        styles = cls()
        for style in root if root is not None else ():
            name = value(style, "styleId")
            if name is None:
                continue
            numbered = child(style, "pPr", "numPr")
            number, level = numbering(numbered)
            vanish = child(style, "rPr", "vanish")
            based_on = child(style, "basedOn")
            styles.known[name] = _Style(
                value(based_on) if based_on is not None else None,
                number,
                level,
                None if vanish is None else is_on(vanish),
            )
            if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on"):
                styles.default = name
        return styles

    def chain(self, name: str | None) -> list[tuple[str, _Style]]:
        """A style and those that it is based on, nearest first."""
        found: list[tuple[str, _Style]] = []
        seen: set[str] = set()
        while name is not None and name in self.known and name not in seen:
            seen.add(name)
            found.append((name, self.known[name]))
            name = self.known[name].based_on
        return found

    def list_of(self, name: str | None) -> tuple[str | None, int | None, str | None]:
        """List (numId) and level that a style gives, and the style that gives them."""
        for own, style in self.chain(name):
            if style.number is not None:
                return style.number, style.level, own
        return None, None, None

    def hides(self, name: str | None) -> bool:
        """True when text of this style is hidden."""
        return next((style.hidden for _, style in self.chain(name) if style.hidden is not None), False)


def numbering(numbered: Any) -> tuple[str | None, int | None]:
    """List (numId) and level that a numPr element says."""
    if numbered is None:
        return None, None
    number, level = child(numbered, "numId"), child(numbered, "ilvl")
    text = value(level) if level is not None else None
    return (value(number) if number is not None else None), (int(text) if text and text.isdecimal() else None)
