"""Who and where: actor references, mentions, places."""

import msgspec

from onrecord.model.text import Document, Span
from onrecord.model.vocabulary import ActorSort, PlaceFeature


class ActorRef(msgspec.Struct, frozen=True):
    """A pointer to an actor from inside a record.

    `actor` is stable over documents and runs: an ISO-based or agreed code where one is known ("RUS", "EU"), else a
    slug of the name. `name` is the fullest form that the record knows, `mention` what stands in the text.
    """

    actor: str
    name: str
    country: str | None = None
    role: str | None = None
    mention: Span | None = None


class Mention(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="mention"):
    """One place in a text where somebody is named, described or pointed at; `chain` joins those of one actor."""

    document: str
    start: int
    end: int
    text: str
    actor: str
    sort: ActorSort
    chain: str


class PlaceRef(msgspec.Struct, frozen=True):
    """A pointer to a place from inside a record: name, ISO-3166 alpha-3 country, GeoNames id, WGS84 degrees."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    mention: Span | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="place"):
    """A place name in the text and where it is (WGS84 degrees), as far as the gazetteer and the context say."""

    document: str
    start: int
    end: int
    text: str
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames: int | None = None
    feature: PlaceFeature = "other"

    def ref(self, document: Document) -> PlaceRef:
        """Return a pointer to this place for a record of the same document."""
        mention = document.cite(self.start, self.end)
        return PlaceRef(self.name, self.country, self.lat, self.lon, self.geonames, mention)
