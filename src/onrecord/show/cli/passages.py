"""Find the passages of text behind a record, and which words in them are to be marked."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.keep.protocol import View
from onrecord.model.article import spans_of
from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.mention import Mention
from onrecord.model.record import Actor, Case, Deal, Event
from onrecord.model.text import Document, Span
from onrecord.show.cli.columns import denied, period

_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|\n")
_FAR = 600


class Passage(msgspec.Struct, frozen=True):
    """Some sentences of a document from character `start`, and the stretches in them that are marked."""

    document: Document
    start: int
    text: str
    marks: tuple[tuple[int, int], ...]
    says: str = ""
    voice: str = ""
    because: str = ""


def behind(view: View, record: msgspec.Struct, mentions: Iterable[msgspec.Struct]) -> Iterator[Passage]:
    """Yield the passages behind a record, in the record's own order; `mentions` are those of an actor."""
    match record:
        case Statement() | Act() | Step() | Custody():
            yield from _of_claim(view, record, "")
        case Event():
            for act in record.acts:
                yield from _of_id(view, act, "")
        case Deal():
            for entry in record.developments:
                for passage in _of_entry(view, entry, entry.step):
                    yield msgspec.structs.replace(passage, because=entry.because)
            for entry in record.against:
                yield from _of_entry(view, entry, f"against it: {entry.step}")
        case Case():
            for told in record.history:
                yield from _of_entry(view, told, told.status)
        case Actor():
            for mention in mentions:
                if isinstance(mention, Mention):
                    yield from _passage(view, mention.document, [(mention.start, mention.end)])


def _of_id(view: View, claim: str, says: str) -> Iterator[Passage]:
    found = view.get(claim)
    if isinstance(found, Statement | Act | Step | Custody):
        yield from _of_claim(view, found, says)


def _of_entry(view: View, entry: Any, says: str) -> Iterator[Passage]:
    told = ", ".join(filter(None, [says, denied(entry), period(entry.date)]))
    claim = view.get(entry.id) if entry.id else None
    if isinstance(claim, Step | Custody):
        yield from _of_claim(view, claim, told)
        return
    by_document: dict[str, list[Span]] = {}
    for span in entry.evidence:
        by_document.setdefault(span.document or getattr(entry, "document", ""), []).append(span)
    for document, spans in by_document.items():
        yield from _passage(view, document, _places(spans), [], told, _voice(view, entry.voice))


def _of_claim(view: View, claim: Statement | Act | Step | Custody, says: str) -> Iterator[Passage]:
    if isinstance(claim, Statement):
        voice = f"said by {claim.speaker.name}" if claim.speaker else "speaker not known"
        mention = claim.speaker.mention if claim.speaker else None
        inner = [*claim.content, *(span for span in (claim.cue, mention) if span)]
    else:
        voice = _voice(view, claim.voice)
        evidence = set(claim.evidence)
        inner = [span for span in spans_of(claim) if span not in evidence]
    narrow = isinstance(claim, Step | Custody)
    yield from _passage(view, claim.document, _places(claim.evidence), _places(inner), says, voice, narrow=narrow)


def _voice(view: View, statement: str | None) -> str:
    if statement is None:
        return "the article's own words"
    found = view.get(statement)
    if isinstance(found, Statement) and found.speaker:
        return f"as said by {found.speaker.name} ({statement})"
    return f"as said in {statement}"


def _places(spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def _passage(
    view: View,
    document_id: str,
    evidence: list[tuple[int, int]],
    inner: Iterable[tuple[int, int]] = (),
    says: str = "",
    voice: str = "",
    *,
    narrow: bool = False,
) -> Iterator[Passage]:
    """Yield the sentences around the evidence; `narrow` marks the evidence itself where it is less than a sentence."""
    document = view.get(document_id)
    if not isinstance(document, Document):
        return
    for start, end in _joined([_widened(document.text, *place) for place in evidence]):
        inside = [place for place in inner if start <= place[0] and place[1] <= end]
        backing = [place for place in evidence if start <= place[0] and place[1] <= end]
        marks = backing if (narrow and backing != [(start, end)]) or not inside else inside
        yield Passage(document, start, document.text[start:end], tuple(_joined(marks)), says, voice)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the whole sentences around a stretch, as far as full stops and line ends tell."""
    before = [found.end() for found in _END.finditer(text, max(0, start - _FAR), start)]
    start = before[-1] if before else max(0, start - _FAR)
    after = _END.search(text, max(start, end - 1), end + _FAR)
    end = after.end() if after else min(len(text), end + _FAR)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _joined(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places in order, those that overlap made one."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made
