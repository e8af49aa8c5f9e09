"""How commands read their input and write their results: data on stdout, messages on stderr."""

from __future__ import annotations

import codecs
import re
import sys
from pathlib import Path

from extractor.files import read_file, write_file

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def read_input(file: Path) -> tuple[bytes, str]:
    """The bytes of a file or of stdin (-), and the name to record."""
    return (sys.stdin.buffer.read(), "stdin") if str(file) == "-" else (read_file(file), file.name)


def write_json(data: bytes, output: Path | None) -> None:
    r"""Write JSON: UTF-8 into files and on UTF-8 stdout; elsewhere \u escapes, which are right in every encoding."""
    if output is not None:
        write_file(output, data + b"\n")
        return
    if not _is_utf8(sys.stdout.encoding):
        data = _NOT_ASCII.sub(_escape, data.decode()).encode("ascii")
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()


def write_text(text: str, output: Path | None) -> None:
    """Write text: UTF-8 into files; on stdout in its encoding, with ? for what that encoding lacks (a GBK console)."""
    if output is not None:
        write_file(output, text.encode())
        return
    sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "replace"))
    sys.stdout.buffer.flush()


def _is_utf8(encoding: str | None) -> bool:
    try:
        return codecs.lookup(encoding or "utf-8").name == "utf-8"
    except LookupError:
        return False


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
