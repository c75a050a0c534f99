"""Fill in who holds or frees people, where an act is told without its doer. Comes in: a hit and its roles.

"Was freed", "the release of hostages": whose deed it is stands elsewhere in the article (`Holdings`), or nowhere.
"""

from onrecord.extract.acts_match import Hit
from onrecord.extract.acts_role import Role
from onrecord.lexicon.acts import ActBook
from onrecord.model.holding import Holdings

_TYPES = frozenset({"RETREAT", "COERCE", "CONCEDE"})


class Holders:
    """Actors and targets of acts upon people held, out of what the whole article tells of them."""

    def __init__(self, holdings: Holdings, book: ActBook) -> None:
        self.holdings, self.book = holdings, book

    def fill(
        self, hit: Hit, actors: tuple[Role, ...], targets: tuple[Role, ...]
    ) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
        """Return actors and targets, the holder for a missing actor and the names for a group that is counted out."""
        hold = self.holdings.at(hit.token) if hit.rule.type in _TYPES and not hit.rule.reciprocal else None
        if hold is None:
            return actors, targets
        if not actors:
            actors = tuple(Role(ref, political=True, inferred=hold.rule) for ref in hold.holders)
        if hold.persons:
            targets = tuple(Role(ref, political=False, inferred="held.counted") for ref in hold.persons)
        return actors, targets
