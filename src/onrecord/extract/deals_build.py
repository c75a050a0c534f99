"""Make steps of drafts: parties, doer, date, voice, terms. Comes in: drafts. Goes out: steps and rejections."""

import msgspec

from onrecord.extract import clause
from onrecord.extract.deals_context import Context
from onrecord.extract.deals_days import days_of, is_old
from onrecord.extract.deals_frames import Framed
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_parties import Sides, brokers, doers, named
from onrecord.extract.deals_parties import doing as subjects
from onrecord.extract.deals_steps import Draft, inverted
from onrecord.extract.deals_terms import amount, duration, ratio, starts
from onrecord.extract.deals_voice import made_by, reality
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast
from onrecord.model.claim import Statement, Step, Terms
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.model.vocabulary import DealKind
from onrecord.model.voices import Voices

_SWAPS = {"prisoner_exchange", "hostage_release"}
_OWN = {"refused", "denied", "conditions_set", "suspended", "agreed", "proposed", "violated"}
# What nobody but a party can do: done by somebody whose side isn't known, it says nothing of the two.
_ALONE = {"signed", "resumed", "collapsed", "suspended", "extended"}
_WIDE = 80
_THEIRS = {"hostage_release", "withdrawal"}
_OF_A_MEETING = {"reaffirmed", "postponed", "collapsed", "suspended", "refused", "scheduled"}
_ONE_SIDED = {"hostage_release", "withdrawal", "humanitarian", "arms_control"}
_BETWEEN = {"talks", "prisoner_exchange", "peace_agreement", "sanctions_relief"}


