"""Find which documents are copies of which: a wire story in ten papers is one voice.

Comes in: the fingerprint of each document. Goes out: document id -> id of the document that it copies (the earliest,
then the least id); earlier versions of one address count as copies of its latest. Candidates share a sampled shingle;
what makes a copy is containment, the top of one of the two in the other, and no fact told otherwise in the same
sentence: the twelfth package is not the thirteenth.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import msgspec

from onrecord.model.text import Document
from onrecord.reconcile import fingerprint
from onrecord.reconcile.fingerprint import Fingerprint

CONTAINED, TOP, LEAD = 0.5, 0.6, 0.45
_FEWEST, _LONG, _WHOLE_TOP = 8, 60, 0.85  # sampled shingles: a third of the words
_MOST = 200  # documents under one key; what more of them share is boilerplate
_DAYS_APART = 10


def of(document: Document) -> Fingerprint:
    """Return the fingerprint of a document."""
    return fingerprint.of(document)


class Kin(msgspec.Struct, frozen=True):
    """Document id -> the document that speaks for it (`voices`), and earlier version -> latest (`versions`)."""

    voices: dict[str, str]
    versions: dict[str, str]


def find(texts: Iterable[Fingerprint]) -> dict[str, str]:
    """Return which document each copy and each earlier version is one voice with; an original has no entry."""
    return kin(texts).voices


def kin(texts: Iterable[Fingerprint]) -> Kin:
    """Return which documents are copies, and which are earlier versions, of which."""
    known = sorted(texts, key=lambda one: (one.published, one.document))
    homes: dict[str, list[Fingerprint]] = defaultdict(list)
    root = {one.document: one.document for one in known}
    groups = {one.document: [one] for one in known}

    def top(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    latest = versions(known)
    for one in known:
        if one.document in latest:
            continue
        near: dict[str, Fingerprint] = {}
        for key in one.sketch:
            if len(homes[key]) <= _MOST:
                near.update((other.document, other) for other in homes[key])
            homes[key].append(one)
        alike_ = sorted(((-size, name) for name, other in near.items() if (size := alike(one, other))))
        for _, name in alike_:
            first, second = top(name), top(one.document)
            if first != second and not contradict(groups[first], groups[second]):
                first, second = sorted((first, second), key=lambda name: (groups[name][0].published, name))
                root[second] = first
                groups[first] += groups.pop(second)
    copies = {name: top(name) for name in root if top(name) != name}
    return Kin(copies | {name: copies.get(later, later) for name, later in latest.items()}, latest)


def contradict(left: list[Fingerprint], right: list[Fingerprint]) -> bool:
    """Say whether two groups tell other facts: the earliest of either against all of the other."""
    return any(differ(left[0], one) for one in right) or any(differ(one, right[0]) for one in left)


def versions(texts: Iterable[Fingerprint]) -> dict[str, str]:
    """Return for each earlier version of an address its latest: the last by update, publication, fetching, then id."""
    of_address: dict[str, list[Fingerprint]] = defaultdict(list)
    for one in texts:
        if one.address:
            of_address[one.address].append(one)
    made: dict[str, str] = {}
    for several in of_address.values():
        if len(several) > 1:
            last = max(several, key=lambda one: (one.order, one.document))
            made.update((one.document, last.document) for one in several if one is not last)
    return made


def alike(left: Fingerprint, right: Fingerprint) -> int:
    """Return how many shingles two documents share where one copies the other, else 0."""
    few, many = sorted((left.shingles, right.shingles), key=len)
    shared = len(few & many)
    if shared < _FEWEST or shared < CONTAINED * len(few) or _far(left.published, right.published):
        return 0
    tops = [len(one.top & other.shingles) / len(one.top) for one, other in ((left, right), (right, left)) if one.top]
    most = max(tops, default=0.0)
    if most < TOP or (most < _WHOLE_TOP and shared < _LONG and _led_elsewhere(left, right)):
        return 0
    return 0 if differ(left, right) else shared


def _led_elsewhere(left: Fingerprint, right: Fingerprint) -> bool:
    """Say whether two openings tell of different things: an editor's new lead has the names and figures of the old one.

    A short story of one's own with the paper's background behind it shares the background alone.
    """
    few = min(len(left.lead), len(right.lead))
    return few > 1 and len(left.lead & right.lead) < LEAD * few


def differ(left: Fingerprint, right: Fingerprint) -> bool:
    """Say whether the same sentences tell other facts: another number or day once, other names twice."""
    few, many = sorted((left.facts, right.facts), key=len)
    numbers = names = same = 0
    for skeleton, slots in few.items():
        other = many.get(skeleton)
        if other is None:
            continue
        kinds = {one[0] for one, two in zip(slots, other, strict=True) if not _agree(one, two)}
        numbers += bool(kinds & {"#", "D", "M"})
        names += kinds == {"N"}
        same += not kinds
    if numbers == 1 and same >= 12:
        return names > 1  # one figure corrected in a long story that is otherwise the same
    return numbers > 0 or names > max(1, same // 6)


def _agree(one: str, other: str) -> bool:
    if one == other:
        return True
    return one[0] == other[0] == "N" and not set(one[1:].split()).isdisjoint(other[1:].split())


def _far(one: str, other: str) -> bool:
    if one[:4] == "9999" or other[:4] == "9999":
        return False
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days) > _DAYS_APART
