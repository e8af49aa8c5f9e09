"""The scripts of the README say in one line what is missing, and ./scripts/test fails when any of its checks fails."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What the scripts call besides git and Python.
PLAIN = [
    "bash",
    "basename",
    "cat",
    "cksum",
    "dirname",
    "env",
    "grep",
    "head",
    "ls",
    "mkdir",
    "mktemp",
    "rm",
    "sed",
    "tail",
    "tee",
]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what scripts/env reads, and no environment."""
    folder = tmp_path / "a clone"
    folder.mkdir()
    for name in ("scripts", "locks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def machine(tmp_path: Path, *tools: str) -> Path:
    """A folder for PATH that holds the plain tools and those named."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in (*PLAIN, *tools):
        found = shutil.which(tool)
        assert found, f"{tool} is not on this machine"
        (folder / tool).symlink_to(found)
    return folder


def write_script(path: Path, body: str) -> None:
    path.write_text(f"#!/usr/bin/env bash\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def run(script: Path, *arguments: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHON", "JOBS")}
    if path is not None:
        environment["PATH"] = str(path)
    return subprocess.run(
        [str(script), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.mark.parametrize("script", ["test", "demo"])
def test_a_machine_without_git_is_told_so(script: str, clone: Path, tmp_path: Path) -> None:
    (clone / "corpora" / "qinglan-2024-03").mkdir(parents=True)
    (clone / "corpora" / "qinglan-2024-03" / "issue.txt").write_text("x", encoding="utf-8")
    done = run(clone / "scripts" / script, path=machine(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("env: git is missing")
    assert done.stderr.count("\n") == 1


def test_a_machine_without_python_is_told_so(clone: Path, tmp_path: Path) -> None:
    done = run(clone / "scripts" / "test", path=machine(tmp_path, "git"))
    assert done.returncode == 2
    assert done.stderr.startswith("env: no Python 3.11, 3.12 or 3.13 found; install Python 3.11")
    assert done.stderr.count("\n") == 1


def test_a_python_that_is_too_old_is_passed_over(clone: Path, tmp_path: Path) -> None:
    tools = machine(tmp_path, "git")
    write_script(tools / "python3", "exit 1  # what the question for its version gets from an old one")
    done = run(clone / "scripts" / "test", path=tools)
    assert done.returncode == 2
    assert "no Python 3.11" in done.stderr


def test_a_python_without_venv_is_told_which_package_to_install(clone: Path, tmp_path: Path) -> None:
    tools = machine(tmp_path, "git")
    write_script(
        tools / "python3.11",
        f'case "$2" in *ensurepip*) exit 1 ;; *version_info*) exit 0 ;; esac\nexec {sys.executable}',
    )
    done = run(clone / "scripts" / "test", path=tools)
    assert done.returncode == 2
    assert "python3.11-venv" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_folder_that_is_no_environment_is_left_alone(clone: Path) -> None:
    (clone / ".venv").mkdir()
    (clone / ".venv" / "mine.txt").write_text("x", encoding="utf-8")
    done = run(clone / "scripts" / "env", "dev")
    assert done.returncode == 2
    assert "move it away" in done.stderr
    assert (clone / ".venv" / "mine.txt").exists()


def test_the_demo_names_the_samples_when_a_file_is_missing() -> None:
    done = run(ROOT / "scripts" / "demo", "no-such-issue")
    assert done.returncode == 2
    assert "no-such-issue" in done.stderr
    assert done.stderr.count("\n") == 1
    for sample in (ROOT / "corpora").glob("*/issue.txt"):
        assert sample.parent.name in done.stderr
    assert "README" not in done.stderr


CHECKS = ("ruff", "mypy", "lint-imports", "pytest")


@pytest.mark.parametrize("failing", [None, *CHECKS])
def test_every_check_runs_and_any_failure_counts(failing: str | None, clone: Path) -> None:
    stubs = clone / "stubs"
    stubs.mkdir()
    write_script(clone / "scripts" / "env", f'echo "{stubs}/python"')
    for name in CHECKS:
        says = "===== 3 passed in 0.1s =====" if name == "pytest" else f"{name} was asked"
        write_script(stubs / name, f'echo {name} >>"{clone}/asked"\necho "{says}"\nexit {int(name == failing)}')
    done = run(clone / "scripts" / "test", "-k", "x")
    assert done.returncode == int(failing is not None)
    assert set((clone / "asked").read_text(encoding="utf-8").split()) == set(CHECKS)
    assert done.stdout.splitlines()[-1] == "===== 3 passed in 0.1s ====="
    assert ("FAILED" in done.stdout) == (failing is not None)
