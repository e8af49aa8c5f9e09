"""Many files through the extractor, in a few processes; what fails is told apart from what is parsed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORKERS = 2


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the parsed issue, or why there is none."""

    path: Path
    parsed: dict[str, Any] | None = None
    failure: str | None = None


def parse_file(path: Path) -> dict[str, Any]:
    """Return the JSON of the contract for a file."""
    import extractor

    result: dict[str, Any] = json.loads(extractor.to_json(extractor.parse(path)))
    return result


def parse_files(paths: Iterable[Path], workers: int = WORKERS) -> Iterator[Outcome]:
    """Yield what became of each file, in the given order; a crash is an outcome, not the end of the run."""
    from extractor import GazetteError

    with ProcessPoolExecutor(max_workers=workers) as pool:
        pending = [(path, pool.submit(parse_file, path)) for path in paths]
        for path, future in pending:
            error = future.exception()
            if error is None:
                yield Outcome(path, parsed=future.result())
            elif isinstance(error, BrokenProcessPool):
                yield Outcome(path, failure="the process died")
            elif isinstance(error, GazetteError):
                yield Outcome(path, failure=f"refused: {error}")
            else:
                yield Outcome(path, failure=f"crashed: {type(error).__name__}: {error}")
