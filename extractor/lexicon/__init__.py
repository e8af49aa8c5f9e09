"""What we know about the world, as data with its origin: one TOML file a word list."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of ``<name>.toml`` of this package.

    >>> "origin" in load("genres")
    True
    """
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Twelve hexadecimal digits that change when a word list changes."""
    digest = hashlib.sha256()
    for entry in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()[:12]
