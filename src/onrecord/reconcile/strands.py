"""What one article says of one deal, taken together: the unit that deals are assembled from.

Comes in: the steps of an article that carry the same group. Goes out: strands, and how well two of them agree.
"""

from datetime import date

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Step
from onrecord.model.mention import ActorRef
from onrecord.model.vocabulary import DealKind

_SWAPS: frozenset[DealKind] = frozenset({"prisoner_exchange", "hostage_release"})
_DONE = frozenset({"carried_out", "collapsed"})
# Who is named in these was asked for or spoken of: others may be given in the end.
_TALK = frozenset({"proposed", "discussed", "conditions_set", "refused", "denied", "reaffirmed"})
JOINED = 3


class Strand(msgspec.Struct, frozen=True, kw_only=True):
    """The steps of one deal in one article, and what they say together. `first` and `last` are days."""

    id: str
    document: str
    published: str
    kind: DealKind
    steps: tuple[Step, ...]
    parties: tuple[ActorRef, ...]
    sides: frozenset[str]
    persons: frozenset[str]
    given: frozenset[str]
    ratios: frozenset[tuple[int, ...]]
    background: bool
    first: str
    last: str
    deeds: frozenset[tuple[str, str]]

    @property
    def done(self) -> bool:
        """Say whether the strand tells that the deal came to its end."""
        return any(step.step in _DONE and step.polarity == "asserted" and not step.conditional for step in self.steps)


def kind_class(kind: DealKind) -> str:
    """Return the kind under which deals are compared: a release of hostages may be told as an exchange."""
    return "of_people" if kind in _SWAPS else kind


def of(article: ArticleResult) -> tuple[Strand, ...]:
    """Return the strands of an article, in order of their ids."""
    if article.document is None:
        return ()
    groups: dict[str, dict[str, Step]] = {}
    for step in article.steps:
        groups.setdefault(step.group or step.id, {})[step.id] = step
    published = article.document.published_day or ""
    return tuple(
        _strand(key, article.document.id, published, tuple(sorted(steps.values(), key=_place)))
        for key, steps in sorted(groups.items())
    )


def _place(step: Step) -> tuple[int, int, str]:
    return step.evidence[0].start, step.evidence[0].end, step.id


def _strand(key: str, document: str, published: str, steps: tuple[Step, ...]) -> Strand:
    parties = best_parties(steps)
    days = sorted({day for step in steps for day in (_day(step),) if day})
    kinds = sorted((step.deal_kind for step in steps), key=lambda kind: (kind != "prisoner_exchange", kind))
    return Strand(
        id=key,
        document=document,
        published=published,
        kind=kinds[0],
        steps=steps,
        parties=parties,
        sides=frozenset(ref.actor for ref in parties),
        persons=frozenset(ref.actor for step in steps for ref in step.persons),
        given=frozenset(ref.actor for step in steps if step.step not in _TALK for ref in step.persons),
        ratios=frozenset(tuple(sorted(step.terms.ratio)) for step in steps if step.terms.ratio),
        background=all(step.background for step in steps),
        first=days[0] if days else published,
        last=max(days[-1], "" if all(step.background for step in steps) else published) if days else published,
        deeds=frozenset((step.step, day) for step in steps for day in (_day(step),) if day),
    )


def best_parties(steps: tuple[Step, ...]) -> tuple[ActorRef, ...]:
    """Return the parties that most steps give; two before one, the order of a step with a ratio before others."""
    counts: dict[frozenset[str], int] = {}
    for step in steps:
        key = frozenset(ref.actor for ref in step.parties)
        counts[key] = counts.get(key, 0) + 1
    best = max(counts, key=lambda key: (min(len(key), 2), counts[key], -len(key), tuple(sorted(key))))
    fitting = [step for step in steps if frozenset(ref.actor for ref in step.parties) == best]
    chosen = min(fitting, key=lambda step: (step.terms.ratio is None, step.id))
    return chosen.parties


def _day(step: Step) -> str | None:
    return (step.date.since or step.date.until) if step.date is not None else None


def apart(left: str, right: str) -> int:
    """Return how many days lie between two days; 0 where one isn't known."""
    if not left or not right:
        return 0
    return abs((date.fromisoformat(left) - date.fromisoformat(right)).days)


def gap(left: Strand, right: Strand) -> int:
    """Return how many days lie between the stretches of time that two strands tell of; 0 where they overlap."""
    if left.first <= right.last and right.first <= left.last:
        return 0
    first, second = (left, right) if left.last < right.first else (right, left)
    return apart(first.last, second.first)


def agree(left: Strand, right: Strand) -> tuple[int, str]:
    """Return how well two strands agree that they tell of one deal, and why; below `JOINED` they stay apart."""
    if kind_class(left.kind) != kind_class(right.kind):
        return -9, "of another kind"
    shared = left.sides & right.sides
    if not shared:
        return -9, "no party in common"
    if len(left.sides) > 1 and len(right.sides) > 1 and left.sides != right.sides:
        return -9, "other parties"
    score, why = (2, ["the same parties"]) if left.sides == right.sides else (1, ["a party in common"])
    swap = kind_class(left.kind) == "of_people"
    persons = left.persons & right.persons
    if persons:
        score, why = score + 3, [*why, "a person in common"]
    elif swap and left.given and right.given:
        return -9, "other persons"
    ratios = left.ratios & right.ratios
    if ratios:
        score, why = score + 2, [*why, "the same terms"]
    elif left.ratios and right.ratios and swap and not persons:
        return -9, "other terms"
    if left.deeds & right.deeds:
        score, why = score + 2, [*why, "a step of the same day"]
    return _in_time(left, right, score, why, near=bool(persons or ratios or left.deeds & right.deeds))


def _in_time(left: Strand, right: Strand, score: int, why: list[str], *, near: bool) -> tuple[int, str]:
    between = gap(left, right)
    if left.background != right.background and not left.deeds & right.deeds:
        return -9, "history, and news of the day"
    earlier, later = (left, right) if left.last <= right.last else (right, left)
    if earlier.done and earlier.last < later.first and not near:
        return -9, "the earlier one had ended"
    if left.background and right.background:
        return (score + 1, ", ".join([*why, "the same time"])) if between <= 31 else (-9, "at another time")
    if between <= 45:
        return score + 1, ", ".join([*why, "within 45 days"])
    if between <= 180 and near:
        return score, ", ".join(why)
    return -9, "too far apart in time"
