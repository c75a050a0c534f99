"""Who holds whom in one article: made by `extract.held`, read by acts and custody.

A holder is either told ("rebels kidnapped X", "freed from A jails") or worked out by a rule that has a name here and a
reason that can be printed. Where two could hold somebody there is no entry.
"""

import msgspec

from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period

REASONS: dict[str, str] = {
    "held.elsewhere": "the holder is told elsewhere in the article, and no other is told of this person or group",
    "held.prison": "the holder is whose prison, custody or captivity the clause names",
    "held.counted": "as many names are told as there are people in the one group whose holder is told",
    "held.sides": "people of one side of the exchange that the article tells of are held by the other side",
    "held.hostages": "between a state and an armed group the hostages are the group's, the prisoners the state's",
    "held.part": "they are told as a part of a group whose holder is known",
    "held.only": "the article tells of one captor alone, and names no other armed group or state beside them",
    "held.label": "the item of the digest stands under the name of one state, and tells of no other holder",
}


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds those that a word tells of; `persons` are their names, where the article counts them out elsewhere."""

    holders: tuple[ActorRef, ...]
    rule: str | None = None
    persons: tuple[ActorRef, ...] = ()


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """Holds by the token of the word that tells them, and by the actor id of each person.

    `swap` says whether the article tells of an exchange or a release of people held, and `day` when it was
    carried out, where the article tells of one such day alone. `days` are the exchanges told as done, in order: where
    the words stand, and the day where it is known. `pair` are the two sides, where all exchanges of the article have
    the same two. `digest`: the article is a round-up, whose items have nothing to do with each other.
    """

    words: dict[int, Hold] = {}
    people: dict[str, Hold] = {}
    swap: bool = False
    day: Period | None = None
    days: tuple[tuple[int, Period | None], ...] = ()
    pair: tuple[ActorRef, ...] = ()
    digest: bool = False

    def at(self, token: int) -> Hold | None:
        """Return who holds those that this verb or noun tells of, or None where that is not known."""
        return self.words.get(token)

    def of(self, actor: str) -> Hold | None:
        """Return who holds this person, or None where that is not known."""
        return self.people.get(actor)
