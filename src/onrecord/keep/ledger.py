"""What was visited, beside the record in the same file: `onrecord watch` starts where it left."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from onrecord.keep.schema import connect_writer, explained
from onrecord.model.visit import Visit

_TABLE = """CREATE TABLE IF NOT EXISTS visit (
    address TEXT PRIMARY KEY, sort TEXT NOT NULL, state TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID"""


class LiteLedger:
    """Visits in a store's file, made when the first watch begins. Each call is one transaction."""

    def __init__(self, path: Path) -> None:
        """Open the store for writing; StoreError where that can't be."""
        self._path = path
        self._connection = connect_writer(path)
        with explained(path):
            self._connection.execute(_TABLE)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def visit(self, address: str) -> Visit | None:
        """Return what is known of an address."""
        with explained(self._path):
            row = self._connection.execute("SELECT body FROM visit WHERE address = ?", (address,)).fetchone()
        return msgspec.json.decode(row[0], type=Visit) if row else None

    def waiting(self) -> list[Visit]:
        """Return the pages that wait to be read, in order of address."""
        return self._all("SELECT body FROM visit WHERE sort = 'page' AND state = 'waiting' ORDER BY address")

    def visits(self) -> list[Visit]:
        """Return everything that is remembered, in order of address."""
        return self._all("SELECT body FROM visit ORDER BY address")

    def _all(self, statement: str) -> list[Visit]:
        with explained(self._path):
            return [msgspec.json.decode(body, type=Visit) for (body,) in self._connection.execute(statement)]

    def note(self, visits: Iterable[Visit]) -> None:
        """Keep these visits in the place of what was known, all or none."""
        rows = [(one.address, one.sort, one.state, msgspec.json.encode(one)) for one in visits]
        with explained(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany("INSERT OR REPLACE INTO visit VALUES (?, ?, ?, ?)", rows)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


@contextlib.contextmanager
def open_ledger(path: str | Path) -> Iterator[LiteLedger]:
    """Open the ledger of the store at `path`; closed at the end of the `with`."""
    ledger = LiteLedger(Path(path))
    try:
        yield ledger
    finally:
        ledger.close()
