"""Turn a text into what the learned reader sees, and back into character offsets.

The encoder under the reader knows no capitals, no quote marks and no paragraphs, so every wordpiece carries a *type*
that says these things. Labels are given to whole words (their first wordpiece). Training and reading import this same
file: a change here makes the shipped weights wrong, so `ENCODING` goes up with it and the weights say which one they
were made for.
"""

from __future__ import annotations

import bisect
import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]

ENCODING = 3
ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
SHAPES = 8
"""lower case, Capitalised, CAPITALS, with a digit, punctuation, opening quote, closing quote, apostrophe."""
TYPES = SHAPES * 8
"""A shape, and whether the word opens a paragraph, stands inside quotes, opens a sentence."""
FIRST_ID, LAST_ID = 101, 102
WIDTH = 4
"""Numbers a word that `tagger_features` gives."""

_SENTENCE = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")
_APOSTROPHES = frozenset("'’‘`")


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as arrays. Words a to b are the pieces `first[a]:first[b]`; `first` has one entry more than words."""

    text: str
    ids: Ints
    types: Ints
    first: Ints
    starts: Ints
    ends: Ints
    segments: Ints
    paragraphs: Ints
    features: Ints | None = None

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder is shown (words `left` to `right`) and the part that it is shown for (`start` to `end`)."""

    left: int
    right: int
    start: int
    end: int


def encode(tokenizer: Tokenizer, text: str) -> Encoded:
    """Encode a whole text. A lone surrogate, which no tokenizer takes, is read as one replacement character."""
    readable = _SURROGATE.sub("�", text)
    encoding = tokenizer.encode(readable, add_special_tokens=False)
    ids = np.array(encoding.ids, dtype=np.int64)
    words = np.array([-1 if word is None else word for word in encoding.word_ids], dtype=np.int64)
    first = np.flatnonzero(np.diff(words, prepend=-2))
    places = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    starts: list[int] = places[first, 0].tolist()
    ends: list[int] = np.maximum.reduceat(places[:, 1], first).tolist() if len(first) else []
    if not readable.isascii():
        ends = [_past_marks(readable, end) for end in ends]
    segments = _segments(readable, starts)
    opens = _paragraph_starts(readable, starts)
    bounds = np.append(first, len(ids))
    flags = np.zeros(len(starts), dtype=np.int64)
    flags[opens] = 1
    return Encoded(
        text=text,
        ids=ids,
        types=_types(readable, bounds, starts, ends, set(opens), set(segments)),
        first=bounds,
        starts=np.array(starts, dtype=np.int64),
        ends=np.array(ends, dtype=np.int64),
        segments=np.array(segments, dtype=np.int64),
        paragraphs=np.cumsum(flags),
    )


def _past_marks(text: str, end: int) -> int:
    """Take in what the tokenizer strips: an accent that is a character of its own belongs to the word before it."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _segments(text: str, starts: Sequence[int]) -> list[int]:
    """List the words at which a sentence or a paragraph begins (a rough cut, good enough to place windows)."""
    if not starts:
        return []
    found = {bisect.bisect_left(starts, match.end()) for match in _SENTENCE.finditer(text)}
    return sorted({0} | {word for word in found if word < len(starts)})


def _paragraph_starts(text: str, starts: Sequence[int]) -> list[int]:
    if not starts:
        return []
    found = {bisect.bisect_left(starts, match.end()) for match in re.finditer(r"\n", text)}
    return sorted({0} | {word for word in found if word < len(starts)})


@functools.lru_cache(maxsize=1 << 16)
def _shape(word: str) -> int:
    if not any(char.isalnum() for char in word):
        return 7 if word[:1] in _APOSTROPHES else 4
    if any(char.isdigit() for char in word):
        return 3
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[0].isupper() else 0


def _opens(text: str, start: int, end: int, inside: bool) -> bool:
    """Whether a straight quote mark opens: by the blanks around it, and by turns where these say nothing."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isspace() != after.isspace():
        return before.isspace()
    return not inside


