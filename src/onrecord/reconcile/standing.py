"""Say who has standing in a deal, and on whose word a step rests. Comes in: steps, speakers. Goes out: `Told`."""

from collections.abc import Mapping

from onrecord.model.claim import Step
from onrecord.model.mention import ActorRef
from onrecord.reconcile.status import Standing, Told

# Who speaks against a government or beside it speaks for no side, whatever his country.
_OPPOSED = frozenset({"opposition", "dissident", "activist", "campaigner", "analyst", "lawyer", "exiled"})
# The rules by which a truce is told to be in force, and not only that somebody will keep it.
_IN_FORCE = frozenset({"deals.step.holds", "deals.step.in_force"})
# A government that the article leaves without its country speaks for the side whose man it tells of, but only of what
# holds a deal back: nobody's word but a party's takes one forward.
_BODIES = frozenset({"government", "foreign ministry", "defence ministry", "defense ministry", "presidency"})
_HOLDS_BACK = frozenset({"refused", "suspended", "postponed"})
# What happened before everybody's eyes, whoever did it; the rest is words, and words need standing.
_DEEDS = frozenset({"signed", "carried_out", "partly_carried_out", "collapsed", "talks_held", "violated", "extended"})


def side_of(ref: ActorRef | None, parties: tuple[ActorRef, ...]) -> str | None:
    """Return the party that this actor is or speaks for, or None."""
    if ref is None or _OPPOSED & set((ref.role or "").lower().split()):
        return None
    for party in parties:
        if ref.actor == party.actor:
            return party.actor
    if ref.role:
        role = ref.role.lower()
        for party in parties:
            if party.name and party.name.lower() in role:
                return party.actor
    # a rebel's spokesman has the rebels' country too: where both are parties, only an office tells whose he is
    hosted = any(party.country == ref.country and party.actor != party.country for party in parties)
    if ref.country is None or (hosted and ref.role is None and ref.actor != ref.country):
        return None
    return next((party.actor for party in parties if party.actor == ref.country), None)


def told_of(step: Step, parties: tuple[ActorRef, ...], speakers: Mapping[str, ActorRef], published: str | None) -> Told:
    """Return the step as the rule of status sees it."""
    side = side_of(step.by, parties)
    speaker = speakers.get(step.voice) if step.voice is not None else None
    teller = side_of(speaker, parties)
    bare = speaker is not None and speaker.country is None and speaker.name.lower() in _BODIES
    if teller is None and bare and step.step in _HOLDS_BACK:
        teller = side  # "his prime minister will stay away, the government said"
    standing: Standing = "own"
    if step.voice is not None:
        standing = "party" if teller is not None else "third"
    elif step.by is not None and side is None and step.step not in _DEEDS:
        standing = "third"
    date = step.date
    since = (date.since or date.until) if date is not None else None
    who = step.by.name if step.by is not None else None
    when = since or (f"told {published[:10]}" if published else "undated")
    return Told(
        id=step.id,
        step=step.step,
        kind=step.deal_kind,
        since=since or (published or "")[:10],
        dated=since is not None,
        standing=standing,
        side=side,
        teller=teller,
        polarity=step.polarity,
        conditional=step.conditional,
        unilateral=step.terms.unilateral,
        planned=(step.scheduled_for.since or step.scheduled_for.until) if step.scheduled_for is not None else None,
        in_force=step.step == "reaffirmed" and step.polarity == "asserted" and not _IN_FORCE.isdisjoint(step.rules),
        label=f"{step.step}{f' by {who}' if who else ''} ({when})",
    )
