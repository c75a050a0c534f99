"""Deals: the board by status, and one deal with its developments and the words behind each."""

from typing import Any

import msgspec
from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.record import Deal, Development
from onrecord.model.vocabulary import DealKind, DealStatus
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import asking, links
from onrecord.show.web.page import Page, missing
from onrecord.show.web.shelf import Shelf
from onrecord.show.web.words import heading

IN_A_COLUMN = 20


class Column(msgspec.Struct, frozen=True):
    """One status of the board: its deals, how many there are, and where the rest of them is."""

    status: str
    deals: list[Any]
    total: int
    more: str


class Line(msgspec.Struct, frozen=True):
    """A development, and whether it speaks against the status or made it."""

    development: Development
    against: bool
    made: bool


def board(shelf: Shelf, request: Request) -> Page:
    """Show the deals in columns by status; with a status, all of that one."""
    party, kind = asking.text(request, "party"), asking.word(request, "kind", DealKind)
    status = asking.word(request, "status", DealStatus)
    query = Query(kind="deal", who=party, type=kind)
    columns, pages = [], None
    if status is None:
        for each in words_of(DealStatus):
            total = shelf.view.count(msgspec.structs.replace(query, status=each))
            if total:
                found = list(shelf.view.find(msgspec.structs.replace(query, status=each, limit=IN_A_COLUMN)))
                more = links.with_values("/deals", {"party": party or "", "kind": kind or ""}, status=each)
                columns.append(Column(each, found, total, more))
    else:
        query = msgspec.structs.replace(query, status=status)
        pages = asking.pages(request, shelf.view.count(query))
        found = list(shelf.view.find(msgspec.structs.replace(query, limit=pages.size, offset=pages.offset)))
        columns = [Column(status, found, pages.total, "")] if found else []
    values = {"columns": columns, "kinds": words_of(DealKind), "statuses": words_of(DealStatus), "pages": pages}
    return Page("deals.html", "Deals", values, "deals")


def deal(shelf: Shelf, request: Request) -> Page:
    """Show one deal: where it stands and by which rule, its developments in order of date, what contradicts."""
    found = shelf.get(request.path_params["id"])
    if not isinstance(found, Deal):
        missing("deal", request.path_params["id"])
    lines = _lines(shelf, found)
    values = {
        "deal": found,
        "dated": [line for line in lines if line.development.date],
        "undated": [line for line in lines if not line.development.date],
        "cases": {case.person.actor: case for case in shelf.found("case", deal=found.id) if case.deal == found.id},
    }
    return Page("deal.html", heading(found), values, "deals")


def _lines(shelf: Shelf, found: Deal) -> list[Line]:
    against = {_key(development) for development in found.against}
    known = {_key(development): development for development in (*found.developments, *found.against)}
    lines = [
        Line(development, key in against, bool(development.id) and development.id in found.made_by)
        for key, development in known.items()
    ]
    return sorted(lines, key=lambda line: _day(shelf, line.development))


def _key(development: Development) -> tuple[Any, ...]:
    return (development.id or development.evidence, development.document)


def _day(shelf: Shelf, development: Development) -> tuple[str, str]:
    """Return what to sort by: the day of a development, else that of its report; what has neither comes last."""
    date = shelf.day(development)
    return (date.since or date.until or "", date.until or "") if date else ("~", "")
