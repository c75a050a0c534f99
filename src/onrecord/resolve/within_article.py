"""What is known of one article while its cast is resolved: names, links, mentions so far, what was left open."""

from collections import Counter

from onrecord.lexicon.people import PeopleBook, fold
from onrecord.model.cast import Candidate
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.resolve.pronouns import Trail
from onrecord.resolve.within_bodies import Bodies
from onrecord.resolve.within_entities import Entity, People
from onrecord.resolve.within_groups import Pairs
from onrecord.resolve.within_offices import Offices

type Resolved = tuple[tuple[Entity, ...], str]

_CLAUSE, _NEAR_VERB = 16, 6  # tokens of a relative clause, and from a name behind it to the verb


class Article:
    """The state that the rules of `within` share."""

    def __init__(
        self, document: Document, reading: Reading, candidates: tuple[Candidate, ...], book: PeopleBook
    ) -> None:
        self.document, self.reading, self.candidates, self.book = document, reading, candidates, book
        day = document.published_day
        self.people = People((one for one in candidates if one.sort == "person" and one.form == "name"), book, day)
        self.offices = Offices(reading, self.people, book, day)
        self.by_head = {one.head: one for one in candidates}
        self.named_at = {one.first: one for one in candidates if one.form == "name" and one.sort == "person"}
        self.named_to = {one.last: one for one in self.named_at.values()}
        self.bodies = Bodies(reading, candidates, book)
        self.linked = self._appositions()
        self.trail = Trail(reading)
        self.trail.names = {**self.people.by_head, **self.linked}
        self.pairs = Pairs(reading, self.trail)
        self.entities: dict[str, Entity] = {}
        self.unnamed: dict[str, Entity] = {}
        self.armed: list[Entity] = []
        self.named_armed = Counter(one.actor for one in candidates if one.sort == "armed_group" and one.actor)
        self.ruling: dict[str, set[str]] = {}
        self.rejections: list[Rejection] = []
        self.piece = -1

    def turn(self, candidate: Candidate) -> None:
        """Forget who was spoken of last where another entry of a live blog begins: "he" is nobody of the one before."""
        piece = self.piece_of(candidate.head)
        if piece != self.piece:
            self.piece = piece
            self.trail.by_sentence.clear()
            self.pairs.forget()
            self.unnamed.clear()
            self.armed.clear()
            self.ruling.clear()

    def piece_of(self, token: int) -> int:
        """Return the entry of a live blog that the token stands in; -1 in any other text."""
        return self.document.piece_at(self.reading.start[token]) if self.document.pieces else -1

    def here(self, found: list[Entity]) -> list[Entity]:
        """Return those of these persons who are named in the entry that is gone through; all where there are none."""
        if self.piece < 0:
            return found
        named = {id(entity) for head, entity in self.people.by_head.items() if self.piece_of(head) == self.piece}
        return [entity for entity in found if id(entity) in named]

    def _appositions(self) -> dict[int, Entity]:
        """Tie roles to the names that they stand beside ("X, the minister of Y", "its spokesman, X")."""
        linked = {}
        for candidate in self.candidates:
            if candidate.form != "office":
                continue
            beside = [*self.reading.children(candidate.head, "appos")]
            if self.reading.dep[candidate.head] == "appos":
                beside.append(self._before(candidate))
            beside += self._next_to(candidate)
            epithet = self.offices.epithet(candidate)
            if epithet is not None and epithet.kind == "kin" and candidate.last > candidate.head + 1:
                continue  # "the brother of X, Y": Y may be either
            for token in beside:
                entity = self.people.by_head.get(token)
                if entity is not None and candidate.gender in (None, entity.gender or candidate.gender):
                    linked[candidate.head] = entity
                    entity.gender = entity.gender or candidate.gender
                    self.people.tell(entity, candidate.role, candidate.country)
                    break
        return linked

    def _before(self, candidate: Candidate) -> int:
        """Return the head of the name just before the comma in front of a role, else what the parser hung it on."""
        name = self.named_to.get(candidate.first - 1)
        return name.head if name is not None else self.reading.head[candidate.head]

    def _next_to(self, candidate: Candidate) -> list[int]:
        """Return the name after the comma that follows a role, where the parser hung it on the role's last word."""
        comma = candidate.last
        if self.reading.children(candidate.head, "relcl"):
            return self._behind_clause(candidate)
        if comma + 1 >= len(self.reading) or self.reading.word(comma) != ",":
            return []
        name = self.named_at.get(comma + 1)
        return [name.head] if name is not None and self.reading.dep[name.head] == "appos" else []

    def _behind_clause(self, candidate: Candidate) -> list[int]:
        """Return the name behind a role's relative clause: "A lawyer who was held with them, X, is free"."""
        reading = self.reading
        verb = reading.head[candidate.head]
        if not reading.dep[candidate.head].startswith("nsubj") or verb < candidate.head:
            return []
        for comma in range(candidate.last + 1, min(verb, candidate.last + _CLAUSE)):
            name = self.named_at.get(comma + 1) if reading.word(comma) == "," else None
            if name is not None and reading.word(name.last) == "," and name.last < verb <= name.last + _NEAR_VERB:
                return [name.head]
        return []

    def cite(self, candidate: Candidate) -> Span:
        """Return the candidate's words."""
        return self.document.cite(self.reading.start[candidate.first], self.reading.end[candidate.last - 1])

    def reject(self, code: str, candidate: Candidate, note: str) -> None:
        """Write down that the candidate could not be resolved, and why."""
        self.rejections.append(
            Rejection(code=code, stage="resolve", document=self.document.id, span=self.cite(candidate), note=note)
        )

    def once(self, name: str, candidate: Candidate) -> Entity:
        """Return the one entity of this article with this name."""
        key = f"{fold(name)}|{candidate.country}"
        if key not in self.entities:
            entity = Entity(name, candidate.sort, actor=candidate.actor, country=candidate.country)
            entity.gender, entity.plural = candidate.gender, bool(candidate.plural)
            self.entities[key] = entity
        return self.entities[key]

    def known(self, candidate: Candidate) -> Entity:
        """Return the entity that the lexicon knows the candidate as."""
        name = candidate.name or candidate.actor or ""
        key = f"{candidate.actor}|{fold(name)}"
        if key not in self.entities:
            entity = Entity(name, candidate.sort, actor=candidate.actor, country=candidate.country)
            entity.gender, entity.plural = "n", bool(candidate.plural)
            self.entities[key] = entity
        return self.entities[key]

    def determiner(self, candidate: Candidate) -> str:
        """Return the folded determiner (or number) that opens the candidate, or nothing."""
        if self.reading.pos[candidate.first] in {"DET", "NUM"} and candidate.first < candidate.head:
            return fold(self.reading.word(candidate.first))
        return ""

    def organisation(self, candidate: Candidate) -> str | None:
        """Return the actor of a body or group named inside the candidate."""
        for token in range(candidate.first, candidate.last):
            inner = self.by_head.get(token)
            if inner is not None and inner is not candidate and inner.form in {"body", "group"} and inner.actor:
                return inner.actor
        return None

    def states_inside(self, candidate: Candidate) -> tuple[Entity, ...]:
        """Return the states named inside the candidate, each once."""
        found: dict[str, Entity] = {}
        for token in range(candidate.first, candidate.last):
            inner = self.by_head.get(token)
            if inner is not None and inner is not candidate and inner.actor and inner.sort == "state":
                found.setdefault(inner.actor, self.known(inner))
        return tuple(found.values())

    def clause(self, token: int) -> int:
        """Return the verb of the clause that this token stands in."""
        for above in self.reading.ancestors(token):
            if self.reading.pos[above] in {"VERB", "AUX"}:
                return above
        return -1
