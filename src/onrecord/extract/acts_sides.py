"""The two sides of an article's quarrel: who faces whom where a clause names one of them, or neither.

Only where all that the paragraph (else the article) tells of is one pair of states or armed groups is anything added.
"""

from collections import defaultdict
from functools import cached_property

from onrecord.extract import clause
from onrecord.extract.acts_match import Hit
from onrecord.extract.acts_roles import Role, Roles, slug
from onrecord.lexicon.acts import ActBook
from onrecord.model.reading import Reading

AGAINST = frozenset({"ASSAULT", "THREATEN", "ACCUSE"})


class Sides:
    """Actors and targets of hits, and the pair of sides that an article tells of."""

    def __init__(self, reading: Reading, roles: Roles, hits: list[Hit], book: ActBook) -> None:
        self.reading, self.roles, self.hits, self.book = reading, roles, hits, book

    def pair(self, token: int) -> tuple[Role, ...]:
        """Return the two sides that the paragraph (else the article) tells of, where it tells of one pair alone."""
        place = self.reading.paragraph_of(self.reading.start[token])
        pairs = self._pairs.get(place) or [pair for found in self._pairs.values() for pair in found]
        keys = {frozenset(role.ref.actor for role in pair) for pair in pairs}
        return pairs[0] if len(keys) == 1 else ()

    @cached_property
    def _pairs(self) -> dict[int, list[tuple[Role, ...]]]:
        found: dict[int, list[tuple[Role, ...]]] = defaultdict(list)
        for hit in self.hits:
            place = self.reading.paragraph_of(self.reading.start[hit.token])
            if hit.rule.reciprocal or self._each_other(hit):
                sides = self.roles.powers(self.roles.who((*hit.actors, *hit.targets)))
            elif hit.rule.type in AGAINST:
                ones = (self.roles.powers(self.roles.who(hit.actors)), self.roles.powers(self.roles.who(hit.targets)))
                sides = (*ones[0], *ones[1]) if len(ones[0]) == len(ones[1]) == 1 else ()
            else:
                continue
            if len({role.ref.actor for role in sides}) == len(sides) == 2:
                found[place].append(sides)
        return found

    def of(self, hit: Hit) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
        """Return the actors and the targets of a hit as its own clause names them."""
        actors = self.roles.who(hit.actors)
        targets = self.roles.who(hit.targets)
        if hit.rule.reciprocal or self._each_other(hit):
            return self.roles.who((*hit.actors, *hit.targets)), ()
        if not targets and hit.rule.type == "ASSAULT":
            targets = self.roles.ground(hit.targets)
        doers = {role.ref.actor for role in actors}
        return actors, tuple(role for role in targets if role.ref.actor not in doers)

    def _each_other(self, hit: Hit) -> bool:
        reading = self.reading
        return any(
            reading.lemma[token] == "other" and any(reading.lemma[c] == "each" for c in reading.children(token))
            for token in reading.children(hit.token, "dobj")
        )

    def without_sides(self, token: int, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return these with "the sides" resolved to the states and groups named, where there are any."""
        sides = self.book.words("side")
        kept = tuple(role for role in actors if _last_word(role) not in sides)
        powers = self.roles.powers(kept)
        if len(kept) < len(actors) and not kept:
            return self.pair(token) or actors
        if len(kept) < len(actors):
            known = {role.ref.actor for role in kept}
            return (*(role for role in self.pair(token) if role.ref.actor not in known), *kept)
        return powers if len(powers) > 1 and not any(role.named for role in kept) else kept

    def faced(self, hit: Hit, actors: tuple[Role, ...], targets: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return whom it falls on: the other side, where nobody is named, or soldiers of no country are."""
        organ = self.book.words("organ")
        faceless = all(
            not role.ref.country and role.ref.actor == slug(role.ref.name) and self._lemma_of(role) in organ
            for role in targets
        )
        if not actors or (targets and not (faceless and hit.rule.type == "RETREAT")):
            return targets
        return self._other(hit.token, actors) or targets

    def _lemma_of(self, role: Role) -> str:
        span = role.ref.mention
        token = clause.head_of(self.reading, span.start, span.end) if span else None
        return self.reading.lemma[token] if token is not None else ""

    def _other(self, token: int, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return the side that the actor stands against, where the article tells of one pair alone."""
        mine = {role.ref.actor for role in self.roles.powers(actors)}
        pair = self.pair(token)
        if sum(role.ref.actor in mine for role in pair) != 1:
            return ()
        return tuple(role for role in pair if role.ref.actor not in mine)


def _last_word(role: Role) -> str:
    return (role.ref.name.lower().split() or [""])[-1]
