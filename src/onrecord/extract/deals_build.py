"""Make steps of drafts: parties, doer, date, voice, terms. Comes in: drafts. Goes out: steps and rejections."""

import msgspec

from onrecord.extract import deals_sure as sure
from onrecord.extract.clause import clause_head, date_of, object_of
from onrecord.extract.deals_context import Context
from onrecord.extract.deals_counts import n_for_n
from onrecord.extract.deals_days import days_of, is_old
from onrecord.extract.deals_frames import Framed
from onrecord.extract.deals_given import in_the_swap, parties_of, swap_of, talks_alone
from onrecord.extract.deals_left import Left, may_be_of, only_pair, pairs_of, set_between
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_mutual import each_other
from onrecord.extract.deals_parties import Sides, brokers, doers, doing, named
from onrecord.extract.deals_stages import first_stage, one_handover
from onrecord.extract.deals_steps import OF_TALKS, TALKING, Draft, inverted
from onrecord.extract.deals_sure import mutual, stage, taken_for_granted
from onrecord.extract.deals_terms import amount, duration, number, ratio, starts
from onrecord.extract.deals_things import astray
from onrecord.extract.deals_voice import made_by, reality
from onrecord.extract.deals_whose import (
    SWAPS,
    captives,
    counted,
    each_side,
    known_pair,
    price,
    window,
)
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast
from onrecord.model.claim import Figure, Statement, Step, Terms
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.model.vocabulary import DealKind
from onrecord.model.voices import Voices

