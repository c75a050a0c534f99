"""The formats there are, in one table: what each takes, and the function that writes it.

A new format is a file beside this one and a row here; see docs/how-to/add-an-exporter.md.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from onrecord.model import wire
from onrecord.model.record import Event
from onrecord.show.export import (
    acled,
    annotation,
    bibtex,
    csv,
    ftm,
    gdelt,
    geojson,
    ical,
    icews,
    jsonld,
    parquet,
    plover,
    ris,
)
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


def _of(write: Callable[[Iterable[msgspec.Struct], Look], Iterable[str]]) -> Write:
    return lambda records, look, _: _text(write(records, look))


def _csv(records: Iterable[msgspec.Struct], look: Look, kind: str) -> Iterator[bytes]:
    del look
    return _text(csv.write(records, wire.KINDS[kind]))


def _parquet(records: Iterable[msgspec.Struct], look: Look, kind: str) -> Iterator[bytes]:
    del look
    return parquet.write(records, wire.KINDS[kind])


FTM = ("document", "actor", "mention", "statement", "event", "deal", "case")
NO_DOCUMENT = "the documents that they point to are not in the store"
EVERY = tuple(wire.KINDS)
NO_TYPE = "ACLED has no type for them, or no day is known"
NO_CODE = "CAMEO has no code for what did not happen, or no day is known"
FORMS: tuple[Form, ...] = (
    Form("jsonl", "JSON Lines of the record format", EVERY, lambda records, *_: wire.encode_lines(records), EVERY),
    Form("csv", "CSV, a row a record, nested fields as JSON", EVERY, _csv, one=True),
    Form("parquet", "Parquet, a column a field, nested fields as JSON", EVERY, _parquet, one=True),
    Form("plover", "PLOVER records in JSON Lines", ("act",), _of(plover.write)),
    Form("gdelt", "GDELT 2.0 event rows", ("event",), _of(gdelt.write), partial=NO_CODE),
    Form("icews", "ICEWS event rows", ("event",), _of(icews.write), partial=NO_CODE),
    Form("acled", "ACLED-like CSV", ("event",), _of(acled.write), partial=NO_TYPE),
    Form(
        "ftm", "FollowTheMoney entities", FTM, _of(ftm.write), FTM,
        partial="the actors that they mention are not assembled",
    ),
    Form("geojson", "GeoJSON", ("event",), lambda records, *_: _text(geojson.write(_events(records)))),
    Form(
        "ical", "iCalendar: days set for deals, events that are planned", ("deal", "event"), _of(ical.write),
        ("deal", "event"), partial="they are not planned, or for no day that is known",
    ),
    Form("annotation", "W3C Web Annotations", CLAIMS, _of(annotation.write), ("statement",), partial=NO_DOCUMENT),
    Form("jsonld", "schema.org Claims in JSON-LD", ("statement",), _of(jsonld.write), partial=NO_DOCUMENT),
    Form("ris", "RIS citations", ("statement",), _of(ris.write), partial=NO_DOCUMENT),
    Form("bibtex", "BibTeX citations", ("statement",), _of(bibtex.write), partial=NO_DOCUMENT),
)  # fmt: skip
BY_NAME = {form.name: form for form in FORMS}
