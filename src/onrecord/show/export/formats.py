"""The formats there are, in one table: what each takes, and the function that writes it.

A new format is a file beside this one and a row here; see docs/how-to/add-an-exporter.md.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from onrecord.model import wire
from onrecord.model.record import Event
from onrecord.show.export import annotation, bibtex, csv, geojson, ical, ris
from onrecord.show.export.look import Look

type Write = Callable[[Iterable[msgspec.Struct], Look, str], Iterator[bytes]]
CLAIMS = ("statement", "act", "step", "custody")


class Form(msgspec.Struct, frozen=True):
    """One format: `kinds` are those it can hold, `usual` those it holds if none is named; `one` at a time or together.

    `write` takes records, what may be looked up, and the kind where there is one; it gives bytes, piece by piece.
    `partial` says that some records have no place in the format, and why.
    """

    name: str
    about: str
    kinds: tuple[str, ...]
    write: Write
    usual: tuple[str, ...] = ()
    one: bool = False
    partial: str = ""


def _text(pieces: Iterable[str]) -> Iterator[bytes]:
    return (piece.encode("utf-8", "replace") for piece in pieces)


def _events(records: Iterable[msgspec.Struct]) -> Iterator[Event]:
    return (record for record in records if isinstance(record, Event))


EVERY = tuple(wire.KINDS)
FORMS: tuple[Form, ...] = (
    Form("jsonl", "JSON Lines of the record format", EVERY, lambda records, *_: wire.encode_lines(records), EVERY),
    Form(
        "csv", "CSV, a row a record, nested fields as JSON", EVERY,
        lambda records, _, kind: _text(csv.write(records, wire.KINDS[kind])), one=True,
    ),
    Form("geojson", "GeoJSON", ("event",), lambda records, *_: _text(geojson.write(_events(records)))),
    Form(
        "annotation", "W3C Web Annotations", CLAIMS,
        lambda records, look, _: _text(annotation.write(records, look)), ("statement",),
        partial="the documents that they point to are not in the store",
    ),
    Form(
        "ical", "iCalendar: days set for deals, events that are planned", ("deal", "event"),
        lambda records, look, _: _text(ical.write(records, look)), ("deal", "event"),
        partial="they are not planned, or for no day that is known",
    ),
    Form(
        "ris", "RIS citations", ("statement",), lambda records, look, _: _text(ris.write(records, look)),
        partial="their documents are not in the store",
    ),
    Form(
        "bibtex", "BibTeX citations", ("statement",), lambda records, look, _: _text(bibtex.write(records, look)),
        partial="their documents are not in the store",
    ),
)  # fmt: skip
BY_NAME = {form.name: form for form in FORMS}
