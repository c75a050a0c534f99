"""The judge of acts: the base encoder, four pooled vectors, and a score for each PLOVER root."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from onrecord.read.plover_encode import NEITHER, ROOTS, SOURCE, TARGET
from onrecord.train.net import Layer, Shape, load_base

TYPES = 3


class Judge(nn.Module):
    """Pieces and their types -> scores of the roots. `plain` asks for the graph that is exported."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape, self.plain = shape, False
        width = shape.hidden_size
        self.words = nn.Embedding(shape.vocab_size, width)
        self.positions = nn.Embedding(shape.max_position_embeddings, width)
        self.types = nn.Embedding(TYPES, width)
        self.norm = nn.LayerNorm(width, eps=shape.layer_norm_eps)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.num_hidden_layers))
        self.dropout = nn.Dropout(dropout)
        self.inner, self.outer = nn.Linear(4 * width, width), nn.Linear(width, len(ROOTS))

    def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Score every root for every row."""
        length = input_ids.shape[1]
        state = self.words(input_ids) + self.positions.weight[:length].unsqueeze(0) + self.types(token_type_ids)
        state = self.dropout(self.norm(state))
        bias = (1.0 - attention_mask.unsqueeze(1).unsqueeze(2).float()) * -10000.0
        for layer in self.layers:
            state = layer(state, bias, self.plain)
        mask = attention_mask.float()
        pooled = [state[:, 0]]
        for kind in (SOURCE, TARGET, NEITHER):
            share = mask * (token_type_ids == kind).float()
            total = (state * share.unsqueeze(2)).sum(1)
            pooled.append(total / share.sum(1, keepdim=True).clamp(min=1.0))
        joined = torch.cat(pooled, 1)
        scores: Tensor = self.outer(self.dropout(torch.tanh(self.inner(self.dropout(joined)))))
        return scores


def on_base(folder: Path, dropout: float = 0.1) -> Judge:
    """Make a judge on the base encoder's weights; the parts of its own start at random."""
    base = load_base(folder, dropout)
    judge = Judge(base.shape, dropout)
    for name in ("words", "positions", "norm", "layers"):
        getattr(judge, name).load_state_dict(getattr(base, name).state_dict())
    judge.types.weight.data = base.types.weight.data[:1].repeat(TYPES, 1).clone()
    return judge
