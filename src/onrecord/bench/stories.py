"""Which reports tell one event (ECB+ as documents): B-cubed of a grouping against the set's events.

Two groupings are reported. `copies`: what the program takes for one voice; reports in other words must stay apart, so
that its precision counts, and its recall is low by intent. `tfidf`: average linkage over TF-IDF cosines, the
peer's way, its threshold the best on `train.jsonl` where that is beside the data.
"""

import json
import math
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.model.text import Document
from onrecord.reconcile import copies

_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
_THRESHOLDS = tuple(round(0.04 + 0.02 * step, 2) for step in range(16))
type Grouping = list[int]


def run(data: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Group the documents of `dev.jsonl` (or another part, where a file is given), and score."""
    file = data if data.is_file() else data / "dev.jsonl"
    rows = _rows(file)
    gold = [row["event"] for row in rows]
    documents = [_document(row) for row in rows]
    found = copies.find(copies.of(document) for document in documents)
    voices = [found.get(document.id, document.id) for document in documents]
    train = file.with_name("train.jsonl")
    threshold = best_threshold(_rows(train)) if train.is_file() and train != file else 0.2
    grouping = linked(similarities([_words(row) for row in rows]), threshold)
    if predictions:
        lines = [
            {"document": row["doc_id"], "voice": voice, "story": story}
            for row, voice, story in zip(rows, voices, grouping, strict=True)
        ]
        predictions.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return {
        "documents": len(rows),
        "copies": b_cubed(gold, voices),
        "tfidf": {"threshold": threshold, **b_cubed(gold, grouping)},
    }


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]


def _document(row: dict[str, Any]) -> Document:
    text = "\n".join(row["sentences"])
    return Document(id=f"{Document.id_of(text)}-{row['doc_id']}", title=None, text=text, source=row["doc_id"])


def _words(row: dict[str, Any]) -> list[str]:
    return [word for sentence in row["sentences"] for word in _WORD.findall(sentence.lower())]


def best_threshold(rows: list[dict[str, Any]]) -> float:
    """Return the similarity below which clusters of these documents are best kept apart."""
    close, gold = similarities([_words(row) for row in rows]), [row["event"] for row in rows]
    return max(_THRESHOLDS, key=lambda one: (b_cubed(gold, linked(close, one))["F1"], -one))


def similarities(texts: list[list[str]]) -> np.ndarray[Any, Any]:
    """Return the cosines of TF-IDF vectors, sublinear in counts."""
    seen = Counter(word for text in texts for word in set(text))
    column = {word: place for place, word in enumerate(sorted(seen))}
    weights = np.zeros((len(texts), len(column)), dtype=np.float32)
    for row, text in enumerate(texts):
        for word, count in Counter(text).items():
            weights[row, column[word]] = (1 + math.log(count)) * math.log((1 + len(texts)) / (1 + seen[word]))
    norms = np.linalg.norm(weights, axis=1, keepdims=True)
    weights /= np.where(norms > 0, norms, 1)
    close: np.ndarray[Any, Any] = weights @ weights.T
    return close


def linked(close: np.ndarray[Any, Any], threshold: float) -> Grouping:
    """Return the group of each document: average linkage down to this similarity."""
    near = np.array(close, dtype=np.float64)
    np.fill_diagonal(near, -1.0)
    sizes, group = np.ones(len(near)), np.arange(len(near))
    while len(near):
        left, right = sorted(divmod(int(np.argmax(near)), len(near)))
        if near[left, right] < threshold:
            break
        mean = (near[left] * sizes[left] + near[right] * sizes[right]) / (sizes[left] + sizes[right])
        near[left] = near[:, left] = mean
        near[left, left] = -1.0
        near[right] = near[:, right] = -1.0
        sizes[left] += sizes[right]
        group[group == right] = left
    return [int(one) for one in group]


def b_cubed(gold: list[Any], found: list[Any]) -> dict[str, float]:
    """Return B-cubed precision, recall and F1 in per cent (Bagga and Baldwin 1998)."""
    by_gold: dict[Any, set[int]] = defaultdict(set)
    by_found: dict[Any, set[int]] = defaultdict(set)
    for place, (want, got) in enumerate(zip(gold, found, strict=True)):
        by_gold[want].add(place)
        by_found[got].add(place)
    right = [len(by_gold[want] & by_found[got]) for want, got in zip(gold, found, strict=True)]
    precision = sum(count / len(by_found[got]) for count, got in zip(right, found, strict=True)) / len(gold)
    recall = sum(count / len(by_gold[want]) for count, want in zip(right, gold, strict=True)) / len(gold)
    return {
        "groups": len(by_found),
        "P": round(100 * precision, 1),
        "R": round(100 * recall, 1),
        "F1": round(200 * precision * recall / (precision + recall), 1),
    }
