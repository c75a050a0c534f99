"""`onrecord read`: articles in, their record out."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import DEFAULT, configure

if TYPE_CHECKING:
    from onrecord.model.article import ArticleResult
    from onrecord.show.cli.reading import Run

_IN_FULL = 3


class ReadFormat(StrEnum):
    """How what was read is printed."""

    SUMMARY = "summary"
    JSONL = "jsonl"


class Reader(StrEnum):
    """What reads: rules and the shipped model, or rules alone."""

    LEARNED = "learned"
    RULES = "rules"


def read(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="Files, folders, addresses, or -.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Publication date of all sources (ISO 8601).")
    ] = None,
    store: Annotated[
        str | None, typer.Option("--store", metavar="PATH", help="Keep what is read in this store.")
    ] = None,
    form: Annotated[
        ReadFormat, typer.Option("--format", help="A summary for people, or every record as JSON Lines.")
    ] = ReadFormat.SUMMARY,
    reader: Annotated[Reader | None, typer.Option("--reader", help="Default: the setting `reader`.")] = None,
    again: Annotated[
        str | None, typer.Option("--again", metavar="CODE", help="What was rejected for this reason, from the store.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch addresses of this machine and private networks too.")
    ] = False,
) -> None:
    """Read articles and print their record: statements, acts, deals with their status, people held, what was not taken.

    Kept only where --store is given or a store is set in onrecord.toml or ONRECORD_STORE. A source that can't be read
    costs a rejection, the rest is read; exit code 1 if nothing could be read, 130 after Ctrl-C (what was read is kept).

    Example: onrecord read article.txt --published 2031-05-04 --store desk.db
    """
    from onrecord.ingest.files import open_sources
    from onrecord.keep.open import open_writer
    from onrecord.show.cli.again import articles_again
    from onrecord.show.cli.reading import Run, renew

    configured = configure(store=store, reader=reader.value if reader else None, allow_private=allow_private or None)
    settings = configured.settings
    if (again is None) == (not sources):
        message = "name what to read: SOURCE..., or --again CODE for what a store holds as rejected"
        raise UsageError(message)
    items = articles_again(again, settings) if again else open_sources(sources or (), settings, published)
    path = Path(settings.store) if again or configured.origins["store"] != DEFAULT else None
    if path is None:
        run = Run(items, settings, None)
        kept = _print(run, form, None)
    else:
        with open_writer(path) as writer:
            run = Run(items, settings, writer)
            kept = _print(run, form, path)
        if run.changed:
            renew(path)
    _close(run, form, kept, path)
    if run.interrupted:
        raise typer.Exit(130)
    if not run.read:
        raise typer.Exit(1)


def _print(run: "Run", form: ReadFormat, path: Path | None) -> "list[ArticleResult]":
    """Print each article as it comes; return those that the assembled records are still to be made of."""
    from onrecord.show.cli.account import tell_article, tell_line
    from onrecord.show.cli.screen import screen, write_records

    kept: dict[str, ArticleResult] = {}  # the same words read twice are one article
    console = screen()
    for place, result in enumerate(run):
        if form is ReadFormat.JSONL:
            write_records(result.records())
        elif place < _IN_FULL:
            tell_article(console, result)
        else:
            tell_line(console, result)
        if result.document is not None and (form is ReadFormat.JSONL or path is None):
            kept[result.document.id] = result
    return list(kept.values())


def _close(run: "Run", form: ReadFormat, kept: "list[ArticleResult]", path: Path | None) -> None:
    from onrecord import pipeline
    from onrecord.show.cli.account import tell_records
    from onrecord.show.cli.screen import screen, tell, write_records

    if form is ReadFormat.JSONL:
        write_records(pipeline.whole_record(kept))
        return
    if path is None:
        names = {made.id: made.speaker.name for result in kept for made in result.statements if made.speaker}
        tell_records(screen(), pipeline.whole_record(kept), names.get)
    elif run.read:
        _tell_store(path)
    refused = f", {run.refused} refused" if run.refused else ""
    where = f"; {run.changed} new or changed in {path}" if path else "; nothing is kept without --store"
    tell(f"{run.read} read{refused}{where}")


def _tell_store(path: Path) -> None:
    from onrecord.keep.open import open_view
    from onrecord.keep.protocol import Query
    from onrecord.model.claim import Statement
    from onrecord.show.cli.account import tell_records
    from onrecord.show.cli.screen import screen

    with open_view(path) as view:

        def speaker(statement: str) -> str | None:
            found = view.get(statement)
            return found.speaker.name if isinstance(found, Statement) and found.speaker else None

        records = (record for kind in ("deal", "case") for record in view.find(Query(kind=kind)))
        tell_records(screen(), records, speaker)
