"""Which encoding the bytes are in, told by the bytes: marks, NULs, strict decoding, and how Chinese the result is.

Government sites serve UTF-8, GB18030 (and its subsets GBK and GB2312) and now and then UTF-16. Nothing is invented:
bytes that stand for no character become U+FFFD and are reported; text that has lost much is refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from extractor.diagnostics import notice
from extractor.errors import DamagedInputError
from extractor.model import Diagnostic

SAMPLE = 65536
"""Bytes that an encoding is judged by where strict decoding does not decide."""
MAX_LOST = 0.02
"""A file that loses more of its characters than one in fifty is damaged, not blemished."""
MIN_PLAIN = 0.6
"""Share of common Chinese among the characters outside ASCII in a right guess; a wrong one gives rare ideographs."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
# Level one of GB 2312, the 3,755 common characters, lies in these rows; with them the marks of Chinese text.
_COMMON = frozenset(
    bytes((lead, trail)).decode("gb2312", "ignore")
    for lead in (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
    for trail in range(0xA1, 0xFF)
) - {""}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding that it was in."""

    text: str
    encoding: str
    """Canonical name in lower case: utf-8, gb18030, utf-16-le …"""
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """Decode a text file.

    Raises:
        DamagedInputError: the bytes are text in no encoding that is known, or too much of it is lost.

    >>> decode("第一条".encode("gb18030"), "a.txt")
    Decoded(text='第一条', encoding='gb18030', diagnostics=())
    """
    for mark, encoding, _ in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding, name, len(mark))
    wide = _wide(data)
    if wide is not None:
        return _lenient(data, wide, name, 0)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first_bad = error.start
    return _legacy(data, name, first_bad)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: the byte order in which it can be read, if there is one."""
    sample = data[:SAMPLE]
    sample = sample[: len(sample) // 2 * 2]
    if len(data) % 2 or not sample:
        return None
    wide = 0 in sample  # no other encoding of text has NULs, though UTF-16 has none in text of Chinese characters alone
    if not wide and (_is(sample, "utf-8") or _is(sample, "gb18030")):
        return None
    score, encoding = max((_readable(sample.decode(name, "replace")), name) for name in ("utf-16-be", "utf-16-le"))
    return encoding if score >= MIN_PLAIN else None


def _readable(text: str) -> float:
    """Share of common Chinese and printable ASCII among all characters; the wrong byte order turns both into others."""
    return sum(char in _COMMON or " " <= char <= "~" or char in "\r\n\t" for char in text) / len(text)


def _is(sample: bytes, encoding: str) -> bool:
    """True when the bytes are valid in the encoding; a character cut at the end of the sample is none of its faults."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _plausible(text: str) -> float:
    """Share of common Chinese among the characters outside ASCII."""
    other = _NOT_ASCII.findall(text)
    return sum(char in _COMMON for char in other) / len(other) if other else 0.0


def _legacy(data: bytes, name: str, first_bad: int) -> Decoded:
    """Not valid UTF-8: GB18030, UTF-8 with a blemish, or another old encoding as the last resort."""
    candidates: list[tuple[float, str]] = []
    around = data[max(0, first_bad - SAMPLE // 2) : first_bad + SAMPLE // 2]
    for encoding in ("utf-8", "gb18030"):
        candidates.append((_plausible(around.decode(encoding, "replace")), encoding))
    quality, encoding = max(candidates, key=lambda pair: pair[0])
    if quality >= MIN_PLAIN:
        return _lenient(data, encoding, name, 0)
    guess = _guess(data)
    if guess is not None:
        return Decoded(*guess, (_unsure(guess[1]),))
    raise DamagedInputError(
        f"{name}: from byte {first_bad} on this is text in no known encoding: save the file as UTF-8 and parse it again"
    )


def _guess(data: bytes) -> tuple[str, str] | None:
    """The guess of charset-normalizer among the encodings of Chinese text; imported only here, it is slow to load."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE], cp_isolation=["big5", "big5hkscs", "cp950", "utf_16_le", "utf_16_be"]).best()
    if best is None:
        return None
    try:
        return data.decode(best.encoding), best.encoding.replace("_", "-")
    except UnicodeDecodeError:
        return None


def _unsure(encoding: str) -> Diagnostic:
    message = f"The encoding was guessed as {encoding}; if the text looks wrong, save the file as UTF-8."
    return notice("text.encoding-guessed", message)


def _lenient(data: bytes, encoding: str, name: str, offset: int) -> Decoded:
    """Decode; a few bad bytes become U+FFFD and are reported, many are an error that names the first."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        first_bad = error.start + offset
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost > max(1, MAX_LOST * len(text)):
        raise DamagedInputError(
            f"{name}: {lost} characters cannot be decoded as {encoding}, the first at byte {first_bad}: "
            "the file is damaged; get it again, or save it as UTF-8"
        )
    return Decoded(text, encoding, ())
