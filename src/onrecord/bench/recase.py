"""Restoring capitals: any folder of `.txt` files as they were printed, put into lower case and restored.

Figures over words with a letter: right (the same letters in the same case), and precision, recall and F1 of the words
that are not all in lower case, over all of them and without the first word of a line or sentence, which any rule gets
right. Floors beside it: a capital for the first word of each sentence and nothing else.
"""

import json
import re
from pathlib import Path
from typing import Any

from onrecord import lexicon as lexicons
from onrecord.bench.spans import share
from onrecord.errors import UsageError
from onrecord.read import recase

_WORD = re.compile(r"[^\W_]+")
_OPENS = re.compile(r"(?:^|[.!?:][\"”’)\]]*\s)[\s\"“‘(\[]*$")


def run(data: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Restore every text of the folder and return the figures; write what was restored where a file is named."""
    paths = sorted(data.rglob("*.txt"))
    if not paths:
        message = f"{data} holds no .txt files"
        raise UsageError(message)
    restore = recase.recaser(lexicons.load()).restore
    program, floor, inside, lines = Count(), Count(), Count(), []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        found = restore(recase.lowered(text))
        lines.append(json.dumps({"document": path.stem, "text": found}, ensure_ascii=False))
        for word in _WORD.finditer(text):
            start, end = word.span()
            if not any(map(str.isalpha, word.group())):
                continue
            line = text[text.rfind("\n", 0, start) + 1 : start]
            opens = _OPENS.search(line) is not None
            low = recase.lowered(word.group())
            program.add(word.group(), found[start:end])
            floor.add(word.group(), low[0].upper() + low[1:] if opens else low)
            if not opens:
                inside.add(word.group(), found[start:end])
    if predictions is not None:
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return {
        "documents": len(paths), "program": program.figures(), "inside_sentences": inside.figures(),
        "capital_after_full_stop": floor.figures(),
    }  # fmt: skip


class Count:
    """Words, words right, and of those with a capital: in gold, in what was restored, alike."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.words = self.right = self.gold = self.said = self.alike = 0

    def add(self, gold: str, said: str) -> None:
        """Take one word as printed and as restored."""
        self.words += 1
        self.right += gold == said
        self.gold += not gold.islower()
        self.said += not said.islower()
        self.alike += gold == said and not gold.islower()

    def figures(self) -> dict[str, Any]:
        """Return shares in per cent."""
        total = self.gold + self.said
        return {
            "right": share(self.right, self.words),
            "precision": share(self.alike, self.said),
            "recall": share(self.alike, self.gold),
            "f1": round(200 * self.alike / total, 1) if total else 0.0,
        }
