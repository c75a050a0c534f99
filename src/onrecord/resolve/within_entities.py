"""The persons and groups of one article, and the joining of short forms of a name with the fullest one."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from onrecord.lexicon.people import AliasRow, PeopleBook, fold, slug
from onrecord.model.cast import Candidate
from onrecord.model.mention import ActorRef
from onrecord.model.text import Span
from onrecord.model.vocabulary import ActorSort


class Entity:
    """Somebody in this article, filled while it is read."""

    def __init__(self, name: str, sort: ActorSort, *, actor: str | None = None, country: str | None = None) -> None:
        self.name, self.sort, self.country = name, sort, country
        self.actor = actor or slug(name)
        self.role: str | None = None
        self.gender: str | None = None
        self.offices: frozenset[str] = frozenset()
        self.plural = False
        self.stranger = False

    def ref(self, mention: Span) -> ActorRef:
        """Return the reference to this entity from these words."""
        return ActorRef(self.actor, self.name, self.country, self.role, mention)


def _same_word(left: str, right: str) -> bool:
    return left == right or (len(left) > 4 and len(right) > 4 and fuzz.ratio(left, right) >= 85)


def _first_agrees(left: str, right: str) -> bool:
    if len(left) == 1 or len(right) == 1:
        return left[:1] == right[:1]
    return fuzz.ratio(left, right) >= 75


_LONG = 6
# Words of a name that tell nobody apart: Arabic articles, generations.
_EMPTY = frozenset({"al", "el", "jr", "sr", "ii", "iii", "iv"})


def _words(name: str) -> list[str]:
    return [word for word in fold(name).replace("-", " ").replace(",", " ").split() if word not in _EMPTY] or [
        fold(name)
    ]


class People:
    """The named persons of an article, joined by name."""

    def __init__(self, named: Iterable[Candidate], book: PeopleBook, day: str | None) -> None:
        self.book, self.day = book, day
        self.by_head: dict[int, Entity] = {}
        self.entities: list[Entity] = []
        self.unsure: list[Candidate] = []
        self._by_last: dict[str, list[tuple[list[str], Entity]]] = defaultdict(list)
        self._by_any: dict[str, list[Entity]] = defaultdict(list)
        by_words: dict[str, Entity | None] = {}
        persons = sorted(named, key=lambda candidate: (-len(_words(candidate.name or "")), candidate.first))
        for candidate in persons:
            words = _words(candidate.name or "")
            alone = len(words) == 1
            key = f"{fold(candidate.name or '')}|{candidate.gender if alone else ''}"
            entity = by_words.get(key)
            if entity is None or (alone and not _fits(entity, candidate)):
                entity = self._short(words[0], candidate) if alone else self._full(words)
            if entity is None and not (alone and self._by_any.get(words[0])):
                entity = self._new(candidate, words)
            elif entity is None:
                self.unsure.append(candidate)
                continue
            by_words[key] = entity
            self._enrich(entity, candidate)
            self.by_head[candidate.head] = entity

    def _full(self, words: list[str]) -> Entity | None:
        for last, rows in (
            self._by_last.items() if len(self._by_last) < 60 else ((words[-1], self._by_last[words[-1]]),)
        ):
            if _same_word(last, words[-1]):
                for other, entity in rows:
                    if _first_agrees(other[0], words[0]) or (len(words) > 1 and other[-len(words) :] == words):
                        return entity
        return None

    def _short(self, word: str, candidate: Candidate) -> Entity | None:
        close = self._by_last.get(word)
        if not close and len(self._by_last) < 60:
            close = [row for last, rows in self._by_last.items() if _same_word(last, word) for row in rows]
        fitting = [entity for _, entity in close or () if _fits(entity, candidate)]
        if not fitting:
            fitting = [entity for entity in self._by_any.get(word, ()) if _fits(entity, candidate)]
        if len(fitting) > 1:
            alias = self.book.alias_of.get(word)
            known = [entity for entity in fitting if alias is not None and entity.actor == slug(alias.person)]
            fitting = known or fitting
        return fitting[0] if len(fitting) == 1 else None

    def _new(self, candidate: Candidate, words: list[str]) -> Entity:
        name = candidate.name or ""
        alias = self._alias(name, words)
        entity = Entity(name, "person")
        if alias is not None:
            entity.actor, entity.country, entity.gender = slug(alias.person), alias.country, alias.gender
            if len(words) == 1:
                entity.name = alias.person
                words = _words(alias.person)
            if self.day is not None:
                entity.offices = frozenset(row.office for row in self.book.held_by(alias.person, self.day))
        self.entities.append(entity)
        self._by_last[words[-1]].append((words, entity))
        for word in words:
            self._by_any[word].append(entity)
        return entity

    def _alias(self, name: str, words: list[str]) -> AliasRow | None:
        """Return the person of the lexicon with this name, middle initials and transliterations aside."""
        whole = self.book.alias_of.get(fold(name))
        if whole is None and len(name) > _LONG:
            whole = self.book.spelled_of.get(self.book.spelled(name))
        if whole is not None or len(words) == 1:
            return whole
        whole = self.book.alias_of.get(" ".join(word for word in words if len(word) > 1))
        if whole is not None:
            return whole
        short = self.book.alias_of.get(words[-1])
        same = short is not None and _first_agrees(_words(short.person)[0], words[0]) and len(words[0]) > 1
        return short if same else None

    def _enrich(self, entity: Entity, candidate: Candidate) -> None:
        self.tell(entity, candidate.role, candidate.country)
        entity.gender = entity.gender or candidate.gender

    def tell(self, entity: Entity, role: str | None, country: str | None) -> None:
        """Add to an entity what a role in the text says of it."""
        if role:
            entity.offices |= self.book.offices_in(role)
            if entity.role is None or self._poor(entity.role):
                entity.role = role
        entity.country = entity.country or country

    def _poor(self, role: str) -> bool:
        """Say whether a role is a title and no more ("Col.", "Maj. Gen.")."""
        return all(fold(word) in self.book.title_of for word in role.replace("-", " ").split())

    def called(self, person: str) -> Entity | None:
        """Return the entity of the person with this full name, if the article names them."""
        wanted = slug(person)
        return next((entity for entity in self.entities if entity.actor == wanted), None)


def _fits(entity: Entity, candidate: Candidate) -> bool:
    return entity.gender is None or candidate.gender is None or entity.gender == candidate.gender
