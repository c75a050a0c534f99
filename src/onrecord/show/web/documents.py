"""The articles: a table of them, and the reader with the words of every record marked in its place."""

from collections.abc import Iterator
from typing import Any

import msgspec
from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.claim import Act, Claim, Custody, Statement, Step
from onrecord.model.record import Case, Deal
from onrecord.model.text import Document
from onrecord.show.export import fragment
from onrecord.show.web import asking, kin, links
from onrecord.show.web.marks import Mark, Note, paragraphs
from onrecord.show.web.page import Page, missing
from onrecord.show.web.shelf import Shelf
from onrecord.show.web.words import headline

CLAIMS = ("statement", "act", "step", "custody")


class Entry(msgspec.Struct, frozen=True):
    """A record in the margin: its number, itself, and the deal or case that it went into."""

    note: Note
    record: Any
    within: tuple[Deal | Case, ...]


def query_of(request: Request) -> Query:
    """Return what a search for articles asks for."""
    return Query(
        kind="document", text=asking.text(request, "q"), since=asking.day(request, "since"),
        until=asking.day(request, "until"), facets=asking.facets(request, "outlet", "language"),
    )  # fmt: skip


def table(shelf: Shelf, request: Request) -> Page:
    """Show the articles, newest first."""
    found, pages = asking.listed(shelf, request, query_of(request))
    return Page(
        "documents.html", "Articles", {"found": found, "pages": pages, "any": shelf.count("document")}, "documents"
    )


def reader(shelf: Shelf, request: Request) -> Page:
    """Show one article: its text as it is, what was taken from it marked, the records beside their paragraph."""
    document = shelf.document(request.path_params["id"])
    if document is None:
        missing("article", request.path_params["id"])
    claims: list[Claim] = [claim for kind in CLAIMS for claim in shelf.found(kind, document=document.id)]
    claims.sort(key=_place)
    wholes = _wholes(shelf, document.id)
    entries = {
        claim.id: Entry(Note(number, _kind(claim), claim.id), claim, tuple(wholes.get(claim.id, ())))
        for number, claim in enumerate(claims, start=1)
    }
    marks = [mark for entry in entries.values() for mark in _marks(entry)]
    here = asking.place(request)
    if here:
        last = min(here[1], len(document.text))
        if here[0] >= last:
            asking.refuse(f"“at” points behind the end of the article, at {here[0]:,}.")
        marks.append(Mark(start=here[0], end=last, classes=("here",), here=True))
    marks += [
        Mark(start=one.start, end=one.end, classes=(kind,))
        for kind in ("moment", "place")
        for one in shelf.found(kind, document=document.id)
    ]
    lines = list(paragraphs(document.text, marks, [(span.start, span.end) for span in document.skipped]))
    rejections = shelf.found("rejection", document=document.id)
    values = {
        "document": document, "lines": lines, "entries": entries, "rejections": rejections,
        "counts": {kind: sum(_kind(claim) == kind for claim in claims) for kind in CLAIMS},
        "kin": kin.of(shelf, document), "found_at": _fragment(document, here),
    }  # fmt: skip
    return Page("document.html", headline(document), values, "documents")


def _place(claim: Claim) -> tuple[int, int, int, int, str]:
    """Return where a claim's number belongs: in order of the text, what reaches further first, as the marks nest."""
    first = claim.evidence[0]
    match claim:
        case Statement(content=content):
            core = content[0]
        case Act(trigger=trigger):
            core = trigger
        case _:
            core = first
    return first.start, -first.end, core.start, CLAIMS.index(_kind(claim)), claim.id


def _kind(claim: Claim) -> str:
    return str(claim.__struct_config__.tag)


def _marks(entry: Entry) -> Iterator[Mark]:
    """Yield the evidence of a record, and the words in it that matter most."""
    kind, first = entry.note.kind, True
    for span in entry.record.evidence:
        yield Mark(start=span.start, end=span.end, classes=(kind,), notes=(entry.note,) if first else ())
        first = False
    match entry.record:
        case Statement(content=content, cue=cue):
            yield from (Mark(start=span.start, end=span.end, classes=("content",)) for span in content)
            yield from (Mark(start=span.start, end=span.end, classes=("cue",)) for span in (cue,) if span)
        case Act(trigger=trigger):
            yield Mark(start=trigger.start, end=trigger.end, classes=("trigger",))
        case Step() | Custody():
            return


def _wholes(shelf: Shelf, document: str) -> dict[str, list[Deal | Case]]:
    """Return, for each claim of a document, the deals and cases that rest on it."""
    found: dict[str, list[Deal | Case]] = {}
    for deal in shelf.found("deal", document=document):
        for entry in dict.fromkeys(entry.id for entry in (*deal.developments, *deal.against)):
            found.setdefault(entry, []).append(deal)
    for case in shelf.found("case", document=document):
        for claim in dict.fromkeys((*case.claims, *(entry.id for entry in case.history))):
            found.setdefault(claim, []).append(case)
    return found


def _fragment(document: Document, here: tuple[int, int] | None) -> str:
    """Return the address of the words that are pointed at in the article where it was published."""
    if not here or not links.original(document):
        return ""
    return fragment.link(document, document.cite(here[0], min(here[1], len(document.text))))
