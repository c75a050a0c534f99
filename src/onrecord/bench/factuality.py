"""Event factuality (UW, Lee et al. EMNLP 2015; MEANTIME): did what a word tells happen? From -3 (no) to 3 (yes).

JSON lines {text, targets: [{span1: [i, j] tokens, label}]} in `dev.jsonl`. Metric: mean absolute error and Pearson's r
over the gold words; beside them, how many of the events that gold holds for unreal (at most 0) are called happened.
What hedges stand over a word is read by the same rule that acts use; each reading is worth the mean gold value that it
has on `train.jsonl` of the same folder (the program's own default where there is none). Floor: always 3.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.bench.sentence import joined
from onrecord.errors import UsageError
from onrecord.extract.clause import scope
from onrecord.model.article import RawArticle
from onrecord.pipeline import Kit
from onrecord.read import clean, parse
from onrecord.settings import Settings

type Reading3 = tuple[str, str]
_DEFAULT: dict[Reading3, float] = {("happened", "asserted"): 3.0, ("ongoing", "asserted"): 3.0}
_UNREAL = 0.5


def run(data: Path, predictions: Path | None = None, *, file: str = "dev.jsonl") -> dict[str, Any]:
    """Value every gold word of `file` and return error and correlation of program and floor."""
    kit = Kit.build(Settings(reader="rules"))
    if not (data / file).is_file():
        message = f"{data} holds no {file}"
        raise UsageError(message)
    train = data / "train.jsonl"
    seen: dict[Reading3, list[float]] = defaultdict(list)
    for _, _, label, told in readings(train, kit) if train.is_file() else ():
        seen[told].append(label)
    worth = {told: sum(labels) / len(labels) for told, labels in seen.items()}
    gold, found, plain, lines = [], [], [], []
    for row, token, label, told in readings(data / file, kit):
        value = worth.get(told, _DEFAULT.get(told, _UNREAL))
        gold.append(label)
        found.append(value)
        plain.append(_DEFAULT.get(told, -3.0 if told[1] == "denied" else _UNREAL))
        lines.append(
            json.dumps({"row": row, "token": token, "value": round(value, 3), "modality": told[0], "polarity": told[1]})
        )
    if predictions is not None:
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    unreal = [value for label, value in zip(gold, plain, strict=True) if label <= 0]
    return {
        "events": len(gold),
        "program": measured(gold, found),
        "program_without_train": measured(gold, plain),
        "always_3": measured(gold, [3.0] * len(gold)),
        "unreal_called_happened": {
            "share": round(100 * sum(value == 3.0 for value in unreal) / len(unreal), 1) if unreal else 0.0,
            "of": len(unreal),
        },
    }


def readings(path: Path, kit: Kit) -> Iterator[tuple[int, int, float, Reading3]]:
    """Yield row, first token, gold value and (modality, polarity) of every gold word."""
    for row, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        item = json.loads(line)
        text, spans = joined([item["text"].split(" ")])
        raw = RawArticle(text=text, source="bench")
        document, _ = clean.run(raw=raw, settings=kit.settings, lexicon=kit.lexicon)
        if document is None:
            continue
        reading, _ = parse.run(document=document, parser=kit.parser, settings=kit.settings)
        for target in item["targets"]:
            first, last = reading.tokens_in(spans[target["span1"][0]][0], spans[target["span1"][1] - 1][1])
            head = next((at for at in range(first, last) if not first <= reading.head[at] < last), first)
            if first < last:
                told = scope(reading, head, kit.lexicon.hedges)
                yield row, target["span1"][0], float(target["label"]), (told.modality, told.polarity)


def measured(gold: Sequence[float], found: Sequence[float]) -> dict[str, float]:
    """Return mean absolute error and Pearson's r."""
    size = len(gold)
    if not size:
        return {"mae": 0.0, "r": 0.0}
    left, right = sum(gold) / size, sum(found) / size
    across = sum((one - left) * (two - right) for one, two in zip(gold, found, strict=True))
    spread = math.sqrt(sum((one - left) ** 2 for one in gold) * sum((two - right) ** 2 for two in found))
    error = sum(abs(one - two) for one, two in zip(gold, found, strict=True)) / size
    return {"mae": round(error, 3), "r": round(across / spread, 3) if spread else 0.0}
