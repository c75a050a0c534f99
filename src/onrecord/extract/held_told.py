"""What an article tells outright of who holds whom. Comes in: reading, cast, sides, custody book. Goes out: entries.

An entry is one word (a verb or a noun) that tells that somebody is held or freed, those that it is told of, and the
holder where the clause itself says who.
"""

from collections.abc import Iterator

import msgspec

from onrecord.extract import clause
from onrecord.extract.custody_doubt import known_by_name
from onrecord.extract.custody_members import listed
from onrecord.extract.custody_people import answered, counted_among, persons_at
from onrecord.extract.custody_swap import price_of
from onrecord.extract.custody_verbs import fits, objects, off_topic, phrasal, whom
from onrecord.extract.deals_parties import Sides
from onrecord.extract.deals_terms import number
from onrecord.lexicon.custody import CustodyBook, CustodyRule
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef, Place
from onrecord.model.reading import Reading
from onrecord.model.voices import Voices

_FREE = frozenset({"released", "exchanged", "pardoned"})
_TRIED = frozenset({"charged", "on_trial", "convicted", "sentenced"})
_WIDE = 24
_STATE = frozenset({"state", "government"})


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One word that tells of people held or freed.

    `things` are the head tokens of those it is told of, `persons` those of them with a name; `lemmas`, `count` and
    `nations` say which people; `captive` where they are called hostages or kidnapped, `inmate` where prisoners.
    `price` and `price_nations` are those that they were freed for.
    """

    token: int
    free: bool
    official: bool
    things: tuple[int, ...]
    persons: tuple[ActorRef, ...]
    lemmas: frozenset[str]
    count: int | None
    nations: frozenset[str]
    captive: bool
    inmate: bool
    swap: bool = False
    tried: bool = False
    answer: bool = False
    price: tuple[ActorRef, ...] = ()
    price_nations: frozenset[str] = frozenset()
    holder: ActorRef | None = None
    rule: str | None = None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to read the entries of one article."""

    reading: Reading
    cast: Cast
    places: tuple[Place, ...]
    voices: Voices
    sides: Sides
    book: CustodyBook

    def entries(self) -> Iterator[Entry]:
        """Yield the entries in order of the text."""
        for token in range(len(self.reading)):
            found = self._verb(token) if clause.is_verb(self.reading, token) else self._noun(token)
            if found is not None:
                yield found

    def _verb(self, token: int) -> Entry | None:
        reading, book = self.reading, self.book
        lemma = reading.lemma[token]
        for rule, rest in (*book.of("object", lemma), *book.of("subject", lemma)):
            if rule.status in {None, "missing", "died"} or rule.supported:
                continue
            if not phrasal(reading, token, rest) or not fits(reading, token, rule) or off_topic(reading, token, book):
                continue
            if rule.doers and not any(reading.lemma[one] in rule.doers for one in clause.subject_of(reading, token)):
                continue
            things = self._many(whom(reading, token, rule))
            asked = answered(reading, self.cast, token) or counted_among(reading, self.cast, token)
            asked = asked if rule.status in _FREE else ()
            if asked:
                things = tuple(member.head for member in asked)
            if not things:
                continue
            holder, why = self._holder(token, rule) if not rule.receives else (None, None)
            entry = self._entry(
                token,
                rule.status in _FREE,
                things,
                holder,
                why,
                official=rule.official or rule.status in _TRIED | {"pardoned"},
                swap=rule.status == "exchanged",
                tried=rule.status in _TRIED,
                answer=bool(asked),
            )
            home = {
                ref.country for one in clause.subject_of(reading, token) for ref in self.sides.at(one) if ref.country
            }
            if entry is not None and rule.receives:
                entry = msgspec.structs.replace(entry, nations=entry.nations | home)
            return entry
        if lemma in book.words("hold") and clause.is_passive(reading, token):
            # "five Greeks held by Turkey": no other word is needed where the clause says by whom
            things = self._many(objects(reading, token))
            doers = clause.agent_of(reading, token)
            holder = self.power(doers[0], free=False) if len(doers) == 1 else None
            return self._entry(token, False, things, holder, None) if things and holder is not None else None
        moved = lemma in book.words("move") and any(
            reading.lemma[child] in book.words("prison")
            for prep in reading.children(token, "prep")
            if reading.lemma[prep] == "from"
            for child in reading.children(prep, "pobj")
        )
        things = self._many(objects(reading, token)) if moved else ()
        holder = self._prison(token) if things else None
        return self._entry(token, False, things, holder, "held.prison") if things and holder else None

    def _noun(self, token: int) -> Entry | None:
        """Return what a noun tells: "the release of nine people", "A's captives"."""
        reading, book = self.reading, self.book
        if reading.dep[token] == "amod" and book.of("adjective", reading.word(token).lower()):
            things = self._many((reading.head[token],))
            return self._entry(token, False, things, None, None)
        if reading.pos[token] != "NOUN" or reading.lemma[token] not in book.words("releasing"):
            return None
        things = self._many(clause.preposition(reading, token, "of"))
        if not things:
            return None
        owner = reading.child(token, "poss")
        holder = self.power(owner, free=True) if owner is not None else None
        above = reading.head[token]
        if holder is None and reading.dep[token] == "dobj" and reading.lemma[above] in book.words("lets"):
            doers = clause.subject_of(reading, above)
            holder = self.power(doers[0], free=True) if len(doers) == 1 else None
        agent = next((prep for prep in reading.children(token, "prep", "agent") if reading.lemma[prep] == "by"), None)
        if holder is None and agent is not None:
            doers = reading.children(agent, "pobj")
            holder = self.power(doers[0], free=True) if len(doers) == 1 else None
        return self._entry(token, True, things, holder, None)

    def _many(self, tokens: tuple[int, ...]) -> tuple[int, ...]:
        found: list[int] = []
        for token in tokens:
            found += clause.conjuncts(self.reading, token)
        return tuple(dict.fromkeys(found))

    def _entry(
        self, token: int, free: bool, things: tuple[int, ...], holder: ActorRef | None, rule: str | None,
        *, official: bool = False, swap: bool = False, tried: bool = False, answer: bool = False,
    ) -> Entry | None:  # fmt: skip
        reading, book = self.reading, self.book
        persons: dict[str, ActorRef] = {}
        near: set[str] = set()
        nations: set[str] = set()
        counts: list[int] = []
        for thing in things:
            for member in (*persons_at(reading, self.cast, thing), *self._included(thing)):
                persons.setdefault(member.refs[0].actor, member.refs[0])
            near |= {reading.lemma[thing]} | {reading.lemma[c] for c in reading.children(thing, "amod", "compound")}
            near |= {reading.word(c).lower() for c in reading.children(thing, "amod")}
            nations |= self._nations(thing)
            counts += [n for n in (number(reading.word(c)) for c in reading.children(thing, "nummod")) if n]
            if reading.tag[thing] == "CD" or reading.pos[thing] == "NUM":
                counts += [n for n in (number(reading.word(thing)),) if n]
        if holder is not None and free and self._rescued(token, near, holder):
            holder, rule = None, None
        given = (
            [more for one in price_of(reading, token, book) for more in clause.conjuncts(reading, one)] if free else []
        )
        price = {one.refs[0].actor: one.refs[0] for thing in given for one in persons_at(reading, self.cast, thing)}
        return Entry(
            token=token, free=free, official=official, things=things, persons=tuple(persons.values()),
            lemmas=frozenset(reading.lemma[thing] for thing in things), count=sum(counts) or None,
            nations=frozenset(nations), captive=bool(near & book.words("taken")),
            inmate=bool(near & book.words("inmate")),
            price=tuple(price.values()), price_nations=frozenset(n for thing in given for n in self._nations(thing)),
            swap=swap, tried=tried, answer=answer, holder=holder, rule=rule,
        )  # fmt: skip

    def _nations(self, thing: int) -> set[str]:
        found = set()
        for token in (thing, *self.reading.children(thing, "amod", "compound", "nmod")):
            for member in self.cast.within(token, token + 1):
                if member.sort in {"state", "group"} and member.form in {"demonym", "group", "name"}:
                    found |= {ref.country for ref in member.refs if ref.country}
            whole = self.cast.member_at(token)
            if token == thing and whole is not None and whole.sort == "group" and whole.head == token:
                found |= {ref.country for ref in whole.refs if ref.country}
        return found

    def _rescued(self, token: int, near: set[str], holder: ActorRef) -> bool:
        """Say whether those freed are rather rescued: hostages freed by a state, or in a raid."""
        reading, book = self.reading, self.book
        first, last = reading.sentences[reading.sentence_of(token)]
        raid = any(
            reading.lemma[at] in book.words("raid") for at in range(max(first, token - 40), min(last, token + 40))
        )
        return raid or (bool(near & book.words("taken")) and holder.country == holder.actor)

    def _holder(self, token: int, rule: CustodyRule) -> tuple[ActorRef | None, str | None]:
        """Return who holds (or held) those that this verb tells of, as its own clause says."""
        reading = self.reading
        free = rule.status in _FREE
        if rule.sort == "object" and not self._helps(token):
            doers = clause.subject_of(reading, token)
            found = {ref.actor: ref for ref in (self.power(one, free=free) for one in doers) if ref is not None}
            if len(found) == 1:
                return next(iter(found.values())), None
            if doers and found:
                return None, None
        prison = self._prison(token)
        if prison is not None:
            return prison, "held.prison"
        there = rule.official or rule.status in _TRIED
        return (self._land(token), None) if there and not self._armed_near(token) else (None, None)

    def _helps(self, token: int) -> bool:
        """Say whether the verb only tells what somebody works for: "helped to free", "wants to free"."""
        reading, at = self.reading, token
        for _ in range(3):
            if reading.dep[at] == "conj":
                at = reading.head[at]
                continue
            if reading.dep[at] not in {"xcomp", "ccomp", "pcomp", "acl", "advcl"}:
                return False
            at = reading.head[at]
            if reading.lemma[at] in self.book.words("help"):
                return True
        return False

    def _prison(self, token: int) -> ActorRef | None:
        """Return whose prison or captivity hangs on the verb: "freed from A jails", "in B captivity"."""
        reading, book = self.reading, self.book
        first, last = reading.sentences[reading.sentence_of(token)]
        for noun in range(max(first, token + 1), min(last, token + _WIDE)):
            if reading.lemma[noun] not in book.words("prison") or reading.dep[noun] != "pobj":
                continue
            prep = reading.head[noun]
            if reading.lemma[prep] not in {"in", "from", "at", "into", "to", "inside", "behind"} or not self._on(
                prep, token
            ):
                continue
            for child in reading.children(noun, "amod", "compound", "poss", "nmod"):
                found = self.power(child, free=False) or self._state_at(child)
                if found is not None:
                    return found
            for inner in clause.preposition(reading, noun, "in", "of", "near", "outside"):
                found = self._state_at(inner)
                if found is not None:
                    return found
        return None

    def _on(self, prep: int, verb: int) -> bool:
        reading, at = self.reading, prep
        for _ in range(3):
            at = reading.head[at]
            if at == verb:
                return True
            if clause.is_verb(reading, at):
                return False
        return False

    def _land(self, token: int) -> ActorRef | None:
        """Return the state in which a deed of police, court or prison is done: "jailed in A"."""
        reading = self.reading
        for prep in reading.children(token, "prep"):
            if reading.lemma[prep] in {"in", "at", "near", "outside"}:
                for noun in reading.children(prep, "pobj"):
                    found = self._state_at(noun)
                    if found is not None:
                        return found
                    for inner in clause.preposition(reading, noun, "in", "of"):
                        found = self._state_at(inner)
                        if found is not None:
                            return found
        for noun in clause.preposition(reading, token, "on", "for", "with", "to"):
            # "jailed for 22 years on treason charges in A"
            if reading.lemma[noun] in self.book.words("charge") | self.book.words("term") | {"trial"}:
                for inner in clause.preposition(reading, noun, "in"):
                    found = self._state_at(inner)
                    if found is not None:
                        return found
        return None

    def _armed_near(self, token: int) -> bool:
        first, last = self.reading.sentences[self.reading.sentence_of(token)]
        return any(member.sort == "armed_group" for member in self.cast.within(first, last))

    def _state_at(self, token: int) -> ActorRef | None:
        """Return the state that is named at this token, or whose place is."""
        for member in (*self.cast.within(token, token + 1), self.cast.member_at(token)):
            if member is not None and member.sort in _STATE and len(member.refs) == 1 and member.refs[0].country:
                return self._state(member.refs[0].country)
        start = self.reading.start[token]
        for place in self.places:
            if place.start <= start < place.end and place.country:
                return self._state(place.country)
        return None

    def _state(self, country: str) -> ActorRef:
        return self.sides.state(country)

    def power(self, token: int, *, free: bool) -> ActorRef | None:
        """Return the state or armed group that the token stands for, where that can hold people."""
        reading, book = self.reading, self.book
        member = self.cast.member_at(token)
        official = reading.lemma[token] in book.words("authority")
        if member is not None and member.sort == "person" and not official:
            ref = member.refs[0] if len(member.refs) == 1 else None
            return self._state(ref.country) if ref is not None and free and ref.role and ref.country else None
        named = self.sides.at(token) or self._called(token)
        if reading.pos[token] == "PRON" and not self.cast.refs_at(token):
            # "the group says it is willing to ...": who speaks speaks of himself
            voice = self.voices.at(reading.start[token])
            speaker = voice.speaker if voice is not None else None
            named = self.sides.of_actor(speaker.actor) if speaker is not None else ()
        if len(named) == 1:
            return named[0] if known_by_name(named[0], book) else None
        if len(named) > 1:
            return None
        if member is not None and member.sort in {"group", "organisation"} and len(member.refs) == 1:
            ref = member.refs[0]
            if reading.lemma[token] in book.words("armed"):
                return ref if known_by_name(ref, book) else None
            return self._state(ref.country) if official and ref.country and len(ref.country) == 3 else None
        return None

    def _called(self, token: int) -> tuple[ActorRef, ...]:
        """Return the armed group by whose name these go: "the gang, known as A", "a group calling itself A"."""
        reading = self.reading
        for told in reading.children(token, "acl", "relcl"):
            if reading.lemma[told] not in self.book.words("naming"):
                continue
            ends = [*reading.children(told, "oprd", "dobj", "ccomp")]
            ends += [end for prep in reading.children(told, "prep") for end in reading.children(prep, "pobj")]
            for end in ends:
                if any(ref.actor != ref.country for ref in self.sides.at(end)):
                    return self.sides.at(end)
        return ()

    def _included(self, thing: int) -> tuple[Member, ...]:
        """Return who are named as some of these: "The As held by B include X, who was seized in May, and Y"."""
        reading, verb = self.reading, self.reading.head[thing]
        plain = reading.lemma[verb] == "include" and reading.child(verb, "neg") is None
        if not plain or reading.dep[thing] != "nsubj" or verb < thing:
            return ()
        _, last = reading.sentences[reading.sentence_of(verb)]
        return listed(reading, self.cast, verb + 1, min(last, verb + 2 * _WIDE))
