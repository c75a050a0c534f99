"""Figures of judge and rules together on rows that their judge had not seen.

    python -m onrecord.train.plover_cross --data ../shared/gold --cross DIR

DIR holds the fold-N.json of `onrecord.train.plover --folds 5`; the folds that are there are scored together. Printed:
macro-F1 of roots, quads and sides, the judge alone and by the written rule with the votes, and how far the confidence
is from the truth (expected calibration error, ten bands).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from onrecord import lexicon as lexicons
from onrecord.bench import plv
from onrecord.extract import acts_given, acts_judged
from onrecord.model.text import Document
from onrecord.read import parse
from onrecord.read.plover_encode import ROOTS
from onrecord.settings import Settings

BANDS = 10


def chances_of(folder: Path) -> dict[int, dict[str, float]]:
    """Read what each fold's judge said of its held out rows."""
    found = {}
    for path in sorted(folder.glob("fold-*.json")):
        fold = json.loads(path.read_text(encoding="utf-8"))
        for row, chances in zip(fold["rows"], fold["chances"], strict=True):
            found[row] = dict(zip(ROOTS, chances, strict=True))
    return found


def calibration(sure: list[float], right: list[bool]) -> float:
    """Return the expected calibration error: how far the bands' mean confidence lies from their share of right ones."""
    off = 0.0
    for band in range(BANDS):
        inside = [
            at
            for at, value in enumerate(sure)
            if band <= value * BANDS < band + 1 or (band == BANDS - 1 and value == 1)
        ]
        if inside:
            off += abs(sum(sure[at] for at in inside) - sum(right[at] for at in inside))
    return round(off / max(1, len(sure)), 4)


def cross(data: Path, folder: Path) -> dict[str, Any]:
    """Score every row that some fold held out."""
    settings = Settings(reader="rules")
    parser, lexicon = parse.Parser.load(settings), lexicons.load()
    rows, given = plv.read(data / "plv" / "train.tsv"), chances_of(folder)
    kept = [rows[at] for at in sorted(given)]
    alone, both, sure = [], [], []
    for at in sorted(given):
        document = Document(id="plv", title=None, text=rows[at]["text"], source="plv", published="2020-01-01")
        reading, _ = parse.run(document=document, parser=parser, settings=settings)
        votes = acts_given.votes(reading, lexicon.acts, lexicon.hedges, rows[at]["source"], rows[at]["target"])
        alone.append(acts_judged.root_of(given[at], ())[0])
        root, share = acts_judged.root_of(given[at], votes)
        both.append(root)
        sure.append(share)
    right = [row["root"] == root for row, root in zip(kept, both, strict=True)]
    return {
        "folds": len(list(folder.glob("fold-*.json"))),
        "judge": plv.figures(kept, alone),
        "judge_and_rules": plv.figures(kept, both),
        "calibration_error": calibration(sure, right),
    }


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="has plv/train.tsv")
    parser.add_argument("--cross", type=Path, required=True)
    options = parser.parse_args()
    print(json.dumps(cross(options.data, options.cross), indent=1))


if __name__ == "__main__":
    main()
