"""Write a lake of so many articles' records: `python benchmarks/generate/lake.py --articles 100000 --lake DIR`.

One article in a hundred belongs to a planted storyline (four articles, one exchange, two persons held); the rest are
drawn from a few others between sides of which some are named often and most seldom. A shard is a month.
"""

import argparse
import functools
import hashlib
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from generate.templates import Template, make
from onrecord.keep import lake_files, lake_write
from onrecord.keep.lake_columns import columns
from onrecord.pipeline import Kit
from onrecord.settings import Settings

FIRST_MONDAY = date(1995, 1, 2)
WEEKS = 52 * 30
_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstvz"


def word(number: int, length: int) -> str:
    """Return a made-up name, another for every number (up to some millions)."""
    letters = []
    for place in range(length):
        pool = _VOWELS if place % 2 else _CONSONANTS
        number, at = divmod(number, len(pool))
        letters.append(pool[at])
    return "".join(letters).capitalize()


def code(number: int) -> str:
    """Return three letters, others for each of 17,576 sides."""
    return "".join(chr(65 + number // 26**place % 26) for place in range(3))


@functools.lru_cache(8)
def days(week: int) -> dict[bytes, bytes]:
    """Return what fills the holes of days, counted from the Monday of a week."""
    monday = FIRST_MONDAY + timedelta(weeks=week)
    return {b"d%d" % offset: (monday + timedelta(offset)).isoformat().encode() for offset in range(-130, 250)}


class Names:
    """Names, codes and days of one copy."""

    def __init__(self, chance: random.Random, seed: int) -> None:
        self._chance, self._seed, self._copy = chance, seed, 0

    def often(self) -> int:
        """Draw a side: the first ones are named much more often than the last."""
        return min(int(17_000 * self._chance.random() ** 6), 16_999)

    def holes(self, sides: tuple[int, int], persons: tuple[int, int], week: int) -> dict[bytes, bytes]:
        """Return what fills the holes of a template, all but the ids."""
        found: dict[str, str] = {}
        for hole, side in zip("ab", sides, strict=True):
            found[hole], found[hole.upper()] = code(side), word(side * 97, 6)
        for (first, last), person in zip((("f", "s"), ("g", "t")), persons, strict=True):
            found[first], found[last] = word(person % 9000, 5), word(person, 6)
        found |= {f"{hole}l": name.lower() for hole, name in found.items() if len(name) > 3}
        return {name.encode(): value.encode() for name, value in found.items()} | days(week)

    def stamp(self) -> bytes:
        """Return twelve digits that no other copy has."""
        self._copy += 1
        return hashlib.blake2b(f"{self._seed}:{self._copy}".encode(), digest_size=6).hexdigest().encode()


def plan(articles: int, seed: int) -> tuple[dict[int, list[tuple[int, int]]], list[dict[str, object]]]:
    """Return by week which storylines' articles fall into it, and what was planted."""
    chance = random.Random(seed)
    weeks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    planted = []
    for story in range(max(1, articles // 400)):
        sides = chance.sample(range(17_000), 2)
        week = chance.randrange(WEEKS - 4)
        persons = (500_000 + 2 * story, 500_001 + 2 * story)
        planted.append({"sides": sides, "week": week, "persons": persons})
        for article in range(4):
            weeks[week + article].append((story, article))
    return weeks, planted


def copies(
    articles: int, seed: int, story: list[Template], others: list[Template]
) -> Iterator[tuple[str, Template, dict[bytes, bytes]]]:
    """Yield day, template and holes of every copy, in order of the days."""
    chance = random.Random(seed + 1)
    names = Names(chance, seed)
    weeks, planted = plan(articles, seed)
    rest = articles - 4 * len(planted)
    for week in range(WEEKS):
        for number, article in sorted(weeks.get(week, ())):
            told = planted[number]
            holes = names.holes(tuple(told["sides"]), told["persons"], told["week"])
            holes[b"x"] = names.stamp()
            yield holes[b"d%d" % story[article].offset].decode(), story[article], holes
        for _ in range(rest * (week + 1) // WEEKS - rest * week // WEEKS):
            sides = (names.often(), names.often())
            persons = (chance.randrange(200_000), chance.randrange(200_000))
            holes = names.holes((sides[0], (sides[1] + (sides[0] == sides[1])) % 17_000), persons, week)
            holes[b"x"] = names.stamp()
            yield holes[b"d0"].decode(), chance.choice(others), holes


def write(lake: Path, articles: int, seed: int = 8) -> dict[str, object]:
    """Write the lake and what was planted; return what was written and how long it took."""
    began = time.process_time()
    lake.mkdir(parents=True)
    lake_files.lay(lake)
    story, others = make(Kit.build(Settings(reader="rules")))
    rows: dict[str, list[bytes]] = defaultdict(list)
    batches = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    shard, row, month = -1, 0, ""

    def settle(kind: str) -> None:
        counts[kind] += len(rows[kind])
        batches[kind] += lake_write.batches(kind, rows.pop(kind))

    def close() -> None:
        for kind in list(rows):
            settle(kind)
        for kind in list(batches):
            place = lake_write.file_of(lake, kind, month, shard)
            place.parent.mkdir(parents=True, exist_ok=True)
            lake_write.write_batches(place, kind, batches.pop(kind))

    ordered = copies(articles, seed, story, others)
    for day, template, holes in ordered:
        if day[:7] != month:
            close()
            shard, row, month = shard + 1, 0, day[:7]
        beside = b'{"day":"%b","shard":%d,"row":' % (day.encode(), shard)
        for kind, line in template.fill(holes):
            rows[kind].append(beside + b"%d," % row + line[1:])
            row += 1
            if len(rows[kind]) >= 2000:
                settle(kind)
    close()
    planted = plan(articles, seed)[1]
    (lake / "planted.json").write_text(json.dumps(planted), encoding="utf-8")
    return {
        "articles": articles,
        "records": sum(counts.values()),
        "by_kind": dict(sorted(counts.items())),
        "storylines": len(planted),
        "shards": shard + 1,
        "seconds_of_processor": round(time.process_time() - began, 1),
        "columns": {kind: len(columns(kind).names) for kind in ("statement", "act")},
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--lake", type=Path, required=True)
    options = parser.parse_args()
    print(json.dumps(write(options.lake, options.articles), indent=1))
