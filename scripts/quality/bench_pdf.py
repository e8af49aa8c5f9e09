"""Speed of the PDF reader as a ratio to pdfplumber's ``extract_text`` in the same run, and its memory against pages."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from extractor.errors import NoTextLayerError
from extractor.readers import pdf
from scripts.quality.sources import CORPORA, SHARED

WANTED_WITHOUT, WANTED_RULED = 5.0, 1.3
"""Times as fast on files without ruled tables; times as slow at most on the others, with every table read."""
MOST_MEGABYTES = 300
"""For the 380 pages of the longest file known."""
SHORT_PAGES, LONG_PAGES, QUICK_PAGES = 40, 380, 120
"""Pages of the files that are made by repeating those of a sample."""
MEMORY_PROBE = """\
import sys
from pathlib import Path
from extractor.readers import pdf
pdf.read(Path(sys.argv[1]).read_bytes(), "bench.pdf")
"""


def against_pdfplumber(seconds: Callable[[Callable[[], object], int], float], runs: int, *, quick: bool) -> bool:
    """Print how many times as fast each file is read with boxes and tables; returns whether that is fast enough.

    Args:
        seconds: measures an action in several runs.
        runs: how many.
        quick: only the samples, not the real files.
    """
    print("\nPDF to text with boxes and tables against pdfplumber's extract_text (above 1 is faster)")
    total = {False: [0.0, 0.0], True: [0.0, 0.0]}
    for path in _files(quick=quick):
        data = path.read_bytes()
        try:
            raw = pdf.read(data, path.name)
        except NoTextLayerError:
            continue
        ours = seconds(lambda data=data: pdf.read(data, "bench.pdf"), runs)  # type: ignore[misc]
        theirs = seconds(lambda data=data: _plumbed(data), 1 if (raw.pages or 0) > QUICK_PAGES else runs)  # type: ignore[misc]
        ruled = bool(raw.tables)
        total[ruled][0] += ours
        total[ruled][1] += theirs
        name = path.parent.name if path.parent.parent == CORPORA else path.stem
        tables = f"{len(raw.tables):>4} ruled tables" if ruled else ""
        print(f"  {name:<40} {raw.pages:>4} pages   {theirs / ours:6.2f} {tables}", flush=True)
    fast = True
    for ruled, wanted in ((False, WANTED_WITHOUT), (True, 1 / WANTED_RULED)):
        ours, theirs = total[ruled]
        if ours:
            fast &= theirs / ours >= wanted
            print(f"  all {'with' if ruled else 'without'} ruled tables: {theirs / ours:.2f} (wanted: {wanted:.2f})")
    return fast


def _files(*, quick: bool) -> list[Path]:
    real = [] if quick else sorted((SHARED / "corpus").glob("*.pdf"))
    return [*sorted(CORPORA.glob("*/issue.pdf")), *real]


def _plumbed(data: bytes) -> None:
    """The text of every page by pdfplumber, each closed: what is open fills the memory."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.close()


def memory(peak: Callable[[str, Path], int], *, quick: bool) -> bool:
    """Print the peak of a process that reads few pages and of one that reads many; returns whether it is little."""
    sample = sorted(CORPORA.glob("*/issue.pdf"))[0]
    megabytes: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for pages in (SHORT_PAGES, QUICK_PAGES if quick else LONG_PAGES):
            path = Path(folder) / f"{pages}.pdf"
            _repeat(sample, pages, path)
            megabytes.append((pages, peak(MEMORY_PROBE, path) / 1e6))
    (few, low), (many, high) = megabytes
    print(f"\npeak memory of the PDF reader: {low:.0f} MB for {few} pages, {high:.0f} MB for {many}")
    print(f"  {(high - low) / (many - few) * 1000:.0f} kB more a page: its lines, with the place of each character")
    longest = [] if quick else sorted((SHARED / "corpus").glob("*380p.pdf"))
    for path in longest:
        high = max(high, peak(MEMORY_PROBE, path) / 1e6)
        print(f"  {high:.0f} MB for the longest real file")
    return high < MOST_MEGABYTES


def _repeat(sample: Path, pages: int, path: Path) -> None:
    """Write a file of so many pages, those of a sample again and again; its fonts are there once."""
    source = pypdfium2.PdfDocument(sample)
    made = pypdfium2.PdfDocument.new()
    made.import_pages(source, [at % len(source) for at in range(pages)])
    made.save(path)
    made.close()
    source.close()
