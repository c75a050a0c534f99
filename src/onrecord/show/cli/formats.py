"""Records as a table, as CSV or as JSON Lines."""

import csv
import io
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from onrecord.show.cli.columns import COLUMNS, cells
from onrecord.show.cli.screen import screen, shortened, write_records

if TYPE_CHECKING:
    from rich.table import Table

_CELL = 160
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_WHOLE = frozenset({"id", "status", "date", "published"})  # never cut, never broken
_WIDE = frozenset({"words", "title", "note", "because"})


class Format(StrEnum):
    """How records are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def write(records: Iterable[msgspec.Struct], kind: str, form: Format) -> int:
    """Write records of one kind to stdout; return how many."""
    if form is Format.JSONL:
        return write_records(records)
    if form is Format.CSV:
        return _write_csv(records, kind)
    found = list(records)
    if found:
        screen().print(table(found, kind))
    return len(found)


def table(records: Iterable[msgspec.Struct], kind: str, *, title: str | None = None) -> "Table":
    """Return a table of records of one kind; columns that are empty throughout are left out."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    rows = [list(cells(kind, record)) for record in records]
    made = Table(box=box.SIMPLE_HEAD, title=Text(title) if title else None, title_justify="left", pad_edge=False)
    shown = [place for place in range(len(COLUMNS[kind])) if any(row[place] for row in rows)]
    for place in shown:
        heading = COLUMNS[kind][place][0]
        made.add_column(
            heading, no_wrap=heading in _WHOLE, overflow="fold", ratio=2 if heading in _WIDE else None,
            style="dim" if heading == "id" else "",
        )  # fmt: skip
    for row in rows:
        made.add_row(*(Text(shortened(row[place], _CELL)) for place in shown))
    return made


def _write_csv(records: Iterable[msgspec.Struct], kind: str) -> int:
    text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([heading for heading, _ in COLUMNS[kind]])
        count = 0
        for record in records:
            writer.writerow([safe_cell(cell) for cell in cells(kind, record)])
            count += 1
    finally:
        text.detach()
    return count
