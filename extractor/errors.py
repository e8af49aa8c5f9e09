"""Exceptions for wrong calls and unreadable input.

Everything about the *text* of a gazette is a diagnostic, never an exception.
"""

from __future__ import annotations

import re

_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Surrogates that stand for no byte of a file name."""


def readable(name: str) -> str:
    r"""A file name as text that every encoding of Unicode can write: bytes that are no UTF-8 become U+FFFD.

    >>> readable("bad\udcff.txt")
    'bad\ufffd.txt'
    """
    return _NO_BYTE.sub("\ufffd", name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class GazetteError(Exception):
    """Base of all named errors; the message is one line that says what to do, whatever the file is called."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(readable(message).splitlines()))


class MissingInputError(GazetteError):
    """The file does not exist or cannot be opened."""


class EmptyInputError(GazetteError):
    """The file holds no text."""


class InputTooLargeError(GazetteError):
    """The file is larger than the limit."""


class UnknownFormatError(GazetteError):
    """The bytes are of no format that this version reads."""


class DamagedInputError(GazetteError):
    """The file is of a known format but cannot be decoded."""


class PasswordError(GazetteError):
    """The file opens with a password only."""


class NoTextLayerError(GazetteError):
    """The pages are pictures: there are no characters to read (扫描件)."""


class ReaderTimeoutError(GazetteError):
    """A reader took longer than its limit and was ended."""


class ReaderMemoryError(GazetteError):
    """A reader needed more memory than its limit and was ended."""


class ReaderCrashedError(GazetteError):
    """The program of a reader ended without a result."""


class SchemaError(GazetteError):
    """JSON that does not follow the output schema."""


class SeriesError(GazetteError):
    """A series profile (TOML) that cannot be used."""


class BodiesError(GazetteError):
    """Bodies that a user adds (TOML) and that cannot be used, or a place that is not known."""


class PlacesError(GazetteError):
    """Places are asked for that an issue does not have: it was parsed without them, or the span is outside its text."""


class DateError(GazetteError):
    """A date that is asked for is none."""


class UnknownIdError(GazetteError):
    """A value that is asked for by its id is not in the issue."""


class KindError(GazetteError):
    """A kind or group of changes that is asked for does not exist."""


class AmendmentError(GazetteError):
    """A text has no articles to amend, a decision no instructions, or several documents could be meant."""


class OutputError(GazetteError):
    """The output cannot be written."""
