"""Where an actor is at home: the country that the phrases for a person or a body name, where it has none yet."""

from functools import cached_property

import msgspec

from onrecord.extract.acts_ground import Ground
from onrecord.extract.acts_nation import Nations
from onrecord.extract.acts_role import same_person
from onrecord.lexicon.acts import ActBook
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading


class Homes:
    """Countries of this article's persons and bodies."""

    def __init__(self, reading: Reading, cast: Cast, ground: Ground, nations: Nations, book: ActBook) -> None:
        self.reading, self.cast, self.ground, self.book = reading, cast, ground, book
        self.nations = nations
        self._homes: dict[str, str | None] = {}

    def of(self, member: Member, ref: ActorRef, token: int) -> ActorRef:
        """Return the reference with the country that the phrases for this actor name, where it has none yet."""
        if ref.country is not None or member.sort == "state" or (member.form == "pronoun" and member.sort == "group"):
            return ref
        own = {self.nation(token)} - {None}
        if not own and member.sort == "person":
            if ref.actor not in self._homes:
                self._homes[ref.actor] = self._home(ref)
            own = {self._homes[ref.actor] or self._seat(member, ref) or self._of_office(member, ref)} - {None}
        if not own and self.reading.lemma[token] in self.book.words("seated"):
            own = {role.ref.country for role in self.ground.state_of(token)}
        return msgspec.structs.replace(ref, country=own.pop()) if len(own) == 1 else ref

    @cached_property
    def _nations(self) -> dict[str, set[str | None]]:
        """Countries that the phrases for a person name, by person."""
        found: dict[str, set[str | None]] = {}
        for member in self.cast.members:
            if member.sort == "person" and len(member.refs) == 1 and member.form != "pronoun":
                nation = self.nation(member.head)
                if nation is not None:
                    found.setdefault(member.refs[0].actor, set()).add(nation)
        return found

    def _home(self, ref: ActorRef) -> str | None:
        """Return the only country that the phrases for a person, or for the bearer of the same last name, name."""
        own = self._nations.get(ref.actor) or {
            nation for name, nations in self._nations.items() if same_person(name, ref.actor) for nation in nations
        }
        return next(iter(own)) if len(own) == 1 else None

    def _seat(self, member: Member, ref: ActorRef) -> str | None:
        """Return the state of the capital that an official's paragraph puts in front ("In Pell, President X said")."""
        reading = self.reading
        if not self._official(ref):
            return None
        paragraph = reading.tokens_in(*reading.paragraphs[reading.paragraph_of(reading.start[member.head])])
        sentence = reading.sentences[reading.sentence_of(member.head)]
        for first, last in ((sentence[0], member.first), paragraph):
            found = {
                country for token in range(first + 1, last)
                if reading.word(token - 1) in {"In", "From"} and reading.dep[token] == "pobj"
                for country in self._there(token)
            }  # fmt: skip
            if found:
                return found.pop() if len(found) == 1 else None
        return None

    def _there(self, token: int) -> set[str]:
        member = self.cast.member_at(token)
        if member is not None and member.sort == "state" and len(member.refs) == 1 and member.refs[0].country:
            return {member.refs[0].country}
        return set(self.ground.countries(token, token + 1))

    def _official(self, ref: ActorRef) -> bool:
        office = {word.rpartition("-")[2] for word in f"{ref.role or ''} {ref.name}".lower().split()}
        return not office.isdisjoint(self.book.words("office"))

    def _of_office(self, member: Member, ref: ActorRef) -> str | None:
        """Return the state of an official who is named with the bare office, as reporters name those of the country."""
        role = (ref.role or "").lower().replace("-", " ").split()
        known = self.book.words("office") | self.book.words("office modifier") | self.book.words("state organ")
        if not role or not known.issuperset(role) or not self._official(ref):
            return None
        return self.nations.speaks_for(ref) or self.nations.taken_for_granted(member.head)

    def nation(self, token: int) -> str | None:
        """Return the only country named in a noun phrase or in what stands beside it ("the Tajik general, X")."""
        reading = self.reading
        heads = [token, *reading.children(token, "appos")]
        bare = reading.child(token, "det", "poss", "amod", "nummod") is None
        if reading.dep[token] == "appos" or (reading.dep[token] == "conj" and bare and reading.pos[token] == "NOUN"):
            heads.append(reading.head[token])
        found = set()
        for head in heads:
            for child in reading.children(head):
                member = self.cast.member_at(child)
                if member is None or member.head != child or len(member.refs) != 1 or child > head:
                    continue
                if reading.dep[child] not in {"amod", "compound", "nmod", "poss"} and member.form != "demonym":
                    continue
                ruled = reading.dep[child] == "poss" and reading.lemma[head] in self.book.words("office")
                if member.sort == "state" or (ruled and member.refs[0].country is not None):
                    found.add(member.refs[0].country)
        return found.pop() if len(found) == 1 else None
