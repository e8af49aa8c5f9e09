"""Run a call in a process of its own, with limits of time and memory, that can be killed.

Readers of other people's libraries (PDF, DOCX, pictures) meet files that hang them, fill the memory or bring the
interpreter down; here such a file costs one named error. A plain child process does it, not :mod:`multiprocessing`: a
Dask worker is a daemon and may not start such children. What comes back is decoded by its type, never unpickled, so
that a reader that was taken over by a file cannot run anything in the caller.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from extractor import errors
from extractor.errors import DamagedInputError, GazetteError, ReaderCrashedError, ReaderMemoryError, ReaderTimeoutError

T = TypeVar("T")

SECONDS = 300.0
"""Wall time of a call. The largest real file known (380 pages, 200 of them tables) takes 3 seconds on an old laptop."""
MEGABYTES = 2048
"""Address space of a call; the same file needs a tenth of it."""
SECONDS_VARIABLE = "GAZETTE_READER_SECONDS"
MEGABYTES_VARIABLE = "GAZETTE_READER_MEGABYTES"

_REPLY = msgspec.msgpack.Encoder()
_BOOT = "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); import extractor.isolation as i; i.serve()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a call may use."""

    seconds: float = SECONDS
    """Wall time."""
    megabytes: int = MEGABYTES
    """Address space; not limited where the system cannot (Windows)."""

    @classmethod
    def of(
        cls,
        seconds: float | None = None,
        megabytes: int | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> Limits:
        """Limits as told, else as the environment says, else the defaults.

        >>> Limits.of(environment={"GAZETTE_READER_SECONDS": "20"})
        Limits(seconds=20.0, megabytes=2048)

        Raises:
            GazetteError: a variable of the environment is no positive number.
        """
        return cls(
            _number(environment, SECONDS_VARIABLE, SECONDS) if seconds is None else seconds,
            int(_number(environment, MEGABYTES_VARIABLE, MEGABYTES)) if megabytes is None else megabytes,
        )


class _Reply(msgspec.Struct, array_like=True):
    """What the child says: a result, or the name and the message of an error."""

    error: str = ""
    message: str = ""
    result: msgspec.Raw = msgspec.Raw(b"\xc0")


def run(
    call: Callable[..., T], *arguments: object, returns: type[T], name: str = "the file", limits: Limits | None = None
) -> T:
    """Call a function of a module in a process of its own; returns what it returns.

    Args:
        call: a function at the top of a module that can be imported by its name.
        arguments: what it is called with; anything that can be pickled.
        returns: the type of the result, made of what msgspec knows: structs, data classes, tuples, strings, numbers.
        name: the file that is read, for messages.
        limits: time and memory; as the environment says unless told.

    Raises:
        ReaderTimeoutError: the call took longer than its limit.
        ReaderMemoryError: it needed more memory than its limit.
        ReaderCrashedError: the process ended without a result.
        DamagedInputError: the call raised an error that is not one of ours.
        GazetteError: the call raised this named error.
    """
    if call.__module__ == "__main__" or "." in call.__qualname__:
        raise ValueError(f"{call.__qualname__} cannot be imported by another process")
    limits = limits or Limits.of()
    path = [entry or str(Path.cwd()) for entry in sys.path]
    order = (call.__module__, call.__qualname__, arguments, limits.megabytes, limits.seconds)
    request = pickle.dumps(path, 5) + pickle.dumps(order, 5)
    with tempfile.TemporaryFile() as said:
        code, answer = _converse(request, said, limits.seconds)
        said.seek(max(0, said.seek(0, os.SEEK_END) - _TAIL))
        last_words = said.read().decode("utf-8", "replace")
    if code is None:
        raise ReaderTimeoutError(
            f"{name}: reading took longer than {limits.seconds:g} seconds and was ended; "
            f"set {SECONDS_VARIABLE} to allow more, or split the file"
        )
    try:
        reply = msgspec.msgpack.decode(answer, type=_Reply)
        if not reply.error:
            return msgspec.msgpack.decode(reply.result, type=returns)
    except msgspec.DecodeError as error:
        raise _crash(name, code, last_words, limits) from error
    raise _named(reply, name, limits)


_TAIL = 4096
"""Bytes of the child's last words that are looked at for the cause of a crash."""


def _converse(request: bytes, said: IO[bytes], seconds: float) -> tuple[int | None, bytes]:
    """Start the child, send the request, and take its answer; the exit code is None when its time was over."""
    child = subprocess.Popen(
        [sys.executable, "-c", _BOOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        start_new_session=True,  # so that whatever it starts itself can be ended with it
    )
    try:
        answer, _ = child.communicate(request, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None, b""
    finally:
        _end(child)
    return child.returncode, answer


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and what it started, also when the caller is interrupted."""
    if child.poll() is None:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
        child.kill()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
    child.wait()


def _crash(name: str, code: int, last_words: str, limits: Limits) -> GazetteError:
    if any(sign in last_words for sign in _NO_MEMORY):
        return _no_memory(name, limits)
    raised = _raised(last_words) if code == 1 else ""
    if raised:
        return DamagedInputError(f"{name}: cannot be read, the file is damaged ({raised}); get it again")
    how = signal.Signals(-code).name if code < 0 and -code in _SIGNALS else f"exit code {code}"
    return ReaderCrashedError(
        f"{name}: the program that reads it crashed ({how}); the file is probably damaged: get it again, "
        "or open it in its own program and save a new copy"
    )


def _raised(last_words: str) -> str:
    """The error at the end of a traceback in one line; empty where there is none."""
    lines: list[str] = []
    for line in reversed(last_words.rstrip().splitlines()):
        if line.startswith((" ", "Traceback")):
            return " ".join(" ".join(reversed(lines)).split())[:_CAUSE]
        lines.append(line)
    return ""


_CAUSE = 120
"""Characters of the cause that are told."""
_SIGNALS = frozenset(int(known) for known in signal.Signals)
_NO_MEMORY = ("MemoryError", "bad_alloc", "out of memory", "Out of memory", "Cannot allocate memory")


def _no_memory(name: str, limits: Limits) -> ReaderMemoryError:
    return ReaderMemoryError(
        f"{name}: reading needed more than {limits.megabytes} megabytes of memory and was ended; "
        f"set {MEGABYTES_VARIABLE} to allow more, or split the file"
    )


def _named(reply: _Reply, name: str, limits: Limits) -> GazetteError:
    """The error that the child names."""
    if reply.error == "MemoryError":
        return _no_memory(name, limits)
    known = getattr(errors, reply.error, None)
    if isinstance(known, type) and issubclass(known, GazetteError):
        return known(reply.message)
    return ReaderCrashedError(f"{name}: {reply.message}")


def _number(environment: Mapping[str, str], variable: str, default: float) -> float:
    told = environment.get(variable, "")
    if not told.strip():
        return default
    try:
        value = float(told)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise GazetteError(f"{variable}={told}: give a positive number, or unset it")
    return value


def serve() -> None:
    """The child's side: read the request from standard input, call, and write the reply to standard output."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the reply
    module, function, arguments, megabytes, seconds = pickle.load(sys.stdin.buffer)
    _limit(megabytes, seconds)
    try:
        result = getattr(import_module(module), function)(*arguments)
        reply = _REPLY.encode(_Reply(result=msgspec.Raw(_REPLY.encode(result))))
    except MemoryError:
        reply = _REPLY.encode(_Reply("MemoryError"))
    except GazetteError as error:  # any other ends this process, and its traceback tells the caller why
        reply = _REPLY.encode(_Reply(type(error).__name__, str(error)))
    out.write(reply)
    out.flush()
    os._exit(0)  # nothing is left to tidy, and libraries may hang or crash while they are taken down


def _limit(megabytes: int, seconds: float) -> None:
    """Limit memory, and processor time too: should the caller be killed, the child does not run for ever."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time still holds
        return
    for what, most in ((resource.RLIMIT_AS, megabytes << 20), (resource.RLIMIT_CPU, int(seconds) + 60)):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or most < hard:
            with contextlib.suppress(ValueError, OSError):  # macOS refuses some limits
                resource.setrlimit(what, (most, most))
