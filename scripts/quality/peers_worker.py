"""Runs the other number recognisers over passages, in their own environment; imports nothing of this project.

Reads a JSON list of passages on standard input and writes, by recogniser, for each passage a list of
``[start, end, value]``: half-open offsets (null where a recogniser tells none) and the value as a number.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from typing import Any

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def main() -> None:
    """Read, recognise, write."""
    warnings.simplefilter("ignore")
    passages: list[str] = json.load(sys.stdin)
    json.dump(
        {"recognizers-text": [_recognizers(p) for p in passages], "cn2an": [_cn2an(p) for p in passages]}, sys.stdout
    )


def _recognizers(passage: str) -> list[list[Any]]:
    """All that its models for numbers, percentages, ordinals, money and dimensions find: the best it can do."""
    from recognizers_number import Culture, recognize_number, recognize_ordinal, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension

    found: list[list[Any]] = []
    models = (
        recognize_number,
        recognize_percentage,
        recognize_ordinal,
        recognize_currency,
        recognize_dimension,
        recognize_age,
    )
    for recognize in models:
        for result in recognize(passage, Culture.Chinese):
            written = str((result.resolution or {}).get("value") or "")
            number = _NUMBER.search(written.replace(",", ""))
            if number is not None:
                found.append([result.start, result.end + 1, float(number.group())])
    return found


def _cn2an(passage: str) -> list[list[Any]]:
    """The numbers of the passage after it has put arabic ones for Chinese ones; it tells no offsets."""
    import cn2an

    return [[None, None, float(number)] for number in _NUMBER.findall(cn2an.transform(passage, "cn2an"))]


if __name__ == "__main__":
    main()
