"""From the lines of a source to the reading text."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.model import Diagnostic, Removed


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading text and what was taken out on the way to it."""

    text: str
    removed: tuple[Removed, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_lines(raw: str) -> Reading:
    """Make the reading text of decoded text: furniture out, broken lines joined."""
    return Reading(raw.replace("\r\n", "\n").replace("\r", "\n"))
