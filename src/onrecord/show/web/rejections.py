"""What was seen and not taken, counted by reason, with the place where it stands."""

from starlette.requests import Request

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
    counts = {each: shelf.count("rejection", type=each) for each in MEANINGS}
    found, pages = [], None
    if code is not None:
        pages = asking.pages(request, counts[code])
        found = shelf.found("rejection", type=code, limit=pages.size, offset=pages.offset)
    values = {
        "counts": {each: count for each, count in counts.items() if count}, "code": code, "found": found,
        "pages": pages, "total": sum(counts.values()),
    }  # fmt: skip
    return Page("rejections.html", "Not taken", values, "rejections")
