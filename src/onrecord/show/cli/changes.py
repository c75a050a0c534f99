"""`onrecord changes`: what moved in deals and cases since a day, and which sentence moved it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Store, first_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from onrecord.keep.protocol import View

_WORDS = 240


def changes(
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Published on or after this day: YYYY-MM-DD or YYYY-MM."),
    ] = None,
    store: Store = None,
) -> None:
    """Show what articles published since a day moved: from which status to which, and by which sentence.

    Moves of deals and cases in order of publication; an article of today that tells of last month moves it today.

    Example: onrecord changes --since 2031-05-04 --store desk.db
    """
    from onrecord.keep.open import open_view
    from onrecord.show.cli.screen import screen, tell

    day = first_day(since)
    if day is None:
        message = "since when? onrecord changes --since YYYY-MM-DD"
        raise UsageError(message)
    console = screen()
    count = 0
    with open_view(store_path(store)) as view:
        for record, move in sorted(_moved(view, day), key=lambda pair: (pair[1].told, pair[0].id)):
            count += 1
            _tell(console, view, record, move)
    tell(f"{count} change{'' if count == 1 else 's'} since {day}")


def _moved(view: "View", since: str) -> "Iterator[tuple[Any, Any]]":
    from onrecord.keep.protocol import Query

    for kind in ("deal", "case"):
        for record in view.find(Query(kind=kind)):
            for move in getattr(record, "moves", ()):
                if move.told is not None and since <= move.told:
                    yield record, move


def _tell(console: "Console", view: "View", record: Any, move: Any) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from onrecord.show.cli.columns import words
    from onrecord.show.cli.screen import line, shortened

    name = record.title if hasattr(record, "title") else record.person.name
    way = f"{move.before} → {move.after}" if move.before else f"new: {move.after}"
    console.print(f"{move.told}  {way}  {line(name)}  {record.id}", style="bold")
    for one in move.by:
        claim: Any = view.get(one)
        if claim is not None:
            told = f"“{shortened(words(claim.evidence), _WORDS)}” ({claim.document}, {one})"
            console.print(Padding(Text(told, style="dim"), (0, 0, 0, 12), expand=False))
