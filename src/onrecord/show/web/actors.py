"""Actors: everybody the articles name, and what one of them said, did, suffered and agreed."""

from typing import Any, NamedTuple

from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.mention import ActorRef
from onrecord.model.record import Actor
from onrecord.model.vocabulary import ActorSort
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import asking, links
from onrecord.show.web.page import Page, missing
from onrecord.show.web.shelf import Shelf

SHOWN = 6
COUNTED = 1000


class Family(NamedTuple):
    """The records in which an actor plays a role: the newest, how many there are, and where the rest is."""

    heading: str
    kind: str
    found: list[Any]
    times: int
    more: str


def query_of(request: Request) -> Query:
    """Return what a search for actors asks for."""
    return Query(
        kind="actor", who=asking.text(request, "who"), country=asking.country(request),
        type=asking.word(request, "sort", ActorSort),
    )  # fmt: skip


def table(shelf: Shelf, request: Request) -> Page:
    """Show the actors, those whom most articles name first."""
    found, pages = asking.listed(shelf, request, query_of(request))
    values = {"found": found, "pages": pages, "sorts": words_of(ActorSort), "any": shelf.count("actor")}
    return Page("actors.html", "Actors", values, "actors")


def actor(shelf: Shelf, request: Request) -> Page:
    """Show one actor: names and roles, statements by and about, acts by and toward, deals, cases."""
    record: str = request.path_params["id"]
    found = shelf.get(record)
    known = found if isinstance(found, Actor) else None
    families = [
        _family(shelf, "Deals", "deal", record, "party", "/deals", "party"),
        _family(shelf, "Deals that name them", "deal", record, "person", "/deals", "party"),
        _family(shelf, "Their case", "case", record, "person", "/cases", "who"),
        _family(shelf, "People they hold", "case", record, "holder", "/cases", "holder"),
        _family(shelf, "What they said", "statement", record, "speaker", "/statements", "speaker"),
        _family(shelf, "What was said about them", "statement", record, "about", "/statements", "about"),
        _family(shelf, "What they did", "event", record, "actor", "/events", "actor"),
        _family(shelf, "What was done toward them", "event", record, "target", "/events", "target"),
    ]
    shown = {f"{family.kind}-{place}": family for place, family in enumerate(families) if family.times}
    ref = known or _named(record, families)
    if ref is None:
        missing("actor", record)
    values = {
        "actor": known, "id": record, "name": ref.name, "families": shown, "most": COUNTED,
        "subjects": _subjects(shelf, record, families), "judgements": shelf.judgements(record),
    }  # fmt: skip
    return Page("actor.html", ref.name, values, "actors")


def _family(shelf: Shelf, heading: str, kind: str, actor: str, facet: str, path: str, name: str) -> Family:
    facets = ((facet, actor),)
    times = shelf.count(kind, COUNTED, facets=facets)
    found = shelf.found(kind, facets=facets, limit=SHOWN) if times else []
    more = links.with_values(path, {}, **{name: actor})
    return Family(heading, kind, found, times, more)


def _subjects(shelf: Shelf, actor: str, families: list[Family]) -> list[tuple[str, str]]:
    """Return whom this actor spoke about of late: name and the address of what was said."""
    if not any(family.heading == "What they said" and family.times for family in families):
        return []
    said = shelf.found("statement", facets=(("speaker", actor),), limit=100)
    about = dict.fromkeys(other for each in said for other in each.about if other != actor)
    return [
        (shelf.name(other), links.with_values("/statements", {}, speaker=actor, about=other))
        for other in list(about)[:10]
    ]


def _refs(record: Any) -> list[ActorRef]:
    roles = ("speaker", "actors", "targets", "parties", "mediators", "persons", "person", "holder")
    values = [getattr(record, role, None) for role in roles]
    return [ref for value in values for ref in (value if isinstance(value, tuple) else (value,)) if ref is not None]


def _named(actor: str, families: list[Family]) -> ActorRef | None:
    """Return a reference to an actor that no record is assembled of, from the records that name it."""
    for family in families:
        for record in family.found:
            for ref in _refs(record):
                if ref.actor == actor:
                    return ref
    return None
