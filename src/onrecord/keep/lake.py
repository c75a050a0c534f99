"""The lake through DuckDB: a view a kind, over the files of complete shards, every article once.

The only place that knows DuckDB. Its Parquet is open to everybody else: `lake/<kind>/month=YYYY-MM/*.parquet`.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from onrecord.errors import StoreError, UsageError
from onrecord.keep import lake_files, lake_kin
from onrecord.keep.gather import gathered
from onrecord.keep.lake_columns import ASSEMBLED, FROM_ARTICLES, columns
from onrecord.keep.lake_write import UNDATED
from onrecord.model.article import ArticleResult
from onrecord.model.wire import KINDS

REPEATS = "repeats.parquet"
_BESIDE = ("day", "shard", "row")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the lake: articles published in these days, that name this actor (its id, or words of its name)."""

    since: str | None = None
    until: str | None = None
    who: str | None = None
    country: str | None = None
    limit: int = 0

    def where(self) -> tuple[str, list[Any]]:
        """Return the condition on `document AS told`, and what fills its question marks."""
        terms: list[str] = []
        values: list[Any] = []
        if self.since is not None:
            terms.append("told.day >= ?")
            values.append(self.since)
        if self.until is not None:
            terms.append("told.day <= ?")
            values.append(self.until)
        if self.who is not None:
            named = "mention.actor = ? OR contains(lower(mention.text), lower(?))"
            terms.append(f"told.id IN (SELECT document FROM mention WHERE {named})")
            values += [self.who, self.who]
        if self.country is not None:
            terms.append("told.id IN (SELECT document FROM place WHERE place.country = ?)")
            values.append(self.country)
        limit = f" ORDER BY told.day, told.id LIMIT {self.limit:d}" if self.limit > 0 else ""
        return (f" WHERE {' AND '.join(terms)}" if terms else "") + limit, values


