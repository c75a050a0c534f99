"""What every store promises: a small `Writer` and a separate, smaller `View`. One contract suite tests them all."""

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.judgement import Judgement
from onrecord.model.outside import Outside
from onrecord.model.record import Record


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What to look for. Every field that is given must fit; None means any.

    `who`: an actor id, or words of a name, of a speaker, actor, target, party, person or holder. `country`: alpha-3.
    `since`, `until`: days, inclusive, against the record's own date (a document's publication where it has none).
    A record whose period began more than a year before `since` isn't found by its open or far end.
    `text`: words for the full-text index (documents and statements). `limit` 0 means no limit.
    `facets`: pairs of a facet (see `keep.tags.FACETS`) and its value, such as ("speaker", "RUS"); all must fit.
    `after`: only what comes behind the record with this id in the order of `find`.
    """

    kind: str
    who: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    deal: str | None = None
    document: str | None = None
    status: str | None = None
    type: str | None = None
    text: str | None = None
    facets: tuple[tuple[str, str], ...] = ()
    after: str | None = None
    limit: int = 0
    offset: int = 0


class View(Protocol):
    """The read side. Sees a consistent state while another process writes."""

    def get(self, record: str) -> msgspec.Struct | None:
        """Return the record with this id, of whatever kind, or None."""

    def find(self, query: Query) -> Iterator[msgspec.Struct]:
        """Yield the records that fit, newest date first (undated last), then by id; actors by articles, most first.

        Claims are given under the judgements that stand; `articles` gives them as they were read.
        """

    def count(self, query: Query, most: int = 0) -> int:
        """Return how many records fit, limit and offset left out; counting stops at `most` (0: it doesn't)."""

    def days(self, query: Query) -> dict[str, int]:
        """Return the days by which the records that fit are sorted, in order, and how many have each."""

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind are kept."""

    def tally(self, kind: str, by: str) -> dict[str, int]:
        """Return how many records of a kind have each "type" or "status", most first."""

    def generation(self) -> int:
        """Return a number that grows with every change to the store."""

    def fresh(self, kind: str, since: int, limit: int) -> Iterator[msgspec.Struct]:
        """Yield the newest records of a kind that rest on an article read after generation `since`, `limit` at most."""

    def articles(self) -> Iterator[ArticleResult]:
        """Yield everything that was read, article by article, in order of document id."""

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements, withdrawn ones included, in the order in which they were made."""


class Writer(Protocol):
    """The write side. Each call is one transaction: all of it is kept or nothing."""

    def add(self, result: ArticleResult) -> bool:
        """Keep an article and all that it yields; reading it again replaces it. Return whether anything changed."""

    def stand_beside(self, account: Outside) -> bool:
        """Keep an account from outside, in place of an earlier one of the same row. Return whether anything changed."""

    def judge(self, judgement: Judgement) -> None:
        """Append a judgement (or the withdrawn form of one)."""

    def replace(self, records: Iterable[Record]) -> None:
        """Put these assembled records in the place of all earlier ones."""
