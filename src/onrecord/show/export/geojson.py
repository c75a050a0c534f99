"""GeoJSON (RFC 7946): events in, one FeatureCollection out; an event without coordinates has a null geometry."""

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.model.record import Event


def write(events: Iterable[Event]) -> Iterator[str]:
    """Yield the collection, a feature a line; coordinates are WGS 84 degrees, longitude first."""
    yield '{"type":"FeatureCollection","features":['
    between = "\n"
    for event in events:
        yield between + msgspec.json.encode(_feature(event)).decode()
        between = ",\n"
    yield "\n]}\n"


def _feature(event: Event) -> dict[str, object]:
    place = event.place
    point = None
    if place is not None and place.lat is not None and place.lon is not None:
        point = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return {"type": "Feature", "id": event.id, "geometry": point, "properties": msgspec.to_builtins(event)}
