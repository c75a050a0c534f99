"""Statements: who said what, searched by words, speaker, country, force and time."""

import msgspec
from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.vocabulary import Force
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import asking
from onrecord.show.web.page import Page
from onrecord.show.web.shelf import Shelf


def search(shelf: Shelf, request: Request) -> Page:
    """Show the statements that fit, newest first."""
    query = Query(
        kind="statement", text=asking.text(request, "q"), who=asking.text(request, "who"),
        country=asking.country(request), type=asking.word(request, "force", Force),
        since=asking.day(request, "since"), until=asking.day(request, "until"),
    )  # fmt: skip
    pages = asking.pages(request, shelf.view.count(query))
    found = list(shelf.view.find(msgspec.structs.replace(query, limit=pages.size, offset=pages.offset)))
    return Page(
        "statements.html", "Statements", {"found": found, "pages": pages, "forces": words_of(Force)}, "statements"
    )
