"""Parquet: records of one kind in, one file out; a column a field, nested fields as JSON text.

Needs pyarrow (`pip install "onrecord[archive]"`). Text, numbers and truths keep their types; whatever has an inside
(spans, actors, periods) is JSON of the record format, so that every reader of Parquet can open it. The lake that
`onrecord archive` writes is another thing: see its documentation.
"""

import io
import itertools
from collections.abc import Iterable, Iterator
from typing import Any, get_args, get_origin

import msgspec

from onrecord.errors import MissingResource

BATCH = 10_000


def write(records: Iterable[msgspec.Struct], kind: type[msgspec.Struct]) -> Iterator[bytes]:
    """Yield the bytes of the file, a group of rows at a time; a file without rows has its columns all the same."""
    try:
        import pyarrow  # noqa: PLC0415, ICN001 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        message = 'Parquet needs pyarrow: pip install "onrecord[archive]"'
        raise MissingResource(message) from error
    fields = {field.name: sort_of(field.type) for field in msgspec.structs.fields(kind)}
    types = {"int": pyarrow.int64(), "float": pyarrow.float64(), "bool": pyarrow.bool_()}
    columns = pyarrow.schema([(name, types.get(sort, pyarrow.string())) for name, sort in fields.items()])
    out = _Out()
    with parquet.ParquetWriter(out, columns, compression="zstd") as writer:
        for batch in itertools.batched(records, BATCH):
            rows = [{name: cell(getattr(record, name), sort) for name, sort in fields.items()} for record in batch]
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=columns))
            yield out.taken()
    yield out.taken()


class _Out(io.RawIOBase):
    """A file that is only written: what was written can be taken away, place by place."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self._place = 0

    def writable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return how much was written."""
        return self._place

    def write(self, data: Any) -> int:
        """Keep what is written."""
        self._kept.append(bytes(data))
        self._place += len(self._kept[-1])
        return len(self._kept[-1])

    def taken(self) -> bytes:
        """Return what was written since last time, and forget it."""
        written = b"".join(self._kept)
        self._kept.clear()
        return written


def sort_of(kind: Any) -> str:
    """Return "int", "float", "bool" or "text" for a plain field, "json" for one with an inside."""
    kind = getattr(kind, "__value__", kind)
    inner = [part for part in get_args(kind) if part is not type(None)]
    if get_origin(kind) is not None and inner and all(isinstance(part, str) for part in inner):
        return "text"
    if len(inner) == 1 and type(None) in get_args(kind):
        return sort_of(inner[0])
    return {int: "int", float: "float", bool: "bool", str: "text"}.get(kind, "json")


def cell(value: object, sort: str) -> object:
    """Return what a cell of this sort holds."""
    return value if sort != "json" or value is None else msgspec.json.encode(value).decode()
