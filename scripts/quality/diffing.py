"""What `gazette diff` finds between two files, without a process for each pair: for ``scripts/mutate --with``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import extractor


def diff(old: Path, new: Path) -> dict[str, Any]:
    """Return the comparison of two files as the command writes it."""
    found = extractor.diff(extractor.parse(old), extractor.parse(new))
    result: dict[str, Any] = json.loads(extractor.to_json(found))
    return result
