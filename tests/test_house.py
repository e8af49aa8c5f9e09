"""The house holds: nothing of one machine is committed, locks are whole, modules keep their size and their places."""

from __future__ import annotations

import ast
import csv
import importlib.metadata
import os
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import extractor
from extractor import model

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "extractor"
LOCKS = sorted((ROOT / "locks").glob("*.txt"))

MAX_LINES = 450  # "near or under 400" is the style; what is far beyond does two things
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "shared", "stuff", "tools"}
BINARY = {".docx", ".gz", ".jpg", ".ofd", ".parquet", ".pdf", ".png", ".xlsx", ".zip"}


def committed() -> list[Path]:
    """Every file that git tracks and that is still there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: Path) -> dict[str, list[Version]]:
    """Package name to the versions pinned for it (several where they differ by Python version)."""
    found: dict[str, list[Version]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", line):
            found.setdefault(canonicalize_name(match[1]), []).append(Version(match[2]))
    return found


# --- nothing of one machine -------------------------------------------------------------------------------------------

# Written in parts, so that this file does not find itself.
MACHINE = {
    "a folder of one machine": r"(?<![\w.\-/])/(?:work|root|home/\w+|Users/\w+|opt|mnt)/" + r"[\w.]",
    "an option that names a package index": r"--(?:extra-)?index-" + r"url[ =]\S|--find-" + r"links[ =]\S",
    "a setting that names a package index": r"(?:PIP|UV)_(?:EXTRA_)?(?:DEFAULT_)?INDEX" + r"\w*\s*=",
    "the address of a package file": r"https?://\S+\.(?:whl|tar\.gz|tgz|deb)\b",
    "the address of a package index": r"https?://\S+/" + r"simple\b",
}


@pytest.mark.parametrize("what", MACHINE)
def test_no_committed_file_names(what: str) -> None:
    pattern = re.compile(MACHINE[what])
    found = []
    for path in committed():
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name_of(path)}:{number}: {line.strip()[:100]}")
    assert not found, f"{what} stands in a committed file"


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a folder of one machine", "see /ro" + "ot/notes.txt"),
        ("a folder of one machine", "open('/ho" + "me/wang/issue.txt')"),
        ("an option that names a package index", "--extra-index-" + "url x"),
        ("a setting that names a package index", "export PIP_INDEX_" + "URL=x"),
        ("the address of a package file", "https://a.example/x-1.0.wh" + "l"),
        ("the address of a package index", "https://a.example/sim" + "ple"),
    ],
)
def test_the_patterns_above_find_what_they_are_for(what: str, line: str) -> None:
    assert re.search(MACHINE[what], line)


# --- commands ---------------------------------------------------------------------------------------------------------


def test_scripts_are_executable_and_say_what_runs_them() -> None:
    scripts = [path for path in committed() if path.parent in (ROOT / "scripts", ROOT / ".ci") and not path.suffix]
    assert {"demo", "test", "env", "refresh-lock", "run"} <= {path.name for path in scripts}
    for path in scripts:
        assert os.access(path, os.X_OK), f"chmod +x {name_of(path)}"
        assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env "), name_of(path)


def test_the_index_of_git_keeps_them_executable() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-s", "scripts", ".ci"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    plain = [line.split("\t")[1] for line in listed.splitlines() if line.startswith("100644")]
    assert not [name for name in plain if not Path(name).suffix], "git update-index --chmod=+x"


def test_bash_scripts_stop_at_errors() -> None:
    for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"]:
        if path.is_file() and path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash"):
            assert "\nset -euo pipefail\n" in path.read_text(encoding="utf-8"), name_of(path)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_scripts_and_files_named_in_the_documents_exist(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    scripts = set(re.findall(r"\./(scripts/[\w-]+)", text))
    links = set(re.findall(r"\]\(([^)#:]+)\)", text))
    assert {"scripts/demo", "scripts/test"} <= scripts or document != "README.md"
    assert not [name for name in sorted(scripts | links) if not (ROOT / name).exists()]


def test_gazette_commands_named_in_the_documents_exist() -> None:
    from click.testing import CliRunner

    from extractor.cli import main

    named = set()
    for document in ("README.md", "CONTRIBUTING.md"):
        named |= set(
            re.findall(r"(?:^|`)gazette ([a-z]+)", (ROOT / document).read_text(encoding="utf-8"), re.MULTILINE)
        )
    assert "parse" in named
    for command in sorted(named):
        result = CliRunner().invoke(main, [command, "--help"])
        assert result.exit_code == 0, f"gazette {command}: {result.output}"


# --- locks ------------------------------------------------------------------------------------------------------------


def test_there_are_these_locks() -> None:
    assert [lock.name for lock in LOCKS] == ["build.txt", "dev.txt", "peers.txt", "runtime.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_hashes(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").splitlines()
    requirement = re.compile(r"[A-Za-z0-9._-]+==[^\s;\\]+( ; [^\\]+)? \\")
    hashed = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert lines
    for above, line in zip(["", *lines], lines, strict=False):
        assert requirement.fullmatch(line) or hashed.fullmatch(line), line
        assert above.endswith("\\") == bool(hashed.fullmatch(line)), f"{above} / {line}"
    assert hashed.fullmatch(lines[-1])
    assert not lines[-1].endswith("\\")


def test_locks_agree_with_each_other() -> None:
    dev = pins(ROOT / "locks" / "dev.txt")
    for lock in ("runtime.txt", "build.txt"):
        for name, versions in pins(ROOT / "locks" / lock).items():
            assert dev.get(name) == versions, name


def test_locks_hold_what_pyproject_asks_for(project: dict[str, Any]) -> None:
    extras = [line for lines in project["project"]["optional-dependencies"].values() for line in lines]
    runtime = pins(ROOT / "locks" / "runtime.txt")
    dev = pins(ROOT / "locks" / "dev.txt")
    peers = pins(ROOT / "locks" / "peers.txt")
    wanted = [(line, runtime) for line in project["project"]["dependencies"] + extras] + [
        (line, peers if group == "peers" else dev)
        for group, lines in project["dependency-groups"].items()
        for line in lines
        if isinstance(line, str)
    ]
    for line, lock in wanted:
        requirement = Requirement(line)
        if requirement.name == project["project"]["name"]:
            continue
        versions = lock.get(canonicalize_name(requirement.name), [])
        assert versions, f"{line}: not in the lock; run ./scripts/refresh-lock"
        assert all(requirement.specifier.contains(version) for version in versions), line


def test_the_extra_all_holds_every_other_extra(project: dict[str, Any]) -> None:
    extras = project["project"]["optional-dependencies"]
    others = {line for name, lines in extras.items() if name != "all" for line in lines}
    assert others <= set(extras["all"])


# --- the package ------------------------------------------------------------------------------------------------------


def test_the_version_is_the_one_installed() -> None:
    assert importlib.metadata.version("gazette-extractor") == extractor.__version__


def test_entry_points_lead_somewhere() -> None:
    points = importlib.metadata.distribution("gazette-extractor").entry_points
    ours = [point for point in points if point.group in ("console_scripts", "spacy_factories")]
    assert any(point.name == "gazette" for point in ours)
    for point in ours:
        assert callable(point.load()), point


def test_entry_points_are_those_of_pyproject(project: dict[str, Any]) -> None:
    points = importlib.metadata.distribution("gazette-extractor").entry_points
    installed = {point.name: point.value for point in points if point.group == "spacy_factories"}
    assert installed == project["project"]["entry-points"].get("spacy_factories", {}), "run ./scripts/env dev"


def test_modules_keep_their_size() -> None:
    lines = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert not {name: count for name, count in lines.items() if count > MAX_LINES}


def test_modules_have_names_that_say_something() -> None:
    parts = {name_of(path): set(path.relative_to(PACKAGE).with_suffix("").parts) for path in modules()}
    assert not [name for name, words in parts.items() if words & VAGUE_NAMES]


def test_functions_take_few_parameters() -> None:
    """Six, a receiver not counted; past that a small frozen options object. Commands of click take what they take."""
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or path.is_relative_to(PACKAGE / "cli"):
                continue
            given = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            if len([name for name in given if name not in ("self", "cls")]) > 6:
                found.append(f"{name_of(path)}:{node.lineno} {node.name}")
    assert not found


def test_functions_keep_their_size() -> None:
    """Under 60 lines is the style, docstring included; what is far beyond does two things."""
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 75:
                found.append(f"{name_of(path)}:{node.lineno} {node.name}")
    assert not found


def test_broad_except_only_where_it_is_recorded() -> None:
    """STYLE: around a third-party reader, also where it runs apart, and in the batch worker, nowhere else."""
    allowed = (PACKAGE / "readers", PACKAGE / "batch", PACKAGE / "isolation.py")
    found = []
    for path in modules():
        if any(path.is_relative_to(place) for place in allowed):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
            ):
                found.append(f"{name_of(path)}:{node.lineno}")
    assert not found


def test_word_lists_say_where_they_come_from() -> None:
    """Each TOML file of words and names carries an origin line."""
    for path in sorted(PACKAGE.glob("lexicon/**/*.toml")):
        assert re.search(r'^origin\s*=\s*"', path.read_text(encoding="utf-8"), re.MULTILINE), name_of(path)


def test_data_of_the_package_is_committed() -> None:
    """A data file that .gitignore hides would be missing from the wheel."""
    here = {path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    ignored = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin"],
        cwd=ROOT,
        input="\n".join(name_of(path) for path in here),
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert PACKAGE / "py.typed" in here
    assert not ignored


def test_example_of_the_readme_is_what_the_program_finds() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "refresh-readme"))
    shown = made["EXAMPLE"].search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown is not None
    assert shown.group() == made["example"](), "run scripts/refresh-readme"


def test_what_looks_over_a_result_says_what_the_readme_shows() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "refresh-readme"))
    shown = made["AUDIT"].search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown is not None
    assert shown.group() == made["audit"](), "run scripts/refresh-readme"


def test_ledger_of_the_readme_can_be_made(tmp_path: Path) -> None:
    made = re.search(
        r"<!-- ledger -->\n```python\n(.*?)```\n<!--", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert made is not None
    issue = extractor.parse(ROOT / "corpora" / "qinglan-2024-03" / "issue.txt")
    (tmp_path / "issue.json").write_bytes(extractor.to_json(issue))
    subprocess.run([sys.executable, "-c", made[1]], cwd=tmp_path, check=True)
    with (tmp_path / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    carried = {each.measure_id for document in issue.documents for each in document.commitments}
    bare = [each for document in issue.documents for each in document.measures if each.id not in carried]
    assert len(rows) == sum(len(document.commitments) for document in issue.documents) + len(bare)
    [row] = [row for row in rows if row["指标"] == "65周岁以上老年人健康管理率"]
    assert (row["文件"], row["条款"]) == ("青岚区居家社区养老服务提质增效三年行动方案(2024—2026年)", "d2/三/(一)/3")
    assert (row["牵头"], row["关系"], row["数值"], row["单位"]) == ("区卫生健康委、区民政局", ">=", "72", "%")
    assert (row["时限"], row["力度"]) == ("到2025年", "must")


def test_types_are_to_be_had_from_the_package() -> None:
    """Every kind of thing in an issue, as a user names it, without loading the model before it is asked for."""
    structs = {name for name in model.__all__ if isinstance(getattr(model, name), type)}
    assert {name for name in extractor.__all__ if name[0].isupper()} - {"GazetteError", "Span"} <= structs
    assert structs - set(extractor.__all__) == {"Bases", "Generator"}
    assert extractor.Issue is model.Issue
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        _ = extractor.Nonsense  # type: ignore[attr-defined]
    code = (
        "import sys, extractor; assert 'msgspec' not in sys.modules; from extractor import Issue; print(Issue.__name__)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True).stdout.strip()
        == b"Issue"
    )


def test_types_hold_under_a_strict_checker(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from decimal import Decimal\n"
        "import extractor\n"
        "from extractor import Commitment, Document, Issue, Measure\n"
        "def first(issue: Issue) -> Document: return issue.documents[0]\n"
        "def value(commitment: Commitment) -> Decimal | None: return commitment.value\n"
        "def title(measure: Measure) -> str | None: return measure.title\n"
        "extractor.Nonsense\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "mine.py"]
    environment = {**os.environ, "MYPYPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert re.findall(r"mine\.py:(\d+): error", done.stdout) == ["7"], done.stdout
