"""Records of one kind in, a data frame out: a column a field, nested fields as JSON text, in the format's order."""

from collections.abc import Iterable
from typing import Any

import msgspec

from onrecord.errors import MissingResource
from onrecord.show.export.parquet import cell, sort_of


def polars(records: Iterable[msgspec.Struct], kind: type[msgspec.Struct]) -> Any:
    """Return a polars DataFrame; `MissingResource` where polars isn't installed."""
    try:
        import polars as library  # noqa: PLC0415, ICN001 - only who has it needs it
    except ImportError as error:
        message = "to_polars() needs polars: pip install polars"
        raise MissingResource(message) from error
    types = {"int": library.Int64, "float": library.Float64, "bool": library.Boolean}
    sorts = _sorts(kind)
    schema = {name: types.get(sort, library.String) for name, sort in sorts.items()}
    return library.DataFrame(_rows(records, sorts), schema=schema, orient="row")


def pandas(records: Iterable[msgspec.Struct], kind: type[msgspec.Struct]) -> Any:
    """Return a pandas DataFrame; `MissingResource` where pandas isn't installed."""
    try:
        import pandas as library  # noqa: PLC0415, ICN001 - only who has it needs it
    except ImportError as error:
        message = "to_pandas() needs pandas: pip install pandas"
        raise MissingResource(message) from error
    sorts = _sorts(kind)
    return library.DataFrame(_rows(records, sorts), columns=list(sorts))


def _sorts(kind: type[msgspec.Struct]) -> dict[str, str]:
    return {field.name: sort_of(field.type) for field in msgspec.structs.fields(kind)}


def _rows(records: Iterable[msgspec.Struct], sorts: dict[str, str]) -> list[tuple[object, ...]]:
    return [tuple(cell(getattr(record, name), sort) for name, sort in sorts.items()) for record in records]
