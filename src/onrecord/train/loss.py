"""The loss of one batch: the labels' likelihood, and which source and content go with which cue."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.read.tagger_encode import Ints, inputs
from onrecord.train.examples import Example
from onrecord.train.net import LINK_WIDTH, Reader, bucket

MASK_ID = 103
LINK_SHARE = 0.05


def batch_loss(
    reader: Reader, batch: Sequence[Example], chance: random.Random, hidden: float = 0.0, bare: float = 0.0
) -> tuple[Tensor, float, float]:
    """Total loss with its two parts.

    A share `hidden` of the wordpieces is masked, so that no one word is leant on; a share `bare` of the examples goes
    without features, so that text without a parse can be read too.
    """
    arrays = inputs([(example.article.encoded, example.begin, example.end) for example in batch])
    if hidden:
        draw = np.random.default_rng(chance.getrandbits(32)).random(arrays["input_ids"].shape)
        arrays["input_ids"] = np.where((draw < hidden) & (arrays["input_ids"] > MASK_ID), MASK_ID, arrays["input_ids"])
    if bare:
        without = [row for row in range(len(batch)) if chance.random() < bare]
        arrays["features"][without] = 0
    emissions, links = reader(*(torch.from_numpy(array) for array in arrays.values()))
    words = max(example.end - example.begin for example in batch)
    first = np.zeros((len(batch), words), dtype=np.int64)
    labels = np.zeros((len(batch), words), dtype=np.int64)
    live = np.zeros((len(batch), words), dtype=bool)
    link_losses: list[Tensor] = []
    for row, example in enumerate(batch):
        pieces = example.article.encoded.first
        size = example.end - example.begin
        first[row, :size] = pieces[example.begin : example.end] - pieces[example.begin] + 1
        labels[row, :size] = example.article.labels[example.begin : example.end]
        live[row, :size] = True
        link_losses += _link_losses(reader, links[row], first[row], example)
    index = torch.from_numpy(first).unsqueeze(2).expand(-1, -1, emissions.shape[2])
    label_loss = reader.crf(emissions.gather(1, index), torch.from_numpy(labels), torch.from_numpy(live))
    link_loss = torch.stack(link_losses).mean() if link_losses else torch.zeros(())
    return label_loss + LINK_SHARE * link_loss, float(label_loss.detach()), float(link_loss.detach())


def _link_losses(reader: Reader, links: Tensor, first: Ints, example: Example) -> list[Tensor]:
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
        left = links[torch.from_numpy(first[seekers]), 2 * side * LINK_WIDTH : (2 * side + 1) * LINK_WIDTH]
        right = links[torch.from_numpy(first[offered]), (2 * side + 1) * LINK_WIDTH : (2 * side + 2) * LINK_WIDTH]
        apart = torch.from_numpy(bucket(offered[None] - seekers[:, None]))
        scores = left @ right.T / LINK_WIDTH**0.5 + reader.distance[side][apart]
        scores = torch.cat([scores, reader.nothing[side].expand(len(seekers), 1)], 1)
        place = {int(word) + begin: at for at, word in enumerate(offered)} | {-1: len(offered)}
        target = torch.tensor([place.get(gold.get(int(word) + begin, -2), -100) for word in seekers])
        if (target >= 0).any():
            found.append(nn.functional.cross_entropy(scores, target, ignore_index=-100))
    return found
