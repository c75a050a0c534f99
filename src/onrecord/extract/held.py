"""Work out who holds whom in an article. Comes in: reading, cast, places, steps of deals. Goes out: `Holdings`.

First what is told outright (`held_told`). Then, for those of whom nobody says who holds them, a rule of few: told
elsewhere, counted out, the two sides of an exchange, a part of a group, the only captor. Each rule has a printed reason
(`model.holding.REASONS`), and where two holders are possible nothing is said.
"""

from functools import cached_property

import msgspec

from onrecord.extract.custody_doubt import without_strays
from onrecord.extract.custody_nations import citizens
from onrecord.extract.custody_people import fuller
from onrecord.extract.deals_parties import Sides, labels, sides_of
from onrecord.extract.held_told import Entry, Told
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast, Member
from onrecord.model.claim import Step
from onrecord.model.holding import Hold, Holdings
from onrecord.model.mention import ActorRef, Place
from onrecord.model.moment import Period
from onrecord.model.reading import Reading
from onrecord.model.voices import Voices

_SWAPS = frozenset({"prisoner_exchange", "hostage_release"})
_NO_SWAP = frozenset({"refused", "denied"})  # an exchange that nobody wants has no two sides
_DONE = frozenset({"carried_out", "partly_carried_out"})
_NEAR, _FAR = 3, 6
_PRICE = 16
_PAIR = 2
_BESIDE = 6


def run(
    *,
    reading: Reading,
    cast: Cast,
    places: tuple[Place, ...],
    voices: Voices,
    steps: tuple[Step, ...],
    lexicon: Lexicon,
) -> Holdings:
    """Return who holds whom, as far as the article says or one rule gives it."""
    sides = sides_of(reading, cast, lexicon)
    places = without_strays(places, cast)
    told = Told(reading=reading, cast=cast, places=places, voices=voices, sides=sides, book=lexicon.custody)
    entries = tuple(told.entries())
    swap = any(step.deal_kind in _SWAPS for step in steps)
    if not entries:
        return Holdings(swap=swap, day=_day_of(steps), days=_days(steps), pair=_pair_of(steps), digest=sides.digest)
    names = fuller(cast)
    nations = citizens(reading, cast, names, lexicon.custody)
    solver = _Solver(
        reading=reading, cast=cast, sides=sides, entries=entries, steps=steps, nations=nations, names=names,
        lexicon=lexicon,
    )  # fmt: skip
    return msgspec.structs.replace(
        solver.holdings(), swap=swap, day=_day_of(steps), days=_days(steps), pair=_pair_of(steps), digest=sides.digest
    )


def _pair_of(steps: tuple[Step, ...]) -> tuple[ActorRef, ...]:
    """Return the two sides of the exchanges that the article tells of; none where they are not the same two."""
    pairs = {
        frozenset(ref.actor for ref in step.parties): step.parties
        for step in steps
        if step.deal_kind in _SWAPS and len(step.parties) > 1 and step.step not in _NO_SWAP
    }
    return next(iter(pairs.values())) if len(pairs) == 1 else ()


def _days(steps: tuple[Step, ...]) -> tuple[tuple[int, Period | None], ...]:
    """Return the exchanges that are told as done: where their words stand, and their day."""
    return tuple(
        (step.evidence[0].start, step.date)
        for step in steps
        if step.deal_kind in _SWAPS and step.step in _DONE and step.polarity == "asserted" and not step.conditional
    )


def _day_of(steps: tuple[Step, ...]) -> Period | None:
    """Return the day of the only exchange that is told as done; None where one has no day, or they differ."""
    of_deal: dict[str, dict[tuple[str | None, str | None], Period]] = {}
    for step in steps:
        if step.deal_kind in _SWAPS and step.step in _DONE and step.polarity == "asserted" and not step.conditional:
            days = of_deal.setdefault(step.group or step.id, {})
            if step.date is not None:
                days[(step.date.since, step.date.until)] = step.date
    found = next(iter(of_deal.values()), {})
    same = all(days.keys() == found.keys() for days in of_deal.values())
    return next(iter(found.values())) if same and len(found) == 1 else None


