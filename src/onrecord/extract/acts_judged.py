"""The written rule by which the rules and the learned judge decide together (docs/explanation/acts-judged.md).

The judge gives every root a chance. A trigger of the rules speaks for its type: with `BOTH` where source and target
stand in the places that its rule names, with `ONE` where one of them does. The root with the highest sum of log chance
and votes wins; its share among all sums is how sure that is. Without a judge the votes alone count.
"""

import math
from collections.abc import Mapping, Sequence

from msgspec import structs

from onrecord.extract.acts_given import Vote
from onrecord.model.claim import Act
from onrecord.model.judged import Judged
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document

BOTH, ONE = 2.0, 1.0
FLOOR = 1e-6
LEAST = 0.005
_MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_FALLBACK = "AGREE"


def run(
    *, document: Document, told: tuple[Act, ...], judged: tuple[Judged, ...]
) -> tuple[tuple[Act, ...], tuple[Rejection, ...]]:
    """Return the acts with how sure they are, and a rejection for each that the judge finds next to impossible.

    An act that the judge was not asked about (one side alone is named) stays as the rules tell it, without a number.
    """
    chances = {row.act: row.chances for row in judged}
    kept, rejections = [], []
    for act in told:
        row = chances.get(act.id)
        if row is None:
            kept.append(act)
            continue
        sure, other = confidence(act.type, row)
        if sure >= LEAST:
            kept.append(structs.replace(act, confidence=round(sure, 4)))
            continue
        note = f"{act.rules[0]}: {act.type} at {sure:.2f}, rather {other}"
        rejections.append(Rejection(code="R305", stage="extract", document=document.id, span=act.trigger, note=note))
    return tuple(kept), tuple(rejections)


def confidence(kind: str, chances: Mapping[str, float]) -> tuple[float, str]:
    """Return how sure it is that an act of both sides has this type, and the likeliest root beside it."""
    own = root_name(kind)
    sums = {root: max(chance, FLOOR) * (math.exp(BOTH) if root == own else 1.0) for root, chance in chances.items()}
    others = {root: value for root, value in sums.items() if root != own}
    return sums.get(own, FLOOR) / sum(sums.values()), max(others, key=lambda root: others[root], default=own)


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
