"""What goes into the reader and what comes out of it."""

from collections.abc import Iterator

import msgspec

from onrecord.errors import BrokenPromise
from onrecord.model.claim import Act, Claim, Custody, Statement, Step
from onrecord.model.mention import Mention, Place
from onrecord.model.moment import Moment
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Piece, Span
from onrecord.model.vocabulary import PublishedBasis


class RawArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article as `ingest` hands it over: decoded text with LF line ends, and what its container says of it.

    `url` is its canonical address where it has one. `pieces` are the timed entries of a live blog, in order
    of the text.
    """

    text: str
    source: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_basis: PublishedBasis | None = None
    language: str | None = None
    retrieved: str | None = None
    updated: str | None = None
    section: str | None = None
    pieces: tuple[Piece, ...] = ()
    notes: tuple[Rejection, ...] = ()


class ArticleResult(msgspec.Struct, frozen=True, kw_only=True):
    """All that one article yields. `document` is None where it was rejected whole."""

    document: Document | None
    moments: tuple[Moment, ...] = ()
    places: tuple[Place, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    acts: tuple[Act, ...] = ()
    steps: tuple[Step, ...] = ()
    custody: tuple[Custody, ...] = ()
    rejections: tuple[Rejection, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a result with words that don't stand in the document (law 2)."""
        if self.document is None:
            return
        for claim in self.claims():
            for span in spans_of(claim):
                if not self.document.holds(span):
                    message = f"{claim.id}: {span.text[:40]!r} does not stand at [{span.start}, {span.end})"
                    raise BrokenPromise(message)
        pieces: tuple[Moment | Place | Mention, ...] = (*self.moments, *self.places, *self.mentions)
        for piece in pieces:
            if self.document.text[piece.start : piece.end] != piece.text:
                message = f"{piece.text[:40]!r} does not stand at [{piece.start}, {piece.end})"
                raise BrokenPromise(message)

    def claims(self) -> Iterator[Claim]:
        """Yield statements, acts, steps and custody reports in that order."""
        yield from self.statements
        yield from self.acts
        yield from self.steps
        yield from self.custody

    def records(self) -> Iterator[msgspec.Struct]:
        """Yield every record of the wire format, the document first."""
        if self.document is not None:
            yield self.document
        yield from self.moments
        yield from self.places
        yield from self.mentions
        yield from self.claims()
        yield from self.rejections


def spans_of(record: object) -> Iterator[Span]:
    """Yield every span inside a record, however deep."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, msgspec.Struct):
        for field in record.__struct_fields__:
            yield from spans_of(getattr(record, field))
    elif isinstance(record, tuple):
        for item in record:
            yield from spans_of(item)