_MADE = {"agreed", "agreed_in_principle", "signed", "announced"}
_SETS = frozenset({"deals.step.begun", "deals.step.effect"})  # "will start at 18:00" sets a time, named by no day
_BROKER = "deals.step.broker"
_HANDED = {"carried_out", "partly_carried_out"}
_ABANDON = "deals.step.abandon"
_CONTENT = "deals.content"
_PAIR = 2
_SHALL = "shall"


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
    old: dict[int, bool] = {}
    left: list[Left] = []
    meetings: list[Framed] = []

    def __post_init__(self) -> None:
        """Gather which sides the article names for which kind of deal."""
        self.steps, self.rejections, self.old = [], [], {}
        self.left, self.meetings = [], []
        self.context = Context.of(self.reading, self.mentions, self.sides, self.lexicon.deals, self.framed)

    def add(self, draft: Draft) -> None:
        """Make the step of a draft with a mention."""
        mention = draft.mention
        if mention is None:
            return
        text = self._around(draft)
        terms = Terms(
            ratio=self._ratio(draft, text) if draft.kind in SWAPS else None,
            duration=duration(self.reading.words(mention.first, mention.last)) if draft.kind == "ceasefire" else None,
            amount=amount(text) if draft.kind == "sanctions_relief" else None,
        )
        own = named(self.reading, mention, self.sides, self.lexicon.deals)
        if draft.kind == "hostage_release" and mention.rule == _CONTENT:
            told = draft.trigger if draft.over is None else draft.over
            if len(doers(self.reading, told, self.sides)) == _PAIR:
                # "A and B signed an agreement to free 12 prisoners": each frees the other's
                draft = msgspec.structs.replace(draft, kind="prisoner_exchange")
        if draft.step == "collapsed" and self._only_a_body(draft):
            draft = msgspec.structs.replace(draft, step="suspended")
        seed = self.seeds.get(mention.head)
        persons = seed.persons if seed is not None else ()
        self._make(draft, own, terms, persons, brokers(self.reading, mention, self.lexicon.deals, self.sides))

    def _ratio(self, draft: Draft, text: str) -> tuple[int, int] | None:
        if self._beside_stage(draft):
            return None
        return ratio(text) or (each_side(self, draft.trigger) if draft.step in _MADE else None)

    def _only_a_body(self, draft: Draft) -> bool:
        """Say whether it is a body of the deal that is left, and not the deal: "pulled out of the truce commission"."""
        reading, head = self.reading, draft.mention.head if draft.mention is not None else draft.trigger
        inside = draft.rules[:1] == (_ABANDON,) and reading.dep[head] in {"compound", "nmod"}
        return inside and reading.lemma[reading.head[head]] in self.lexicon.deals.words("bodies")

    def _beside_stage(self, draft: Draft) -> bool:
        """Say whether the sentence tells of a stage, and the draft of the whole: its size is that of the stage."""
        here = self.reading.sentence_of(draft.trigger)
        return draft.step not in {"carried_out", "partly_carried_out"} and any(
            other.step == "partly_carried_out"
            and self.reading.tag[other.trigger] in {"VBD", "VBN"}
            and self.reading.sentence_of(other.trigger) == here
            for other in self.framed
        )

    def add_left(self) -> None:
        """Make the steps of which nothing near says whose they are, where all others are of the same two."""
        pairs = pairs_of(self.steps)
        for meeting in () if self.plain else tuple(self.meetings):
            between = set_between(self, meeting, pairs)
            if between and not self._long_ago(meeting.draft.trigger):
                self._make(meeting.draft, between, Terms(), (), ())
        pair = () if self.plain or self.sides.digest else only_pair(pairs)
        for one in tuple(self.left) if pair else ():
            if not may_be_of(self, one, pair):
                continue
            made, said = len(self.steps), len(self.rejections)
            self._make(one.draft, pair, one.terms, one.persons, one.between)
            if len(self.steps) > made and self.steps[-1].step == "announced" and one.draft.mention is None:
                self.steps.pop()  # "they will fly home in the coming days" announces no deal
            elif len(self.steps) > made:
                self.rejections.remove(one.rejection)
            else:
                del self.rejections[said:]

    def add_breach(self, draft: Draft, pair: tuple[ActorRef, ...]) -> None:
        """Make the step of an attack that breaks the truce of these two."""
        self._make(draft, pair, Terms(), (), ())

    def add_framed(self, framed: tuple[Framed, ...]) -> None:
        """Make the step of a frame, or of two releases of which one was given for the other."""
        first = framed[0]
        kind: DealKind = first.draft.kind
        if first.weak and (not known_pair(self, first) or self._long_ago(first.draft.trigger)):
            self.meetings.append(first)
            return
        if talks_alone(self, first.draft.trigger):
            return
        persons = {ref.actor: ref for item in reversed(framed) for ref in reversed(item.persons)}
        sides = parties_of(self, framed)
        swap = swap_of(self, first) if kind == "hostage_release" else None
        both = in_the_swap(self, first, swap, sides) if swap is not None else {}
        if len(both) == _PAIR:
            kind, sides = "prisoner_exchange", both
        words = self._clause(first.draft.trigger, first.things)
        terms = Terms()
        if kind in SWAPS:
            even = len(sides) > 1 and each_other(self.reading, first.draft.trigger)
            back = price(self, first.draft.trigger)
            given = first.ratio or ratio(words) or ((first.count, first.count) if even and first.count else None)
            given = given or n_for_n(self.reading, self.cast, object_of(self.reading, first.draft.trigger), back)
            if len(framed) > 1:
                counts = [item.count or counted(self, item) for item in framed[:2]]
                given = (counts[0], counts[1]) if counts[0] and counts[1] else given
            terms = Terms(ratio=given, figures=() if given or len(sides) < 2 else self._exchanged(first))
            if kind == "hostage_release" and (
                given
                or len(framed) > 1
                or even
                or self._people(back)
                or (len(sides) > 1 and first.draft.over is not None)
            ):
                kind = "prisoner_exchange"
        if kind == "hostage_release" and not first.again and not captives(self, first):
            return
        draft = msgspec.structs.replace(first.draft, kind=kind)
        if draft.step == "carried_out" and any(item.draft.step not in _HANDED for item in framed[1:]):
            # "A freed X. In return B has promised to free Y": a half is done
            draft = msgspec.structs.replace(draft, step="partly_carried_out")
        self._make(draft, tuple(sides.values()), terms, tuple(persons.values()), ())
        for item in framed[1:]:
            if item.draft.step != first.draft.step:
                self._make(
                    msgspec.structs.replace(item.draft, kind=kind), tuple(sides.values()), terms,
                    tuple(persons.values()), (),
                )  # fmt: skip

    def _long_ago(self, verb: int) -> bool:
        """Say whether a bare meeting lies so far back that it belongs to no deal of the article."""
        return is_old(self.document, date_of(self.reading, verb, self.moments))

    def _people(self, tokens: tuple[int, ...]) -> bool:
        """Say whether people are given in return, and not money or sanctions."""
        members = (self.cast.member_at(token) for token in tokens)
        return any(member is not None and member.sort in {"person", "group"} for member in members)

    def _exchanged(self, framed: Framed) -> tuple[Figure, ...]:
        """Return how many the two sides exchanged in all: "exchanged five prisoners"."""
        if self.reading.lemma[framed.draft.trigger] not in self.lexicon.deals.words("swapping"):
            return ()
        return tuple(
            Figure(what="exchanged", low=count, high=count, of=self.reading.word(thing), span=self.document.cite(
                self.reading.start[one], self.reading.end[one]))
            for thing in framed.things[:1]
            for one in self.reading.children(thing, "nummod")
            if (count := number(self.reading.word(one))) is not None and not self.reading.children(one)
        )  # fmt: skip

    def _clause(self, verb: int, things: tuple[int, ...]) -> str:
        """Return the words of the clause, without what is told in relative clauses under it."""
        reading, (first, last) = self.reading, self.reading.subtree(verb)
        sentence = window(self, verb)
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
        return self.reading.words(*window(self, draft.trigger))

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
        nothing = self._nothing(draft)
        if nothing:
            self._reject("R305", span, nothing)
            return
        voice = self._voice(draft)
        step, conditional, note = reality(reading, draft, self.lexicon, voice, self.moments)
        if step is None:
            self._reject("R305", span, note)
            return
        if (
            draft.kind == "ceasefire"
            and draft.mention is not None
            and draft.mention.rule in TALKING
            and reading.pos[draft.mention.head] != "PRON"
            and reading.lemma[draft.mention.head] not in self.lexicon.deals.words("generic")
            and step in OF_TALKS
        ):
            draft = msgspec.structs.replace(draft, kind="talks")  # it is the talks that are set or put off
        if step == "violated" and draft.over is not None:
            voice = voice or self.voices.at(reading.start[draft.trigger])
            if voice is None:
                self._reject("R305", span, "an accusation without its accuser")
                return
        if step == "carried_out" and draft.kind in SWAPS and first_stage(self, draft):
            step = "partly_carried_out"
        if (
            step == "collapsed"
            and draft.kind in SWAPS
            and (stage(self, draft, "suspended") or one_handover(self, draft))
        ):
            step = "suspended"  # one handover called off is not the exchange
        by = self._owned(self._called(draft.by or made_by(reading, self.cast, draft, step, voice)), draft)
        if by is not None and draft.by is None and self._both_of_them(draft):
            by = None
        doubt = sure.of_doer(self, draft, step, by, voice)
        if doubt is not None:
            self._reject(doubt[0], span, doubt[1])
            return
        parties, mediators, how = self._parties(draft, own, between, by if voice is not None else None)
        if step == "announced" and draft.step in _MADE - {"announced"} and voice is not None and by is None:
            # "A and B have agreed to it, the United Nations announced": who announces it makes nothing
            strangers = self.sides.of_actor(voice.speaker.actor) if voice.speaker is not None else ()
            step = draft.step if voice.speaker is not None and not set(strangers) & set(parties) else step
        date, planned = days_of(self, draft, told, step, voice)
        doubt = sure.of_old_accord(self, draft, parties, how) or sure.of_stranger(
            self, draft, step, by, parties, plain=self.plain
        )
        doubt = (
            doubt
            or sure.of_parties(self, draft, step, parties, how, plain=self.plain)
            or sure.of_day(self, draft, step, date, planned)
        )
        if doubt is not None:
            self._reject(doubt[0], span, doubt[1])
            if doubt[0] == "R306" and doubt[1] == sure.nobody(draft, step):
                self.left.append(Left(draft, terms, persons, between, by, parties, self.rejections[-1]))
            return
        if step == "violated" and draft.over is not None and by is None and mutual(self, draft.over):
            accused: tuple[ActorRef | None, ...] = parties
        else:
            accused = (by,)
        if (
            step == "scheduled"
            and planned is None
            and draft.step in {"carried_out", "partly_carried_out", "talks_held"}
            and draft.rules[0] not in _SETS
        ):
            shall = any(reading.lemma[aux] == _SHALL for aux in reading.children(draft.trigger, "aux"))
            step = "agreed" if shall else "announced"  # what a text says they shall do, they agreed
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
                undisclosed=self._undisclosed(draft), conditional=conditional, background=self._old(draft, date),
                rules=(*draft.rules, *stage(self, draft, step), f"deals.parties.{how}"),
            )
            for by in accused
        ]  # fmt: skip
        self.steps += made
        if planned is not None and step in {"agreed", "announced", "signed"} and draft.kind == "ceasefire":
            self.steps += [self._scheduled(one) for one in made[:1]]

    def _nothing(self, draft: Draft) -> str:
        """Say why the draft tells nothing: only hoped for, only asked; else nothing."""
        lent = draft.rules[:1] == (_BROKER,) and draft.over is not None
        if draft.void or lent:
            return "an offer to broker it" if lent else "hoped for, not told"
        last = self.reading.sentences[self.reading.sentence_of(draft.trigger)][1] - 1
        return "asked, not told" if self.reading.word(last) == "?" else ""

    def _parties(
        self, draft: Draft, own: tuple[ActorRef, ...], between: tuple[ActorRef, ...], speaker: ActorRef | None
    ) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...], str]:
        """Return parties, mediators, and how the parties were found."""
        if self.context is None:
            return own, between, "named"
        told_by = self.sides.of_actor(speaker.actor) if speaker is not None else ()
        parties, mediators, how = self.context.parties(draft, own, between, told_by)
        pronoun = draft.mention is not None and self.reading.pos[draft.mention.head] == "PRON"
        if len(parties) < _PAIR and how in {"told", "beside"} and pronoun:
            # "Qatar says ... It will start at six": who tells it is no party
            same = self._of_same_deal(draft)
            parties, how = (same, "same") if len(same) == _PAIR else (parties, how)
        if not parties:
            parties, how = self._of_same_deal(draft), "same"
        return (parties, mediators, how) if parties else (self.context.only_two(draft), mediators, "two")

    def _called(self, by: ActorRef | None) -> ActorRef | None:
        """Return the armed group by its name, where it is only described: "A's largest guerrilla group"."""
        sides = self.sides.of_actor(by.actor) if by is not None else ()
        described = by is not None and any(
            member.sort == "armed_group" and any(ref.actor == by.actor for ref in member.refs)
            for member in self.cast.members
        )
        return sides[0] if described and len(sides) == 1 else by

    def _owned(self, by: ActorRef | None, draft: Draft) -> ActorRef | None:
        """Return who does it with the country of the one whose man he is: "his prime minister will stay away"."""
        if by is None or by.country is not None or self.sides.of_actor(by.actor):
            return by
        told = draft.trigger if draft.over is None else draft.over
        owners = {
            ref.actor: ref
            for token in doing(self.reading, told) for own in self.reading.children(token, "poss")
            for ref in (self.sides.at(own) or self.cast.refs_at(own))
        }  # fmt: skip
        country = next(iter(owners.values())).country if len(owners) == 1 else None
        return msgspec.structs.replace(by, country=country) if country else by

    def _both_of_them(self, draft: Draft) -> bool:
        """Say whether both do it and neither is named: "the two delegations", "commanders"."""
        told = draft.trigger if draft.over is None else draft.over
        tokens = doing(self.reading, told)
        words = self.lexicon.deals.words("both")
        return bool(tokens) and all(
            self.reading.tag[token] == "NNS" and self.reading.lemma[token] in words and not self.sides.at(token)
            for token in tokens
        )

    def _of_same_deal(self, draft: Draft) -> tuple[ActorRef, ...]:
        """Return the parties of the deal of this kind that the same paragraph told of last."""
        reading = self.reading
        here = reading.paragraph_of(reading.start[draft.trigger])
        told = [
            step
            for step in self.steps
            if step.deal_kind == draft.kind and reading.paragraph_of(step.evidence[0].start) == here
        ]
        if told or draft.mention is None or draft.mention.exact:
            return told[-1].parties if told else ()
        # "the release" of an article that tells of one
        alike = [step for step in self.steps if step.deal_kind == draft.kind or {step.deal_kind, draft.kind} <= SWAPS]
        every = {
            frozenset(ref.actor for ref in step.parties): step.parties
            for step in ([step for step in alike if not step.background] or alike)
        }
        return next(iter(every.values())) if len(every) == 1 else ()

    def _voice(self, draft: Draft) -> Statement | None:
        """Return whose words the step stands in; a condition belongs to what is said to follow from it."""
        reading = self.reading
        voice = self.voices.at(reading.start[draft.trigger])
        if voice is not None and voice.quotation == "indirect" and taken_for_granted(self, draft):
            return None
        if voice is None and inverted(reading, draft.trigger):
            last = window(self, draft.trigger)[1]
            said = (self.voices.at(reading.start[at]) for at in range(draft.trigger, last))
            voice = next((one for one in said if one is not None), None)
        return voice

    def _old(self, draft: Draft, date: Period | None) -> bool:
        """Say whether the step is history: by its day, or, without one, by that of a step told of the same noun."""
        old = is_old(self.document, date)
        if draft.mention is None or not draft.mention.exact:
            return old
        self.old[draft.mention.head] = old or (self.old.get(draft.mention.head, False) and date is None)
        return self.old[draft.mention.head]

    def _scheduled(self, step: Step) -> Step:
        """Return the day that an agreement sets, as a step of its own."""
        span = step.evidence[0]
        return msgspec.structs.replace(
            step,
            id=identity("step", self.document.id, step.deal_kind, "scheduled", span.start, span.end, step.id),
            step="scheduled",
        )

    def _terms(self, terms: Terms, draft: Draft, planned: Period | None) -> Terms:
        if draft.kind != "ceasefire":
            return terms
        first, last = window(self, draft.trigger)
        length = terms.duration or duration(self.reading.words(first, last))
        begin = planned
        if begin is None and draft.step in {"agreed", "signed", "announced", "proposed"}:
            begin = None
        return msgspec.structs.replace(terms, duration=length, starts=begin)

    def _evidence(self, draft: Draft) -> Span:
        reading = self.reading
        sentence = reading.sentences[reading.sentence_of(draft.trigger)]
        at = draft.trigger if draft.over is None else min(draft.over, draft.trigger)
        first, last = reading.subtree(clause_head(reading, draft.trigger))
        first, last = min(first, at), max(last, at + 1)
        for thing in astray(reading, draft.trigger) if draft.mention is None else ():
            first = min(first, reading.subtree(thing)[0])
        if draft.mention is not None and sentence[0] <= draft.mention.head < sentence[1]:
            first, last = min(first, draft.mention.head), max(last, draft.mention.head + 1)
            if draft.trigger == draft.mention.head or reading.dep[draft.trigger] in {"acl", "relcl"}:
                first = min(first, draft.mention.first)
        above = reading.head[draft.trigger]
        if reading.dep[draft.trigger] == "xcomp" and reading.lemma[above] in self._light_verbs:
            # "have finished pulling back": who did it stands with the verb above
            first = min([first, above, *(reading.subtree(one)[0] for one in doing(reading, above))])
        first, last = max(first, sentence[0]), min(last, sentence[1])
        voice = self.voices.at(reading.start[draft.trigger])
        start, end = reading.start[first], reading.end[last - 1]
        if voice is not None:
            covering = next((s for s in voice.content if s.start <= reading.start[draft.trigger] < s.end), None)
            if covering is not None:
                start, end = max(start, covering.start), min(end, covering.end)
        return self.document.cite(start, end)

    @property
    def _light_verbs(self) -> frozenset[str]:
        book = self.lexicon.deals
        return book.words("enact") | book.words("begin") | book.words("done")

    def _undisclosed(self, draft: Draft) -> tuple[str, ...]:
        if draft.kind not in SWAPS:
            return ()
        reading, words = self.reading, self.lexicon.deals.words("secret")
        first, last = window(self, draft.trigger)
        secret = any(reading.lemma[token] in words for token in range(first, last))
        hidden = any(
            reading.dep[token] == "neg" or reading.lemma[token] in self.lexicon.deals.words("withhold")
            for token in range(first, last)
        )
        return ("names",) if secret and hidden else ()

    def _reject(self, code: str, span: Span, note: str) -> None:
        self.rejections.append(Rejection(code=code, stage="extract", document=self.document.id, span=span, note=note))


__all__ = ["Builder", "starts"]
