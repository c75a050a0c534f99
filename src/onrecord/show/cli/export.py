"""`onrecord export`: the whole record, or some kinds of it, as JSON Lines."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Since, Store, Until, first_day, last_day
from onrecord.show.cli.screen import tell, write_records

if TYPE_CHECKING:
    import msgspec

    from onrecord.keep.protocol import View


class ExportFormat(StrEnum):
    """What can be exported to."""

    JSONL = "jsonl"


def export(
    store: Store = None,
    form: Annotated[ExportFormat, typer.Option("--format", help="The format.")] = ExportFormat.JSONL,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only this kind; may be given more than once.")
    ] = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Write every record of a store to stdout, one JSON object a line, documents first.

    Example: onrecord export --store desk.db --kind deal --kind case > deals.jsonl
    """
    from onrecord.keep.open import open_view
    from onrecord.model.wire import KINDS

    del form
    wanted = kind or list(KINDS)
    unknown = [name for name in wanted if name not in KINDS]
    if unknown:
        message = f"unknown kind {unknown[0]!r}; the kinds are {', '.join(KINDS)}"
        raise UsageError(message)
    with open_view(store_path(store)) as view:
        count = write_records(_records(view, wanted, first_day(since), last_day(until)))
    tell(f"{count} records")


def _records(view: "View", kinds: list[str], since: str | None, until: str | None) -> "Iterator[msgspec.Struct]":
    from onrecord.keep.protocol import Query

    for kind in dict.fromkeys(kinds):
        yield from view.find(Query(kind=kind, since=since, until=until))
