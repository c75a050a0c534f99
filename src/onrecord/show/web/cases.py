"""Cases: who is held, by whom, for what; and one case with its history."""

import msgspec
from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.record import Case, CaseEntry
from onrecord.model.vocabulary import CustodyStatus
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import asking
from onrecord.show.web.page import Page, missing
from onrecord.show.web.shelf import Shelf

FREE = frozenset({"released", "exchanged", "pardoned", "died"})
HELD = tuple(status for status in words_of(CustodyStatus) if status not in FREE)


def table(shelf: Shelf, request: Request) -> Page:
    """Show the persons held and freed."""
    query = Query(
        kind="case", who=asking.text(request, "who"), country=asking.country(request),
        status=asking.word(request, "status", CustodyStatus),
    )  # fmt: skip
    pages = asking.pages(request, shelf.view.count(query))
    found = list(shelf.view.find(msgspec.structs.replace(query, limit=pages.size, offset=pages.offset)))
    values = {"found": found, "pages": pages, "statuses": words_of(CustodyStatus)}
    return Page("cases.html", "People held", values, "cases")


def case(shelf: Shelf, request: Request) -> Page:
    """Show one case: the person, the holder, charge and sentence, what was said of it and when."""
    found = shelf.get(request.path_params["id"])
    if not isinstance(found, Case):
        missing("case", request.path_params["id"])
    history = sorted(
        found.history, key=lambda entry: (entry.date.since or entry.date.until or "") if entry.date else "~"
    )
    values = {"case": found, "history": history, "deal": shelf.get(found.deal)}
    return Page("case.html", found.person.name, values, "cases")


def _day(entry: CaseEntry) -> str:
    return (entry.date.since or entry.date.until or "") if entry.date else "~"
