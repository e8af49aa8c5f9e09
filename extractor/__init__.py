"""Chinese government gazettes as documents, clauses, duties and numeric commitments.

The public face and nothing else::

    issue = extractor.parse("issue.txt")
    data = extractor.to_json(issue)
    again = extractor.load(data)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.errors import GazetteError

if TYPE_CHECKING:
    from os import PathLike

    from extractor.model import Issue

__version__ = "0.1.0"

__all__ = ["GazetteError", "__version__", "load", "parse", "to_json"]


def parse(
    source: str | PathLike[str] | bytes, *, name: str | None = None, series: str | PathLike[str] | None = None
) -> Issue:
    r"""Read one gazette issue (刊期) from a path or from bytes.

    Args:
        source: a path, or the bytes of the file.
        name: the file name to record; taken from the path when there is one.
        series: a TOML file that describes the gazette series; the built-in ones are tried otherwise.

    Returns:
        The parsed issue: reading text, documents, clauses, measures, commitments and diagnostics.

    Raises:
        GazetteError: the input is missing, empty, damaged, too large or of an unknown format.

    >>> issue = parse("关于做好防汛工作的通知\n各镇人民政府：\n请认真落实。".encode(), name="a.txt")
    >>> issue.documents[0].genre
    '通知'
    """
    from extractor import pipeline

    return pipeline.parse(source, name=name, series=series)


def to_json(issue: Issue) -> bytes:
    """Encode an issue as UTF-8 JSON following the output contract; the same issue gives the same bytes."""
    from extractor import schema

    return schema.encode(issue)


def load(data: bytes | str) -> Issue:
    """Decode JSON written by :func:`to_json`.

    Raises:
        GazetteError: the JSON is damaged or breaches the schema.
    """
    from extractor import schema

    return schema.decode(data)
