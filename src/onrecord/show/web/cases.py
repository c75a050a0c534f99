"""Cases: who is held, by whom, for what, where; and one case with the sentences behind each of its fields."""

from typing import Any, NamedTuple

from starlette.requests import Request

from onrecord.keep.fold import fold
from onrecord.keep.protocol import Query
from onrecord.model.claim import Custody
from onrecord.model.mention import PlaceRef
from onrecord.model.record import Case, CaseEntry
from onrecord.model.vocabulary import CustodyStatus
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import asking, links
from onrecord.show.web.draw.map import Spot, draw
from onrecord.show.web.page import Page, missing
from onrecord.show.web.shelf import Shelf
from onrecord.show.web.words import counted, country, label

FREE = frozenset({"released", "exchanged", "pardoned", "died"})
HELD = tuple(status for status in words_of(CustodyStatus) if status not in FREE)
MAPPED = 1000
FIELDS = ("nationalities", "holder", "status", "charge", "sentence", "basis", "place", "exchanged_for")


class Value(NamedTuple):
    """One value that the articles give a field, and the reports that give it."""

    text: str
    claims: list[Any]
    held: Any


class Field(NamedTuple):
    """A field of a case: what is on record, and every value that somebody gives."""

    name: str
    values: list[Value]
    disputed: bool


def query_of(request: Request) -> Query:
    """Return what a search for cases asks for."""
    return Query(
        kind="case", who=asking.text(request, "who"), country=asking.country(request), text=asking.text(request, "q"),
        status=asking.word(request, "status", CustodyStatus), since=asking.day(request, "since"),
        until=asking.day(request, "until"), facets=asking.facets(request, "holder", "disputed"),
    )  # fmt: skip


def table(shelf: Shelf, request: Request) -> Page:
    """Show the persons held and freed, and where."""
    query = query_of(request)
    found, pages = asking.listed(shelf, request, query)
    picture: Any = ""
    if pages.now == 1:
        placed = Query(
            kind="case", who=query.who, country=query.country, status=query.status, since=query.since,
            until=query.until, text=query.text, facets=(*query.facets, ("placed", "yes")), limit=MAPPED,
        )  # fmt: skip
        picture = draw(
            _spots([case for case in shelf.view.find(placed) if isinstance(case, Case)]), "Where people are held"
        )
    values = {
        "found": found, "pages": pages, "statuses": words_of(CustodyStatus), "picture": picture,
        "any": shelf.count("case"),
    }  # fmt: skip
    return Page("cases.html", "People held", values, "cases")


def _spots(cases: list[Case]) -> list[Spot]:
    places: dict[tuple[float, float], tuple[PlaceRef, list[Case]]] = {}
    for case in cases:
        if case.place is not None and case.place.lat is not None and case.place.lon is not None:
            places.setdefault((case.place.lat, case.place.lon), (case.place, []))[1].append(case)
    return [
        Spot(
            place.name, lat, lon, len(here), links.home(here[0]) if len(here) == 1 else "#list",
            f"{place.name}: {', '.join(case.person.name for case in here[:4])}"
            + (f" and {counted(len(here) - 4, 'other')}" if len(here) > 4 else ""),
        )
        for (lat, lon), (place, here) in places.items()
    ]  # fmt: skip


def case(shelf: Shelf, request: Request) -> Page:
    """Show one case: the person, the holder, charge and sentence, what was said of it and when."""
    found = shelf.get(request.path_params["id"])
    if not isinstance(found, Case):
        missing("case", request.path_params["id"])
    claims = [claim for claim in map(shelf.get, found.claims) if isinstance(claim, Custody)]
    values = {
        "case": found, "dated": sorted((entry for entry in found.history if _day(entry)), key=_day),
        "undated": [entry for entry in found.history if not _day(entry)], "deal": shelf.get(found.deal),
        "fields": {field.name: field for field in _fields(found, claims)}, "judgements": shelf.judgements(found.id),
    }  # fmt: skip
    return Page("case.html", found.person.name, values, "cases")


def _day(entry: CaseEntry) -> str:
    return (entry.date.since or entry.date.until or "") if entry.date else ""


def _fields(case: Case, claims: list[Custody]) -> list[Field]:
    """Return what the reports say of each field, values that differ in how they are written together."""
    made, apart = [], {rival.field for rival in case.rivals}
    for name in FIELDS:
        values: dict[str, Value] = {}
        for claim in claims:
            held = getattr(claim, name)
            said = _said(held)
            if said and claim.polarity == "asserted":
                written = " ".join(word.removesuffix("s") for word in fold(said).replace("-", " ").split())
                values.setdefault(written, Value(said, [], held)).claims.append(claim)
        if values:
            made.append(Field(name, list(values.values()), name in apart))
    return made


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(sorted(country(one) if isinstance(one, str) else one.name for one in value))
    if isinstance(value, str):
        return label(value)
    return value.name if value is not None else ""
