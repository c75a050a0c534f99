"""The front page: what changed of late, where the deals stand, what was said last, and how well the reading went."""

import time
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request

from onrecord.model.rejection import MEANINGS
from onrecord.model.vocabulary import DealStatus
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web.cases import FREE, HELD
from onrecord.show.web.page import Page
from onrecord.show.web.shelf import Shelf

NEWEST, MOVED, DAYS = 5, 8, 7
PAUSE = 1800  # seconds after which another look at the page is another visit
SEEN = "onrecord_seen"
# Codes with which an article is refused whole; the others are about a passage.
REFUSED = tuple(code for code in MEANINGS if code.startswith("R10") or code == "R201")
UNDATED = "R202"


def front(shelf: Shelf, request: Request) -> Page:
    """Show the record in short."""
    statuses = shelf.view.tally("deal", "status")
    held = shelf.view.tally("case", "status")
    codes = shelf.view.tally("rejection", "type")
    visit, cookie = _visit(request, shelf.view.generation())
    values: dict[str, Any] = {
        "counts": shelf.view.counts(),
        "statuses": {status: statuses[status] for status in words_of(DealStatus) if status in statuses},
        "statements": shelf.found("statement", limit=NEWEST),
        "deals": shelf.found("deal", limit=6),
        "held": sum(held.get(status, 0) for status in HELD),
        "freed": sum(held.get(status, 0) for status in FREE),
        "people": shelf.found("case", limit=NEWEST),
        "refused": sum(codes.get(code, 0) for code in REFUSED),
        "undated": codes.get(UNDATED, 0),
        "recent": _recent(shelf),
        "visit": _since(shelf, visit) if visit is not None else None,
    }
    return Page("front.html", "On record", values, headers={"Set-Cookie": cookie})


def _recent(shelf: Shelf) -> dict[str, Any]:
    """Return what has a date in the last seven days of the record, up to its newest article."""
    newest = next(iter(shelf.found("document", limit=1)), None)
    until = newest.published_day if newest is not None else None
    if until is None:
        return {}
    since = (max(date.fromisoformat(until), date.min + timedelta(days=DAYS)) - timedelta(days=DAYS - 1)).isoformat()
    week = {"since": since, "until": until}
    disputed = (("disputed", "yes"),)
    return {
        "since": since, "until": until, "articles": shelf.count("document", 1000, **week),
        "deals": [_moved(deal, since) for deal in shelf.found("deal", limit=MOVED, **week)],
        "cases": shelf.found("case", limit=MOVED, **week),
        "contradictions": [
            record for kind in ("deal", "case", "event")
            for record in shelf.found(kind, facets=disputed, limit=4, **week)
        ],
    }  # fmt: skip


def _moved(deal: Any, since: str) -> tuple[Any, list[Any]]:
    """Return a deal with its developments since a day, newest last."""
    recent = [one for one in deal.developments if one.date and (one.date.since or one.date.until or "") >= since]
    return deal, recent[-3:] or list(deal.developments[-1:])


def _since(shelf: Shelf, generation: int) -> dict[str, Any]:
    """Return what has come in since a visit."""
    found = {kind: list(shelf.view.fresh(kind, generation, MOVED)) for kind in ("document", "deal", "case")}
    return {"articles": found["document"], "deals": found["deal"], "cases": found["case"], "most": MOVED}


def _visit(request: Request, generation: int) -> tuple[int | None, str]:
    """Return the generation that was seen on the visit before, None on the first, and the cookie for the next.

    The cookie holds the generation seen before this visit (0 on the first), the one seen now, and when: a reload is
    the same visit.
    """
    now = int(time.time())
    before, at = 0, now
    parts = request.cookies.get(SEEN, "").split(".")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) < 15 for part in parts):
        first, second, then = map(int, parts)
        # A smaller number than what was seen: another store stands at this address now.
        if second <= generation:
            before, at = (second, now) if now - then > PAUSE else (first, then)
    value = f"{before}.{generation}.{at}"
    return before or None, f"{SEEN}={value}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax"
