"""The store on SQLite: one file that a desk can copy, read by many while one writes (WAL).

Records are kept whole, as on the wire; what can be asked of them stands beside them in columns (`keep.facts`).
"""

import contextlib
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from onrecord.errors import StoreError, UsageError
from onrecord.keep import find
from onrecord.keep.facts import facts
from onrecord.keep.fold import fold
from onrecord.keep.protocol import Query
from onrecord.keep.schema import connect_view, connect_writer, explained
from onrecord.model import wire
from onrecord.model.article import ArticleResult
from onrecord.model.judgement import Judgement
from onrecord.model.record import Record
from onrecord.model.text import Document

_INSERT = """INSERT INTO record
    (row, kind, id, article, place, document, since, until, day, status, type, deal, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_BATCH = 500
_NAMES_REMEMBERED = 100_000
_FIELDS = {
    "moment": "moments", "place": "places", "mention": "mentions", "statement": "statements", "act": "acts",
    "step": "steps", "custody": "custody", "rejection": "rejections",
}  # fmt: skip


class LiteView:
    """The read side. Each call sees the state that was committed when it began."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = connect_view(path)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _bodies(self, statement: str, values: Iterable[str | int] = ()) -> Iterator[msgspec.Struct]:
        with explained(self._path):
            for (body,) in self._connection.execute(statement, tuple(values)):
                yield self._decoded(body)

    def _decoded(self, body: bytes) -> msgspec.Struct:
        try:
            return wire.decode(body)
        except UsageError as error:
            message = f"{self._path}: a record in it can't be understood: {error}"
            raise StoreError(message) from error

    def get(self, record: str) -> msgspec.Struct | None:
        """Return the record with this id, of whatever kind, or None."""
        return next(self._bodies("SELECT body FROM record WHERE id = ? ORDER BY row LIMIT 1", [record]), None)

    def find(self, query: Query) -> Iterator[msgspec.Struct]:
        """Yield the records that fit, newest date first (undated last), then by id."""
        return self._bodies(*find.select(query))

    def count(self, query: Query) -> int:
        """Return how many records fit, limit and offset left out."""
        with explained(self._path):
            found: int = self._connection.execute(*find.count(query)).fetchone()[0]
        return found

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind are kept, in the order of the format; kinds without any are 0."""
        with explained(self._path):
            found = dict(self._connection.execute("SELECT kind, count(*) FROM record GROUP BY kind").fetchall())
        return {kind: found.get(kind, 0) for kind in wire.KINDS}

    def articles(self) -> Iterator[ArticleResult]:
        """Yield everything that was read, article by article, in order of document id; never all in memory."""
        with explained(self._path):
            rows = self._connection.execute(
                "SELECT article, body FROM record WHERE article IS NOT NULL AND article NOT LIKE 'rejected:%'"
                " ORDER BY article, place"
            )
            for _, group in itertools.groupby(rows, key=lambda row: row[0]):
                yield _gathered(self._decoded(body) for _, body in group)

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements, withdrawn ones included, in the order in which they were made."""
        for record in self._bodies("SELECT body FROM record WHERE kind = 'judgement' ORDER BY row"):
            if isinstance(record, Judgement):
                yield record


