"""From the encoder's scores to spans: stitch windows, find the best labelling, say how likely each span in it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.read.tagger_encode import LABELS, Encoded, Ints, Window, inputs, plan

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Forward = Callable[[dict[str, Ints]], tuple[Floats, Floats]]
"""Wordpieces -> (label scores, link vectors), both (1, words and the two marks around them, width)."""

SIZE = len(LABELS)
BLOCK = 24
"""Words that the recursions take one after another; blocks of so many go side by side."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What the CRF adds to the encoder: scores of a first label, and of one label after another (-inf: never)."""

    starts: Doubles
    steps: Doubles

    @classmethod
    def of(
        cls, starts: Sequence[float], steps: Sequence[Sequence[float]], openings: Sequence[float] = (0.0, 0.0, 0.0)
    ) -> Chain:
        """Take trained scores and forbid an I that does not follow the B or I of its own role.

        `openings` is added wherever a source, a cue or a content begins: above zero more are found, below zero fewer.
        """
        first, table = np.array(starts, dtype=np.float64), np.array(steps, dtype=np.float64)
        first[1::2] += openings
        table[:, 1::2] += openings
        first[2::2] = -np.inf
        for label in range(2, SIZE, 2):
            table[[before for before in range(SIZE) if before not in (label, label - 1)], label] = -np.inf
        return cls(first, table)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words in one role and its probability under the model: of exactly this run, not of one near it."""

    role: int
    start: int
    end: int
    probability: float


def scores(text: Encoded, forward: Forward, *, core: int, margin: int) -> tuple[Floats, Floats]:
    """Label scores and link vectors for every word.

    One window a call, never a batch: the int8 graph scales by the largest value it sees, so that in a batch one text's
    result would depend on its neighbours. Where windows overlap, a word is taken from all of them, and counts the more
    the nearer it stands to a window's core.
    """
    sums: tuple[Floats, Floats] | None = None
    weights = np.zeros((len(text), 1), dtype=np.float32)
    for window in plan(text, core, margin):
        outputs = forward(inputs([(text, window.left, window.right)]))
        here = slice(1, window.right - window.left + 1)
        if sums is None:
            width = [part.shape[2] for part in outputs]
            sums = np.zeros((len(text), width[0]), np.float32), np.zeros((len(text), width[1]), np.float32)
        weight = _weight(text, window, margin)[:, None]
        for total, part in zip(sums, outputs, strict=True):
            total[window.left : window.right] += weight * part[0, here]
        weights[window.left : window.right] += weight
    if sums is None:
        return np.zeros((0, SIZE), np.float32), np.zeros((0, 0), np.float32)
    return sums[0] / weights, sums[1] / weights


def _weight(text: Encoded, window: Window, margin: int) -> Floats:
    """One inside the core, falling with the distance from it outside."""
    weight = np.ones(window.right - window.left, dtype=np.float32)
    if margin:
        first = text.first
        before = (first[window.start] - first[window.left : window.start]) / (margin + 1)
        after = (first[window.end + 1 : window.right + 1] - first[window.end]) / (margin + 1)
        weight[: window.start - window.left] = np.maximum(1 - before, 0.02)
        weight[window.end - window.left :] = np.maximum(1 - after, 0.02)
    return weight


def likeliest(emissions: Floats, chain: Chain) -> list[Run]:
    """Read the best single labelling of a text (Viterbi). Its spans do not overlap; their chances are exact."""
    if not len(emissions):
        return []
    spans: list[tuple[int, int, int]] = []
    for at, label in enumerate(_best_path(emissions, chain).tolist()):
        if label % 2:
            spans.append((label // 2, at, at + 1))
        elif label:
            role, start, _ = spans.pop()
            spans.append((role, start, at + 1))
    chances = probabilities(emissions, chain, spans)
    return [Run(*span, chance) for span, chance in zip(spans, chances, strict=True)]


def _blocks(emissions: Floats, chain: Chain) -> Doubles:
    """Lay out what each step from label to label scores, as (place in block, block, from, to).

    The recursions then go through all blocks side by side, from every label at once, and are joined at the ends: the
    same sums as word by word, in a twentieth of the time. The first step comes from label 0; beyond the text a label
    stays as it is.
    """
    count = len(emissions)
    steps = chain.steps[None] + emissions.astype(np.float64)[:, None, :]
    steps[0, 0], steps[0, 1:] = chain.starts + emissions[0], -np.inf
    blank = np.full((-count % BLOCK, SIZE, SIZE), -np.inf)
    blank[:, np.arange(SIZE), np.arange(SIZE)] = 0.0
    laid = np.concatenate([steps, blank]).reshape(-1, BLOCK, SIZE, SIZE)
    return np.ascontiguousarray(laid.transpose(1, 0, 2, 3))


def _best_path(emissions: Floats, chain: Chain) -> Ints:
    steps = _blocks(emissions, chain)
    blocks = steps.shape[1]
    back = np.zeros((BLOCK, blocks, SIZE, SIZE), dtype=np.int64)
    best = steps[0]
    for at in range(1, BLOCK):
        arrive = best[:, :, :, None] + steps[at][:, None, :, :]
        back[at] = arrive.argmax(2)
        best = arrive.max(2)
    ends = np.zeros((blocks + 1, SIZE), dtype=np.int64)
    score = np.where(np.arange(SIZE) == 0, 0.0, -np.inf)
    for block in range(blocks):
        arrive = score[:, None] + best[block]
        ends[block] = arrive.argmax(0)
        score = arrive.max(0)
    label = int(score.argmax())
    enters, leaves = np.zeros(blocks, dtype=np.int64), np.zeros(blocks, dtype=np.int64)
    for block in range(blocks - 1, -1, -1):
        leaves[block] = label
        label = int(ends[block, label])
        enters[block] = label
    path, each = np.zeros((BLOCK, blocks), dtype=np.int64), np.arange(blocks)
    path[BLOCK - 1] = leaves
    for at in range(BLOCK - 1, 0, -1):
        path[at - 1] = back[at, each, enters, path[at]]
    labels: Ints = path.T.reshape(-1)[: len(emissions)]
    return labels


def probabilities(emissions: Floats, chain: Chain, spans: Sequence[tuple[int, int, int]]) -> list[float]:
    """Weigh spans (role, start, end): the share of all labellings, by their chance, that hold exactly this span."""
    if not spans:
        return []
    count = len(emissions)
    values = emissions.astype(np.float64)
    peak = values.max(1, keepdims=True)
    local, steps = np.exp(values - peak), np.exp(chain.steps)
    forward, backward = _passes(values - peak, chain)
    scale = np.ones(count)
    scale[1:] = ((forward[:-1] @ steps) * local[1:]).sum(1)
    found = []
    for role, start, end in spans:
        begin, inside = 2 * role + 1, 2 * role + 2
        mass = float(forward[start, begin])
        if start + 1 < end:
            within = local[start + 1 : end, inside] / scale[start + 1 : end]
            # step and word together: a run of a thousand words overflows where their powers are taken apart
            mass *= float(steps[begin, inside] * within[0] * (steps[inside, inside] * within[1:]).prod())
        if end < count:
            leave = steps[begin if end == start + 1 else inside].copy()
            leave[inside] = 0.0  # what follows is any label but its own I
            mass *= float(leave @ (local[end] * backward[end]) / scale[end])
        found.append(min(1.0, mass))
    return found


def _passes(values: Doubles, chain: Chain) -> tuple[Doubles, Doubles]:
    """Forward and backward likelihoods of every label at every word, so scaled that their products sum to one."""
    steps = np.exp(_blocks(values.astype(np.float32), chain))
    blocks = steps.shape[1]
    before, after = np.empty_like(steps), np.empty_like(steps)
    before[0], after[BLOCK - 1] = steps[0], np.eye(SIZE)
    for at in range(1, BLOCK):
        before[at] = before[at - 1] @ steps[at]
        before[at] /= before[at].max((1, 2), keepdims=True)
    for at in range(BLOCK - 2, -1, -1):
        after[at] = steps[at + 1] @ after[at + 1]
        after[at] /= after[at].max((1, 2), keepdims=True)
    enters, leaves = np.zeros((blocks, SIZE)), np.ones((blocks, SIZE))
    enters[0, 0] = 1.0
    for block in range(1, blocks):
        enters[block] = enters[block - 1] @ before[BLOCK - 1, block - 1]
        enters[block] /= enters[block].sum()
    for block in range(blocks - 1, 0, -1):
        leaves[block - 1] = steps[0, block] @ (after[0, block] @ leaves[block])
        leaves[block - 1] /= leaves[block - 1].max()
    forward = np.einsum("bi,sbij->bsj", enters, before).reshape(-1, SIZE)[: len(values)]
    backward = np.einsum("sbij,bj->bsi", after, leaves).reshape(-1, SIZE)[: len(values)]
    forward = forward / forward.sum(1, keepdims=True)
    return forward, backward / (forward * backward).sum(1, keepdims=True)
