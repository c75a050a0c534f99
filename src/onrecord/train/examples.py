"""Training windows: articles as labelled words, cut at places that change with every epoch."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from onrecord.read.tagger_decode import Floats
from onrecord.read.tagger_encode import ROLES, Encoded, Ints, pack
from onrecord.train.polnear import Marked

LIMITS = (48, 96, 160, 224, 300, 420)
ODDS = (0.10, 0.10, 0.25, 0.25, 0.15, 0.15)


@dataclass(frozen=True, slots=True)
class Taught:
    """What a teacher makes of an article: how likely each label is at each word, and each pair at two in a row."""

    labels: Floats
    pairs: Floats


@dataclass(frozen=True, slots=True)
class Labelled:
    """One annotator's reading of one article. Links go by first words, -1 for a cue that has no source.

    `taught` is beside it where there is a teacher; with `silent` nobody has read the article but the teacher.
    """

    encoded: Encoded
    labels: Ints
    source_of: dict[int, int] = field(default_factory=dict)
    cue_of: dict[int, int] = field(default_factory=dict)
    taught: Taught | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A run of words of one article."""

    article: Labelled
    begin: int
    end: int

    @property
    def pieces(self) -> int:
        """Its length in wordpieces."""
        first = self.article.encoded.first
        return int(first[self.end] - first[self.begin])


def known(encoded: Encoded, path: Path | None) -> Encoded:
    """Give an encoded article what `onrecord.train.features` wrote of it; without a path, nothing is known."""
    if path is None:
        return encoded
    return replace(encoded, features=np.load(path).astype(np.int64))


def label(encoded: Encoded, attributions: Sequence[Marked]) -> Labelled:
    """Lay an annotator's spans over the words; a span that runs into an earlier one is left out, as in the metric."""
    labels = np.zeros(len(encoded), dtype=np.int64)
    source_of: dict[int, int] = {}
    cue_of: dict[int, int] = {}
    for marked in attributions:
        at: dict[str, list[int]] = {role: [] for role in ROLES}
        for number, role in enumerate(ROLES):
            for start, end in marked[role]:
                begin = int(np.searchsorted(encoded.ends, start, side="right"))
                stop = int(np.searchsorted(encoded.starts, end, side="left"))
                if stop <= begin:
                    continue
                at[role].append(begin)
                if labels[begin:stop].any():
                    continue
                labels[begin] = 2 * number + 1
                labels[begin + 1 : stop] = 2 * number + 2
        if at["cue"]:
            cue = at["cue"][0]
            source_of[cue] = at["source"][0] if at["source"] else -1
            cue_of.update(dict.fromkeys(at["content"], cue))
    return Labelled(encoded, labels, source_of, cue_of)


def epoch_batches(articles: Sequence[Sequence[Labelled]], chance: random.Random, budget: int) -> list[list[Example]]:
    """Cut one epoch: for each article one of its annotators, one window length and one offset, all drawn anew."""
    examples: list[Example] = []
    for readings in articles:
        article = chance.choice(readings)
        limit = chance.choices(LIMITS, ODDS)[0]
        head = chance.randint(24, limit)
        examples += [Example(article, begin, end) for begin, end in pack(article.encoded, limit, head)]
    chance.shuffle(examples)
    examples.sort(key=lambda example: example.pieces // 12)
    batches: list[list[Example]] = []
    current: list[Example] = []
    longest = 0
    for example in examples:
        longest = max(longest, example.pieces + 2)
        if current and longest * (len(current) + 1) > budget:
            batches.append(current)
            current, longest = [], example.pieces + 2
        current.append(example)
    if current:
        batches.append(current)
    chance.shuffle(batches)
    return batches
