"""Acts: events with their accounts side by side, or every report of an act by itself."""

import msgspec
from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.vocabulary import ActType
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import asking
from onrecord.show.web.page import Page
from onrecord.show.web.shelf import Shelf

VIEWS = ("events", "reports")


def table(shelf: Shelf, request: Request) -> Page:
    """Show events (reports of one happening together), or the reports one by one where that is asked for."""
    view = asking.text(request, "view")
    if view is not None and view not in VIEWS:
        message = f"“view” can be one of {', '.join(VIEWS)}, not “{view}”."
        asking.refuse(message)
    if view is None:
        view = "events" if shelf.count("event") else "reports"
    query = Query(
        kind="event" if view == "events" else "act", who=asking.text(request, "who"), country=asking.country(request),
        type=asking.word(request, "type", ActType), since=asking.day(request, "since"),
        until=asking.day(request, "until"),
    )  # fmt: skip
    pages = asking.pages(request, shelf.view.count(query))
    found = list(shelf.view.find(msgspec.structs.replace(query, limit=pages.size, offset=pages.offset)))
    values = {"found": found, "pages": pages, "types": words_of(ActType), "view": view}
    return Page("acts.html", "Acts", values, "acts")
