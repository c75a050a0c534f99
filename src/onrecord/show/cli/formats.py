"""Records as a table, as CSV or as JSON Lines."""

import csv
import io
import sys
from collections.abc import Callable, Iterable, Iterator
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
_DATED = frozenset({"statement", "act", "step", "custody"})  # said to have happened one day, published another
_WIDE = frozenset({"words", "title", "note", "because"})


class Format(StrEnum):
    """How records are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


type Published = Callable[[str], str | None]


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
        screen().print(table(found, kind, published=published))
    return len(found)


def table(
    records: Iterable[msgspec.Struct], kind: str, *, title: str | None = None, published: Published | None = None
) -> "Table":
    """Return a table of records of one kind; columns that are empty throughout are left out."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    headings = _headings(kind, published)
    rows = [list(_row(kind, record, published)) for record in records]
    made = Table(box=box.SIMPLE_HEAD, title=Text(title) if title else None, title_justify="left", pad_edge=False)
    shown = [place for place in range(len(headings)) if any(row[place] for row in rows)]
    for place in shown:
        heading = headings[place]
        made.add_column(
            heading, no_wrap=heading in _WHOLE, overflow="fold", ratio=2 if heading in _WIDE else None,
            style="dim" if heading == "id" else "",
        )  # fmt: skip
    for row in rows:
        made.add_row(*(Text(shortened(row[place], _CELL)) for place in shown))
    return made


def _headings(kind: str, published: Published | None) -> list[str]:
    headings = [heading for heading, _ in COLUMNS[kind]]
    return [*headings[:1], "published", *headings[1:]] if published and kind in _DATED else headings


def _row(kind: str, record: msgspec.Struct, published: Published | None) -> Iterator[str]:
    for place, cell in enumerate(cells(kind, record)):
        yield cell
        if place == 0 and published and kind in _DATED:
            yield published(getattr(record, "document", "")) or ""


def _write_csv(records: Iterable[msgspec.Struct], kind: str, published: Published | None) -> int:
    text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_headings(kind, published))
        count = 0
        for record in records:
            writer.writerow([safe_cell(cell) for cell in _row(kind, record, published)])
            count += 1
    finally:
        text.detach()
    return count
