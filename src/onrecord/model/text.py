"""A document's text, and the places in it that everything else is tied to.

Offsets are code points into `Document.text`, start included and end not, as in the W3C Web Annotation model's
TextPositionSelector. The text never changes after it is read.
"""

import bisect
from collections.abc import Iterable

import msgspec

from onrecord.errors import BrokenPromise
from onrecord.model.identity import identity
from onrecord.model.vocabulary import PublishedBasis


class Span(msgspec.Struct, frozen=True, order=True, omit_defaults=True):
    """A place in a document and the words that stand there: `document.text[start:end] == text`.

    Made by `Document.cite()` only. `document` is filled where the span stands in another document than the record
    that carries it.
    """

    start: int
    end: int
    text: str
    document: str | None = None

    def __post_init__(self) -> None:
        """Refuse a span that can't hold: empty, negative, or of another length than its words."""
        if not 0 <= self.start < self.end:
            message = f"a span must be 0 <= start < end, not [{self.start}, {self.end})"
            raise ValueError(message)
        if len(self.text) != self.end - self.start:
            message = f"a span of {self.end - self.start} characters can't hold {len(self.text)}"
            raise ValueError(message)

    def seen_from_outside(self, document: str) -> "Span":
        """Return the same place and words, carrying the id of their document, for a record that is not of it."""
        return Span(self.start, self.end, self.text, document)

    def covers(self, other: "Span") -> bool:
        """Say whether the other span lies inside this one (same document taken for granted)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two spans share at least one character (same document taken for granted)."""
        return self.start < other.end and other.start < self.end


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of a document that was published at a time of its own: an entry of a live blog."""

    start: int
    end: int
    published: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="document"):
    """One article as it was read.

    `published` is an ISO date or date-time with zone; `published_basis` says where it came from and is None when the
    date is not known: relative dates then stay unresolved. `skipped` are the stretches (boilerplate) from which
    nothing is taken. `copy_of` (the same story elsewhere) and `version_of` (the same address, other words) are filled
    by reconcile. `updated` is when the page says that it was last changed. `pieces` are the entries of a live blog.
    `wire` is the agency whose story it is; `credits` are agencies that helped with it, which makes it nobody's copy.
    """

    id: str
    title: str | None
    text: str
    source: str
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_basis: PublishedBasis | None = None
    dateline: Span | None = None
    language: str | None = None
    retrieved: str | None = None
    wire: str | None = None
    copy_of: str | None = None
    skipped: tuple[Span, ...] = ()
    updated: str | None = None
    section: str | None = None
    version_of: str | None = None
    pieces: tuple[Piece, ...] = ()
    credits: tuple[str, ...] = ()

    @staticmethod
    def id_of(text: str) -> str:
        """Return the id of the document with this text: two fetches of the same words are one document."""
        return identity("doc", text)

    def cite(self, start: int, end: int) -> Span:
        """Return the words at `[start, end)` as evidence, blanks at either end left out. The only way to make it."""
        if not 0 <= start < end <= len(self.text):
            message = f"[{start}, {end}) is not in a text of {len(self.text)} characters"
            raise BrokenPromise(message)
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            message = f"nothing but blanks at [{start}, {end})"
            raise BrokenPromise(message)
        return Span(start, end, self.text[start:end])

    def holds(self, span: Span) -> bool:
        """Say whether the span's words stand where it says in this document."""
        return span.document in (None, self.id) and self.text[span.start : span.end] == span.text

    def holds_all(self, spans: Iterable[Span]) -> bool:
        """Say whether every span holds."""
        return all(self.holds(span) for span in spans)

    def piece_at(self, offset: int) -> int:
        """Return which piece the words at this offset stand in; -1 where they stand in none."""
        at = bisect.bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1
        return at if at >= 0 and offset < self.pieces[at].end else -1

    def day_at(self, offset: int) -> str | None:
        """Return the day from which the words at this offset count: that of their piece, else of the document."""
        at = self.piece_at(offset)
        published = self.pieces[at].published if at >= 0 else None
        return published[:10] if published else self.published_day

    @property
    def published_day(self) -> str | None:
        """The publication date as `YYYY-MM-DD`, or None."""
        return self.published[:10] if self.published else None
