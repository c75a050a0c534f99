"""Say who held those that were exchanged for each other. Comes in: reports, the two sides. Goes out: reports.

"X and Y were exchanged for two Sudrians, A and B", between Norland and Sudria: A and B are Sudria's people and were
held by Norland, X and Y by Sudria. Where the nationalities of the two groups do not tell it, nothing is said.
"""

import msgspec

from onrecord.model.claim import Custody
from onrecord.model.holding import Holdings
from onrecord.model.mention import ActorRef

_RULE = "held.sides"
_HELD = frozenset({"detained", "charged", "on_trial", "convicted", "sentenced", "exchanged"})


def with_sides(reports: list[Custody], holdings: Holdings) -> list[Custody]:
    """Return the reports, those of persons exchanged for others given the side that held them."""
    pair = holdings.pair
    if len(pair) != 2:
        return reports
    nations = {one.person.actor: set(one.nationalities) for one in reports if one.nationalities}
    told = {one.person.actor: one.holder.actor for one in reports if one.holder is not None}
    found: dict[str, ActorRef] = {}
    for report in reports:
        if report.status != "exchanged" or not report.exchanged_for:
            continue
        mine = {one.person.actor for one in reports if one.exchanged_for == report.exchanged_for}
        theirs = {ref.actor for ref in report.exchanged_for}
        held = _holder(mine, theirs, nations, told, pair)
        if held is not None:
            found.update(dict.fromkeys(mine, held))
            other = next(ref for ref in pair if ref.actor != held.actor)
            found.update(dict.fromkeys(theirs, other))
    return [
        msgspec.structs.replace(one, holder=found[one.person.actor], rules=(*one.rules, _RULE))
        if one.holder is None and one.status in _HELD and one.person.actor in found
        else one
        for one in reports
    ]


def _holder(
    mine: set[str], theirs: set[str], nations: dict[str, set[str]], told: dict[str, str], pair: tuple[ActorRef, ...]
) -> ActorRef | None:
    """Return who held those on this side: whose people the others are, or who is told to have held one of them."""
    votes: set[str] = set()
    sides = {ref.actor for ref in pair}
    over = {ref.actor: next(one.actor for one in pair if one.actor != ref.actor) for ref in pair}
    votes |= {told[one] for one in mine if told.get(one) in sides}
    votes |= {over[told[one]] for one in theirs if told.get(one) in sides}
    if not votes:
        home = {ref.actor for ref in pair for one in theirs if ref.country in nations.get(one, ())}
        ours = {ref.actor for ref in pair for one in mine if ref.country in nations.get(one, ())}
        votes = home or {over[one] for one in ours}
    return next((ref for ref in pair if ref.actor in votes), None) if len(votes) == 1 else None
