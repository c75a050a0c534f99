"""Place names and where they are (LGL, GeoVirus): documents.jsonl and toponyms.jsonl, scored end to end.

Gold and predictions are paired one to one, greatest overlap first. Right: paired, and within 161 km or the same
GeoNames id; counted over all gold names with coordinates. With `gold_spans` only the place is asked for. A set that
marks words for peoples and places inside other names is read that way; `as_read` is then what the program itself gives,
which marks neither.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord import lexicon as lexicons
from onrecord.extract import places
from onrecord.model.mention import Place
from onrecord.model.reading import Name, Reading
from onrecord.model.text import Document
from onrecord.read import parse
from onrecord.settings import Settings

NEAR_KM = 161
type Row = dict[str, Any]


def run(data: Path, predictions: Path | None = None, *, gold_spans: bool = False) -> dict[str, Any]:
    """Read every document, predict, score; write what was predicted where a file is named."""
    settings = Settings(reader="rules")
    parser, lexicon = parse.Parser.load(settings), lexicons.load()
    gold: dict[str, list[Row]] = defaultdict(list)
    for row in rows(data / "toponyms.jsonl"):
        gold[row["document"]].append(row)
    marks_demonyms = loose(gold, lexicon)
    counts: dict[str, int] = defaultdict(int)
    plain: dict[str, int] = defaultdict(int)
    errors: list[float] = []
    plain_errors: list[float] = []
    lines: list[Row] = []
    inside = marks_demonyms and not gold_spans
    for item in rows(data / "documents.jsonl"):
        doc = Document(
            id=item["id"],
            title=item.get("title"),
            text=item["text"],
            source=item.get("url") or item["id"],
            published=item["published"],
        )
        reading, _ = parse.run(document=doc, parser=parser, settings=settings)
        if gold_spans:
            reading = given(reading, gold[item["id"]])
        found = as_rows(places.run(document=doc, reading=reading, lexicon=lexicon, only=gold_spans, loose=inside))
        lines += found
        tally(gold[item["id"]], found, counts, errors)
        if inside:
            rows_ = as_rows(places.run(document=doc, reading=reading, lexicon=lexicon))
            tally(gold[item["id"]], rows_, plain, plain_errors)
    if predictions:
        predictions.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    report = {"loose": marks_demonyms, **figures(counts, errors)}
    return report | {"as_read": figures(plain, plain_errors)} if inside else report


def as_rows(found: Iterable[Place]) -> list[Row]:
    """Return places as the record format's `bench` section has them."""
    return [
        {"document": one.document, "start": one.start, "end": one.end, "name": one.text, "lat": one.lat,
         "lon": one.lon, "geonames": one.geonames}
        for one in found
    ]  # fmt: skip


def loose(gold: dict[str, list[Row]], lexicon: lexicons.Lexicon) -> bool:
    """Say whether this set marks demonyms and places inside other names: a convention, read from its annotation."""
    words = {word for state in lexicon.people.states for word in state.people}
    names = [row["name"] for rows_ in gold.values() for row in rows_]
    return len(names) < 100 * sum(name in words for name in names)


def rows(path: Path) -> list[Row]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def given(reading: Reading, gold: list[Row]) -> Reading:
    """Return the reading with the gold spans, and no others, as recognised places."""
    names = []
    for row in gold:
        first, last = reading.tokens_in(row["start"], row["end"])
        if first < last:
            names.append(Name(first, last, "GPE"))
    fields = {field: getattr(reading, field) for field in reading.__struct_fields__}
    return Reading(**fields | {"names": tuple(names)})


def kilometres(one: Row, other: Row) -> float:
    """Return the distance along the great circle."""
    lat1, lon1, lat2, lon2 = (math.radians(row[key]) for row in (one, other) for key in ("lat", "lon"))
    across = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, across)))


def pairs(gold: list[Row], found: list[Row]) -> list[tuple[int, int]]:
    """Pair one to one, greatest overlap first, an exact span before another of the same overlap."""
    ranked = sorted(
        (
            (min(want["end"], got["end"]) - max(want["start"], got["start"]),
             (want["start"], want["end"]) == (got["start"], got["end"]), -i, -j)
            for i, want in enumerate(gold)
            for j, got in enumerate(found)
            if max(want["start"], got["start"]) < min(want["end"], got["end"])
        ),
        reverse=True,
    )  # fmt: skip
    left: set[int] = set()
    right: set[int] = set()
    kept = []
    for _, _, i, j in ranked:
        if -i not in left and -j not in right:
            left.add(-i)
            right.add(-j)
            kept.append((-i, -j))
    return kept


def tally(gold: list[Row], found: list[Row], counts: dict[str, int], errors: list[float]) -> None:
    """Add one document's counts and distances."""
    asked = [row for row in gold if row["tag"]]
    paired = pairs(asked, found)
    matched = {j for _, j in paired}
    counts["documents"] += 1
    counts["gold"] += len(asked)
    counts["located"] += sum(row["lat"] is not None for row in gold)
    for j, got in enumerate(found):
        spared = any(not row["tag"] and max(row["start"], got["start"]) < min(row["end"], got["end"]) for row in gold)
        counts["predicted"] += j in matched or not spared
    for i, j in paired:
        want, got = asked[i], found[j]
        counts["tagged"] += 1
        counts["exact"] += (want["start"], want["end"]) == (got["start"], got["end"])
        if want["lat"] is None:
            continue
        counts["matched"] += 1
        right = bool(want.get("geonames")) and str(got.get("geonames")) == str(want["geonames"])
        if got["lat"] is not None and got["lon"] is not None:
            errors.append(kilometres(want, got))
            counts["near"] += errors[-1] <= NEAR_KM
            right = right or errors[-1] <= NEAR_KM
        counts["right"] += right


def figures(counts: dict[str, int], errors: list[float]) -> dict[str, Any]:
    """Return tagging F1, the share right over all gold and over matched, and the median error."""

    def share(count: int, whole: int) -> float:
        return round(100 * count / whole, 1) if whole else 0.0

    return {
        "documents": counts["documents"],
        "gold": counts["gold"],
        "predicted": counts["predicted"],
        "tagging_overlap_F1": share(2 * counts["tagged"], counts["gold"] + counts["predicted"]),
        "tagging_overlap_P": share(counts["tagged"], counts["predicted"]),
        "tagging_overlap_R": share(counts["tagged"], counts["gold"]),
        "tagging_exact_F1": share(2 * counts["exact"], counts["gold"] + counts["predicted"]),
        "correct_over_all_gold": share(counts["right"], counts["located"]),
        "acc161_of_matched": share(counts["right"], counts["matched"]),
        "acc161_of_located": share(counts["near"], len(errors)),
        "median_error_km": round(sorted(errors)[len(errors) // 2], 1) if errors else None,
    }
