"""Events: the table, the calendar, the map, who did what to whom; one event with its accounts; one claim by itself."""

from collections import Counter
from itertools import islice
from typing import Any

import msgspec
from starlette.requests import Request

from onrecord.keep.beside import beside
from onrecord.keep.protocol import Query
from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.record import Event
from onrecord.model.vocabulary import ActType
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import asking, links
from onrecord.show.web.draw.calendar import calendar
from onrecord.show.web.draw.map import Spot, draw
from onrecord.show.web.draw.network import CONFLICT, Tie, network
from onrecord.show.web.draw.ranges import ranges
from onrecord.show.web.page import Page, missing
from onrecord.show.web.shelf import Shelf
from onrecord.show.web.words import counted, initial, record_name

VIEWS = ("events", "reports", "calendar", "map", "network")
LOOKED_AT = 1000  # newest events that map and network are drawn from
PAIRS = 40
BESIDE = 20  # outside accounts that are shown beside an event


def query_of(request: Request, kind: str = "event") -> Query:
    """Return what a search for events (or acts) asks for."""
    return Query(
        kind=kind, who=asking.text(request, "who"), country=asking.country(request),
        type=asking.word(request, "type", ActType), since=asking.day(request, "since"),
        until=asking.day(request, "until"),
        facets=asking.facets(request, "actor", "target", *(["disputed"] if kind == "event" else [])),
    )  # fmt: skip


def table(shelf: Shelf, request: Request) -> Page:
    """Show events in one of five views: as a table, report by report, as a calendar, on the map, as a network."""
    view = asking.text(request, "view")
    if view is not None and view not in VIEWS:
        message = f"“view” can be one of {', '.join(VIEWS)}, not “{view}”."
        asking.refuse(message)
    view = view or "events"
    query = query_of(request, "act" if view == "reports" else "event")
    values: dict[str, Any] = {
        "view": view, "views": VIEWS, "types": words_of(ActType), "found": [], "pages": None, "picture": "",
        "pairs": [], "years": [], "year": None, "looked_at": LOOKED_AT, "any": shelf.count("event"),
        "who_names": [(name, shelf.name(actor)) for name, actor in query.facets if name in {"actor", "target"}],
    }  # fmt: skip
    if view in {"events", "reports"}:
        values["found"], values["pages"] = asking.listed(shelf, request, query)
    elif view == "calendar":
        values.update(_calendar(shelf, request, query))
    else:
        values.update(_map(shelf, query) if view == "map" else _network(shelf, query))
    return Page("events.html", "Events", values, "events")


def _calendar(shelf: Shelf, request: Request, query: Query) -> dict[str, Any]:
    asked = {name: value for name, value in request.query_params.items() if name not in {"year", "since", "until"}}
    year = asking.number(request, "year", 1, 9999)
    days = shelf.view.days(msgspec.structs.replace(query, since=None, until=None))
    years = sorted({int(day[:4]) for day in days}, reverse=True)
    year = year or (years[0] if years else None)
    picture: Any = ""
    months: Counter[str] = Counter()
    if year is not None:
        picture = calendar(days, year, "/events", {**asked, "view": "events"}, "events")
        for day, times in days.items():
            if day[:4] == f"{year:04}":
                months[day[:7]] += times
    return {"picture": picture, "years": years[:40], "year": year, "months": sorted(months.items())}


def _map(shelf: Shelf, query: Query) -> dict[str, Any]:
    placed = msgspec.structs.replace(query, facets=(*query.facets, ("placed", "yes")), limit=LOOKED_AT)
    places: dict[tuple[float, float], list[Event]] = {}
    for event in shelf.view.find(placed):
        if isinstance(event, Event) and event.place and event.place.lat is not None and event.place.lon is not None:
            places.setdefault((event.place.lat, event.place.lon), []).append(event)
    spots = []
    for (lat, lon), here in places.items():
        name = here[0].place.name if here[0].place else ""
        said = f"{name}: {counted(len(here), 'event')}"
        spots.append(Spot(name, lat, lon, len(here), links.home(here[0]), said))
    listed = sorted(places.values(), key=lambda here: -len(here))[:PAIRS]
    return {"picture": draw(spots, "Where it happened"), "places": listed}


def _network(shelf: Shelf, query: Query) -> dict[str, Any]:
    pairs: Counter[tuple[str, str]] = Counter()
    hard: Counter[tuple[str, str]] = Counter()
    kinds: dict[tuple[str, str], Counter[str]] = {}
    names: dict[str, tuple[str, str | None]] = {}
    for event in shelf.view.find(msgspec.structs.replace(query, limit=LOOKED_AT)):
        if not isinstance(event, Event):
            continue
        for ref in (*event.actors, *event.targets):
            names.setdefault(ref.actor, (ref.name, links.page("actors", ref.actor)))
        for one in dict.fromkeys(ref.actor for ref in event.actors):
            for other in dict.fromkeys(ref.actor for ref in event.targets):
                if one != other and max(len(one), len(other)) <= links.LONGEST:
                    pairs[one, other] += 1
                    hard[one, other] += event.type in CONFLICT
                    kinds.setdefault((one, other), Counter())[event.type] += 1
    ties = [
        Tie(one, other, times, hard[one, other], links.with_values("/events", {}, actor=one, target=other))
        for (one, other), times in pairs.most_common()
    ]
    rows = [(tie, kinds[tie.actor, tie.target].most_common(4)) for tie in ties[:PAIRS]]
    return {"picture": network(ties, names), "pairs": rows, "names": names}


def event(shelf: Shelf, request: Request) -> Page:
    """Show one event: what every report says of it, and the figures of each source side by side."""
    found = shelf.get(request.path_params["id"])
    if not isinstance(found, Event):
        missing("event", request.path_params["id"])
    acts = [act for act in map(shelf.get, found.acts[:60]) if isinstance(act, Act)]
    place: Any = ""
    if found.place is not None and found.place.lat is not None and found.place.lon is not None:
        spot = Spot(found.place.name, found.place.lat, found.place.lon, 1, "#h-reports", found.place.name)
        place = draw([spot], f"Where: {found.place.name}")
    values = {
        "event": found, "acts": acts, "bars": [(figure, ranges(figure)) for figure in found.figures],
        "picture": place, "judgements": shelf.judgements(found.id),
        "beside": list(islice(beside(shelf.view, found), BESIDE + 1)), "most": BESIDE,
    }  # fmt: skip
    return Page("event.html", initial(record_name(found)), values, "events")


def claim(shelf: Shelf, request: Request) -> Page:
    """Show one act, step or custody report by itself, with the words and what may be judged of it."""
    found = shelf.get(request.path_params["id"])
    if not isinstance(found, Act | Step | Custody | Statement):
        missing("claim", request.path_params["id"])
    document = shelf.document(found.document)
    kind = str(found.__struct_config__.tag)
    values = {"claim": found, "kind": kind, "document": document, "judgements": shelf.judgements(found.id)}
    titles = {"act": "Report of an act", "step": "Step of a deal", "custody": "Report of custody"}
    return Page("claim.html", titles.get(kind, "Statement"), values, "documents")
