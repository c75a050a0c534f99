"""Find which documents are copies of which: a wire story in ten papers is one voice.

Comes in: the sentences of each document as hashes. Goes out: document id -> id of the document that it copies (the
earliest, then the least id). Candidates share one of a document's least hashes (a bottom-k sketch, Broder 1997).
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from onrecord.model.text import Document

_STOP = re.compile(r"[.!?]['\"”’]?\s+|\n+")
_WORDS = re.compile(r"\w+")
_SHARE = 0.7
_SKETCH = 6
_MOST = 200  # documents under one sentence; what more of them share is boilerplate


class Sentences(msgspec.Struct, frozen=True, array_like=True):
    """A document's sentences: hash -> number of words."""

    document: str
    published: str
    words: dict[int, int]

    @property
    def sketch(self) -> tuple[str, ...]:
        """The keys under which documents with the same sentences are found."""
        return tuple(f"{key:x}" for key in sorted(self.words)[:_SKETCH])


def of(document: Document) -> Sentences:
    """Return the sentences of a document that are long enough to tell a copy by."""
    found: dict[int, int] = {}
    for sentence in _STOP.split(document.text.casefold()):
        words = _WORDS.findall(sentence)
        if len(words) >= 5:
            digest = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=7)
            found[int.from_bytes(digest.digest())] = len(words)
    return Sentences(document.id, document.published or "9999", found)


def find(texts: Iterable[Sentences]) -> dict[str, str]:
    """Return what each copy is a copy of; an original has no entry."""
    originals: dict[str, list[Sentences]] = defaultdict(list)
    copies: dict[str, str] = {}
    for one in sorted(texts, key=lambda one: (one.published, one.document)):
        near = {other.document: other for key in one.sketch if len(originals[key]) <= _MOST for other in originals[key]}
        shared = {name: alike(one, other) for name, other in near.items()}
        best = min(
            (name for name, size in shared.items() if size), key=lambda name: (-shared[name], name), default=None
        )
        if best is not None:
            copies[one.document] = best
            continue
        for key in one.sketch:
            originals[key].append(one)
    return copies


def alike(left: Sentences, right: Sentences) -> int:
    """Return how many words of sentences two documents share where that is most of both, else 0."""
    few, many = sorted((left.words, right.words), key=len)
    size = sum(count for key, count in few.items() if key in many)
    total = max(sum(few.values()), sum(many.values()))
    return size if size and size >= _SHARE * total else 0
