"""Call an armed group by its name where the article tells both the name and what it is.

Comes in: reading, cast, the sides of each member. Goes out: the same, descriptions replaced by names.
"""

from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_NEAR = 2
_PLURAL = frozenset({"NNS", "NNPS"})
type Heads = dict[int, tuple[ActorRef, ...]]


def by_name(reading: Reading, cast: Cast, by_head: Heads) -> Heads:
    """Return the sides by head, "the separatist group" called as the article calls it: "the separatist group, the A".

    Who speaks for the described group speaks for the named one; a name is not called after the many it is one of.
    """
    called: dict[str, ActorRef] = {}
    plural: set[str] = set()
    for member in cast.members:
        if member.sort != "armed_group" or member.form != "group" or len(member.refs) != 1:
            continue
        own, side = member.refs[0], by_head.get(member.head, ())
        if own.actor.isupper():
            continue
        if len(side) == 1 and side[0].actor != own.actor:
            called.setdefault(own.actor, side[0])
        name = _behind(reading, cast, member)
        if name is not None:
            called.setdefault(own.actor, ActorRef(name.actor, name.name, name.country or own.country))
        if reading.tag[member.head] in _PLURAL:
            plural.add(own.actor)
    named = {head: tuple(called.get(ref.actor, ref) for ref in refs) for head, refs in by_head.items()}
    for member in cast.members:
        side = named.get(member.head, ())
        one_of = len(side) == 1 and side[0].actor in plural and member.form == "name" and len(member.refs) == 1
        if one_of and any(reading.lemma[at] == "of" for at in range(member.last, min(len(reading), member.last + 6))):
            ref = member.refs[0]
            named[member.head] = (ActorRef(ref.actor, ref.name, None),)
    return named


def _behind(reading: Reading, cast: Cast, member: Member) -> ActorRef | None:
    """Return the organisation named right behind the comma: "the main separatist group in the south, the BRN"."""
    end = member.last
    if end + 1 >= len(reading) or reading.word(end) != ",":
        return None
    found = next(
        (one for one in cast.within(end + 1, min(len(reading), end + 1 + _NEAR)) if one.first <= end + _NEAR), None
    )
    if found is None or found.sort != "organisation" or len(found.refs) != 1 or reading.pos[found.head] != "PROPN":
        return None
    closed = found.last < len(reading) and reading.word(found.last) in {",", "."}
    return found.refs[0] if closed and reading.dep[found.head] == "appos" else None
