"""The loss of one batch: the labels' likelihood, and which source and content go with which cue."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.read.tagger_encode import inputs
from onrecord.train.crf import SIZE, Doubles, Targets
from onrecord.train.examples import Example
from onrecord.train.net import LINK_WIDTH, Reader, bucket

MASK_ID = 103
LINK_SHARE = 0.05


def batch_loss(
    reader: Reader,
    batch: Sequence[Example],
    chance: random.Random,
    hidden: float = 0.0,
    bare: float = 0.0,
    *,
    bf16: bool = False,
    taught: float = 0.0,
) -> tuple[Tensor, float, float]:
    """Total loss with its two parts.

    A share `hidden` of the wordpieces is masked, so that no one word is leant on; a share `bare` of the examples goes
    without features, so that text without a parse can be read too. `taught` is how much the teacher's reading counts
    against the annotator's.
    """
    arrays = inputs([(example.article.encoded, example.begin, example.end) for example in batch])
    if hidden:
        draw = np.random.default_rng(chance.getrandbits(32)).random(arrays["input_ids"].shape)
        arrays["input_ids"] = np.where((draw < hidden) & (arrays["input_ids"] > MASK_ID), MASK_ID, arrays["input_ids"])
    if bare:
        without = [row for row in range(len(batch)) if chance.random() < bare]
        arrays["features"][without] = 0
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        emissions, links = reader(*(torch.from_numpy(array) for array in arrays.values()))
    emissions, links = emissions.float(), links.float()
    words = max(example.end - example.begin for example in batch)
    sure = np.zeros((len(batch), words, SIZE))
    pairs = np.zeros((len(batch), words - 1, SIZE, SIZE))
    live = np.zeros((len(batch), words), dtype=bool)
    link_losses: list[Tensor] = []
    for row, example in enumerate(batch):
        size = example.end - example.begin
        sure[row, :size], pairs[row, : size - 1] = _targets(example, taught)
        live[row, :size] = True
        if not example.article.silent:
            link_losses += _link_losses(reader, links[row, 1:], example)
    label_loss = reader.crf(emissions[:, 1 : words + 1], Targets(sure, pairs), live)
    link_loss = torch.stack(link_losses).mean() if link_losses else torch.zeros(())
    return label_loss + LINK_SHARE * link_loss, float(label_loss.detach()), float(link_loss.detach())


def _targets(example: Example, taught: float) -> tuple[Doubles, Doubles]:
    """Mix an annotator's labels with the teacher's; where nobody else has read the article, the teacher's are all."""
    article, begin, end = example.article, example.begin, example.end
    teacher = article.taught
    share = 0.0 if teacher is None else 1.0 if article.silent else taught
    one = np.eye(SIZE)[article.labels[begin:end]]
    labels, pairs = (1 - share) * one, (1 - share) * one[:-1, :, None] * one[1:, None, :]
    if teacher is not None:
        labels += share * teacher.labels[begin:end]
        pairs += share * teacher.pairs[begin : end - 1]
    return labels, pairs


def _link_losses(reader: Reader, links: Tensor, example: Example) -> list[Tensor]:
    article, begin = example.article, example.begin
    labels = article.labels[begin : example.end]
    sources, cues, contents = (np.flatnonzero(labels == 2 * role + 1) for role in range(3))
    if not len(cues):
        return []
    found: list[Tensor] = []
    for side, others, gold in ((0, sources, article.source_of), (1, contents, article.cue_of)):
        if not len(others):
            continue
        # a cue looks for its source (or nothing); a content looks for its cue (or nothing)
        seekers, offered = (cues, others) if side == 0 else (others, cues)
        left = links[torch.from_numpy(seekers), 2 * side * LINK_WIDTH : (2 * side + 1) * LINK_WIDTH]
        right = links[torch.from_numpy(offered), (2 * side + 1) * LINK_WIDTH : (2 * side + 2) * LINK_WIDTH]
        apart = torch.from_numpy(bucket(offered[None] - seekers[:, None]))
        scores = left @ right.T / LINK_WIDTH**0.5 + reader.distance[side][apart]
        scores = torch.cat([scores, reader.nothing[side].expand(len(seekers), 1)], 1)
        place = {int(word) + begin: at for at, word in enumerate(offered)} | {-1: len(offered)}
        target = torch.tensor([place.get(gold.get(int(word) + begin, -2), -100) for word in seekers])
        if (target >= 0).any():
            found.append(nn.functional.cross_entropy(scores, target, ignore_index=-100))
    return found
