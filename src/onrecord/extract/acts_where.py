"""Where an act was done: the place that its own clause names, never one from another clause.

Comes in: a reading, the places in roles and a hit. Goes out: a place, or nothing. Nearest first: what hangs on the
trigger itself, then, for deeds of the body, what the parser hung on the nouns beside it ("a strike outside the fort").
"""

from functools import cached_property

from onrecord.extract import clause
from onrecord.extract.acts_ground import Ground
from onrecord.extract.acts_match import Hit
from onrecord.lexicon.acts import ActBook
from onrecord.model.mention import Place, PlaceRef
from onrecord.model.reading import Reading
from onrecord.model.text import Document

_WHERE = ("in", "at", "near", "outside", "across", "inside", "from", "around", "along", "off")
_WITHIN = frozenset({"in", "at", "near", "outside", "across", "inside", "around"})
_THROUGH = frozenset({"at", "by", "on", "of", "out"})
_BODILY = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "RETREAT", "COERCE"})
_DOWN = ("prep", "agent", "dobj", "attr", "nsubjpass", "pobj", "pcomp", "advmod")
_MOST = 40


class Where:
    """Finds the place of each hit of one article."""

    def __init__(self, document: Document, reading: Reading, ground: Ground, book: ActBook) -> None:
        self.document, self.reading, self.ground = document, reading, ground
        self.kinds = book.words("site")

    @cached_property
    def _introduced(self) -> dict[str, list[tuple[int, str, Place | None]]]:
        """The places that common nouns of places are named with, by the noun."""
        reading = self.reading
        found: dict[str, list[tuple[int, str, Place | None]]] = {}
        for token in range(len(reading)):
            if reading.lemma[token] in self.kinds and (name := self._name_of(token)):
                found.setdefault(reading.lemma[token], []).append((token, name, self._named(token)))
        return found

    def of(self, hit: Hit, inner: list[Hit]) -> PlaceRef | None:
        """Return the place of a hit and of those merged into it."""
        reading = self.reading
        tokens: list[int] = []
        anchors: list[int] = []
        for one in (hit, *inner):
            for anchor in (one.token, *((one.carrier,) if one.carrier is not None else ())):
                anchors.append(anchor)
                tokens += clause.preposition(reading, anchor, *_WHERE, "of")
                for named in reading.children(anchor, "dobj", "nsubjpass"):
                    tokens += clause.preposition(reading, named, *_WHERE)
            if one.rule.type == "ASSAULT":
                tokens += one.targets
                for target in one.targets:
                    tokens += clause.preposition(reading, target, "of", *_WHERE)
        found = self.ground.where(tuple(tokens))
        if found is not None or hit.rule.type not in _BODILY:
            return found
        place = self._beside(anchors)
        return place.ref(self.document) if place is not None else None

    def _beside(self, anchors: list[int]) -> Place | None:
        """Return the first place in the clause's own phrases, other clauses and the doer left out."""
        reading = self.reading
        queue, seen = list(anchors), 0
        later: list[int] = []
        while queue and seen < _MOST:
            token, seen = queue.pop(0), seen + 1
            for child in reading.children(token, *_DOWN):
                if reading.dep[child] in {"prep", "agent"} or reading.pos[child] == "ADP":
                    nouns = reading.children(child, "pobj", "pcomp")
                    if reading.lemma[child] in _WITHIN:
                        for noun in nouns:
                            place = self._at(noun) or self._named(noun)
                            if place is not None:
                                return place
                    later += nouns
                    if reading.lemma[child] in _THROUGH | _WITHIN:
                        queue += [*nouns, *reading.children(child, "prep")]
                elif child > token or reading.dep[child] == "nsubjpass":
                    later.append(child)
                    queue.append(child)
            queue += [child for child in reading.children(token, "xcomp") if reading.tag[child] == "VBG"]
        return next((place for noun in later if (place := self._named(noun) or self._told(noun)) is not None), None)

    def _at(self, token: int) -> Place | None:
        """Return the place that a noun is, one without an entry too, unless it is somebody's name."""
        place = self.ground.place_at(token)
        if place is not None and place.feature == "other" and self.ground.cast.member_at(token) is not None:
            return None
        return place

    def _named(self, noun: int) -> Place | None:
        """Return the place that a common noun of places names: "the village of X", "X's prison", "X territory"."""
        reading = self.reading
        if reading.lemma[noun] not in self.kinds:
            return None
        return next((place for one in self._beside_noun(noun) if (place := self._at(one)) is not None), None)

    def _beside_noun(self, noun: int) -> tuple[int, ...]:
        reading = self.reading
        return (*clause.preposition(reading, noun, "of"), *reading.children(noun, "compound", "poss", "nmod"))

    def _name_of(self, noun: int) -> str:
        """Return the proper noun beside a common noun of places, a known place's or not."""
        reading = self.reading
        return next((reading.word(one) for one in self._beside_noun(noun) if reading.pos[one] == "PROPN"), "")

    def _told(self, noun: int) -> Place | None:
        """Return the place that "the village" stands for: the last one that was named with this word."""
        reading = self.reading
        if reading.lemma[noun] not in self.kinds:
            return None
        bare = not any(True for _ in reading.children(noun, "compound", "poss", "nmod", "amod", "nummod"))
        definite = any(reading.lemma[child] in {"the", "that"} for child in reading.children(noun, "det"))
        if not (bare and definite) or reading.tag[noun] != "NN":
            return None
        told = self._introduced.get(reading.lemma[noun], ())
        before = [(name, place) for token, name, place in told if token < noun]
        return before[-1][1] if len({name for name, _ in before}) == 1 else None
