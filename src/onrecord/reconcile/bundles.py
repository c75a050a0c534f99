"""Which strands tell of one deal. Comes in: strands of one kind. Goes out: bundles, one a deal, with a reason a join.

Strands with the same two parties are gone through in order of time. Strands that name one party, or more than two, are
then put to the bundle that they fit best, so that none of them can draw two deals together. A pure function of the set.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from onrecord.reconcile.features import FAR, Score, agree
from onrecord.reconcile.judged import Rulings
from onrecord.reconcile.strands import Strand, apart

_LOOK_BACK = 8  # strands of a bundle that a new one is compared with
_OPEN = 24  # bundles of two parties that are looked at, the latest first
_REACH = 2 * FAR


class Bundle(msgspec.Struct, kw_only=True):
    """The strands of one deal in order of time, and why each later one is in it."""

    strands: list[Strand]
    why: dict[str, str]

    @property
    def founder(self) -> Strand:
        """The first thing told of the deal: it gives the deal its id, so that later articles don't change it."""
        return min(self.strands, key=lambda strand: strand.place)


def arrange(strands: Iterable[Strand], rulings: Rulings) -> list[Bundle]:
    """Return the strands in bundles; their order makes no difference."""
    pairs: dict[tuple[str, ...], list[Strand]] = defaultdict(list)
    odd: list[Strand] = []
    for strand in sorted(strands, key=lambda strand: strand.place):
        if len(strand.sides) == 2:
            pairs[tuple(sorted(strand.sides))].append(strand)
        else:
            odd.append(strand)
    by_pair = {pair: _in_order(family, rulings) for pair, family in pairs.items()}
    found = [one for pair in sorted(by_pair) for one in by_pair[pair]]
    rest = _fitted(odd, by_pair, rulings)
    families: dict[frozenset[str], list[Strand]] = defaultdict(list)
    for strand in rest:
        families[strand.sides].append(strand)
    for sides in sorted(families, key=sorted):
        if sides:
            found += _in_order(families[sides], rulings)
        else:
            found += [Bundle(strands=[strand], why={}) for strand in families[sides]]
    return joined(found, rulings)


def _in_order(family: list[Strand], rulings: Rulings) -> list[Bundle]:
    found: list[Bundle] = []
    for strand in family:
        best = _best(strand, found[-_OPEN:], rulings)
        if best is None:
            found.append(Bundle(strands=[strand], why={}))
            continue
        chosen, score = best
        chosen.strands.append(strand)
        chosen.why[strand.id] = score.words()
        found.remove(chosen)
        found.append(chosen)  # the one told of last is looked at first
    return found


def _fitted(odd: list[Strand], by_pair: Mapping[tuple[str, ...], list[Bundle]], rulings: Rulings) -> list[Strand]:
    """Put each strand of one party, or of more than two, to the bundle that it fits best; return those left over."""
    by_side: dict[str, list[Bundle]] = defaultdict(list)
    for pair, bundles in by_pair.items():
        for side in pair:
            by_side[side] += bundles
    spans = {id(one): _span(one) for bundles in by_pair.values() for one in bundles}
    chosen: list[tuple[Bundle, Strand, Score]] = []
    rest = []
    for strand in odd:
        near = {
            id(one): one
            for side in sorted(strand.sides)
            for one in by_side.get(side, ())
            if _overlap(spans[id(one)], strand)
        }
        best = _best(strand, sorted(near.values(), key=lambda one: one.founder.place), rulings)
        if best is None:
            rest.append(strand)
        else:
            chosen.append((best[0], strand, best[1]))
    for home, strand, score in chosen:
        home.strands.append(strand)
        home.why[strand.id] = score.words()
    for home, _, _ in chosen:
        home.strands.sort(key=lambda strand: strand.place)
    return rest


def _span(one: Bundle) -> tuple[str, str]:
    return min(strand.first for strand in one.strands), max(strand.last for strand in one.strands)


def _overlap(span: tuple[str, str], strand: Strand) -> bool:
    first, last = span
    if strand.last < first:
        return apart(strand.last, first) <= FAR
    return strand.first <= last or apart(last, strand.first) <= FAR


def _best(strand: Strand, near: Iterable[Bundle], rulings: Rulings) -> tuple[Bundle, Score] | None:
    best: tuple[tuple[int, int, int, str], Bundle, Score] | None = None
    for one in near:
        recent = one.strands[-_LOOK_BACK:]
        if apart(recent[-1].last, strand.first) > _REACH and apart(strand.last, recent[0].first) > _REACH:
            continue
        if rulings.different and any(ruled_apart(other.names, strand.names, rulings) for other in one.strands):
            continue
        scores = [agree(other, strand) for other in recent]
        score = max(scores, key=lambda made: (not made.veto, made.points, made.reasons))
        if not score.joined or any(made.veto.startswith("other") for made in scores):
            continue
        rank = (score.points, -apart(recent[-1].last, strand.first), len(one.strands), one.founder.id)
        if best is None or best[0] < rank:
            best = (rank, one, score)
    return (best[1], best[2]) if best is not None else None


def ruled_apart(left: frozenset[str], right: frozenset[str], rulings: Rulings) -> bool:
    """Say whether somebody judged that what has these names and those differ."""
    return any((one in left and two in right) or (one in right and two in left) for one, two in rulings.different)


def joined(found: list[Bundle], rulings: Rulings) -> list[Bundle]:
    """Return the bundles, those made one of which somebody judged that they are the same."""
    if not rulings.same:
        return found
    home = {name: one for one in found for strand in one.strands for name in strand.names}
    merged: dict[int, Bundle] = {id(one): one for one in found}
    for left, right in rulings.same:
        ours, theirs = home.get(left), home.get(right)
        if ours is None or theirs is None or ours is theirs:
            continue
        founder = theirs.founder
        ours.strands += theirs.strands
        ours.strands.sort(key=lambda strand: strand.place)
        ours.why |= theirs.why | {founder.id: f"judged to be the same: {rulings.reason(left, right)}"}
        for strand in theirs.strands:
            home.update(dict.fromkeys(strand.names, ours))
        del merged[id(theirs)]
    return [one for one in found if id(one) in merged]
