"""What the rules of speech share: the scene they look at, the cues in it, and the drafts that they make.

Comes in: a reading and the book of cues. Goes out: `Scene` with `Hit`s (cues in the text). Nobody is resolved here.
"""

import bisect

import msgspec

from onrecord.lexicon.speech import Cue, SpeechBook
from onrecord.model.reading import Attributed, Name, Quote, Reading

_BETWEEN = frozenset({"ADV", "PART"})


class Hit(msgspec.Struct, frozen=True):
    """A cue in the text: its anchor token, all of its tokens, and the entries that it may be."""

    anchor: int
    tokens: tuple[int, ...]
    entries: tuple[Cue, ...]
    sort: str


class Draft(msgspec.Struct):
    """An attribution before its speaker is resolved.

    `speakers` are head tokens; `content` holds characters, outer marks of a direct quotation left off; `raw` the same
    with marks and "that", as annotators of attributions have it. `carried` is the draft whose speaker speaks on,
    `unsaid` marks what is yet to be said, wished for or conditional: an attribution, no statement.
    """

    cue: Cue
    hit: Hit | None
    speakers: tuple[int, ...]
    content: list[tuple[int, int]]
    raw: list[tuple[int, int]]
    direct: bool
    rule: str
    negated: bool = False
    via: tuple[int, ...] = ()
    carried: "Draft | None" = None
    addressee: int | None = None
    unsaid: bool = False
    confidence: float | None = None
    learned: Attributed | None = None

    @property
    def place(self) -> int:
        """Return where it begins in the text."""
        return self.content[0][0]


class Scene:
    """A reading with its outer quotations and the cues in it, ready to be asked by place."""

    def __init__(self, reading: Reading, book: SpeechBook) -> None:
        """Look for every cue once."""
        self.reading, self.book = reading, book
        self.outer: tuple[Quote, ...] = tuple(quote for quote in reading.quotes if quote.level == 0)
        self._starts = [quote.start for quote in self.outer]
        self._name_firsts = [name.first for name in reading.names]
        self._paragraph_starts = [start for start, _ in reading.paragraphs]
        self.hits = self._find()
        self._anchors = [hit.anchor for hit in self.hits]

    def quote_at(self, offset: int) -> Quote | None:
        """Return the outer quotation that covers this character, or None."""
        place = bisect.bisect_right(self._starts, offset) - 1
        return self.outer[place] if place >= 0 and offset < self.outer[place].end else None

    def quotes_in(self, start: int, end: int) -> tuple[Quote, ...]:
        """Return the outer quotations that begin inside these characters."""
        return self.outer[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def paragraph(self, offset: int) -> int:
        """Return the index of the paragraph that the character is in."""
        return max(0, bisect.bisect_right(self._paragraph_starts, offset) - 1)

    def people_near(self, token: int) -> tuple[Name, ...]:
        """Return the recognised persons whose name covers this token."""
        place = bisect.bisect_right(self._name_firsts, token)
        return tuple(
            name
            for name in self.reading.names[max(0, place - 3) : place]
            if name.last > token and name.label == "PERSON"
        )

    def hits_in(self, first: int, last: int) -> list[Hit]:
        """Return the cues whose anchor is among tokens `[first, last)`."""
        return self.hits[bisect.bisect_left(self._anchors, first) : bisect.bisect_left(self._anchors, last)]

    def is_quoted(self, token: int) -> bool:
        """Say whether the token stands inside an outer quotation."""
        return self.quote_at(self.reading.start[token]) is not None

    def without_that(self, start: int, end: int) -> tuple[int, int]:
        """Return a content's characters without the "that" that brings it in."""
        reading = self.reading
        token = reading.token_at(start)
        if token is None or reading.lemma[token] != "that" or reading.dep[token] not in {"mark", "dobj"}:
            return (start, end)
        begin = reading.end[token]
        while begin < end and reading.text[begin].isspace():
            begin += 1
        return (begin, end) if begin < end else (start, end)

    def _find(self) -> list[Hit]:
        reading, book, found = self.reading, self.book, []
        for token, lemma in enumerate(reading.lemma):
            pos = reading.pos[token]
            if pos in {"VERB", "AUX"} and reading.dep[token] not in {"aux", "auxpass", "amod", "compound"}:
                for rest, _ in book.by_verb.get(lemma, ())[:1]:
                    del rest
                    hit = self._verb(token, book.by_verb[lemma])
                    if hit is not None:
                        found.append(hit)
            elif pos == "NOUN" and lemma in book.by_noun:
                found.append(Hit(token, (token,), (book.by_noun[lemma],), "noun"))
            word = reading.word(token).lower()
            for rest, cue in book.by_phrase.get(word, ()):
                last = token + 1 + len(rest)
                if tuple(reading.word(at).lower() for at in range(token + 1, min(last, len(reading)))) == rest:
                    found.append(Hit(token, tuple(range(token, last)), (cue,), "phrase"))
                    break
        return found

    def _verb(self, token: int, options: tuple[tuple[tuple[str, ...], Cue], ...]) -> Hit | None:
        entries: list[Cue] = []
        tokens: tuple[int, ...] = (token,)
        for rest, cue in options:
            matched = self._rest(token, rest)
            if matched is not None and (not entries or len(matched) + 1 <= len(tokens)):
                entries.append(cue)
                tokens = tokens if len(tokens) > 1 else (token, *matched)
        return Hit(token, tokens, tuple(entries), "verb") if entries else None

    def _rest(self, token: int, rest: tuple[str, ...]) -> tuple[int, ...] | None:
        """Return the tokens of the cue's other words after the verb, with at most adverbs between, or None."""
        reading, at, matched = self.reading, token + 1, []
        for word in rest:
            skipped = 0
            while at < len(reading) and reading.lemma[at] != word:
                if reading.pos[at] not in _BETWEEN or skipped == 2:
                    return None
                at, skipped = at + 1, skipped + 1
            if at >= len(reading):
                return None
            matched.append(at)
            at += 1
        return tuple(matched)


def span_of(reading: Reading, first: int, last: int) -> tuple[int, int] | None:
    """Return the characters of tokens `[first, last)`, punctuation at either end (not marks) left off, or None."""
    while first < last and reading.pos[first] == "PUNCT" and reading.word(first) in _EDGE:
        first += 1
    while last > first and reading.word(last - 1) in _EDGE:
        last -= 1
    return (reading.start[first], reading.end[last - 1]) if first < last else None


_EDGE = frozenset({",", ".", ";", ":", "-", "–", "—", "--", "(", ")"})
