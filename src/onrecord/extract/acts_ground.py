"""Places in roles: which place a token names, whose ground it is, in which state a deed of the law is done."""

from functools import cached_property

from onrecord.extract.acts_role import BY_STATE, Role
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast
from onrecord.model.mention import ActorRef, Place, PlaceRef
from onrecord.model.reading import Reading
from onrecord.model.text import Document

_SURE = frozenset({"country", "city"})
_WITHIN = frozenset({"in", "at", "near", "outside"})


class Ground:
    """The places of one article."""

    def __init__(
        self, document: Document, reading: Reading, cast: Cast, places: tuple[Place, ...], lexicon: Lexicon
    ) -> None:
        self.document, self.reading, self.cast = document, reading, cast
        self.people = lexicon.people
        self._places = {place.start: place for place in places}

    def place_at(self, token: int) -> Place | None:
        """Return the place whose name this token is in."""
        reading = self.reading
        for back in range(5):
            if token - back < 0:
                break
            place = self._places.get(reading.start[token - back])
            if place is not None and place.end >= reading.end[token]:
                return place
        return None

    def countries(self, first: int, last: int) -> frozenset[str]:
        """Return the countries that the towns and states named in tokens `[first, last)` lie in."""
        found: set[str] = set()
        for token in range(first, last):
            if self.reading.pos[token] == "PROPN":
                place = self.place_at(token)
                if place is not None and place.country and place.feature in _SURE:
                    found.add(place.country)
                elif place is None:
                    found |= self.capital(self.reading.word(token))
        return frozenset(found)

    def capital(self, name: str) -> frozenset[str]:
        """Return the states whose capital has this name."""
        return self._capitals.get(name.lower(), frozenset())

    def of_dateline(self, words: str) -> frozenset[str]:
        """Return the state that a dateline lies in: by the state that it names, else by its capital."""
        parts = [part.strip(" .)—–-").lower() for part in words.replace("(", ",").split(",")]
        named = {name.lower(): row.country for row in self.people.states for name in (row.name, *row.names)}
        found = frozenset(named[part] for part in parts if part in named)
        return found or (self.capital(parts[0]) if parts else frozenset())

    @cached_property
    def _capitals(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for row in self.people.states:
            for name in row.capitals:
                found[name.lower()] = found.get(name.lower(), frozenset()) | {row.country}
        return found

    def jurisdiction(self, *tokens: int, seat: bool = False) -> tuple[Role, ...]:
        """Return the state in which a deed of police, court or prison is done, where its own clause names the place.

        With `seat`, only where that is the capital; so too where an armed group is named, which may hold a town.
        """
        reading = self.reading
        first, last = reading.sentences[reading.sentence_of(tokens[0])]
        seat = seat or any(member.sort == "armed_group" for member in self.cast.within(first, last))
        found: dict[str, Role] = {}
        for prep in (prep for token in tokens for prep in reading.children(token, "prep")):
            inside = reading.children(prep, "pobj")
            nested = [more for noun in inside for more in reading.children(noun, "prep")]
            for one in (prep, *nested):
                if reading.lemma[one] not in _WITHIN:
                    continue
                for noun in reading.children(one, "pobj"):
                    for near in range(max(reading.subtree(noun)[0], noun - 6), noun + 1):
                        if seat and not self.capital(reading.word(near)):
                            continue  # a town may be theirs, the state's capital is the state's
                        for role in self.country_at(near):
                            found.setdefault(role.ref.actor, role)
        return tuple(found.values()) if len(found) == 1 else ()

    def country_at(self, token: int) -> tuple[Role, ...]:
        """Return the state that a token names, or that the place there lies in, as an inferred role."""
        member = self.cast.member_at(token)
        if member is not None and member.sort == "state" and len(member.refs) == 1:
            return (Role(member.refs[0], political=True, inferred=BY_STATE),)
        place = self.place_at(token)
        if place is None or not place.country:
            return ()
        span = self.document.cite(place.start, place.end)
        ref = ActorRef(place.country, self.state_name(place.country), place.country, None, span)
        return (Role(ref, political=True, inferred=BY_STATE),)

    def state_of(self, token: int) -> tuple[Role, ...]:
        """Return the state that the place named in a noun phrase lies in."""
        reading = self.reading
        near = (token, *(
            child for prep in reading.children(token, "prep") if reading.lemma[prep] in {"of", "in", "on", "at", "near"}
            for child in reading.children(prep, "pobj")
        ), *reading.children(token, "compound", "amod", "appos"))  # fmt: skip
        for one in near:
            place = self.place_at(one)
            if place is not None and place.country:
                span = self.document.cite(place.start, place.end)
                ref = ActorRef(place.country, self.state_name(place.country), place.country, None, span)
                return (Role(ref, political=True),)
        return ()

    def state_name(self, country: str) -> str:
        """Return the usual name of a state."""
        return self._state_names.get(country, country)

    @cached_property
    def _state_names(self) -> dict[str, str]:
        return {row.country: row.name for row in self.people.states}

    def where(self, tokens: tuple[int, ...]) -> PlaceRef | None:
        """Return the first place at these tokens, or inside the phrases that they head."""
        reading = self.reading
        for deeper in (False, True):
            for token in tokens:
                near: tuple[int, ...] = (token,)
                if deeper:
                    near = (
                        *(more for prep in reading.children(token, "prep") for more in reading.children(prep, "pobj")),
                        *reading.children(token, "compound", "appos"),
                    )
                for one in near:
                    place = self.place_at(one)
                    if place is not None and place.feature != "other":
                        return place.ref(self.document)
        return None
