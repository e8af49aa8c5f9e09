"""The command line as people meet it, run as a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from extractor import GazetteError, parse
from extractor.cli import main
from extractor.series import SeriesProfile, load_profile

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = sorted((ROOT / "corpora").glob("*/issue.txt"))[0]


def gazette(*args: str | Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "extractor", *map(str, args)],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **env},
        check=False,
    )


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("out") / "issue.json"
    done = gazette("parse", SAMPLE, "-o", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    return target


def test_stdout_file_and_stdin_agree(parsed: Path) -> None:
    assert gazette("parse", SAMPLE, PYTHONIOENCODING="utf-8").stdout == parsed.read_bytes()
    piped = json.loads(gazette("parse", "-", stdin=SAMPLE.read_bytes()).stdout)
    expected = json.loads(parsed.read_bytes())
    assert piped.pop("source")["name"] == "stdin"
    assert expected.pop("source")["name"] == SAMPLE.name
    assert piped == expected


def test_validate(parsed: Path) -> None:
    assert gazette("validate", parsed).returncode == 0
    assert gazette("validate", "-", stdin=parsed.read_bytes()).returncode == 0
    broken = gazette("validate", "-", stdin=b"{}")
    assert broken.returncode == 1
    assert b"generator" in broken.stderr


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_readable_forms(form: str, tmp_path: Path) -> None:
    done = gazette("parse", SAMPLE, "--format", form, PYTHONIOENCODING="utf-8")
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert all(word in shown for word in ("举措", "牵头", "责任", "配合", "量化承诺"))
    assert "\x1b" not in shown  # no colours into a pipe
    target = tmp_path / "out"
    assert gazette("parse", SAMPLE, "--format", form, "-o", target).returncode == 0
    assert target.read_text(encoding="utf-8")


def test_gbk_console() -> None:
    table = gazette("parse", SAMPLE, "--format", "table", PYTHONIOENCODING="gbk")
    assert table.returncode == 0
    assert "举措" in table.stdout.decode("gbk")
    as_json = gazette("parse", SAMPLE, PYTHONIOENCODING="gbk")
    assert json.loads(as_json.stdout.decode("ascii"))["documents"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "get it again"),
        (b"PK\x03\x04" + bytes(60), "zip"),
        (bytes(range(256)) * 40, ""),
    ],
)
def test_unusable_input_is_one_line_and_exit_code_2(data: bytes, said: str, tmp_path: Path) -> None:
    source, target = tmp_path / "issue.txt", tmp_path / "out.json"
    source.write_bytes(data)
    done = gazette("parse", source, "-o", target)
    message = done.stderr.decode()
    assert done.returncode == 2
    assert message.count("\n") == 1
    assert "Traceback" not in message
    assert said.lower() in message.lower()
    assert sorted(tmp_path.iterdir()) == [source]


def test_missing_file_folder_and_unwritable_output(tmp_path: Path) -> None:
    for args in (
        ["parse", tmp_path / "none.txt"],
        ["parse", tmp_path],
        ["parse", SAMPLE, "-o", tmp_path / "no" / "out"],
    ):
        done = gazette(*args)
        assert done.returncode == 2
        assert done.stdout == b""
        assert done.stderr.decode().count("\n") == 1
    assert gazette("parse", SAMPLE, "--series", tmp_path / "none.toml").returncode == 2
    assert gazette("parse").returncode == 2
    assert gazette("nonsense").returncode == 2


def test_a_file_without_permission_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system refuses as it would any user but root."""

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / "issue.txt").write_bytes(SAMPLE.read_bytes())
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "access", lambda *_: False)
    done = CliRunner().invoke(main, ["parse", str(tmp_path / "issue.txt")])
    assert done.exit_code == 2
    assert "issue.txt: no permission to read it" in done.output


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("80", 80), ("150", 150), ("", 120), ("wide", 120)])
def test_a_table_into_a_file_is_as_wide_as_columns_says(columns: str, widest: int, tmp_path: Path) -> None:
    target = tmp_path / "table.txt"
    assert gazette("parse", SAMPLE, "--format", "table", "-o", target, COLUMNS=columns).returncode == 0
    widths = [cell_len(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert widest - 30 < max(widths) <= widest


def test_all_measures_are_shown_when_asked_for() -> None:
    for form, line in (("table", "├"), ("markdown", "\n| ")):
        some = gazette("parse", SAMPLE, "--format", form, PYTHONIOENCODING="utf-8").stdout.decode()
        every = gazette("parse", SAMPLE, "--format", form, "--all", PYTHONIOENCODING="utf-8").stdout.decode()
        assert "--all" in some
        assert "--all" not in every
        assert every.count(line) > some.count(line)


def test_the_input_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "issue.txt"
    source.write_bytes(SAMPLE.read_bytes())
    done = gazette("parse", source, "-o", tmp_path / "." / "issue.txt")
    assert done.returncode == 2
    with source.open("rb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "extractor", "parse", "-", "-o", source],
            stdin=stream,
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
    one_line(done, "is the input itself")
    assert source.read_bytes() == SAMPLE.read_bytes()


def test_a_text_given_as_a_path_is_told_so() -> None:
    with pytest.raises(GazetteError, match="as bytes") as told:
        parse("关于做好防汛工作的通知\n各镇人民政府：\n")
    assert "\n" not in str(told.value)


posix = pytest.mark.skipif(os.name != "posix", reason="devices, pipes and signals of POSIX")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


def one_line(done: subprocess.CompletedProcess[bytes], said: str, code: int = 2) -> None:
    message = done.stderr.decode()
    assert done.returncode == code, message
    assert message.startswith("gazette: ")
    assert message.count("\n") == 1
    assert message.endswith("\n")
    assert said in message


def shell(command: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of sh in which $G is the command line and $S a sample."""
    env = {**os.environ, "S": str(SAMPLE), "G": f"{sys.executable} -m extractor"}
    return subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT, env=env, check=False)


@posix
@pytest.mark.parametrize(
    ("command", "said"),
    [
        pytest.param("$G parse $S >/dev/full", "No space", marks=needs_full),
        pytest.param("$G parse --format table $S >/dev/full", "No space", marks=needs_full),
        pytest.param("$G parse $S -o /dev/full", "No space", marks=needs_full),
        pytest.param("$G schema >/dev/full", "No space", marks=needs_full),
        pytest.param("$G --help >/dev/full", "No space", marks=needs_full),
        pytest.param("$G parse --help >/dev/full", "No space", marks=needs_full),
        ("$G parse - <&-", "standard input is closed"),
        ("$G parse $S >&-", "standard output is closed"),
        ("$G parse --format table $S >&-", "standard output is closed"),
        ("$G parse /dev/zero", "more than 64 MiB"),
        ("$G parse - </dev/zero", "more than 64 MiB"),
        ("$G validate /dev/zero", "more than 512 MiB"),
        ("$G parse", "see gazette parse --help"),
        ("$G parse $S $S", "one file at a time"),
        ("$G mark -o x.pdf $S $S", "one file at a time"),
        ("$G validate $S $S", "one file at a time"),
        ("$G parse $S -o ''", "the file name is empty"),
        ("$G parse ''", "the file name is empty"),
        ("$G parse $S | $G parse -", "check it with gazette validate"),
        ("$G validate $S", "issue.txt: not JSON"),
        ("$G parse --nonsense $S", "see gazette parse --help"),
        ("$G parse --format xml $S", "'json', 'table', 'markdown'"),
        ("$G nonsense", "see gazette --help"),
        ("$G completion", "bash, zsh, fish"),
    ],
)
def test_what_cannot_be_done_is_one_line(command: str, said: str) -> None:
    one_line(shell(command), said)


def test_nested_without_end() -> None:
    one_line(gazette("validate", "-", stdin=b"[" * 200_000), "nested too deeply")


def test_too_large_a_file_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(65 * 2**20)  # a hole: no disk is used
    one_line(gazette("parse", large, "-o", tmp_path / "out.json"), "more than 64 MiB; split")
    assert sorted(tmp_path.iterdir()) == [large]


@posix
def test_too_little_memory() -> None:
    """Where the memory ends is not ours to say; that it ends in one line is."""
    code = (
        "import extractor, extractor.cli as c\n"
        "def none(*a, **k): raise MemoryError\n"
        "extractor.parse = none\n"
        f"c.main(['parse', {str(SAMPLE)!r}], prog_name='gazette')"
    )
    one_line(
        subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False), "not enough memory"
    )


@posix
@pytest.mark.parametrize("form", ["json", "table", "markdown"])
def test_a_reader_that_goes_away_is_no_error(form: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "extractor", "parse", SAMPLE, "--format", form],
            stdout=writing,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@posix
def test_interrupted(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "extractor", "parse", "-", "-o", tmp_path / "out.json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None
    process.stdin.write(b"x" * 2**20)  # more than the pipe holds: comes back when the command is reading
    process.stdin.flush()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"gazette: interrupted\n")
    assert list(tmp_path.iterdir()) == []


def _on_a_terminal(form: str, **env: str) -> bytes:
    import pty

    master, slave = pty.openpty()
    found: list[bytes] = []

    def drain() -> None:
        try:
            while piece := os.read(master, 65536):
                found.append(piece)
        except OSError:  # the terminal is gone: Linux says so with EIO
            return

    reader = threading.Thread(target=drain)
    reader.start()
    clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "extractor", "parse", SAMPLE, "--format", form],
        stdin=slave,
        stdout=slave,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**clean, "TERM": "xterm", **env},
        check=True,
    )
    os.close(slave)
    reader.join(timeout=60)
    os.close(master)
    return b"".join(found)


@posix
def test_colour_on_a_terminal_unless_no_color() -> None:
    assert b"\x1b[" in _on_a_terminal("table")
    assert b"\x1b[" in _on_a_terminal("table", NO_COLOR="")
    assert b"\x1b[" not in _on_a_terminal("table", NO_COLOR="1")
    assert b"\x1b[" not in _on_a_terminal("markdown")


@posix
@pytest.mark.parametrize(
    ("raw", "name"), [(b"bad\xff.txt", "bad\ufffd.txt"), ("公报.txt".encode(), "公报.txt"), (b"two\nlines.txt", None)]
)
def test_any_file_name(raw: bytes, name: str | None, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + raw
    one_line(gazette("parse", os.fsdecode(path)), "")
    try:
        Path(os.fsdecode(path)).write_bytes(SAMPLE.read_bytes())
    except OSError:
        pytest.skip("this file system has no such names")
    done = gazette("parse", os.fsdecode(path), PYTHONIOENCODING="utf-8")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["source"]["name"] == (name or raw.decode())
    assert gazette("validate", "-", stdin=done.stdout).returncode == 0
    Path(os.fsdecode(path)).write_bytes(b"")
    one_line(gazette("parse", os.fsdecode(path)), "empty")


@posix
def test_output_into_what_is_no_ordinary_file(tmp_path: Path, parsed: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert gazette("parse", SAMPLE, "-o", pipe).returncode == 0
    reader.join(timeout=60)
    assert found == [parsed.read_bytes()]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert gazette("parse", SAMPLE, "-o", "/dev/null").returncode == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert gazette("parse", SAMPLE, "-o", "/dev/stdout", PYTHONIOENCODING="utf-8").stdout == parsed.read_bytes()
    assert shell(f"(echo first; $G parse $S -o /dev/fd/1) > {tmp_path}/both").returncode == 0
    assert (tmp_path / "both").read_bytes() == b"first\n" + parsed.read_bytes()


@posix
def test_links_stay_and_modes_are_kept(tmp_path: Path, parsed: Path) -> None:
    target, link, dangling = tmp_path / "target", tmp_path / "link", tmp_path / "dangling"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to("target")
    dangling.symlink_to("new")
    for output in (link, dangling):
        assert gazette("parse", SAMPLE, "-o", output).returncode == 0
        assert output.is_symlink()
        assert output.read_bytes() == parsed.read_bytes()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    link.unlink()
    link.symlink_to("link")
    one_line(gazette("parse", SAMPLE, "-o", link), "cannot be written")


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (None, "no such series profile"),
        ("name = ", "not TOML"),
        ('publisher = "云溪市人民政府"', "no name"),
        ('name = " "', "no name"),
        ('nam = "云溪政报"', "unknown field nam; the fields are name"),
        ('jurisdiction = "32"', "six digits"),
        ("jurisdiction = 320205", "six digits"),
        ('sections = "文件"', "sections must be a list"),
        ("name = 5", "name must be a text"),
    ],
)
def test_a_wrong_profile_says_what_to_do(profile: str | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / "series.toml"
    if profile is not None:
        path.write_text(profile, encoding="utf-8")
    one_line(gazette("parse", SAMPLE, "--series", path), said)


def test_the_profile_in_the_help_is_one(tmp_path: Path) -> None:
    shown = gazette("parse", "--help", PYTHONIOENCODING="utf-8").stdout.decode()
    lines = [
        line
        for line in shown.splitlines()
        if re.match(r"    (?:name|aliases|publisher|jurisdiction|sections) = ", line)
    ]
    assert len(lines) == len(SeriesProfile.__struct_fields__)
    (tmp_path / "series.toml").write_text("\n".join(lines), encoding="utf-8")
    assert load_profile(tmp_path / "series.toml").name == "云溪政报"


def test_help_shows_examples() -> None:
    for command in ([], ["parse"], ["validate"], ["schema"], ["completion"]):
        done = gazette(*command, "--help")
        assert done.returncode == 0
        assert b"xample" in done.stdout


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from extractor.cli import main as m; m(['-h'], standalone_mode=False); print(list(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    loaded = done.stdout.decode().rsplit("[", 1)[1]
    assert not any(f"'{heavy}'" in loaded for heavy in ("spacy", "jieba", "msgspec", "rich", "rapidfuzz", "jsonschema"))


def test_schema_and_completion() -> None:
    printed = gazette("schema", PYTHONIOENCODING="utf-8").stdout.decode()
    assert json.loads(printed)["$schema"].startswith("https://json-schema.org/draft/2020-12")
    for shell in ("bash", "zsh", "fish"):
        assert b"_GAZETTE_COMPLETE" in gazette("completion", shell).stdout


def test_places_are_written_when_asked_for() -> None:
    text = "关于防汛的通知\n请县水务局落实。".encode()
    placed = json.loads(gazette("parse", "-", "--places", stdin=text).stdout)
    assert [(run["line"], run["column"]) for run in placed["places"]] == [(1, 1), (2, 1)]
    assert "places" not in json.loads(gazette("parse", "-", stdin=text).stdout)
