"""Actors: everybody the articles name, and what one of them said, did, suffered and agreed."""

from typing import Any

import msgspec
from starlette.requests import Request

from onrecord.keep.protocol import Query
from onrecord.model.mention import ActorRef
from onrecord.model.record import Actor
from onrecord.model.vocabulary import ActorSort
from onrecord.model.vocabulary import words as words_of
from onrecord.show.web import asking
from onrecord.show.web.page import Page, missing
from onrecord.show.web.shelf import Shelf

SHOWN = 12
LOOKED_AT = 200


def table(shelf: Shelf, request: Request) -> Page:
    """Show the actors."""
    query = Query(
        kind="actor", who=asking.text(request, "who"), country=asking.country(request),
        type=asking.word(request, "sort", ActorSort),
    )  # fmt: skip
    pages = asking.pages(request, shelf.view.count(query))
    found = list(shelf.view.find(msgspec.structs.replace(query, limit=pages.size, offset=pages.offset)))
    values = {"found": found, "pages": pages, "sorts": words_of(ActorSort)}
    return Page("actors.html", "Actors", values, "actors")


def actor(shelf: Shelf, request: Request) -> Page:
    """Show one actor: names and roles, statements, acts by and toward, deals, cases."""
    record: str = request.path_params["id"]
    found = shelf.get(record)
    known = found if isinstance(found, Actor) else None
    values: dict[str, Any] = {
        "actor": known, "id": record,
        "statements": _where(shelf, "statement", record, "speaker"),
        "by": _where(shelf, "act", record, "actors"),
        "toward": _where(shelf, "act", record, "targets"),
        "deals": _where(shelf, "deal", record, "parties", "mediators", "persons"),
        "cases": _where(shelf, "case", record, "person", "holder"),
    }  # fmt: skip
    ref = known or _named(record, values)
    if ref is None:
        missing("actor", record)
    values["name"] = ref.name
    values["shown"] = SHOWN
    return Page("actor.html", ref.name, values, "actors")


def _where(shelf: Shelf, kind: str, actor: str, *roles: str) -> list[Any]:
    """Return the records in which this very actor plays one of these roles (the store also looks at names)."""
    found = shelf.found(kind, who=actor, limit=LOOKED_AT)
    return [record for record in found if any(ref.actor == actor for ref in _refs(record, roles))]


def _refs(record: msgspec.Struct, roles: tuple[str, ...]) -> list[ActorRef]:
    values = [getattr(record, role) for role in roles]
    return [ref for value in values for ref in (value if isinstance(value, tuple) else (value,)) if ref is not None]


def _named(actor: str, values: dict[str, Any]) -> ActorRef | None:
    """Return a reference to an actor that no record is assembled of, from the claims that name it."""
    roles = ("speaker", "actors", "targets", "parties", "mediators", "persons", "person", "holder")
    for family in ("statements", "by", "toward", "deals", "cases"):
        for record in values[family]:
            for ref in _refs(record, tuple(role for role in roles if hasattr(record, role))):
                if ref.actor == actor:
                    return ref
    return None
