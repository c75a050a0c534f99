"""`onrecord brief`: where things stand, on one screen."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Store

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.keep.protocol import View

_FREE = frozenset({"released", "exchanged", "pardoned", "died"})


def brief(
    store: Store = None,
    newest: Annotated[int, typer.Option("--newest", min=0, help="How many of the newest statements.")] = 8,
) -> None:
    """Show where things stand: deals by status, people held and freed, the newest statements.

    Example: onrecord brief --store desk.db
    """
    from onrecord.keep.open import open_view
    from onrecord.show.cli.screen import screen

    with open_view(store_path(store)) as view:
        print_brief(view, screen(), newest)


def print_brief(view: "View", console: "Console", newest: int = 8) -> None:
    """Print the brief of a store."""
    from onrecord.keep.protocol import Query
    from onrecord.model.vocabulary import DealStatus, words
    from onrecord.show.cli.rows import Rows
    from onrecord.show.cli.screen import line
    from onrecord.show.cli.show import published_in

    counts = {kind: count for kind, count in view.counts().items() if count}
    told = ", ".join(f"{count} {_plural(kind)}" for kind, count in counts.items()) or "nothing yet"
    console.print(f"In the record: {told}")
    deals: list[Any] = list(view.find(Query(kind="deal")))
    _heading(console, f"Deals by status ({len(deals)})")
    for status in words(DealStatus):
        for deal in deals:
            if deal.status == status:
                dates = [step.date.until or step.date.since for step in deal.developments if step.date]
                last = f", last on {max(filter(None, dates))}" if any(dates) else ""
                steps = len(deal.developments)
                told = f"{steps} step{'' if steps == 1 else 's'}{last}"
                console.print(f"  {status:20} {line(deal.title)} ({told})  {deal.id}")
    cases: list[Any] = list(view.find(Query(kind="case")))
    held = [case for case in cases if case.status not in _FREE]
    for heading, group in (("People held", held), ("Freed, or no longer held", [c for c in cases if c not in held])):
        if group:
            _heading(console, f"{heading} ({len(group)})")
            console.print(Rows(group, "case"))
    statements = list(view.find(Query(kind="statement", limit=newest)))
    if statements:
        _heading(console, f"Newest statements ({len(statements)} of {counts['statement']})")
        console.print(Rows(statements, "statement", published=published_in(view)))
    if counts.get("rejection"):
        console.print(f"Seen and not taken: {counts['rejection']} (onrecord rejections shows why)")


def _plural(kind: str) -> str:
    return kind if kind == "custody" else f"{kind}s"


def _heading(console: "Console", words: str) -> None:
    console.print()
    console.print(words, style="bold")
