"""TimeML with TIMEX3 (TimeBank, AQUAINT): expressions of time, scored the TempEval-3 way.

Gold and predicted expressions are paired one to one, each gold one with the free prediction that overlaps it most.
relaxed: any overlap; strict: the same span; value: relaxed F1 times the share of pairs with equal values.
"""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from onrecord import lexicon as lexicons
from onrecord.extract import moments
from onrecord.model.text import Document
from onrecord.read import parse
from onrecord.settings import Settings

_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
_DCT = re.compile(r"<DCT>.*?value=\"(\d{4})-?(\d{2})-?(\d{2})", re.DOTALL)
_PIECE = re.compile(r"<[^>]+>|[^<]+")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_WRAP = re.compile(r"(?<=\S)\n(?=\S)")


class Timex(msgspec.Struct, frozen=True, order=True):
    """One expression: characters, type, value."""

    start: int
    end: int
    type: str
    value: str


class Item(msgspec.Struct, frozen=True):
    """One document of the benchmark."""

    stem: str
    text: str
    published: str | None
    gold: tuple[Timex, ...]


def items(data: Path) -> Iterator[Item]:
    """Yield every `.tml` file under the folder, in order of names."""
    for path in sorted(data.rglob("*.tml")):
        raw = path.read_text(encoding="utf-8")
        inside = _TEXT.search(raw)
        if inside is None:
            continue
        text, gold, stack, at = [], [], [], 0
        for piece in _PIECE.findall(inside.group(1)):
            if piece.startswith("<TIMEX3"):
                stack.append((at, dict(_ATTRIBUTE.findall(piece))))
            elif piece.startswith("</TIMEX3") and stack:
                start, attributes = stack.pop()
                gold.append(Timex(start, at, attributes.get("type", ""), attributes.get("value", "")))
            elif not piece.startswith("<"):
                text.append(html.unescape(piece))
                at += len(text[-1])
        dct = _DCT.search(raw)
        yield Item(path.stem, "".join(text), "-".join(dct.groups()) if dct else None, tuple(sorted(gold)))


def document(item: Item) -> Document:
    """Return the item as a document; a line end inside a paragraph becomes a blank, so that offsets stay."""
    text = _WRAP.sub(" ", item.text)
    return Document(
        id=Document.id_of(text), title=None, text=text, source=item.stem, published=item.published,
        published_basis="metadata" if item.published else None,
    )  # fmt: skip


def run(data: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Read every document, predict, score; write what was predicted where a file is named."""
    settings = Settings(reader="rules")
    parser, lexicon = parse.Parser.load(settings), lexicons.load()
    counts = dict.fromkeys(("documents", "gold", "predicted", "relaxed", "strict", "value", "type"), 0)
    lines = []
    for item in items(data):
        doc = document(item)
        reading, _ = parse.run(document=doc, parser=parser, settings=settings)
        found, _ = moments.run(document=doc, reading=reading, lexicon=lexicon)
        given = [Timex(one.start, one.end, one.type, one.value) for one in found]
        lines += [
            {"document": item.stem, "start": one.start, "end": one.end, "type": one.type, "value": one.value}
            for one in given
        ]
        counts["documents"] += 1
        for name, count in tally(item.gold, given).items():
            counts[name] += count
    if predictions:
        predictions.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return figures(counts)


def tally(gold: tuple[Timex, ...], given: list[Timex]) -> dict[str, int]:
    """Count pairs: relaxed, strict, with the right value and type."""
    given = sorted(set(given))
    used: set[int] = set()
    counts = {"gold": len(gold), "predicted": len(given), "relaxed": 0, "strict": 0, "value": 0, "type": 0}
    for want in gold:
        best = max(
            (
                (min(want.end, one.end) - max(want.start, one.start), -place)
                for place, one in enumerate(given)
                if place not in used and max(want.start, one.start) < min(want.end, one.end)
            ),
            default=None,
        )
        if best is None:
            continue
        got = given[-best[1]]
        used.add(-best[1])
        counts["relaxed"] += 1
        counts["strict"] += (got.start, got.end) == (want.start, want.end)
        counts["value"] += bool(want.value) and got.value == want.value
        counts["type"] += got.type == want.type
    return counts


def figures(counts: dict[str, int]) -> dict[str, Any]:
    """Return precision, recall and F1 of the spans, and F1 with value and type, in per cent."""

    def score(count: int) -> float:
        both = counts["gold"] + counts["predicted"]
        return round(200 * count / both, 2) if both else 0.0

    return {
        "documents": counts["documents"],
        "gold": counts["gold"],
        "predicted": counts["predicted"],
        "relaxed": {
            "P": round(100 * counts["relaxed"] / max(1, counts["predicted"]), 2),
            "R": round(100 * counts["relaxed"] / max(1, counts["gold"]), 2),
            "F1": score(counts["relaxed"]),
        },
        "strict_F1": score(counts["strict"]),
        "value_F1": score(counts["value"]),
        "type_F1": score(counts["type"]),
    }
