"""Titles of the text files of the corpus, against what was read in each source by eye."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import extractor

ENOUGH = 0.9
"""Share of the files whose title is right."""
READ: dict[str, str] = tomllib.loads((Path(__file__).parent / "titles.toml").read_text("utf-8"))["titles"]


def _short(title: str | None) -> str:
    return hashlib.sha256("".join(title.split()).encode()).hexdigest()[:12] if title else ""


def test_titles_of_the_corpus(shared: Path) -> None:
    files = sorted((shared / "corpus").glob("*.txt"))
    assert {path.name for path in files} <= READ.keys(), "a file whose title nobody has read"
    wrong = []
    for path in files:
        documents = extractor.parse(path).documents
        title = documents[0].title if documents else None
        if _short(title) != READ[path.name]:
            wrong.append(f"{path.name}: {title}")
    assert len(wrong) <= (1 - ENOUGH) * len(files), "\n".join(wrong)