class LiteWriter:
    """The write side. Each call is one transaction: all of it is kept or nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = connect_writer(path)
        self._names: dict[tuple[str, str], int] = {}
        self._days: dict[str, str | None] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with explained(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            self._days.clear()
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._names.clear()
                self._days.clear()
                # A full disk may have rolled back already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def add(self, result: ArticleResult) -> bool:
        """Keep an article and all that it yields; reading it again replaces it. Return whether anything changed.

        The same words from another source are one article, whichever was read first: see `_stands`.
        A source of which nothing could be read is kept with its rejections, until it can be read. When the same words
        were fetched (`retrieved`) makes no difference.
        """
        key, digest = _key(result), _digest(result)
        with self._transaction():
            known = self._connection.execute("SELECT digest FROM article WHERE key = ?", (key,)).fetchone()
            if known and known[0] == digest:
                return False
            day = None
            if result.document is not None:
                if known and self._stands(result):
                    return False
                day = result.document.published_day
                self._drop("article = ?", f"rejected:{result.document.source}")
            self._drop("article = ?", key)
            self._connection.execute(
                "INSERT INTO article (key, published, digest) VALUES (?, ?, ?)", (key, day, digest)
            )
            self._days[key] = day
            self._put(result.records(), article=key)
        return True

    def _stands(self, result: ArticleResult) -> bool:
        """Say whether what is kept stands against the same words from another source.

        A date given by hand goes before one that was found, an earlier date before a later one or none. With the same
        date, other claims (newer rules) replace what is kept, and with the same claims the first source in order
        stands: so the order of reading makes no difference.
        """
        rows = self._connection.execute(
            "SELECT body FROM record WHERE article = ? ORDER BY place", (_key(result),)
        ).fetchall()
        known, new = wire.decode(rows[0][0]), result.document
        if not isinstance(known, Document) or new is None or known.source == new.source:
            return False
        if _rank(known) != _rank(new):
            both_given = known.published_basis == new.published_basis == "given"
            return not both_given and _rank(known) < _rank(new)
        claims = [wire.encode(record) for record in result.records()][1:]
        return claims == [body for (body,) in rows[1:]] and known.source < new.source

    def judge(self, judgement: Judgement) -> None:
        """Append a judgement (or the withdrawn form of one)."""
        with self._transaction():
            row = self._connection.execute(
                "SELECT row, body FROM record WHERE kind = 'judgement' AND id = ?", (judgement.id,)
            ).fetchone()
            if row is None:
                self._put([judgement])
                return
            earlier = wire.decode(row[1])
            if earlier == judgement:
                return
            if msgspec.structs.replace(earlier, withdrawn_at=judgement.withdrawn_at) != judgement:
                message = f"{judgement.id}: a judgement is never changed, only withdrawn"
                raise StoreError(message)
            self._connection.execute(
                "UPDATE record SET body = ?, status = ? WHERE row = ?",
                (wire.encode(judgement), facts(judgement, self._published).status, row[0]),
            )

    def replace(self, records: Iterable[Record]) -> None:
        """Put these assembled records in the place of all earlier ones."""
        with self._transaction():
            self._drop("article IS NULL AND kind <> ?", "judgement")
            self._put(records)

    def _drop(self, condition: str, value: str) -> None:
        self._connection.execute(
            f"DELETE FROM words WHERE rowid IN (SELECT row FROM record WHERE {condition})",  # noqa: S608 - fixed terms
            (value,),
        )
        self._connection.execute(f"DELETE FROM record WHERE {condition}", (value,))  # noqa: S608 - fixed terms only
        self._connection.execute("DELETE FROM article WHERE key = ?", (value,))

    def _put(self, records: Iterable[msgspec.Struct], article: str | None = None) -> None:
        """Write records in their order, `place` counted on over the batches."""
        place = 0
        for batch in itertools.batched(records, _BATCH):
            self._put_batch(batch, place, article)
            place += len(batch)

    def _put_batch(self, records: Sequence[msgspec.Struct], place: int, article: str | None) -> None:
        first = self._connection.execute("SELECT coalesce(max(row), 0) + 1 FROM record").fetchone()[0] - place
        rows, words = [], []
        names: set[tuple[int, int]] = set()
        countries: list[tuple[int, str]] = []
        parts: list[tuple[int, str | None, str]] = []
        for at, record in enumerate(records, start=place):
            known, row = facts(record, self._published), first + at
            rows.append((
                row, known.kind, known.id, article, at, known.document, known.since, known.until, known.day,
                known.status, known.type, known.deal, wire.encode(record),
            ))  # fmt: skip
            names.update((row, self._name(actor, name)) for actor, name in known.names)
            countries += [(row, country) for country in sorted(known.countries)]
            parts += [(row, known.id, part) for part in sorted(known.parts)]
            if known.title or known.text:
                words.append((row, known.title, known.text))
        many = self._connection.executemany
        many(_INSERT, rows)
        many("INSERT INTO record_actor (record, name) VALUES (?, ?)", sorted(names))
        many("INSERT INTO record_country (record, country) VALUES (?, ?)", countries)
        many("INSERT INTO member (record, whole, part) VALUES (?, ?, ?)", parts)
        many("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", words)

    def _name(self, actor: str, name: str) -> int:
        row = self._names.get((actor, name))
        if row is not None:
            return row
        pair = (actor, fold(name))
        found = self._connection.execute("SELECT row FROM name WHERE actor = ? AND folded = ?", pair).fetchone()
        if found is None:
            found = (self._connection.execute("INSERT INTO name (actor, folded) VALUES (?, ?)", pair).lastrowid,)
            self._connection.execute("INSERT INTO name_words (rowid, folded) VALUES (?, ?)", (found[0], pair[1]))
        if len(self._names) >= _NAMES_REMEMBERED:
            self._names.clear()
        row = self._names[actor, name] = int(found[0])
        return row

    def _published(self, document: str) -> str | None:
        if document not in self._days:
            if len(self._days) >= _NAMES_REMEMBERED:
                self._days.clear()
            found = self._connection.execute("SELECT published FROM article WHERE key = ?", (document,)).fetchone()
            self._days[document] = found[0] if found else None
        return self._days[document]


def _gathered(records: Iterable[msgspec.Struct]) -> ArticleResult:
    document: Document | None = None
    found: dict[str, list[msgspec.Struct]] = {field: [] for field in _FIELDS.values()}
    for record in records:
        if isinstance(record, Document):
            document = record
        else:
            found[_FIELDS[str(record.__struct_config__.tag)]].append(record)
    fields = {field: tuple(values) for field, values in found.items()}
    return ArticleResult(document=document, **fields)  # type: ignore[arg-type]


def _key(result: ArticleResult) -> str:
    if result.document is not None:
        return result.document.id
    return "rejected:" + next((rejection.source for rejection in result.rejections if rejection.source), "")


def _rank(document: Document) -> tuple[bool, bool, str]:
    return (document.published_basis != "given", document.published is None, document.published or "")


def _digest(result: ArticleResult) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for record in result.records():
        same = msgspec.structs.replace(record, retrieved=None) if isinstance(record, Document) else record
        digest.update(wire.encode(same))
    return digest.digest()
