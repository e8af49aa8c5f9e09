"""A diff as one HTML page that needs nothing else: redlines side by side and inline, a list of changes, filters.

The page asks nothing of a network, and its security policy lets nothing run but the style and the script that are in
it. Without the script all is there but the filters. Style and script keep to what browsers of 2020 know.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from extractor.exports import diff_rows
from extractor.exports.diff_rows import GROUPS, WHOLE, WHOLE_DOCUMENT, Row
from extractor.model import Change, Diff, Edition

LONGEST_NAME = 60
"""Characters of a title in the title of the window."""
UNTITLED = "（无题）"


@dataclass(frozen=True)
class Item:
    """What follows what: a row, rows that did not change, or the place that rows were moved away from."""

    kind: Literal["row", "same", "away"]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """The rows of one document of the new version, with the document that it was."""

    titles: tuple[str, ...]
    items: tuple[Item, ...]
    listed: tuple[tuple[str, tuple[Change, ...]], ...]
    """Its changes by the place where they are."""


@dataclass(frozen=True)
class Kind:
    """A kind of change with how many there are."""

    kind: str
    name: str
    number: int


@dataclass(frozen=True)
class Group:
    """Kinds of change that are about one thing."""

    group: str
    name: str
    kinds: tuple[Kind, ...]

    @property
    def number(self) -> int:
        """How many changes of all its kinds."""
        return sum(kind.number for kind in self.kinds)


def render(found: Diff) -> str:
    """The page.

    >>> from extractor.model import Edition
    >>> empty = Edition(source="<旧>.txt", sha256="0", document_ids=(), titles=(), text="")
    >>> page = render(Diff(old=empty, new=empty, changes=(), pairs=()))
    >>> page[:15], "&lt;旧&gt;.txt" in page, "http" in page.replace("http-equiv", "")
    ('<!doctype html>', True, False)
    """
    style, script = _data("page.css"), _data("page.js")
    rows = tuple(diff_rows.rows(found))
    away = _away(rows)
    return _template().render(
        found=found,
        sections=tuple(_sections(found, rows, away)),
        stood=frozenset(row.number for moved in away.values() for row in moved),
        whole=tuple(change for change in found.changes if change.pair is None),
        groups=tuple(_groups(found)),
        statuses=Counter(row.status for row in rows).most_common(),
        heading=" → ".join(dict.fromkeys(_short(each) for each in (found.old, found.new))),
        meant=sum(change.meaning for change in found.changes),
        WHOLE=WHOLE,
        WHOLE_DOCUMENT=WHOLE_DOCUMENT,
        name=diff_rows.name,
        detail=diff_rows.detail,
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(_data),
    )
    return environment.get_template("page.html")


def _data(file: str) -> str:
    return resources.files("extractor.exports").joinpath("diff_page", file).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _short(edition: Edition) -> str:
    title = diff_rows.title(edition)
    return title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1]}…"


def _groups(found: Diff) -> Iterator[Group]:
    numbers = Counter((change.group, change.kind, diff_rows.name(change)) for change in found.changes)
    for group, name in GROUPS.items():
        kinds = tuple(Kind(kind, zh, number) for (about, kind, zh), number in numbers.most_common() if about == group)
        if kinds:
            yield Group(group, name, kinds)


def _sections(found: Diff, rows: Sequence[Row], away: Mapping[int, list[Row]]) -> Iterator[Section]:
    """The rows by document, in the order in which the documents begin."""
    became: dict[str, str] = {}
    for row in rows:
        if row.pair.old and row.pair.new:
            became.setdefault(row.pair.old[0].document_id, row.pair.new[0].document_id)
    was = {new: old for old, new in reversed(became.items())}
    before = dict(zip(found.old.document_ids, found.old.titles, strict=True))
    after = dict(zip(found.new.document_ids, found.new.titles, strict=True))
    grouped: dict[tuple[str | None, str | None], list[Row]] = {}
    for row in rows:
        old = row.pair.old[0].document_id if row.pair.old else None
        new = row.pair.new[0].document_id if row.pair.new else became.get(old or "")
        grouped.setdefault((old, None) if new is None else (was.get(new), new), []).append(row)
    for (old, new), own in grouped.items():
        titles = [titles.get(id_) or UNTITLED for titles, id_ in ((before, old), (after, new)) if id_ is not None]
        listed = tuple((row.place, row.changes) for row in own if row.changes)
        yield Section(tuple(dict.fromkeys(titles)), tuple(_items(own, away)), listed)


def _items(rows: Sequence[Row], away: Mapping[int, list[Row]]) -> Iterator[Item]:
    """Rows one by one, those without a change taken together, and where others went from."""
    same: list[Row] = []
    if rows and rows[0].number == 0 and away.get(-1):
        yield Item("away", tuple(away[-1]))
    for row in rows:
        if row.unchanged:
            same.append(row)
        elif same:
            yield Item("same", tuple(same))
            same = []
        if not row.unchanged:
            yield Item("row", (row,))
        if away.get(row.number):
            if same:
                yield Item("same", tuple(same))
                same = []
            yield Item("away", tuple(away[row.number]))
    if same:
        yield Item("same", tuple(same))


def _away(rows: Sequence[Row]) -> dict[int, list[Row]]:
    """Moved rows by the number of the row behind which they stood; those that still stand there are left out."""
    placed = sorted((piece.span[0], row.number) for row in rows for piece in row.pair.old)
    found: dict[int, list[Row]] = defaultdict(list)
    behind = -1
    for _, number in placed:
        if rows[number].pair.status != "moved":
            behind = number
        elif any(rows[between].pair.status != "moved" for between in range(*sorted((behind + 1, number)))):
            found[behind].append(rows[number])
    return found
