"""Copies and versions of a lake's articles: one file beside the tables, laid over `document` when the lake is opened.

Shards are written before anybody knows what copies what; they stay as they were read.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pyarrow as pa
from pyarrow import parquet

from onrecord.model.text import Document

FILE = "kin.parquet"
_SCHEMA = pa.schema([("document", pa.string()), ("copy_of", pa.string()), ("version_of", pa.string())])


def write_kin(lake: Path, voices: Mapping[str, str], versions: Mapping[str, str]) -> None:
    """Write which article speaks for which others (`voices`), and of which they are earlier versions."""
    rows = [
        {"document": name, "copy_of": voices[name] if voices[name] != versions.get(name) else None,
         "version_of": versions.get(name)}
        for name in sorted(voices)
    ]  # fmt: skip
    draft = lake / f".{FILE}"
    parquet.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), draft)
    draft.replace(lake / FILE)


def joined(lake: Path, source: str) -> str:
    """Return the columns and the FROM of `document`, from this source named `told`, with what is known of its like."""
    if not (lake / FILE).is_file():
        return f"* FROM {source} AS told"
    file = str(lake / FILE).replace("'", "''")
    shown = "told.* REPLACE (kin.copy_of AS copy_of, kin.version_of AS version_of)"
    return f"{shown} FROM {source} AS told LEFT JOIN read_parquet('{file}') AS kin ON kin.document = told.id"


def as_read(record: msgspec.Struct) -> msgspec.Struct:
    """Return a record as it was read, without what is laid over it."""
    if isinstance(record, Document) and (record.copy_of or record.version_of):
        return msgspec.structs.replace(record, copy_of=None, version_of=None)
    return record
