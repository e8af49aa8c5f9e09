"""What is known of a gazette series before its issue is read."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, convert

from extractor.errors import SeriesError
from extractor.files import read_toml


class SeriesProfile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A gazette series (刊): names, publisher, place and house style."""

    name: str | None = None
    """Name as it is to be returned."""
    aliases: tuple[str, ...] = ()
    """Other names under which issues call themselves."""
    publisher: str | None = None
    """Body that publishes it, used where the issue does not say."""
    jurisdiction: Annotated[str, Meta(pattern="^[0-9]{6}$")] | None = None
    """GB/T 2260 code of the place, six digits."""
    sections: tuple[str, ...] = ()
    """Section headings (栏目) beyond the usual ones."""


GENERIC = SeriesProfile()


def load_profile(path: str | Path) -> SeriesProfile:
    """Load a series profile from a TOML file.

    Raises:
        SeriesError: the file cannot be read, is no TOML, has no name, or a field is unknown or of the wrong kind.
    """
    profile = read_toml(
        path, SeriesProfile, what="series profile", example=f"lines like {_EXAMPLE}", error=SeriesError, advice=_advice
    )
    if not (profile.name or "").strip():
        raise SeriesError(f"{path}: the series profile has no name; write a line like {_EXAMPLE}")
    return profile


_EXAMPLE = 'name = "云溪政报"'


def _advice(said: str) -> str:
    """What to change in a profile, from what msgspec says of it."""
    if "$.jurisdiction" in said:
        return 'jurisdiction must be the six digits of GB/T 2260 in quotes, e.g. "320205"'
    if "unknown field" in said:
        field = said.split("`")[1] if "`" in said else "?"
        return f"unknown field {field}; the fields are {', '.join(SeriesProfile.__struct_fields__)}"
    field = said.rpartition("`$.")[2].partition("`")[0].partition("[")[0] if "`$." in said else "a field"
    kind = "a list of texts" if field in ("aliases", "sections") else "a text in quotes"
    return f"{field} must be {kind}"


def recognise(name: str | None) -> SeriesProfile:
    """The built-in profile of the series that calls itself ``name``; the generic one where none is known.

    Nothing in the reading of an issue depends on a profile: it adds what the issue does not say of itself.

    >>> recognise("锡山公报").jurisdiction, recognise("云溪政报") is GENERIC
    ('320205', True)
    """
    return _built_in().get(name or "", GENERIC)


@lru_cache(maxsize=1)
def _built_in() -> dict[str, SeriesProfile]:
    found: dict[str, SeriesProfile] = {}
    for entry in sorted(files(__package__ or "extractor.series").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            profile = convert(tomllib.loads(entry.read_text(encoding="utf-8")), SeriesProfile)
            found.update(dict.fromkeys((profile.name or "", *profile.aliases), profile))
    return found
