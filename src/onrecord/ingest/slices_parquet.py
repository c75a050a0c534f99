"""Articles in Parquet: a row each, with the columns of a line of JSON Lines."""

from collections.abc import Iterator
from typing import Any

import fsspec
import msgspec

from onrecord.ingest import jsonl
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection

_TEXT = ("text", "content", "body")
_BATCH = 256


def count(path: str) -> int:
    """Return the number of rows, from the file's footer."""
    from pyarrow import parquet  # noqa: PLC0415 - only archives need it

    with fsspec.open(path, "rb") as file:
        return int(parquet.ParquetFile(file).metadata.num_rows)


def read(path: str, first: int, most: int, published: str | None) -> Iterator[RawArticle | Rejection]:
    """Yield the articles of rows `[first, first + most)`."""
    from pyarrow import parquet  # noqa: PLC0415

    with fsspec.open(path, "rb") as file:
        table = parquet.ParquetFile(file)
        names = table.schema_arrow.names
        text = next((name for name in _TEXT if name in names), None)
        columns = [name for name in names if name == text or name in jsonl.Row.__struct_fields__ or name == "date"]
        row = 0
        for group in range(table.num_row_groups):
            rows = table.metadata.row_group(group).num_rows
            if row + rows > first and row < first + most:
                at = row
                for batch in table.iter_batches(_BATCH, row_groups=[group], columns=columns):
                    begin, end = max(first - at, 0), min(first + most - at, batch.num_rows)
                    for number, values in enumerate(batch.slice(begin, max(end - begin, 0)).to_pylist(), at + begin):
                        yield _made(values, text, f"{path}:{number + 1}", published)
                    at += batch.num_rows
            row += rows


def _made(values: dict[str, Any], text: str | None, place: str, published: str | None) -> RawArticle | Rejection:
    given = {name: value for name, value in values.items() if value is not None}
    if text in given:
        given["text"] = given[text]
    day = given.get("published", given.get("date"))
    if day is not None:
        given["published"] = day.isoformat() if hasattr(day, "isoformat") else str(day)
    try:
        row = msgspec.convert(given, jsonl.Row)
    except msgspec.ValidationError as error:
        return Rejection(code="R108", stage="ingest", source=place, note=str(error))
    return jsonl.taken(row, place, published)
