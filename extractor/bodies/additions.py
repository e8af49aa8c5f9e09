"""Bodies that a user adds with a TOML file, beside those that the lexicon knows."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from extractor.bodies import divisions
from extractor.bodies.divisions import Division
from extractor.bodies.shape import kind_of
from extractor.errors import BodiesError
from extractor.files import read_toml
from extractor.model import BodyKind, Level
from extractor.text.fold import fold


class AddedBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One body of the user's file."""

    name: str
    """Full name as it is to be returned."""
    short: tuple[str, ...] = ()
    """Other forms in which texts write it, with the level letter where they have it: 市数源办."""
    place: Annotated[str, Meta(pattern="^[0-9]{6}$")] | None = None
    """GB/T 2260 code of its seat; without it the short forms are its own in every text."""
    kind: BodyKind | None = None
    """By the form of the name where it is not said."""
    level: Level | None = None
    """That of the seat where it is not said."""
    since: int | None = None
    until: int | None = None
    after: tuple[str, ...] = ()
    """What it is called since."""

    @property
    def seat(self) -> Division | None:
        """The place of the seat."""
        return divisions.by_code(self.place) if self.place else None

    def is_known_in(self, place: Division | None) -> bool:
        """Whether a text of a place may call it by a short form: it has no place, or is of that one or one above it."""
        while self.place is not None and place is not None and place.code != self.place:
            place = place.parent
        return self.place is None or place is not None

    def of_kind(self) -> BodyKind:
        """The kind as said, or by the form of the name."""
        return self.kind or kind_of(self.name)

    def at_level(self) -> Level:
        """The level as said, or that of the seat."""
        return self.level or (self.seat.level if self.seat else "other")


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    body: tuple[AddedBody, ...] = ()


class Additions:
    """The bodies of a file, found by what a text calls them. Two are equal only where they are the same."""

    def __init__(self, bodies: tuple[AddedBody, ...]) -> None:
        self.bodies = bodies
        self._forms: dict[str, list[AddedBody]] = {}
        for body in bodies:
            for form in {fold(form) for form in (body.name, *body.short)}:
                self._forms.setdefault(form, []).append(body)

    def called(self, mention: str, place: Division | None) -> AddedBody | None:
        """The body that a folded mention means in the text of ``place``.

        A short form is that of the place that speaks or of one above it; the full name is known everywhere.

        >>> mine = Additions((AddedBody(name="无锡市数据资源办公室", short=("市数源办",), place="320200"),))
        >>> [mine.called("市数源办", divisions.by_code(code)) is not None for code in ("320200", "320205", "320500")]
        [True, True, False]
        """
        for body in self._forms.get(mention, ()):
            if mention == fold(body.name) or body.is_known_in(place):
                return body
        return None


_EXAMPLE = '[[body]], then name = "云溪市数据资源办公室", short = ["市数源办"] and place = "320200"'


def load_additions(path: str | Path) -> Additions:
    """Load bodies from a TOML file.

    Raises:
        BodiesError: the file cannot be read, is no TOML, holds no body, or a field is unknown or of the wrong kind.
    """
    bodies = read_toml(path, _File, what="file of bodies", example=_EXAMPLE, error=BodiesError, advice=_advice).body
    if not bodies:
        raise BodiesError(f"{path}: no body stands in the file; write {_EXAMPLE}")
    for number, body in enumerate(bodies, 1):
        if not body.name.strip():
            raise BodiesError(f"{path}: body {number} has no name; write {_EXAMPLE}")
        if body.place and body.seat is None:
            raise BodiesError(f"{path}: {body.name}: GB/T 2260 has no place {body.place}; see gazette bodies PLACE")
        if body.since and body.until and body.since > body.until:
            raise BodiesError(f"{path}: {body.name}: since {body.since} comes after until {body.until}; exchange them")
        if body in bodies[: number - 1]:
            raise BodiesError(f"{path}: {body.name}: stands twice in the file; delete one")
    return Additions(bodies)


def _advice(said: str) -> str:
    """What to change in a file of bodies, from what msgspec says of it."""
    if "unknown field" in said:
        field = said.split("`")[1] if "`" in said else "?"
        return f"unknown field {field}; a file has [[body]], and a body {', '.join(AddedBody.__struct_fields__)}"
    if "required field" in said:
        return f"a body has no name; write {_EXAMPLE}"
    if ".place" in said:
        return 'place must be the six digits of GB/T 2260 in quotes, e.g. "320205"'
    for field, words in (("kind", BodyKind.__args__), ("level", Level.__args__)):  # type: ignore[attr-defined]
        if f".{field}" in said:
            return f"{field} must be one of {', '.join(words)}"
    field = said.rpartition("`$.")[2].partition("`")[0].rpartition(".")[2].partition("[")[0] or "body"
    kinds = {"short": "a list of texts", "after": "a list of texts", "since": "a year", "until": "a year"}
    return f"{field} must be {kinds.get(field, 'a text in quotes' if field == 'name' else 'a list: write [[body]]')}"
