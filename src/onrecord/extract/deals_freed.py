"""Say whose deal it is where people are freed by nobody who is named. Comes in: a verb, sides. Goes out: sides.

In an article about a state and the one band that it fights: soldiers come from the band, hostages too.
"""

import msgspec

from onrecord.extract.clause import object_of
from onrecord.extract.deals_parties import Sides
from onrecord.extract.deals_steps import Draft
from onrecord.lexicon.deals import DealBook
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_ASKED = frozenset({"proposed", "refused", "discussed", "conditions_set", "denied"})
_PAIR = 2


class Freed(msgspec.Struct, frozen=True, kw_only=True):
    """The words for a state's own men, and for those that only captors hold."""

    men: frozenset[str] = frozenset()
    hostages: frozenset[str] = frozenset()

    @classmethod
    def of(cls, book: DealBook) -> "Freed":
        """Take the lists from the book."""
        return cls(men=book.words("men_of_state"), hostages=book.words("hostages"))

    def sides(
        self, reading: Reading, draft: Draft, sides: Sides, foes: tuple[ActorRef, ...], found: dict[str, ActorRef]
    ) -> tuple[ActorRef, ...]:
        """Return the sides of a release of which the sentence names none (`found`), or only rebels who ask for it."""
        if len(found) == 1 and draft.step in _ASKED:
            only = next(iter(found.values()))
            theirs = only.actor in {ref.actor for ref in sides.versus} and only.actor != only.country
            return sides.versus if theirs else ()
        if found or draft.mention is not None:
            return ()
        freed = object_of(reading, draft.trigger)
        armed = sum(ref.actor != ref.country for ref in foes)
        if len(foes) == _PAIR and armed == 1 and any(self._men(reading, one) for one in freed):
            return foes
        bands = {ref.actor: ref for refs in sides.by_head.values() for ref in refs if ref.actor != ref.country}
        held = any(reading.lemma[one] in self.hostages for one in freed)
        return tuple(bands.values()) if held and len(bands) == 1 and draft.kind == "hostage_release" else ()

    def _men(self, reading: Reading, thing: int) -> bool:
        return any(reading.lemma[one] in self.men for one in (thing, *reading.children(thing, "compound")))
