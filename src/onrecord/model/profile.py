"""What is known of one person in one place: what two such profiles are compared by, and an opinion on them."""

from collections.abc import Set as AbstractSet

import msgspec

from onrecord.model.vocabulary import Verdict


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A person as one or more reports have him. `documents` are those in which he is told of, `days` ISO days."""

    actors: AbstractSet[str]
    names: AbstractSet[str]
    documents: AbstractSet[str] = frozenset()
    nationalities: AbstractSet[str] = frozenset()
    holders: AbstractSet[str] = frozenset()
    charges: AbstractSet[str] = frozenset()
    days: AbstractSet[str] = frozenset()
    several: int | None = None


class Opinion(msgspec.Struct, frozen=True):
    """Are two profiles one person? With the points and the features that say so, in words."""

    verdict: Verdict
    points: int
    because: str
