"""What one article says of one deal, taken together: the unit that deals are assembled from.

Comes in: the steps of an article that carry the same group. Goes out: strands, light enough to hold many of them.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Custody, Statement, Step
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.vocabulary import DealKind

SWAPS: frozenset[DealKind] = frozenset({"prisoner_exchange", "hostage_release"})
_DONE = frozenset({"carried_out", "collapsed"})
# Who is named in these was asked for, spoken of or on a list: others may be given in the end.
_TALK = frozenset(
    {"proposed", "discussed", "conditions_set", "refused", "denied", "reaffirmed", "agreed_in_principle", "scheduled"}
)
_PACT = frozenset({"agreed", "signed"})
_HANDED = frozenset({"carried_out", "partly_carried_out"})
_FREED = frozenset({"exchanged", "released"})


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What a deal is built of: the steps, who vouches for each voice, and who was freed in the same article."""

    steps: tuple[Step, ...]
    speakers: dict[str, ActorRef]
    freed: tuple[ActorRef, ...] = ()


class Strand(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """The steps of one deal in one article, and what they say together. `first` and `last` are days.

    `pacts` are the days, first and last, on which it was agreed or signed, and whether they are told (else those of the
    article). `ended` is the day on which the deal came to its end, or "" where nothing says that it did.
    `names` are the ids under which a judgement may speak of it; `told` is a `Told` as msgpack.
    """

    id: str
    document: str
    published: str
    kind: DealKind
    parties: tuple[str, ...]
    sides: frozenset[str]
    persons: frozenset[str]
    given: frozenset[str]
    ratios: frozenset[tuple[int, ...]]
    durations: frozenset[str]
    background: bool
    ended: str
    first: str
    last: str
    deeds: frozenset[tuple[str, str]]
    pacts: frozenset[tuple[str, str, bool]]
    names: frozenset[str]
    told: bytes

    @property
    def deal(self) -> str:
        """The id of the deal that this strand would found."""
        return identity("deal", kind_class(self.kind), self.document, self.id)

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Where it comes in the order in which strands are gone through."""
        return self.first, self.published, self.document, self.id


def kind_class(kind: DealKind) -> str:
    """Return the kind under which deals are compared: a release of hostages may be told as an exchange."""
    return "of_people" if kind in SWAPS else kind


_encoder = msgspec.msgpack.Encoder()
_told_decoder = msgspec.msgpack.Decoder(Told)


def told_in(strand: Strand) -> Told:
    """Return the steps of a strand and their speakers."""
    return _told_decoder.decode(strand.told)


def of(article: ArticleResult) -> tuple[Strand, ...]:
    """Return the strands of an article, in order of their ids."""
    if article.document is None:
        return ()
    groups: dict[str, dict[str, Step]] = {}
    for step in article.steps:
        groups.setdefault(step.group or step.id, {})[step.id] = step
    speakers = speakers_of(article.statements)
    freed = _freed(article.custody)
    day_at = article.document.day_at
    swaps = sum(_hands_over(steps.values()) for steps in groups.values())
    return tuple(
        _strand(
            key,
            article.document.id,
            max(day_at(step.evidence[0].start) or "" for step in steps.values()),
            tuple(sorted(steps.values(), key=_place)),
            speakers,
            freed if swaps == 1 and _hands_over(steps.values()) else (),
        )
        for key, steps in sorted(groups.items())
    )


def speakers_of(statements: Iterable[Statement]) -> dict[str, ActorRef]:
    """Return who speaks in each statement that has a speaker."""
    return {made.id: made.speaker for made in statements if made.speaker is not None}


def _hands_over(steps: Iterable[Step]) -> bool:
    return any(
        step.deal_kind in SWAPS and step.step in _HANDED and step.polarity == "asserted" and not step.background
        for step in steps
    )


def _freed(reports: Iterable[Custody]) -> tuple[Custody, ...]:
    return tuple(one for one in reports if one.status in _FREED and one.polarity == "asserted" and one.count is None)


def _place(step: Step) -> tuple[int, int, str]:
    return step.evidence[0].start, step.evidence[0].end, step.id


def _strand(
    key: str,
    document: str,
    published: str,
    steps: tuple[Step, ...],
    speakers: Mapping[str, ActorRef],
    reports: tuple[Custody, ...],
) -> Strand:
    parties = best_parties(steps)
    sides = frozenset(ref.actor for ref in parties)
    days = sorted({day for step in steps for day in (day_of(step),) if day})
    kinds = sorted((step.deal_kind for step in steps), key=lambda kind: (kind != "prisoner_exchange", kind))
    handed = {day_of(step) for step in steps if step.step in _HANDED} - {None}
    freed = tuple(
        report.person
        for report in reports
        if (report.holder is None or report.holder.actor in sides or report.holder.country in sides)
        and (report.date is None or not handed or {report.date.since, report.date.until} & handed)
    )
    voices = sorted({step.voice for step in steps if step.voice is not None} & speakers.keys())
    told = Told(steps, {voice: speakers[voice] for voice in voices}, freed)
    history = all(step.background for step in steps)
    made = Strand(
        id=key,
        document=document,
        published=published,
        kind=kinds[0],
        parties=tuple(ref.actor for ref in parties),
        sides=sides,
        persons=frozenset(ref.actor for step in steps for ref in step.persons) | {ref.actor for ref in freed},
        given=frozenset(ref.actor for step in steps if step.step not in _TALK for ref in step.persons)
        | {ref.actor for ref in freed},
        ratios=_sizes(steps),
        durations=frozenset(" ".join(step.terms.duration.lower().split()) for step in steps if step.terms.duration),
        background=history,
        ended=max(
            (
                day_of(step) or published or "9999"
                for step in steps
                if step.step in _DONE and step.polarity == "asserted" and not step.conditional
            ),
            default="",
        ),
        first=days[0] if days else published,
        last=max(days[-1], "" if history else published) if days else published,
        deeds=frozenset((step.step, day) for step in steps for day in (day_of(step),) if day),
        pacts=_pacts(steps, published),
        names=frozenset(),
        told=_encoder.encode(told),
    )
    return msgspec.structs.replace(made, names=frozenset({key, made.deal, *(step.id for step in steps)}))


def _sizes(steps: tuple[Step, ...]) -> frozenset[tuple[int, ...]]:
    """Return how many were to be given for how many; the sizes of parts only where nothing tells that of the whole."""
    told = [step for step in steps if step.terms.ratio]
    whole = [step for step in told if step.step != "partly_carried_out"] or told
    return frozenset(tuple(sorted(step.terms.ratio)) for step in whole if step.terms.ratio)


def _pacts(steps: tuple[Step, ...], published: str) -> frozenset[tuple[str, str, bool]]:
    found: set[tuple[str, str, bool]] = set()
    for step in steps:
        if step.step in _PACT and step.polarity == "asserted" and not step.conditional:
            date = step.date
            if date is not None and date.since and date.until:
                found.add((date.since, date.until, True))
            elif published:
                found.add((published, published, False))
    return frozenset(found)


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


def day_of(step: Step) -> str | None:
    """Return the day on which a step happened, where it has a date of its own."""
    return (step.date.since or step.date.until) if step.date is not None else None


def apart(left: str, right: str) -> int:
    """Return how many days lie between two days; 0 where one isn't known."""
    if not left or not right:
        return 0
    return abs((date.fromisoformat(left) - date.fromisoformat(right)).days)