class Lake:
    """An open lake. `complete` are the shards to be seen, None for all; `files` by kind, where only some are to be."""

    def __init__(
        self,
        path: Path,
        complete: Sequence[int] | None = None,
        *,
        files: Mapping[str, Sequence[Path]] | None = None,
        memory: str = "2GB",
        threads: int = 2,
    ) -> None:
        if not (path / lake_files.MARK).is_file():
            message = f"{path}: not a lake of onrecord ({lake_files.MARK} is missing)"
            raise UsageError(message)
        self.path = path
        room = path / ".duckdb"
        self._base = duckdb.connect(config={"memory_limit": memory, "threads": threads, "temp_directory": str(room)})
        self._base.execute("SET preserve_insertion_order = false")
        self._base.execute("SET parquet_metadata_cache = true")
        for kind in (*FROM_ARTICLES, *ASSEMBLED):
            self._view(kind, complete, files)

    def _view(self, kind: str, complete: Sequence[int] | None, files: Mapping[str, Sequence[Path]] | None) -> None:
        if kind in ASSEMBLED and not any((self.path / kind).glob("*.parquet")):
            return
        where = _quoted(lake_files.glob_of(self.path, kind))
        if files is not None:
            empty = self.path / kind / f"month={UNDATED}" / "empty.parquet"
            where = file_list(files.get(kind) or [empty])
        source = f"read_parquet({where}, hive_partitioning = {kind in FROM_ARTICLES}, hive_types_autocast = false)"
        conditions = []
        if kind in FROM_ARTICLES and complete is not None:
            listed = ", ".join(str(number) for number in complete) or "-1"
            conditions.append(f"shard IN ({listed})")
        if kind in FROM_ARTICLES and (self.path / REPEATS).is_file():
            table = f"read_parquet({_quoted(str(self.path / REPEATS))})"
            conditions.append(
                f"NOT EXISTS (SELECT 1 FROM {table} AS again WHERE again.document = told.{_home(kind)}"
                " AND again.shard = told.shard)"
            )
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        shown = lake_kin.joined(self.path, source) if kind == "document" else f"* FROM {source} AS told"
        self._base.execute(f"CREATE VIEW {_name(kind)} AS SELECT {shown}{where}")
        if kind == "case":  # a word of SQL
            self._base.execute('CREATE VIEW cases AS SELECT * FROM "case"')

    def close(self) -> None:
        """Close the lake."""
        self._base.close()

    def query(self, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """Return the names of the columns and the rows of one SELECT; a `UsageError` says what is wrong with it.

        Only reading is allowed, and only of the lake: DuckDB opens no other file and writes none.
        """
        with _explained():
            statements = self._base.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                message = "one SELECT at a time; a lake is not written by a query"
                raise UsageError(message)
            self._confine()
            made = self._base.execute(sql)
            names = [column[0] for column in made.description or []]
        return names, _rows(made)

    def _confine(self) -> None:
        self._base.execute(f"SET allowed_directories = [{_quoted(str(self.path))}]")
        self._base.execute("SET enable_external_access = false")
        self._base.execute("SET lock_configuration = true")

    def records(self, kind: str, where: str = "", values: Sequence[Any] = (), *, order: str = "") -> Iterator[Any]:
        """Yield the records of a kind that fit, decoded; `values` fill the question marks of `where`."""
        decoder = msgspec.json.Decoder(KINDS[kind])
        for (line,) in self.rows(f"SELECT {as_json(kind, 'told')} FROM {_name(kind)} AS told {where} {order}", values):
            yield decoder.decode(line)

    def articles(self, part: Part) -> Iterator[ArticleResult]:
        """Yield whole articles, as they were read, in the order in which they lie in the lake."""
        condition, values = part.where()
        self.run(f"CREATE OR REPLACE TABLE chosen AS SELECT id, shard FROM document AS told{condition}", values)
        parts = [
            f"SELECT told.shard, told.row, '{kind}' AS kind, {as_json(kind, 'told')} AS body FROM {_name(kind)} AS told"
            f" JOIN chosen ON chosen.id = told.{_home(kind)} AND chosen.shard = told.shard"
            for kind in FROM_ARTICLES
        ]
        decoders = {kind: msgspec.json.Decoder(KINDS[kind]) for kind in FROM_ARTICLES}
        held: list[msgspec.Struct] = []
        for _, _, kind, body in self.rows(f"{' UNION ALL '.join(parts)} ORDER BY 1, 2"):
            if kind == "document" and held:
                yield gathered(held)
                held = []
            held.append(lake_kin.as_read(decoders[kind].decode(body)))
        if held:
            yield gathered(held)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement of ours."""
        with _explained():
            made = self._base.cursor().execute(sql, list(values))
        return _rows(made)

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run a statement of ours."""
        with _explained():
            self._base.execute(sql, list(values))


@contextlib.contextmanager
def open_lake(path: Path, complete: Sequence[int] | None = None, **options: Any) -> Iterator[Lake]:
    """Open the lake at `path`, closed at the end of the `with`."""
    lake = Lake(path, complete, **options)
    try:
        yield lake
    finally:
        lake.close()


def as_json(kind: str, told: str) -> str:
    """Return the SQL of a record's JSON as on the wire, without its tag, from a row of its table named `told`."""
    names = [name for name in columns(kind).names if name not in _BESIDE or name in KINDS[kind].__struct_fields__]
    return f"to_json({{{', '.join(f'{_name(name)}: {told}.{_name(name)}' for name in names)}}})::VARCHAR"


def file_list(files: Iterable[Path]) -> str:
    """Return the SQL of a list of files."""
    return f"[{', '.join(_quoted(str(file)) for file in files)}]"


def find_repeats(lake: Path) -> int:
    """Write which articles stand in more than one shard, all but the first; return how many."""
    (lake / REPEATS).unlink(missing_ok=True)
    with open_lake(lake) as opened:
        draft = lake / f".{REPEATS}"
        opened.run(
            "CREATE TABLE again AS SELECT id AS document, shard FROM document"
            " QUALIFY row_number() OVER (PARTITION BY id ORDER BY shard) > 1 ORDER BY document, shard"
        )
        (count,) = next(opened.rows("SELECT count(*) FROM again"))
        if count:
            opened.run(f"COPY again TO {_quoted(str(draft))} (FORMAT parquet)")
            draft.replace(lake / REPEATS)
    return int(count)


def _rows(made: Any) -> Iterator[tuple[Any, ...]]:
    with _explained():
        while batch := made.fetchmany(2000):
            yield from batch


def _home(kind: str) -> str:
    return "id" if kind == "document" else "document"


def _name(name: str) -> str:
    return f'"{name}"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (
        duckdb.ParserException,
        duckdb.BinderException,
        duckdb.CatalogException,
        duckdb.ConversionException,
    ) as error:
        raise UsageError(str(error)) from error
    except duckdb.Error as error:
        raise StoreError(str(error)) from error
