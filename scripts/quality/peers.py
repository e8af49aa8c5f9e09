"""Sets other number recognisers beside ours on the numbers of the gold: values, exact spans, comparators.

Every commitment of the gold whose quote and number stand in the text counts once. A recogniser is right about its
*value* if one of its results in the quote has it, as written (5 of 5万元) or scaled (50000); about its *span* if such a
result begins with the number, both ends of a range being one, and ends with it, its scale or its unit; about its
*comparator* if it says what the gold says. Neither of the others tells comparators, and cn2an tells no spans. All of
them read the same sentence.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.quality.sources import Case, cases, read_text

ROOT = Path(__file__).resolve().parents[2]
OURS = "gazette-extractor"
_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "%": 0.01, "‰": 0.001}
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?|[〇零一二两三四五六七八九十百千半]+")
_SENTENCE = re.compile(r"[^。;；\n]+")
_HEADERS = ("value", "exact span", "comparator")


@dataclass(frozen=True)
class Number:
    """A number of the gold in its sentence: ``sentence[start:end]`` is the numeral, or both of a range."""

    sentence: str
    start: int
    end: int
    values: tuple[float, ...]
    """As written, and scaled."""
    unit: str
    op: str
    quote: tuple[int, int]


Result = tuple[int | None, int | None, float]


def numbers(wanted: Sequence[Case]) -> list[Number]:
    """Return the numbers of the gold that can be found in their texts."""
    return [number for case in wanted for number in _of(case)]


def _of(case: Case) -> Iterator[Number]:
    from extractor.text.numerals import parse_number

    text = re.sub(r"[ \t\u3000]|(?<=[^\n。])\n(?=[^\n])", "", read_text(case.text))
    for row in case.read_gold()["commitments"]:
        if not isinstance(row["value"], int | float) or row["op"] is None:
            continue
        parts = [re.escape("".join(part.split())) for part in row["quote"].split("…") if part.strip()]
        quoted = re.search(r"[^。\n]{0,80}?".join(parts), text)
        if quoted is None:
            continue
        sentence = next(s for s in _SENTENCE.finditer(text) if s.end() > quoted.start())
        for numeral in _NUMERAL.finditer(text, quoted.start(), min(quoted.end(), sentence.end())):
            if parse_number(numeral.group()) == row["value"]:
                unit = row["unit"] or ""
                scaled = [row["value"] * scale for sign, scale in _SCALES.items() if unit.startswith(sign)]
                upper = next(
                    (
                        other
                        for other in _NUMERAL.finditer(text, numeral.end(), min(quoted.end(), sentence.end()))
                        if row["op"] == "range" and parse_number(other.group()) == row["value2"]
                    ),
                    numeral,
                )
                yield Number(
                    sentence.group(),
                    numeral.start() - sentence.start(),
                    upper.end() - sentence.start(),
                    (float(row["value"]), *scaled),
                    unit,
                    row["op"],
                    (quoted.start() - sentence.start(), quoted.end() - sentence.start()),
                )
                break


def _ours(sentence: str) -> tuple[list[Result], list[str]]:
    from extractor.grammar.quantities import find_quantities
    from extractor.text.fold import fold

    found = [quantity for quantity in find_quantities(fold(sentence)) if quantity.value is not None]
    return [(q.start, q.end, float(q.value)) for q in found], [q.op for q in found]


def _theirs(sentences: list[str]) -> dict[str, list[list[Result]]]:
    python = subprocess.run(
        [ROOT / "scripts" / "env", "peers"], check=True, capture_output=True, text=True
    ).stdout.strip()
    worker = Path(__file__).with_name("peers_worker.py")
    done = subprocess.run(
        [python, "-P", worker], check=True, capture_output=True, text=True, input=json.dumps(sentences)
    )
    return {name: [[(s, e, v) for s, e, v in row] for row in rows] for name, rows in json.loads(done.stdout).items()}


def judge(number: Number, results: Sequence[Result], ops: Sequence[str] = ()) -> tuple[bool, bool, bool]:
    """Return whether value, span and comparator are right.

    >>> number = Number("覆盖率达到95%以上", 5, 7, (95.0, 0.95), "%", ">=", (0, 10))
    >>> judge(number, [(5, 8, 95.0)], [">="]), judge(number, [(6, 8, 95.0)])
    ((True, True, True), (True, False, False))
    """
    ends = {number.end + extra for extra in range(len(number.unit) + 1)}
    value = span = op = False
    for i, (start, end, found) in enumerate(results):
        inside = start is None or (start < number.quote[1] and (end or 0) > number.quote[0])
        if inside and any(abs(found - wanted) < 1e-9 * max(1, abs(wanted)) for wanted in number.values):
            value = True
            exact = start == number.start and end in ends
            span = span or exact
            op = op or (exact and i < len(ops) and ops[i] == number.op)
    return value, span, op


def main() -> int:
    """Print the table; returns the exit code."""
    wanted = numbers(cases())
    if not wanted:
        print("bench: no gold", file=sys.stderr)
        return 2
    sentences = [number.sentence for number in wanted]
    rows = {OURS: [judge(number, *_ours(number.sentence)) for number in wanted]}
    for name, found in _theirs(sentences).items():
        rows[name] = [judge(number, results) for number, results in zip(wanted, found, strict=True)]
    print(f"numbers of the gold: {len(wanted)}")
    print(f"  {'':<20}" + "".join(f"{header:>12}" for header in _HEADERS))
    for name, judged in rows.items():
        shares = [sum(right) / len(wanted) for right in zip(*judged, strict=True)]
        print(f"  {name:<20}" + "".join(f"{share:>12.3f}" for share in shares))
    return 0
