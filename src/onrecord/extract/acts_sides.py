"""The two sides of an article's quarrel: who faces whom where a clause names one of them, or neither.

Only where all that the paragraph (else the article) tells of is one pair of states or armed groups is anything added.
"""

from collections import Counter, defaultdict
from functools import cached_property

from msgspec import structs

from onrecord.extract import clause
from onrecord.extract.acts_echo import Echo
from onrecord.extract.acts_match import Hit
from onrecord.extract.acts_role import BY_SIDE, BY_STATE, Role, same_person
from onrecord.extract.acts_roles import Roles
from onrecord.lexicon.acts import ActBook
from onrecord.model.claim import Step
from onrecord.model.reading import Reading

_OPPOSED = frozenset({"SANCTION", "REJECT", "REQUEST"})
_ON_THINGS = frozenset({"ACCUSE", "SUPPORT", "REJECT", "SANCTION", "COERCE", "THREATEN", "CONCEDE"})
_NEVER_OWN = frozenset({"THREATEN", "SANCTION"})
_AGAIN = 2
_TWO = frozenset({"two", "both", "neither", "neighbours", "neighbors"})
AGAINST = frozenset({"ASSAULT", "THREATEN", "ACCUSE", "SANCTION", "MOBILIZE"})


class Sides:
    """Actors and targets of hits, and the pair of sides that an article tells of."""

    def __init__(
        self,
        reading: Reading,
        roles: Roles,
        hits: list[Hit],
        book: ActBook,
        *,
        steps: tuple[Step, ...] = (),
        campaign: bool,
    ) -> None:
        """Take an article's hits and steps; where it tells of a `campaign`, its rivals are no two sides of a war."""
        self.reading, self.roles, self.hits, self.book, self.steps = reading, roles, hits, book, steps
        self.campaign = campaign
        self.echo = Echo(reading, roles, self)

    def pair(self, token: int, *, meant: bool = False) -> tuple[Role, ...]:
        """Return the two sides that the paragraph (else the article) tells of, where it tells of one pair alone.

        Where the text itself means them ("the two delegations"), the paragraph need not name them.
        """
        if self.campaign:
            return ()
        place = self.reading.paragraph_of(self.reading.start[token])
        here = {frozenset(role.ref.actor for role in pair): pair for pair in self.pairs.get(place, ())}
        if self._quarrel is None or len(here) > 1:
            return ()
        two = next(iter(here.values()), self._quarrel)
        same = {role.ref.actor for role in two} == {role.ref.actor for role in self._quarrel}
        if not (here or same) or not (meant or self._about(place, two)):
            return ()
        return tuple(structs.replace(role, inferred=BY_SIDE) for role in two)

    @cached_property
    def _quarrel(self) -> tuple[Role, ...] | None:
        """The pair that the article is about: told again and again, or the two states that it names most.

        Told at least twice, and more often than all others together; or told as the only pair, or none is told at all,
        and the article names these two far more often than any third.
        """
        counts: Counter[frozenset[str]] = Counter()
        told: dict[frozenset[str], tuple[Role, ...]] = {}
        for pairs in self.pairs.values():
            for pair in pairs:
                key = frozenset(role.ref.actor for role in pair)
                counts[key] += 1
                told.setdefault(key, pair)
        main = self._main_two
        if not counts:
            return main or None
        (most, times), *rest = counts.most_common()
        often = times >= _AGAIN and times > sum(count for _, count in rest)
        only = not rest and most == {role.ref.actor for role in main}
        return told[most] if often or only else None

    def _about(self, place: int, pair: tuple[Role, ...]) -> bool:
        """Say whether a paragraph tells of these two: it names one of them, or no state at all."""
        if self.roles.nations.digest:
            return False
        told = self.roles.nations.told_of(place)
        sides = {role.ref.actor for role in pair} | {role.ref.country for role in pair}
        return not told or not told.isdisjoint(sides)

    @cached_property
    def pairs(self) -> dict[int, list[tuple[Role, ...]]]:
        """The pairs of states or armed groups that each paragraph tells of."""
        found: dict[int, list[tuple[Role, ...]]] = defaultdict(list)
        for hit in self.hits:
            place = self.reading.paragraph_of(self.reading.start[hit.token])
            if hit.rule.reciprocal or self._each_other(hit):
                sides = self.roles.powers(self.roles.who((*hit.actors, *hit.targets)))
            elif hit.rule.type in AGAINST or hit.rule.type in _OPPOSED:
                ones = (self.roles.powers(self.roles.who(hit.actors)), self.roles.powers(self.roles.who(hit.targets)))
                sides = (*ones[0], *ones[1]) if len(ones[0]) == len(ones[1]) == 1 else ()
            else:
                continue
            if len({role.ref.actor for role in sides}) == len(sides) == 2:
                found[place].append(sides)
        for token in range(len(self.reading)):
            if self.reading.lemma[token] == "between" and self.reading.dep[token] == "prep":
                named = clause.preposition(self.reading, self.reading.head[token], "between")
                sides = self.roles.powers(self.roles.who(named))
                if len(named) == len(sides) == 2:
                    found[self.reading.paragraph_of(self.reading.start[token])].append(sides)
        for step in self.steps:
            sides = self.roles.powers(tuple(Role(ref, political=True) for ref in step.parties))
            if len(step.parties) == len(sides) == 2:
                found[self.reading.paragraph_of(step.evidence[0].start)].append(sides)
        return found

    def state_of(self, hit: Hit, targets: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return the state that did what only a state does: by the place, else as told of the same person elsewhere."""
        if not (hit.rule.of_state or hit.rule.standing):
            return ()
        here = self.roles.ground.jurisdiction(*self._clause_of(hit), seat=not hit.rule.of_state)
        if here or not hit.rule.of_state:
            return here
        states = {
            state.ref.actor: state for role in targets for name, found in self._law.items()
            if same_person(role.ref.actor, name) for state in found
        }  # fmt: skip
        return tuple(states.values()) if len(states) == 1 else ()

    @cached_property
    def _law(self) -> dict[str, tuple[Role, ...]]:
        """States whose police, courts and prisons the article tells of, by the person whom they hold or try."""
        found: dict[str, tuple[Role, ...]] = {}
        for hit in self.hits:
            if not hit.rule.of_state:
                continue
            doers = self.roles.powers(self.roles.who(hit.actors)) or self.roles.ground.jurisdiction(
                *self._clause_of(hit)
            )
            for role in self.roles.who(hit.targets):
                if role.named:
                    marked = tuple(structs.replace(doer, inferred=BY_STATE) for doer in doers)
                    found[role.ref.actor] = (*found.get(role.ref.actor, ()), *marked)
        return found

    def _clause_of(self, hit: Hit) -> tuple[int, ...]:
        above = self.reading.head[hit.token]
        subject = self.reading.dep[hit.token] in {"nsubj", "nsubjpass"} and not clause.is_verb(self.reading, hit.token)
        return (hit.token, above) if subject and clause.is_verb(self.reading, above) else (hit.token,)

    @cached_property
    def _main_two(self) -> tuple[Role, ...]:
        """Return the two states or armed groups that an article is about, where no third is named nearly as often."""
        told: dict[str, Role] = {}
        count: dict[str, int] = defaultdict(int)
        for member in self.roles.cast.members:
            if member.sort in {"state", "government", "armed_group"} and len(member.refs) == 1:
                for role in self.roles.powers((Role(member.refs[0], political=True),)):
                    told.setdefault(role.ref.actor, role)
                    count[role.ref.actor] += 1
        most = sorted(count, key=lambda actor: -count[actor])
        if len(most) < 2 or count[most[1]] < 3 or (len(most) > 2 and 2 * count[most[2]] > count[most[1]]):
            return ()
        return tuple(structs.replace(told[actor], inferred=BY_SIDE) for actor in most[:2])

    def nobody_else(self, hit: Hit) -> bool:
        """Say whether nobody stands where the doer should ("the sides" is nobody): only then may sides be filled in."""
        side = self.book.words("side")
        return all(
            self.reading.lemma[token] in side or self.reading.pos[token] not in {"NOUN", "PROPN"}
            for token in hit.actors
        )

    def _both(self, roles: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return these with "both governments", "the two armies" resolved to the two that the article is about."""
        found: list[Role] = []
        for role in roles:
            dual = _last_word(role) in self.book.words("side") and self._is_dual(role)
            two = (
                () if not dual or role.ref.mention is None else self._main_two or self._pair_at(role.ref.mention.start)
            )
            found += two or (role,)
        return tuple({role.ref.actor: role for role in found}.values())

    def _pair_at(self, start: int) -> tuple[Role, ...]:
        token = self.reading.tokens_in(start, start + 1)[0]
        return self.pair(token, meant=True) if token < len(self.reading) else ()

    def _is_dual(self, role: Role) -> bool:
        mention = role.ref.mention
        if role.ref.country is not None or mention is None:
            return False
        first, last = self.reading.tokens_in(mention.start, mention.end)
        words = {self.reading.word(token).lower() for token in range(max(0, first - 2), last)}
        return bool(words & _TWO)

    def of(self, hit: Hit) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
        """Return the actors and the targets of a hit as its own clause names them."""
        doers_at, suffered = self.doers_at(hit)
        actors = self.echo.known(hit, self._both(self.roles.who(doers_at)))
        targets = self._both(self.roles.who((*hit.targets, *suffered)))
        if hit.rule.reciprocal or self._each_other(hit):
            return self._both(self.roles.who((*hit.actors, *hit.targets))), ()
        if not targets and hit.rule.type == "ASSAULT":
            targets = self.roles.ground_of(hit.targets)
        if not targets and hit.rule.type in _ON_THINGS:
            mine = {role.ref.actor for role in self.roles.powers(actors)}
            owners = tuple(role for role in self.roles.owners_of(hit.targets) if role.ref.actor not in mine)
            targets = owners or self._doers_of(hit)
        doers = {role.ref.actor for role in actors}
        if hit.rule.type in _NEVER_OWN and any(self.thing(token) for token in hit.targets):
            doers |= {role.ref.actor for role in self.roles.powers(actors)}
        return actors, tuple(role for role in targets if role.ref.actor not in doers)

    def thing(self, token: int) -> bool:
        """Say whether the token tells of a deed or a place rather than of somebody."""
        lemma = self.reading.lemma[token]
        return lemma in self.book.words("deed") or lemma in self.book.words("ground")

    def doers_at(self, hit: Hit) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return where the doers stand, without the place of an assault, and whom a noun says that it was done to.

        "The Pell attacks" and "attacks in Sarnia that killed four" name no doer; "the mayor's murder" names its victim,
        but "Velmora's arrest of the mayor" its doer.
        """
        reading, noun = self.reading, not clause.is_verb(self.reading, hit.token)
        doers, suffered = [], []
        lemma, of = reading.lemma[hit.token], clause.preposition(reading, hit.token, "of")
        for token in hit.actors:
            owned = noun and reading.head[token] == hit.token
            if owned and not of and reading.dep[token] == "poss" and lemma in self.book.words("suffered"):
                suffered.append(token)
            elif hit.rule.type == "ASSAULT" and self._only_where(hit, token, owned=owned):
                continue
            else:
                doers.append(token)
        return tuple(doers), tuple(suffered)

    def _only_where(self, hit: Hit, token: int, *, owned: bool) -> bool:
        reading, member = self.reading, self.roles.cast.member_at(token)
        place = (member is not None and member.sort == "state") or self.roles.ground.place_at(token) is not None
        if owned:
            return place and reading.dep[token] == "compound" and (member is None or member.form == "name")
        inside = reading.dep[token] in {"pobj", "appos", "conj"} and reading.dep[hit.token] == "relcl"
        return place and inside and reading.head[hit.token] == token

    def _doers_of(self, hit: Hit) -> tuple[Role, ...]:
        """Return who did the deed that is praised or blamed ("welcomed the pardon"), where the article told of it."""
        found: dict[str, Role] = {}
        named = {self.reading.lemma[token] for token in hit.targets}
        for other in self.hits:
            if other.token != hit.token and self.reading.lemma[other.token] in named and other.token not in hit.targets:
                for role in self.roles.powers(self.roles.who(self.doers_at(other)[0])):
                    found.setdefault(role.ref.actor, structs.replace(role, inferred=BY_SIDE))
        return tuple(found.values()) if len(found) == 1 else ()

    def _each_other(self, hit: Hit) -> bool:
        """Say whether both sides do it to each other ("attacked each other", "each accused the other")."""
        reading = self.reading
        each = {token for token in reading.children(hit.token, "nsubj") if reading.lemma[token] == "each"}
        return any(
            reading.lemma[token] == "other"
            and (each or any(reading.lemma[c] == "each" for c in reading.children(token)))
            for token in reading.children(hit.token, "dobj")
        )

    def without_sides(self, token: int, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return these with "the sides" resolved to the states and groups named, where there are any."""
        sides = self.book.words("side")
        kept = tuple(role for role in actors if _last_word(role) not in sides or role.ref.country is not None)
        powers = self.roles.powers(kept)
        if len(kept) < len(actors) and not kept:
            return self.pair(token, meant=True) or actors
        if len(kept) < len(actors):
            known = {role.ref.actor for role in kept}
            return (*(role for role in self.pair(token, meant=True) if role.ref.actor not in known), *kept)
        return powers if len(powers) > 1 and not any(role.named for role in kept) else kept


def _last_word(role: Role) -> str:
    return (role.ref.name.lower().split() or [""])[-1]
