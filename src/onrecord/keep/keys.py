"""A record's place in the order of its kind in, its row number out: newest day first when walked downwards, then by id.

64 bits without the sign: 5 for the kind, 22 for the day, 36 for the id (falling, so that ids rise within a day).
"""

import hashlib
import re
from datetime import date

# Numbers are kept in stores: a kind keeps its own.
NUMBERS = {
    "document": 1, "moment": 2, "place": 3, "mention": 4, "statement": 5, "act": 6, "step": 7, "custody": 8,
    "rejection": 9, "actor": 10, "event": 11, "deal": 12, "case": 13, "judgement": 14, "outside": 15,
}  # fmt: skip
# Kinds with one period: none of them lies far from the day that it is sorted by.
SINGLE = frozenset(
    {"document", "moment", "place", "mention", "statement", "act", "step", "custody", "event", "outside"}
)
REACH = 366  # days that a period may have begun before the first day asked for
DAY_BITS, ID_BITS = 22, 36
KIND_SHIFT = DAY_BITS + ID_BITS
LAST_DAY = (1 << DAY_BITS) - 1
LAST_ID = (1 << ID_BITS) - 1
_HASH = re.compile(r"-([0-9a-f]{9})[0-9a-f]{7}$")


def number(kind: str, day: str | None, record: str | None, article: str | None, place: int, rank: int = 0) -> int:
    """Return the row number of a record; `rank` stands in for the day of what has none (undated: 0, last)."""
    order = date.fromisoformat(day).toordinal() if day else min(max(rank, 0), LAST_DAY)
    return (NUMBERS[kind] << KIND_SHIFT) | (order << ID_BITS) | (LAST_ID - _low(record, article, place))


def bounds(kind: str, since: str | None = None, until: str | None = None) -> tuple[int, int]:
    """Return the first and last row number that a record of this kind can have, within these days where that helps."""
    home = NUMBERS.get(kind, 0) << KIND_SHIFT
    first, last = 0, LAST_DAY
    if kind in SINGLE:
        first = max(0, _ordinal(since) - REACH) if since else 0
        last = _ordinal(until) if until and _ordinal(until) else LAST_DAY
    return home | (first << ID_BITS), home | (last << ID_BITS) | LAST_ID


def day_of(order: int) -> str | None:
    """Return the day that the middle bits of a row number stand for."""
    return date.fromordinal(order).isoformat() if order else None


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0


def _low(record: str | None, article: str | None, place: int) -> int:
    if record is None:
        digest = hashlib.blake2b((article or "").encode("utf-8", "surrogatepass"), digest_size=4).digest()
        return ((int.from_bytes(digest) >> 6) << 10) | (place & 1023)
    found = _HASH.search(record)
    if found:
        return int(found[1], 16)
    return int.from_bytes(hashlib.blake2b(record.encode("utf-8", "surrogatepass"), digest_size=5).digest()) >> 4
