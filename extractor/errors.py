"""Exceptions for wrong calls and unreadable input.

Everything about the *text* of a gazette is a diagnostic, never an exception.
"""

from __future__ import annotations


class GazetteError(Exception):
    """Base of all named errors; the message is one line that says what to do."""


class InputMissing(GazetteError):
    """The file does not exist or cannot be opened."""


class InputEmpty(GazetteError):
    """The file holds no text."""


class InputTooLarge(GazetteError):
    """The file is larger than the limit."""


class UnknownFormat(GazetteError):
    """The bytes are of no format that this version reads."""


class DamagedInput(GazetteError):
    """The file is of a known format but cannot be decoded."""


class SchemaBreach(GazetteError):
    """JSON that does not follow the output schema."""


class BadSeries(GazetteError):
    """A series profile (TOML) that cannot be used."""
