"""An article after reading: plain arrays over its tokens, so that rules need no parser.

Offsets are code points into the document's text. Token indices run over the whole document; skipped stretches have no
tokens. Universal part-of-speech tags, Penn tags, and ClearNLP dependency labels (as spaCy's English pipelines give).
"""

import bisect
from collections.abc import Iterator
from functools import cached_property

import msgspec


class Name(msgspec.Struct, frozen=True):
    """A name that the parser's recogniser saw: tokens `[first, last)` and its OntoNotes label (PERSON, GPE, ...)."""

    first: int
    last: int
    label: str


class Quote(msgspec.Struct, frozen=True):
    """A stretch between quotation marks, marks included; `closed` is False where the closing mark is missing.

    `level` is 0 for outer quotes and 1 for quotes inside them; `continues` is True where a paragraph opens with a mark
    because the quotation of the paragraph before goes on.
    """

    start: int
    end: int
    closed: bool = True
    level: int = 0
    continues: bool = False


class Attributed(msgspec.Struct, frozen=True):
    """What the learned reader saw of one attribution: characters of source, cue and content, and its confidence."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    confidence: float


class Reading(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Tokens, trees, sentences, paragraphs, quotes and recognised names of one document.

    `start`, `end`: characters of each token; `lemma` is folded to lower case; `head[i] == i` at a root;
    `sentences`: token ranges `[first, last)` in order; `paragraphs` and `quotes` hold characters.
    """

    text: str
    start: tuple[int, ...]
    end: tuple[int, ...]
    lemma: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    head: tuple[int, ...]
    dep: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    quotes: tuple[Quote, ...] = ()
    names: tuple[Name, ...] = ()

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.start)

    def word(self, token: int) -> str:
        """Return the token as it stands in the text."""
        return self.text[self.start[token] : self.end[token]]

    def words(self, first: int, last: int) -> str:
        """Return the text of tokens `[first, last)`, blanks between them as they stand."""
        return self.text[self.start[first] : self.end[last - 1]] if first < last else ""

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.head]
        for token, head in enumerate(self.head):
            if head != token:
                found[head].append(token)
        return tuple(tuple(children) for children in found)

    @cached_property
    def _edges(self) -> tuple[tuple[int, int], ...]:
        left, right = list(range(len(self.head))), list(range(len(self.head)))
        waiting = [len(children) for children in self._children]
        ready = [token for token, count in enumerate(waiting) if count == 0]
        while ready:
            token = ready.pop()
            above = self.head[token]
            if above == token:
                continue
            left[above], right[above] = min(left[above], left[token]), max(right[above], right[token])
            waiting[above] -= 1
            if waiting[above] == 0:
                ready.append(above)
        return tuple(zip(left, right, strict=True))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [first for first, _ in self.sentences]

    def children(self, token: int, *deps: str) -> tuple[int, ...]:
        """Return the tokens that hang on this one, in order of the text; only with these labels, where any is given."""
        if not deps:
            return self._children[token]
        return tuple(child for child in self._children[token] if self.dep[child] in deps)

    def child(self, token: int, *deps: str) -> int | None:
        """Return the first child with one of these labels, or None."""
        return next((child for child in self._children[token] if self.dep[child] in deps), None)

    def subtree(self, token: int) -> tuple[int, int]:
        """Return the token range `[first, last)` from the leftmost to the rightmost descendant of this token."""
        left, right = self._edges[token]
        return left, right + 1

    def ancestors(self, token: int) -> Iterator[int]:
        """Yield the heads above this token, nearest first."""
        seen = {token}
        while self.head[token] not in seen:
            token = self.head[token]
            seen.add(token)
            yield token

    def sentence_of(self, token: int) -> int:
        """Return the index of the sentence that the token is in."""
        return bisect.bisect_right(self._sentence_starts, token) - 1

    def token_at(self, offset: int) -> int | None:
        """Return the token that covers this character, else the next one after it, else None."""
        token = bisect.bisect_right(self.end, offset)
        return token if token < len(self.end) else None

    def tokens_in(self, start: int, end: int) -> tuple[int, int]:
        """Return the token range `[first, last)` of the tokens that touch characters `[start, end)`."""
        return bisect.bisect_right(self.end, start), bisect.bisect_left(self.start, end)

    def paragraph_of(self, offset: int) -> int:
        """Return the index of the paragraph that this character is in (the last one that begins before it)."""
        return max(0, bisect.bisect_right([start for start, _ in self.paragraphs], offset) - 1)
