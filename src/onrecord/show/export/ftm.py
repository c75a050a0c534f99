"""FollowTheMoney entities: the record in, one entity a line out, and beside it the words that each value rests on.

After the FollowTheMoney model (OCCRP, OpenSanctions), written without its package; tests check every entity with it.
Documents are Articles, actors Persons, Organizations or PublicBodies, events and deals Events, international sanctions
Sanctions, what was said and who is held Notes; Mentions say where a name stands, Documentations which article tells of
what. Ids are ours where the model allows them, else hashes of ours. `Look.trace` is given, for each value that has
words behind it, entity, property, value, record, document, start, end and text.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.lexicon.codes import REAL, ours
from onrecord.model.claim import Statement
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef, Mention
from onrecord.model.moment import Period
from onrecord.model.record import Actor, Case, Deal, Event
from onrecord.model.text import Document, Span
from onrecord.show.export.look import Look, address

SCHEMATA = {
    "person": "Person", "state": "PublicBody", "government": "PublicBody", "organisation": "Organization",
    "armed_group": "Organization", "group": "Organization",
}  # fmt: skip
LANGUAGES = {"en": "eng"}
INTERNATIONAL = "discontinue"  # the mode of PLOVER's SANCTION for sanctions between states
DATASET = "onrecord"

type Entity = dict[str, Any]
type Values = dict[str, Iterable[str | None]]


def write(records: Iterable[msgspec.Struct], look: Look) -> Iterator[str]:
    """Yield the entities; each record gives one or more, a name in a document one Mention."""
    mentioned: set[str] = set()
    for record in records:
        entities = list(_entities(record, look))
        look.left_out += not entities
        for entity in entities:
            if entity["schema"] == "Mention":
                if entity["id"] in mentioned:
                    continue
                mentioned.add(entity["id"])
            yield msgspec.json.encode(entity).decode() + "\n"


def _entities(record: msgspec.Struct, look: Look) -> Iterator[Entity]:
    match record:
        case Document():
            yield _article(record)
        case Actor():
            yield _actor(record, look)
        case Mention():
            yield from _mention(record, look)
        case Statement():
            yield from _statement(record, look)
        case Event():
            yield from _event(record, look)
        case Deal():
            yield from _deal(record, look)
        case Case():
            yield from _case(record, look)


def _entity(known: str, schema: str, values: Values) -> Entity:
    properties = {name: list(dict.fromkeys(filter(None, given))) for name, given in values.items()}
    kept = {name: given for name, given in properties.items() if given}
    return {"id": known, "schema": schema, "properties": kept, "datasets": [DATASET]}


def actor_id(actor: str) -> str:
    """Return the entity's id of an actor: a hash, for the model allows plain letters only."""
    return identity("actor", actor)


def _article(document: Document) -> Entity:
    where = address(document)
    return _entity(document.id, "Article", {
        "title": [document.title], "publishedAt": [document.published_day], "sourceUrl": [where],
        "fileName": [None if where else document.source], "author": document.authors, "publisher": [document.outlet],
        "language": [LANGUAGES.get(document.language or "")], "bodyText": [document.text],
    })  # fmt: skip


def _actor(actor: Actor, look: Look) -> Entity:
    known, schema = actor_id(actor.id), SCHEMATA[actor.sort]
    values: Values = {"name": [actor.name], "alias": actor.aliases, "country": [_land(actor.country)]}
    if schema == "Person":
        values["position"] = [role.role for role in actor.roles]
        for role in actor.roles:
            _trace(look, known, "position", role.role, actor.id, role.evidence)
    return _entity(known, schema, values)


def _mention(mention: Mention, look: Look) -> Iterator[Entity]:
    if not isinstance(look.get(mention.actor), Actor):
        return
    known = identity("mention", mention.document, mention.actor, mention.text)
    yield _entity(known, "Mention", {
        "document": [mention.document], "name": [mention.text], "resolved": [actor_id(mention.actor)],
        "detectedSchema": [SCHEMATA[mention.sort]],
    })  # fmt: skip
    if look.trace:
        at = {"document": mention.document, "start": mention.start, "end": mention.end, "text": mention.text}
        look.trace({"entity": known, "property": "name", "value": mention.text, "record": mention.chain, **at})


def _statement(statement: Statement, look: Look) -> Iterator[Entity]:
    words = " … ".join(span.text for span in statement.content)
    speaker = statement.speaker.name if statement.speaker else "Speaker not known"
    yield _entity(statement.id, "Note", {
        "name": [f"{speaker}: {'not ' if statement.negated else ''}{statement.force}"], "description": [words],
        "entity": _known([statement.speaker], look), "proof": [statement.document],
        "publisher": [_outlet(look, statement.document)], "sourceUrl": [address(look.document(statement.document))],
    })  # fmt: skip
    _trace(look, statement.id, "description", words, statement.id, statement.content, statement.document)


