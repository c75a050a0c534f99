"""The learned judge of acts: which PLOVER root is told between a source and a target, and how sure that is.

Comes in: sentences with the characters of both. Goes out: chances of the fifteen roots, calibrated. Only this file and
`plover_encode` know its runtime and its tokenizer.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.read import weights
from onrecord.read.plover_encode import ENCODING, ROOTS, Marked, Span, batch, encode

MODEL, TOKENIZER, PARAMS = "plover.int8.onnx", "plover.tokenizer.json", "plover.params.json"

Floats = NDArray[np.float64]


class Params(msgspec.Struct, frozen=True):
    """What judging needs beside the graph: which encoding it was made for, and the temperature of its chances."""

    encoding: int
    temperature: float = 1.0


class Question(msgspec.Struct, frozen=True):
    """A sentence and the characters in it of who did it and to whom."""

    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]


class Judge:
    """Judges any number of sentences; it keeps no state between them."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, params: Params) -> None:
        if params.encoding != ENCODING:
            message = f"the weights were made for encoding {params.encoding}, this program encodes as {ENCODING}"
            raise ValueError(message)
        self._session, self._tokenizer, self.params = session, tokenizer, params

    @classmethod
    def load(cls, path: Path | None = None, *, threads: int = 1) -> Judge:
        """Load the shipped weights, or those in the folder `path`. Raises FileNotFoundError where a file is missing."""
        found = weights.load(
            path, model=MODEL, tokenizer=TOKENIZER, params=PARAMS, what="the judge of acts", threads=threads
        )
        return cls(found.session, found.tokenizer, msgspec.json.decode(found.params, type=Params))

    def judge(self, questions: Sequence[Question]) -> list[dict[str, float]]:
        """Return, for each sentence, the chance of every root. One stands for itself whatever is asked beside it."""
        found = []
        for one in questions:  # one by one: padding would change what int8's scales see
            row = self._chances(encode(self._tokenizer, one.text, one.source, one.target))
            found.append(dict(zip(ROOTS, row.tolist(), strict=True)))
        return found

    def _chances(self, row: Marked) -> Floats:
        scores = self._session.run(["scores"], dict(batch([row])))[0][0].astype(np.float64) / self.params.temperature
        chances: Floats = np.exp(scores - scores.max())
        return chances / chances.sum()
