"""PLOVER roots of sentences whose source and target are given (PLV): macro-F1 of roots, quads and the two sides.

What is predicted is what the product's written rule says (`extract.acts_judged`): the learned judge's chances and the
rules' votes together; with `reader` "rules" the votes alone. Fifteen roots: CONCEDE and RETREAT are YIELD here.
"""

import csv
import json
import re
from pathlib import Path
from typing import Any

from onrecord import lexicon as lexicons
from onrecord.extract import acts_given, acts_judged
from onrecord.model.text import Document
from onrecord.read import parse, plover
from onrecord.read.plover_encode import QUADS, ROOTS, Span
from onrecord.settings import Settings

_TAG = re.compile(r"(</?[st]>)")
_COOPERATION = 2


def run(data: Path, predictions: Path | None = None, *, reader: str = "learned") -> dict[str, Any]:
    """Judge every row of test.tsv, else train.tsv, in the folder (or of the file given); score where gold is there."""
    path = next((data / name for name in ("test.tsv", "train.tsv") if (data / name).is_file()), data)
    rows = read(path)
    found = predict(rows, reader=reader)
    if predictions is not None:
        lines = [json.dumps({"row": at, "root": root, "quad": QUADS[root]}) for at, (root, _) in enumerate(found)]
        predictions.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return figures(rows, [root for root, _ in found])


def predict(rows: list[dict[str, Any]], *, reader: str = "learned") -> list[tuple[str, float]]:
    """Return each row's root and its chance."""
    settings = Settings(reader="rules")
    parser, lexicon = parse.Parser.load(settings), lexicons.load()
    judged: list[dict[str, float]] = [{} for _ in rows]
    if reader == "learned":
        judge = plover.Judge.load()
        judged = judge.judge([plover.Question(row["text"], row["source"], row["target"]) for row in rows])
    found = []
    for row, chances in zip(rows, judged, strict=True):
        document = Document(id="plv", title=None, text=row["text"], source="plv", published="2020-01-01")
        reading, _ = parse.run(document=document, parser=parser, settings=settings)
        votes = acts_given.votes(reading, lexicon.acts, lexicon.hedges, row["source"], row["target"])
        found.append(acts_judged.root_of(chances, votes))
    return found


def read(path: Path) -> list[dict[str, Any]]:
    """Read a PLV table: text, spans of source and target, and gold's root and quad where it has them."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    rows = []
    for line in lines:
        text, spans = marked(line.get("marked_sentence") or line["sentence"])
        for kind, name in (("s", "source"), ("t", "target")):
            at = text.find(line[name]) if line.get(name) else -1
            if not spans[kind] and at >= 0:
                spans[kind] = ((at, at + len(line[name])),)
        quad = int(float(line["gold_penta"])) if line.get("gold_penta") else None
        rows.append(
            {"text": text, "source": spans["s"], "target": spans["t"], "root": line.get("gold_root"), "quad": quad}
        )
    return rows


def marked(sentence: str) -> tuple[str, dict[str, tuple[Span, ...]]]:
    """Take `<s>..</s>` and `<t>..</t>` out of a sentence and say where they stood."""
    text, opened = "", 0
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    for part in _TAG.split(sentence):
        if not _TAG.fullmatch(part):
            text += part
        elif part.startswith("</"):
            spans[part[2]].append((opened, len(text)))
        else:
            opened = len(text)
    return text, {kind: tuple(found) for kind, found in spans.items()}


def figures(rows: list[dict[str, Any]], roots: list[str]) -> dict[str, Any]:
    """Return macro-F1 and accuracy over the labels that occur, as scikit-learn's macro counts them."""
    gold = [row["root"] for row in rows]
    if not all(root in ROOTS for root in gold):
        return {"rows": len(rows)}
    quads = [row["quad"] for row in rows]
    found = [QUADS[root] for root in roots]
    report: dict[str, Any] = {"rows": len(rows)}
    for name, one, other in (
        ("root", gold, roots),
        ("quad", quads, found),
        ("binary", [quad <= _COOPERATION for quad in quads], [quad <= _COOPERATION for quad in found]),
    ):
        report[name] = {
            "macro_f1": round(macro(one, other), 2),
            "accuracy": round(100 * sum(a == b for a, b in zip(one, other, strict=True)) / max(1, len(one)), 2),
        }
    return report


def macro(gold: list[Any], found: list[Any]) -> float:
    """Average F1 over the labels that occur in either, in percent."""
    labels = {*gold, *found}
    total = sum(
        2 * sum(a == b == label for a, b in zip(gold, found, strict=True)) / (gold.count(label) + found.count(label))
        for label in labels
    )
    return float(100 * total / max(1, len(labels)))
