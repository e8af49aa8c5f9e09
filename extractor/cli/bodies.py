"""gazette bodies: search the registry of bodies."""

from __future__ import annotations

from pathlib import Path

import click

import extractor
from extractor.cli.arguments import FileName
from extractor.cli.output import write_json, write_text


@click.command("bodies")
@click.argument("query", required=False, default="")
@click.option("--place", metavar="NAME|CODE", help="Whose text it is: name or GB/T 2260 code.")
@click.option("--date", metavar="DATE", help="Of when it is: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--bodies", metavar="FILE.toml", type=FileName(), help="More bodies, see below.")
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE", type=FileName(), help="Write to FILE, whole or not at all.")
def command(
    query: str, place: str | None, date: str | None, bodies: Path | None, form: str, output: Path | None
) -> None:
    """Search the registry of bodies by name, short form, place or code; without QUERY list the offices of --place.

    A short name is answered by what it stands for in a text of --place and --date, and a phrase for several
    governments by its members. With --date only names that were right then are listed. Without QUERY and --place all of
    the registry is printed.

    \b
    Examples:
      gazette bodies 银保监会
      gazette bodies 市工信局 --place 无锡市
      gazette bodies 各市（县）、区政府 --place 320200 --format json
      gazette bodies 市农委 --place 上海市 --date 2012
      gazette bodies --place 无锡市锡山区 --date 2025-03
      gazette bodies 320205

    Prints one line a body: name, short forms, kind, level, code and place of its seat, whose organ it is, years of the
    name, names before and since, and where it is from (名称格式: by the pattern of such names). ○○ stands for any
    place; such a name says what the office is called, and not that each place has one. Exit code 1 where nothing is
    found.

    \b
    A file of bodies, here and for gazette parse --bodies; only name must be there:
      [[body]]
      name = "云溪市数据资源办公室"    # as it is to be returned
      short = ["市数源办"]            # as texts of the place write it
      place = "320200"                # GB/T 2260 code of its seat
      kind = "government"             # by the form of the name where it is left out
      until = 2024                    # last year of the name; since, after and level are known too
    """
    found = extractor.find_bodies(query, place=place, bodies=bodies, date=date)
    if form == "json":
        from extractor import schema

        write_json(schema.encode_bodies(found), output)
    else:
        from extractor.exports import registry

        write_text(registry.render(found), output)
    if not found:
        click.echo(_advice(query, place), err=True)
        raise SystemExit(1)


def _advice(query: str, place: str | None) -> str:
    more = "" if place else "; a group or a short name needs --place"
    return f"gazette: {' '.join(query.split())}: no body of the registry is called so{more}"