def _event(event: Event, look: Look) -> Iterator[Entity]:
    told = [(act, getattr(act, "document", None), getattr(act, "evidence", ())) for act in map(look.get, event.acts)]
    documents = [document for _, document, _ in told if document]
    figures = [f"{figure.what}: {figure.low or '?'}–{figure.high or '?'}" for figure in event.figures]
    yield _entity(event.id, "Event", {
        "name": [event.title or event.type], "summary": [" ".join(filter(None, [event.type, event.mode]))],
        "notes": [f"modality: {event.modality}", *figures, "accounts differ" if event.disputed else None],
        "startDate": [_since(event.date)], "endDate": [_until(event.date)],
        "location": [event.place.name if event.place else None],
        "country": [_land(event.place.country if event.place else None)],
        "involved": _known((*event.actors, *event.targets), look), "proof": documents, "recordId": [event.id],
    })  # fmt: skip
    for act, document, evidence in told:
        _trace(look, event.id, "name", event.title or event.type, getattr(act, "id", ""), evidence, document)
    yield from _documented(event.id, documents, "reports it")
    if event.type == "SANCTION" and event.mode == INTERNATIONAL and event.modality in REAL:
        for target in _known(event.targets, look):
            yield _entity(identity("sanction", event.id, target), "Sanction", {
                "entity": [target], "authority": [ref.name for ref in event.actors],
                "country": [_land(ref.country) for ref in event.actors], "startDate": [_since(event.date)],
                "summary": [event.title], "proof": documents, "recordId": [event.id],
            })  # fmt: skip


def _deal(deal: Deal, look: Look) -> Iterator[Entity]:
    entries = (*deal.developments, *deal.against)
    documents = list(dict.fromkeys(entry.document for entry in entries))
    dates = [entry.date for entry in deal.developments if entry.date]
    ratio = " for ".join(map(str, deal.terms.ratio)) if deal.terms.ratio else None
    yield _entity(deal.id, "Event", {
        "name": [deal.title], "summary": [f"{deal.deal_kind}: {deal.status} as of {deal.as_of or 'no date'}"],
        "notes": [ratio, *(f"not disclosed: {each}" for each in deal.undisclosed)],
        "startDate": [min(filter(None, map(_since, dates)), default=None)],
        "involved": _known((*deal.parties, *deal.mediators, *deal.persons), look), "proof": documents,
        "recordId": [deal.id],
    })  # fmt: skip
    for entry in entries:
        _trace(look, deal.id, "summary", entry.step, entry.id, entry.evidence, entry.document)
    yield from _documented(deal.id, documents, "tells of a step")


def _case(case: Case, look: Look) -> Iterator[Entity]:
    documents = list(dict.fromkeys(span.document for entry in case.history for span in entry.evidence if span.document))
    facts = [
        f"status: {case.status}", f"held by: {case.holder.name}" if case.holder else None,
        f"charge: {case.charge}" if case.charge else None, f"sentence: {case.sentence}" if case.sentence else None,
    ]  # fmt: skip
    person = _known([case.person], look)
    yield _entity(case.id, "Note", {
        "name": [f"Case of {case.person.name}"], "description": ["; ".join(filter(None, facts))], "entity": person,
        "country": [_land(case.holder.country if case.holder else None)], "proof": documents,
    })  # fmt: skip
    for entry in case.history:
        _trace(look, case.id, "description", entry.status, entry.id, entry.evidence)
    yield from _documented(person[0] if person else case.id, documents, "reports custody")


def _documented(entity: str, documents: Iterable[str], role: str) -> Iterator[Entity]:
    for document in dict.fromkeys(documents):
        known = identity("documentation", entity, document, role)
        yield _entity(known, "Documentation", {"entity": [entity], "document": [document], "role": [role]})


def _known(refs: Iterable[ActorRef | None], look: Look) -> list[str]:
    """Return the entities of those actors that the record has assembled: no reference leads nowhere."""
    return [actor_id(ref.actor) for ref in refs if ref is not None and isinstance(look.get(ref.actor), Actor)]


def _trace(
    look: Look, entity: str, name: str, value: str, record: str, spans: Iterable[Span], document: str | None = None
) -> None:
    if look.trace:
        for span in spans:
            at = {"document": span.document or document, "start": span.start, "end": span.end, "text": span.text}
            look.trace({"entity": entity, "property": name, "value": value, "record": record, **at})


def _land(country: str | None) -> str | None:
    land = ours().land(country)
    return land.alpha2.lower() if land else None


def _outlet(look: Look, document: str) -> str | None:
    found = look.document(document)
    return found.outlet if found else None


def _since(date: Period | None) -> str | None:
    return _short(date, date.since) if date else None


def _until(date: Period | None) -> str | None:
    return _short(date, date.until) if date else None


def _short(date: Period, day: str | None) -> str | None:
    """Return a day as precise as it is known: the model takes 2031, 2031-05 and 2031-05-04."""
    return day[: {"month": 7, "season": 7, "year": 4, "decade": 4}.get(date.precision, 10)] if day else None
