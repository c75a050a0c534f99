"""Judge: are two persons one? Comes in: two profiles. Goes out: the program's opinion with its reasons.

What people judged goes before it; see `reconcile.judged`.
"""

from onrecord.model.profile import Opinion, Profile
from onrecord.resolve import block, compare, weigh


class Judge:
    """The program as a judge of persons."""

    def key(self, name: str) -> str:
        """Return the key under which a person is compared with others."""
        return block.key(name)

    def opinion(self, left: Profile, right: Profile) -> Opinion:
        """Return whether the two are the same person, different ones, or unsure, and why."""
        found = compare.features(left, right)
        total = weigh.points(found)
        told = ", ".join(
            f"{feature.words} {weigh.WEIGHTS[feature.name][0 if feature.agrees else 1] or 0:+d}" for feature in found
        )
        if total is None:
            against = ", ".join(one.words for one in found if not one.agrees and weigh.WEIGHTS[one.name][1] is None)
            return Opinion("different", 0, against)
        because = f"{told} = {total} (same from {weigh.SAME})"
        if total >= weigh.SAME:
            return Opinion("same", total, because)
        return Opinion("unsure" if total >= weigh.UNSURE else "different", total, because)
