"""Weigh: features of two persons into points. The table is small enough to be argued about row by row."""

from collections.abc import Iterable

from onrecord.resolve.compare import Feature

# feature: points where it agrees, points where it differs (None: then they are two people, whatever else agrees)
WEIGHTS: dict[str, tuple[int, int | None]] = {
    "full name": (3, 0),
    "spelling": (2, 0),
    "a name left out": (2, 0),
    "two names left out": (1, 0),
    "first letter": (1, 0),
    "last name": (1, 0),
    "name": (0, None),
    "article": (0, None),
    "number": (0, None),
    "nationality": (1, -2),
    "holder": (1, -1),
    "charge": (2, -1),
}
SAME, UNSURE = 2, 1  # points from which two are one person, and from which it can't be said


def points(features: Iterable[Feature]) -> int | None:
    """Return the sum of the points, or None where a feature forbids that they are one person."""
    total = 0
    for feature in features:
        agrees, differs = WEIGHTS[feature.name]
        if feature.agrees:
            total += agrees
        elif differs is None:
            return None
        else:
            total += differs
    return total
