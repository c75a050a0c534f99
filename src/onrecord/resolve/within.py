"""Find whom every candidate stands for. Comes in: candidates. Goes out: the cast, and what was left open.

Every member says in words how it was resolved. Where two people could be meant nobody is named: a wrong attribution
is the worst thing this program can do.
"""

from onrecord.lexicon import Lexicon
from onrecord.lexicon.people import PeopleBook, fold, slug
from onrecord.model.cast import Candidate, Cast, Member
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef, Mention
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.resolve.pronouns import Trail, gender_fits
from onrecord.resolve.within_entities import Entity, People
from onrecord.resolve.within_groups import Pairs, says_two
from onrecord.resolve.within_offices import Offices

_FIRST = ("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves")
_SECOND = ("you", "your", "yours", "yourself", "yourselves")
_RELATIVE = frozenset({"who", "whom", "whose"})
_POWERS = frozenset({"state", "government", "armed_group", "organisation"})

type Resolved = tuple[tuple[Entity, ...], str]


def run(
    *, document: Document, reading: Reading, candidates: tuple[Candidate, ...], lexicon: Lexicon
) -> tuple[Cast, tuple[Rejection, ...]]:
    """Return the cast of the article and a rejection for each pronoun or name that could mean more than one."""
    return _Article(document, reading, candidates, lexicon.people).cast()


