"""What the parse and the rules say of each word, as numbers that the learned reader sees beside the word itself.

Four numbers a word, each its own stretch of one table; 0 is "nothing known", which is what a word without a parse has:
the label that the rules give it (as in `tagger_encode.LABELS`), whether clauses open or close at it, its dependency
label, its part-of-speech tag.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.model.reading import Attributed, Reading
from onrecord.read.tagger_encode import LABELS, ROLES, WIDTH, Encoded, Ints

DEPS = (
    "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc",
    "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark", "meta",
    "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj", "poss", "preconj",
    "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp",
)  # fmt: skip
TAGS = (
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH", "IN", "JJ", "JJR",
    "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM",
    "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``",
)  # fmt: skip
CLAUSES = frozenset({"ccomp", "parataxis", "advcl", "relcl", "csubj", "csubjpass", "pcomp"})
_DEP = {label: at for at, label in enumerate(DEPS)}
_TAG = {label: at for at, label in enumerate(TAGS)}
_BOUNDS = 1 + len(LABELS)
_DEPS = _BOUNDS + 9
_TAGS = _DEPS + len(DEPS) + 1
SIZE = _TAGS + len(TAGS) + 1
"""Entries of the table."""


def features(encoded: Encoded, reading: Reading, hints: Sequence[Attributed] = ()) -> Ints:
    """Lay the parse and the rules' attributions over the words of a text: an array (words, 4).

    Words before the first token of the parse and in skipped stretches have zeros.
    """
    table = np.zeros((len(encoded), WIDTH), dtype=np.int64)
    if not len(encoded) or not len(reading):
        return table
    ends = np.array(reading.end)
    token = np.minimum(np.searchsorted(ends, encoded.starts, side="right"), len(ends) - 1)
    known = (np.array(reading.start)[token] < encoded.ends) & (encoded.starts < ends[token])
    table[:, 0] = 1 + _labels(encoded, hints)
    table[:, 1] = _BOUNDS + _bounds(reading)[token]
    table[:, 2] = _DEPS + np.array([_DEP.get(dep, len(DEPS)) for dep in reading.dep])[token]
    table[:, 3] = _TAGS + np.array([_TAG.get(tag, len(TAGS)) for tag in reading.tag])[token]
    table[~known, 1:] = 0
    return table


def _bounds(reading: Reading) -> Ints:
    """For every token: how many clauses open at it and close at it, each counted to two."""
    opens, closes = (np.zeros(len(reading), dtype=np.int64) for _ in range(2))
    for at, dep in enumerate(reading.dep):
        if dep in CLAUSES or (dep == "conj" and reading.pos[at] in {"VERB", "AUX"}):
            first, last = reading.subtree(at)
            opens[first] += 1
            closes[last - 1] += 1
    found: Ints = np.minimum(opens, 2) + 3 * np.minimum(closes, 2)
    return found


def _labels(encoded: Encoded, hints: Sequence[Attributed]) -> Ints:
    labels = np.zeros(len(encoded), dtype=np.int64)
    for hint in hints:
        for number, role in enumerate(ROLES):
            for start, end in getattr(hint, role):
                begin = int(np.searchsorted(encoded.ends, start, side="right"))
                stop = int(np.searchsorted(encoded.starts, end, side="left"))
                if stop > begin and not labels[begin:stop].any():
                    labels[begin] = 2 * number + 1
                    labels[begin + 1 : stop] = 2 * number + 2
    return labels
