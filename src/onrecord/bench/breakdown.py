"""Where an attribution reader is good and where it isn't: recall by kind of attribution, and intervals.

Kinds go by the gold: quotation (direct, indirect, mixed: some of its content stands in quotation marks), source (name,
pronoun, office, group, none) and outlet (the file name up to its first underscore). Intervals are the middle 95% of
1,000 draws of documents with replacement (Efron's bootstrap, percentile form), from a fixed seed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.bench.spans import DOUBLE, Triple, common, is_direct, trimmed

type Document = tuple[str, str, Sequence[Triple], Sequence[Triple]]
"""Name, text, gold, predicted."""

DRAWS, SEED = 1000, 7
_PRONOUNS = frozenset({
    "i", "we", "you", "he", "she", "it", "they", "who", "him", "her", "them", "us", "me", "this", "that", "these",
    "those", "one", "some", "many", "both", "all", "others",
})  # fmt: skip
_NAMED = re.compile(r"\b[A-Z][\w’'-]*")
_PLAIN = re.compile(r"(?:The|A|An|One|Two|Three|Some|Many|Most|Several|Other|His|Her|Their|Our|My|\w+s)\b")
_OF = re.compile(r"\s(?:of|in|at|from|for|with|on|who|that|close|familiar|briefed)\s|,")


def quotation(text: str, row: Triple) -> str:
    """Name how a gold attribution quotes."""
    if row.content and all(is_direct(text, span) for span in row.content):
        return "direct"
    if any(mark in text[start:end] for start, end in row.content for mark in DOUBLE):
        return "mixed"
    return "indirect"


def source_sort(text: str, row: Triple) -> str:
    """Name what a gold source is, going by its words alone."""
    if not row.source:
        return "none"
    words = " ".join(text[start:end] for start, end in row.source)
    if words.strip().lower() in _PRONOUNS:
        return "pronoun"
    if any(match.start() or not _PLAIN.match(words) for match in _NAMED.finditer(words)):
        return "name"
    head = _OF.split(words.strip(), maxsplit=1)[0].rstrip()
    return "group" if head.endswith(("s", "people")) and not head.endswith("ss") else "office"


def outlet(name: str) -> str:
    """Name the outlet of a document: its file name up to the first underscore."""
    return name.split("_", 1)[0]


def by_kind(documents: Sequence[Document]) -> dict[str, dict[str, Any]]:
    """Return for every kind of gold attribution how many were found, found exactly, and with the right speaker."""
    rows: dict[tuple[str, str], dict[str, list[NDArray[np.float64]]]] = defaultdict(lambda: defaultdict(list))
    for name, text, gold, predicted in documents:
        here: dict[tuple[str, str], list[tuple[bool, bool, bool]]] = defaultdict(list)
        exact = {span for row in predicted for span in trimmed(text, row.content)}
        for row in gold:
            met = [one for one in predicted if _meets(one.content, row.content)]
            right = any(_meets(one.source, row.source) or not (one.source or row.source) for one in met)
            wanted = trimmed(text, row.content)
            seen = (bool(met), bool(wanted) and set(wanted) <= exact, right)
            for way, kind in (
                ("quotation", quotation(text, row)),
                ("source", source_sort(text, row)),
                ("outlet", outlet(name)),
            ):
                here[way, kind].append(seen)
        for key, marks in here.items():
            rows[key]["counts"].append(np.array([[len(marks)] * 3, np.sum(marks, axis=0)], dtype=np.float64))
    found: dict[str, dict[str, Any]] = {}
    for (way, kind), parts in sorted(rows.items()):
        counts = np.stack(parts["counts"])
        low, high = interval(counts, _share)
        total = counts.sum(0)
        found.setdefault(way, {})[kind] = {"of": int(total[0, 0])} | {
            measure: {
                "share": round(100 * float(value), 1),
                "low": round(100 * float(least), 1),
                "high": round(100 * float(most), 1),
            }
            for measure, value, least, most in zip(("found", "exact", "speaker"), _share(total), low, high, strict=True)
        }
    return found


def interval(
    counts: NDArray[np.float64], figure: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the bootstrap's 2.5th and 97.5th percentiles of `figure` over summed counts, documents first."""
    chance = np.random.default_rng(SEED)
    drawn = chance.integers(0, len(counts), (DRAWS, len(counts)))
    figures = np.stack([figure(counts[draw].sum(0)) for draw in drawn])
    low, high = np.percentile(figures, [2.5, 97.5], axis=0)
    return low, high


def f1_interval(counts: Sequence[Sequence[float]]) -> dict[str, float]:
    """Return the interval of an F1 in per cent over documents' (right predicted, predicted, right gold, gold)."""

    def figure(total: NDArray[np.float64]) -> NDArray[np.float64]:
        precision, recall = total[0] / max(total[1], 1), total[2] / max(total[3], 1)
        return np.array([200 * precision * recall / max(precision + recall, 1e-9)])

    low, high = interval(np.array(counts, dtype=np.float64), figure)
    return {"low": round(float(low[0]), 1), "high": round(float(high[0]), 1)}


def _share(total: NDArray[np.float64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = total[1] / np.maximum(total[0], 1)
    return shares


def _meets(left: Sequence[tuple[int, int]], right: Sequence[tuple[int, int]]) -> bool:
    return any(common(one, other) for one in left for other in right)


def _percent(value: float) -> float:
    return round(100 * float(value), 1)
