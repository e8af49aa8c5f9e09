"""Measures speed as ratios in one run: against jieba, length, a bare Python, pdfplumber (PDFs), redlines (versions).

Ratios travel from machine to machine, seconds do not; no test asserts either.
"""

from __future__ import annotations

import argparse
import logging
import math
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from scripts.quality import bench_diff, bench_pdf, peers, peers_diff
from scripts.quality.sources import SHARED, cases, read_text

MEGABYTE = 1_000_000
QUICK_BYTES, FULL_BYTES = 1 * MEGABYTE, 10 * MEGABYTE
SMALLEST_BYTES = 100_000
"""The first length of the series; what is shorter measures the start, not the text."""
STEP = 10**0.5
"""Each length of the series is so many times the one before."""
WANTED_RATIO = 1.0
"""Extraction may take as long as jieba.cut of the same text."""
LARGEST_SLOPE = 1.15
"""Exponent of cost against length that still counts as linear, with caches and noise."""

HOPELESS = 3.0
"""Where a character costs so many times what it cost at first, longer texts would take hours and tell nothing new."""

_MEMORY_PROBE = """\
import sys
from pathlib import Path
import extractor
extractor.to_json(extractor.parse(Path(sys.argv[1])))
"""
_MEMORY_TOLD = """\
import resource
status = Path("/proc/self/status")
if status.exists():  # ru_maxrss would count what the process that started this one holds
    print(status.read_text().split("VmHWM:")[1].split()[0])
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
_ONE_LINE = "关于做好汛期值守的通知"


def seconds(action: Callable[[], object], runs: int) -> float:
    """Return the least time of several runs after one that does not count: what other programs take is left out."""
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def slope(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return the exponent e of cost ~ size^e by least squares over the logarithms.

    >>> round(slope([1, 10, 100], [3, 30, 300]), 6), round(slope([1, 2, 4], [1, 4, 16]), 6)
    (1.0, 2.0)
    """
    return statistics.linear_regression([math.log(size) for size in sizes], [math.log(cost) for cost in costs]).slope


def grown(texts: Sequence[str], size: int) -> str:
    """Return texts one after the other, again and again, whole ones up to about so many bytes of UTF-8."""
    lengths = [len(text.encode()) + 1 for text in texts]
    parts: list[str] = []
    total = at = 0
    while total < size:
        if parts and total + lengths[at % len(texts)] > size * 1.1:
            break
        parts.append(texts[at % len(texts)])
        total += lengths[at % len(texts)]
        at += 1
    return "\n".join(parts)


def extract(text: str) -> Callable[[], object]:
    """Return the whole extraction of a text, from bytes to JSON."""
    import extractor

    data = text.encode()
    return lambda: extractor.to_json(extractor.parse(data, name="bench.txt"))


