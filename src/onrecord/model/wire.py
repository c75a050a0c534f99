"""The wire: JSON Lines both ways, one record a line, and the JSON Schema of every kind."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.errors import UsageError
from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.judgement import Judgement
from onrecord.model.mention import Mention, Place
from onrecord.model.moment import Moment
from onrecord.model.outside import Outside
from onrecord.model.record import Actor, Case, Deal, Event
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document

VERSION = 1

type Wire = (
    Document | Moment | Place | Mention | Statement | Act | Step | Custody | Rejection | Actor | Event | Deal | Case
    | Judgement | Outside
)  # fmt: skip

KINDS: dict[str, type[msgspec.Struct]] = {
    "document": Document,
    "moment": Moment,
    "place": Place,
    "mention": Mention,
    "statement": Statement,
    "act": Act,
    "step": Step,
    "custody": Custody,
    "rejection": Rejection,
    "actor": Actor,
    "event": Event,
    "deal": Deal,
    "case": Case,
    "judgement": Judgement,
    "outside": Outside,
}

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Wire] = msgspec.json.Decoder(Wire.__value__)


def encode(record: msgspec.Struct) -> bytes:
    """Return the record as one line of UTF-8 JSON, without the line end."""
    return _encoder.encode(record)


def decode(line: bytes | str) -> Wire:
    """Return the record that a line holds; a `UsageError` says what is wrong with it and where."""
    try:
        return _decoder.decode(line)
    except msgspec.DecodeError as error:
        message = f"not a record of format version {VERSION}: {error}"
        raise UsageError(message) from error


def encode_lines(records: Iterable[msgspec.Struct]) -> Iterator[bytes]:
    """Yield one line with its line end for each record."""
    for record in records:
        yield encode(record) + b"\n"


def decode_lines(lines: Iterable[bytes | str]) -> Iterator[Wire]:
    """Yield the record of each line that isn't blank."""
    for line in lines:
        if line.strip():
            yield decode(line)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a line: any one of the kinds."""
    made = msgspec.json.schema(Wire.__value__)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"onrecord format {VERSION}", **made}


def schema_file() -> bytes:
    """Return the schema as it stands in `docs/reference/record.schema.json`."""
    made = msgspec.json.format(msgspec.json.encode(schema(), order="sorted"), indent=2)
    return made + b"\n"
