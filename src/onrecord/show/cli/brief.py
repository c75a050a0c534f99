"""`onrecord brief`: where things stand, on one screen."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Since, Store, country, first_day
from onrecord.show.cli.screen import tell

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.keep.protocol import View

_FREE = frozenset({"released", "exchanged", "pardoned", "died"})


class BriefFormat(StrEnum):
    """How a briefing is written."""

    SCREEN = "screen"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"


def brief(
    store: Store = None,
    newest: Annotated[int, typer.Option("--newest", min=0, help="How many of the newest statements.")] = 8,
    deal: Annotated[
        str | None, typer.Option("--deal", metavar="ID", help="Only this deal: its id or words of its title.")
    ] = None,
    land: Annotated[
        str | None, typer.Option("--country", metavar="COUNTRY", help="A country's name or ISO 3166 code.")
    ] = None,
    who: Annotated[str | None, typer.Option("--who", metavar="NAME", help="An actor's id or words of a name.")] = None,
    since: Since = None,
    form: Annotated[
        BriefFormat | None,
        typer.Option("--format", help="How to write it. Default: screen, or markdown where something is asked for."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file, not stdout.")] = None,
) -> None:
    """Show where things stand: deals by status, people held and freed, the newest statements.

    As markdown, html or pdf it is a briefing in which every sentence is footnoted with its words; it is made from the
    record by templates alone, and contradictions have their own section.

    Example: onrecord brief --store desk.db

    Example: onrecord brief --country TUR --since 2031-05 --format pdf --out turkey.pdf
    """
    from onrecord.keep.open import open_view
    from onrecord.show.cli.screen import screen
    from onrecord.show.cli.show import deal_meant

    asked = any((deal, land, who, since))
    form = form or (BriefFormat.MARKDOWN if asked or out else BriefFormat.SCREEN)
    if form is BriefFormat.SCREEN:
        if asked or out:
            message = "the screen shows the whole record: choose --format markdown, html or pdf"
            raise UsageError(message)
        with open_view(store_path(store)) as view:
            print_brief(view, screen(), newest)
        return
    from onrecord.show.briefing import content, html, markdown, pdf

    with open_view(store_path(store)) as view:
        told = content.write(view, content.Asked(
            deal=deal_meant(view, deal), who=who, country=country(land), since=first_day(since), most=newest,
        ))  # fmt: skip
    if form is BriefFormat.PDF:
        data = pdf.write(told)
    else:
        data = (html.write(told) if form is BriefFormat.HTML else markdown.write(told)).encode("utf-8", "replace")
    if out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        message = f"can't write {out} ({error.strerror or error})"
        raise UsageError(message) from error
    tell(f"{sum(len(section.sentences) for section in told.sections)} sentences, {len(told.notes)} notes: {out}")


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
