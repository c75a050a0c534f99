"""Compare: two profiles of persons, feature by feature. Comes out: what agrees and what differs, each by name."""

import re
from collections.abc import Set as AbstractSet

import msgspec
from rapidfuzz.distance import Levenshtein

from onrecord.model.profile import Profile
from onrecord.resolve.block import words

_FILLER = frozenset("a an and the of on in for to with by his her charges charge allegedly".split())  # noqa: SIM905


class Feature(msgspec.Struct, frozen=True):
    """One thing that two profiles agree (True) or differ (False) in; a feature that one lacks isn't there."""

    name: str
    agrees: bool
    words: str


def features(left: Profile, right: Profile) -> tuple[Feature, ...]:
    """Return the features on which both profiles say something; the order of the two makes no difference."""
    found = [_name(left, right)]
    both = left.documents & right.documents
    if both and not left.actors & right.actors:
        found.append(Feature("article", agrees=False, words="one article tells them apart"))
    for name, ours, theirs in (
        ("nationality", left.nationalities, right.nationalities),
        ("holder", left.holders, right.holders),
    ):
        if ours and theirs:
            shared = sorted(ours & theirs)
            told = f"same {name} ({shared[0]})" if shared else f"another {name}"
            found.append(Feature(name, agrees=bool(shared), words=told))
    charge = _charge(left.charges, right.charges)
    if charge is not None:
        found.append(charge)
    if left.several != right.several:
        found.append(Feature("number", agrees=False, words="another number of people"))
    return tuple(found)


def _name(left: Profile, right: Profile) -> Feature:
    same = left.names & right.names
    if same:
        return Feature("full name" if len(words(min(same))) > 1 else "last name", agrees=True, words="the same name")
    pairs = [(one, two) for one in sorted(left.names) for two in sorted(right.names)]
    for one, two in pairs:
        kind = _alike(words(one), words(two))
        if kind is not None:
            first, second = sorted((one, two))
            return Feature(kind, agrees=True, words=f"{first} and {second} are one name ({kind})")
    return Feature("name", agrees=False, words="another name")


def _alike(left: tuple[str, ...], right: tuple[str, ...]) -> str | None:
    """Say how two names may be one: as a spelling, an initial, a name left out, or the last name alone; None: not."""
    if not left or not right or _close(left[-1], right[-1]) is None:
        return None
    if len(left) == 1 or len(right) == 1:
        return "last name"
    ours, theirs = left[:-1], right[:-1]
    if _close(ours[0], theirs[0]) is not None:
        # "Jaime Mora" is hardly Jaime Luis Solano Mora, whose family's name is Solano
        return ("spelling", "a name left out", "two names left out")[min(2, abs(len(ours) - len(theirs)))]
    if len(ours[0]) == 1 or len(theirs[0]) == 1:
        return "first letter" if ours[0][0] == theirs[0][0] else None
    short, long = sorted((ours, theirs), key=len)
    return "a name left out" if set(short) <= set(long) else None


def _close(left: str, right: str) -> int | None:
    """Return how many letters two words differ in (Levenshtein) where that is a spelling's worth, else None."""
    most = 0 if min(len(left), len(right)) < 4 else 1 if min(len(left), len(right)) < 8 else 2
    distance = Levenshtein.distance(left, right, score_cutoff=most)
    return distance if distance <= most and left[0] == right[0] else None


def _charge(left: AbstractSet[str], right: AbstractSet[str]) -> Feature | None:
    if not left or not right:
        return None
    ours, theirs = (_content(several) for several in (left, right))
    shared = sorted(ours & theirs)
    told = f"the same charge ({' '.join(shared)})" if shared else "another charge"
    return Feature("charge", agrees=bool(shared), words=told)


def _content(several: AbstractSet[str]) -> set[str]:
    return {word for text in several for word in re.findall(r"\w+", text.lower())} - _FILLER
