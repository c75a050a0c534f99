"""Deals: the board by status, and one deal with its timeline, developments, accounts, terms and sources."""

from typing import Any

import msgspec
from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.claim import Step, Terms
from onrecord.model.record import Deal, Development
from onrecord.model.vocabulary import DealKind, DealStatus
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import asking, kin, links
from onrecord.show.web.draw.timeline import Point, timeline
from onrecord.show.web.page import Page, missing
from onrecord.show.web.shelf import Shelf
from onrecord.show.web.words import count_of, heading, label, period

IN_A_COLUMN = 12
SHOWN = 120  # developments that are shown; a deal of more is somebody's mistake or a war


class Column(msgspec.Struct, frozen=True):
    """One status of the board: its deals, how many there are, and where the rest of them is."""

    status: str
    deals: list[Any]
    total: int
    more: str


class Line(msgspec.Struct, frozen=True):
    """A development with its number, and whether it speaks against the status or made it."""

    number: int
    development: Development
    against: bool
    made: bool


def query_of(request: Request) -> Query:
    """Return what a search for deals asks for."""
    return Query(
        kind="deal", who=asking.text(request, "party"), country=asking.country(request),
        type=asking.word(request, "kind", DealKind),
        status=asking.word(request, "status", DealStatus), text=asking.text(request, "q"),
        since=asking.day(request, "since"), until=asking.day(request, "until"),
        facets=asking.facets(request, "disputed"),
    )  # fmt: skip


def board(shelf: Shelf, request: Request) -> Page:
    """Show the deals in columns by status; with a status, all of that one."""
    query = query_of(request)
    columns, pages = [], None
    if query.status is None:
        given = dict(request.query_params)
        for each in words_of(DealStatus):
            narrowed = msgspec.structs.replace(query, status=each)
            total = shelf.view.count(narrowed, asking.CAP)
            if total:
                found = list(shelf.view.find(msgspec.structs.replace(narrowed, limit=IN_A_COLUMN)))
                columns.append(Column(each, found, total, links.with_values("/deals", given, status=each)))
    else:
        found, pages = asking.listed(shelf, request, query)
        columns = [Column(query.status, found, pages.total, "")] if found else []
    values = {
        "columns": columns, "kinds": words_of(DealKind), "statuses": words_of(DealStatus), "pages": pages,
        "any": shelf.count("deal"),
    }  # fmt: skip
    return Page("deals.html", "Deals", values, "deals")


def deal(shelf: Shelf, request: Request) -> Page:
    """Show one deal: where it stands and by which rule, its developments in order of date, what contradicts."""
    found = shelf.get(request.path_params["id"])
    if not isinstance(found, Deal):
        missing("deal", request.path_params["id"])
    every = _lines(shelf, found)
    lines = every[:SHOWN]
    values = {
        "deal": found,
        "left_out": len(every) - len(lines),
        "picture": _picture(found, lines),
        "dated": [line for line in lines if line.development.date],
        "undated": [line for line in lines if not line.development.date],
        "sides": _sides(lines) if found.against else None,
        "terms": _terms(shelf, lines),
        "sources": _sources(shelf, lines),
        "cases": {case.person.actor: case for case in shelf.found("case", deal=found.id) if case.deal == found.id},
        "judgements": shelf.judgements(found.id),
    }
    return Page("deal.html", heading(found), values, "deals")


def _lines(shelf: Shelf, found: Deal) -> list[Line]:
    against = {_key(development) for development in found.against}
    known = {_key(development): development for development in (*found.developments, *found.against)}
    ordered = sorted(known.items(), key=lambda pair: (pair[1].date is None, _day(shelf, pair[1])))
    return [
        Line(number, development, key in against, bool(development.id) and development.id in found.made_by)
        for number, (key, development) in enumerate(ordered, start=1)
    ]


def _key(development: Development) -> tuple[Any, ...]:
    return (development.id or development.evidence, development.document)


def _day(shelf: Shelf, development: Development) -> tuple[str, str]:
    """Return what to sort by: the day of a development, else that of its report; what has neither comes last."""
    date = shelf.day(development)
    return (date.since or date.until or "", date.until or "") if date else ("~", "")


def _picture(found: Deal, lines: list[Line]) -> Any:
    names = {ref.actor: ref.name for ref in (*found.parties, *found.mediators)}
    points = []
    for line in lines:
        each = line.development
        by = each.by
        lane = "doer not said" if by is None else names.get(by.actor, by.name if len(names) < 2 else "others")
        if by is not None and by.actor not in names and by.country in names:
            lane = names[by.country]
        said = f"{line.number}. {label(each.step)}{' denied' if each.polarity == 'denied' else ''}"
        said += f", {by.name}" if by else ""
        said += f", {period(each.date).striptags()}" if each.date else ", no date"
        if each.scheduled_for:
            said += f", for {period(each.scheduled_for).striptags()}"
        points.append(
            Point(
                line.number, lane, _first(each.date), _first(each.scheduled_for), said, f"#d-{line.number}",
                line.against, each.polarity == "denied", line.made, each.conditional,
            )
        )  # fmt: skip
    order = [*names.values(), "others", "doer not said"]
    points.sort(key=lambda point: (order.index(point.lane) if point.lane in order else len(order), point.number))
    return timeline(points, f"Timeline of {heading(found)}")


def _first(date: Any) -> str | None:
    return (date.since or date.until) if date else None


def _sides(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the developments that give the status and those that speak against it."""
    return [line for line in lines if line.made and not line.against], [line for line in lines if line.against]


def _terms(shelf: Shelf, lines: list[Line]) -> list[tuple[Line, list[str]]]:
    """Return the terms that each development gives, where any of them differ: how they changed over time."""
    told: list[tuple[Line, list[str]]] = []
    for line in lines:
        step = shelf.get(line.development.id)
        said = _said(step.terms) if isinstance(step, Step) else []
        if said and (not told or told[-1][1] != said):
            told.append((line, said))
    return told if len(told) > 1 else []


def _said(terms: Terms) -> list[str]:
    said = [f"{terms.ratio[0]} for {terms.ratio[1]}"] if terms.ratio else []
    said += [text for text in (terms.duration, terms.place, terms.amount) if text]
    if terms.starts:
        said.append(f"from {period(terms.starts).striptags()}")
    said += [f"{label(one.what)} {count_of(one.low, one.high)} {one.of or ''}".strip() for one in terms.figures]
    return said + (["one side alone"] if terms.unilateral else [])


def _sources(shelf: Shelf, lines: list[Line]) -> list[tuple[str, list[Any]]]:
    """Return the articles behind a deal by origin: a wire story, its copies and its versions are one voice."""
    origins: dict[str, list[Any]] = {}
    told = [line.development for line in lines]
    named = [name for each in told for name in (each.document, *(span.document for span in each.evidence))]
    for found in filter(None, map(shelf.document, dict.fromkeys(named))):
        first = kin.origin(shelf, found)
        origins.setdefault(first.wire or first.outlet or "no outlet named", []).append(found)
    return sorted(origins.items())
