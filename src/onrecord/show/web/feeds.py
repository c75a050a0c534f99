"""What other programs follow: Atom of developments per deal, case, actor and search; calendars of announced dates."""

from collections.abc import Iterator
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from onrecord.model.record import Actor, Case, Deal
from onrecord.show.export import atom, ical
from onrecord.show.export.atom import Entry
from onrecord.show.export.look import Look
from onrecord.show.web import deals, links, statements
from onrecord.show.web.page import missing
from onrecord.show.web.shelf import Shelf
from onrecord.show.web.words import heading, initial, label, short

MOST = 50
DATED = 2000  # deals, and planned events, whose days stand in the calendar of all


def statements_feed(shelf: Shelf, request: Request) -> Response:
    """Give the newest statements of a search."""
    query = msgspec.structs.replace(statements.query_of(request), limit=MOST)
    found = shelf.view.find(query)
    home = links.with_values("/statements", dict(request.query_params))
    return _feed(request, "Statements", home, (_statement(shelf, request, one) for one in found))


def deals_feed(shelf: Shelf, request: Request) -> Response:
    """Give the newest developments of the deals of a search."""
    found = shelf.view.find(msgspec.structs.replace(deals.query_of(request), limit=MOST))
    entries = sorted(
        (entry for deal in found if isinstance(deal, Deal) for entry in _deal(shelf, request, deal)),
        key=_newest,
        reverse=True,
    )
    return _feed(request, "Deals", links.with_values("/deals", dict(request.query_params)), iter(entries[:MOST]))


def record_feed(shelf: Shelf, request: Request) -> Response:
    """Give the developments of one deal, one case, or what one actor said and did."""
    record: str = request.path_params["id"]
    found = shelf.get(record)
    match found:
        case Deal():
            entries, title = _deal(shelf, request, found), heading(found)
        case Case():
            entries, title = _case(shelf, request, found), found.person.name
        case Actor():
            said = shelf.found("statement", facets=(("speaker", found.id),), limit=MOST)
            party = shelf.found("deal", facets=(("party", found.id),), limit=10)
            told = [entry for deal in party for entry in _deal(shelf, request, deal)]
            entries, title = iter([*(_statement(shelf, request, one) for one in said), *told]), found.name
        case _:
            missing("feed", record)
    listed = sorted(entries, key=_newest, reverse=True)[:MOST]
    return _feed(request, short(title, 120), links.home(found), iter(listed))


def calendar(shelf: Shelf, request: Request) -> Response:
    """Give the days that were announced for one deal; without one, for all deals and the events that are planned."""
    record = request.path_params.get("id")
    if record is None:
        found: list[Any] = shelf.found("deal", limit=DATED) + shelf.found("event", status="planned", limit=DATED)
        name = "On record: announced dates"
    else:
        deal = shelf.get(record)
        if not isinstance(deal, Deal):
            missing("deal", record)
        found, name = [deal], heading(deal)
    body = "".join(ical.write(found, Look(shelf.get), short(name, 120)))
    return Response(
        body.encode("utf-8", "replace"), media_type=ical.MEDIA_TYPE,
        headers={"Content-Disposition": 'attachment; filename="onrecord.ics"'},
    )  # fmt: skip


def _feed(request: Request, title: str, home: str, entries: Iterator[Entry]) -> Response:
    told = atom.write(f"On record: {title}", str(request.url), _absolute(request, home), entries)
    return Response("".join(told).encode("utf-8", "replace"), media_type=atom.MEDIA_TYPE)


def _absolute(request: Request, address: str) -> str:
    return str(request.base_url).rstrip("/") + address


def _newest(entry: Entry) -> tuple[str, str]:
    return entry.day or "", entry.id


def _statement(shelf: Shelf, request: Request, one: Any) -> Entry:
    day = shelf.day(one)
    name = one.speaker.name if one.speaker else "Speaker not named"
    words = short(" … ".join(span.text for span in one.content), 600)
    return Entry(
        one.id, short(f"{name} ({label(one.force)}): {words}", 140), words, day.until or day.since if day else None,
        _absolute(request, links.home(one)), short(name, 120),
    )  # fmt: skip


def _deal(shelf: Shelf, request: Request, deal: Deal) -> Iterator[Entry]:
    for number, one in enumerate(deal.developments):
        day = shelf.day(one)
        denied = " (denied)" if one.polarity == "denied" else ""
        yield Entry(
            one.id or f"{deal.id}-{number}", short(f"{heading(deal)}: {label(one.step)}{denied}", 140),
            short(" … ".join(span.text for span in one.evidence), 600), day.until or day.since if day else None,
            _absolute(request, links.home(deal)), short(one.by.name, 120) if one.by else "",
        )  # fmt: skip


def _case(shelf: Shelf, request: Request, case: Case) -> Iterator[Entry]:
    for number, one in enumerate(case.history):
        claim = shelf.get(one.id)
        day = one.date or (shelf.day(claim) if claim else None)
        yield Entry(
            one.id or f"{case.id}-{number}", short(f"{case.person.name}: {initial(label(one.status))}", 140),
            short(" … ".join(span.text for span in one.evidence), 600), day.until or day.since if day else None,
            _absolute(request, links.home(case)),
        )  # fmt: skip
