"""How commands read their input and write their results: data on stdout, messages on stderr."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import extractor
from extractor.errors import MissingInputError, OutputError, SchemaError, readable
from extractor.files import MAX_BYTES, read_file, read_stream, write_file
from extractor.model import Issue

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
MAX_JSON_BYTES = 8 * MAX_BYTES
"""JSON is a few times as long as the text that it describes."""
_STDOUT = ("-", "/dev/stdout")
"""Names of standard output: -o with one of them is -o left out."""


def read_input(file: Path, *, limit: int = MAX_BYTES) -> tuple[bytes, str]:
    """The bytes of a file or of stdin (-), and the name to record.

    Raises:
        GazetteError: the input is missing, unreadable or larger than ``limit`` bytes.
    """
    if str(file) != "-":
        return read_file(file, limit=limit), readable(file.name)
    if sys.stdin is None:  # closed by the caller: gazette parse - <&-
        raise MissingInputError("standard input is closed; name a file, or pipe one in")
    try:
        return read_stream(sys.stdin.buffer, "stdin", limit=limit), "stdin"
    except OSError as error:
        raise MissingInputError(f"standard input cannot be read: {error.strerror or error}") from error


def read_issue(file: Path, series: Path | None = None, bodies: Path | None = None) -> Issue:
    """The issue of a file: parsed with its places, or loaded where the file is the JSON of a parsed issue.

    What was parsed already is as it is: ``series`` and ``bodies`` are of no account there.

    Raises:
        GazetteError: the input cannot be read.
    """
    data, name = read_input(file, limit=MAX_JSON_BYTES)
    if _is_json(data):
        try:
            return extractor.load(data)
        except SchemaError as error:
            raise SchemaError(f"{name}: {error}") from error
    return extractor.parse(data, name=name, series=series, bodies=bodies, places=True)


def line_note(issues: Iterable[Issue]) -> str:
    """Says of which lines the numbers are, where a JSON without places knows none of the source."""
    return "" if all(issue.places for issue in issues) else "\n行号为阅读文本的行（JSON 未含出处，见 parse --places）\n"


def _is_json(data: bytes) -> bool:
    """Whether these are the bytes of JSON; what begins like an issue and ends early is a damaged one, no text."""
    begin = data.lstrip()[:5]
    if begin[:1] == b"{":
        return True
    if begin[:1] != b"[" and begin not in (b"null", b"null\n"):
        return False
    import json

    try:
        json.loads(data)
    except ValueError:
        return False  # [2031]7号 begins a text
    return True


def refuse_same(file: Path, output: Path | None) -> None:
    """Refuse to write over the input.

    Raises:
        OutputError: input and output are one ordinary file; a terminal or /dev/null may be both.
    """
    if output is not None and _is_same_file(file, output):
        raise OutputError(f"{output}: is the input itself; name another file with -o")


def _is_same_file(file: Path, output: Path) -> bool:
    if str(file) == "-":  # gazette parse - -o issue.txt <issue.txt
        return sys.stdin is not None and output.is_file() and os.path.samestat(os.fstat(0), output.stat())
    return output.is_file() and file.is_file() and output.samefile(file)


def is_stdout(output: Path | None) -> bool:
    """Whether the result goes to standard output."""
    return output is None or str(output) in _STDOUT


def is_terminal(output: Path | None) -> bool:
    """Whether the result goes to a terminal."""
    return is_stdout(output) and sys.stdout is not None and sys.stdout.isatty()


def columns(output: Path | None) -> int | None:
    """Columns of the terminal, or elsewhere of COLUMNS; None where neither is known."""
    if is_terminal(output):
        return shutil.get_terminal_size((0, 0)).columns or None  # it looks at COLUMNS first
    said = os.environ.get("COLUMNS", "")
    return int(said) if said.isdecimal() else None


def color_wanted(output: Path | None) -> bool:
    """Whether it goes to a terminal and nobody said no; NO_COLOR set to anything but the empty string says no."""
    return is_terminal(output) and not os.environ.get("NO_COLOR")


def write_json(data: bytes, output: Path | None) -> None:
    r"""Write JSON: UTF-8 into files and on UTF-8 stdout; elsewhere \u escapes, which are right in every encoding."""
    if output is not None and not is_stdout(output):
        write_file(output, data + b"\n")
        return
    stdout = _stdout()
    if not _is_utf8(stdout.encoding):
        data = _NOT_ASCII.sub(_escape, data.decode()).encode("ascii")
    stdout.buffer.write(data + b"\n")
    stdout.buffer.flush()


def write_bytes(data: bytes, output: Path | None) -> None:
    """Write bytes as they are."""
    if output is not None and not is_stdout(output):
        write_file(output, data)
        return
    stdout = _stdout()
    stdout.buffer.write(data)
    stdout.buffer.flush()


def write_text(text: str, output: Path | None) -> None:
    """Write text: UTF-8 into files; on stdout in its encoding, with ? for what that encoding lacks (a GBK console)."""
    if output is not None and not is_stdout(output):
        write_file(output, text.encode())
        return
    stdout = _stdout()
    stdout.buffer.write(text.encode(stdout.encoding or "utf-8", "replace"))
    stdout.buffer.flush()


def _stdout() -> TextIO:
    if sys.stdout is None:  # closed by the caller: gazette parse issue.txt >&-
        raise OutputError("standard output is closed; name a file with -o")
    return sys.stdout


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
