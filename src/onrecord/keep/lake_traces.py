"""What assembling a lake needs, as Parquet: rows and tallies of a shard in, sorted blocks out; DuckDB spills to disk.

`.traces/` is a cache: a shard's file is made once and made anew where its version isn't that of the program.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from onrecord.keep.lake import Lake, file_list
from onrecord.model.shelf import Row

FOLDER = ".traces"
_ROWS = pa.schema([
    ("block", pa.string()), ("document", pa.string()), ("item", pa.string()), ("keys", pa.list_(pa.string())),
    ("body", pa.binary()),
])  # fmt: skip
_TALLIES = pa.schema([("actor", pa.string()), ("body", pa.binary())])
TALLIES = "tally"


class Traces:
    """The traces of a lake's shards, made with this version of the program's tracing."""

    def __init__(self, lake: Path, version: int) -> None:
        self._folder = lake / FOLDER / f"v{version}"

    def has(self, shard: int) -> bool:
        """Say whether the traces of a shard are there."""
        return (self._folder / TALLIES / f"{shard:06d}.parquet").is_file()

    def write(self, shard: int, rows: Iterable[tuple[str, Row]], tallies: Mapping[str, bytes]) -> None:
        """Write a shard's traces: each row with its block, and the sums of its tallies, these last."""
        by_shelf: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for block, row in rows:
            by_shelf[row.shelf].append(
                {"block": block, "document": row.document, "item": row.item, "keys": row.keys, "body": row.body}
            )
        for shelf in sorted(by_shelf):
            self._put(shelf, shard, pa.Table.from_pylist(by_shelf[shelf], schema=_ROWS))
        columns = {"actor": list(tallies), "body": list(tallies.values())}
        self._put(TALLIES, shard, pa.table(columns, schema=_TALLIES))

    def blocks(self, lake: Lake, shelf: str) -> Iterator[tuple[str, list[Row]]]:
        """Yield the rows of a shelf by block, in order of block, document and item."""
        block, held = "", list[Row]()
        sql = "SELECT block, document, item, keys, body FROM {} ORDER BY block, document, item"
        for name, document, item, keys, body in self._select(lake, shelf, sql):
            if name != block and held:
                yield block, held
                held = []
            block = name
            held.append(Row(shelf, item, document, tuple(keys), body))
        if held:
            yield block, held

    def shared(self, lake: Lake, shelf: str) -> Iterator[Row]:
        """Yield the rows of a shelf that share a key with another one."""
        sql = (
            "WITH told AS MATERIALIZED (SELECT document, item, keys FROM {}),"
            " named AS (SELECT item, unnest(keys) AS key FROM told),"
            " often AS (SELECT key FROM named GROUP BY key HAVING count(*) > 1),"
            " wanted AS (SELECT DISTINCT item FROM named JOIN often USING (key))"
            " SELECT document, item, keys, body FROM {} WHERE item IN (SELECT item FROM wanted)"
        )
        for document, item, keys, body in self._select(lake, shelf, sql):
            yield Row(shelf, item, document, tuple(keys), body)

    def tallies(self, lake: Lake) -> Iterator[tuple[str, list[bytes]]]:
        """Yield actor ids with their tallies, in order of id."""
        actor, held = "", list[bytes]()
        for name, body in self._select(lake, TALLIES, "SELECT actor, body FROM {} ORDER BY actor"):
            if name != actor and held:
                yield actor, held
                held = []
            actor = name
            held.append(body)
        if held:
            yield actor, held

    def _select(self, lake: Lake, shelf: str, sql: str) -> Iterator[tuple[Any, ...]]:
        files = sorted((self._folder / shelf).glob("*.parquet"))
        if files:
            source = f"read_parquet({file_list(files)})"
            yield from lake.rows(sql.format(source, source) if sql.count("{}") > 1 else sql.format(source))

    def _put(self, shelf: str, shard: int, table: pa.Table) -> None:
        place = self._folder / shelf / f"{shard:06d}.parquet"
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.{os.getpid()}")
        parquet.write_table(table, draft, compression="zstd")
        draft.replace(place)
