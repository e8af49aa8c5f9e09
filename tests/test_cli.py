"""The command line as people meet it, run as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import GazetteError, parse

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
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
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


def test_the_input_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "issue.txt"
    source.write_bytes(SAMPLE.read_bytes())
    done = gazette("parse", source, "-o", tmp_path / "." / "issue.txt")
    assert done.returncode == 2
    assert source.read_bytes() == SAMPLE.read_bytes()


def test_a_text_given_as_a_path_is_told_so() -> None:
    with pytest.raises(GazetteError, match="as bytes") as told:
        parse("关于做好防汛工作的通知\n各镇人民政府：\n")
    assert "\n" not in str(told.value)


def test_help_shows_examples() -> None:
    for command in ([], ["parse"], ["validate"], ["schema"], ["completion"]):
        done = gazette(*command, "--help")
        assert done.returncode == 0
        assert b"xample" in done.stdout


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from extractor.cli import main as m; m(['--help'], standalone_mode=False); print(list(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    loaded = done.stdout.decode().rsplit("[", 1)[1]
    assert not any(f"'{heavy}'" in loaded for heavy in ("spacy", "jieba", "msgspec", "rich", "rapidfuzz", "jsonschema"))


def test_schema_and_completion() -> None:
    printed = gazette("schema", PYTHONIOENCODING="utf-8").stdout.decode()
    assert json.loads(printed)["$schema"].startswith("https://json-schema.org/draft/2020-12")
    for shell in ("bash", "zsh", "fish"):
        assert b"_GAZETTE_COMPLETE" in gazette("completion", shell).stdout
