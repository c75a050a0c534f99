"""Who said what. Comes in: what rules and learned reader saw. Goes out: statements, and what was seen and not taken.

Rules find attributions (`speech_drafts`); where the learned reader ran, `speech_learned` puts its spans first. Here
they become statements: speakers resolved against the cast, type of quotation, force, medium, addressee, date.
"""

import bisect
from functools import cached_property

from onrecord.extract import clause
from onrecord.extract.speech_drafts import parts_of
from onrecord.extract.speech_force import Forces
from onrecord.extract.speech_learned import combine
from onrecord.extract.speech_names import references
from onrecord.extract.speech_scene import Draft
from onrecord.extract.speech_seen import Seen
from onrecord.model.cast import Cast
from onrecord.model.claim import Statement
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Attributed, Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.model.vocabulary import Medium, Quotation

_WAYS = frozenset({"in", "on", "by", "at", "to", "via", "through", "during", "over", "from", "before", "with"})


class _Speech:
    """One article's statements in the making."""

    def __init__(
        self, document: Document, reading: Reading, seen: Seen, cast: Cast, moments: tuple[Moment, ...]
    ) -> None:
        self.document, self.reading, self.cast, self.moments = document, reading, cast, moments
        self.scene, self.seen = seen.scene, seen
        self.forces = Forces(self.scene, cast)
        self.known: dict[int, tuple[ActorRef, ...]] = {}
        self.statements: dict[str, Statement] = {}
        self.rejections: list[Rejection] = []

    def make(self, attributed: tuple[Attributed, ...]) -> None:
        for draft in combine(self.scene, self.seen.drafts, attributed):
            if not draft.cue.thought and not draft.unsaid:
                self._take(draft)
        for quote in self.seen.orphans:
            self._reject(quote.start, quote.end, "an utterance with no cue and nobody who spoke before it")

    def _reject(self, start: int, end: int, note: str, code: str = "R301") -> None:
        self.rejections.append(
            Rejection(
                code=code, stage="extract", document=self.document.id, span=self.document.cite(start, end), note=note
            )
        )

    def _speakers(self, draft: Draft) -> tuple[ActorRef, ...]:
        found = self.known.get(id(draft))
        if found is not None:
            return found
        chain, at = [draft], draft
        while at.carried is not None and id(at.carried) not in self.known:
            at = at.carried
            chain.append(at)
        refs = self.known[id(at.carried)] if at.carried is not None else self._resolved(at)
        for link in chain:
            self.known[id(link)] = refs if self._within(link, at) else ()
        return self.known[id(draft)]

    def _within(self, draft: Draft, root: Draft) -> bool:
        """Say whether who speaks is named in the entry of a live blog that the words stand in."""
        if not self.document.pieces:
            return True
        tokens = [*root.speakers[:1], *([root.hit.anchor] if root.hit else [])]
        places = (*(self.reading.start[token] for token in tokens), draft.place)
        return len({self.document.piece_at(place) for place in places}) == 1

    def _resolved(self, draft: Draft) -> tuple[ActorRef, ...]:
        refs: list[ActorRef] = []
        for head in draft.speakers[:4]:
            for ref in references(self.scene, self.document, self.cast, head, draft.hit):
                if ref.actor not in {known.actor for known in refs}:
                    refs.append(ref)
        return tuple(refs)

    def _take(self, draft: Draft) -> None:
        if not draft.speakers and draft.carried is None and not draft.direct:
            return
        refs = self._speakers(draft)
        if draft.cue.needs_actor and not draft.direct and not self._can_speak(draft):
            return
        if not refs:
            if any(self.scene.book.is_in("first_person", self.reading.lemma[head]) for head in draft.speakers):
                return
            note = (
                "the speaker is a pronoun that points at nobody known"
                if draft.speakers
                else "no speaker beside the cue"
            )
            self._reject(draft.content[0][0], draft.content[-1][1], note)
            if not draft.direct:
                return
        for part in parts_of(self.scene, draft):
            draft.content = part
            for ref in refs[:4] or (None,):
                statement = self._statement(draft, ref)
                self.statements.setdefault(statement.id, statement)

    def _can_speak(self, draft: Draft) -> bool:
        return any(self.cast.member_at(head) is not None or head in self._named for head in draft.speakers)

    @cached_property
    def _named(self) -> frozenset[int]:
        return frozenset(at for name in self.reading.names for at in range(name.first, name.last))

    def _statement(self, draft: Draft, speaker: ActorRef | None) -> Statement:
        document, _reading = self.document, self.reading
        content = tuple(document.cite(start, end) for start, end in draft.content)
        cue = self._cue_span(draft)
        addressee = self._one(draft.addressee)
        date = self._date(draft)
        if date is not None and date.since and document.published_day and date.since > document.published_day:
            date = None  # nothing is reported before it was said: that day is of what was said
        return Statement(
            id=identity(
                "statement", document.id, [[span.start, span.end] for span in content],
                [cue.start, cue.end] if cue else None, speaker.actor if speaker else None,
            ),
            document=document.id, speaker=speaker, cue=cue, content=content, quotation=self._quotation(draft),
            force=self.forces.of(draft, speaker), negated=draft.negated, about=self._about(draft, speaker),
            addressee=addressee, medium=self._medium(draft), date=date, evidence=self._evidence(content, cue),
            via=self._via(draft), rules=(draft.rule,), confidence=draft.confidence,
        )  # fmt: skip

    def _moment_between(self, start: int, end: int) -> Period | None:
        """Return the day that stands between a cue and its words ("said on Monday that ...")."""
        at = bisect.bisect_left(self.moments, start, key=lambda moment: moment.start)
        if at == len(self.moments) or self.moments[at].end > end or end - start > 60:
            return None
        return self.moments[at].period if self.moments[at].type in {"DATE", "TIME"} else None

    def _cue_span(self, draft: Draft) -> Span | None:
        if draft.hit is None:
            return None
        reading = self.reading
        tokens = draft.hit.tokens
        return self.document.cite(reading.start[tokens[0]], reading.end[tokens[-1]])

    def _one(self, token: int | None) -> ActorRef | None:
        if token is None:
            return None
        refs = references(self.scene, self.document, self.cast, token)
        return refs[0] if len(refs) == 1 else None

    def _via(self, draft: Draft) -> ActorRef | None:
        refs = [ref for head in draft.via[:1] for ref in references(self.scene, self.document, self.cast, head)]
        return refs[0] if refs else None

    def _date(self, draft: Draft) -> Period | None:
        """Return when it was said: the date of the cue's own clause, or a moment right behind words and cue."""
        if draft.carried is not None:
            same = self.scene.paragraph(draft.place) == self.scene.paragraph(draft.carried.place)
            return self._date(draft.carried) if same and draft.carried.carried is None else None
        if draft.hit is None or draft.hit.sort != "verb":
            return None
        between = self._moment_between(self.reading.end[draft.hit.tokens[-1]], draft.content[0][0])
        date = between or clause.date_of(self.reading, draft.hit.anchor, self.moments)
        if date is None and self._shares_a_subject(draft.hit.anchor):
            date = clause.date_of(self.reading, self.reading.head[draft.hit.anchor], self.moments)
        if date is not None or not (draft.direct or draft.rule.endswith("/label")):
            return date if date is None or date.since or date.until else None
        end = max(draft.content[-1][1], self.reading.end[draft.hit.tokens[-1]])
        at = bisect.bisect_left(self.moments, end, key=lambda moment: moment.start)
        if at == len(self.moments):
            return None
        moment, gap = self.moments[at], self.document.text[end : self.moments[at].start]
        near = len(gap) < 12 and not set(gap) & set(".,;:!?\n") and gap.count(" ") < 4
        return moment.period if near and moment.type in {"DATE", "TIME"} else None

    def _shares_a_subject(self, verb: int) -> bool:
        """Say whether the cue goes on from another cue of the same clause ("accused ... and demanded ...")."""
        head = self.reading.head[verb]
        alone = self.reading.child(verb, "nsubj", "nsubjpass") is None
        return self.reading.dep[verb] == "conj" and alone and head < verb and bool(self.scene.hits_in(head, head + 1))

    def _quotation(self, draft: Draft) -> Quotation:
        if draft.direct:
            return "direct"
        return "mixed" if any(self._marked(start, end) for start, end in draft.content) else "indirect"

    def _marked(self, start: int, end: int) -> bool:
        return bool(self.scene.quotes_in(start, end)) or (
            (quote := self.scene.quote_at(start)) is not None and quote.end <= end + 1
        )

    def _about(self, draft: Draft, speaker: ActorRef | None) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for start, end in draft.content:
            first, last = self.reading.tokens_in(start, end)
            for member in self.cast.within(first, last):
                for ref in member.refs:
                    if speaker is None or ref.actor != speaker.actor:
                        found[ref.actor] = None
        return tuple(found)

    def _medium(self, draft: Draft) -> Medium | None:
        if draft.carried is not None:
            same = self.scene.paragraph(draft.place) == self.scene.paragraph(draft.carried.place)
            return self._medium(draft.carried) if same and draft.carried.carried is None else None
        if draft.cue.medium or draft.hit is None:
            return draft.cue.medium
        reading, book = self.reading, self.scene.book
        inside = [self.reading.tokens_in(start, end) for start, end in draft.raw]
        first, last = reading.subtree(draft.hit.anchor)
        low, high = max(first, draft.hit.anchor - 40), min(last, draft.hit.anchor + 40)
        beside = sorted(range(low, high), key=lambda at: (reading.dep[at] in {"compound", "amod"}, at))
        for at in beside:
            named = reading.pos[at] in {"NOUN", "PROPN", "ADJ", "VERB"}
            if not named or any(start <= at < end for start, end in inside):
                continue
            if at not in draft.speakers and not self._beside(at, draft):
                continue
            for lemma in dict.fromkeys((reading.lemma[at], reading.word(at).lower())):
                for rest, hint in book.by_medium.get(lemma, ()):
                    lemmas = tuple(reading.lemma[at + 1 : at + 1 + len(rest)])
                    words = tuple(reading.word(k).lower() for k in range(at + 1, min(at + 1 + len(rest), len(reading))))
                    if rest in (lemmas, words):
                        return hint.medium
        return None

    def _beside(self, token: int, draft: Draft) -> bool:
        """Say whether the word is in the cue's own phrase, as addressee or after a preposition."""
        reading = self.reading
        anchor = draft.hit.anchor if draft.hit else -1
        below = token
        for steps, above in enumerate(reading.ancestors(token)):
            if above == anchor:
                by_way = reading.dep[below] == "prep" and reading.lemma[below] in _WAYS
                return by_way or reading.dep[below] in {"dobj", "dative", "npadvmod"}
            reached = reading.dep[above] in {"acl", "advcl"} and self.scene.book.is_in("reached", reading.lemma[above])
            if reached and reading.dep[below] in {"prep", "agent"}:
                return reading.head[above] in {anchor, *draft.speakers}
            below = above
            if steps > 5 or reading.dep[above] in {"nsubj", "nsubjpass", "ccomp", "relcl", "advcl", "acl"}:
                return False
        return False

    def _evidence(self, content: tuple[Span, ...], cue: Span | None) -> tuple[Span, ...]:
        """Return the sentences that hold content and cue, in order of the text, those that touch joined."""
        reading = self.reading
        pieces = [(span.start, span.end) for span in content] + ([(cue.start, cue.end)] if cue else [])
        grown: list[list[int]] = []
        for start, end in sorted(pieces):
            first, last = reading.tokens_in(start, end)
            if first >= last:
                low, high = start, end
            else:
                low = min(start, reading.start[reading.sentences[reading.sentence_of(first)][0]])
                high = max(end, reading.end[reading.sentences[reading.sentence_of(last - 1)][1] - 1])
            if grown and low <= grown[-1][1] + 1:
                grown[-1][1] = max(grown[-1][1], high)
            else:
                grown.append([low, high])
        return tuple(self.document.cite(low, high) for low, high in grown)


def run(
    *,
    document: Document,
    reading: Reading,
    seen: Seen,
    attributed: tuple[Attributed, ...],
    cast: Cast,
    moments: tuple[Moment, ...],
) -> tuple[tuple[Statement, ...], tuple[Rejection, ...]]:
    """Return the statements of the article in order of the text, and the utterances that nobody could be found for."""
    speech = _Speech(document, reading, seen, cast, moments)
    speech.make(attributed)
    return tuple(speech.statements.values()), tuple(speech.rejections)
