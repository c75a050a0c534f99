"""The learned reader: who said what, with which words, in any text.

Only this file, `weights` and `tagger_encode` know the model runtime and the tokenizer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import onnxruntime
from tokenizers import Tokenizer

from onrecord.model.reading import Attributed, Reading
from onrecord.read import weights
from onrecord.read.tagger_decode import Chain, Floats, Run, likeliest, scores
from onrecord.read.tagger_encode import ENCODING, Encoded, Ints, encode
from onrecord.read.tagger_features import features
from onrecord.read.tagger_link import Group, link

INPUTS = ("input_ids", "token_type_ids", "features", "first")
MODEL, TOKENIZER, PARAMS = "attribution.int8.onnx", "tokenizer.json", "attribution.params.json"

Span = tuple[int, int]


class Attribution(msgspec.Struct, frozen=True):
    """Words that are somebody's: spans of character offsets into the text as it was given.

    `confidence` is the calibrated chance that the content is one that somebody utters here, and that the source is the
    right one.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


class Params(msgspec.Struct, frozen=True):
    """What reading needs beside the graph; written by `onrecord.train.export`."""

    encoding: int
    link_width: int
    starts: list[float]
    steps: list[list[float]]
    openings: list[float]
    confidence: list[float]
    core: int = 160
    margin: int = 48


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text with the network's scores: of the labels for every word, and the vectors that link spans."""

    encoded: Encoded
    emissions: Floats
    vectors: Floats


class Tagger:
    """Finds attributions. One instance may serve any number of texts; it keeps no state between them."""

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer, params: Params, *, context: bool = True
    ) -> None:
        if params.encoding != ENCODING:
            message = f"the weights were made for encoding {params.encoding}, this program encodes as {ENCODING}"
            raise ValueError(message)
        self._session = session
        self._tokenizer = tokenizer
        self.params = params
        self._chain = Chain.of(params.starts, params.steps, params.openings)
        self._core, self._margin = (params.core, params.margin) if context else (params.core + params.margin, 0)

    @classmethod
    def load(cls, path: Path | None = None, *, context: bool = True, threads: int = 1) -> Tagger:
        """Load the shipped weights, or those in the folder `path`.

        Without `context` every word is read once, which is faster and a little worse. Raises FileNotFoundError where a
        file is missing.
        """
        found = weights.load(
            path, model=MODEL, tokenizer=TOKENIZER, params=PARAMS, what="the learned reader", threads=threads
        )
        return cls(found.session, found.tokenizer, msgspec.json.decode(found.params, type=Params), context=context)

    def with_params(self, params: Params) -> Tagger:
        """Make a tagger on the same graph that decides otherwise."""
        return Tagger(self._session, self._tokenizer, params)

    def tag(self, text: str, reading: Reading | None = None, hints: Sequence[Attributed] = ()) -> list[Attribution]:
        """Find the attributions of one text, in the order of their first words. Any text will do.

        With the text's parse and what the rules see in it, it reads better; without them it reads on.
        """
        return [attribution for attribution, _ in self.decide(self.weigh(text, reading, hints))]

    def tag_many(self, texts: Sequence[str]) -> list[list[Attribution]]:
        """Find the attributions of each text: what `tag` finds in it, whatever stands beside it."""
        return [self.tag(text) for text in texts]

    def weigh(self, text: str, reading: Reading | None = None, hints: Sequence[Attributed] = ()) -> Weighed:
        """Take down all that the network says about a text, before anything is decided."""
        encoded = self.encode(text)
        if reading is not None:
            encoded = replace(encoded, features=features(encoded, reading, hints))
        return self.score(encoded)

    def encode(self, text: str) -> Encoded:
        """Cut a text into the words that the network sees."""
        return encode(self._tokenizer, text)

    def score(self, encoded: Encoded) -> Weighed:
        """Run the network over a text that is encoded already."""
        return Weighed(encoded, *scores(encoded, self._forward, core=self._core, margin=self._margin))

    def decide(self, weighed: Weighed) -> list[tuple[Attribution, list[float]]]:
        """Settle on attributions, each with the figures that its confidence is made of."""
        encoded, found = weighed.encoded, []
        runs = likeliest(weighed.emissions, self._chain)
        for group in link(encoded, runs, weighed.vectors, self.params.link_width):
            figures = evidence(group)
            total = sum(weight * figure for weight, figure in zip(self.params.confidence, figures, strict=True))
            attribution = Attribution(
                source=_offsets(encoded, [group.source] if group.source else []),
                cue=_offsets(encoded, [group.cue] if group.cue else []),
                content=_offsets(encoded, group.content),
                confidence=round(1 / (1 + math.exp(-total)), 4),
            )
            found.append((attribution, figures))
        return sorted(found, key=lambda pair: min(pair[0].source + pair[0].cue + pair[0].content))

    def _forward(self, arrays: dict[str, Ints]) -> tuple[Floats, Floats]:
        labels, vectors = self._session.run(["labels", "links"], {name: arrays[name] for name in INPUTS})
        return labels, vectors


def evidence(group: Group) -> list[float]:
    """List what speaks for an attribution: how sure its spans are (log odds), what it lacks, its weakest link."""
    return [
        1.0,
        _odds(group.source),
        _odds(group.cue),
        min((_odds(run) for run in group.content), default=-2.0),
        float(group.source is None),
        float(group.cue is None),
        float(not group.content),
        group.link,
    ]


def _odds(run: Run | None) -> float:
    if run is None:
        return 0.0
    chance = min(max(run.probability, 0.01), 0.99)
    return math.log(chance / (1 - chance))


def _offsets(encoded: Encoded, spans: Sequence[Run]) -> tuple[Span, ...]:
    return tuple(sorted((int(encoded.starts[run.start]), int(encoded.ends[run.end - 1])) for run in spans))
