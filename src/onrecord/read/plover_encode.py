"""Turn a sentence with its source and target into what the learned judge of acts sees.

Training and reading import this same file; the shipped weights say which `ENCODING` they were made for. The two spans
are marked twice: by marker pieces around them and by the type of each piece within.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ints = NDArray[np.int64]
Span = tuple[int, int]

ENCODING = 1
ROOTS = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST",
    "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""Verbal and material cooperation, verbal and material conflict. YIELD is PLOVER's CONCEDE and RETREAT together."""
NEITHER, SOURCE, TARGET = 0, 1, 2
OPENING = {SOURCE: "[unused0]", TARGET: "[unused2]"}
CLOSING = {SOURCE: "[unused1]", TARGET: "[unused3]"}
LIMIT = 160

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as pieces and their types, ready for the encoder."""

    ids: list[int]
    types: list[int]


def encode(tokenizer: Tokenizer, text: str, source: Sequence[Span], target: Sequence[Span]) -> Marked:
    """Encode a sentence; spans are characters of it. Where the two meet, the target wins. At most 160 pieces."""
    readable = _SURROGATE.sub("�", text)
    kinds = np.zeros(len(readable) + 1, dtype=np.int8)
    for spans, kind in ((source, SOURCE), (target, TARGET)):
        for start, end in spans:
            kinds[start:end] = kind
    encoding = tokenizer.encode(readable, add_special_tokens=False)
    piece = {name: _piece(tokenizer, name) for name in (*OPENING.values(), *CLOSING.values(), "[CLS]", "[SEP]")}
    ids, types, before = [piece["[CLS]"]], [NEITHER], NEITHER
    for token, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
        kind = int(kinds[start]) if start < end else NEITHER
        if kind != before:
            if before != NEITHER:
                ids.append(piece[CLOSING[before]])
                types.append(before)
            if kind != NEITHER:
                ids.append(piece[OPENING[kind]])
                types.append(kind)
        ids.append(token)
        types.append(kind)
        before = kind
    if before != NEITHER:
        ids.append(piece[CLOSING[before]])
        types.append(before)
    return Marked([*ids[: LIMIT - 1], piece["[SEP]"]], [*types[: LIMIT - 1], NEITHER])


def _piece(tokenizer: Tokenizer, name: str) -> int:
    number = tokenizer.token_to_id(name)
    if number is None:
        message = f"the tokenizer does not know {name}"
        raise ValueError(message)
    return int(number)


def batch(rows: Sequence[Marked]) -> dict[str, Ints]:
    """Pad sentences to one length and give the arrays that the network takes."""
    length = max(len(row.ids) for row in rows)
    arrays = {
        name: np.zeros((len(rows), length), dtype=np.int64)
        for name in ("input_ids", "token_type_ids", "attention_mask")
    }
    for at, row in enumerate(rows):
        count = len(row.ids)
        arrays["input_ids"][at, :count] = row.ids
        arrays["token_type_ids"][at, :count] = row.types
        arrays["attention_mask"][at, :count] = 1
    return arrays
