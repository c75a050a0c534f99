"""`onrecord export`: the whole record, or some kinds of it, in the formats of other tools."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import msgspec
import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Since, Store, Until, country, first_day, last_day
from onrecord.show.cli.screen import tell

if TYPE_CHECKING:
    from onrecord.keep.protocol import Query, View
    from onrecord.show.export.formats import Form
    from onrecord.show.export.look import Trace


class ExportFormat(StrEnum):
    """What can be exported to."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    PLOVER = "plover"
    GDELT = "gdelt"
    ICEWS = "icews"
    ACLED = "acled"
    FTM = "ftm"
    GEOJSON = "geojson"
    ICAL = "ical"
    ANNOTATION = "annotation"
    JSONLD = "jsonld"
    RIS = "ris"
    BIBTEX = "bibtex"


def export(
    store: Store = None,
    form: Annotated[ExportFormat, typer.Option("--format", help="The format.")] = ExportFormat.JSONL,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only this kind; may be given more than once.")
    ] = None,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="An actor's id or words of a name.")] = None,
    land: Annotated[
        str | None, typer.Option("--country", metavar="COUNTRY", help="A country's name or ISO 3166 code.")
    ] = None,
    since: Since = None,
    until: Until = None,
    provenance: Annotated[
        Path | None,
        typer.Option("--provenance", metavar="FILE", help="With ftm: write the words behind each value to this file."),
    ] = None,
) -> None:
    """Write the records of a store to stdout, in the format of another tool.

    csv and parquet take one --kind. docs/reference/formats.md says which kinds each format holds, and what is lost.

    Example: onrecord export --store desk.db --kind deal --kind case > deals.jsonl

    Example: onrecord export --store desk.db --format csv --kind statement > statements.csv

    Example: onrecord export --store desk.db --format ftm --provenance words.jsonl > entities.jsonl
    """
    from onrecord.keep.open import open_view
    from onrecord.keep.protocol import Query
    from onrecord.show.export.formats import BY_NAME

    wanted = BY_NAME[form.value]
    kinds = _kinds(wanted, kind)
    with open_view(store_path(store)) as view:
        query = Query(kind="", who=who, country=country(land), since=first_day(since), until=last_day(until))
        if provenance is None:
            write(wanted, view, kinds, query)
            return
        if wanted.name != "ftm":
            message = "--provenance goes with --format ftm"
            raise UsageError(message)
        with _opened(provenance) as file:
            write(wanted, view, kinds, query, lambda told: file.write(msgspec.json.encode(told) + b"\n"))


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        message = f"can't write {path} ({error.strerror or error})"
        raise UsageError(message) from error


def _kinds(form: "Form", asked: list[str] | None) -> tuple[str, ...]:
    """Return the kinds to write; a `UsageError` where the format can't hold them."""
    from onrecord.model.wire import KINDS

    kinds = tuple(dict.fromkeys(asked or form.usual or (form.kinds if len(form.kinds) == 1 else ())))
    for name in kinds:
        if name not in KINDS:
            message = f"unknown kind {name!r}; the kinds are {', '.join(KINDS)}"
            raise UsageError(message)
        if name not in form.kinds:
            message = f"{form.name} holds {', '.join(form.kinds)}, not {name}"
            raise UsageError(message)
    if form.one and len(kinds) != 1:
        message = f"{form.name} takes one kind: name it with --kind"
        raise UsageError(message)
    return kinds


def write(form: "Form", view: "View", kinds: tuple[str, ...], query: "Query", trace: "Trace | None" = None) -> None:
    """Write records to stdout in a format, and say on stderr how many there were and what has no place in it."""
    from onrecord.show.export.look import Look

    seen = 0

    def counted() -> "Iterator[msgspec.Struct]":
        nonlocal seen
        for record in _records(view, kinds, query):
            seen += 1
            yield record

    out = sys.stdout.buffer
    look = Look(view.get)
    look.trace = trace
    for piece in form.write(counted(), look, kinds[0] if kinds else ""):
        out.write(piece)
    out.flush()
    tell(f"{seen - look.left_out} records")
    if look.left_out:
        tell(f"{look.left_out} left out: {form.partial}")


def _records(view: "View", kinds: tuple[str, ...], query: "Query") -> "Iterator[msgspec.Struct]":
    for kind in kinds:
        yield from view.find(msgspec.structs.replace(query, kind=kind))
