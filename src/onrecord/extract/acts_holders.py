"""Fill in who holds or frees people, where an act is told without its doer. Comes in: a hit and its roles.

"Was freed", "the release of hostages": whose deed it is stands elsewhere in the article (`Holdings`), or nowhere.
"""

from msgspec import structs

from onrecord.extract.acts_match import Hit
from onrecord.extract.acts_role import Role
from onrecord.lexicon.acts import ActBook
from onrecord.model.holding import Holdings

_TYPES = frozenset({"RETREAT", "COERCE", "CONCEDE"})


class Holders:
    """Actors and targets of acts upon people held, out of what the whole article tells of them."""

    def __init__(self, holdings: Holdings, book: ActBook) -> None:
        self.holdings, self.book = holdings, book
        self._of: dict[str, dict[str, Role]] = {}

    def fill(
        self, hit: Hit, actors: tuple[Role, ...], targets: tuple[Role, ...]
    ) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
        """Return actors and targets, the holder for a missing actor and the names for a group that is counted out."""
        hold = self.holdings.at(hit.token) if hit.rule.type in _TYPES and not hit.rule.reciprocal else None
        if hold is None:
            return actors, targets
        if not actors:
            actors = tuple(Role(ref, political=True, inferred=hold.rule) for ref in hold.holders)
            if len(actors) > 1 and not hold.persons:
                return actors, ()  # an exchange: either side frees the other's people, and these are of one side
        if hold.persons:
            targets = tuple(Role(ref, political=False, inferred="held.counted") for ref in hold.persons)
        return actors, targets

    def learn(self, hit: Hit, actors: tuple[Role, ...], targets: tuple[Role, ...]) -> None:
        """Remember who holds or frees these people."""
        if hit.rule.type not in _TYPES or hit.rule.reciprocal:
            return
        for target in targets:
            if target.named or target.ref.country is not None:
                self._of.setdefault(target.ref.actor, {}).update({role.ref.actor: role for role in actors})

    def before(self, hit: Hit, targets: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return who was told to hold or free the same people, where that is one alone."""
        if hit.rule.type not in _TYPES or hit.rule.reciprocal or len(targets) != 1:
            return ()
        known = self._of.get(targets[0].ref.actor, {})
        if not known and targets[0].named and (hold := self.holdings.of(targets[0].ref.actor)) is not None:
            known = {ref.actor: Role(ref, political=True) for ref in hold.holders}
        if len(known) != 1:
            return ()
        return tuple(structs.replace(role, inferred="held.elsewhere") for role in known.values())
