"""The written rule by which the rules and the learned judge decide together (docs/explanation/acts-judged.md).

The judge gives every root a chance. A trigger of the rules speaks for its type: with `BOTH` where source and target
stand in the places that its rule names, with `ONE` where one of them does. The root with the highest sum of log chance
and votes wins; its share among all sums is how sure that is. Without a judge the votes alone count.
"""

import math
from collections.abc import Mapping, Sequence

from onrecord.extract.acts_given import Vote

BOTH, ONE = 2.0, 1.0
FLOOR = 1e-6
_MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_FALLBACK = "AGREE"


def root_name(kind: str) -> str:
    """Return the root that PLV's fifteen know a PLOVER type by: CONCEDE and RETREAT are YIELD."""
    return _MERGED.get(kind, kind)


def root_of(chances: Mapping[str, float], votes: Sequence[Vote]) -> tuple[str, float]:
    """Return the likeliest root and how sure that is (0 to 1); with neither judge nor votes, a guess of no worth."""
    sums = {root: math.log(max(chance, FLOOR)) for root, chance in chances.items()}
    said: dict[str, float] = {}
    for vote in votes:
        weight = (0.0, ONE, BOTH)[vote.places]
        root = root_name(vote.type)
        said[root] = max(said.get(root, 0.0), weight if chances else weight + 0.1)
    for root, weight in said.items():
        sums[root] = sums.get(root, math.log(FLOOR) if chances else 0.0) + weight
    if not sums:
        return _FALLBACK, 0.0
    top = max(sums.values())
    total = sum(math.exp(value - top) for value in sums.values())
    best = min(root for root, value in sums.items() if value == top)
    return best, 1 / total
