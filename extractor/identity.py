"""Keys that stay the same over runs and file formats."""

from __future__ import annotations

import hashlib

KEY_LENGTH = 16
"""Hexadecimal digits of a key: 64 bits, so that collisions in a national back-file stay improbable."""


def stable_key(*parts: str) -> str:
    """A short hash of the parts.

    >>> stable_key("锡府办〔2023〕59号", "四/(一)/1", "不少于5个", "1")
    '10afc7db9651d0d6'
    """
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:KEY_LENGTH]
