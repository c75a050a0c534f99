"""CSV (RFC 4180): records of one kind in, a row for each out; fields that hold more than a word or number as JSON."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

import msgspec

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

NUMBER = re.compile(r"-?\d+(\.\d+)?")


def write(records: Iterable[msgspec.Struct], kind: type[msgspec.Struct]) -> Iterator[str]:
    """Yield the header, then a line for each record of `kind`, fields in the order of the record format.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    names = kind.__struct_fields__
    yield _line(list(names))
    for record in records:
        yield _line([_cell(getattr(record, name)) for name in names])


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; a number may be negative."""
    return "'" + cell if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    return msgspec.json.encode(value).decode()


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()
