"""Fill in who a deal is between from the rest of the article. Comes in: mentions and sides. Goes out: parties.

A pair that the article names for the same kind of deal is taken where the passage speaks of one of the two, or of no
side at all; two items of a digest are never mixed.
"""

import bisect
from collections import Counter
from functools import cached_property

import msgspec

from onrecord.extract import deals_pairs
from onrecord.extract.clause import object_of
from onrecord.extract.custody_people import root_of
from onrecord.extract.deals_freed import Freed
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_over import over_rule
from onrecord.extract.deals_pairs import ENOUGH, SWAPS, Pair, allies, behind_it, is_place, likeness, place_of
from onrecord.extract.deals_parties import Sides, brokers, doers, doing, go_betweens, named
from onrecord.extract.deals_rules import step_rule
from onrecord.extract.deals_steps import Draft, moves
from onrecord.lexicon.deals import DealBook
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import DealKind

_MANY = 20
_NAMED = 2
_ANYBODY = frozenset({"deals.mention.accord", "deals.generic", "deals.mention.talks_bare", "deals.mention.meeting",
                      "deals.mention.dialogue", "deals.mention.framework"})  # fmt: skip
_OFTEN = 4  # times that an article about two sides names each of them
_SOMEBODYS = frozenset({"her", "his", "she", "he"})


