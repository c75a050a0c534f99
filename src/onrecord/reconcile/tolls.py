"""Counts of one happening, source by source: revised tolls follow each other, rival tolls stand side by side.

Comes in: the acts of one event. Goes out: one competing figure a measure, and whether its accounts contradict.
"""

from collections.abc import Iterable
from typing import Protocol

import msgspec

from onrecord.model.claim import Act, Figure
from onrecord.model.mention import ActorRef
from onrecord.model.record import Account, CompetingFigure
from onrecord.model.text import Span


class Telling(Protocol):
    """An act with who vouches for it and when it was published."""

    @property
    def act(self) -> Act:
        """The act."""

    @property
    def speaker(self) -> ActorRef | None:
        """Who vouches for it; None where the paper does."""

    @property
    def published(self) -> str:
        """The day of its article."""


class _Count(msgspec.Struct):
    """One source's count: `acts` are those that give it, `of` whom it counts."""

    by: ActorRef | None
    low: int | None
    high: int | None
    of: str | None
    day: str
    evidence: list[Span]
    acts: set[str]
    revised: bool = False


def figures(deeds: Iterable[Telling]) -> tuple[tuple[CompetingFigure, bool], ...]:
    """Return the counts by measure, each with whether sources contradict each other in what stands now."""
    told: dict[str, list[tuple[Telling, Figure]]] = {}
    for deed in deeds:
        for figure in deed.act.figures:
            told.setdefault(figure.what, []).append((deed, figure))
    return tuple(_competing(told[what]) for what in sorted(told))


def _competing(told: list[tuple[Telling, Figure]]) -> tuple[CompetingFigure, bool]:
    counts: dict[tuple[object, ...], _Count] = {}
    for deed, figure in sorted(told, key=lambda pair: (pair[0].published, pair[0].act.document, pair[1].span.start)):
        by = msgspec.structs.replace(deed.speaker, mention=None) if deed.speaker is not None else None
        of = " ".join(figure.of.lower().split()) if figure.of else None
        day = deed.published
        key = (by.actor if by else "", figure.low, figure.high, of)
        count = counts.get(key)
        if count is None:
            count = counts[key] = _Count(by, figure.low, figure.high, of, day, [], set())
        count.evidence.append(figure.span.seen_from_outside(deed.act.document))
        count.acts.add(deed.act.id)
    _revise(list(counts.values()))
    ordered = sorted(
        counts.values(),
        key=lambda one: (one.by.actor if one.by else "", one.day, one.low or 0, one.high or 0, one.of or ""),
    )
    standing = [one for one in ordered if not one.revised]
    lows = [one.low for one in standing if one.low is not None]
    highs = [one.high for one in standing]
    made = CompetingFigure(
        what=told[0][1].what,
        low=min(lows) if lows else None,
        high=None if None in highs else max(high for high in highs if high is not None),
        accounts=tuple(
            Account(
                by=one.by, low=one.low, high=one.high, evidence=tuple(one.evidence), as_of=one.day or None,
                revised=one.revised, of=one.of,
            )
            for one in ordered
        ),
    )  # fmt: skip
    rivals = any(
        not left.acts & right.acts and (left.low, left.high) != (right.low, right.high) and _same_people(left, right)
        for place, left in enumerate(standing)
        for right in standing[place + 1 :]
    )
    return made, rivals


def _revise(counts: list[_Count]) -> None:
    """Mark what the same source later counted anew: another act, another day, the same people."""
    for old in counts:
        old.revised = any(
            (old.by.actor if old.by else "") == (new.by.actor if new.by else "")
            and old.day < new.day
            and not old.acts & new.acts
            and _same_people(old, new)
            for new in counts
        )


def _same_people(left: _Count, right: _Count) -> bool:
    return (
        left.of is None
        or right.of is None
        or left.of == right.of
        or {left.of, right.of} & {"people", "persons"} != set()
    )