class _Article:
    def __init__(
        self, document: Document, reading: Reading, candidates: tuple[Candidate, ...], book: PeopleBook
    ) -> None:
        self.document, self.reading, self.candidates, self.book = document, reading, candidates, book
        day = document.published_day
        self.people = People((one for one in candidates if one.sort == "person" and one.form == "name"), book, day)
        self.offices = Offices(reading, self.people, book, day)
        self.by_head = {one.head: one for one in candidates}
        self.named_at = {one.first: one for one in candidates if one.form == "name" and one.sort == "person"}
        self.linked = self._appositions()
        self.trail = Trail(reading)
        self.trail.names = {**self.people.by_head, **self.linked}
        self.pairs = Pairs(reading, self.trail)
        self.entities: dict[str, Entity] = {}
        self.unnamed: dict[str, Entity] = {}
        self.armed: list[Entity] = []
        self.ruling: dict[str, set[str]] = {}
        self.rejections: list[Rejection] = []

    def _appositions(self) -> dict[int, Entity]:
        """Tie roles to the names that they stand beside ("X, the minister of Y", "its spokesman, X")."""
        linked = {}
        for candidate in self.candidates:
            if candidate.form != "office":
                continue
            beside = [*self.reading.children(candidate.head, "appos")]
            if self.reading.dep[candidate.head] == "appos":
                beside.append(self.reading.head[candidate.head])
            beside += self._next_to(candidate)
            for token in beside:
                entity = self.people.by_head.get(token)
                if entity is not None and candidate.gender in (None, entity.gender or candidate.gender):
                    linked[candidate.head] = entity
                    entity.gender = entity.gender or candidate.gender
                    self.people.tell(entity, candidate.role, candidate.country)
                    break
        return linked

    def _next_to(self, candidate: Candidate) -> list[int]:
        """Return the name after the comma that follows a role, where the parser hung it on the role's last word."""
        comma = candidate.last
        if comma + 1 >= len(self.reading) or self.reading.word(comma) != ",":
            return []
        name = self.named_at.get(comma + 1)
        return [name.head] if name is not None and self.reading.dep[name.head] == "appos" else []

    def cast(self) -> tuple[Cast, tuple[Rejection, ...]]:
        members, mentions = [], []
        for candidate in self.candidates:
            entities, how = self._resolve(candidate)
            self.trail.add(candidate.head, entities)
            if len(entities) == 1:
                self.pairs.add(candidate.head, entities[0])
                self._learn(candidate, entities[0])
            span = self._cite(candidate)
            refs = tuple(entity.ref(span) for entity in entities)
            members.append(
                Member(
                    first=candidate.first,
                    last=candidate.last,
                    head=candidate.head,
                    form=candidate.form,
                    sort=entities[0].sort if len(entities) == 1 else candidate.sort,
                    refs=refs,
                    how=how,
                )
            )
            mentions += [self._mention(span, ref, entity) for ref, entity in zip(refs, entities, strict=True)]
        return Cast(members=tuple(members), mentions=tuple(mentions)), tuple(self.rejections)

    def _cite(self, candidate: Candidate) -> Span:
        return self.document.cite(self.reading.start[candidate.first], self.reading.end[candidate.last - 1])

    def _mention(self, span: Span, ref: ActorRef, entity: Entity) -> Mention:
        return Mention(
            document=self.document.id,
            start=span.start,
            end=span.end,
            text=span.text,
            actor=ref.actor,
            sort=entity.sort,
            chain=identity("chain", self.document.id, ref.actor),
        )

    def _learn(self, candidate: Candidate, entity: Entity) -> None:
        if candidate.form == "pronoun" and entity.sort == "person" and candidate.gender in {"m", "f"}:
            entity.gender = entity.gender or candidate.gender
        if entity.sort == "armed_group" and all(entity.actor != other.actor for other in self.armed):
            self.armed.append(entity)
        if entity.sort == "government" and entity.country and candidate.form == "body":
            self.ruling.setdefault(self.reading.lemma[candidate.head], set()).add(entity.country)

    def _resolve(self, candidate: Candidate) -> Resolved:
        if candidate.form == "pronoun":
            return self._pronoun(candidate)
        if candidate.form == "name" and candidate.sort == "person":
            return self._person(candidate)
        if candidate.actor is not None:
            return (self._known(candidate),), "named; the lexicon knows it"
        if candidate.form == "office":
            return self._office(candidate)
        return self._group(candidate)

    def _reject(self, code: str, candidate: Candidate, note: str) -> None:
        self.rejections.append(
            Rejection(code=code, stage="resolve", document=self.document.id, span=self._cite(candidate), note=note)
        )

    def _person(self, candidate: Candidate) -> Resolved:
        entity = self.people.by_head.get(candidate.head)
        if entity is None:
            self._reject("R304", candidate, "more than one person of this name in the article")
            lone = self._once(candidate.name or "", candidate)
            return (lone,), "a name that more than one person of the article bears; left apart"
        if fold(candidate.name or "") == fold(entity.name):
            return (entity,), "named in full"
        return (entity,), f"short or other form of {entity.name}"

    def _once(self, name: str, candidate: Candidate) -> Entity:
        key = f"{fold(name)}|{candidate.country}"
        if key not in self.entities:
            entity = Entity(name, candidate.sort, actor=candidate.actor, country=candidate.country)
            entity.gender, entity.plural = candidate.gender, bool(candidate.plural)
            self.entities[key] = entity
        return self.entities[key]

    def _known(self, candidate: Candidate) -> Entity:
        name = candidate.name or candidate.actor or ""
        key = f"{candidate.actor}|{fold(name)}"
        if key not in self.entities:
            entity = Entity(name, candidate.sort, actor=candidate.actor, country=candidate.country)
            entity.gender, entity.plural = "n", bool(candidate.plural)
            self.entities[key] = entity
        return self.entities[key]

    def _office(self, candidate: Candidate) -> Resolved:
        if candidate.head in self.linked:
            entity = self.linked[candidate.head]
            entity.country = entity.country or self._owner(candidate)
            return (entity,), f"stands beside the name {entity.name}"
        determiner = self._determiner(candidate)
        country = candidate.country or self._owner(candidate)
        organisation = self._organisation(candidate)
        if determiner not in {"a", "an", "another", "one", "some"}:
            if organisation or country:
                entity, how = self.offices.by_country(candidate, organisation or country or "")
                if entity is not None:
                    return (entity,), how
            if not country and determiner in {"the", ""}:
                found = self._bare_office(candidate)
                if found is not None:
                    return found
            if determiner in {"the", ""}:
                same = self.offices.by_role(candidate)
                if len(same) == 1:
                    return (same[0],), f"repeats the role of {same[0].name}"
                head = self.reading.lemma[candidate.head]
                if not same and determiner == "the" and head in self.unnamed and not organisation:
                    before = self.unnamed[head]
                    if country in (None, before.country):
                        return (before,), f"the {head} spoken of before"
        return (self._stranger(candidate, country),), "a person who isn't named"

    def _determiner(self, candidate: Candidate) -> str:
        if self.reading.pos[candidate.first] in {"DET", "NUM"} and candidate.first < candidate.head:
            return fold(self.reading.word(candidate.first))
        return ""

    def _organisation(self, candidate: Candidate) -> str | None:
        for token in range(candidate.first, candidate.last):
            inner = self.by_head.get(token)
            if inner is not None and inner is not candidate and inner.form in {"body", "group"} and inner.actor:
                return inner.actor
        return None

    def _owner(self, candidate: Candidate) -> str | None:
        """Return the country of a possessive pronoun in front ("its spokesman"), if it was resolved."""
        for child in self.reading.children(candidate.head, "poss"):
            pronoun = self.by_head.get(child)
            owners = self.trail.by_head.get(child, ())
            if not owners and pronoun is not None and pronoun.form == "pronoun" and pronoun.gender == "n":
                owners = self._thing(pronoun)[0]
            if len(owners) == 1 and owners[0].sort != "person":
                return owners[0].country
        return None

    def _stranger(self, candidate: Candidate, country: str | None) -> Entity:
        name = candidate.name or "somebody"
        entity = Entity(name, "person", actor=f"{slug(name)}-{self.document.id[-6:]}", country=country)
        entity.gender, entity.role = candidate.gender, None
        self.unnamed[self.reading.lemma[candidate.head]] = entity
        return entity

    def _bare_office(self, candidate: Candidate) -> Resolved | None:
        holding = self.offices.holding(candidate)
        if not holding:
            named = {entity.actor for entity in self.entities.values() if entity.sort == "organisation"}
            found = [who for who in (self.offices.by_country(candidate, body) for body in sorted(named)) if who[0]]
            return ((found[0][0],), found[0][1]) if len(found) == 1 and found[0][0] else None
        if len(holding) == 1:
            return (holding[0],), f"the only one in the article who holds this office: {holding[0].name}"
        sentence = self.reading.sentence_of(candidate.head)
        first, last = self.reading.sentences[sentence]
        clause = self._clause(candidate.head)
        beside = {
            id(self.people.by_head[token])
            for token in range(first, min(last, first + 300))
            if token in self.people.by_head and self._clause(token) == clause
        }
        wanted = {id(entity) for entity in holding} - beside
        for back in range(1, 7):
            mains = {
                id(seen.entities[0]): seen.entities[0]
                for seen in self.trail.by_sentence[sentence - back]
                if len(seen.entities) == 1 and seen.main and id(seen.entities[0]) in wanted
            }
            if len(mains) == 1:
                entity = next(iter(mains.values()))
                return (entity,), f"the last holder of this office who was a subject: {entity.name}"
            if mains:
                break
        self._reject("R304", candidate, "more than one person in the article holds this office")
        return (), "more than one person in the article holds this office"

    def _clause(self, token: int) -> int:
        """Return the verb of the clause that this token stands in."""
        for above in self.reading.ancestors(token):
            if self.reading.pos[above] in {"VERB", "AUX"}:
                return above
        return -1

    def _group(self, candidate: Candidate) -> Resolved:
        epithet = self.offices.epithet(candidate)
        kind = epithet.kind if epithet and candidate.form != "demonym" else None
        determiner = self._determiner(candidate)
        if kind == "pair" or (kind == "person" and candidate.plural and says_two(self.reading, candidate)):
            fitting = None
            if kind == "person" and self.offices.offices(candidate):
                fitting = frozenset(id(entity) for entity in self.offices.holding(candidate))
            two = self.pairs.two_persons(candidate, fitting)
            return (two, "the two named last") if two else ((), "two people, not sure which")
        if kind == "side" and candidate.plural:
            several = self._states_inside(candidate)
            if len(several) > 1:
                return several, "the states named in it"
            two = self.pairs.two_powers(candidate)
            return (two, "the two powers named side by side") if two else ((), "the sides, not sure which")
        several = self._states_inside(candidate)
        if candidate.plural and len(several) > 1:
            parts = tuple(self._part(candidate, state) for state in several)
            return parts, "one group for each state named in it"
        if self._fights(candidate) and len(self.armed) == 1 and self._of_a_group(candidate):
            return (self.armed[0],), "those of the only armed group in the article"
        if candidate.form != "demonym" and determiner in {"the", "this", "that"} and candidate.country is None:
            if (kind == "armed" or self._fights(candidate)) and len(self.armed) == 1:
                return (self.armed[0],), "the only armed group in the article"
            if kind in {"government", "force"} and candidate.last - candidate.first == 2:
                ruling = self.ruling.get(self.reading.lemma[candidate.head]) or set().union(*self.ruling.values())
                if len(ruling) == 1:
                    country = min(ruling)
                    entity = Entity(candidate.name or "", "government", actor=country, country=country)
                    return (entity,), "of the only country whose government or forces the article names"
        if kind in {"government", "force"} and candidate.country is None:
            owner = self._owner(candidate)
            if owner is not None:
                return (Entity(candidate.name or "", "government", actor=owner, country=owner),), "of the one before"
        return (self._once(candidate.name or "", candidate),), "described, not named"

    def _of_a_group(self, candidate: Candidate) -> bool:
        inside = (self.by_head.get(token) for token in range(candidate.head + 1, candidate.last))
        return any(one is not None and one.sort == "armed_group" for one in inside)

    def _fights(self, candidate: Candidate) -> bool:
        return self.reading.lemma[candidate.head] in self.book.armed_words

    def _states_inside(self, candidate: Candidate) -> tuple[Entity, ...]:
        found: dict[str, Entity] = {}
        for token in range(candidate.first, candidate.last):
            inner = self.by_head.get(token)
            if inner is not None and inner is not candidate and inner.actor and inner.sort == "state":
                found.setdefault(inner.actor, self._known(inner))
        return tuple(found.values())

    def _part(self, candidate: Candidate, state: Entity) -> Entity:
        adjective = self.book.state_of[state.actor].adjectives[:1] if state.actor in self.book.state_of else ()
        name = f"{adjective[0] if adjective else state.name} {self.reading.word(candidate.head)}"
        entity = Entity(name, "group", country=state.country)
        entity.plural = True
        return entity

    def _pronoun(self, candidate: Candidate) -> Resolved:
        word = candidate.name or ""
        if word in (*_FIRST, *_SECOND):
            return (), "first or second person: whoever speaks"
        if word in _RELATIVE:
            return self._relative(candidate)
        if candidate.gender in {"m", "f"}:
            entity, how = self.trail.choose(candidate.head, gender_fits(candidate))
            if entity is None:
                self._reject("R303", candidate, how)
                return (), how
            return (entity,), how
        return self._thing(candidate)

    def _relative(self, candidate: Candidate) -> Resolved:
        at = candidate.head
        for _ in range(5):
            if self.reading.dep[at] == "relcl":
                found = self.trail.by_head.get(self.reading.head[at], ())
                return found, "the one that the relative clause hangs on" if found else "nobody known"
            if self.reading.head[at] == at:
                break
            at = self.reading.head[at]
        return (), "a question or nobody known"

    def _thing(self, candidate: Candidate) -> Resolved:
        head = candidate.head
        verb = self.reading.head[head]
        many = bool(candidate.plural)
        if not many and self.reading.dep[head] != "poss" and (
            self.reading.lemma[verb] == "be" or self.reading.dep[head] not in {"nsubj", "nsubjpass"}
        ):  # fmt: skip
            return (), "a thing or nothing at all"
        found = self.trail.subject_before(head, _plural if many else _single)
        if found:
            return found, "subject that governs it or of the sentence before"
        if many and self.reading.dep[head] in {"nsubj", "nsubjpass"}:
            self._reject("R303", candidate, "no plural subject before it")
        return (), "not sure whom"


def _single(entity: Entity) -> bool:
    return entity.sort in _POWERS and not entity.plural


def _plural(entity: Entity) -> bool:
    return entity.sort != "person" and (entity.plural or entity.sort != "state")
