"""Where an actor is at home: the country that the phrases for a person or a body name, where it has none yet."""

from functools import cached_property

import msgspec

from onrecord.extract.acts_ground import Ground
from onrecord.extract.acts_role import same_person
from onrecord.lexicon.acts import ActBook
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading


class Homes:
    """Countries of this article's persons and bodies."""

    def __init__(self, reading: Reading, cast: Cast, ground: Ground, book: ActBook) -> None:
        self.reading, self.cast, self.ground, self.book = reading, cast, ground, book
        self._homes: dict[str, str | None] = {}
        self._seats: dict[int, str | None] = {}

    def of(self, member: Member, ref: ActorRef, token: int) -> ActorRef:
        """Return the reference with the country that the phrases for this actor name, where it has none yet."""
        if ref.country is not None or member.sort == "state" or (member.form == "pronoun" and member.sort == "group"):
            return ref
        own = {self.nation(token)} - {None}
        if not own and member.sort == "person":
            if ref.actor not in self._homes:
                self._homes[ref.actor] = self._home(ref)
            own = {self._homes[ref.actor] or self._seat(member, ref)} - {None}
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
        office = {word.rpartition("-")[2] for word in f"{ref.role or ''} {ref.name}".lower().split()}
        if office.isdisjoint(self.book.words("office")):
            return None
        place = reading.paragraph_of(reading.start[member.head])
        if place not in self._seats:
            first, last = reading.tokens_in(*reading.paragraphs[place])
            found = {
                one.refs[0].country for one in self.cast.within(first, last)
                if one.sort == "state" and len(one.refs) == 1 and one.first > 0
                and reading.word(one.first - 1) in {"In", "From"} and reading.dep[one.head] == "pobj"
            }  # fmt: skip
            self._seats[place] = found.pop() if len(found) == 1 else None
        return self._seats[place]

    def nation(self, token: int) -> str | None:
        """Return the only country named in a noun phrase or in what stands beside it ("the Tajik general, X")."""
        reading = self.reading
        heads = [token, *reading.children(token, "appos")]
        if reading.dep[token] == "appos":
            heads.append(reading.head[token])
        found = set()
        for head in heads:
            for child in reading.children(head, "amod", "compound", "nmod", "poss"):
                member = self.cast.member_at(child)
                if member is None or member.head != child or len(member.refs) != 1:
                    continue
                ruled = reading.dep[child] == "poss" and reading.lemma[head] in self.book.words("office")
                if member.sort == "state" or (ruled and member.refs[0].country is not None):
                    found.add(member.refs[0].country)
        return found.pop() if len(found) == 1 else None
