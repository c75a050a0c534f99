"""Turn the tokens in a rule's places into actor references: by the cast, by who owns an army, by who speaks."""

from functools import cached_property

from onrecord.extract.acts_echo import parted
from onrecord.extract.acts_ground import Ground
from onrecord.extract.acts_home import Homes
from onrecord.extract.acts_nation import Nations
from onrecord.extract.acts_role import BY_STATE, CODE, Role, slug
from onrecord.extract.clause import agent_of, conjuncts
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast, Member
from onrecord.model.mention import ActorRef, Place
from onrecord.model.reading import Reading
from onrecord.model.text import Document
from onrecord.model.vocabulary import ActorSort
from onrecord.model.voices import Voices

_FIRST_PERSON = frozenset({"i", "we", "us", "our", "my", "me", "ours", "mine", "ourselves"})
_POLITICAL: frozenset[ActorSort] = frozenset({"state", "government", "armed_group"})
_DUAL = frozenset({"two", "both", "neither", "either", "three", "all", "other", "each"})
_THEM = frozenset({"they", "them", "it", "he", "she", "him", "her"})


class Roles:
    """Who stands at a token of this article."""

    def __init__(
        self,
        document: Document,
        reading: Reading,
        cast: Cast,
        places: tuple[Place, ...],
        *,
        voices: Voices,
        lexicon: Lexicon,
    ) -> None:
        self.document, self.reading, self.cast, self.voices = document, reading, cast, voices
        self.book, self.people = lexicon.acts, lexicon.people
        self.ground = Ground(document, reading, cast, places, lexicon)
        self.nations = Nations(document, reading, cast, self.ground, voices)
        self.homes = Homes(reading, cast, self.ground, self.nations, lexicon.acts)
        self._heads_made: dict[str, dict[str, ActorRef]] | None = None

    def who(self, tokens: tuple[int, ...]) -> tuple[Role, ...]:
        """Return those who stand at these tokens, each once, and as told rather than as inferred."""
        found: dict[str, Role] = {}
        for token in tokens:
            for role in self._at(token, 0):
                if found.setdefault(role.ref.actor, role).inferred is not None and role.inferred is None:
                    found[role.ref.actor] = role
        return tuple(found.values())

    def powers(self, roles: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return the states and armed groups among these, a person of a state as the state."""
        found: dict[str, Role] = {}
        for role in roles:
            key = role.ref.actor if CODE.fullmatch(role.ref.actor) else role.ref.country
            if key is not None:
                ref = role.ref if key == role.ref.actor else ActorRef(key, self.ground.state_name(key), key)
                found.setdefault(key, Role(ref, political=True))
        return tuple(found.values())

    def owners_of(self, tokens: tuple[int, ...]) -> tuple[Role, ...]:
        """Return the states and armed groups whose things these are ("closed Velmoran ports")."""
        found: dict[str, Role] = {}
        for token in tokens:
            if self.reading.pos[token] not in {"NOUN", "PROPN"}:
                continue
            for role in self.powers(self._owners(token, 1)):
                found.setdefault(role.ref.actor, role)
        return tuple(found.values())

    def ground_of(self, tokens: tuple[int, ...]) -> tuple[Role, ...]:
        """Return whose ground these places are: their holder, their owner, else the state that they lie in."""
        found: dict[str, Role] = {}
        for token in tokens:
            for role in self._holders(token) or self.ground.state_of(token):
                found.setdefault(role.ref.actor, role)
        return tuple(found.values())

    def _holders(self, token: int) -> tuple[Role, ...]:
        reading = self.reading
        if reading.lemma[token] not in self.book.words("ground"):
            return ()
        held = [
            agent for clause in reading.children(token, "acl", "relcl") for agent in agent_of(reading, clause)
        ]  # fmt: skip
        return self.who(tuple(held)) if held else self._owners(token, 1)

    def _at(self, token: int, depth: int) -> tuple[Role, ...]:
        reading, cast, book = self.reading, self.cast, self.book
        if depth > 4:
            return ()
        lemma = reading.lemma[token]
        dateline = self.document.dateline
        if dateline is not None and dateline.start <= reading.start[token] < dateline.end:
            beside = [more for child in reading.children(token, "appos") for more in conjuncts(reading, child)]
            return tuple(role for one in beside for role in self._at(one, depth + 1))
        member = cast.member_at(token)
        if member is not None and member.refs and not self._inside_only(member, token):
            return self._stands(member, token, depth)
        if lemma in _FIRST_PERSON or reading.word(token).lower() in _FIRST_PERSON:
            statement = self.voices.at(reading.start[token])
            if statement is not None and statement.speaker is not None:
                return (Role(statement.speaker, self._known(statement.speaker)),)
            return ()
        if lemma in _THEM:
            return self._carried_over(token, depth)
        if reading.tag[token] == "PRP$":
            return self._of_speaker(token)
        beside = [child for child in reading.children(token, "appos") if reading.pos[child] == "PROPN"]
        named = cast.member_at(beside[0]) if beside else None
        if named is not None and named.refs and named.sort == "person":
            return self._stands(named, beside[0], depth + 1)
        if reading.dep[token] == "appos" and reading.pos[reading.head[token]] == "PROPN":
            named = cast.member_at(reading.head[token])
            if named is not None and named.refs:
                return self._stands(named, reading.head[token], depth + 1)
        if lemma in book.words("container") or reading.pos[token] == "NUM":
            inner = [
                more for prep in reading.children(token, "prep") if reading.lemma[prep] in {"of", "from"}
                for child in reading.children(prep, "pobj") for more in conjuncts(reading, child)
            ]  # fmt: skip
            if inner:
                return tuple(role for one in inner for role in self._at(one, depth + 1))
        if lemma in book.words("organ") or lemma in book.words("weapon") or lemma in book.words("deed"):
            owners = self._owners(token, depth) or self._same_head(token) or self._just_said(token)
            if owners:
                return owners
        if reading.dep[token] in {"poss", "amod", "compound", "nmod"} and reading.pos[token] != "PROPN":
            known = self._same_head(token) if lemma in book.words("organ") else ()
            if known:
                return known
            theirs = reading.dep[token] == "compound" and lemma in book.words("state organ")
            theirs = theirs and reading.word(reading.head[token]).lower() in book.words("own deed")
            owner = reading.dep[token] == "poss" and lemma in book.words("group")
            return self._described(token) if owner or theirs else ()
        counted = reading.pos[token] == "NUM" and reading.dep[token] in {"nsubj", "nsubjpass", "dobj"}
        whole = parted(reading, token) if counted else None
        if whole is not None:
            return self._at(whole, depth + 1)
        if counted or any(lemma in book.words(name) for name in ("group", "organ", "victim")):
            return self._described(token)
        if lemma in book.words("organisation"):
            return tuple(
                role
                for child in reading.children(token, "poss", "compound", "amod")
                for role in self._at(child, depth + 1)
            )
        return ()

    def _stands(self, member: Member, token: int, depth: int) -> tuple[Role, ...]:
        """Return whom a member stands for; an officer of a body or an armed group acts for it."""
        roles = []
        for ref in member.refs:
            served = self._serves.get(ref.actor) if member.sort == "person" else None
            ref = served or self.homes.of(member, ref, token)  # noqa: PLW2901 - the same actor, with a country
            roles.append(Role(ref, self._political(member, ref) or served is not None))
        lemma, book = self.reading.lemma[token], self.book
        if len(roles) == 1 and member.how.startswith("described") and roles[0].ref.country is None:
            named = self._apposed(token, depth)
            if named:
                return named
            theirs = lemma in book.words("organ") and self.reading.child(token, "poss") is not None
            if theirs or any(lemma in book.words(name) for name in ("weapon", "deed", "state organ")):
                return self._owners(token, depth) or self._same_head(token) or tuple(roles)
        return tuple(roles)

    def _apposed(self, token: int, depth: int) -> tuple[Role, ...]:
        """Return who is named beside a description ("a rival faction, the 33rd Front")."""
        reading = self.reading
        for child in reading.children(token, "appos"):
            if reading.pos[child] == "PROPN":
                known = self._at(child, depth + 1)
                if known:
                    return known
                first = reading.subtree(child)[0]
                while first < child and reading.pos[first] in {"DET", "PUNCT"}:
                    first += 1
                name = reading.words(first, child + 1)
                span = self.document.cite(reading.start[first], reading.end[child])
                return (Role(ActorRef(slug(name), name, None, None, span), political=True),)
        return ()

    @cached_property
    def _serves(self) -> dict[str, ActorRef]:
        """Persons whose own phrase or office names the body or armed group that they act for."""
        bodies = {
            row.actor: ActorRef(row.actor, row.name, row.country) for row in self.people.bodies if row.country is None
        }
        found = {
            slug(row.person): bodies[row.country] for row in self.people.office_rows if row.country in bodies
        }  # fmt: skip
        persons = [member for member in self.cast.members if member.sort == "person" and len(member.refs) == 1]
        for member in persons:
            for inner in self.cast.within(member.first, member.last):
                if inner.sort in {"armed_group", "organisation"} and len(inner.refs) == 1 and inner is not member:
                    if CODE.fullmatch(inner.refs[0].actor):
                        found.setdefault(member.refs[0].actor, inner.refs[0])
                    break
        for member in persons:
            for inner in self.cast.within(member.first, member.last):
                if inner.form == "pronoun" and len(inner.refs) == 1 and inner.refs[0].actor in found:
                    found.setdefault(member.refs[0].actor, found[inner.refs[0].actor])
        return found

    def _of_speaker(self, token: int) -> tuple[Role, ...]:
        """Return the body in whose reported words a possessive stands that means nobody else ("X said its members")."""
        statement = self.voices.at(self.reading.start[token])
        speaker = statement.speaker if statement is not None and statement.quotation == "indirect" else None
        member = self.cast.member_at(token)
        if speaker is None or member is None or member.sort == "person" or speaker.role is not None:
            return ()
        return (Role(speaker, self._known(speaker)),)

    def _just_said(self, token: int) -> tuple[Role, ...]:
        """Return whose words a noun sums up that follows them after a comma ("... , a demand that Sarnia rejects")."""
        reading = self.reading
        first = reading.subtree(token)[0]
        if reading.child(token, "relcl") is None or first == 0 or reading.word(first - 1) != ",":
            return ()
        start = reading.start[first]
        for statement in self.voices.statements:
            content = statement.content[-1]
            same = "\n" not in self.document.text[content.start : start]
            if statement.speaker is not None and content.start < start <= content.end + 3 and same:
                return (Role(statement.speaker, self._known(statement.speaker)),)
        return ()

    def _carried_over(self, token: int, depth: int) -> tuple[Role, ...]:
        """Resolve "them" by the object of the verb that this one goes on from ("telephoned both and urged them")."""
        reading = self.reading
        verb = reading.head[token]
        if reading.dep[token] == "dobj" and reading.dep[verb] == "conj":
            return tuple(
                role for child in reading.children(reading.head[verb], "dobj") for more in conjuncts(reading, child)
                for role in self._at(more, depth + 1)
            )  # fmt: skip
        return ()

    def _same_head(self, token: int) -> tuple[Role, ...]:
        """Return whom other phrases with this head word stand for ("the army"), where they agree."""
        known = self._heads.get(self.reading.lemma[token], {})
        if len(known) == 1:
            return tuple(Role(ref, political=True) for ref in known.values())
        return self._of_state(token) if self.reading.lemma[token] in self.book.words("state organ") else ()

    @property
    def _heads(self) -> dict[str, dict[str, ActorRef]]:
        """Owners by head word; empty while it is being made, because finding an owner asks for it again."""
        if self._heads_made is None:
            self._heads_made = {}
            self._heads_made = self._make_heads()
        return self._heads_made

    def _make_heads(self) -> dict[str, dict[str, ActorRef]]:
        found: dict[str, dict[str, ActorRef]] = {}
        for member in self.cast.members:
            lemma = self.reading.lemma[member.head]
            if len(member.refs) != 1 or member.form in {"pronoun", "name"}:
                continue
            if member.sort == "government" and member.refs[0].country:
                found.setdefault(lemma, {}).setdefault(member.refs[0].actor, member.refs[0])
            elif lemma in self.book.words("deed"):
                for role in self._owners(member.head, 3):
                    found.setdefault(lemma, {}).setdefault(role.ref.actor, role.ref)
        for token in range(len(self.reading)):
            lemma = self.reading.lemma[token]
            if lemma in self.book.words("vehicle"):
                for role in self._owners(token, 3):
                    found.setdefault(lemma, {}).setdefault(role.ref.actor, role.ref)
        return found

    def _of_state(self, token: int) -> tuple[Role, ...]:
        """Return the state that a force or an office of this article belongs to where nobody says whose it is."""
        dual = any(self.reading.word(child).lower() in _DUAL for child in self.reading.children(token))
        country = None if dual else self.nations.at(token)
        if country is None:
            return ()
        span = self.document.cite(self.reading.start[token], self.reading.end[token])
        ref = ActorRef(country, self.ground.state_name(country), country, None, span)
        return (Role(ref, political=True, inferred=BY_STATE),)

    def _inside_only(self, member: Member, token: int) -> bool:
        """Say whether the member merely covers the token (a demonym inside a longer phrase is not the phrase)."""
        return member.head != token and member.form == "demonym"

    def _owners(self, token: int, depth: int) -> tuple[Role, ...]:
        reading = self.reading
        found: list[Role] = []
        for child in reading.children(token, "poss", "amod", "compound", "nmod"):
            for more in conjuncts(reading, child):
                found += self._at(more, depth + 1)
        for clause in reading.children(token, "acl"):
            for agent in agent_of(reading, clause):
                found += self._at(agent, depth + 1)
        if not found:
            owning = {"of", "from"} if reading.lemma[token] in self.book.words("organ") else {"of", "from", "by"}
            for prep in reading.children(token, "prep"):
                if reading.lemma[prep] in owning:
                    for child in reading.children(prep, "pobj"):
                        found += self._at(child, depth + 1)
        if not found and self.reading.lemma[token] in self.book.words("seated"):
            for child in reading.children(token, "compound", "nmod", "poss"):
                found += self.ground.state_of(child)
        return tuple(found)

    def _described(self, token: int) -> tuple[Role, ...]:
        """Return a reference made of the noun phrase itself, with the country that its adjective names."""
        reading = self.reading
        first = token
        for child in reading.children(token):
            if child < token and reading.dep[child] in {"amod", "compound", "nummod", "nmod", "poss", "quantmod"}:
                first = min(first, reading.subtree(child)[0])
        name = reading.words(first, token + 1)
        if len(name) > 80:
            name = reading.word(token)
        countries = [
            role.ref.country for child in reading.children(token, "amod", "compound", "nmod", "poss")
            for role in self._at(child, 4) if role.ref.country
        ]  # fmt: skip
        if not countries and reading.dep[token] == "conj" and reading.child(token, "det", "poss", "amod") is None:
            shared = self.homes.nation(reading.head[token])
            countries = [shared] if shared is not None else []
        span = self.document.cite(reading.start[first], reading.end[token])
        country = countries[0] if countries else None
        ref = ActorRef(slug(name), name, country, None, span)
        return (Role(ref, reading.lemma[token] not in self.book.words("unpolitical"), named=False),)

    def _political(self, member: Member, ref: ActorRef) -> bool:
        if member.sort in _POLITICAL or self._known(ref):
            return True
        return self.reading.lemma[member.head] in (self.book.words("group") | self.book.words("organ"))

    def _known(self, ref: ActorRef) -> bool:
        """Say whether an actor is of a country, has a code, or holds an office of politics or war."""
        office = set((ref.role or "").lower().split()) & self.book.words("organ")
        return ref.country is not None or bool(office) or CODE.fullmatch(ref.actor) is not None
