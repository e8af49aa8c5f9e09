"""gazette diff as people meet it: documents inside files, exit codes, choices, what is written where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractor.cli import main

TITLE = "云溪市公园建设实施方案"
OLD = f"""云溪市人民政府关于印发《{TITLE}》的通知
云政发〔2031〕7号

各区人民政府：

现将《{TITLE}》印发给你们，请认真贯彻执行。

云溪市人民政府
2031年3月4日

{TITLE}

一、到2032年，新建公园8个。（牵头单位：市林业局）
二、加强日常巡查。
"""
NEW = OLD.replace("8个", "5个")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    for name, text in (("old.txt", OLD), ("new.txt", NEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path / "old.txt"), str(tmp_path / "new.txt")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["diff", *arguments])


def test_exit_codes_are_those_of_diff(pair: tuple[str, str]) -> None:
    old, new = pair
    assert run(old, old).exit_code == 0
    assert run(old, new).exit_code == 1
    assert run(old, f"{new}.missing").exit_code == 2


@pytest.mark.parametrize(("choice", "code"), [("numbers", 1), ("bodies", 0), ("bodies, numbers", 1), ("sizes", 2)])
def test_only(pair: tuple[str, str], choice: str, code: int) -> None:
    assert run(*pair, "--only", choice).exit_code == code


@pytest.mark.parametrize(("kinds", "code"), [("lowered", 1), ("value-lowered", 1), ("raised", 0), ("smaller", 2)])
def test_fail_on(pair: tuple[str, str], kinds: str, code: int) -> None:
    done = run(*pair, "--fail-on", kinds)
    assert done.exit_code == code
    assert code == 2 or "数值降低" in done.output, "what does not fail is told all the same"


@pytest.mark.parametrize("wanted", ["d1", "d2", "云政发〔2031〕7号", "云政发[2031]7号"])
def test_a_document_inside_a_file(pair: tuple[str, str], wanted: str) -> None:
    done = run(*(f"{file}#{wanted}" for file in pair))
    assert (done.exit_code, "数值降低" in done.output) == (1, True)


@pytest.mark.parametrize("wanted", ["d9", "云政发〔2031〕8号", ""])
def test_a_document_that_is_not_there(pair: tuple[str, str], wanted: str) -> None:
    done = run(*(f"{file}#{wanted}" for file in pair))
    assert (done.exit_code, "no document answers to" in done.output) == (2, True)


def test_line_ends_and_the_json_of_a_file_are_no_change(pair: tuple[str, str], tmp_path: Path) -> None:
    old, _ = pair
    (tmp_path / "dos.txt").write_bytes(OLD.replace("\n", "\r\n").encode())
    assert run(old, str(tmp_path / "dos.txt")).exit_code == 0
    parsed = str(tmp_path / "old.json")
    assert CliRunner().invoke(main, ["parse", old, "-o", parsed]).exit_code == 0
    assert run(parsed, old).exit_code == 0


@pytest.mark.parametrize("name", ["old.txt", "edition#2.txt"])
@pytest.mark.parametrize("command", ["diff", "compare", "amend"])
def test_an_input_is_never_written_over(pair: tuple[str, str], command: str, name: str) -> None:
    source = Path(pair[0]).with_name(name)
    source.write_text(OLD, encoding="utf-8")
    for chosen in (str(source), f"{source}#d1"):
        done = CliRunner().invoke(main, [command, chosen, pair[1], "-o", str(source)])
        assert "is the input itself" in done.output
    assert source.read_text(encoding="utf-8") == OLD


def test_the_page_is_utf8_on_every_console(pair: tuple[str, str]) -> None:
    done = CliRunner(charset="gbk").invoke(main, ["diff", *pair, "--format", "html"])
    assert TITLE in done.stdout_bytes.decode("utf-8")
