"""Makes issue.html, issue.docx and issue.pdf beside each issue.txt of corpora/, the same issue in another dress.

The PDFs embed parts of LXGW WenKai (Debian package fonts-lxgw-wenkai), as its licence, the SIL Open Font License 1.1,
allows.
"""

from __future__ import annotations

import argparse
import io
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.corpora.outline import Outline, read_outline
from scripts.corpora.printed import fingerprint, missing_fonts, printed
from scripts.corpora.webpage import webpage
from scripts.corpora.word import word

ROOT = Path(__file__).resolve().parents[2]
CORPORA = ROOT / "corpora"
STYLES = Path(__file__).with_name("styles.toml")


def samples(corpora: Path = CORPORA) -> Iterator[tuple[Path, Outline, Mapping[str, Any]]]:
    """Yield the folder, the outline and the style of each sample."""
    styles = tomllib.loads(STYLES.read_text(encoding="utf-8"))
    for gold in sorted(corpora.glob("*/gold.json")):
        yield gold.parent, read_outline(gold.parent), styles[gold.parent.name]


MAKERS: dict[str, Callable[[Outline, Mapping[str, Any]], bytes]] = {"issue.html": webpage, "issue.docx": word}


def stale(folder: Path, outline: Outline, style: Mapping[str, Any]) -> list[str]:
    """Return the files of a sample that are missing or would come out otherwise; asks for no font.

    Web page and Word file are made again and compared, part by part where they are packed. A PDF carries a fingerprint
    of what it was made from: text, style and the code that sets it.
    """
    found = []
    for name, make in MAKERS.items():
        path = folder / name
        if not path.exists() or _parts(path.read_bytes()) != _parts(make(outline, style)):
            found.append(f"{folder.name}/{name}")
    path = folder / "issue.pdf"
    if not path.exists() or fingerprint(outline, style).encode() not in path.read_bytes():
        found.append(f"{folder.name}/issue.pdf")
    return found


def _parts(data: bytes) -> Mapping[str, bytes]:
    """What a file holds: how well it is packed depends on the machine."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: with --check 1 where a file is not up to date, 2 without the fonts."""
    parser = argparse.ArgumentParser(prog="scripts/refresh-corpora", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file is not up to date")
    options = parser.parse_args(arguments)
    if options.check:
        old = [name for sample in samples() for name in stale(*sample)]
        for name in old:
            print(f"not up to date: corpora/{name}; run ./scripts/refresh-corpora", file=sys.stderr)
        return int(bool(old))
    missing = missing_fonts()
    if missing:
        print(f"refresh-corpora: install the Debian packages of the fonts: {' '.join(missing)}", file=sys.stderr)
        return 2
    for folder, outline, style in samples():
        for name, make in (*MAKERS.items(), ("issue.pdf", printed)):
            data = make(outline, style)
            (folder / name).write_bytes(data)
            print(f"corpora/{folder.name}/{name}  {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
