"""Files in and out: read whole, with an error that helps; written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from os import PathLike
from pathlib import Path

from extractor.errors import MissingInputError, OutputError

MAX_PATH = 4096
"""No file system has a longer path; what is longer is a text that was given instead of one."""


def read_file(path: str | PathLike[str]) -> bytes:
    """The bytes of a file.

    Raises:
        MissingInputError: the file is missing, a folder or unreadable.
    """
    if "\n" in str(path) or len(str(path)) > MAX_PATH:
        raise MissingInputError(f"{str(path)[:20]!r}… is no path; give the text itself as bytes: text.encode()")
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise MissingInputError(f"{path}: no such file; check the path") from error
    except IsADirectoryError as error:
        raise MissingInputError(f"{path}: is a folder; name one file") from error
    except OSError as error:
        raise MissingInputError(f"{path}: cannot be read: {error.strerror}") from error


def write_file(path: str | PathLike[str], data: bytes) -> None:
    """Write a file so that it is there whole or not at all, also where the disk is full.

    Raises:
        OutputError: the file cannot be written.
    """
    target = Path(path)
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)  # what an ordinary new file would get
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
