"""Records as a table, as CSV or as JSON Lines."""

import csv
import io
import sys
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from onrecord.show.cli.rows import Published, Rows, headings, row
from onrecord.show.cli.screen import screen, write_records

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Format(StrEnum):
    """How records are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def write(records: Iterable[msgspec.Struct], kind: str, form: Format, published: Published | None = None) -> int:
    """Write records of one kind to stdout; return how many.

    With `published`, which gives the publication day of a document, tables and CSV say that day beside each claim.
    """
    if form is Format.JSONL:
        return write_records(records)
    if form is Format.CSV:
        return _write_csv(records, kind, published)
    found = list(records)
    if found:
        screen().print(Rows(found, kind, published=published))
    return len(found)


def _write_csv(records: Iterable[msgspec.Struct], kind: str, published: Published | None) -> int:
    text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(headings(kind, published))
        count = 0
        for record in records:
            writer.writerow([safe_cell(cell) for cell in row(kind, record, published)])
            count += 1
    finally:
        text.detach()
    return count
