"""`onrecord why`: the sentences behind a record, the words marked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import store_path
from onrecord.show.cli.options import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    import msgspec
    from rich.console import Console

    from onrecord.model.outside import Outside
    from onrecord.show.cli.passages import Passage

_MENTIONS = 20


def why(
    record: Annotated[str, typer.Argument(metavar="RECORD-ID", help="The id of any record in the store.")],
    store: Store = None,
) -> None:
    """Print the sentences that a record rests on, with document, date and offsets, the words marked.

    Example: onrecord why deal-0f3c9a1b2d4e5f60
    """
    from onrecord.keep.beside import beside
    from onrecord.keep.open import open_view
    from onrecord.keep.protocol import Query
    from onrecord.model.holding import REASONS
    from onrecord.model.record import Event
    from onrecord.show.cli.columns import COLUMNS, cells
    from onrecord.show.cli.passages import behind
    from onrecord.show.cli.screen import line, screen

    with open_view(store_path(store)) as view:
        found = view.get(record)
        if found is None:
            message = f"there is no record {record!r} in this store"
            raise UsageError(message)
        kind = str(found.__struct_config__.tag)
        console = screen()
        console.print(f"{kind} {record}", style="bold")
        for (heading, _), cell in zip(COLUMNS[kind], cells(kind, found), strict=True):
            if cell and heading not in {"id", "words"}:
                console.print(f"  {heading}: {cell}")
        for rule in getattr(found, "rules", ()):
            if rule in REASONS:
                console.print(f"  worked out: {REASONS[rule]} ({rule})")
        for reason in _reasons(found):
            console.print(f"  {line(reason)}", style="dim")
        for passage in behind(view, found, view.find(Query(kind="mention", who=record, limit=_MENTIONS))):
            _tell(console, passage)
        if isinstance(found, Event):
            _tell_beside(console, list(beside(view, found)))


def _reasons(record: "msgspec.Struct") -> "Iterator[str]":
    """Yield why a record says what it says, and why its parts are one: rule, course, reasons of joining, rivals."""
    from onrecord.model.record import Case, Deal, Event

    match record:
        case Deal():
            yield f"rule: {record.rule}"
            yield from (f"from {turn.day or 'no date'}: {turn.rule}" for turn in record.course)
            yield from (f"{one.person.name}: {one.change.replace('_', ' ')} {one.because}" for one in record.names)
        case Case():
            yield from (f"one person: {because}" for because in record.because)
            yield from (
                f"{one.field}: {one.value}, as {one.by.name if one.by else 'the article'} says ({one.claim})"
                for one in record.rivals
            )
        case Event():
            yield from (f"one event: {because}" for because in record.because)
            for figure in record.figures:
                for one in figure.accounts:
                    told = f"{one.low if one.high == one.low else f'{one.low or 0} to {one.high or "more"}'}"
                    by = one.by.name if one.by else "the article"
                    yield f"{figure.what} {told}, as {by} says{' (revised since)' if one.revised else ''}, {one.as_of}"


def _tell_beside(console: "Console", accounts: "Sequence[Outside]") -> None:
    """Print the outside accounts that stand beside an event: another data set's word, no evidence."""
    from onrecord.show.cli.rows import Rows

    if accounts:
        console.print()
        console.print(
            f"Outside accounts beside it ({len(accounts)}); they have no sentence and are no evidence", style="bold"
        )
        console.print(Rows(accounts, "outside"))


def _tell(console: "Console", passage: "Passage") -> None:
    """Print one passage: what it says, whose claim it is, the sentence, and where it stands."""
    from rich.text import Text

    from onrecord.show.cli.screen import line, plain

    console.print()
    console.print(Text(" · ".join(filter(None, [passage.says, passage.voice])), style="italic"))
    if passage.because:
        console.print(f"  in this deal: {line(passage.because)}", style="dim")
    text, at = Text("  "), 0
    start = passage.start
    for mark_start, mark_end in passage.marks:
        text.append(plain(passage.text[at : mark_start - start]))
        words = plain(passage.text[mark_start - start : mark_end - start])
        text.append(words if console.is_terminal else f"**{words}**", style="bold reverse")
        at = mark_end - start
    text.append(plain(passage.text[at:]))
    console.print(text)
    document = passage.document
    facts = [document.title or "", document.outlet or "", document.published or "no date", document.source]
    spots = ", ".join(f"[{mark_start}, {mark_end})" for mark_start, mark_end in passage.marks)
    console.print(f"  {' · '.join(line(fact) for fact in facts if fact)} · {document.id} {spots}", style="dim")