def against_jieba(texts: Sequence[tuple[str, str]], runs: int) -> float:
    """Print the time of extraction as a multiple of jieba's for each text; returns that of all texts together."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    print("extraction against jieba.cut, both warm (below 1 is faster than jieba)")
    ours_total = theirs_total = 0.0
    for name, text in texts:
        ours = seconds(extract(text), runs)
        theirs = seconds(lambda text=text: list(jieba.cut(text)), runs)  # type: ignore[misc]
        ours_total += ours
        theirs_total += theirs
        print(f"  {name:<34} {len(text):>8} characters   {ours / theirs:6.2f}")
    real = [read_text(path) for path in sorted(SHARED.glob("corpus/*.txt"))]
    if real:  # each of them once: nothing is remembered from an earlier run
        ours = sum(_once(extract(text)) for text in real)
        theirs = sum(_once(lambda text=text: list(jieba.cut(text))) for text in real)  # type: ignore[misc]
        ours_total, theirs_total = ours_total + ours, theirs_total + theirs
        print(
            f"  {f'{len(real)} texts, each read once':<34} {sum(map(len, real)):>8} characters   {ours / theirs:6.2f}"
        )
    ratio = ours_total / theirs_total
    print(f"  {'all together':<34} {'':>8}              {ratio:6.2f}")
    return ratio


def _once(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def against_length(texts: Sequence[str], largest: int, runs: int) -> float:
    """Print the cost a character at growing lengths, as a multiple of that at the first; returns the exponent."""
    print("\ncost against length (bytes of UTF-8; cost of a character, first length = 1)")
    sizes: list[int] = []
    costs: list[float] = []
    steps = round(math.log(largest / SMALLEST_BYTES, STEP))
    for size in (int(SMALLEST_BYTES * STEP**step) for step in range(steps + 1)):
        text = grown(texts, size)
        sizes.append(len(text))
        costs.append(seconds(extract(text), runs if size < MEGABYTE else 1))
        each = (costs[-1] / sizes[-1]) / (costs[0] / sizes[0])
        print(f"  {len(text.encode()):>10} bytes   {each:6.2f}", flush=True)
        if each > HOPELESS:
            print("  the series stops here: this is not linear")
            break
    exponent = slope(sizes, costs)
    print(f"  exponent {exponent:.3f} (1 is linear)")
    return exponent


def memory(texts: Sequence[str], largest: int) -> None:
    """Print the peak memory of a process that reads a text of the largest length, against that for a single line."""
    idle = _peak(_ONE_LINE)
    text = grown(texts, largest)
    peak, size = _peak(text), len(text.encode())
    print(f"\npeak memory with {size / MEGABYTE:.1f} MB of text: {peak / MEGABYTE:.0f} MB")
    print(f"  {peak / idle:.1f} times that for a single line; {(peak - idle) / size:.0f} bytes more a byte of text")


def _peak(text: str) -> int:
    """Peak memory of a process of its own that reads a text; Linux counts in kilobytes, macOS in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.txt"
        path.write_text(text, encoding="utf-8")
        return peak_of(_MEMORY_PROBE, path)


def peak_of(probe: str, path: Path) -> int:
    """Peak memory in bytes of a process of its own that runs a program on a file."""
    command = [sys.executable, "-c", probe + _MEMORY_TOLD, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment())
    return int(done.stdout) * (1 if sys.platform == "darwin" else 1024)


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}


def start_up(runs: int) -> None:
    """Print the time of ``gazette --help`` as a multiple of a Python that does nothing."""
    command = str(Path(sysconfig.get_path("scripts")) / "gazette")

    def run(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run(arguments, check=True, capture_output=True, env=_environment())

    bare = seconds(run(sys.executable, "-c", "pass"), runs)
    ours = seconds(run(command, "--help"), runs)
    print(f"\nstart: gazette --help takes {ours / bare:.1f} times what python -c pass takes")
    print(f"  ({ours * 1000:.0f} ms and {bare * 1000:.0f} ms on this machine)")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: with --check 1 where a ratio is worse than wanted."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one megabyte at most and fewer runs")
    parser.add_argument("--runs", type=int, help="runs of which the fastest counts (default 5, with --quick 3)")
    parser.add_argument(
        "--check", action="store_true", help="exit 1 where a ratio is worse than wanted or cost is not linear"
    )
    parser.add_argument(
        "--peers", action="store_true", help="only this: other programs on the numbers of the gold and on planted edits"
    )
    options = parser.parse_args(arguments)
    if options.peers:
        return peers.main() or peers_diff.main()
    runs = options.runs or (3 if options.quick else 5)
    largest = QUICK_BYTES if options.quick else FULL_BYTES
    texts = [(case.name, read_text(case.text)) for case in cases()]
    if not texts:
        print("bench: no text in corpora/", file=sys.stderr)
        return 2
    plain = [text for _, text in texts]
    ratio = against_jieba([*texts, ("all as one", "\n".join(plain))], runs)
    exponent = against_length(plain, largest, runs)
    memory(plain, largest)
    start_up(runs)
    fast = bench_pdf.against_pdfplumber(seconds, min(runs, 3), quick=options.quick)
    small = bench_pdf.memory(peak_of, quick=options.quick)
    compared = bench_diff.against_redlines()
    failed = ratio > WANTED_RATIO or exponent > LARGEST_SLOPE or not (fast and small and compared)
    print(f"\n{ratio:.2f} times the time of jieba.cut, cost grows with length to the {exponent:.2f}")
    return int(options.check and failed)


if __name__ == "__main__":
    sys.exit(main())
