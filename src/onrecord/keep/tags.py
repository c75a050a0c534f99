"""What a record can be asked for besides its words: (facet, value) in, a token of the full-text index out."""

import hashlib
from collections.abc import Iterator

import msgspec

from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.mention import ActorRef
from onrecord.model.record import Actor, Case, Deal, Event
from onrecord.model.text import Document

# Kinds that stand in the index; the others are many, and asked for by document, type or name alone.
INDEXED = frozenset({"document", "statement", "act", "step", "custody", "actor", "event", "deal", "case"})
UNSURE = 0.6  # a calibrated confidence below this is worth a second look
FACETS = frozenset({
    "speaker", "about", "addressee", "actor", "target", "party", "person", "holder", "by", "quotation", "outlet",
    "country", "type", "status", "disputed", "sure", "named", "placed", "polarity", "source",
    "copy_of", "version_of", "language", "sort", "review",
})  # fmt: skip


def tag(facet: str, value: str) -> str:
    """Return the token of a facet and its value: letters and digits only, the same for capitals and small letters."""
    digest = hashlib.blake2b(f"{facet}:{value.casefold()}".encode("utf-8", "surrogatepass"), digest_size=7)
    return "t" + digest.hexdigest()


def facets(record: msgspec.Struct, outlet: str | None) -> Iterator[tuple[str, str]]:
    """Yield what can be asked of a record; `outlet` is that of its document."""
    if outlet:
        yield "outlet", outlet
    match record:
        case Document():
            yield from _given("language", record.language)
            yield "source", record.source
            yield from _given("copy_of", record.copy_of)
            yield from _given("version_of", record.version_of)
        case Statement():
            yield from _who("speaker", record.speaker)
            yield "named", "yes" if record.speaker else "no"
            yield from (("about", actor) for actor in record.about)
            yield from _who("addressee", record.addressee)
            yield "quotation", record.quotation
            yield from _sure(record.confidence)
        case Act() | Event():
            yield from _who("actor", *record.actors)
            yield from _who("target", *record.targets)
            if record.place is not None and record.place.lat is not None:
                yield "placed", "yes"
            if isinstance(record, Event):
                yield "disputed", "yes" if record.disputed else "no"
            else:
                yield "polarity", record.polarity
        case Step():
            yield from _who("party", *record.parties, *record.mediators)
            yield from _who("person", *record.persons)
            yield from _who("by", record.by)
            yield "polarity", record.polarity
        case Custody() | Case():
            yield from _who("person", record.person, *record.exchanged_for)
            yield from _who("holder", record.holder)
            if record.place is not None and record.place.lat is not None:
                yield "placed", "yes"
            if isinstance(record, Case):
                yield "disputed", "yes" if record.disputed else "no"
        case Deal():
            yield from _who("party", *record.parties, *record.mediators)
            yield from _who("person", *record.persons)
            yield "disputed", "yes" if record.disputed or record.against else "no"
        case Actor():
            yield from _given("sort", record.sort)


def _who(facet: str, *refs: ActorRef | None) -> Iterator[tuple[str, str]]:
    yield from ((facet, ref.actor) for ref in refs if ref is not None)


def _given(facet: str, value: str | None) -> Iterator[tuple[str, str]]:
    if value:
        yield facet, value


def _sure(confidence: float | None) -> Iterator[tuple[str, str]]:
    if confidence is not None:
        yield "sure", "no" if confidence < UNSURE else "yes"
