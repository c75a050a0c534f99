"""How a deal's status went: day by day with all that is known today, and by what was published when.

Comes in: the told steps of one deal. Goes out: turns (`--as-of`) and moves (`changes --since`).
"""

import bisect
from collections.abc import Iterable, Mapping

from onrecord.model.record import Move, Turn
from onrecord.model.vocabulary import DealStatus
from onrecord.reconcile.status import Course, Told


def turns_of(steps: Iterable[Told]) -> tuple[Turn, ...]:
    """Return each day on which the status changed, with the steps that made it; undated articles come first."""
    course = Course()
    found: list[Turn] = []
    state: tuple[DealStatus, bool] | None = None
    order = sorted(steps, key=lambda told: told.place)
    for place, told in enumerate(order):
        course.take(told)
        if place + 1 < len(order) and order[place + 1].since == told.since:
            continue
        if course.state() != state:
            state = course.state()
            verdict = course.verdict()
            found.append(
                Turn(day=told.since, status=state[0], disputed=state[1], made_by=verdict.made_by, rule=verdict.rule)
            )
    return tuple(found)


def moves_of(steps: Iterable[Told], documents: Mapping[str, tuple[str, str]]) -> tuple[Move, ...]:
    """Return what moved the status when: `documents` gives publication day and document of each step's id.

    On each day of publication the status is what was known then, of that day. What repeats an earlier report (the same
    step of the same day by the same side) moves nothing, and is left out.
    """
    by_day: dict[str, dict[tuple[object, ...], Told]] = {}
    seen: set[tuple[object, ...]] = set()
    for told in sorted(steps, key=lambda told: (documents[told.id][0], told.place)):
        key = _signature(told)
        if key not in seen:
            seen.add(key)
            by_day.setdefault(documents[told.id][0], {})[key] = told
    course, taken, waiting = Course(), list[Told](), list[Told]()
    found: list[Move] = []
    before: tuple[DealStatus, bool] | None = None
    for day in sorted(by_day):
        fresh = sorted([*waiting, *by_day[day].values()], key=lambda told: told.place)
        waiting = [told for told in fresh if day and day < told.since]
        new = [told for told in fresh if not day or told.since <= day]
        if taken and new and new[0].place < taken[-1].place:
            course = Course()
            for told in new:
                bisect.insort(taken, told, key=lambda told: told.place)
            for told in taken:
                course.take(told)
        else:
            taken += new
            for told in new:
                course.take(told)
        after = course.state()
        if after != before:
            fresh_ids = {told.id for told in new}
            made = [one for one in course.verdict().made_by if one in fresh_ids] or sorted(fresh_ids)
            found.append(
                Move(
                    told=day or None,
                    before=before[0] if before else None,
                    after=after[0],
                    by=tuple(made),
                    documents=tuple(sorted({documents[one][1] for one in made})),
                )
            )
            before = after
    return tuple(found)


def _signature(told: Told) -> tuple[object, ...]:
    return (
        told.step, told.since, told.dated, told.standing, told.side, told.teller, told.polarity, told.conditional,
        told.unilateral, told.planned,
    )  # fmt: skip