def _types(text: str, first: Ints, starts: list[int], ends: list[int], opens: set[int], segments: set[int]) -> Ints:
    types = np.zeros(int(first[-1]), dtype=np.int64)
    inside = False
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if index in opens:
            inside = False
        word = text[start:end]
        if word in _OPENING or (word == '"' and _opens(text, start, end, inside)):
            shape, quoted, inside = 5, True, True
        elif word in _CLOSING or word == '"':
            shape, quoted, inside = 6, True, False
        else:
            shape, quoted = _shape(word), inside
        rest = shape + SHAPES * 2 * quoted
        begin, stop = int(first[index]), int(first[index + 1])
        types[begin:stop] = rest
        types[begin] = rest + SHAPES * (index in opens) + SHAPES * 4 * (index in segments)
    return types


def pack(encoded: Encoded, limit: int, head: int = 0) -> Iterator[tuple[int, int]]:
    """Cut the words into runs of whole sentences of at most `limit` wordpieces.

    The first run has at most `head`, so that cuts can be shifted.
    """
    count = len(encoded)
    first = encoded.first
    bounds = [*encoded.segments.tolist()[1:], count] if count else []
    room = head or limit
    begin = at = 0
    while begin < count:
        end = begin
        while at < len(bounds) and first[bounds[at]] - first[begin] <= room:
            end = bounds[at]
            at += 1
        if end == begin:  # a sentence longer than the room: cut it
            end = int(np.searchsorted(first, first[begin] + max(room, limit), side="right")) - 1
            end = min(max(end, begin + 1), bounds[at])
            at += end == bounds[at]
        yield begin, end
        begin, room = end, limit


def plan(encoded: Encoded, core: int, margin: int) -> list[Window]:
    """Lay windows over a text: runs of at most `core` wordpieces, each with up to `margin` of context on each side."""
    first, count = encoded.first, len(encoded)
    windows = []
    for start, end in pack(encoded, core):
        left = int(np.searchsorted(first, first[start] - margin, side="left")) if margin else start
        right = int(np.searchsorted(first, first[end] + margin, side="right")) - 1 if margin else end
        windows.append(Window(min(left, start), max(end, min(right, count)), start, end))
    return windows


def inputs(items: Sequence[tuple[Encoded, int, int]]) -> dict[str, Ints]:
    """Pad runs of words to one batch, with the two marks that the encoder expects at the ends.

    `first` names the first wordpiece of every word, the marks counted as words; -1 where a row has no more.
    """
    longest = max(int(encoded.first[b] - encoded.first[a]) for encoded, a, b in items) + 2
    first = np.full((len(items), max(b - a for _, a, b in items) + 2), -1, dtype=np.int64)
    ids, types, mask = (np.zeros((len(items), longest), dtype=np.int64) for _ in range(3))
    known = np.zeros((len(items), longest, WIDTH), dtype=np.int64)
    types[:] = 4
    for row, (encoded, a, b) in enumerate(items):
        begin, stop = int(encoded.first[a]), int(encoded.first[b])
        size = stop - begin
        ids[row, 0], ids[row, size + 1] = FIRST_ID, LAST_ID
        ids[row, 1 : size + 1] = encoded.ids[begin:stop]
        types[row, 1 : size + 1] = encoded.types[begin:stop]
        mask[row, : size + 2] = 1
        first[row, 0] = 0
        first[row, 1 : b - a + 2] = encoded.first[a : b + 1] - begin + 1
        if encoded.features is not None:
            lengths = np.diff(encoded.first[a : b + 1])
            known[row, 1 : size + 1] = np.repeat(encoded.features[a:b], lengths, axis=0)
    return {"input_ids": ids, "token_type_ids": types, "attention_mask": mask, "features": known, "first": first}
