"""The store as a workbench: what assembling reads and writes, inside one transaction of the writer.

Comes in: traces, and what they assemble to. Goes out: rows by key. It holds rows without looking into them.
"""

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from onrecord.keep.rows import Rows
from onrecord.model import wire
from onrecord.model.article import ArticleResult
from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.judgement import Judgement
from onrecord.model.mention import Mention
from onrecord.model.record import Record
from onrecord.model.shelf import Row, Trace
from onrecord.model.text import Document

_KINDS = ("document", "mention", "statement", "act", "step", "custody")
_READ = "key NOT LIKE 'rejected:%' AND key NOT LIKE 'outside:%'"
_SHELF = "tally"
_MANY = 500
_packed = msgspec.msgpack.Encoder()
_unpacked = msgspec.msgpack.Decoder(dict[str, bytes])


class Workbench:
    """One assembling: everything that it does is kept together or not at all."""

    TALLY = _SHELF

    def __init__(self, connection: sqlite3.Connection, rows: Rows) -> None:
        self._connection = connection
        self._run = connection.execute
        self._rows = rows

    def untraced(self, version: int, most: int) -> list[str]:
        """Return some of the articles whose trace isn't of this version, in order."""
        asked = f"SELECT key FROM article WHERE traced <> ? AND {_READ} ORDER BY key LIMIT ?"  # noqa: S608 - fixed terms
        return [key for (key,) in self._run(asked, (version, most))]

    def counted(self, version: int) -> tuple[int, int]:
        """Return how many articles there are, and how many of them have no trace of this version."""
        asked = f"SELECT count(*), count(*) FILTER (WHERE traced <> ?) FROM article WHERE {_READ}"  # noqa: S608 - fixed terms
        found: tuple[int, int] = self._run(asked, (version,)).fetchone()
        return found

    def article(self, key: str) -> ArticleResult:
        """Return what an article yielded, as it was read, without what assembling doesn't need."""
        marks = ", ".join("?" * len(_KINDS))
        asked = f"SELECT body FROM record WHERE article = ? AND kind IN ({marks}) ORDER BY place"  # noqa: S608 - marks
        records = [wire.decode(body) for (body,) in self._run(asked, (key, *_KINDS))]
        return ArticleResult(
            document=next((one for one in records if isinstance(one, Document)), None),
            mentions=tuple(one for one in records if isinstance(one, Mention)),
            statements=tuple(one for one in records if isinstance(one, Statement)),
            acts=tuple(one for one in records if isinstance(one, Act)),
            steps=tuple(one for one in records if isinstance(one, Step)),
            custody=tuple(one for one in records if isinstance(one, Custody)),
        )

    def enter(self, article: str, published: str | None) -> None:
        """Enter an article of which only the trace is to be kept (for measuring)."""
        asked = "INSERT INTO article (key, published, digest) VALUES (?, ?, ?)"
        self._run(asked, (article, published, b""))

    def keep(self, article: str, trace: Trace, version: int) -> None:
        """Keep the trace of an article; an earlier one is put among what is gone."""
        self._run("UPDATE trace SET gone = 1 WHERE article = ? AND gone = 0", (article,))
        tallied = Row(_SHELF, article, article, (), _packed.encode(trace.tallies))
        keys: list[tuple[str, str, int]] = []
        for row in (*trace.rows, tallied):
            written = self._run(
                "INSERT INTO trace (shelf, item, article, keys, body) VALUES (?, ?, ?, ?, ?)",
                (row.shelf, row.item, row.document, "\n".join(row.keys), row.body),
            ).lastrowid
            keys += [(row.shelf, key, written or 0) for key in row.keys]
        self._connection.executemany("INSERT OR IGNORE INTO trace_key (shelf, key, trace) VALUES (?, ?, ?)", keys)
        self._run("UPDATE article SET traced = ? WHERE key = ?", (version, article))

    def reset(self) -> None:
        """Forget every trace: all of them are to be made anew."""
        self._run("DELETE FROM trace_key")
        self._run("DELETE FROM trace")
        self._run("UPDATE article SET traced = 0")
        self.assembled(0)

    def clear(self) -> int:
        """Take all assembled records away and where things stood in them; return how many there were."""
        for table in ("actor_sum", "home", "judged"):
            self._run(f"DELETE FROM {table}")  # noqa: S608 - fixed names
        asked = "SELECT count(*) FROM record WHERE article IS NULL AND kind <> 'judgement'"
        count: int = self._run(asked).fetchone()[0]
        self._rows.drop("article IS NULL AND kind <> ?", "judgement")
        return count

    def gone(self) -> list[Row]:
        """Return the rows of articles that were read anew or given up since the last assembling."""
        return self._found("gone = 1 ORDER BY article, item", ())

    def forget_gone(self) -> None:
        """Drop what is gone: it has been assembled without."""
        self._run("DELETE FROM trace WHERE gone = 1")

    def _found(self, condition: str, values: Iterable[str]) -> list[Row]:
        asked = f"SELECT shelf, item, article, keys, body FROM trace WHERE {condition}"  # noqa: S608 - fixed terms
        return [self._row(found) for found in self._run(asked, tuple(values))]

    @staticmethod
    def _row(found: tuple[str, str, str, str, bytes]) -> Row:
        shelf, item, article, keys, body = found
        return Row(shelf, item, article, tuple(keys.split("\n")) if keys else (), body)

    def rows(self, shelf: str, keys: Iterable[str] | None = None) -> Iterator[Row]:
        """Yield every row of a shelf, or those under any of the keys, each once, in order of document and item."""
        if keys is None:
            asked = (
                "SELECT shelf, item, article, keys, body FROM trace INDEXED BY trace_place"
                " WHERE shelf = ? AND gone = 0 ORDER BY article, item"
            )
            for found in self._run(asked, (shelf,)):
                yield self._row(found)
            return
        numbers: set[int] = set()
        for key in sorted(set(keys)):
            asked = "SELECT trace FROM trace_key WHERE shelf = ? AND key = ?"
            numbers.update(number for (number,) in self._run(asked, (shelf, key)))
        rows: list[Row] = []
        for batch in itertools.batched(sorted(numbers), _MANY):
            rows += self._found(f"row IN ({', '.join('?' * len(batch))}) AND gone = 0", map(str, batch))
        yield from sorted(rows, key=lambda row: (row.document, row.item))

    def items(self, shelf: str, items: Iterable[str]) -> Iterator[Row]:
        """Yield the rows of these items, in order of document and item."""
        rows: list[Row] = []
        for batch in itertools.batched(sorted(set(items)), _MANY):
            rows += self._found(f"item IN ({', '.join('?' * len(batch))}) AND gone = 0", batch)
        yield from sorted((row for row in rows if row.shelf == shelf), key=lambda row: (row.document, row.item))

    def of_documents(self, documents: Iterable[str]) -> list[Row]:
        """Return all rows of these documents."""
        return [row for one in sorted(set(documents)) for row in self._found("article = ? AND gone = 0", (one,))]

    def tallied(self, row: Row) -> dict[str, bytes]:
        """Return the tallies that a row holds; none where it holds something else."""
        return _unpacked.decode(row.body) if row.shelf == _SHELF else {}

    def tallies(self, actors: Iterable[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield actor ids with the sum of their tallies, in order of id."""
        if actors is None:
            yield from self._run("SELECT actor, body FROM actor_sum ORDER BY actor")
            return
        for actor in sorted(set(actors)):
            yield from self._run("SELECT actor, body FROM actor_sum WHERE actor = ?", (actor,)).fetchall()

    def sum_up(self, sums: Iterable[tuple[str, bytes | None]]) -> None:
        """Write the sums of actors' tallies; None takes an actor out."""
        for actor, body in sums:
            if body is None:
                self._run("DELETE FROM actor_sum WHERE actor = ?", (actor,))
            else:
                self._run("INSERT OR REPLACE INTO actor_sum (actor, body) VALUES (?, ?)", (actor, body))

    def copies(self) -> dict[str, str]:
        """Return document id -> id of the document that it copies."""
        return dict(self._run("SELECT document, original FROM copy").fetchall())

    def versions(self) -> dict[str, str]:
        """Return earlier version of an address -> id of the latest."""
        return dict(self._run("SELECT document, version FROM copy WHERE version IS NOT NULL").fetchall())

    def set_copies(self, copies: Mapping[str, str | None], versions: Mapping[str, str]) -> None:
        """Write which document speaks for which (None: it speaks for itself), and of which it is an earlier version.

        The documents of which that changed are shown with it from now on.
        """
        before, earlier = self.copies(), self.versions()
        changed = [
            name for name in sorted(copies)
            if (copies[name], versions.get(name)) != (before.get(name), earlier.get(name))
        ]  # fmt: skip
        for name in changed:
            self._run("DELETE FROM copy WHERE document = ?", (name,))
            if copies[name] is not None:
                asked = "INSERT INTO copy (document, original, version) VALUES (?, ?, ?)"
                self._run(asked, (name, copies[name], versions.get(name)))
        self._rows.lay_kin(changed)

    def homes(self, items: Iterable[str]) -> dict[str, str]:
        """Return the record in which each of these items stands."""
        found: dict[str, str] = {}
        for batch in itertools.batched(sorted(set(items)), _MANY):
            asked = f"SELECT item, record FROM home WHERE item IN ({', '.join('?' * len(batch))})"  # noqa: S608 - marks
            found.update(self._run(asked, batch).fetchall())
        return found

    def members(self, record: str) -> list[str]:
        """Return the items that stand in a record."""
        return [item for (item,) in self._run("SELECT item FROM home WHERE record = ? ORDER BY item", (record,))]

    def settle(self, homes: Iterable[tuple[str, str | None]]) -> None:
        """Write in which record each item stands; None: in none."""
        for item, record in homes:
            if record is None:
                self._run("DELETE FROM home WHERE item = ?", (item,))
            else:
                self._run("INSERT OR REPLACE INTO home (item, record) VALUES (?, ?)", (item, record))

    def kept(self, record: str) -> msgspec.Struct | None:
        """Return a record as it was last assembled, or None."""
        body = self.body(record)
        return wire.decode(body) if body is not None else None

    def naming(self, actor: str) -> Iterator[msgspec.Struct]:
        """Yield the deals that name an actor in one of their roles."""
        asked = (
            "SELECT DISTINCT record.body FROM name JOIN record_actor ON record_actor.name = name.row"
            " JOIN record ON record.row = record_actor.record WHERE name.actor = ? AND record.kind = 'deal'"
        )
        for (body,) in self._run(asked, (actor,)).fetchall():
            yield wire.decode(body)

    def judgements(self) -> list[Judgement]:
        """Return every judgement in the order in which they were made."""
        found = [wire.decode(body) for (body,) in self._run("SELECT body FROM record WHERE kind = 'judgement'")]
        return [one for one in found if isinstance(one, Judgement)]

    def judged(self) -> dict[str, bool]:
        """Return the judgements under which the record was last assembled, and whether each was withdrawn."""
        return {one: bool(withdrawn) for one, withdrawn in self._run("SELECT id, withdrawn FROM judged")}

    def set_judged(self, judgements: Iterable[Judgement]) -> None:
        """Write down under which judgements the record is assembled now."""
        self._run("DELETE FROM judged")
        rows = [(one.id, one.withdrawn_at is not None) for one in judgements]
        self._connection.executemany("INSERT INTO judged (id, withdrawn) VALUES (?, ?)", rows)

    def version(self) -> int:
        """Return the version of the traces that the record was last assembled from; 0 before the first time."""
        found: int = self._run("SELECT value FROM state WHERE name = 'assembled'").fetchone()[0]
        return found

    def assembled(self, version: int) -> None:
        """Write down that the record is assembled from traces of this version."""
        self._run("UPDATE state SET value = ? WHERE name = 'assembled'", (version,))

    def drop(self, records: Iterable[str]) -> int:
        """Take assembled records away; return how many there were."""
        count = 0
        for record in sorted(set(records)):
            count += bool(self._run("SELECT 1 FROM record WHERE id = ? AND article IS NULL", (record,)).fetchone())
            self._rows.drop("article IS NULL AND id = ?", record)
        return count

    def put(self, records: Iterable[Record]) -> int:
        """Write assembled records where none of their ids stands; return how many."""
        count = 0

        def counted() -> Iterator[Record]:
            nonlocal count
            for record in records:
                count += 1
                yield record

        self._rows.put(counted())
        return count

    def body(self, record: str) -> bytes | None:
        """Return an assembled record as it is kept, or None."""
        found = self._run("SELECT body FROM record WHERE id = ? AND article IS NULL", (record,)).fetchone()
        return found[0] if found else None
