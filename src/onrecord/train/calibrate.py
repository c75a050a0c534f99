"""Set, on dev, how readily each role opens and what makes up the confidence; write both beside the model.

    python -m onrecord.train.calibrate --data ../shared/gold/polnear/dev --model src/onrecord/read/data

Needs nothing but what reading needs. Prints the exact F1 before and after, and the reliability table.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table

from onrecord.read.tagger import PARAMS, Attribution, Tagger, Weighed
from onrecord.read.tagger_encode import ROLES
from onrecord.train.examples import known
from onrecord.train.polnear import Article, Item, Marked, exact_f1, project, read_articles, read_items

Doubles = NDArray[np.float64]
GRID = (-0.5, 0.0, 0.5, 1.0)
FOLDS = 6
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Dev:
    """The articles of dev as the network scores them, and CofeNet's items over them."""

    articles: list[Article]
    weighed: list[Weighed]
    items: list[Item]

    def figures(self, tagger: Tagger) -> dict[str, float]:
        """Exact F1 by CofeNet's metric for each role, and F1 of speaker and content together."""
        spans: dict[str, list[tuple[str, int, int]]] = {}
        right = found = known = gold = 0
        for article, weighed in zip(self.articles, self.weighed, strict=True):
            read = [attribution for attribution, _ in tagger.decide(weighed)]
            spans[article.stem] = [
                (role, start, end) for one in read for role in ROLES for start, end in getattr(one, role)
            ]
            marked = [one for one in article.annotations[0] if one["source"]]
            right += sum(is_right(one, article.annotations[0]) for one in read)
            known += sum(any(is_right(one, [wanted]) for one in read) for wanted in marked)
            found, gold = found + len(read), gold + len(marked)
        pairs = ((item.labels, project(item.offsets, spans[item.document])) for item in self.items)
        precision, recall = right / max(1, found), known / max(1, gold)
        return exact_f1(pairs) | {"speaker": 200 * precision * recall / max(1e-9, precision + recall)}


def best_openings(dev: Dev, tagger: Tagger) -> list[float]:
    """Try one role after another: three numbers chosen on two thousand items."""
    best = [0.0, 0.0, 0.0]
    for role in range(len(ROLES)):
        tried: dict[float, float] = {}
        for value in GRID:
            params = msgspec.structs.replace(tagger.params, openings=[*best[:role], value, *best[role + 1 :]])
            tried[value] = sum(dev.figures(tagger.with_params(params)).values())
        best[role] = max(tried, key=lambda value: tried[value])
    return best


def is_right(found: Attribution, gold: Sequence[Marked]) -> bool:
    """Whether some gold attribution shares characters with its content and its source (or neither has a source)."""
    for marked in gold:
        if _meets(found.content, marked["content"]) and (
            _meets(found.source, marked["source"]) or not (found.source or marked["source"])
        ):
            return True
    return False


def _meets(left: Sequence[tuple[int, int]], right: Sequence[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


def fit(figures: Doubles, right: Doubles, strength: float = 1.0) -> Doubles:
    """Logistic regression by Newton's method, with a little pull towards zero."""
    weights = np.zeros(figures.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-figures @ weights))
        gradient = figures.T @ (right - chance) - strength * weights
        curve = (figures * (chance * (1 - chance))[:, None]).T @ figures + strength * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, gradient)
    return weights


def reliability(chance: Doubles, right: Doubles) -> list[dict[str, Any]]:
    """For each band of confidence: how many, what was said on average, what came true."""
    rows = []
    for low, high in pairwise(BINS):
        inside = (low <= chance) & (chance < high)
        if inside.any():
            said, true = float(chance[inside].mean()), float(right[inside].mean())
            rows.append({"from": low, "to": min(high, 1.0), "count": int(inside.sum()), "said": said, "true": true})
    return rows


def calibrate(tagger: Tagger, data: Path, features: Path | None) -> dict[str, Any]:
    """Find openings and confidence weights. The reliability is cross-validated by article.

    Raises ValueError where the model finds nothing at all.
    """
    articles = read_articles(data)
    weighed = [
        tagger.score(known(tagger.encode(article.text), features / f"{article.stem}.npy" if features else None))
        for article in track(articles, "reading dev")
    ]
    dev = Dev(articles, weighed, read_items(data / "cofenet.jsonl"))
    tagger = tagger.with_params(msgspec.structs.replace(tagger.params, openings=[0.0, 0.0, 0.0]))
    before = dev.figures(tagger)
    openings = best_openings(dev, tagger)
    tagger = tagger.with_params(msgspec.structs.replace(tagger.params, openings=openings))
    rows, right, fold = [], [], []
    for number, (article, one) in enumerate(zip(articles, weighed, strict=True)):
        for found, figures in tagger.decide(one):
            rows.append(figures)
            right.append(float(is_right(found, article.annotations[0])))
            fold.append(number % FOLDS)
    if not rows:
        message = f"the model in hand finds no attribution in {data}: train it further before it is calibrated"
        raise ValueError(message)
    table, truth, folds = np.array(rows), np.array(right), np.array(fold)
    chance = np.zeros(len(truth))
    for held in range(FOLDS):
        weights = fit(table[folds != held], truth[folds != held])
        chance[folds == held] = 1 / (1 + np.exp(-table[folds == held] @ weights))
    bands = reliability(chance, truth)
    error = sum(band["count"] * abs(band["said"] - band["true"]) for band in bands) / len(truth)
    return {
        "before": before,
        "after": dev.figures(tagger),
        "openings": openings,
        "confidence": [round(float(weight), 4) for weight in fit(table, truth)],
        "bands": bands,
        "calibration_error": error,
        "brier": float(((chance - truth) ** 2).mean()),
    }


def main() -> None:
    """Read the options, calibrate, write, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with text/, ann/ and cofenet.jsonl")
    parser.add_argument("--model", type=Path, required=True, help="folder with the exported files")
    parser.add_argument("--features", type=Path, help="what onrecord.train.features wrote of these articles")
    options = parser.parse_args()
    found = calibrate(Tagger.load(options.model), options.data, options.features)
    path: Path = options.model / PARAMS
    params = json.loads(path.read_text(encoding="utf-8"))
    params |= {"openings": found["openings"], "confidence": found["confidence"]}
    path.write_text(json.dumps(params, indent=1) + "\n", encoding="utf-8")
    console = Console()
    for name in ("before", "after"):
        console.print(name, {role: round(value, 2) for role, value in found[name].items()})
    console.print("openings", found["openings"], "confidence", found["confidence"])
    table = Table("confidence", "attributions", "said", "right", title="reliability, cross-validated by article")
    for band in found["bands"]:
        table.add_row(
            f"{band['from']:.2f} to {band['to']:.2f}", str(band["count"]), f"{band['said']:.3f}", f"{band['true']:.3f}"
        )
    console.print(table)
    console.print(f"expected calibration error {found['calibration_error']:.3f}, Brier score {found['brier']:.3f}")


if __name__ == "__main__":
    main()
