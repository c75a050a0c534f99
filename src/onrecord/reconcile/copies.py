"""Find which documents are copies of which: a wire story in ten papers is one voice.

Comes in: articles. Goes out: document id -> id of the document that it copies (the earliest, then the least id).
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable

from onrecord.model.article import ArticleResult

_STOP = re.compile(r"[.!?]['\"”’]?\s+|\n+")
_WORDS = re.compile(r"\w+")
_SHARE = 0.7
_MOST = 40


def find(articles: Iterable[ArticleResult]) -> dict[str, str]:
    """Return what each copy is a copy of; an original has no entry."""
    documents = sorted(
        (article.document for article in articles if article.document is not None),
        key=lambda document: (document.published or "9999", document.id),
    )
    originals: dict[bytes, list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    copies: dict[str, str] = {}
    for document in documents:
        if document.id in sizes or document.id in copies:
            continue
        pieces = _pieces(document.text)
        shared: dict[str, int] = defaultdict(int)
        for piece, size in pieces.items():
            for other in originals.get(piece, ()):
                shared[other] += size
        total = sum(pieces.values())
        best = min(
            (other for other, size in shared.items() if size >= _SHARE * total and size >= _SHARE * sizes[other] > 0),
            key=lambda other: (-shared[other], other),
            default=None,
        )
        if best is not None:
            copies[document.id] = best
            continue
        sizes[document.id] = total
        for piece in pieces:
            if len(originals[piece]) < _MOST:
                originals[piece].append(document.id)
    return copies


def _pieces(text: str) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for sentence in _STOP.split(text.casefold()):
        words = _WORDS.findall(sentence)
        if len(words) >= 5:
            key = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
            found[key] = len(words)
    return found
