"""How well two strands agree that they tell of one deal: named features, each with points and a reason in words.

Comes in: two strands. Goes out: a score with its reasons. A veto keeps them apart whatever else agrees.
"""

import msgspec

from onrecord.reconcile.strands import SWAPS, Strand, apart

JOINED = 3  # points from which two strands are one deal
NEAR, FAR = 45, 180  # days
_STAGE = 75  # days within which smaller terms are a stage of the same deal, or a name less
_ROUND = 14  # days within which other names are the other half of the same exchange


class Score(msgspec.Struct, frozen=True):
    """Points for being one deal and why; `veto` says why they can't be, or is empty."""

    points: int
    reasons: tuple[str, ...]
    veto: str = ""

    @property
    def joined(self) -> bool:
        """Say whether the two are one deal."""
        return not self.veto and self.points >= JOINED

    def words(self) -> str:
        """Return the reason as it is printed: each feature with its points, and the sum."""
        if self.veto:
            return f"apart: {self.veto}"
        return f"{', '.join(self.reasons)} = {self.points} (joined from {JOINED})"


def agree(left: Strand, right: Strand) -> Score:
    """Return how well two strands of one kind agree; the order of the two makes no difference."""
    shared = left.sides & right.sides
    if not shared:
        return Score(0, (), "no party in common")
    whole = len(left.sides) > 1 and len(right.sides) > 1
    inside = left.sides <= right.sides or right.sides <= left.sides
    if whole and not (inside and len(shared) > 1):
        return Score(0, (), "other parties")
    found = [("same parties", 2) if left.sides == right.sides else ("a party in common", 1)]
    swap = left.kind in SWAPS
    persons = left.persons & right.persons
    ratios = left.ratios & right.ratios
    deeds = left.deeds & right.deeds
    between, one_article = gap(left, right), left.document == right.document
    half_told = one_article and bool(left.ended) != bool(right.ended)
    if half_told and swap and not (persons or ratios or deeds):
        return Score(0, (), "one of two in an article had ended")
    if persons:
        found.append(("a person in common" if len(persons) == 1 else f"{len(persons)} persons in common", 3))
    elif swap and left.given and right.given and not ratios and not deeds and (between > _ROUND or half_told):
        return Score(0, (), "other persons were given")
    if ratios:
        size = min(ratios)
        found.append((f"same terms ({size[0]} for {size[-1]})", 2))
    elif left.ratios and right.ratios and swap and not persons and not deeds:
        if one_article or between > _STAGE or not _part(left, right):
            return Score(0, (), "other terms")
        found.append(("smaller terms: a stage, or a name less", 0))
    if left.durations & right.durations:
        found.append((f"same duration ({min(left.durations & right.durations)})", 1))
    if deeds:
        step, day = min(deeds)
        found.append((f"the same step ({step}) on {day}", 2))
    pact = None if deeds or one_article else _pact(left, right)
    if pact is not None:
        found.append((f"agreed in the same days ({pact})", 2))
    return _in_time(left, right, found, between, near=bool(persons or ratios or deeds or pact))


def _pact(left: Strand, right: Strand) -> str | None:
    """Return the day of an agreement of which one tells that it was made in days that hold the other's."""
    days = [
        max(one[0], two[0])
        for one in left.pacts
        for two in right.pacts
        if (one[2] or two[2]) and one[0] <= two[1] and two[0] <= one[1]
    ]
    return min(days, default=None)


def _part(left: Strand, right: Strand) -> bool:
    """Say whether the terms of one are part of the other's."""
    pairs = [(one, two) for one in left.ratios for two in right.ratios if len(one) == len(two) == 2]
    return any(
        all(here <= there for here, there in zip(*pair, strict=True))
        or all(here >= there for here, there in zip(*pair, strict=True))
        for pair in pairs
    )


def gap(left: Strand, right: Strand) -> int:
    """Return how many days lie between the stretches of time that two strands tell of; 0 where they overlap."""
    if left.first <= right.last and right.first <= left.last:
        return 0
    first, second = (left, right) if left.last < right.first else (right, left)
    return apart(first.last, second.first)


def _in_time(left: Strand, right: Strand, found: list[tuple[str, int]], between: int, *, near: bool) -> Score:
    if left.background != right.background and not left.deeds & right.deeds:
        return Score(0, (), "one is history, the other news of the day")
    if not near and any(one.ended and one.ended < two.first for one, two in ((left, right), (right, left))):
        return Score(0, (), "the earlier one had ended")
    limit = 31 if left.background and right.background else NEAR
    if between <= limit:
        found.append((f"within {limit} days", 1))
    elif between > FAR or not near or limit < NEAR:
        return Score(0, (), f"{between} days apart")
    return Score(sum(points for _, points in found), tuple(f"{name} +{points}" for name, points in found))
