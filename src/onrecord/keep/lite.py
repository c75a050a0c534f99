"""The store on SQLite: one file that a desk can copy, read by many while one writes (WAL).

Records are kept whole, as on the wire; what can be asked of them stands beside them in columns (`keep.facts`).
"""

import contextlib
import hashlib
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from onrecord.errors import StoreError, UsageError
from onrecord.keep import find, keys
from onrecord.keep.gather import gathered
from onrecord.keep.protocol import Query
from onrecord.keep.rows import Rows
from onrecord.keep.schema import connect_view, connect_writer, explained
from onrecord.keep.workbench import Workbench
from onrecord.model import wire
from onrecord.model.article import ArticleResult
from onrecord.model.judgement import Judgement
from onrecord.model.outside import Outside
from onrecord.model.record import Record
from onrecord.model.text import Document

OUTSIDE = "outside:"


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
        asked = f"SELECT {find.BODY} FROM record WHERE id = ? ORDER BY row DESC LIMIT 1"  # noqa: S608 - fixed terms only
        return next(self._bodies(asked, [record]), None)

    def find(self, query: Query) -> Iterator[msgspec.Struct]:
        """Yield the records that fit, newest date first (undated last), then by id."""
        return self._bodies(*find.select(query, self._names(query)))

    def count(self, query: Query, most: int = 0) -> int:
        """Return how many records fit, limit and offset left out; counting stops at `most` (0: it doesn't)."""
        plain = msgspec.structs.replace(query, type=None, status=None, limit=0, offset=0)
        if plain == Query(kind=query.kind) and not (query.type and query.status):
            by = "type" if query.type else "status" if query.status else ""
            found = self._tallied(query.kind, by).get(query.type or query.status or "", 0)
            return min(found, most) if most else found
        with explained(self._path):
            counted: int = self._connection.execute(*find.count(query, self._names(query), most)).fetchone()[0]
        return counted

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind are kept, in the order of the format; kinds without any are 0."""
        return {kind: self._tallied(kind, "").get("", 0) for kind in wire.KINDS}

    def tally(self, kind: str, by: str) -> dict[str, int]:
        """Return how many records of a kind have each "type" or "status", most first."""
        return self._tallied(kind, by)

    def days(self, query: Query) -> dict[str, int]:
        """Return the days by which the records that fit are sorted, in order, and how many have each."""
        with explained(self._path):
            rows = self._connection.execute(*find.days(query, self._names(query))).fetchall()
        return {day: count for order, count in rows if (day := keys.day_of(order)) is not None}

    def generation(self) -> int:
        """Return a number that grows with every change to the store."""
        with explained(self._path):
            found: int = self._connection.execute("SELECT value FROM state WHERE name = 'generation'").fetchone()[0]
        return found

    def fresh(self, kind: str, since: int, limit: int) -> Iterator[msgspec.Struct]:
        """Yield the newest records of a kind that rest on an article read after generation `since`."""
        low, high = keys.bounds(kind)
        resting = """EXISTS (SELECT 1 FROM article WHERE at > ? AND (key = record.article
            OR key IN (SELECT part FROM member WHERE member.record = record.row)))"""
        asked = f"SELECT {find.BODY} FROM record WHERE row BETWEEN ? AND ? AND {resting} ORDER BY row DESC LIMIT ?"  # noqa: S608 - fixed terms only
        return self._bodies(asked, [low, high, since, limit])

    def _tallied(self, kind: str, by: str) -> dict[str, int]:
        asked = 'SELECT value, count FROM tally WHERE kind = ? AND "by" = ? AND count > 0 ORDER BY count DESC, value'
        with explained(self._path):
            return dict(self._connection.execute(asked, (kind, by)).fetchall())

    def _names(self, query: Query) -> list[int] | None:
        """Return the numbers of the names that the query means, None where it asks for nobody or for too many."""
        if query.who is None:
            return None
        with explained(self._path):
            found = [row for (row,) in self._connection.execute(*find.names(query.who))]
        return found if len(found) <= find.MOST_NAMES else None

    def articles(self) -> Iterator[ArticleResult]:
        """Yield everything that was read, article by article, in order of document id; never all in memory."""
        with explained(self._path):
            rows = self._connection.execute(
                "SELECT article, body FROM record WHERE article IS NOT NULL AND article NOT LIKE 'rejected:%'"
                " AND article NOT LIKE 'outside:%' ORDER BY article, place"
            )
            for _, group in itertools.groupby(rows, key=lambda row: row[0]):
                yield gathered(self._decoded(body) for _, body in group)

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements, withdrawn ones included, in the order in which they were made."""
        for record in self._bodies("SELECT body FROM record WHERE kind = 'judgement' ORDER BY place"):
            if isinstance(record, Judgement):
                yield record


