"""What `gazette diff` finds between two files, without a process for each pair."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import extractor


@lru_cache(maxsize=4)
def _parsed(path: Path, stamp: int) -> extractor.Issue:
    return extractor.parse(path)


def diff(old: Path, new: Path) -> dict[str, Any]:
    """Return the comparison of two files as the command writes it."""
    found = extractor.diff(*(extractor.parse(path) for path in (old, new)))
    result: dict[str, Any] = json.loads(extractor.to_json(found))
    return result
