"""Records in, the rows of a store out: what is written together is counted, indexed and numbered together."""

import itertools
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from onrecord.keep import keys
from onrecord.keep.facts import Facts, facts
from onrecord.keep.fold import fold
from onrecord.keep.tags import INDEXED, tag
from onrecord.model import wire
from onrecord.model.judgement import Judgement
from onrecord.model.record import Actor, Case, Deal, Event
from onrecord.model.rulings import REVIEW, rulings, with_fields
from onrecord.model.text import Document

_INSERT = """INSERT INTO record
    (row, kind, id, article, place, document, since, until, day, status, type, deal, laid, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_TALLY = """INSERT INTO tally (kind, "by", value, count) VALUES (?, ?, ?, ?)
    ON CONFLICT (kind, "by", value) DO UPDATE SET count = count + excluded.count"""
_BATCH = 500
_REMEMBERED = 100_000


class Rows:
    """Writes records through a connection, inside whatever transaction is open on it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: dict[tuple[str, str], int] = {}
        self._homes: dict[str, tuple[str | None, str | None]] = {}
        self._fields: Mapping[str, dict[str, str]] | None = None
        self._tally: Counter[tuple[str, str, str]] = Counter()

    def forget(self) -> None:
        """Drop what was remembered: the transaction that it came from is gone."""
        self._names.clear()
        self.begin()

    def begin(self) -> None:
        """Start a transaction: others may have written since the last one."""
        self._homes.clear()
        self._fields = None
        self._tally.clear()

    def end(self) -> None:
        """Write the counts down and say that something changed."""
        changed = [(*key, count) for key, count in sorted(self._tally.items()) if count]
        self._connection.executemany(_TALLY, changed)
        self._connection.execute("UPDATE state SET value = value + 1 WHERE name = 'generation'")
        self._tally.clear()

    def know(self, article: str, published: str | None, outlet: str | None) -> None:
        """Remember day and outlet of an article that is about to be written."""
        self._homes[article] = (published, outlet)

    def drop(self, condition: str, value: str) -> None:
        """Take away the records for which a condition (fixed terms, one value) holds."""
        run = self._connection.execute
        for kind, kind_type, status, count in run(
            f"SELECT kind, type, status, count(*) FROM record WHERE {condition} GROUP BY 1, 2, 3",  # noqa: S608 - fixed terms
            (value,),
        ).fetchall():
            self._count(kind, kind_type, status, -count)
        run(f"DELETE FROM words WHERE rowid IN (SELECT row FROM record WHERE {condition})", (value,))  # noqa: S608 - fixed terms
        run(f"DELETE FROM record WHERE {condition}", (value,))  # noqa: S608 - fixed terms only

    def put(self, records: Iterable[msgspec.Struct], article: str | None = None, place: int = 0) -> None:
        """Write records in their order, `place` counted on over the batches."""
        for batch in itertools.batched(records, _BATCH):
            self._put_batch(batch, place, article)
            place += len(batch)

    def lay(self, record: str) -> None:
        """Lay the judgements that stand over a claim anew, after one of them came or went."""
        found = self._connection.execute(
            "SELECT article, place, body FROM record WHERE id = ? AND article IS NOT NULL", (record,)
        ).fetchone()
        if found is not None:
            self._fields = None
            self.drop("id = ? AND article IS NOT NULL", record)
            self.put([wire.decode(found[2])], found[0], found[1])
            # What its article was assembled from is looked through again, under the judgement.
            self._connection.execute("UPDATE article SET traced = 0 WHERE key = ?", (found[0],))

    def lay_kin(self, documents: Iterable[str]) -> None:
        """Lay over these documents what they copy and of which they are earlier versions, after that changed."""
        for name in documents:
            found = self._connection.execute(
                "SELECT article, place, body FROM record WHERE id = ? AND kind = 'document'", (name,)
            ).fetchone()
            if found is not None:
                self.drop("id = ? AND kind = 'document'", name)
                self.put([wire.decode(found[2])], found[0], found[1])

    def change(self, judgement: Judgement, row: int) -> None:
        """Put another form of a judgement in the place of the one in this row."""
        known = facts(judgement, self._published)
        kind, status = self._connection.execute("SELECT type, status FROM record WHERE row = ?", (row,)).fetchone()
        self._count(known.kind, kind, status, -1)
        self._count(known.kind, known.type, known.status, 1)
        self._connection.execute(
            "UPDATE record SET body = ?, status = ? WHERE row = ?", (wire.encode(judgement), known.status, row)
        )

    def _put_batch(self, records: Sequence[msgspec.Struct], place: int, article: str | None) -> None:
        shown = [self._shown(record) for record in records]
        known = [facts(record, self._published, self._outlet) for record in shown]
        numbers = self._numbers(known, article, place)
        rows: list[tuple[object, ...]] = []
        words: dict[int, tuple[int, str | None, str | None, str]] = {}
        names: set[tuple[int, int]] = set()
        countries: list[tuple[int, str]] = []
        parts: list[tuple[int, str | None, str]] = []
        for at, (record, seen, one, row) in enumerate(zip(records, shown, known, numbers, strict=True), start=place):
            rows.append((
                row, one.kind, one.id, article, at, one.document, one.since, one.until, one.day, one.status, one.type,
                one.deal, None if seen is record else wire.encode(seen), wire.encode(record),
            ))  # fmt: skip
            called = {self._name(actor, name) for actor, name in one.names}
            names.update((row, name) for name in called)
            countries += [(row, country) for country in sorted(one.countries)]
            parts += [(row, one.id, part) for part in sorted(one.parts)]
            if one.kind in INDEXED:
                tags = " ".join([*sorted(one.tags), *(f"n{name}" for name in sorted(called)), *self._reviewed(one.id)])
                words[row] = (row, one.title, one.text, tags)
            self._count(one.kind, one.type, one.status, 1)
        many = self._connection.executemany
        many(_INSERT, rows)
        many("INSERT INTO record_actor (record, name) VALUES (?, ?)", sorted(names))
        many("INSERT INTO record_country (record, country) VALUES (?, ?)", countries)
        many("INSERT INTO member (record, whole, part) VALUES (?, ?, ?)", parts)
        many("INSERT INTO words (rowid, title, text, tags) VALUES (?, ?, ?, ?)", [words[row] for row in sorted(words)])

    def _numbers(self, known: Sequence[Facts], article: str | None, place: int) -> list[int]:
        """Return a free row number for each record; the rare two that would have the same one stand side by side."""
        wanted = [
            keys.number(one.kind, one.day, one.id, article, at, one.rank) if one.kind != "judgement" else None
            for at, one in enumerate(known, start=place)
        ]
        asked = [number for number in wanted if number is not None]
        marks = ", ".join("?" * len(asked))
        taken = {
            row
            for (row,) in self._connection.execute(f"SELECT row FROM record WHERE row IN ({marks})", asked)  # noqa: S608 - question marks
        }
        given: list[int] = []
        for at, number in enumerate(wanted, start=place):
            row = keys.bounds("judgement")[0] + at if number is None else number
            while row in taken or (row != number and number is not None and self._is_taken(row)):
                row -= 1
            taken.add(row)
            given.append(row)
        return given

    def _is_taken(self, row: int) -> bool:
        return self._connection.execute("SELECT 1 FROM record WHERE row = ?", (row,)).fetchone() is not None

    def _shown(self, record: msgspec.Struct) -> msgspec.Struct:
        """Return a record as it is shown: a claim under the judgements, a document with what was found of its like."""
        return self._with_kin(record) if isinstance(record, Document) else self._under_judgement(record)

    def _with_kin(self, document: Document) -> Document:
        found = self._connection.execute(
            "SELECT original, version FROM copy WHERE document = ?", (document.id,)
        ).fetchone()
        if found is None:
            return document
        original, version = found
        return msgspec.structs.replace(document, copy_of=original if original != version else None, version_of=version)

    def _under_judgement(self, record: msgspec.Struct) -> msgspec.Struct:
        """Return a claim as the standing judgements have it; what is assembled was assembled under them already."""
        name = getattr(record, "id", None)
        if name is None or isinstance(record, Judgement | Actor | Event | Deal | Case):
            return record
        if self._fields is None:
            self._fields = rulings(self._judgements()).fields
        return with_fields(record, self._fields[name]) if name in self._fields else record

    def _reviewed(self, record: str | None) -> list[str]:
        said = (self._fields or {}).get(record or "", {}).get(REVIEW)
        return [tag(REVIEW, said)] if said else []

    def _judgements(self) -> Iterator[Judgement]:
        for (body,) in self._connection.execute("SELECT body FROM record WHERE kind = 'judgement' ORDER BY place"):
            record = wire.decode(body)
            if isinstance(record, Judgement):
                yield record

    def _count(self, kind: str, kind_type: str | None, status: str | None, count: int) -> None:
        self._tally[kind, "", ""] += count
        if kind_type is not None:
            self._tally[kind, "type", kind_type] += count
        if status is not None:
            self._tally[kind, "status", status] += count

    def _name(self, actor: str, name: str) -> int:
        row = self._names.get((actor, name))
        if row is not None:
            return row
        pair = (actor, fold(name))
        found = self._connection.execute("SELECT row FROM name WHERE actor = ? AND folded = ?", pair).fetchone()
        if found is None:
            found = (self._connection.execute("INSERT INTO name (actor, folded) VALUES (?, ?)", pair).lastrowid,)
            self._connection.execute("INSERT INTO name_words (rowid, folded) VALUES (?, ?)", (found[0], pair[1]))
        if len(self._names) >= _REMEMBERED:
            self._names.clear()
        row = self._names[actor, name] = int(found[0])
        return row

    def _home(self, document: str) -> tuple[str | None, str | None]:
        if document not in self._homes:
            if len(self._homes) >= _REMEMBERED:
                self._homes.clear()
            found = self._connection.execute(
                "SELECT published, outlet FROM article WHERE key = ?", (document,)
            ).fetchone()
            self._homes[document] = tuple(found) if found else (None, None)
        return self._homes[document]

    def _published(self, document: str) -> str | None:
        return self._home(document)[0]

    def _outlet(self, document: str) -> str | None:
        return self._home(document)[1]
