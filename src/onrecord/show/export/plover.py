"""PLOVER records: acts in, one JSON object a line out.

After the PLOVER manual (Open Event Data Alliance, 2024): id, date, actor, recipient, event, mode, context, event_loc,
event_text, text, text_info with character positions, cite_info. Extra fields (voice, modality, polarity, figures) keep
what the format has no field for. A code point is a character; the end is left out.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.lexicon.codes import ours, quad
from onrecord.model.claim import Act, Statement
from onrecord.model.mention import ActorRef, PlaceRef
from onrecord.model.record import Actor
from onrecord.model.text import Document, Span
from onrecord.show.export.look import Look, address
from onrecord.show.export.rows import SECTORS

VERSION = "PLOVER 2024"
KOSOVO = {"XKX": "KOS"}


def write(acts: Iterable[msgspec.Struct], look: Look) -> Iterator[str]:
    """Yield the record of each act."""
    for act in acts:
        if isinstance(act, Act):
            yield msgspec.json.encode(record(act, look)).decode() + "\n"
        else:
            look.left_out += 1


def record(act: Act, look: Look) -> dict[str, Any]:
    """Return one act as PLOVER has it; fields that aren't known are left out, as the manual allows."""
    document = look.document(act.document)
    statement = look.statement(act.voice)
    cameo = ours().cameo(act.type, None, "happened")
    since, until = (act.date.since, act.date.until) if act.date else (None, None)
    day = since or until or (document.published_day if document else None)
    made: dict[str, Any] = {
        "id": act.id,
        "date": day,
        "enddate": until if until != since else None,
        "actor": [_entity(ref, look) for ref in act.actors],
        "recipient": [_entity(ref, look) for ref in act.targets],
        "event": act.type,
        "mode": [act.mode] if act.mode else [],
        "context": list(act.contexts),
        "quad_code": quad(cameo.code) if cameo else None,
        "event_text": act.trigger.text,
        "event_loc": _place(act.place),
        "text": " ".join(span.text for span in act.evidence),
        "text_info": {
            "unit": "code points of the document, end left out",
            "event": _at(act.trigger),
            "sentence": [_at(span) for span in act.evidence],
            "actor": [_at(ref.mention) for ref in act.actors if ref.mention],
            "recipient": [_at(ref.mention) for ref in act.targets if ref.mention],
        },
        "cite_info": _cited(document),
        "link": address(document) or None,
        "coder": "onrecord",
        "version": VERSION,
        "date_is": "of the event" if since or until else "of the article",
        "modality": act.modality,
        "polarity": act.polarity,
        "voice": _voice(act.voice, statement),
        "figures": [
            {"what": figure.what, "low": figure.low, "high": figure.high, "of": figure.of, **_at(figure.span)}
            for figure in act.figures
        ],
    }
    return {name: value for name, value in made.items() if value not in (None, [], {})}


def _voice(known: str | None, statement: Statement | None) -> dict[str, Any] | None:
    speaker = statement.speaker.name if statement and statement.speaker else None
    return {"statement": known, "speaker": speaker} if known else None


def _entity(ref: ActorRef, look: Look) -> dict[str, Any]:
    actor = look.get(ref.actor)
    land = ours().land(ref.country)
    sector = SECTORS.get(actor.sort if isinstance(actor, Actor) else "")
    made = {
        "raw_text": ref.mention.text if ref.mention else ref.name,
        "entity_name": ref.name,
        "entity_id": ref.actor,
        "country": KOSOVO.get(ref.country or "", ref.country),
        "country_name": land.name if land else None,
        "sector_code": sector,
        "role": ref.role,
    }
    return {name: value for name, value in made.items() if value}


def _place(place: PlaceRef | None) -> dict[str, Any] | None:
    if place is None:
        return None
    made = {
        "raw_text": place.mention.text if place.mention else None, "name": place.name, "country": place.country,
        "lat": place.lat, "lon": place.lon, "geonames_id": place.geonames,
    }  # fmt: skip
    return {name: value for name, value in made.items() if value is not None}


def _at(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _cited(document: Document | None) -> dict[str, Any]:
    if document is None:
        return {}
    made = {
        "document": document.id, "title": document.title, "publisher": document.outlet, "date": document.published,
        "source": document.source, "language": document.language,
    }  # fmt: skip
    return {name: value for name, value in made.items() if value}
