"""Statements: who said what, searched with facets; what one said about another; one statement with its citations."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from onrecord.keep.protocol import Query
from onrecord.model.claim import Statement
from onrecord.model.vocabulary import Force, Quotation
from onrecord.model.vocabulary import words as words_of
from onrecord.show.export import bibtex, cite, fragment, ris
from onrecord.show.web import asking, links
from onrecord.show.web.draw.forces import forces
from onrecord.show.web.page import Page, missing
from onrecord.show.web.shelf import Shelf

LOOKED_AT = 300  # newest statements that the facets of names and the chart are drawn from
COUNTED = 1000
REPLIES, DAYS = 8, 21
TYPES = {"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"}


class Facet(NamedTuple):
    """One value that a list can be narrowed to: how many it would leave (`more`: at least), and the address."""

    label: str
    times: int
    more: bool
    address: str
    chosen: bool


def query_of(request: Request) -> Query:
    """Return what a search for statements asks for, as pages, feeds and the API understand it."""
    return Query(
        kind="statement", text=asking.text(request, "q"), who=asking.text(request, "who"),
        country=asking.country(request), type=asking.word(request, "force", Force),
        since=asking.day(request, "since"), until=asking.day(request, "until"),
        facets=asking.facets(request, "speaker", "about", "outlet")
        + tuple(("quotation", word) for word in [asking.word(request, "quotation", Quotation)] if word),
    )  # fmt: skip


def search(shelf: Shelf, request: Request) -> Page:
    """Show the statements that fit, newest first, and what they can be narrowed to."""
    query = query_of(request)
    found, pages = asking.listed(shelf, request, query)
    given = dict(query.facets)
    speaker, about = given.get("speaker"), given.get("about")
    sample = found
    if pages.total > len(found) and pages.now == 1:
        sample = list(shelf.view.find(msgspec.structs.replace(query, limit=LOOKED_AT)))
    values = {
        "found": found, "pages": pages, "forces": words_of(Force), "facets": _facets(shelf, request, query, sample),
        "speaker": speaker, "about": about, "title_parts": (_name(shelf, speaker), _name(shelf, about)),
        "chart": "", "replies": [],
    }  # fmt: skip
    if speaker and pages.now == 1:
        values["chart"] = forces(_dated(shelf, sample), "How often, with which force, over time")
    if speaker and about:
        other = Query(kind="statement", facets=(("speaker", about), ("about", speaker)), limit=REPLIES)
        values["replies"] = list(shelf.view.find(other))
    title = "Statements"
    if speaker:
        title = _name(shelf, speaker) + (f" on {_name(shelf, about)}" if about else ": statements")
    elif about:
        title = f"Statements about {_name(shelf, about)}"
    return Page("statements.html", title, values, "statements")


def statement(shelf: Shelf, request: Request) -> Page:
    """Show one statement: the words in their sentence, who and when, how to cite it, what was answered."""
    found = _found(shelf, request.path_params["id"])
    document = shelf.document(found.document)
    cited = cite.citation(found, document) if document else None
    values: dict[str, Any] = {
        "statement": found, "document": document, "replies": _replies(shelf, found),
        "citations": _citations(found, cited), "judgements": shelf.judgements(found.id),
        "original": fragment.link(document, found.content[0]) if document else "",
        "resting": [
            claim for kind in ("act", "step", "custody") for claim in shelf.found(kind, document=found.document)
            if claim.voice == found.id
        ],
    }  # fmt: skip
    return Page("statement.html", "Statement" if not found.speaker else found.speaker.name, values, "statements")


def citation(shelf: Shelf, request: Request) -> Response:
    """Give the citation of one statement as a file, BibTeX or RIS."""
    form = request.path_params["form"]
    found = _found(shelf, request.path_params["id"])
    document = shelf.document(found.document)
    if document is None or form not in TYPES:
        missing("citation", request.path_params["id"])
    cited = cite.citation(found, document)
    told = bibtex.entry(cited) if form == "bib" else ris.reference(cited)
    name = "".join(letter for letter in found.id if letter.isalnum() or letter == "-")[:60]
    return Response(
        told.encode("utf-8", "replace"), media_type=TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )  # fmt: skip


def _found(shelf: Shelf, record: str) -> Statement:
    found = shelf.get(record)
    if not isinstance(found, Statement):
        missing("statement", record)
    return found


def _citations(found: Statement, cited: cite.Citation | None) -> list[tuple[str, str, str]]:
    if cited is None:
        return []
    home = links.page("statements", found.id)
    return [
        ("Text", cite.text(cited), ""), ("Markdown", cite.markdown(cited), ""),
        ("BibTeX", bibtex.entry(cited).strip(), f"{home}/cite.bib"),
        ("RIS", ris.reference(cited).strip(), f"{home}/cite.ris"),
    ]  # fmt: skip


def _name(shelf: Shelf, actor: str | None) -> str:
    return shelf.name(actor) if actor else ""


def _dated(shelf: Shelf, statements: list[Any]) -> list[tuple[str, str]]:
    days = [(shelf.day(each), each.force) for each in statements]
    return [(day.since or day.until or "", force) for day, force in days if day is not None]


def _replies(shelf: Shelf, found: Statement) -> list[Any]:
    """Return what those whom a statement is about said about its speaker in the weeks after it."""
    day = shelf.day(found)
    if found.speaker is None or day is None or not (day.since or day.until):
        return []
    since = day.since or day.until or ""
    until = (date.fromisoformat(since) + timedelta(days=DAYS)).isoformat() if since < "9999" else since
    others = dict.fromkeys([*found.about, *([found.addressee.actor] if found.addressee else [])])
    return [
        reply
        for other in others
        if other != found.speaker.actor
        for reply in shelf.found(
            "statement", facets=(("speaker", other), ("about", found.speaker.actor)), since=since, until=until,
            limit=REPLIES,
        )
        if reply.id != found.id
    ][:REPLIES]  # fmt: skip


def _facets(shelf: Shelf, request: Request, query: Query, sample: list[Any]) -> list[tuple[str, list[Facet]]]:
    """Return the groups of values that the list can be narrowed to, those that leave nothing left out."""
    values = dict(request.query_params)
    papers = [shelf.document(each.document) for each in sample]
    open_ = msgspec.structs.replace(query, type=None)
    groups = [
        ("Force", "force", [(word, word, shelf.view.count(msgspec.structs.replace(open_, type=word), COUNTED))
                            for word in words_of(Force)]),
        ("Quotation", "quotation", [(word, word, shelf.view.count(_with(query, "quotation", word), COUNTED))
                                    for word in words_of(Quotation)]),
        ("Speaker", "speaker", [(who, name, times) for (who, name), times in Counter(
            (each.speaker.actor, each.speaker.name) for each in sample if each.speaker).most_common(8)]),
        ("About", "about", [(who, shelf.name(who), times)
                            for who, times in Counter(who for each in sample for who in each.about).most_common(8)]),
        ("Outlet", "outlet", [(outlet, outlet, times) for outlet, times in Counter(
            document.outlet for document in papers if document and document.outlet).most_common(6)]),
    ]  # fmt: skip
    made = []
    for heading, name, options in groups:
        listed = [
            Facet(
                label, times, times >= COUNTED or (name in {"speaker", "about", "outlet"} and len(sample) >= LOOKED_AT),
                links.with_values("/statements", values, page=None, **{name: None if values.get(name) == key else key}),
                values.get(name) == key,
            )
            for key, label, times in sorted(options, key=lambda option: -option[2])
            if times and key and len(key) <= links.LONGEST
        ]  # fmt: skip
        if len(listed) > 1 or any(facet.chosen for facet in listed):
            made.append((heading, listed))
    return made


def _with(query: Query, name: str, value: str) -> Query:
    kept = tuple(pair for pair in query.facets if pair[0] != name)
    return msgspec.structs.replace(query, facets=(*kept, (name, value)))
