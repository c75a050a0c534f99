"""How the weights move: AdamW with a rate for each layer, and a running average beside them."""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import torch

from onrecord.train.examples import Example
from onrecord.train.loss import batch_loss
from onrecord.train.net import Reader

HEAD_RATE, CHAIN_RATE = 1e-3, 5e-3


def optimiser(reader: Reader, rate: float, decay: float) -> torch.optim.Optimizer:
    """Make AdamW with rates that fall layer by layer towards the input; the new parts learn faster."""
    groups: list[dict[str, Any]] = []
    top = reader.shape.num_hidden_layers
    for name, parameter in reader.named_parameters():
        if name.startswith("layers."):
            own = rate * decay ** (top - 1 - int(name.split(".")[1]))
        elif name.startswith(("words.", "positions.", "norm.", "apart.")):
            own = rate * decay**top
        else:
            own = CHAIN_RATE if name.startswith("crf.") else HEAD_RATE
        weight_decay = 0.01 if parameter.dim() > 1 and not name.startswith("crf.") else 0.0
        groups.append({"params": [parameter], "lr": own, "base": own, "weight_decay": weight_decay})
    return torch.optim.AdamW(groups, fused=True)


WARM = 0.06


def set_rates(optimise: torch.optim.Optimizer, done: float) -> None:
    """Up over the first 6% of the run, then down to next to nothing. `done` goes from 0 to 1."""
    factor = min(done / WARM + 0.01, max(0.01, (1 - done) / (1 - WARM)))
    for group in optimise.param_groups:
        group["lr"] = group["base"] * factor


class Halves:
    """Takes the parts of a batch at the same time, each in a thread of its own, with one set of weights.

    The threads meet once a step, not once an operation: on a machine that others use too, that is what makes the second
    one worth having. The order of their random draws is left to chance.
    """

    def __init__(self, reader: Reader, *, threads: int = 2, bf16: bool = False, taught: float = 0.0) -> None:
        torch.set_num_threads(1)
        self.reader, self.bf16, self.taught = reader, bf16, taught
        self.twin = copy.deepcopy(reader) if threads > 1 else reader
        for own, other in zip(reader.parameters(), self.twin.parameters(), strict=True):
            other.data = own.data
        self.pool = ThreadPoolExecutor(1, initializer=torch.set_num_threads, initargs=(1,))

    def train(self) -> None:
        """Turn dropout on."""
        self.reader.train()
        self.twin.train()

    def gradients(
        self, batch: Sequence[Example], chance: random.Random, hidden: float, bare: float = 0.0
    ) -> tuple[float, float]:
        """Leave the gradients of a batch in the reader's parameters and return the two parts of the loss."""
        for parameter in (*self.reader.parameters(), *self.twin.parameters()):
            parameter.grad = None
        parts = [batch[::2], batch[1::2]] if len(batch) > 1 and self.twin is not self.reader else [batch]
        words = sum(example.end - example.begin for example in batch)
        seeds = [random.Random(chance.getrandbits(32)) for _ in parts]  # noqa: S311 - no secrets here

        def half(reader: Reader, number: int) -> tuple[float, float]:
            share = sum(example.end - example.begin for example in parts[number]) / words
            loss, labels, links = batch_loss(
                reader, parts[number], seeds[number], hidden, bare, bf16=self.bf16, taught=self.taught
            )
            (loss * share).backward()
            return labels * share, links * share

        waiting = self.pool.submit(half, self.twin, 1) if len(parts) > 1 else None
        losses = half(self.reader, 0)
        if waiting is None:
            return losses
        others = waiting.result()
        for own, other in zip(self.reader.parameters(), self.twin.parameters(), strict=True):
            if other.grad is not None:
                own.grad = other.grad if own.grad is None else own.grad.add_(other.grad)
        return losses[0] + others[0], losses[1] + others[1]


class Average:
    """A running average of the weights, which reads better than the weights of any one step."""

    def __init__(self, reader: Reader, keep: float) -> None:
        self.keep = keep
        self.shadow = [parameter.detach().clone() for parameter in reader.parameters()]

    def update(self, reader: Reader, step: int) -> None:
        """Move towards the weights of this step (further in the first ones)."""
        keep = min(self.keep, (2 + step) / (11 + step))
        torch._foreach_lerp_(self.shadow, [parameter.detach() for parameter in reader.parameters()], 1 - keep)

    def applied(self, reader: Reader) -> Reader:
        """Copy the network with the average in place of its weights."""
        averaged = copy.deepcopy(reader)
        with torch.no_grad():
            for parameter, value in zip(averaged.parameters(), self.shadow, strict=True):
                parameter.copy_(value)
        return averaged