class Builder(msgspec.Struct, kw_only=True):
    """What is needed to make steps, and the steps and rejections made so far."""

    document: Document
    reading: Reading
    cast: Cast
    moments: tuple[Moment, ...]
    voices: Voices
    lexicon: Lexicon
    sides: Sides
    mentions: tuple[DealMention, ...]
    seeds: dict[int, Framed] = {}
    framed: tuple[Draft, ...] = ()
    plain: bool = False
    context: Context | None = None
    steps: list[Step] = []
    rejections: list[Rejection] = []

    def __post_init__(self) -> None:
        """Gather which sides the article names for which kind of deal."""
        self.steps, self.rejections = [], []
        self.context = Context.of(self.reading, self.mentions, self.sides, self.lexicon.deals, self.framed)

    def add(self, draft: Draft) -> None:
        """Make the step of a draft with a mention."""
        mention = draft.mention
        if mention is None:
            return
        text = self._around(draft)
        terms = Terms(
            ratio=ratio(text) if draft.kind in _SWAPS else None,
            duration=duration(self.reading.words(mention.first, mention.last)) if draft.kind == "ceasefire" else None,
            amount=amount(text) if draft.kind == "sanctions_relief" else None,
        )
        own = named(self.reading, mention, self.sides)
        seed = self.seeds.get(mention.head)
        persons = seed.persons if seed is not None else ()
        self._make(draft, own, terms, persons, brokers(self.reading, mention, self.lexicon.deals, self.sides))

    def add_breach(self, draft: Draft, pair: tuple[ActorRef, ...]) -> None:
        """Make the step of an attack that breaks the truce of these two."""
        self._make(draft, pair, Terms(), (), ())

    def add_framed(self, framed: tuple[Framed, ...]) -> None:
        """Make the step of a frame, or of two releases of which one was given for the other."""
        first = framed[0]
        kind: DealKind = first.draft.kind
        if first.weak and not self._known_pair(first):
            return
        sides: dict[str, ActorRef] = {}
        persons: dict[str, ActorRef] = {}
        for item in framed:
            for ref in doers(self.reading, item.draft.trigger, self.sides):
                sides.setdefault(ref.actor, ref)
            for ref in item.persons:
                persons.setdefault(ref.actor, ref)
        if kind == "prisoner_exchange" and len(sides) < 2:
            theirs = self._whose((*first.things, *self._price(first.draft.trigger)), sides)
            sides |= theirs if len(theirs) + len(sides) <= 2 else {}
        elif kind in _THEIRS and len(sides) == 1:
            # "freed A's soldiers", "withdrew from A territory": the other side is whose they are
            theirs = self._whose(first.things, sides)
            sides |= theirs if len(theirs) == 1 else {}
        words = self._clause(first.draft.trigger, first.things)
        terms = Terms()
        if kind in _SWAPS:
            given = ratio(words)
            if len(framed) > 1:
                counts = [item.count or len(item.persons) or None for item in framed[:2]]
                given = (counts[0], counts[1]) if counts[0] and counts[1] else given
            terms = Terms(ratio=given)
            if kind == "hostage_release" and (
                given or len(framed) > 1 or (len(sides) > 1 and first.draft.over is not None)
            ):
                kind = "prisoner_exchange"
        if kind == "hostage_release" and not first.again and not self._captives(first):
            return
        draft = msgspec.structs.replace(first.draft, kind=kind)
        self._make(draft, tuple(sides.values()), terms, tuple(persons.values()), ())
        for item in framed[1:]:
            if item.draft.step != first.draft.step:
                self._make(
                    msgspec.structs.replace(item.draft, kind=kind), tuple(sides.values()), terms,
                    tuple(persons.values()), (),
                )  # fmt: skip

    def _whose(self, things: tuple[int, ...], known: dict[str, ActorRef]) -> dict[str, ActorRef]:
        """Return the sides whose people are given: "traded five A spies"."""
        return {
            ref.actor: ref
            for thing in things
            for token in (thing, *self.reading.children(thing, "amod", "compound", "nmod"))
            for ref in self._nation_at(token)
            if ref.actor not in known
        }

    def _nation_at(self, token: int) -> tuple[ActorRef, ...]:
        """Return the state whose people stand here: "seven A", "A spies"."""
        member = self.cast.member_at(token)
        if member is not None and member.sort == "group" and member.head == token and len(member.refs) == 1:
            country = member.refs[0].country
            if country and len(country) == 3:
                return (ActorRef(country, self.sides.names.get(country, country), country),)
        return self.sides.at(token)

    def _price(self, verb: int) -> tuple[int, ...]:
        """Return those that are given in return: "exchanged for seven A"."""
        reading = self.reading
        return tuple(
            thing
            for spot in (verb, *reading.children(verb, "dobj"))
            for prep in reading.children(spot, "prep")
            if reading.lemma[prep] == "for"
            for thing in reading.children(prep, "pobj")
        )

    def _known_pair(self, framed: Framed) -> bool:
        """Say whether the article tells of another deal between those who are to meet here."""
        told = framed.draft.trigger if framed.draft.over is None else framed.draft.over
        sides = {ref.actor for ref in doers(self.reading, told, self.sides)}
        reading = self.reading
        for prep in reading.children(framed.draft.trigger, "prep"):
            if reading.lemma[prep] == "with":
                for child in reading.children(prep, "pobj"):
                    sides |= {ref.actor for ref in self.sides.at(child)}
        pairs = self.context.pairs if self.context is not None else ()
        known = [{ref.actor for ref in pair.parties} for pair in pairs if pair.kind is not None]
        dual = any(reading.lemma[one] in self.lexicon.deals.words("both") for one in subjects(reading, told))
        return any(sides == pair or (dual and not sides - pair) for pair in known)

    def _captives(self, framed: Framed) -> bool:
        words = self.lexicon.deals.words("captive")
        for thing in framed.things:
            near = {self.reading.lemma[thing]} | {self.reading.lemma[c] for c in self.reading.children(thing)}
            if near & words or any(self.reading.tag[c] == "VBN" for c in self.reading.children(thing, "amod")):
                return True
        told = any(mention.kind in _SWAPS for mention in self.mentions) or any(
            step.deal_kind in _SWAPS for step in self.steps
        )
        if told and (
            framed.persons or any(self.reading.lemma[t] in self.lexicon.deals.words("round") for t in framed.things)
        ):
            return True
        first, last = self.reading.subtree(framed.draft.trigger)
        around = {self.reading.lemma[at] for at in range(first, min(last, first + 60))}
        return bool(around & (self.lexicon.deals.words("handover") | self.lexicon.deals.words("confined")))

    def _clause(self, verb: int, things: tuple[int, ...]) -> str:
        """Return the words of the clause, without what is told in relative clauses under it."""
        reading, (first, last) = self.reading, self.reading.subtree(verb)
        sentence = self._window(verb)
        last = min(last, sentence[1])
        first = max(min(first, *(reading.subtree(thing)[0] for thing in things)), sentence[0]) if things else first
        hidden: set[int] = set()
        for at in range(first, min(last, first + 200)):
            if (
                at != verb
                and verb not in range(*reading.subtree(at))
                and reading.dep[at] in {"relcl", "acl", "advcl"}
                and at not in hidden
            ):
                hidden.update(range(*reading.subtree(at)))
        return " ".join(reading.word(at) for at in range(first, last) if at not in hidden or at == verb)

    def _around(self, draft: Draft) -> str:
        return self.reading.words(*self._window(draft.trigger))

    def _window(self, token: int) -> tuple[int, int]:
        """Return the sentence of a token, no more than `_WIDE` tokens on either side."""
        first, last = self.reading.sentences[self.reading.sentence_of(token)]
        return max(first, token - _WIDE), min(last, token + _WIDE)

    def _make(
        self,
        draft: Draft,
        own: tuple[ActorRef, ...],
        terms: Terms,
        persons: tuple[ActorRef, ...],
        between: tuple[ActorRef, ...],
    ) -> None:
        reading, told = self.reading, draft.trigger if draft.over is None else draft.over
        span = self._evidence(draft)
        if draft.void:
            self._reject("R305", span, "hoped for, not told")
            return
        voice = self._voice(draft)
        step, conditional, note = reality(reading, draft, self.lexicon, voice)
        if step is None:
            self._reject("R305", span, note)
            return
        if step == "violated" and draft.over is not None and voice is None:
            voice = self.voices.at(reading.start[draft.trigger])
            if voice is None:
                self._reject("R305", span, "an accusation without its accuser")
                return
        by = self._called(draft.by or made_by(reading, self.cast, draft, step, voice))
        if by is None and step == "refused" and draft.over is None and voice is None and not self._told_by(draft):
            self._reject("R306", span, "refused by nobody who is named")
            return
        if (by is None or step in _ALONE) and step in _OWN | _ALONE and self._by_others(draft):
            self._reject("R305", span, f"{step} by somebody who is no party")
            return
        if self._as_a_habit(draft):
            self._reject("R305", span, "told as what happens again and again")
            return
        assert_context = self.context
        told_by = self.sides.of_actor(by.actor) if by is not None and voice is not None else ()
        parties, mediators, how = (
            assert_context.parties(draft, own, between, told_by)
            if assert_context is not None
            else (own, between, "named")
        )
        if not parties:
            parties, how = self._of_same_deal(draft), "same"
        weak = draft.mention is not None and draft.mention.weak
        if weak and (step not in _OF_A_MEETING or self.context is None or not self.context.knows(parties)):
            self._reject("R306", span, "a meeting of which nothing says that it is about a deal")
            return
        if (
            how not in {"named", "told"}
            and draft.mention is None
            and draft.kind in _SWAPS
            and self._of_strangers(draft)
        ):
            self._reject("R306", span, "the people of somebody whose side isn't known")
            return
        lone = len(parties) < 2 and (draft.kind in _BETWEEN or step in {"proposed", "agreed", "signed"})
        if self.plain and not all(ref.actor.isupper() and how == "named" for ref in parties):
            self._reject("R306", span, "names can't be told from words in a text without capitals")
            return
        if not parties or (lone and draft.kind not in _ONE_SIDED) or (len(parties) < 2 and step == "discussed"):
            self._reject("R306", span, f"{draft.kind} {step}")
            return
        if step == "violated" and draft.over is not None and by is None and self._mutual(draft.over):
            accused: tuple[ActorRef | None, ...] = parties
        else:
            accused = (by,)
        date, planned = days_of(self, draft, told, step, voice)
        if (
            step == "scheduled"
            and planned is None
            and draft.step in {"carried_out", "partly_carried_out", "talks_held"}
        ):
            step = "announced"
            by = by or (voice.speaker if voice is not None else None)
        made = [
            Step(
                id=identity(
                    "step", self.document.id, draft.kind, step, span.start, span.end,
                    [party.actor for party in parties], by.actor if by is not None else None,
                ),
                document=self.document.id, deal_kind=draft.kind, parties=parties, step=step,
                terms=self._terms(terms, draft, planned), persons=persons, by=by, date=date,
                voice=voice.id if voice else None, evidence=(span,), scheduled_for=planned, mediators=mediators,
                undisclosed=self._undisclosed(draft), conditional=conditional, background=is_old(self.document, date),
                rules=(*draft.rules, f"deals.parties.{how}"),
            )
            for by in accused
        ]  # fmt: skip
        self.steps += made
        if planned is not None and step in {"agreed", "announced", "signed"} and draft.kind == "ceasefire":
            self.steps += [self._scheduled(one) for one in made[:1]]

    def _called(self, by: ActorRef | None) -> ActorRef | None:
        """Return the armed group by its name, where it is only described: "A's largest guerrilla group"."""
        sides = self.sides.of_actor(by.actor) if by is not None else ()
        described = by is not None and any(
            member.sort == "armed_group" and any(ref.actor == by.actor for ref in member.refs)
            for member in self.cast.members
        )
        return sides[0] if described and len(sides) == 1 else by

    def _of_same_deal(self, draft: Draft) -> tuple[ActorRef, ...]:
        """Return the parties of the deal of this kind that the same paragraph told of last."""
        reading = self.reading
        here = reading.paragraph_of(reading.start[draft.trigger])
        told = [
            step
            for step in self.steps
            if step.deal_kind == draft.kind and reading.paragraph_of(step.evidence[0].start) == here
        ]
        return told[-1].parties if told else ()

    def _voice(self, draft: Draft) -> Statement | None:
        """Return whose words the step stands in; a condition belongs to what is said to follow from it."""
        reading = self.reading
        voice = self.voices.at(reading.start[draft.trigger])
        if voice is None and inverted(reading, draft.trigger):
            last = self._window(draft.trigger)[1]
            said = (self.voices.at(reading.start[at]) for at in range(draft.trigger, last))
            voice = next((one for one in said if one is not None), None)
        return voice

    def _scheduled(self, step: Step) -> Step:
        """Return the day that an agreement sets, as a step of its own."""
        span = step.evidence[0]
        return msgspec.structs.replace(
            step,
            id=identity("step", self.document.id, step.deal_kind, "scheduled", span.start, span.end, step.id),
            step="scheduled",
        )

    def _told_by(self, draft: Draft) -> bool:
        """Say whether the word itself says that somebody does it, or has it done: a verb with a subject, a passive."""
        told = draft.trigger
        return (self.reading.pos[told] in {"VERB", "AUX"} and bool(subjects(self.reading, told))) or (
            self.reading.child(told, "auxpass") is not None
        )

    def _by_others(self, draft: Draft) -> bool:
        """Say whether the article names a doer of whom nothing says whose side he is on."""
        reading, told = self.reading, draft.trigger if draft.over is None else draft.over
        doing = list(subjects(reading, told))
        if reading.pos[told] in {"NOUN", "PROPN"}:
            # "the return to the talks by the party"
            spots = (told,) if draft.mention is None else (told, draft.mention.head)
            doing = [
                one for spot in spots for prep in reading.children(spot, "prep") if reading.lemma[prep] == "by"
                for one in reading.children(prep, "pobj")
            ]  # fmt: skip
        if draft.mention is not None:
            doing = [token for token in doing if token != draft.mention.head]
        both = self.lexicon.deals.words("both")
        if any(reading.lemma[token] in both and reading.tag[token] != "NN" for token in doing):
            return False
        return bool(doing) and not any(self.sides.at(token) for token in doing)

    def _of_strangers(self, draft: Draft) -> bool:
        """Say whether those who are given are called after somebody who is on no known side: "five A detainees"."""
        reading = self.reading
        return any(
            reading.tag[child] == "NNP" and not self._nation_at(child)
            for thing in clause.object_of(reading, draft.trigger)
            for child in reading.children(thing, "compound", "nmod")
            if reading.pos[thing] == "NOUN"
        )

    def _as_a_habit(self, draft: Draft) -> bool:
        """Say whether the clause tells no single happening: "has routinely exchanged prisoners"."""
        words = self.lexicon.deals.words("habit")
        return any(self.reading.lemma[child] in words for child in self.reading.children(draft.trigger, "advmod"))

    def _mutual(self, over: int) -> bool:
        """Say whether the accusation goes both ways: "accused each other"."""
        return any(self.reading.lemma[token] == "other" for token in clause.object_of(self.reading, over))

    def _terms(self, terms: Terms, draft: Draft, planned: Period | None) -> Terms:
        if draft.kind != "ceasefire":
            return terms
        first, last = self._window(draft.trigger)
        length = terms.duration or duration(self.reading.words(first, last))
        begin = planned
        if begin is None and draft.step in {"agreed", "signed", "announced", "proposed"}:
            begin = None
        return msgspec.structs.replace(terms, duration=length, starts=begin)

    def _evidence(self, draft: Draft) -> Span:
        reading = self.reading
        sentence = reading.sentences[reading.sentence_of(draft.trigger)]
        at = draft.trigger if draft.over is None else min(draft.over, draft.trigger)
        first, last = reading.subtree(draft.trigger)
        first, last = min(first, at), max(last, at + 1)
        if draft.mention is not None and sentence[0] <= draft.mention.head < sentence[1]:
            first, last = min(first, draft.mention.head), max(last, draft.mention.head + 1)
            if draft.trigger == draft.mention.head or reading.dep[draft.trigger] in {"acl", "relcl"}:
                first = min(first, draft.mention.first)
        first, last = max(first, sentence[0]), min(last, sentence[1])
        voice = self.voices.at(reading.start[draft.trigger])
        start, end = reading.start[first], reading.end[last - 1]
        if voice is not None:
            covering = next((s for s in voice.content if s.start <= reading.start[draft.trigger] < s.end), None)
            if covering is not None:
                start, end = max(start, covering.start), min(end, covering.end)
        return self.document.cite(start, end)

    def _undisclosed(self, draft: Draft) -> tuple[str, ...]:
        if draft.kind not in _SWAPS:
            return ()
        reading, words = self.reading, self.lexicon.deals.words("secret")
        first, last = self._window(draft.trigger)
        secret = any(reading.lemma[token] in words for token in range(first, last))
        hidden = any(
            reading.dep[token] == "neg" or reading.lemma[token] in self.lexicon.deals.words("withhold")
            for token in range(first, last)
        )
        return ("names",) if secret and hidden else ()

    def _reject(self, code: str, span: Span, note: str) -> None:
        self.rejections.append(Rejection(code=code, stage="extract", document=self.document.id, span=span, note=note))


__all__ = ["Builder", "starts"]
