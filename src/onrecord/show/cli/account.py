"""What was read, told to a person: each article's statements, acts, steps and custody, then the deals and cases."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.rejection import MEANINGS, Rejection
from onrecord.show.cli.columns import denied, period, who, words
from onrecord.show.cli.rows import Rows
from onrecord.show.cli.screen import line, shortened

if TYPE_CHECKING:
    from rich.console import Console

_SECTIONS = (("statement", "Statements"), ("act", "Acts"), ("step", "Steps of deals"), ("custody", "Custody"))
_SAMPLES = 3


def tell_article(console: "Console", result: ArticleResult) -> None:
    """Print all that one article gave."""
    document = result.document
    if document is None:
        for note in result.rejections:
            console.print(f"✗ {line(note.source or '')}: {MEANINGS[note.code]}{_note(note)}", style="red")
        return
    console.rule(shortened(document.title or document.text, 90), align="left")
    day = f"{document.published} ({document.published_basis})" if document.published else "no date"
    facts = [line(document.source), day, *filter(None, [document.outlet, document.wire and f"by {document.wire}"])]
    console.print(" · ".join([*facts, document.id]), style="dim")
    claims: dict[str, Sequence[msgspec.Struct]] = {
        "statement": result.statements, "act": result.acts, "step": result.steps, "custody": result.custody,
    }  # fmt: skip
    for kind, heading in _SECTIONS:
        if claims[kind]:
            console.print()
            console.print(Rows(claims[kind], kind, title=f"{heading} ({len(claims[kind])})"))
    if not any(claims.values()):
        console.print("Nothing was taken from it.")
    _tell_rejections(console, result.rejections)


def tell_line(console: "Console", result: ArticleResult) -> None:
    """Print one article on one line, with how much it gave."""
    if result.document is None:
        tell_article(console, result)
        return
    document = result.document
    gave = f"{len(result.statements)} statements, {len(result.acts)} acts, {len(result.steps)} steps, "
    gave += f"{len(result.custody)} custody, {len(result.rejections)} not taken"
    console.print(
        f"✓ {document.published_day or 'no date':10}  {shortened(document.title or document.text, 70)}: {gave}"
    )


type Speakers = Callable[[str], str | None]


def tell_records(console: "Console", records: Iterable[Any], speakers: Speakers) -> None:
    """Print deals with their status and the words behind it, then the cases of persons held.

    `speakers` gives the speaker's name of a statement's id.
    """
    found = list(records)
    deals = [record for record in found if record.__struct_config__.tag == "deal"]
    cases = [record for record in found if record.__struct_config__.tag == "case"]
    if deals:
        console.print()
        console.print(f"Deals ({len(deals)})", style="bold")
        for deal in deals:
            tell_deal(console, deal, speakers)
    if cases:
        console.print()
        console.print(f"People held ({len(cases)})", style="bold")
        for case in cases:
            tell_case(console, case, speakers)


def tell_deal(console: "Console", deal: Any, speakers: Speakers) -> None:
    """Print one deal: status, steps, and what speaks against it, each with its words."""
    background = " [background]" if deal.background else ""
    console.print(f"  {deal.status.upper()}  {line(deal.title)}{background}  {deal.id}", style="bold")
    for entry in deal.developments:
        _tell_entry(console, entry.step, entry, speakers)
    for entry in deal.against:
        _tell_entry(console, f"against: {entry.step}", entry, speakers)
    if deal.undisclosed:
        console.print(f"    not disclosed: {', '.join(deal.undisclosed)}")


def tell_case(console: "Console", case: Any, speakers: Speakers) -> None:
    """Print one case: who, by whom held, why, and its history, each entry with its words."""
    told = [case.person.name, *case.nationalities]
    told += [f"held by {who(case.holder)}"] if case.holder else []
    told += [f"charge: {line(case.charge)}"] if case.charge else []
    told += [f"sentence: {line(case.sentence)}"] if case.sentence else []
    told += [f"freed: {period(case.released)}"] if case.released else []
    console.print(f"  {case.status.upper()}  {' · '.join(told)}  {case.id}", style="bold")
    for entry in case.history:
        _tell_entry(console, entry.status, entry, speakers)


def _tell_entry(console: "Console", name: str, entry: Any, speakers: Speakers) -> None:
    from rich.padding import Padding
    from rich.text import Text

    facts = ", ".join([name, *filter(None, [denied(entry), period(entry.date)])])
    said = "the article" if entry.voice is None else speakers(entry.voice) or "somebody not named"
    told = Text(f"{facts} ({line(said)}): “{shortened(words(entry.evidence), 300)}”")
    console.print(Padding(told, (0, 0, 0, 4), expand=False))


def _tell_rejections(console: "Console", rejections: Sequence[Rejection]) -> None:
    if not rejections:
        return
    console.print()
    console.print(f"Not taken ({len(rejections)})", style="bold")
    for code in sorted({note.code for note in rejections}):
        group = [note for note in rejections if note.code == code]
        console.print(f"  {code} {MEANINGS[code]}: {len(group)}")
        for note in group[:_SAMPLES]:
            spot = f"“{shortened(note.span.text, 100)}”" if note.span else ""
            console.print(f"    {spot}{_note(note)}", style="dim")


def _note(note: Rejection) -> str:
    return f" ({line(note.note)})" if note.note else ""
