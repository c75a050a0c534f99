"""`onrecord show`: look at one kind of record in a store."""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.formats import Format, write
from onrecord.show.cli.options import Since, Store, Until, country, first_day, last_day
from onrecord.show.cli.screen import tell

if TYPE_CHECKING:
    from onrecord.keep.protocol import View

_ROWS = 50


class Kind(StrEnum):
    """What can be shown."""

    DEAL = "deal"
    CASE = "case"
    DEALS = "deals"
    CASES = "cases"
    STATEMENTS = "statements"
    ACTS = "acts"
    ACTORS = "actors"
    DOCUMENTS = "documents"
    MOMENTS = "moments"
    EVENTS = "events"
    STEPS = "steps"
    CUSTODY = "custody"
    PLACES = "places"
    MENTIONS = "mentions"
    JUDGEMENTS = "judgements"
    OUTSIDE = "outside"


def record_kind(word: str) -> str:
    """Return the kind of record that a plural names."""
    return word if word == "custody" else word.removesuffix("s")


def show(
    kind: Annotated[Kind, typer.Argument(help="What to show.")],
    record: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="With deal or case: which one, by id (a deal also by title words)."),
    ] = None,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="An actor's id or words of a name.")] = None,
    since: Since = None,
    until: Until = None,
    deal: Annotated[
        str | None,
        typer.Option("--deal", metavar="ID", help="What belongs to this deal: its id or words of its title."),
    ] = None,
    land: Annotated[
        str | None, typer.Option("--country", metavar="COUNTRY", help="A country's name or ISO 3166 code.")
    ] = None,
    status: Annotated[str | None, typer.Option("--status", help="Status of a deal or case, step, or modality.")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", help="Type of an act, force of a statement, kind of deal.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="WORDS", help="Words in a document or statement.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="ID", help="What stands in this document.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, help=f"At most so many; 0 for all. Default: {_ROWS} rows, or all.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="With deal or case: how it stood on this day.")
    ] = None,
    store: Store = None,
) -> None:
    """Show records of one kind, newest first, every filter fitting; or the history of one deal or case.

    Example: onrecord show deal deal-0f3c9a1b2d4e5f60 --as-of 2031-05-04

    Example: onrecord show statements --who "Ilse Brøndum" --since 2031-05 --format csv
    """
    from onrecord.keep.open import open_view
    from onrecord.keep.protocol import Query

    if kind in {Kind.DEAL, Kind.CASE}:
        _one(kind, record, last_day(as_of), store)
        return
    if record is not None or as_of is not None:
        message = "an id and --as-of go with `show deal` or `show case`"
        raise UsageError(message)
    name = record_kind(kind.value)
    most = limit if limit is not None else _ROWS if form is Format.TABLE else 0
    with open_view(store_path(store)) as view:
        query = Query(
            kind=name, who=who, since=first_day(since), until=last_day(until), deal=deal_meant(view, deal),
            country=country(land), status=status, type=type_, text=text, document=document, limit=most,
        )  # fmt: skip
        shown = write(view.find(query), name, form, published_in(view))
        if form is Format.TABLE:
            total = view.count(query)
            tell(f"{shown} of {total} {kind.value}; --limit 0 shows all" if shown < total else f"{kind.value}: {total}")


def _one(kind: Kind, record: str | None, day: str | None, store: str | None) -> None:
    from onrecord.keep.open import open_view
    from onrecord.model.record import Case, Deal
    from onrecord.show.cli.screen import screen
    from onrecord.show.cli.timeline import tell_case, tell_deal

    if record is None:
        message = f"which {kind.value}? onrecord show {kind.value} ID; `onrecord show {kind.value}s` lists them"
        raise UsageError(message)
    with open_view(store_path(store)) as view:
        found = view.get((deal_meant(view, record) or record) if kind is Kind.DEAL else record)
        if kind is Kind.DEAL and isinstance(found, Deal):
            tell_deal(screen(), view, found, day)
        elif kind is Kind.CASE and isinstance(found, Case):
            tell_case(screen(), view, found, day)
        else:
            message = f"there is no {kind.value} {record!r} in this store"
            raise UsageError(message)


def published_in(view: "View") -> Callable[[str], str | None]:
    """Return a function from a document's id to its publication day."""
    from onrecord.model.text import Document

    @lru_cache(maxsize=1024)
    def published(document: str) -> str | None:
        found = view.get(document)
        return found.published_day if isinstance(found, Document) else None

    return published


def deal_meant(view: "View", words: str | None) -> str | None:
    """Return the id of the deal that is meant; a `UsageError` where it is none, or more than one."""
    from onrecord.keep.fold import fold
    from onrecord.keep.protocol import Query
    from onrecord.model.record import Deal

    if words is None or isinstance(view.get(words), Deal):
        return words
    wanted = set(fold(words).split())
    deals = [deal for deal in view.find(Query(kind="deal")) if isinstance(deal, Deal)]
    fitting = [deal for deal in deals if wanted and wanted <= set(fold(deal.title).split())]
    if len(fitting) == 1:
        return fitting[0].id
    if not fitting:
        message = f"no deal has the id or the title words {words!r}; `onrecord show deals` lists them"
        raise UsageError(message)
    choices = "\n".join(f"  {deal.id}  {deal.title}" for deal in fitting[:10])
    message = f"{len(fitting)} deals fit {words!r}; give the id of one:\n{choices}"
    raise UsageError(message)
