"""`onrecord lake`: ask a lake in SQL, bring a part of it to the desk, assemble its record."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Since, Until, country, first_day, last_day
from onrecord.show.cli.screen import line, screen, tell

LakeFolder = Annotated[Path, typer.Option("--lake", metavar="DIR", help="The lake.")]
_SHOWN = 60


class QueryFormat(StrEnum):
    """How the answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT in DuckDB's SQL; a view a kind.")],
    lake: LakeFolder = Path("lake"),
    form: Annotated[QueryFormat, typer.Option("--format", help="How the answer is printed.")] = QueryFormat.TABLE,
) -> None:
    """Ask a lake in SQL. Views: document, statement, act, step, custody, mention, moment, place, rejection.

    After `lake assemble` also actor, event, deal and cases. Only complete shards are seen, each article once. A query
    can't write, and can open no file outside the lake.

    Example: onrecord lake query "SELECT speaker.name, count(*) FROM statement GROUP BY 1 ORDER BY 2 DESC LIMIT 10"
    """
    with _opened(lake) as opened:
        names, rows = opened.query(sql)
        if form is QueryFormat.TABLE:
            _table(names, rows)
        else:
            _write(form, names, rows)


def load(
    into: Annotated[
        Path | None, typer.Option("--into", metavar="STORE", help="The store; default: the setting.")
    ] = None,
    lake: LakeFolder = Path("lake"),
    since: Since = None,
    until: Until = None,
    who: Annotated[
        str | None, typer.Option("--who", help="Articles that name this actor: id, or part of a name.")
    ] = None,
    where: Annotated[str | None, typer.Option("--country", help="Articles that name a place there.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many articles, the earliest first.")] = 0,
) -> None:
    """Bring a part of a lake into a store, with everything that was read of its articles, and assemble it there.

    Example: onrecord lake load --lake lake --into desk.db --since 2031-05 --until 2031-06 --who Peskov
    """
    from onrecord.keep.lake import Part
    from onrecord.keep.open import open_writer
    from onrecord.show.cli import reading

    part = Part(since=first_day(since), until=last_day(until), who=who, country=country(where), limit=limit)
    path = store_path(str(into) if into else None)
    read = changed = 0
    with _opened(lake) as opened, open_writer(path) as writer:
        for result in opened.articles(part):
            read += 1
            changed += writer.add(result)
    if changed:
        reading.renew(path)
    tell(f"{read} articles from {lake}; {changed} new or changed in {path}")
    if not read:
        raise typer.Exit(1)


def assemble(
    lake: LakeFolder = Path("lake"),
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processes that go through the shards.")] = 1,
    memory: Annotated[
        int, typer.Option("--memory", min=1, help="GB that DuckDB may take before it uses the disk.")
    ] = 3,
) -> None:
    """Assemble actors, events, deals and cases over a whole lake, block by block, and write them into it.

    What a shard's articles leave for it is kept in `.traces` and made once; stopped, it goes on from there.

    Example: onrecord lake assemble --lake lake --workers 2
    """
    from onrecord.batch import assemble as assembling

    _need_complete(lake)
    counts = assembling.run(lake, workers=workers, memory=f"{memory}GB", tell=tell)
    sys.stdout.write("".join(f"{count} {kind}s\n" for kind, count in counts.items()))


def build() -> typer.Typer:
    """Return the verbs of the lake."""
    app = typer.Typer(name="lake", no_args_is_help=True, rich_markup_mode=None, help=__doc__)
    for verb in VERBS:
        app.command()(verb)
    return app


VERBS = (query, load, assemble)


def _need_complete(lake: Path) -> None:
    from onrecord.batch import plan as plans
    from onrecord.errors import UsageError

    missing = plans.load(lake).shards - len(plans.done(lake)) if (lake / plans.PLAN).is_file() else 0
    if missing:
        message = f"{lake}: {missing} shards are not complete; `onrecord archive --lake {lake}` reads them"
        raise UsageError(message)


def _opened(lake: Path) -> Any:
    from onrecord.batch import plan as plans
    from onrecord.keep.lake import open_lake

    complete = None
    if (lake / plans.PLAN).is_file():
        ready = plans.done(lake)
        missing = plans.load(lake).shards - len(ready)
        if missing:
            tell(f"{missing} shards are not complete and are left out")
            complete = sorted(ready)
    return open_lake(lake, complete)


def _table(names: list[str], rows: Any) -> None:
    from itertools import islice

    from rich.table import Table

    table = Table(*names, header_style="bold")
    shown = 0
    for row in islice(rows, _SHOWN):
        table.add_row(*("" if value is None else line(str(value)) for value in row))
        shown += 1
    screen().print(table)
    more = next(rows, None) is not None
    tell(f"{shown} rows" + (f"; there are more (--format csv prints all, or say LIMIT {_SHOWN})" if more else ""))


def _write(form: QueryFormat, names: list[str], rows: Any) -> None:
    import csv

    import msgspec

    count = 0
    if form is QueryFormat.CSV:
        from onrecord.show.export.csv import FORMULA

        sheet = csv.writer(sys.stdout)
        sheet.writerow(names)
        for row in rows:
            cells = ["" if value is None else str(value) for value in row]
            sheet.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
            count += 1
    else:
        for row in rows:
            sys.stdout.buffer.write(msgspec.json.encode(dict(zip(names, row, strict=True)), enc_hook=str) + b"\n")
            count += 1
    tell(f"{count} rows")
