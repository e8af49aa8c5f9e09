"""The text of a cell: printed lines that its width broke are joined, those that were meant to end are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.readers.pdf_frame import Box, Frame
from extractor.readers.pdf_lines import Line

MARGIN = 6.0
"""Points between the text of a cell and its border, at most (Word: 5.4); centred text keeps more."""
SLACK = 1.0
"""Points by which a line may be shorter than full."""
WIDE = 0.8
"""Share of the cell: where the longest line takes so much, what it leaves is margin and no room for more text."""
BLOCK = 2
"""Characters a line of a label that is set as a block (参加/社会/保险)."""

_ITEM = re.compile(
    r"\d{1,2}[、.．)）]|[(（][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳●•·※★]"
)
_ENDS = "。；;：:！？"
_WORD = re.compile(r"[A-Za-z0-9.,%/+\-]+|.[，。、；：！？）》”’〉】〕]*", re.DOTALL)
"""What a line break does not part: a word, or a character and the marks that may not begin a line."""


@dataclass(slots=True)
class Print:
    """A printed line on its page."""

    page: int
    frame: Frame
    line: Line


@dataclass(slots=True)
class Paragraph:
    """Printed lines that make one line of a cell."""

    prints: list[Print]
    full: bool = False
    """The last line fills the cell, so that the text may go on on the next page."""


@dataclass(slots=True)
class Block:
    """A cell of a table, over as many pages as it stands on."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    down: int = 1
    """Rows that it takes."""

    @property
    def text(self) -> str:
        """The text without any white space, for comparing."""
        return "".join("".join(p.line.text.split()) for par in self.paragraphs for p in par.prints)

    def go_on(self, other: Block) -> None:
        """Add what stands in the same cell on the next page."""
        more = list(other.paragraphs)
        if self.paragraphs and more:
            last, first = self.paragraphs[-1], more[0]
            text = last.prints[-1].line.text
            if last.full and not (text[-1:] in _ENDS and _ITEM.match(first.prints[0].line.text)):
                last.prints.extend(first.prints)
                last.full = first.full
                more = more[1:]
        self.paragraphs.extend(more)


def block_of(lines: Sequence[Line], box: Box, page: int, frame: Frame, *, heading: bool) -> Block:
    """The paragraphs of a cell of one page.

    Args:
        lines: its printed lines from top to bottom.
        box: the cell.
        page: page, counted from 1.
        frame: how the page lies.
        heading: the cell stands in the first row, where every break is one of space (责任/单位).
    """
    block = Block()
    if not lines:
        return block
    heading = heading or all(len(line.text) <= BLOCK and not line.text.isascii() for line in lines)
    room, reach = _room(lines, box)
    last: Paragraph | None = None
    for at, line in enumerate(lines):
        following = lines[at + 1].text if at + 1 < len(lines) else "字"
        word = _width(following, line)
        full = line.right - line.left + word > room or line.right + word > reach
        printed = Print(page, frame, line)
        if last is not None and _continues(last, line, heading=heading):
            last.prints.append(printed)
        else:
            last = Paragraph([printed])
            block.paragraphs.append(last)
        last.full = full
    return block


def _room(lines: Sequence[Line], box: Box) -> tuple[float, float]:
    """How wide a line of the cell can be, and how far it can reach.

    The cell without its margins, or as wide as its lines prove to be; the first line of a paragraph may be indented.
    """
    margin = min(MARGIN, max(0.0, min(min(line.left - box[0], box[2] - line.right) for line in lines)))
    room = box[2] - box[0] - 2 * margin - SLACK
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    reaching = sum(line.right > right - line.height for line in lines)
    if reaching >= 2 and right - left > WIDE * (box[2] - box[0]):
        room = min(room, right - left - SLACK)
    return room, box[2] - margin - SLACK


def _continues(paragraph: Paragraph, line: Line, *, heading: bool) -> bool:
    before = paragraph.prints[-1].line.text
    if before[-1] in _ENDS and _ITEM.match(line.text):
        return False
    return heading or paragraph.full or line.text[0] in "，。、；：）》”"


def _width(text: str, line: Line) -> float:
    """About the width that the first word of a text takes in the font of a line."""
    word = _WORD.match(text)
    chars = word.group() if word else text[:1]
    return sum(0.5 if char.isascii() else 0.95 for char in chars) * min(
        line.height, (line.right - line.left) / max(1.0, sum(0.5 if c.isascii() else 1.0 for c in line.text))
    )


_LETTER_END = re.compile(r"[A-Za-z][,;]?$")


def joined(paragraph: Paragraph) -> tuple[str, list[int]]:
    """The text of a paragraph, and where each of its printed lines begins in it."""
    text = ""
    starts: list[int] = []
    for printed in paragraph.prints:
        piece = printed.line.text
        if text and _LETTER_END.search(text) and piece[:1].isascii() and piece[:1].isalpha():
            text += " "
        starts.append(len(text))
        text += piece
    return text, starts