class _Solver(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    reading: Reading
    cast: Cast
    sides: Sides
    entries: tuple[Entry, ...]
    steps: tuple[Step, ...]
    nations: dict[str, tuple[str, ...]]
    names: dict[str, ActorRef]
    lexicon: Lexicon

    def holdings(self) -> Holdings:
        words: dict[int, Hold] = {}
        people: dict[str, Hold] = {}
        for place, entry in enumerate(self.entries):
            hold = self._hold(entry)
            if hold is None:
                hold = self._part_of(entry, place, words)
            if hold is None:
                continue
            words[entry.token] = hold
            for person in (*entry.persons, *hold.persons):
                actor = self._full(person.actor)
                before = people.get(actor)
                if before is None or (before.rule is not None and hold.rule is None):
                    people[actor] = hold
            for person in entry.price:
                other = self._other_side(entry, hold)
                if other is not None:
                    people.setdefault(self._full(person.actor), other)
        for entry in self.entries:
            known = [people.get(self._full(person.actor)) for person in entry.persons]
            holders = {ref.actor: ref for hold in known if hold is not None for ref in hold.holders}
            for person in entry.persons:
                holders |= self._told_of(self._full(person.actor))
            if entry.token not in words and entry.holder is None and len(holders) == 1 and None not in known:
                words[entry.token] = Hold(holders=tuple(holders.values()), rule="held.elsewhere")
        clear = {actor: hold for actor, hold in people.items() if len(self._told_of(actor)) < 2}
        return Holdings(words=words, people=clear)

    def _full(self, actor: str) -> str:
        return self.names[actor].actor if actor in self.names else actor

    def _hold(self, entry: Entry) -> Hold | None:
        """Return the hold of one entry by the first rule that gives one."""
        persons = self._counted_out(entry)
        if entry.holder is not None:
            return Hold(holders=(entry.holder,), rule=entry.rule, persons=persons)
        both = self._both(entry)
        if both:
            return Hold(holders=both, rule="held.hostages")
        given = [
            (rule, found)
            for rule, found in (
                ("held.elsewhere", self._elsewhere(entry)),
                ("held.counted", self._counted(entry)),
                ("held.sides", self._sides(entry)),
                ("held.sides", self._walked(entry)),
                ("held.sides", self._priced(entry)),
                ("held.hostages", self._kinds(entry)),
            )
            if found
        ]
        if not given:
            given = [
                (rule, found)
                for rule, found in (("held.only", self._only(entry)), ("held.label", self._label(entry)))
                if found
            ]
        holders = {actor: ref for _, found in given for actor, ref in found.items()}
        # two possible holders are none: a wrong one is the worst that can be said of a person held
        return Hold(holders=tuple(holders.values()), rule=given[0][0], persons=persons) if len(holders) == 1 else None

    @cached_property
    def _told(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.holder is not None)

    def _told_of(self, actor: str) -> dict[str, ActorRef]:
        """Return everybody of whom it is told outright that he holds this person."""
        return {
            entry.holder.actor: entry.holder
            for entry in self._told
            if entry.holder is not None and any(self._full(one.actor) == actor for one in entry.persons)
        }

    def _elsewhere(self, entry: Entry) -> dict[str, ActorRef]:
        """Return who is told to hold the same person, or the same people: same noun, same number, same nation."""
        if entry.persons:
            found: dict[str, ActorRef] = {}
            for person in entry.persons:
                found |= self._told_of(self._full(person.actor))
            return found
        return {
            other.holder.actor: other.holder
            for other in self._told
            if other.holder is not None and not other.persons and self._same_people(entry, other)
        }

    def _same_people(self, left: Entry, right: Entry) -> bool:
        numbers = left.count is not None and left.count == right.count
        nouns = bool(left.lemmas & right.lemmas) or (
            (self._bare(left) or self._bare(right)) and len(self._groups_of(left.count)) < 2
        )
        nations = not left.nations or not right.nations or bool(left.nations & right.nations)
        alike = left.captive and right.captive and left.count is None
        return (
            nations
            and self._close(left, right, _FAR)
            and ((numbers and nouns) or (alike and bool(left.lemmas & right.lemmas)))
        )

    def _groups_of(self, count: int | None) -> set[str]:
        """Return the nouns of all groups of as many people: with two of them, "the five" may be either."""
        return {
            " ".join(sorted(entry.lemmas)) for entry in self.entries if entry.count == count and not self._bare(entry)
        }

    def _bare(self, entry: Entry) -> bool:
        """Say whether only a number stands for the people: "the nine"."""
        return all(self.reading.pos[thing] == "NUM" or self.reading.tag[thing] == "CD" for thing in entry.things)

    def _close(self, left: Entry, right: Entry, paragraphs: int) -> bool:
        places = [self.reading.paragraph_of(self.reading.start[one.token]) for one in (left, right)]
        return (self.sides.digest and places[0] == places[1]) or (
            not self.sides.digest and abs(places[0] - places[1]) <= paragraphs
        )

    def _counted(self, entry: Entry) -> dict[str, ActorRef]:
        """Return who holds the group of as many people as are named here together."""
        if len(entry.persons) < 2:
            return {}
        groups = [
            other for other in self.entries
            if not other.persons and other.count == len(entry.persons) and self._close(entry, other, _FAR)
        ]  # fmt: skip
        holders = [self._group(other) for other in groups]
        if len({other.lemmas for other in groups}) != 1:
            return {}
        return {actor: ref for found in holders for actor, ref in found.items()}

    def _group(self, entry: Entry) -> dict[str, ActorRef]:
        """Return who holds a group, by what is told of it or by the sides of the exchange."""
        if entry.holder is not None:
            return {entry.holder.actor: entry.holder}
        return self._elsewhere(entry) or self._sides(entry) or self._kinds(entry)

    def _counted_out(self, entry: Entry) -> tuple[ActorRef, ...]:
        """Return the names that the article counts out for this group: the only list of as many names."""
        if entry.persons or entry.count is None or not 2 <= entry.count <= 12:
            return ()
        lists = self._lists(entry)
        sets = {frozenset(ref.actor for ref in one) for one in lists}
        rivals = [
            other for other in self.entries
            if not other.persons and other.count == entry.count and not other.lemmas & entry.lemmas
        ]  # fmt: skip
        return lists[0] if len(sets) == 1 and not rivals else ()

    def _lists(self, entry: Entry) -> list[tuple[ActorRef, ...]]:
        """Return the lists of as many names as the group has people, in the next paragraphs."""
        found: list[tuple[ActorRef, ...]] = []
        here = self.reading.sentence_of(entry.token)
        for first, last in self.reading.sentences[here : here + _FAR]:
            run: list[Member] = []
            for member in self.cast.within(first, last):
                if member.form != "name" or member.sort != "person" or len(member.refs) != 1:
                    continue
                if run and not self._joined(run[-1], member):
                    run = self._kept(found, run, entry)
                run.append(member)
            self._kept(found, run, entry)
        return found

    def _kept(self, found: list[tuple[ActorRef, ...]], run: list[Member], entry: Entry) -> list[Member]:
        if len({member.refs[0].actor for member in run}) == len(run) == entry.count:
            found.append(tuple(member.refs[0] for member in run))
        return []

    def _joined(self, left: Member, right: Member) -> bool:
        """Say whether only a comma, "and" or a title stands between two names."""
        between = range(left.last, right.first)
        return (
            len(between) <= _NEAR
            and all(self.reading.pos[at] in {"PUNCT", "CCONJ", "NOUN", "PROPN"} for at in between)
            and any(self.reading.pos[at] in {"PUNCT", "CCONJ"} for at in between)
        )

    # --- the sides of an exchange

    @cached_property
    def _pairs(self) -> tuple[tuple[int, tuple[ActorRef, ...], bool], ...]:
        """Return the pairs of sides of each swap, with the paragraph of each, and whether it is history."""
        return tuple(
            (self.reading.paragraph_of(step.evidence[0].start), step.parties, step.background)
            for step in self.steps
            if step.deal_kind in _SWAPS and len(step.parties) == _PAIR and step.step not in _NO_SWAP
        )

    def _pair(self, entry: Entry) -> tuple[ActorRef, ...]:
        """Return the one pair of sides that can be meant here, or nothing; a swap of old only where it is told."""
        here = self.reading.paragraph_of(self.reading.start[entry.token])
        near = [pair for place, pair, _ in self._pairs if place == here]
        pairs = near or ([pair for _, pair, old in self._pairs if not old] if not self.sides.digest else [])
        keys = {frozenset(ref.actor for ref in pair) for pair in pairs}
        return pairs[0] if len(keys) == 1 else ()

    def _sides(self, entry: Entry) -> dict[str, ActorRef]:
        """Return the side that holds the other side's people.

        Of people told as held, and not as freed, only near the exchange; a charge may be their own state's.
        """
        pair = self._pair(entry)
        if not entry.free and (entry.tried or not self._near_swap(entry)):
            return {}
        if len(pair) != 2 or len({ref.country for ref in pair}) != 2:
            return {}
        theirs = set(entry.nations)
        own = [set(self.nations.get(self._full(one.actor), ())) | self._described(one) for one in entry.persons]
        if len(own) > 1 and not theirs and not all(own):
            return {}  # "A and the Sudrian captain B": whose A is nobody says
        theirs |= {land for lands in own for land in lands}
        mine = [ref for ref in pair if ref.country in theirs]
        if len(mine) != 1:
            return {}
        return {ref.actor: ref for ref in pair if ref.actor != mine[0].actor}

    def _priced(self, entry: Entry) -> dict[str, ActorRef]:
        """Return the side whose own people those are exchanged for: they come out of its hands."""
        pair = self._pair(entry) if entry.free and entry.price_nations else ()
        mine = [ref for ref in pair if ref.country in entry.price_nations]
        apart = len({ref.country for ref in pair}) == _PAIR
        return {ref.actor: ref for ref in mine} if len(pair) == _PAIR and apart and len(mine) == 1 else {}

    def _other_side(self, entry: Entry, hold: Hold) -> Hold | None:
        """Return the other side of the exchange, which holds those that this entry's people are freed for."""
        pair = self._pair(entry)
        others = tuple(ref for ref in pair if ref.actor not in {one.actor for one in hold.holders})
        known = len(pair) == _PAIR and len(hold.holders) == 1 and len(others) == 1
        known = known and others[0].country not in entry.price_nations
        return Hold(holders=others, rule="held.sides") if known else None

    def _walked(self, entry: Entry) -> dict[str, ActorRef]:
        """Return the side that those come from who walk into the other's land, or "the other way" behind such."""
        pair = self._pair(entry) if entry.swap else ()
        if len(pair) != 2:
            return {}
        home = self._into(entry.token)
        if home is None and self._other_way(entry.token):
            here = self.reading.sentence_of(entry.token)
            before = [
                land for one in self.entries
                if one.swap and one.token < entry.token and here - self.reading.sentence_of(one.token) <= 1
                and (land := self._into(one.token)) is not None
            ]  # fmt: skip
            home = next((ref.country for ref in pair if before and ref.country not in {None, before[-1]}), None)
        if home not in {ref.country for ref in pair}:
            return {}
        return {ref.actor: ref for ref in pair if ref.country != home}

    def _into(self, verb: int) -> str | None:
        """Return the state that somebody goes into: "walked into A"."""
        reading = self.reading
        for prep in reading.children(verb, "prep"):
            if reading.lemma[prep] in {"into", "to"}:
                for end in reading.children(prep, "pobj"):
                    for ref in self.sides.at(end):
                        return ref.country
        return None

    def _other_way(self, verb: int) -> bool:
        reading = self.reading
        ends = [*reading.children(verb, "dobj", "npadvmod")]
        ends += [end for prep in reading.children(verb, "prep") for end in reading.children(prep, "pobj")]
        return any(
            reading.lemma[child] in self.lexicon.custody.words("other_way")
            for end in ends
            for child in reading.children(end, "amod")
        )

    def _near_swap(self, entry: Entry) -> bool:
        here = self.reading.paragraph_of(self.reading.start[entry.token])
        return any(abs(place - here) <= _BESIDE for place, _, _ in self._pairs)

    def _described(self, person: ActorRef) -> set[str]:
        """Return the countries that the first apposition names: "X, a US permanent resident"."""
        found: set[str] = set()
        for member in self.cast.members:
            if member.form == "name" and any(ref.actor == person.actor for ref in member.refs):
                for spot in self.reading.children(member.head, "appos"):
                    for child in self.reading.children(spot, "amod", "compound", "nmod"):
                        other = self.cast.member_at(child)
                        if other is not None and other.sort in {"state", "government"}:
                            found |= {ref.country for ref in other.refs if ref.country}
                return found
        return found

    def _kinds(self, entry: Entry) -> dict[str, ActorRef]:
        """Return, between a state and an armed group, the group for hostages and the state for prisoners."""
        pair = self._pair(entry)
        if len(pair) != 2 or entry.persons or entry.nations or entry.swap:
            return {}
        states = [ref for ref in pair if ref.actor == ref.country]
        groups = [ref for ref in pair if ref.actor != ref.country]
        if len(states) != 1 or len(groups) != 1 or entry.captive == entry.inmate:
            return {}
        chosen = groups[0] if entry.captive else states[0]
        return {chosen.actor: chosen}

    def _both(self, entry: Entry) -> tuple[ActorRef, ...]:
        """Return both sides, where hostages are told as freed for prisoners in one breath."""
        pair = self._pair(entry)
        groups = [ref for ref in pair if ref.actor != ref.country]
        if len(pair) != 2 or len(groups) != 1 or not entry.captive or entry.persons:
            return ()
        inmate = self.lexicon.custody.words("inmate")
        _, last = self.reading.subtree(entry.token)
        price = any(self.reading.lemma[at] in inmate for at in range(entry.token, min(last, entry.token + _PRICE)))
        return (groups[0], *(ref for ref in pair if ref.actor != groups[0].actor)) if price else ()

    # --- the rest

    def _only(self, entry: Entry) -> dict[str, ActorRef]:
        """Return the only captor that the article tells of, for people told as taken or freed without a doer."""
        armed = {ref.actor for member in self.cast.members if member.sort == "armed_group" for ref in member.refs}
        captors = {one.holder.actor: one.holder for one in self._told if one.holder is not None}
        if len(captors) != 1 or self.sides.digest:
            return {}
        (captor,) = captors.values()
        group = captor.actor != captor.country
        if not group and (entry.official or self._let_go(entry)) and not armed and not self._pairs:
            return captors if self._alone(entry, captor) and not self._own_people(entry, captor) else {}
        if not group or armed - {captor.actor} or entry.official or self._tried(entry):
            return {}
        return captors

    def _own_people(self, entry: Entry, captor: ActorRef) -> bool:
        """Say whether those freed are the state's own people, where people are given in return for others."""
        words = self.lexicon.custody.words("in_return")
        given = any(
            self.reading.lemma[at] in words and self.reading.dep[at] == "pobj" for at in range(len(self.reading))
        )
        lands = {
            land for one in entry.persons
            for land in (*self.nations.get(self._full(one.actor), ()), *self._described(one))
        }  # fmt: skip
        return given and captor.country in lands

    def _let_go(self, entry: Entry) -> bool:
        """Say whether somebody is freed of whom no kidnapping is told, by himself or in the sentence."""
        persons = {self._full(person.actor) for person in entry.persons}
        taken = self.lexicon.custody.words("taken")
        first, last = self.reading.sentences[self.reading.sentence_of(entry.token)]
        others = [
            one for one in self.entries
            if one is not entry and any(self._full(person.actor) in persons for person in one.persons)
        ]  # fmt: skip
        return (
            entry.free and bool(persons) and not entry.captive and all(one.official or one.tried for one in others)
            and not any(self.reading.lemma[at] in taken for at in range(first, last))
        )  # fmt: skip

    def _tried(self, entry: Entry) -> bool:
        """Say whether the same person is told elsewhere as tried, which only a state does."""
        persons = {self._full(person.actor) for person in entry.persons}
        return any(
            other.tried and any(self._full(person.actor) in persons for person in other.persons)
            for other in self.entries
        )

    def _alone(self, entry: Entry, captor: ActorRef) -> bool:
        """Say whether no other state stands in the sentence, and a court or police of the captor near before it."""
        first, last = self.reading.sentences[self.reading.sentence_of(entry.token)]
        states = {
            ref.country for member in self.cast.within(first, last) if member.sort in {"state", "government"}
            for ref in member.refs if ref.country
        }  # fmt: skip
        told = [one for one in self._told if one.official or one.tried or one.free]
        return states <= {captor.country} and any(self._close(entry, one, _FAR) for one in told)

    def _label(self, entry: Entry) -> dict[str, ActorRef]:
        """Return the state at the head of the digest's item, for what only a state does."""
        place = self.reading.paragraph_of(self.reading.start[entry.token])
        country = self._labels.get(place)
        others = [one for one in self._told if self.reading.paragraph_of(self.reading.start[one.token]) == place]
        if not country or not entry.official or others:
            return {}
        return {country: self.sides.state(country)}

    @cached_property
    def _labels(self) -> dict[int, str]:
        return labels(self.reading, self.cast) if self.sides.digest else {}

    def _part_of(self, entry: Entry, place: int, words: dict[int, Hold]) -> Hold | None:
        """Return the hold of the group before, of which a bare number is a part: "Of the 200, 70 were deported"."""
        if not entry.answer and (not self._bare(entry) or entry.persons):
            return None
        larger = [
            words.get(other.token)
            for other in self.entries[:place]
            if not self._bare(other)
            and (other.count or 0) >= (entry.count or len(entry.persons))
            and self._close(entry, other, _FAR)
        ]
        holders = {ref.actor for hold in larger if hold is not None for ref in hold.holders}
        if len(holders) != 1 or None in larger or larger[-1] is None:
            return None
        return Hold(holders=larger[-1].holders, rule="held.part")
