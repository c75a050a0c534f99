"""Write Parquet into a lake: records of a kind and month into one file a shard, whole or not at all.

Files are written under another name and renamed when all of a shard's are complete; the rows travel as JSON into
Arrow's own reader, which is quicker than building them field by field.
"""

import io
import os
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pyarrow as pa
from pyarrow import json as arrow_json
from pyarrow import parquet

from onrecord.keep.lake_columns import FROM_ARTICLES, columns
from onrecord.model import wire
from onrecord.model.article import ArticleResult

UNDATED = "undated"
_ROWS = 2000
_BYTES = 8_000_000
_SURROGATE = re.compile("[\ud800-\udfff]")


class ShardWriter:
    """Takes the results of a shard's articles, in order; `close` puts the files in place."""

    def __init__(self, lake: Path, shard: int) -> None:
        self._lake = lake
        self._shard = shard
        self._room = lake / ".writing" / f"{shard:06d}-{os.getpid()}"
        self._rows: dict[tuple[str, str], list[bytes]] = defaultdict(list)
        self._bytes: Counter[tuple[str, str]] = Counter()
        self._batches: dict[tuple[str, str], list[pa.RecordBatch]] = defaultdict(list)
        self._row = 0
        self.counts: Counter[str] = Counter()

    def add(self, result: ArticleResult) -> None:
        """Take all records of one article."""
        day = result.document.published_day if result.document is not None else None
        month = day[:7] if day else UNDATED
        beside = b'{"day":%b,"shard":%d,"row":' % (f'"{day}"'.encode() if day else b"null", self._shard)
        for record in result.records():
            kind = str(record.__struct_config__.tag)
            line = beside + b"%d," % self._row + wire.encode(record)[1:]
            self._row += 1
            self.counts[kind] += 1
            key = (kind, month)
            self._rows[key].append(line)
            self._bytes[key] += len(line)
            if len(self._rows[key]) >= _ROWS or self._bytes[key] >= _BYTES:
                self._settle(key)

    def close(self) -> None:
        """Write the files and put them in place, those of the record before its documents."""
        for key in list(self._rows):
            self._settle(key)
        shutil.rmtree(self._room, ignore_errors=True)
        self._room.mkdir(parents=True)
        written = []
        for kind, month in sorted(self._batches, key=lambda key: (-FROM_ARTICLES.index(key[0]), key[1])):
            name = self._room / f"{kind}-{month}.parquet"
            write_batches(name, kind, self._batches.pop((kind, month)))
            written.append((name, file_of(self._lake, kind, month, self._shard)))
        for name, place in written:
            place.parent.mkdir(parents=True, exist_ok=True)
            name.replace(place)
        self._room.rmdir()

    def _settle(self, key: tuple[str, str]) -> None:
        rows = self._rows.pop(key, [])
        self._bytes[key] = 0
        if rows:
            self._batches[key] += batches(key[0], rows)


def file_of(lake: Path, kind: str, month: str, shard: int) -> Path:
    """Return where a shard's records of a kind and month lie."""
    return lake / kind / f"month={month}" / f"{shard:06d}.parquet"


def batches(kind: str, rows: Iterable[bytes]) -> list[pa.RecordBatch]:
    """Return lines of JSON as Arrow batches with the columns of this kind."""
    data = b"\n".join(rows) + b"\n"
    table = arrow_json.read_json(
        io.BytesIO(data),
        read_options=arrow_json.ReadOptions(use_threads=False, block_size=len(data) + 1),
        parse_options=arrow_json.ParseOptions(explicit_schema=_with_tag(kind), unexpected_field_behavior="error"),
    )
    batched: list[pa.RecordBatch] = table.select(columns(kind).names).cast(columns(kind)).to_batches()
    return batched


def write_batches(place: Path, kind: str, several: Iterable[pa.RecordBatch]) -> int:
    """Write batches as one Parquet file; return how many rows."""
    rows = 0
    with parquet.ParquetWriter(place, columns(kind), compression="zstd", write_statistics=True) as writer:
        for batch in several:
            rows += batch.num_rows
            writer.write_batch(batch)
    return rows


def write_records(place: Path, kind: str, records: Iterable[msgspec.Struct], *, rows: int = 5000) -> int:
    """Write assembled records of a kind as one Parquet file, whole or not at all; return how many."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}")

    def settled() -> Iterable[pa.RecordBatch]:
        held: list[bytes] = []
        for record in records:
            held.append(wire.encode(record))
            if len(held) >= rows:
                yield from batches(kind, held)
                held = []
        if held:
            yield from batches(kind, held)

    count = write_batches(draft, kind, settled())
    draft.replace(place)
    return count


def _with_tag(kind: str) -> pa.Schema:
    return columns(kind).append(pa.field("kind", pa.string()))
