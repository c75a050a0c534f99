"""Whom an act falls on where its own clause names nobody: the other side, the owner of the ground, who is warned off.

Comes in: a hit with its actors and targets. Goes out: targets, those that are concluded marked as inferred.
"""

from msgspec import structs

from onrecord.extract import clause
from onrecord.extract.acts_match import Hit
from onrecord.extract.acts_role import BY_SIDE, Role, slug
from onrecord.extract.acts_sides import Sides

_ARMED = frozenset({"ASSAULT", "MOBILIZE"})
_BETWEEN = frozenset({"AGREE", "AID"})
_OFFERS = frozenset({"AGREE", "REQUEST", "CONSULT", "AID"})
_CONDITION = frozenset({"if", "unless"})


class Faced:
    """The targets that the clause leaves out."""

    def __init__(self, sides: Sides) -> None:
        self.sides, self.reading, self.roles, self.book = sides, sides.reading, sides.roles, sides.book

    def of(self, hit: Hit, actors: tuple[Role, ...], targets: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return whom it falls on: the other side, where nobody is named, or soldiers of no country are."""
        if not actors:
            return targets
        if hit.rule.type == "RETREAT" and targets:
            return self._kept_from(hit, actors, targets)
        direct = any(self.reading.head[token] == hit.token for token in hit.targets)
        if hit.rule.type == "THREATEN" and not direct and not self.roles.powers(targets):
            return self._warned(hit, actors) or self._other(hit.token, actors) or targets
        if targets:
            return targets
        if hit.rule.other_side and not hit.targets:
            offered = self._answered(hit, actors)
            if offered:
                return offered
        if any(self.reading.pos[token] in {"PROPN", "PRON"} for token in hit.targets) and hit.rule.type != "ASSAULT":
            return targets
        if hit.rule.type in _ARMED and all(self.sides.thing(token) for token in hit.targets):
            against = self._opposite(hit, actors)
            if against:
                return against
        if hit.rule.of_state or (hit.rule.type in _ARMED and not self.sides.pairs):
            return targets
        if hit.rule.type == "AGREE" and self.reading.tag[hit.token] == "VBG":
            return targets  # "promising to ..." in passing is told of too loosely
        between = self._both(hit.token, actors) if hit.rule.type in _BETWEEN else ()
        return self._other(hit.token, actors) or between or targets

    def _answered(self, hit: Hit, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return who made the offer that is taken or refused without a word of whose it is ("Sarnia accepted")."""
        bare = self.reading.child(hit.token, "dobj", "xcomp", "ccomp") is None
        if self.reading.lemma[hit.token] not in self.book.words("answer") or not bare:
            return ()
        mine = {role.ref.actor for role in self.roles.powers(actors)}
        here = self.reading.sentence_of(hit.token)
        for other in reversed(self.sides.hits):
            if other.token >= hit.token or other.rule.type not in _OFFERS:
                continue
            if here - self.reading.sentence_of(other.token) > 1:
                break
            made = self.roles.powers(self.roles.who(self.sides.doers_at(other)[0]))
            if len(made) == 1 and made[0].ref.actor not in mine:
                return (structs.replace(made[0], inferred=BY_SIDE),)
        return ()

    def _both(self, token: int, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return the two sides that a third offers its help to, or asks something of."""
        mine = {role.ref.actor for role in self.roles.powers(actors)}
        pair = self.sides.pair(token, meant=True)
        return pair if len(mine) == 1 and mine.isdisjoint(role.ref.actor for role in pair) else ()

    def _kept_from(self, hit: Hit, actors: tuple[Role, ...], targets: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return the side that people given back belong to: soldiers of no country, relatives of the other's officers.

        Whose people they are is told ("relatives of Sarnian officers"), or they are of the other side's forces.
        """
        if any(role.ref.country or role.ref.actor != slug(role.ref.name) for role in targets):
            return targets
        mine = {role.ref.actor for role in self.roles.powers(actors)}
        organ = self.book.words("organ")
        heads = [token for role in targets if (token := self._head(role)) is not None]
        of = [inner for token in heads for inner in clause.preposition(self.reading, token, "of")]
        whose = tuple(role for role in self.roles.powers(self.roles.who(tuple(of))) if role.ref.actor not in mine)
        if len(whose) == 1:
            return whose
        faceless = all(self.reading.lemma[token] in organ for token in (of or heads))
        return (faceless and self._other(hit.token, actors)) or targets

    def _warned(self, hit: Hit, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return who is threatened in case of doing something ("vowed revenge if Sarnia went ahead")."""
        mine = {role.ref.actor for role in (*actors, *self.roles.powers(actors))}
        reading = self.reading
        doers = [
            subject
            for verb in (hit.token, *reading.children(hit.token, "xcomp", "ccomp"))
            for condition in reading.children(verb, "advcl")
            if any(reading.lemma[mark] in _CONDITION for mark in reading.children(condition, "mark"))
            for subject in reading.children(condition, "nsubj")
        ]
        named = self.roles.powers(self.roles.who(tuple(doers)))
        return tuple(role for role in named if role.ref.actor not in mine)

    def _opposite(self, hit: Hit, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return who moves against these in the same sentence ("Velmoran troops fired after Sarnian ones crossed")."""
        mine = {role.ref.actor for role in self.roles.powers(actors)}
        sentence = self.reading.sentence_of(hit.token)
        found: dict[str, Role] = {}
        for other in self.sides.hits:
            if other is hit or other.rule.type not in _ARMED or self.reading.sentence_of(other.token) != sentence:
                continue
            for role in self.roles.powers(self.roles.who(self.sides.doers_at(other)[0])):
                if role.ref.actor not in mine:
                    found[role.ref.actor] = structs.replace(role, inferred=BY_SIDE)
        return tuple(found.values()) if len(found) == len(mine) == 1 else ()

    def _head(self, role: Role) -> int | None:
        span = role.ref.mention
        return clause.head_of(self.reading, span.start, span.end) if span else None

    def _other(self, token: int, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return the side that the actor stands against, where the article tells of one pair alone."""
        mine = {role.ref.actor for role in self.roles.powers(actors)}
        pair = self.sides.pair(token)
        if sum(role.ref.actor in mine for role in pair) != 1:
            return ()
        return tuple(structs.replace(role, inferred=BY_SIDE) for role in pair if role.ref.actor not in mine)
