"""The columns of the lake: the record format, field by field, as Arrow types; made from the structs, never by hand.

A struct is a struct column, a tuple a list, a vocabulary a string. Three columns stand beside a record's own fields:
`day` (the day its article was published, null where that is not known), `shard` and `row` (where it was written: the
records of one article lie together, in order).
"""

import types
from functools import cache
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa

from onrecord.errors import BrokenPromise
from onrecord.model.wire import KINDS

LAYOUT = 1
"""Version of the lake's layout: it goes up where a reader of the old one would go wrong."""
FROM_ARTICLES = ("document", "moment", "place", "mention", "statement", "act", "step", "custody", "rejection")
ASSEMBLED = ("actor", "event", "deal", "case")
_BESIDE = {"day": pa.string(), "shard": pa.int32(), "row": pa.int32()}
_PLAIN: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


@cache
def columns(kind: str) -> pa.Schema:
    """Return the Arrow schema of a kind of record."""
    fields = _fields(KINDS[kind])
    if kind in FROM_ARTICLES:
        fields += [pa.field(name, type_) for name, type_ in _BESIDE.items()]
    if len(fields) != len({field.name for field in fields}):
        message = f"two columns of {kind} have one name"
        raise BrokenPromise(message)
    return pa.schema(fields)


def _fields(struct: type[msgspec.Struct]) -> list[pa.Field]:
    hints = get_type_hints(struct)
    return [pa.field(name, _type(hints[name])) for name in struct.__struct_fields__]


def _type(hint: Any) -> pa.DataType:
    if isinstance(hint, TypeAliasType):
        return _type(hint.__value__)
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Literal:
        return pa.string()
    if origin in (Union, types.UnionType):
        return _type(next(one for one in inside if one is not type(None)))
    if origin is tuple:
        return pa.list_(_type(inside[0]))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return pa.struct(_fields(hint))
    return _PLAIN[hint]
