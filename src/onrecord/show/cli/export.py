"""`onrecord export`: the whole record, or some kinds of it, in the formats of other tools."""

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Since, Store, Until, first_day, last_day
from onrecord.show.cli.screen import tell, write_records

if TYPE_CHECKING:
    import msgspec

    from onrecord.keep.protocol import View


class ExportFormat(StrEnum):
    """What can be exported to."""

    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"
    ANNOTATION = "annotation"


def export(
    store: Store = None,
    form: Annotated[ExportFormat, typer.Option("--format", help="The format.")] = ExportFormat.JSONL,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only this kind; may be given more than once.")
    ] = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Write the records of a store to stdout: JSON Lines (documents first), CSV, GeoJSON or Web Annotations.

    csv takes one --kind; geojson writes events, annotation statements.

    Example: onrecord export --store desk.db --kind deal --kind case > deals.jsonl

    Example: onrecord export --store desk.db --format csv --kind statement > statements.csv
    """
    from onrecord.keep.open import open_view
    from onrecord.model.wire import KINDS

    only = {ExportFormat.GEOJSON: "event", ExportFormat.ANNOTATION: "statement"}.get(form)
    wanted = kind or ([only] if only else list(KINDS))
    unknown = [name for name in wanted if name not in KINDS]
    if unknown:
        message = f"unknown kind {unknown[0]!r}; the kinds are {', '.join(KINDS)}"
        raise UsageError(message)
    if only and wanted != [only]:
        message = f"{form.value} writes {only}s only: leave --kind out"
        raise UsageError(message)
    if form is ExportFormat.CSV and len(wanted) != 1:
        message = "csv takes one kind: name it with --kind"
        raise UsageError(message)
    with open_view(store_path(store)) as view:
        records = _records(view, wanted, first_day(since), last_day(until))
        if form is not ExportFormat.JSONL:
            _write(form, records, view, wanted[0])
            return
        count = write_records(records)
    tell(f"{count} records")


def _records(view: "View", kinds: list[str], since: str | None, until: str | None) -> "Iterator[msgspec.Struct]":
    from onrecord.keep.protocol import Query

    for kind in dict.fromkeys(kinds):
        yield from view.find(Query(kind=kind, since=since, until=until))


def _write(form: ExportFormat, records: "Iterator[msgspec.Struct]", view: "View", kind: str) -> None:
    from onrecord.model.claim import Statement
    from onrecord.model.record import Event
    from onrecord.model.text import Document
    from onrecord.model.wire import KINDS
    from onrecord.show.export import annotation, csv, geojson

    def document(name: str) -> Document | None:
        found = view.get(name)
        return found if isinstance(found, Document) else None

    seen = written = 0

    def counted() -> "Iterator[msgspec.Struct]":
        nonlocal seen
        for record in records:
            seen += 1
            yield record

    records_seen = counted()
    if form is ExportFormat.CSV:
        pieces = csv.write(records_seen, KINDS[kind])
    elif form is ExportFormat.GEOJSON:
        pieces = geojson.write(record for record in records_seen if isinstance(record, Event))
    else:
        pieces = annotation.write((record for record in records_seen if isinstance(record, Statement)), document)
    out = sys.stdout.buffer
    for piece in pieces:
        out.write(piece.encode())
        written += 1
    out.flush()
    tell(f"{seen} records")
    if form is ExportFormat.ANNOTATION and written < seen:
        tell(f"{seen - written} left out: the documents that they point to are not in the store")
