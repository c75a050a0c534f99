"""Open the file of a store: is it ours, is it of this version, which migrations has it still to run."""

import contextlib
import sqlite3
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from onrecord.errors import StoreError

APPLICATION = 0x6F6E7263  # "onrc", in the file's header
WAIT_SECONDS = 10.0


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a `StoreError` that names the file and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        said = str(error)
        if "locked" in said or "busy" in said:
            message = f"{path}: another process is writing to this store; try again when it has finished"
        elif "full" in said:
            message = f"{path}: no space is left on the disk; nothing of the last step was kept"
        elif "not a database" in said or "malformed" in said:
            message = f"{path}: this is not an onrecord store, or it is damaged ({said})"
        elif "readonly" in said or "unable to open" in said:
            message = f"{path}: the store can't be opened for this; check the folder and its permissions ({said})"
        else:
            message = f"{path}: {said}"
        raise StoreError(message) from error


def migrations() -> list[tuple[int, str, str]]:
    """Return number, name and SQL of each migration, in order."""
    found = []
    for file in (resources.files("onrecord.keep") / "migrations").iterdir():
        number, _, rest = file.name.partition("_")
        if rest.endswith(".sql"):
            found.append((int(number), file.name, file.read_text(encoding="utf-8")))
    return sorted(found)


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one (`executescript` would break out of the transaction)."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        yield gathered


def connect_writer(path: Path) -> sqlite3.Connection:
    """Return a connection that may write, to a store brought to this version; a new file is made where none is."""
    with explained(path):
        _refuse_foreign(path)
        connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            _check(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def connect_view(path: Path) -> sqlite3.Connection:
    """Return a connection that can't write, to a store of exactly this version."""
    if not path.exists():
        message = f"{path}: there is no store here; `onrecord read FILE --store {path}` makes one"
        raise StoreError(message)
    with explained(path):
        _refuse_foreign(path)
        connection = _read_only(path, "mode=ro")
        try:
            version = _check(connection, path)
        except sqlite3.OperationalError:
            connection.close()
            if path.with_name(path.name + "-wal").exists():
                raise
            # A store at rest in a folder that can't be written to: SQLite can't make its side files there.
            connection = _read_only(path, "mode=ro&immutable=1")
            version = _check(connection, path)
        if version < migrations()[-1][0]:
            connection.close()
            _refuse_old(path, version)
        return connection


def _read_only(path: Path, how: str) -> sqlite3.Connection:
    place = f"{path.resolve().as_uri()}?{how}"
    return sqlite3.connect(place, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)


def _refuse_old(path: Path, version: int) -> None:
    message = f"{path}: an empty file; `onrecord read FILE --store {path}` makes it a store"
    if version:
        message = f"{path}: a store of an older version ({version}); `onrecord rebuild` brings it up to date"
    raise StoreError(message)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Run what has not run yet, each migration in one transaction with the note that it ran."""
    for number, name, script in migrations():
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _check(connection, path) < number:
                for statement in statements(script):
                    connection.execute(statement)
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS migration"
                    " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)"
                )
                connection.execute("INSERT INTO migration (number, name) VALUES (?, ?)", (number, name))
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _refuse_foreign(path: Path) -> None:
    if path.is_dir():
        message = f"{path}: a folder, not a store"
        raise StoreError(message)
    if not path.exists() or path.stat().st_size == 0:
        return
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        message = f"{path}: the store can't be read ({error.strerror})"
        raise StoreError(message) from error
    if head != b"SQLite format 3\0":
        message = f"{path}: this is not an onrecord store"
        raise StoreError(message)


def _check(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the store, 0 for an empty file; refuse another program's and a later version's."""
    ours: int = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if ours != APPLICATION and connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        message = f"{path}: a database of another program, not an onrecord store"
        raise StoreError(message)
    if version > migrations()[-1][0]:
        message = f"{path}: written by a later version of onrecord (store version {version}); update onrecord"
        raise StoreError(message)
    return version
