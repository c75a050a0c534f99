"""CSV (RFC 4180): records of one kind in, a row for each out; fields that hold more than a word or number as JSON."""

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(records: Iterable[msgspec.Struct], kind: type[msgspec.Struct]) -> Iterator[str]:
    """Yield the header, then a line for each record of `kind`, fields in the order of the record format.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    names = kind.__struct_fields__
    yield _line(list(names))
    for record in records:
        yield _line([_cell(getattr(record, name)) for name in names])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    return msgspec.json.encode(value).decode()


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
