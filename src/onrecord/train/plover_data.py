"""What the judge of acts learns from: PLV with its roots, sentences with only a quad or a side, phrases of our own.

PLV, AW and cameo_class are read from where they lie and never copied. A sentence of cameo_class or AW that PLV's
training part has too is left out, so that no fold sees in training what it is scored on. The phrases
(`data/plover_phrases.tsv`) were written for this project from PLOVER's definitions.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from onrecord.read.plover_encode import QUADS, ROOTS, Span

_TAGS = re.compile(r"</?[st]>")
_COOPERATION = (1, 2)
_FORMS = (
    "the government of {}", "{}", "the president of {}", "the army of {}", "the {} foreign minister", "officials in {}",
    "the parliament of {}", "rebels in {}", "the {} authorities", "the {} opposition", "police in {}",
)  # fmt: skip
_BEFORE = (
    "",
    "",
    "",
    "",
    "On Monday, ",
    "Last week, ",
    "In May, ",
    "Meanwhile, ",
    "After the vote, ",
    "In the capital, ",
)
_AFTER = (
    "", "", "", "", " on Tuesday", " last month", ", officials said", ", state television reported", " after the raid",
    ", a spokesman said on Friday", " over the border dispute", " for the second time this year",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with source and target, and the roots that it may have (one, or those of its quad or side)."""

    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    roots: tuple[int, ...]
    quad: int


def _spans(marked: str, kind: str) -> tuple[str, tuple[Span, ...]]:
    """Take the tags out of a marked sentence and say where one kind stood."""
    found: list[Span] = []
    text, opened = "", 0
    for part in re.split(r"(</?[st]>)", marked):
        if part == f"<{kind}>":
            opened = len(text)
        elif part == f"</{kind}>":
            found.append((opened, len(text)))
        elif not _TAGS.fullmatch(part):
            text += part
    return text, tuple(found)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def read_plv(path: Path) -> list[Row]:
    """Read a PLV table. Where the marked sentence lacks a span, its words are looked for in the sentence."""
    rows = []
    for line in _read(path):
        text, source = _spans(line["marked_sentence"], "s")
        _, target = _spans(line["marked_sentence"], "t")
        source = source or _find(text, line["source"])
        target = target or _find(text, line["target"])
        root = line.get("gold_root", "")
        quad = int(float(line["gold_penta"])) if line.get("gold_penta") else 0
        rows.append(Row(text, source, target, (ROOTS.index(root),) if root in ROOTS else (), quad))
    return rows


def _find(text: str, words: str) -> tuple[Span, ...]:
    at = text.find(words) if words else -1
    return ((at, at + len(words)),) if at >= 0 else ()


def _plain(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def read_quads(path: Path, without: Sequence[Row]) -> list[Row]:
    """Read cameo_class: a sentence and its quad, nobody marked; rows of no quad and rows that PLV has are left out."""
    seen = {_plain(row.text) for row in without}
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text, _, label = line.rpartition("\t")
        if label in {"1", "2", "3", "4"} and _plain(text) not in seen:
            roots = tuple(at for at, root in enumerate(ROOTS) if QUADS[root] == int(label))
            rows.append(Row(text, (), (), roots, int(label)))
    return rows


def read_sides(path: Path, without: Sequence[Row]) -> list[Row]:
    """Read AW: source and target marked, conflict or not."""
    seen = {_plain(row.text) for row in without}
    rows = []
    for line in _read(path):
        text, source = _spans(line["marked_sentence"], "s")
        _, target = _spans(line["marked_sentence"], "t")
        side = line["gold_binary"] == "1"
        roots = tuple(at for at, root in enumerate(ROOTS) if (QUADS[root] not in _COOPERATION) == side)
        if _plain(text) not in seen:
            rows.append(Row(text, source, target, roots, 0))
    return rows


class Phrases:
    """Phrases with slots for source and target, filled anew for every epoch."""

    def __init__(self) -> None:
        shipped = files("onrecord.train") / "data" / "plover_phrases.tsv"
        lines = csv.DictReader(shipped.read_text(encoding="utf-8").splitlines(), delimiter="\t")
        self.phrases = [(ROOTS.index(line["root"]), line["phrase"]) for line in lines]
        states = (Path(__file__).parents[1] / "lexicon" / "data" / "demonyms.csv").read_text("utf-8").splitlines()
        self.names = [line["name"] for line in csv.DictReader(states)]

    def fill(self, chance: random.Random, spoken: Sequence[str]) -> list[Row]:
        """Fill every phrase once, with `spoken` names (spans of the training rows) or made-up ones."""
        return [self._fill(root, phrase, chance, spoken) for root, phrase in self.phrases]

    def _name(self, chance: random.Random, spoken: Sequence[str]) -> str:
        if spoken and chance.random() < 0.5:
            return chance.choice(spoken)
        return chance.choice(_FORMS).format(chance.choice(self.names))

    def _fill(self, root: int, phrase: str, chance: random.Random, spoken: Sequence[str]) -> Row:
        before, after = chance.choice(_BEFORE), chance.choice(_AFTER)
        text, spans = before, {"S": [], "T": []}  # type: tuple[str, dict[str, list[Span]]]
        for part in re.split(r"\b([ST])\b", phrase):
            if part in spans:
                name = self._name(chance, spoken)
                spans[part].append((len(text), len(text) + len(name)))
                text += name
            else:
                text += part
        return Row(f"{text}{after}.", tuple(spans["S"]), tuple(spans["T"]), (root,), QUADS[ROOTS[root]])


def swapped(row: Row, chance: random.Random, spoken: Sequence[str]) -> Row:
    """Put other names where source and target stand, so that what is learned is not who did it."""
    edges = sorted([(*span, "s") for span in row.source] + [(*span, "t") for span in row.target])
    text, at = "", 0
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    for start, end, kind in edges:
        if start < at:
            return row
        text += row.text[at:start]
        name = chance.choice(spoken)
        spans[kind].append((len(text), len(text) + len(name)))
        text, at = text + name, end
    return Row(text + row.text[at:], tuple(spans["s"]), tuple(spans["t"]), row.roots, row.quad)
