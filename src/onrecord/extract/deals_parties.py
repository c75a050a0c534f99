"""Say between whom a deal is. Comes in: reading, cast, a mention or a verb. Goes out: sides, told apart from brokers.

A person stands for the state or armed group that he speaks for; the United Nations or the Red Cross are nobody's side.
"""

import msgspec

from onrecord.extract.clause import subject_of
from onrecord.extract.deals_mentions import DealMention
from onrecord.lexicon.deals import DealBook
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_STATE = ("state", "government")
_CODE = 3


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """Whose side each member of the cast is on, by its place in the cast; None where it is on nobody's."""

    cast: Cast
    by_head: dict[int, tuple[ActorRef, ...]]
    names: dict[str, str]

    def at(self, token: int) -> tuple[ActorRef, ...]:
        """Return the sides that the token stands for."""
        member = self.cast.member_at(token)
        return self.by_head.get(member.head, ()) if member else ()

    def within(self, first: int, last: int) -> tuple[ActorRef, ...]:
        """Return the sides that are named in tokens `[first, last)`, each once, in order."""
        found: dict[str, ActorRef] = {}
        for member in self.cast.within(first, last):
            for ref in self.by_head.get(member.head, ()):
                found.setdefault(ref.actor, ref)
        return tuple(found.values())


def sides_of(cast: Cast) -> Sides:
    """Return whose side each member of the cast is on."""
    names = {
        ref.actor: ref.name
        for member in cast.members
        if member.sort in _STATE
        for ref in member.refs
        if ref.actor == ref.country
    }
    groups = {ref.name.lower(): ref for member in cast.members if member.sort == "armed_group" for ref in member.refs}
    by_head = {member.head: _sides(member, names, groups) for member in cast.members}
    return Sides(cast=cast, by_head=by_head, names=names)


def _sides(member: Member, names: dict[str, str], groups: dict[str, ActorRef]) -> tuple[ActorRef, ...]:
    found: dict[str, ActorRef] = {}
    for ref in member.refs:
        side = _side(member, ref, names, groups)
        if side is not None:
            found.setdefault(side.actor, side)
    return tuple(found.values())


def _side(member: Member, ref: ActorRef, names: dict[str, str], groups: dict[str, ActorRef]) -> ActorRef | None:
    if member.sort == "armed_group":
        return ActorRef(ref.actor, ref.name, ref.country)
    if member.sort == "person" and ref.role:
        role = ref.role.lower()
        for name, group in groups.items():
            if name in role:
                return ActorRef(group.actor, group.name, group.country)
    country = ref.country
    if member.sort == "person" and not (ref.role or country):
        return None
    if country and len(country) == _CODE and member.sort in {"person", "state", "government", "group"}:
        return ActorRef(country, names.get(country, ref.name if ref.actor == country else country), country)
    return None


def named(reading: Reading, mention: DealMention, sides: Sides) -> tuple[ActorRef, ...]:
    """Return the sides that the mention itself names: "between A and B", "with B", "an A-B exchange"."""
    found: dict[str, ActorRef] = {}
    for prep in (*reading.children(mention.head, "prep"), *_preps_of_verb(reading, mention.head)):
        if reading.lemma[prep] in {"between", "with", "among"}:
            for ref in sides.within(*_near(reading, prep)):
                found.setdefault(ref.actor, ref)
    for ref in sides.within(mention.first, mention.head):
        if mention.head - mention.first <= 12:
            found.setdefault(ref.actor, ref)
    return tuple(found.values())


def _preps_of_verb(reading: Reading, head: int) -> tuple[int, ...]:
    above = reading.head[head]
    if reading.dep[head] in {"dobj", "nsubj", "nsubjpass"}:
        return tuple(prep for prep in reading.children(above, "prep") if head < prep <= head + 12 or prep > above)
    return ()


def _near(reading: Reading, prep: int) -> tuple[int, int]:
    first, last = reading.subtree(prep)
    return prep, min(last, prep + 16, max(first, last))


def doers(reading: Reading, verb: int, sides: Sides) -> tuple[ActorRef, ...]:
    """Return the sides that do what this verb tells."""
    found: dict[str, ActorRef] = {}
    for token in subject_of(reading, verb):
        for ref in sides.at(token):
            found.setdefault(ref.actor, ref)
    return tuple(found.values())


def brokers(reading: Reading, mention: DealMention, book: DealBook, sides: Sides) -> tuple[ActorRef, ...]:
    """Return the sides that the sentence says stand between: "brokered by A", "the mediator, A"."""
    sentence = reading.sentences[reading.sentence_of(mention.head)]
    found: dict[str, ActorRef] = {}
    for token in range(*sentence):
        if not any(not rest for _, rest in book.of("broker", reading.lemma[token])):
            continue
        if reading.pos[token] == "VERB":
            spans = [(doer, doer + 1) for doer in subject_of(reading, token) if doer != mention.head]
        else:
            spans = [reading.subtree(token)]
        for first, last in spans:
            for ref in (*sides.within(first, last), *sides.at(first)):
                found.setdefault(ref.actor, ref)
    return tuple(found.values())
