"""Calls in a process of their own: what comes back, and how each way to fail is named."""

from __future__ import annotations

import os
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from extractor import errors
from extractor.isolation import Limits, run

MODULE = """
import ctypes, os, sys, time
from extractor.errors import PasswordError

def double(value): return value * 2
def talk(): print("noise on standard output"); sys.stdout.flush(); os.write(1, b"more noise"); return "said"
def sleep(seconds): time.sleep(seconds); return 0
def spin():
    while True: pass
def fill():
    held = []
    while True: held.append(bytearray(1 << 20))
def leave(code): os._exit(code)
def segfault(): ctypes.string_at(0)
def stop(): raise SystemExit(3)
def fail(): raise ValueError("wrong\\nin two lines")
def refuse(): raise PasswordError("a.pdf: has a password; save a copy without one")
def child(path):
    import subprocess
    subprocess.Popen([sys.executable, "-c", f"import time, pathlib; time.sleep(2); pathlib.Path({path!r}).touch()"])
    time.sleep(60)
def lines(count): return tuple(("字" * 25, tuple(float(i) for i in range(26))) for _ in range(count))
"""


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    (tmp_path / "calls_of_the_test.py").write_text(textwrap.dedent(MODULE), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import calls_of_the_test

    yield calls_of_the_test


def test_the_result_comes_back(calls: ModuleType) -> None:
    assert run(calls.double, "字", returns=str) == "字字"
    assert run(calls.double, b"\x00\xff" * 500_000, returns=bytes) == b"\x00\xff" * 1_000_000


def test_what_a_library_prints_does_not_mix_with_the_result(calls: ModuleType) -> None:
    assert run(calls.talk, returns=str) == "said"


@pytest.mark.parametrize("call", ["sleep", "spin"])
def test_too_long(calls: ModuleType, call: str) -> None:
    arguments = (60,) if call == "sleep" else ()
    begun = time.monotonic()
    with pytest.raises(errors.ReaderTimeoutError, match=r"a\.pdf: .*longer than 1 seconds.*GAZETTE_READER_SECONDS"):
        run(getattr(calls, call), *arguments, returns=int, name="a.pdf", limits=Limits(seconds=1))
    assert time.monotonic() - begun < 30


def test_too_much_memory(calls: ModuleType) -> None:
    with pytest.raises(errors.ReaderMemoryError, match=r"a\.pdf: .*more than 300 megabytes.*GAZETTE_READER_MEGABYTES"):
        run(calls.fill, returns=int, name="a.pdf", limits=Limits(seconds=60, megabytes=300))


@pytest.mark.parametrize(("call", "arguments"), [("leave", (7,)), ("leave", (0,)), ("segfault", ()), ("stop", ())])
def test_a_crash(calls: ModuleType, call: str, arguments: tuple[int, ...]) -> None:
    with pytest.raises(errors.ReaderCrashedError, match=r"a\.pdf: .*crashed.*save a new copy"):
        run(getattr(calls, call), *arguments, returns=int, name="a.pdf")


def test_an_error_of_ours_keeps_its_name(calls: ModuleType) -> None:
    with pytest.raises(errors.PasswordError, match="without one"):
        run(calls.refuse, returns=int, name="a.pdf")


def test_any_other_error_is_a_damaged_file_in_one_line(calls: ModuleType) -> None:
    with pytest.raises(errors.DamagedInputError) as caught:
        run(calls.fail, returns=int, name="a.pdf")
    assert (
        str(caught.value) == "a.pdf: cannot be read, the file is damaged (ValueError: wrong in two lines); get it again"
    )


def test_a_result_of_another_type_is_not_taken(calls: ModuleType) -> None:
    with pytest.raises(errors.ReaderCrashedError):
        run(calls.double, 4, returns=str, name="a.pdf")


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
def test_what_the_reader_started_ends_with_it(calls: ModuleType, tmp_path: Path) -> None:
    sign = tmp_path / "still-alive"
    with pytest.raises(errors.ReaderTimeoutError):
        run(calls.child, str(sign), returns=int, limits=Limits(seconds=1))
    time.sleep(2.5)
    assert not sign.exists()


def test_functions_that_cannot_be_imported_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be imported"):
        run(lambda: 1, returns=int)


def test_calls_from_several_threads(calls: ModuleType) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda n=n: found.append(run(calls.double, n, returns=int))) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 2, 4, 6]


def test_many_lines_come_back_whole(calls: ModuleType) -> None:
    found = run(calls.lines, 3000, returns=tuple[tuple[str, tuple[float, ...]], ...])
    assert len(found) == 3000
    assert found[-1] == ("字" * 25, tuple(float(i) for i in range(26)))


def test_limits_from_the_environment() -> None:
    told = {"GAZETTE_READER_SECONDS": "2.5", "GAZETTE_READER_MEGABYTES": "512"}
    assert Limits.of(environment=told) == Limits(2.5, 512)
    assert Limits.of(seconds=9, environment=told) == Limits(9, 512)
    assert Limits.of(environment={}) == Limits()


@pytest.mark.parametrize("value", ["fast", "0", "-1", "inf", "nan"])
def test_a_limit_that_is_none_is_a_named_error(value: str) -> None:
    with pytest.raises(errors.GazetteError, match=r"GAZETTE_READER_SECONDS=.*positive number"):
        Limits.of(environment={"GAZETTE_READER_SECONDS": value})
