"""The network that restores capitals, in numpy: sums of rows, three convolutions over words, a score for each case.

Trained by `onrecord.train.recase`. `recase.npz` holds the rows and vectors in int8 with a scale each, the keys of the
words that they are of (no text), and the convolutions.
"""

from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import MissingResource
from onrecord.read.recase_words import WORDS, flagged

LOWER, CAPITAL, ALL, MIXED = range(4)
_PIECE, _HALO = 8192, 8  # words of one piece, and beside it: more than the convolutions see to either side

type Floats = NDArray[np.float32]


class Net:
    """The weights. `mixed`: key of a word with inner capitals -> which letters are."""

    def __init__(self, parts: Any) -> None:
        """Take the parts of `recase.npz` by name."""
        self._table, self._table_scale = parts["table"], parts["table_scale"].astype(np.float32)
        self._vectors, self._vector_scale = parts["vectors"], parts["vectors_scale"].astype(np.float32)
        self._keys, self._flags, self._rows = parts["keys"], parts["flags"], parts["rows"]
        self._known = {int(number): WORDS + at for at, number in enumerate(parts["known"])}
        self._layers = [(parts[f"w{at}"].astype(np.float32), parts[f"b{at}"].astype(np.float32)) for at in range(3)]
        self._out, self._bias = parts["out"].astype(np.float32), parts["bias"].astype(np.float32)
        self.mixed = {int(number): int(mask) for number, mask in parts["mixed"]}
        self.width = self._table.shape[1]

    @classmethod
    def load(cls, path: Path | None = None) -> "Net":
        """Read the shipped weights, or those at `path`; raises `MissingResource` where there are none."""
        if path is None:
            with as_file(files("onrecord.read") / "data" / "recase.npz") as shipped:
                return cls.load(shipped)
        if not path.is_file():
            message = f"what restores capitals is not installed ({path})"
            raise MissingResource(message)
        with np.load(path, allow_pickle=False) as parts:
            return cls(parts)

    def strange(self, number: int) -> int:
        """Return 0 for a word that was common where the network learned, else 1, or 2 where no vocabulary has it."""
        if number in self._known:
            return 0
        at = int(np.searchsorted(self._keys, number))
        return 1 if at < len(self._keys) and int(self._keys[at]) == number else 2

    def vector(self, number: int, rows: list[int]) -> Floats:
        """Return a word's vector: the sum of its rows, of the word's own, and of its place in the vocabulary."""
        at = int(np.searchsorted(self._keys, number))
        held = at < len(self._keys) and int(self._keys[at]) == number
        every = [*rows, flagged(int(self._flags[at]) if held else 0)]
        own = self._known.get(number)
        if own is not None:
            every.append(own)
        found: Floats = (self._table[every] * self._table_scale[every, None]).sum(axis=0, dtype=np.float32)
        if held:
            row = int(self._rows[at])
            found += self._vectors[row] * self._vector_scale[row]
        return found

    def scores(self, words: Floats, phrases: list[tuple[int, int]]) -> Floats:
        """Return the score of each case for each word; `words` is changed: rows of phrases are laid over it."""
        if phrases:
            places, rows = (list(part) for part in zip(*phrases, strict=True))
            words[places] += self._table[rows] * self._table_scale[rows, None]
        found = []
        for start in range(0, len(words), _PIECE):
            first = max(0, start - _HALO)
            piece = self._scores(words[first : start + _PIECE + _HALO])
            found.append(piece[start - first : start - first + _PIECE])
        return np.concatenate(found)

    def _scores(self, words: Floats) -> Floats:
        layer = words
        for at, (weights, bias) in enumerate(self._layers):
            after = np.maximum(_convolved(layer, weights) + bias, 0)
            layer = after + layer if at else after
        scores: Floats = np.concatenate([words, layer], axis=1) @ self._out + self._bias
        return scores


def _convolved(layer: Floats, weights: Floats) -> Floats:
    """Return the sum over each row's neighbours; weights are (reach, width in, width out), nothing beyond the edges."""
    reach, size = len(weights), len(layer)
    padded = np.zeros((size + reach - 1, layer.shape[1]), np.float32)
    padded[reach // 2 : reach // 2 + size] = layer
    found: Floats = padded[:size] @ weights[0]
    for at in range(1, reach):
        found += padded[at : at + size] @ weights[at]
    return found
