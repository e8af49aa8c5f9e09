"""Files in and out: read whole, with an error that helps; written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
import tomllib
from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import BinaryIO, TypeVar

from msgspec import ValidationError, convert

from extractor.errors import GazetteError, InputTooLargeError, MissingInputError, OutputError, readable

Shape = TypeVar("Shape")

MAX_BYTES = 64 * 1024 * 1024
"""A gazette issue as text has well under a megabyte; 64 MiB leaves room for collected years."""

MAX_PATH = 4096
"""No file system has a longer path; what is longer is a text that was given instead of one."""

_PIECE = 1024 * 1024
"""Bytes read at a time, so that a small file does not ask for the memory of the largest one."""

_STREAM_ROOTS = ("dev", "proc")
"""Below these, a path is a door to an open file (/dev/stdout), which renaming would only hide."""


def read_file(path: str | PathLike[str], *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file, a pipe or a device, of which no more than ``limit`` and one are ever read.

    Raises:
        MissingInputError: the file is missing, a folder or unreadable.
        InputTooLargeError: it has more than ``limit`` bytes, or never ends (/dev/zero).
    """
    name = readable(str(path))
    try:
        with Path(path).open("rb") as stream:
            return read_stream(stream, name, limit=limit)
    except IsADirectoryError as error:
        raise MissingInputError(f"{name}: is a folder; name one file") from error
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        if "\n" in name or len(name) > MAX_PATH:
            raise MissingInputError(
                f"{name[:20]!r}… is no path; give the text itself as bytes: text.encode()"
            ) from error
        if isinstance(error, FileNotFoundError):
            raise MissingInputError(f"{name}: no such file; check the path") from error
        if isinstance(error, PermissionError):
            raise MissingInputError(f"{name}: no permission to read it; ask its owner, or copy what you may") from error
        raise MissingInputError(f"{name}: cannot be read: {_reason(error)}") from error


def read_toml(
    path: str | PathLike[str],
    shape: type[Shape],
    *,
    what: str,
    example: str,
    error: type[GazetteError],
    advice: Callable[[str], str],
) -> Shape:
    """What a TOML file of the user says, in a ``shape``; ``what`` it is and an ``example`` stand in the messages.

    Raises:
        error: the file cannot be read, is no TOML, or does not fit; ``advice`` words what msgspec says then.
    """
    try:
        return convert(tomllib.loads(Path(path).read_text(encoding="utf-8-sig")), shape)
    except FileNotFoundError as cause:
        raise error(f"{path}: no such {what}; check the path") from cause
    except OSError as cause:
        raise error(f"{path}: the {what} cannot be read: {cause.strerror}") from cause
    except UnicodeDecodeError as cause:
        raise error(f"{path}: the {what} is not UTF-8; save it as UTF-8") from cause
    except (tomllib.TOMLDecodeError, RecursionError) as cause:
        raise error(f"{path}: the {what} is not TOML: {cause}; write {example}") from cause
    except ValidationError as cause:
        raise error(f"{path}: {advice(str(cause))}") from cause


def read_stream(stream: BinaryIO, name: str, *, limit: int = MAX_BYTES) -> bytes:
    """All bytes of an open stream, of which no more than ``limit`` and one are ever read.

    Raises:
        InputTooLargeError: there are more than ``limit`` bytes.
    """
    pieces: list[bytes] = []
    room = limit + 1
    while room and (piece := stream.read(min(room, _PIECE))):
        pieces.append(piece)
        room -= len(piece)
    if not room:
        raise InputTooLargeError(f"{name}: more than {limit // 2**20} MiB; split the file into issues")
    return b"".join(pieces)


def write_file(path: str | PathLike[str], data: bytes) -> None:
    """Write a file so that it is there whole or not at all, also where the disk is full.

    A link stays and its target is written; a file that is there keeps its mode; what is no ordinary file (a named pipe,
    a device, /dev/stdout) is opened and written.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        there = _status(Path(path))
        if there is not None and (not stat.S_ISREG(there.st_mode) or _is_stream(Path(path))):
            with Path(path).open("ab") as stream:  # appended: /dev/stdout may be a file with something in it already
                stream.write(data)
        else:
            _replace(Path(path).resolve(), data, None if there is None else stat.S_IMODE(there.st_mode))
    except IsADirectoryError as error:
        raise OutputError(f"{path}: is a folder; name a file with -o") from error
    except FileNotFoundError as error:
        raise OutputError(f"{path}: cannot be written: there is no such folder; make it first") from error
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: Python 3.11 says so of a link to itself
        raise OutputError(f"{path}: cannot be written: {_reason(error)}") from error


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, "the file is write-protected")
    handle, name = tempfile.mkstemp(prefix=".gazette-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        if mode is None:
            mask = os.umask(0)
            os.umask(mask)
            mode = 0o666 & ~mask  # what an ordinary new file would get
        temporary.chmod(mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)  # gone already unless something went wrong, or Ctrl-C came


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _is_stream(path: Path) -> bool:
    return path.absolute().parts[1:2] in {(root,) for root in _STREAM_ROOTS}


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
