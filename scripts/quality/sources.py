"""Where texts and their gold lie: samples in ``corpora/``, and real ones beside the project in ``../shared``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CORPORA = ROOT / "corpora"
FLOORS = ROOT / "tests" / "quality.toml"

SAMPLES, ISSUES, DOCUMENTS, OTHER = "samples", "issues", "documents", "other"
GROUPS = (SAMPLES, ISSUES, DOCUMENTS)
"""Figures are pooled over the samples of this project, the real issues, and the real single documents."""

_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class Case:
    """A text with its gold."""

    group: str
    name: str
    text: Path
    gold: Path

    def read_gold(self) -> dict[str, Any]:
        """Return the gold annotation."""
        return read_json(self.gold)


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file."""
    result: dict[str, Any] = json.loads(path.read_bytes())
    return result


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, with or without mark, or in GB 18030.

    Raises:
        UnicodeDecodeError: the file is in neither.
    """
    data = path.read_bytes()
    for encoding in _ENCODINGS[:-1]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(_ENCODINGS[-1])


def cases(shared: Path = SHARED, corpora: Path = CORPORA) -> list[Case]:
    """Return every text with gold that is there, samples first; real ones only where the shared folder is."""
    return [*_samples(corpora), *_shared(shared)]


def _samples(corpora: Path) -> Iterator[Case]:
    for gold in sorted(corpora.glob("*/gold.json")):
        text = gold.with_name("issue.txt")
        if text.exists():
            yield Case(SAMPLES, gold.parent.name, text, gold)


def _shared(shared: Path) -> Iterator[Case]:
    for gold in sorted((shared / "gold").glob("*.json")):
        for group, folder in ((ISSUES, "gazettes"), (DOCUMENTS, "corpus")):
            # The gold of a web page is scored from the text that lies beside the page.
            text = shared / folder / f"{gold.stem}.txt"
            if text.exists():
                yield Case(group, gold.stem, text, gold)


def gold_folder(folder: Path) -> list[Case]:
    """Return the cases of a folder of gold, ``NAME.json`` or ``NAME/gold.json``; known texts keep their group."""
    known = {case.name: case for case in cases()}
    found = []
    for gold in sorted([*folder.glob("*.json"), *folder.glob("*/gold.json")]):
        name = gold.parent.name if gold.name == "gold.json" else gold.stem
        if name in known:
            found.append(Case(known[name].group, name, known[name].text, gold))
        else:
            found.append(Case(OTHER, name, gold.with_name("issue.txt"), gold))
    return found
