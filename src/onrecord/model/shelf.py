"""What assembling needs of every article, kept in small rows that can be found by key: the way to one more article.

A row's `body` is msgpack of a type that only `reconcile` knows; stores keep rows without looking into them.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec


class Row(msgspec.Struct, frozen=True):
    """One thing that an article tells, findable under each of its keys. `item` is unique within the shelf."""

    shelf: str
    item: str
    document: str
    keys: tuple[str, ...]
    body: bytes


class Trace(msgspec.Struct, frozen=True):
    """All rows of one article, and what it adds to the actors it names (actor id -> tally, as msgpack)."""

    document: str
    rows: tuple[Row, ...]
    tallies: dict[str, bytes]


class Shelf(Protocol):
    """Where rows are found again."""

    def rows(self, shelf: str, keys: Iterable[str] | None = None) -> Iterator[Row]:
        """Yield every row of a shelf, or those under any of the keys, each once, in order of document and item."""

    def tallies(self, actors: Iterable[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield actor ids with the sum of their tallies, in order of id."""

    def copies(self) -> dict[str, str]:
        """Return document id -> id of the document that it copies."""