class LiteWriter:
    """The write side. Each call is one transaction: all of it is kept or nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = connect_writer(path)
        self._rows = Rows(self._connection)
        try:
            self._renumber()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _renumber(self) -> None:
        """Write what a store of version 1 held in rows of this version, once."""
        with explained(self._path):
            if not self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'record_1'").fetchone():
                return
        with self._transaction():
            asked = "SELECT article, body FROM record_1 ORDER BY article IS NOT NULL, kind <> 'judgement', article, row"
            rows = self._connection.execute(asked).fetchall()
            for article, group in itertools.groupby(rows, key=lambda row: row[0]):
                records = [wire.decode(body) for _, body in group]
                if article is not None and isinstance(records[0], Document):
                    outlet = records[0].outlet
                    self._connection.execute("UPDATE article SET outlet = ? WHERE key = ?", (outlet, article))
                self._rows.put(records, article)
            self._connection.execute("DROP TABLE record_1")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with explained(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            self._rows.begin()
            try:
                yield
                self._rows.end()
                self._connection.execute("COMMIT")
            except BaseException:
                self._rows.forget()
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
        return self.add_all([result]) == 1

    def add_all(self, results: Iterable[ArticleResult]) -> int:
        """Keep many articles in one transaction, much sooner than one by one; return how many changed anything."""
        with self._transaction():
            return sum(self._add(result) for result in results)

    def _add(self, result: ArticleResult) -> bool:
        key, digest = _key(result), _digest(result)
        known = self._connection.execute("SELECT digest FROM article WHERE key = ?", (key,)).fetchone()
        if known and known[0] == digest:
            return False
        day = outlet = None
        if result.document is not None:
            if known and self._stands(result):
                return False
            day, outlet = result.document.published_day, result.document.outlet
            self._drop(f"rejected:{result.document.source}")
        self._drop(key)
        self._connection.execute(
            "INSERT INTO article (key, published, outlet, digest, at) VALUES (?, ?, ?, ?,"
            " (SELECT value + 1 FROM state WHERE name = 'generation'))",
            (key, day, outlet, digest),
        )
        self._rows.know(key, day, outlet)
        self._rows.put(result.records(), article=key)
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

    def stand_beside(self, account: Outside) -> bool:
        """Keep an account from outside, in place of an earlier one of the same row. Return whether anything changed."""
        key = f"{OUTSIDE}{account.id}"
        digest = hashlib.blake2b(wire.encode(account), digest_size=16).digest()
        with self._transaction():
            known = self._connection.execute("SELECT digest FROM article WHERE key = ?", (key,)).fetchone()
            if known and known[0] == digest:
                return False
            self._drop(key)
            self._connection.execute("INSERT INTO article (key, digest) VALUES (?, ?)", (key, digest))
            self._rows.put([account], article=key)
        return True

    def judge(self, judgement: Judgement) -> None:
        """Append a judgement (or the withdrawn form of one)."""
        with self._transaction():
            row = self._connection.execute(
                "SELECT row, body FROM record WHERE kind = 'judgement' AND id = ?", (judgement.id,)
            ).fetchone()
            if row is None:
                last = self._connection.execute(
                    "SELECT coalesce(max(place), -1) FROM record WHERE kind = 'judgement'"
                ).fetchone()[0]
                self._rows.put([judgement], place=last + 1)
            else:
                earlier = wire.decode(row[1])
                if earlier == judgement:
                    return
                again = getattr(earlier, "withdrawn_at", None) is not None and judgement.withdrawn_at is None
                if again or msgspec.structs.replace(earlier, withdrawn_at=judgement.withdrawn_at) != judgement:
                    message = f"{judgement.id}: a judgement is never changed, only withdrawn"
                    raise StoreError(message)
                self._rows.change(judgement, row[0])
            if judgement.field is not None:
                self._rows.lay(judgement.left)

    def replace(self, records: Iterable[Record]) -> None:
        """Put these assembled records in the place of all earlier ones."""
        with self._transaction():
            self._rows.drop("article IS NULL AND kind <> ?", "judgement")
            self._rows.put(records)
            self._connection.execute("UPDATE state SET value = 0 WHERE name = 'assembled'")

    @contextlib.contextmanager
    def assembling(self) -> Iterator[Workbench]:
        """Give a workbench to assemble on; all that is done there is kept at the end of the `with`, or nothing is."""
        with self._transaction():
            yield Workbench(self._connection, self._rows)

    def _drop(self, article: str) -> None:
        self._connection.execute("UPDATE trace SET gone = 1 WHERE article = ?", (article,))
        self._rows.drop("article = ?", article)
        self._connection.execute("DELETE FROM article WHERE key = ?", (article,))


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
