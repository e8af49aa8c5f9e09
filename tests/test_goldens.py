"""Every result on the samples is committed: what a change does to any of them is seen in its diff."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path.parent.name for path in (ROOT / "corpora").glob("*/issue.txt"))


@pytest.mark.parametrize("name", SAMPLES)
def test_golden(name: str) -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "refresh-goldens"))["golden"](ROOT / "corpora" / name / "issue.txt")
    known = (ROOT / "tests" / "goldens" / f"{name}.txt").read_text(encoding="utf-8")
    assert made == known, "look at each difference; if all are meant, run scripts/refresh-goldens and commit"


def test_every_golden_has_its_sample() -> None:
    assert sorted(path.stem for path in (ROOT / "tests" / "goldens").iterdir()) == SAMPLES
