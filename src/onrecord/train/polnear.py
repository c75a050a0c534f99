"""Read PolNeAR (articles, brat annotations, CofeNet's items) and count exact F1 as CofeNet does."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.read.tagger_encode import ROLES

Span = tuple[int, int]
Marked = dict[str, list[Span]]
"""One attribution: its fragments by role, as character offsets."""

_TEXT_BOUND = re.compile(r"^(T\d+)\t(\S+) ([0-9 ;]+)\t")
_EVENT = re.compile(r"^E\d+\t(.*)$")


@dataclass(frozen=True, slots=True)
class Article:
    """An article with what each of its annotators marked, in order of the annotators' names."""

    stem: str
    text: str
    annotations: list[list[Marked]]


def read_articles(folder: Path) -> list[Article]:
    """Read `folder/text` and `folder/ann`. Line ends stay as they are, or the offsets would not hold."""
    by_stem: dict[str, list[list[Marked]]] = defaultdict(list)
    for path in sorted((folder / "ann").glob("*.ann")):
        by_stem[path.stem.rpartition("_")[0]].append(read_brat(path.read_text(encoding="utf-8")))
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        with path.open(encoding="utf-8", newline="") as file:
            articles.append(Article(path.stem, file.read(), by_stem[path.stem]))
    return articles


def read_brat(annotation: str) -> list[Marked]:
    """Read one brat file: an attribution an E line, discontinuous and numbered arguments as further fragments."""
    fragments: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in annotation.split("\n"):
        if bound := _TEXT_BOUND.match(line):
            pairs = (piece.split() for piece in bound[3].split(";"))
            fragments[bound[1]] = [(int(start), int(end)) for start, end in pairs]
        elif event := _EVENT.match(line.rstrip("\r")):
            events.append(event[1])
    found = []
    for event_line in events:
        marked: Marked = {role: [] for role in ROLES}
        for argument in event_line.split():
            name, _, target = argument.partition(":")
            role = re.sub(r"\d+$", "", name).lower()
            if role in marked:
                marked[role].extend(fragments.get(target, []))
        found.append({role: sorted(set(spans)) for role, spans in marked.items()})
    return found


@dataclass(frozen=True, slots=True)
class Item:
    """One of CofeNet's items: tokens with BIO labels, and where they stand in the article (None: unknown)."""

    document: str
    labels: list[str]
    offsets: list[Span | None]


def read_items(path: Path) -> list[Item]:
    """CofeNet's items from a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Item(row["document"], row["labels"], [tuple(o) if o else None for o in row["offsets"]]) for row in rows]


def project(offsets: Sequence[Span | None], spans: Iterable[tuple[str, int, int]]) -> list[str]:
    """Lay spans (role, start, end) onto tokens as BIO labels; a span that touches a labelled token is dropped."""
    labels = ["O"] * len(offsets)
    known = [o for o in offsets if o]
    low, high = min(o[0] for o in known) if known else 0, max(o[1] for o in known) if known else 0
    for role, start, end in spans:
        if end <= low or high <= start:
            continue
        touched = [index for index, o in enumerate(offsets) if o and o[0] < end and start < o[1]]
        if not touched:
            continue
        run = range(touched[0], touched[-1] + 1)
        if any(labels[index] != "O" for index in run):
            continue
        for index in run:
            labels[index] = f"{'B' if index == run[0] else 'I'}-{role}"
    return labels


def bio_spans(labels: Sequence[str]) -> set[tuple[str, int, int]]:
    """Read the spans that BIO labels say; an I without its B says nothing."""
    spans: set[tuple[str, int, int]] = set()
    role, begin = "", 0
    for index, label in enumerate([*labels, "O"]):
        if role and label != f"I-{role}":
            spans.add((role, begin, index))
            role = ""
        if label.startswith("B-"):
            role, begin = label[2:], index
    return spans


def exact_f1(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> dict[str, float]:
    """Exact F1 in percent by role, over (gold labels, predicted labels) of items."""
    count: Counter[tuple[str, str]] = Counter()
    for gold_labels, labels in pairs:
        gold, predicted = bio_spans(gold_labels), bio_spans(labels)
        for kind, spans in (("gold", gold), ("predicted", predicted), ("both", gold & predicted)):
            count.update((kind, span[0]) for span in spans)
    return {role: 200 * count["both", role] / max(1, count["gold", role] + count["predicted", role]) for role in ROLES}