class Context(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that an article says of who deals with whom."""

    reading: Reading
    sides: Sides
    pairs: tuple[Pair, ...]
    mediators: frozenset[str]
    dual: frozenset[str]
    dealing: dict[int, frozenset[str]] = {}
    two: frozenset[str] = frozenset()
    kinds: frozenset[DealKind] = frozenset()
    plans: frozenset[str] = frozenset()
    freed: Freed = Freed()

    @classmethod
    def of(
        cls, reading: Reading, mentions: tuple[DealMention, ...], sides: Sides, book: DealBook,
        framed: tuple[Draft, ...] = (),
    ) -> "Context":  # fmt: skip
        """Gather the pairs that mentions and verbs (`framed`) name, those that stand together, and who is between."""
        pairs: list[Pair] = []
        between: dict[str, ActorRef] = {ref.actor: ref for ref in go_betweens(reading, book, sides)}
        for mention in mentions:
            for ref in brokers(reading, mention, book, sides):
                between.setdefault(ref.actor, ref)
        told: dict[int, set[str]] = {}
        for draft in framed:
            dealing = doers(reading, draft.trigger if draft.over is None else draft.over, sides)
            if len(dealing) == ENOUGH:
                told.setdefault(reading.sentence_of(draft.trigger), set()).update(ref.actor for ref in dealing)
        for mention in (one for one in mentions if not one.weak):
            parties = {ref.actor: ref for ref in named(reading, mention, sides, book) if ref.actor not in between}
            itself = len(parties) == ENOUGH
            for token, part in moves(reading, mention, book) if itself else ():
                # "C proposed a truce between A and B": C is no party
                rule = step_rule(reading, token, part, mention.kind, book)
                if rule is not None and rule.step == "proposed" and part == "object":
                    offered = {ref.actor: ref for ref in doers(reading, token, sides)}
                    between |= {} if offered.keys() & parties.keys() else offered
            if not itself:
                for owner in reading.children(mention.head, "poss"):
                    # "its truce with A" is between its owner and A
                    parties |= {ref.actor: ref for ref in sides.at(owner) if ref.actor not in between}
                for token, part in moves(reading, mention, book):
                    above = over_rule(reading, token, book)
                    rule = step_rule(reading, token, part, mention.kind, book)
                    if above is None and rule is None and mention.kind not in SWAPS:
                        continue  # "A cited breaches of the truce": no party's deed
                    spot = above[1] if above is not None else token
                    refs = list(doers(reading, spot, sides)) if part != "subject" or above is not None else []
                    if above is not None:
                        refs += [ref for one in object_of(reading, spot) for ref in sides.at(one)]
                    parties |= {ref.actor: ref for ref in refs if ref.actor not in between}
            known = told.get(reading.sentence_of(mention.head))
            if known is not None and parties and not known & parties.keys():
                # "A and B freed prisoners in a deal worked out by C and D"
                between |= parties
                continue
            place = place_of(reading, mention, sides)
            if place is not None and place not in parties:
                between |= parties
                continue
            if len(parties) == ENOUGH and (itself or not allies(tuple(parties.values()), sides)):
                pairs.append(Pair(token=mention.head, kind=mention.kind, parties=tuple(parties.values())))
        for draft in framed:
            dealing = doers(reading, draft.trigger if draft.over is None else draft.over, sides)
            allied = allies(dealing, sides)
            if len(dealing) == ENOUGH and not allied and not {ref.actor for ref in dealing} & between.keys():
                pairs.append(Pair(token=draft.trigger, kind=draft.kind, parties=dealing))
        body = {pair.kind for pair in pairs if not deals_pairs.in_heading(reading, pair.token)}
        # a heading says in short what the text says in full: "truce with Kolm militants"
        pairs = [pair for pair in pairs if pair.kind not in body or not deals_pairs.in_heading(reading, pair.token)]
        pairs += deals_pairs.together(reading, sides, frozenset(between), book.words("frontiers"))
        return cls(
            reading=reading, sides=sides, pairs=tuple(pairs), mediators=frozenset(between), dual=book.words("both"),
            two=book.words("two"), plans=book.words("offers"), freed=Freed.of(book),
            kinds=frozenset(one.kind for one in mentions if one.exact) | frozenset(draft.kind for draft in framed),
            dealing={place: frozenset(actors) for place, actors in told.items()},
        )  # fmt: skip

    def parties(
        self,
        draft: Draft,
        own: tuple[ActorRef, ...],
        between: tuple[ActorRef, ...],
        told_by: tuple[ActorRef, ...] = (),
    ) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...], str]:
        """Return parties and mediators of the deal that a draft is about, and how they were found (one of `HOW`)."""
        reading = self.reading
        theirs = place_of(reading, draft.mention, self.sides) if draft.mention is not None else None
        found, aside = self._at_hand(draft, own, between, theirs)
        if len(own) == ENOUGH and own[1].name[:1].isupper() and own[0].name[:1].isupper():
            return own, tuple(ref for ref in aside.values() if ref not in own), "named"
        if allies(tuple(found.values()), self.sides):
            # two bands that act together face the state that they fight
            home = self.sides.home or ""
            found[home] = ActorRef(home, self.sides.names.get(home, home), home)
            return tuple(found.values()), tuple(aside.values()), "allies"
        weak = {actor for actor, ref in found.items() if ref.country is None and not actor.isupper()}
        if len(found) == ENOUGH and not weak:
            return tuple(found.values()), tuple(aside.values()), "named"
        pair = self._pair(draft, found)
        if pair is not None and any(ref.actor.isupper() and ref not in pair.parties for ref in found.values()):
            inside_pair = {ref.actor for ref in pair.parties}
            # a side that the passage names and the pair lacks: this is another deal
            strange = {actor for actor, ref in found.items() if actor.isupper() and actor not in inside_pair}
            told = draft.trigger if draft.over is None else draft.over
            mine = {ref.actor for ref in doers(reading, told, self.sides) if ref.country != ref.actor}
            armed = bool(strange & mine)  # "the FARC signed an accord"
            pair = None if strange and (armed or not draft.mention) else pair
        if pair is not None and deals_pairs.of_others(self.reading, self.sides, pair, draft, self.mediators):
            pair = None
        if pair is not None and draft.mention is not None:
            mine = {ref.actor for ref in own if ref.actor.isupper()} | self._called_after(draft.mention)
            mine -= set(aside) | self.mediators
            pair = pair if mine <= {ref.actor for ref in pair.parties} else None  # "the A nuclear deal" is A's
        if pair is None and len(found) == ENOUGH:
            return tuple(found.values()), tuple(aside.values()), "named"
        if pair is not None:
            inside = {ref.actor for ref in pair.parties}
            aside.update({actor: ref for actor, ref in found.items() if actor not in inside and actor not in weak})
            how = f"pair{'-kind' if pair.kind else ''}{'-met' if inside & set(found) else ''}"
            return pair.parties, tuple(aside.values()), how
        if theirs and theirs not in found:
            own_foes = self.sides.versus if theirs in {ref.actor for ref in self.sides.versus} else ()
            return own_foes, tuple(aside.values()), "about"
        return self._elsewhere(draft, found, aside, told_by)

    def _elsewhere(
        self, draft: Draft, found: dict[str, ActorRef], aside: dict[str, ActorRef], told_by: tuple[ActorRef, ...]
    ) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...], str]:
        """Return the parties of a draft for which the article names no pair: who speaks or stands beside."""
        reading, told = self.reading, draft.trigger if draft.over is None else draft.over
        how = "named"
        himself = any(reading.pos[one] == "PRON" for one in doing(reading, told))
        for ref in told_by if not found or (len(found) == 1 and himself) else ():
            found.setdefault(ref.actor, ref)
            how = "told"
        if len(found) < ENOUGH:
            for ref in self._beside(draft, set(aside) | set(self.mediators)):
                if len(found) < ENOUGH:
                    found.setdefault(ref.actor, ref)
                    how = "beside"
        swap = draft.mention is not None and draft.kind == "prisoner_exchange"
        swap = swap and (himself or draft.rules == ("deals.condition",) or getattr(draft.mention, "exact", False))
        if len(found) < ENOUGH and (draft.kind not in SWAPS or swap):
            both = self._about(draft, set(found))
            if both:
                return both, tuple(aside.values()), "about"
        theirs = self.freed.sides(reading, draft, self.sides, self.foes, found) if draft.kind in SWAPS else ()
        if theirs:
            return theirs, tuple(aside.values()), "about"
        if len(found) == 1 and draft.kind not in SWAPS | {"sanctions_relief"}:
            other = self._hosted(found)
            if other is not None:
                found[other.actor] = other
                how = "hosted"
        return tuple(found.values())[:4], tuple(aside.values()), how

    def _at_hand(
        self, draft: Draft, own: tuple[ActorRef, ...], between: tuple[ActorRef, ...], theirs: str | None
    ) -> tuple[dict[str, ActorRef], dict[str, ActorRef]]:
        """Return the sides that the clause of the draft names, and those that only stand between."""
        reading = self.reading
        found = {ref.actor: ref for ref in own}
        aside = {ref.actor: ref for ref in between}
        told = draft.trigger if draft.over is None else draft.over
        if len(found) < ENOUGH or self._joined_by(draft):
            for ref in (*doers(reading, told, self.sides), *self._objects(told)):
                found.setdefault(ref.actor, ref)
        for actor in aside:
            found.pop(actor, None)
        if found and found.keys() <= self.mediators and self._both(told):
            found = {}  # "the two sides" are never the go-betweens
        if theirs and found and theirs not in found:
            # "A and B announced a suspension of the C peace talks"
            aside |= found
            found = {}
        known = self.dealing.get(reading.sentence_of(draft.trigger))
        if draft.mention is not None and known and found and not known & found.keys():
            # "A and B freed prisoners in a deal worked out by C and D"
            aside |= found
            found = {}
        return found, aside

    def knows(self, parties: tuple[ActorRef, ...]) -> bool:
        """Say whether the article tells of a deal between just these."""
        both = {ref.actor for ref in parties}
        return any(pair.kind is not None and both == {ref.actor for ref in pair.parties} for pair in self.pairs)

    def only_two(self, draft: Draft) -> tuple[ActorRef, ...]:
        """Return the only two sides of the article, for a deal that it speaks of as known, or that "both" made."""
        told = draft.trigger if draft.over is None else draft.over
        dual = self._both(told)
        known = draft.mention is not None and not draft.mention.exact
        sides = {ref.actor: ref for refs in self.sides.by_head.values() for ref in refs}
        often = [actor for actor in sides if self._often[actor] >= _NAMED]
        aside = [actor for actor in sides if actor not in often]
        # "an illegal group" named once is nobody's name
        clear = len(often) == ENOUGH and not any(actor.isupper() for actor in aside)
        return tuple(sides[actor] for actor in often) if clear and (dual or known) else ()

    def _about(self, draft: Draft, found: set[str]) -> tuple[ActorRef, ...]:
        """Return the two sides that the article is about, where the sentence names nobody else who could be meant."""
        bare = draft.mention is not None and (draft.mention.rule in _ANYBODY or self._between_others(draft.mention))
        foes = self.foes if not bare or not self._guessed else ()
        known = {ref.actor for ref in foes}
        if not foes or found - known:
            return ()
        first, last = self.reading.sentences[self.reading.sentence_of(draft.trigger)]
        for member in self.sides.cast.within(max(first, draft.trigger - 80), min(last, draft.trigger + 80)):
            if is_place(self.reading, member.head) or self.reading.dep[member.head] in {"compound", "nmod"}:
                continue
            if any(ref.actor not in known | self.mediators for ref in self.sides.at(member.head)):
                return ()
        return foes

    @cached_property
    def foes(self) -> tuple[ActorRef, ...]:
        """Return the two between whom the article's deals are; none where it names several such pairs, or is a digest.

        They are the only pair that it names for a deal, else the only one that it joins by "and" and names throughout.
        """
        if self.sides.digest:
            return ()
        for pairs in (
            [pair for pair in self.pairs if pair.kind is not None],
            [pair for pair in self.pairs if pair.kind is None],
        ):
            found = {frozenset(ref.actor for ref in pair.parties): pair.parties for pair in pairs}
            clear = {both: pair for both, pair in found.items() if all(self._often[actor] >= _NAMED for actor in both)}
            if len(clear) == 1:
                return next(iter(clear.values()))
            if found and pairs[0].kind is not None:
                return ()
        often = {actor: times for actor, times in self._often.items() if actor not in self.mediators}
        deals = {pair.kind for pair in self.pairs} | self.kinds
        return self.sides.versus or deals_pairs.main_two(self.reading, self.sides, often, deals)

    @cached_property
    def _guessed(self) -> bool:
        """Say whether the two are only those named most."""
        return not self.pairs and not self.sides.versus

    def truce_sides(self) -> tuple[ActorRef, ...]:
        """Return the sides of the only truce that the article tells of; none where there are several."""
        found = {
            frozenset(ref.actor for ref in pair.parties): pair.parties
            for pair in self.pairs
            if pair.kind == "ceasefire"
        }
        return next(iter(found.values())) if len(found) == 1 else ()

    def _joined_by(self, draft: Draft) -> bool:
        """Say whether the sides are those that somebody deals with: "A held talks with B and C"."""
        if draft.mention is None:
            return False
        return any(self.reading.lemma[prep] == "with" for prep in self.reading.children(draft.mention.head, "prep"))

    def _objects(self, told: int) -> tuple[ActorRef, ...]:
        found: list[ActorRef] = []
        for child in self.reading.children(told, "dobj", "prep"):
            if self.reading.dep[child] == "dobj":
                found += self.sides.at(child)
            elif self.reading.lemma[child] in {"with", "against", "between", "to", "before"}:
                for inner in self.reading.children(child, "pobj"):
                    found += self.sides.at(inner)
        return tuple(found)

    def _pair(self, draft: Draft, found: dict[str, ActorRef]) -> Pair | None:
        reading = self.reading
        here = reading.paragraph_of(reading.start[draft.trigger])
        near = self._named_in(here)
        theirs = place_of(reading, draft.mention, self.sides) if draft.mention is not None else None
        best: tuple[tuple[int, int, int], Pair] | None = None
        for pair in self._nearest(draft.trigger):
            both = {ref.actor for ref in pair.parties}
            if theirs is not None and theirs not in both:
                continue
            same = reading.paragraph_of(reading.start[pair.token]) == here
            if self.sides.digest and not same:
                continue
            sure = {actor for actor in near - self.mediators if actor.isupper()}
            others = self.sides.digest or len(self._kinds_of_pairs) > 1 or len(sure) >= ENOUGH
            told = draft.trigger if draft.over is None else draft.over
            only = len(self._kinds_of_pairs) == 1 and not self.sides.digest and self._both(told)
            if not same and near and not both & near and others and not only:
                continue
            if draft.kind == "talks" and pair.kind is None and not same and not near and not found:
                continue
            if found and not both & set(found) and (pair.kind is None or draft.mention is None):
                continue
            if pair.kind is None and not self._of_a_deal(pair, draft):
                continue
            if draft.mention is None and draft.kind in SWAPS and not found and not same and pair.kind not in SWAPS:
                continue  # whose people were freed, the two of another deal don't say
            rank = (
                likeness(pair.kind, draft.kind) + 3 * same + len(both & near) + 2 * len(both & set(found)),
                -abs(pair.token - draft.trigger),
                pair.token,
            )
            if best is None or rank > best[0]:
                best = (rank, pair)
        return best[1] if best else None

    def _of_a_deal(self, pair: Pair, draft: Draft) -> bool:
        """Say whether two that only stand together may be meant: in the same sentence, as "both sides", or elsewhere.

        Elsewhere means that the article names just these two as the parties of a deal of such a kind, or is about
        these two all along.
        """
        reading = self.reading
        if reading.sentence_of(pair.token) == reading.sentence_of(draft.trigger):
            return True
        told = draft.trigger if draft.over is None else draft.over
        if self._both(told) or self._between_the_two(draft):
            return True
        both = {ref.actor for ref in pair.parties}
        about = {actor for actor, times in self._often.items() if times >= _NAMED} - self.mediators
        if about == both and all(self._often[actor] >= _OFTEN for actor in both):
            return True
        return any(
            other.kind is not None and likeness(other.kind, draft.kind) > 0
            and both == {ref.actor for ref in other.parties}
            for other in self.pairs
        )  # fmt: skip

    @cached_property
    def _often(self) -> Counter[str]:
        """How often each side is named."""
        return Counter(ref.actor for refs in self.sides.by_head.values() for ref in refs)

    def _both(self, told: int) -> bool:
        """Say whether "both sides", "the two governments", "they" do it; not "both of the senators"."""
        reading = self.reading
        return any(
            reading.lemma[one] in self.dual
            and reading.tag[one] != "NN"
            and not any(reading.lemma[prep] == "of" for prep in reading.children(one, "prep"))
            for one in doing(reading, told)
        )

    def _between_others(self, mention: DealMention) -> bool:
        """Say whether the noun says between whom it is, and they are on no known side: "between two gangs"."""
        reading = self.reading
        ends = [
            end for prep in reading.children(mention.head, "prep") if reading.lemma[prep] == "between"
            for end in reading.children(prep, "pobj")
        ]  # fmt: skip
        return any(reading.lemma[end] not in self.two and not self.sides.at(end) for end in ends)

    def _called_after(self, mention: DealMention) -> set[str]:
        """Return the states that stand before the deal's noun by their own name: "the Norland nuclear deal"."""
        reading, names = self.reading, self.sides.names
        return {
            ref.actor
            for token in range(mention.first, mention.head)
            if reading.dep[token] in {"compound", "amod", "nmod"}
            for ref in self.sides.at(token)
            if names.get(ref.actor) == reading.word(token)
        }

    def _between_the_two(self, draft: Draft) -> bool:
        """Say whether the deal's noun says that it is between those told of: "negotiations between the two"."""
        reading, mention = self.reading, draft.mention
        return mention is not None and any(
            reading.lemma[end] in self.two
            for prep in reading.children(mention.head, "prep")
            if reading.lemma[prep] == "between"
            for end in reading.children(prep, "pobj")
        )

    def _named_in(self, paragraph: int) -> frozenset[str]:
        """Return the sides that a paragraph names."""
        if paragraph not in self._by_paragraph:
            span = self.reading.paragraphs[paragraph] if self.reading.paragraphs else (0, 0)
            named = self.sides.within(*self.reading.tokens_in(*span))
            self._by_paragraph[paragraph] = frozenset(ref.actor for ref in named)
        return self._by_paragraph[paragraph]

    @cached_property
    def _by_paragraph(self) -> dict[int, frozenset[str]]:
        return {}

    def _nearest(self, token: int) -> tuple[Pair, ...]:
        """Return the pairs that stand nearest, on either side; many more would only cost time."""
        if len(self.pairs) <= 2 * _MANY:
            return self.pairs
        place = bisect.bisect_left(self._tokens, token)
        return self._in_order[max(0, place - _MANY) : place + _MANY]

    @cached_property
    def _in_order(self) -> tuple[Pair, ...]:
        return tuple(sorted(self.pairs, key=lambda pair: pair.token))

    @cached_property
    def _tokens(self) -> list[int]:
        return [pair.token for pair in self._in_order]

    def _beside(self, draft: Draft, aside: set[str]) -> tuple[ActorRef, ...]:
        sentence = self.reading.sentences[self.reading.sentence_of(draft.trigger)]
        near: dict[str, ActorRef] = {}
        if draft.mention is None and draft.kind in SWAPS and self.reading.dep[draft.trigger] == "advcl":
            sentence = self.reading.subtree(draft.trigger)  # "... when 52 prisoners were let go": by whom nobody says
        first, last = max(sentence[0], draft.trigger - 80), min(sentence[1], draft.trigger + 80)
        for member in self.sides.cast.within(first, last):
            own = self.reading.child(member.head, "poss")
            if own is not None and self.reading.lemma[own] in _SOMEBODYS:
                continue  # "her government": hers, and not that of the article
            aside_of = root_of(self.reading, member.head)
            if behind_it(self.reading, aside_of) or self._describes(member.head):
                continue
            if deals_pairs.whose_idea(self.reading, member.head, self.plans):
                continue
            if not is_place(self.reading, member.head) and self._in_clause(member.head, draft):
                near |= {ref.actor: ref for ref in self.sides.at(member.head) if ref.actor not in aside}
        return tuple(near.values()) if len(near) <= ENOUGH else ()

    def _describes(self, token: int) -> bool:
        """Say whether the token only helps to say who a side is: "A, the most powerful of the B groups"."""
        at = token
        for _ in range(ENOUGH + ENOUGH):
            above = self.reading.head[at]
            if self.reading.dep[at] == "appos" and at != token:
                return bool(self.sides.at(above))
            if self.reading.pos[above] in {"VERB", "AUX"} or above == at:
                return False
            at = above
        return False

    def _in_clause(self, token: int, draft: Draft) -> bool:
        """Say whether the token stands in the clause of the draft, and not as part of the deal's name."""
        reading, spots = self.reading, {draft.trigger, draft.over}
        if draft.mention is not None:
            spots.add(draft.mention.head)
            if reading.head[token] == draft.mention.head and reading.dep[token] in {"compound", "nmod"}:
                return False
        for above in (token, *reading.ancestors(token)):
            if above in spots:
                return True
            if reading.pos[above] in {"VERB", "AUX"}:
                return above in {reading.head[spot] for spot in spots if spot is not None}
        return False

    def _hosted(self, found: dict[str, ActorRef]) -> ActorRef | None:
        """Return the other half of a pair of which one is named: an armed group's state, or a state's only group."""
        only = next(iter(found.values()))
        if only.country is not None and only.actor != only.country and only.country in self.sides.names:
            return ActorRef(only.country, self.sides.names[only.country], only.country)
        named = [
            ref
            for refs in self.sides.by_head.values()
            for ref in refs
            if ref.actor != ref.country and ref.country == only.actor
        ]
        counts = Counter(ref.actor for ref in named).most_common(2)
        clear = counts and (len(counts) == 1 or counts[0][1] >= max(3, 2 * counts[1][1]))
        return next(ref for ref in named if ref.actor == counts[0][0]) if clear else None

    @cached_property
    def _kinds_of_pairs(self) -> frozenset[frozenset[str]]:
        """Return the pairs that make deals in this article, each once."""
        told = [pair for pair in self.pairs if pair.kind is not None] or list(self.pairs)
        return frozenset(frozenset(ref.actor for ref in pair.parties) for pair in told)
