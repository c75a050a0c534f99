"""Assemble events: acts of many articles that tell of one happening, their counts side by side.

Comes in: acts. Goes out: events. Merging is careful: the same type, the same doers and targets, the same days and no
other place; a day's attacks never run into one.
"""

from collections.abc import Iterable, Mapping

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Act, Figure, Statement
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.record import Account, CompetingFigure, Event

_REAL = frozenset({"happened", "ongoing"})


def assemble(articles: Iterable[ArticleResult], copies: Mapping[str, str]) -> tuple[Event, ...]:
    """Return the events in order of their ids."""
    groups: dict[tuple[object, ...], dict[str, Act]] = {}
    statements: dict[str, Statement] = {}
    for article in articles:
        statements.update({statement.id: statement for statement in article.statements})
        for act in article.acts:
            if act.polarity == "asserted":
                groups.setdefault(_key(act), {})[act.id] = act
    made = [
        _event(sorted(acts.values(), key=lambda act: (act.document, act.trigger.start, act.id)), statements, copies)
        for acts in groups.values()
    ]
    return tuple(sorted(made, key=lambda event: event.id))


def _key(act: Act) -> tuple[object, ...]:
    actors = tuple(sorted({ref.actor for ref in act.actors}))
    targets = tuple(sorted({ref.actor for ref in act.targets}))
    precise = act.date is not None and act.date.since is not None and act.date.until is not None
    known = precise and act.date is not None and bool(actors or targets) and _short(act.date.since, act.date.until)
    if not known or act.date is None or act.modality not in _REAL:
        return ("alone", act.id)
    place = act.place.name.casefold() if act.place is not None else ""
    return (act.type, act.mode or "", actors, targets, act.date.since, act.date.until, place)


def _short(since: str | None, until: str | None) -> bool:
    """Say whether the period is a day or two: a month holds too many happenings to be one."""
    return since is not None and until is not None and since[:7] == until[:7] and int(until[8:]) - int(since[8:]) <= 2


def _event(acts: list[Act], statements: Mapping[str, Statement], copies: Mapping[str, str]) -> Event:
    first = acts[0]
    figures = _figures(acts, statements)
    return Event(
        id=identity("event", *sorted(act.id for act in acts)),
        type=first.type,
        mode=first.mode,
        actors=_refs(ref for act in acts for ref in act.actors),
        targets=_refs(ref for act in acts for ref in act.targets),
        date=first.date,
        place=next((act.place for act in acts if act.place is not None), None),
        modality=first.modality,
        figures=figures,
        disputed=any(len({(one.low, one.high) for one in figure.accounts}) > 1 for figure in figures),
        acts=tuple(sorted(act.id for act in acts)),
        origins=len({copies.get(act.document, act.document) for act in acts}),
        title=_title(first),
    )


def _refs(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    found: dict[str, ActorRef] = {}
    for ref in refs:
        known = found.get(ref.actor)
        if known is None or (len(known.name), known.name) < (len(ref.name), ref.name):
            found[ref.actor] = msgspec.structs.replace(ref, mention=None)
    return tuple(found[actor] for actor in sorted(found))


def _figures(acts: list[Act], statements: Mapping[str, Statement]) -> tuple[CompetingFigure, ...]:
    told: dict[str, list[tuple[Act, Figure]]] = {}
    for act in acts:
        for figure in act.figures:
            told.setdefault(figure.what, []).append((act, figure))
    return tuple(_competing(told[what], statements) for what in sorted(told))


def _competing(told: list[tuple[Act, Figure]], statements: Mapping[str, Statement]) -> CompetingFigure:
    accounts: dict[tuple[str, int | None, int | None], Account] = {}
    for act, figure in told:
        statement = statements.get(act.voice) if act.voice is not None else None
        by = msgspec.structs.replace(statement.speaker, mention=None) if statement and statement.speaker else None
        span = figure.span.seen_from_outside(act.document)
        key = (by.actor if by else "", figure.low, figure.high)
        known = accounts.get(key)
        evidence = (*known.evidence, span) if known is not None else (span,)
        accounts[key] = Account(by=by, low=figure.low, high=figure.high, evidence=evidence)
    ordered = [accounts[key] for key in sorted(accounts, key=lambda key: (key[0], key[1] or 0, key[2] or 0))]
    lows = [one.low for one in ordered if one.low is not None]
    highs = [one.high for one in ordered]
    return CompetingFigure(
        what=told[0][1].what,
        low=min(lows) if lows else None,
        high=None if None in highs else max(high for high in highs if high is not None),
        accounts=tuple(ordered),
    )


def _title(act: Act) -> str:
    doers = ", ".join(ref.name for ref in act.actors)
    targets = ", ".join(ref.name for ref in act.targets)
    return " ".join(part for part in (doers, act.trigger.text, targets) if part)
