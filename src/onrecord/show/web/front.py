"""The front page: where the deals stand, who is held, what was said last, and how well the reading went."""

from starlette.requests import Request

from onrecord.model.rejection import MEANINGS
from onrecord.model.vocabulary import DealStatus
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web.cases import HELD
from onrecord.show.web.page import Page
from onrecord.show.web.shelf import Shelf

NEWEST = 6
# Codes with which an article is refused whole; the others are about a passage.
REFUSED = tuple(code for code in MEANINGS if code.startswith("R10") or code == "R201")
UNDATED = "R202"


def front(shelf: Shelf, request: Request) -> Page:
    """Show the record in short."""
    del request
    statuses = {each: shelf.count("deal", status=each) for each in words_of(DealStatus)}
    held = {each: shelf.count("case", status=each) for each in HELD}
    people = [case for each in HELD if held[each] for case in shelf.found("case", status=each, limit=NEWEST)]
    values = {
        "counts": shelf.view.counts(),
        "statuses": {status: count for status, count in statuses.items() if count},
        "deals": shelf.found("deal", limit=NEWEST),
        "statements": shelf.found("statement", limit=NEWEST),
        "held": sum(held.values()),
        "people": people[:NEWEST],
        "refused": sum(shelf.count("rejection", type=code) for code in REFUSED),
        "undated": shelf.count("rejection", type=UNDATED),
    }
    return Page("front.html", "On record", values)
