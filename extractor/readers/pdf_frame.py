"""How a page lies: from the user space of the file, where y goes up, to points from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The page as it is read, which is turned against the page as it is shown where a table is printed sideways."""

    left: float
    bottom: float
    right: float
    top: float
    """The visible part of the page in user space."""
    turn: int
    """Quarter turns clockwise from user space to the page as it is read."""
    extra: int = 0
    """Those of them that the file does not declare."""

    @property
    def width(self) -> float:
        """Width of the page as it is read."""
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the page as it is read."""
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def boxes(self, flat: list[float]) -> tuple[list[float], list[float], list[float], list[float]]:
        """Lefts, tops, rights and bottoms of boxes that are given as left, top, right, bottom in user space, in a row.

        >>> Frame(0, 0, 600, 800, turn=1).boxes([82.5, 77.5, 94.5, 65.5])
        ([65.5], [82.5], [77.5], [94.5])
        """
        lefts, tops, rights, bottoms = flat[0::4], flat[1::4], flat[2::4], flat[3::4]
        if self.turn == 0:
            if self.left:
                zero = self.left
                lefts, rights = [x - zero for x in lefts], [x - zero for x in rights]
            zero = self.top
            return lefts, [zero - y for y in tops], rights, [zero - y for y in bottoms]
        if self.turn == 1:
            x, y = self.left, self.bottom
            return [v - y for v in bottoms], [v - x for v in lefts], [v - y for v in tops], [v - x for v in rights]
        if self.turn == 2:
            x, y = self.right, self.bottom
            return [x - v for v in rights], [v - y for v in bottoms], [x - v for v in lefts], [v - y for v in tops]
        x, y = self.right, self.top
        return [y - v for v in tops], [x - v for v in rights], [y - v for v in bottoms], [x - v for v in lefts]

    def shown(self, box: Box) -> Box:
        """A box of the page as it is read, on the page as a viewer shows it.

        >>> Frame(0, 0, 600, 800, turn=1, extra=1).shown((65, 82, 77, 94))
        (82, 723, 94, 735)
        """
        left, top, right, bottom = box
        if self.extra == 0:
            return box
        if self.extra == 1:
            return top, self.width - right, bottom, self.width - left
        if self.extra == 2:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        return self.height - bottom, left, self.height - top, right

    def unshown(self, box: Box) -> tuple[float, ...]:
        """A box on the page as a viewer shows it → x and y in user space of its corners.

        The order is that of annotations: upper left, upper right, lower left, lower right, as they are read. The frame
        is that of the page as it is shown.

        >>> Frame(0, 0, 600, 800, turn=0).unshown((10, 20, 30, 50))
        (10, 780, 30, 780, 10, 750, 30, 750)
        """
        left, top, right, bottom = box
        corners: list[float] = []
        for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
            if self.turn == 0:
                corners += self.left + x, self.top - y
            elif self.turn == 1:
                corners += self.left + y, self.bottom + x
            elif self.turn == 2:
                corners += self.right - x, self.bottom + y
            else:
                corners += self.right - y, self.top - x
        return tuple(corners)

    def along(self, x: float, *, down: bool = False) -> float:
        """A place on a line of the page as it is read (or, down, its height), on the page as a viewer shows it.

        >>> Frame(0, 0, 600, 800, turn=1, extra=1).along(65)
        735
        """
        left, top, _, _ = self.shown((0, x, 0, x) if down else (x, 0, x, 0))
        return left if down == (self.extra % 2 == 1) else top
