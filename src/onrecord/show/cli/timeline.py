"""The history of one deal or case in the terminal: step by step in order of date, with the words and who says them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from onrecord.show.cli.columns import all_of, denied, period, ratio, who, words
from onrecord.show.cli.screen import line, shortened

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.keep.protocol import View
    from onrecord.model.record import Case, Deal

_WORDS = 240


def tell_deal(console: "Console", view: "View", deal: "Deal", day: str | None = None) -> None:
    """Print where a deal stands (on a day, where one is given), its course, terms and names."""
    console.print(f"{line(deal.title)}  {deal.id}", style="bold")
    if deal.mediators:
        console.print(f"  mediated by {line(all_of(deal.mediators))}")
    _stands(console, deal, day)
    console.print()
    turns = {turn.day: turn for turn in deal.course}
    steps = [(_day(view, step), step) for step in deal.developments]
    told: set[str] = set()
    for at, step in sorted(steps, key=lambda pair: pair[0]):
        if day is not None and day < at:
            continue
        for turn in sorted(turns):
            if turn < at and turn not in told:
                _turn(console, turns[turn])
                told.add(turn)
        _step(console, view, step, at)
    for turn in sorted(turns):
        if turn not in told and (day is None or turn <= day):
            _turn(console, turns[turn])
    _terms(console, deal, day)
    for change in deal.names:
        if day is None or change.told is None or change.told <= day:
            because = f": {change.because}" if change.because else ""
            told_on = f" ({change.told})" if change.told else ""
            console.print(f"  {line(change.person.name)}: {change.change.replace('_', ' ')}{told_on}{because}")


def _stands(console: "Console", deal: "Deal", day: str | None) -> None:
    if day is None:
        console.print(f"  {deal.status.upper()} as of {deal.as_of or 'no date'}: {line(deal.rule)}")
        return
    turn = deal.on(day)
    if turn is None:
        console.print(f"  on {day}: nothing is told of it up to that day")
        return
    disputed = ", disputed" if turn.disputed and turn.status != "disputed" else ""
    console.print(f"  {turn.status.upper()}{disputed} on {day}, by what is known today: {line(turn.rule)}")


def _turn(console: "Console", turn: Any) -> None:
    console.print(f"{'':12}→ {turn.status}{' (disputed)' if turn.disputed else ''}", style="bold")


def _step(console: "Console", view: "View", step: Any, at: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    facts = [
        step.step,
        denied(step),
        "conditional" if step.conditional else "",
        f"by {who(step.by)}" if step.by else "",
    ]
    facts += [f"for {period(step.scheduled_for)}" if step.scheduled_for else "", _voice(view, step.voice)]
    when = at if step.date is not None else f"({at or 'no date'})"
    head = f"{when:12}{line(', '.join(filter(None, facts)))}"
    console.print(Text(head))
    console.print(
        Padding(Text(f"“{shortened(words(step.evidence[:1]), _WORDS)}”", style="dim"), (0, 0, 0, 12), expand=False)
    )


def _terms(console: "Console", deal: "Deal", day: str | None) -> None:
    told = [one for one in deal.terms_told if day is None or one.told is None or one.told <= day]
    if told:
        console.print()
    for one in told:
        console.print(f"  terms as told {one.told or 'without a date'}: {line('; '.join(_given(one)))}")


def _given(told: Any) -> Iterator[str]:
    terms = told.terms
    yield from filter(None, [ratio(told), terms.duration, terms.place and f"in {terms.place}", terms.amount])
    if terms.starts:
        yield f"from {period(terms.starts)}"
    if terms.unilateral:
        yield "by one side alone"


def tell_case(console: "Console", view: "View", case: "Case", day: str | None = None) -> None:
    """Print what is told of a person held, report by report (up to a day, where one is given)."""
    facts = [case.person.name, *case.nationalities]
    facts += [f"held by {who(case.holder)}"] if case.holder else []
    facts += [f"charge: {case.charge}"] if case.charge else []
    facts += [f"sentence: {case.sentence}"] if case.sentence else []
    console.print(f"{line(' · '.join(facts))}  {case.id}", style="bold")
    status = case.status
    if day is not None:
        known = [move for move in case.moves if move.told is None or move.told <= day]
        status = known[-1].after if known else "not told of yet"  # type: ignore[assignment]
    console.print(f"  {status.upper()}{f' by what was published up to {day}' if day else ''}")
    for entry in case.history:
        at = _day(view, entry)
        if day is None or at <= day:
            told = ", ".join(filter(None, [entry.status, denied(entry), _voice(view, entry.voice)]))
            when = at if entry.date is not None else f"({at or 'no date'})"
            console.print(f"{when:12}{line(told)}: “{shortened(words(entry.evidence), _WORDS)}”")
    for one in case.deals:
        console.print(f"  in {one}")


def _voice(view: "View", statement: str | None) -> str:
    from onrecord.model.claim import Statement

    if statement is None:
        return ""
    found = view.get(statement)
    named = isinstance(found, Statement) and found.speaker is not None
    return f"as {found.speaker.name} says" if named else "as somebody says"  # type: ignore[union-attr]


def _day(view: "View", entry: Any) -> str:
    """Return the day of an entry: its own, or else that of its article."""
    from onrecord.model.text import Document

    own = (entry.date.since or entry.date.until) if entry.date is not None else None
    if own:
        return str(own)
    home = getattr(entry, "document", None) or entry.evidence[0].document
    found = view.get(home) if home else None
    return (found.published_day or "") if isinstance(found, Document) else ""
