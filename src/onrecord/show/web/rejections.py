"""What was seen and not taken, counted by reason, with the place where it stands."""

from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.rejection import MEANINGS
from onrecord.show.web import asking
from onrecord.show.web.page import Page
from onrecord.show.web.shelf import Shelf


def table(shelf: Shelf, request: Request) -> Page:
    """Show how often each reason was given; with a reason, each time it was."""
    code = asking.text(request, "code")
    if code is not None and code not in MEANINGS:
        message = f"“code” can be one of {', '.join(MEANINGS)}, not “{code}”."
        asking.refuse(message)
    counts = shelf.view.tally("rejection", "type")
    found, pages = asking.listed(shelf, request, Query(kind="rejection", type=code)) if code else ([], None)
    values = {"counts": counts, "code": code, "found": found, "pages": pages, "total": sum(counts.values())}
    return Page("rejections.html", "Not taken", values, "rejections")
