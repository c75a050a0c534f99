"""The loss of a linear-chain CRF with its gradient written out: on a CPU far faster than autograd over every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.read.tagger_encode import LABELS, Ints

Doubles = NDArray[np.float64]

SIZE = len(LABELS)


@dataclass(frozen=True, slots=True)
class Targets:
    """What a batch should say: how likely each label is at each word, and each pair of labels at two words in a row.

    `labels` is (rows, words, 7), `pairs` (rows, words - 1, 7, 7); both are zero beyond a row's end. One labelling is
    the case in which every likelihood is 0 or 1; a teacher's marginals, or a mixture of both, serve as well, since the
    loss is linear in them (structural distillation, Wang et al. 2020, arXiv:2004.03846).
    """

    labels: Doubles
    pairs: Doubles

    @classmethod
    def certain(cls, labels: Ints, live: NDArray[np.bool_]) -> Targets:
        """Make targets of one labelling (rows, words); `live` is true on a prefix of every row."""
        one = np.eye(SIZE)[labels] * live[:, :, None]
        return cls(one, one[:, :-1, :, None] * one[:, 1:, None, :])


class Crf(torch.nn.Module):
    """Scores of a first label and of each step from one label to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = torch.nn.Parameter(torch.zeros(SIZE, SIZE))
        self.starts = torch.nn.Parameter(torch.zeros(SIZE))

    def forward(self, emissions: Tensor, targets: Targets, live: NDArray[np.bool_]) -> Tensor:
        """Negative log likelihood a word. `live` is true on a prefix of every row."""
        loss: Tensor = _Likelihood.apply(emissions, self.steps, self.starts, targets, live)
        return loss


@dataclass(frozen=True, slots=True)
class Passes:
    """Forward-backward over a batch: each word's and each step's likelihoods, and the log partition of each row."""

    labels: Doubles
    pairs: Doubles
    partition: Doubles


def passes(scores: Doubles, step: Doubles, start: Doubles, live: NDArray[np.bool_]) -> Passes:
    """Run forward-backward with scaled probabilities over `scores` (rows, words, 7)."""
    rows, length, size = scores.shape
    peak = scores.max(2, keepdims=True)
    local = np.ascontiguousarray(np.exp(scores - peak).transpose(1, 0, 2))
    factor = np.exp(step)
    on = live.T

    forward = np.zeros((length, rows, size))
    scale = np.ones((length, rows))
    state = np.exp(start) * local[0]
    scale[0] = state.sum(1)
    state = state / scale[0][:, None]
    forward[0] = state
    for at in range(1, length):
        following = (state @ factor) * local[at]
        total = following.sum(1)
        following /= total[:, None]
        state = np.where(on[at][:, None], following, state)
        scale[at] = np.where(on[at], total, 1.0)
        forward[at] = state

    backward = np.ones((length, rows, size))
    state = np.ones((rows, size))
    turned = factor.T.copy()
    for at in range(length - 1, 0, -1):
        before = ((state * local[at]) @ turned) / scale[at][:, None]
        state = np.where(on[at][:, None], before, state)
        backward[at - 1] = state

    marginal = forward * backward
    marginal /= marginal.sum(2, keepdims=True)
    marginal *= on[:, :, None]
    weight = (local[1:] * backward[1:]) / scale[1:][:, :, None] * on[1:][:, :, None]
    pairs = forward[:-1, :, :, None] * weight[:, :, None, :] * factor
    partition = (np.log(scale) * on).sum(0) + (peak[:, :, 0] * live).sum(1)
    return Passes(marginal.transpose(1, 0, 2), pairs.transpose(1, 0, 2, 3), partition)


class _Likelihood(torch.autograd.Function):
    """The three gradients are known when the loss is: what is likely less what should be."""

    @staticmethod
    def forward(
        ctx: Any, emissions: Tensor, steps: Tensor, starts: Tensor, targets: Targets, live: NDArray[np.bool_]
    ) -> Tensor:
        """Keep the three gradients and return the loss."""
        scores, step, start = (part.detach().numpy().astype(np.float64) for part in (emissions, steps, starts))
        found = passes(scores, step, start, live)
        path = (
            (targets.labels[:, 0] * start).sum()
            + (targets.labels * scores).sum()
            + (targets.pairs.sum((0, 1)) * step).sum()
        )
        words = live.sum()
        gradients = (
            found.labels - targets.labels,
            (found.pairs - targets.pairs).sum((0, 1)),
            (found.labels[:, 0] - targets.labels[:, 0]).sum(0),
        )
        ctx.gradients = [torch.from_numpy((part / words).astype(np.float32)) for part in gradients]
        return torch.tensor(float((found.partition.sum() - path) / words), dtype=torch.float32)

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> tuple[Tensor, Tensor, Tensor, None, None]:
        """Hand the kept gradients on."""
        emissions, steps, starts = ctx.gradients
        return emissions * outputs[0], steps * outputs[0], starts * outputs[0], None, None
