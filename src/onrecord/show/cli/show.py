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
    store: Store = None,
) -> None:
    """Show records of one kind, newest first; every filter that is given must fit.

    Example: onrecord show statements --who "Ilse Brøndum" --since 2031-05 --format csv
    """
    from onrecord.keep.open import open_view
    from onrecord.keep.protocol import Query

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
