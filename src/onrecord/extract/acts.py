"""Who did what to whom: PLOVER acts with their words, how real they are, and whose claim it is.

Comes in: the reading, the cast, moments, places, figures and voices. Goes out: acts and rejections, one per trigger.
"""

from collections import defaultdict
from functools import cached_property

from onrecord.extract import clause
from onrecord.extract.acts_domain import Domain
from onrecord.extract.acts_match import Hit, hits
from onrecord.extract.acts_merge import parents
from onrecord.extract.acts_roles import Role, Roles, slug
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast
from onrecord.model.claim import Act, Figure
from onrecord.model.identity import identity
from onrecord.model.mention import Place, PlaceRef
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.model.vocabulary import Modality, Polarity
from onrecord.model.voices import Voices

_MEASURES = {
    "ASSAULT": frozenset({"killed", "injured", "captured", "missing", "displaced", "abducted"}),
    "RETREAT": frozenset({"released", "exchanged"}),
    "CONCEDE": frozenset({"released", "exchanged"}),
    "COERCE": frozenset({"arrested", "held", "abducted", "captured"}),
    "AID": frozenset({"amount", "weapons"}),
    "MOBILIZE": frozenset({"troops", "weapons"}),
    "PROTEST": frozenset({"people", "arrested"}),
    "SANCTION": frozenset({"displaced", "amount"}),
}
_DURING = frozenset({"in", "during", "at", "on"})
_AGAINST = frozenset({"ASSAULT", "THREATEN", "ACCUSE"})
_VERBAL = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_WHERE = ("in", "at", "near", "outside", "across", "inside", "from", "around", "along", "off")


def run(
    *,
    document: Document,
    reading: Reading,
    cast: Cast,
    moments: tuple[Moment, ...],
    places: tuple[Place, ...],
    figures: tuple[Figure, ...],
    voices: Voices,
    lexicon: Lexicon,
) -> tuple[tuple[Act, ...], tuple[Rejection, ...]]:
    """Return the acts that the article tells, in order of their triggers, and what was seen but not taken."""
    reader = _Reader(document, reading, cast, moments, places, figures, voices, lexicon)
    return reader.read()


class _Reader:
    def __init__(
        self,
        document: Document,
        reading: Reading,
        cast: Cast,
        moments: tuple[Moment, ...],
        places: tuple[Place, ...],
        figures: tuple[Figure, ...],
        voices: Voices,
        lexicon: Lexicon,
    ) -> None:
        self.document, self.reading, self.voices, self.lexicon = document, reading, voices, lexicon
        self.moments = tuple(sorted(moments, key=lambda moment: moment.start))
        self.roles = Roles(document, reading, cast, places, voices, lexicon)
        self.domain = Domain(reading, lexicon.acts)
        self.hits = hits(reading, lexicon.acts)
        self.rejections: list[Rejection] = []
        self.figures: dict[int, list[tuple[int, Figure]]] = defaultdict(list)
        for figure in figures:
            token = clause.head_of(reading, figure.span.start, figure.span.end)
            if token is not None:
                self.figures[reading.sentence_of(token)].append((token, figure))

    def read(self) -> tuple[tuple[Act, ...], tuple[Rejection, ...]]:
        """Read the article once."""
        found = self.hits
        above = parents(self.reading, found)
        below: dict[int, list[Hit]] = defaultdict(list)
        for hit in found:
            if hit.token in above:
                below[above[hit.token]].append(hit)
        acts = []
        for hit in found:
            if hit.token in above:
                continue
            act = self._act(hit, below[hit.token])
            if act is not None:
                acts.append(act)
        return tuple(acts), tuple(self.rejections)

    def _reject(self, hit: Hit, code: str, note: str) -> None:
        span = self.document.cite(self.reading.start[hit.token], self.reading.end[hit.token])
        self.rejections.append(
            Rejection(code=code, stage="extract", document=self.document.id, span=span, note=f"{hit.rule.id}: {note}")
        )

    def _act(self, hit: Hit, inner: list[Hit]) -> Act | None:
        reading, token = self.reading, hit.token
        actors, targets = self._sides(hit)
        for other in inner:
            more_actors, more_targets = self._sides(other)
            actors = actors or more_actors
            targets = targets or more_targets
        counts = self._counts(hit, inner)
        scope = clause.scope(reading, token, self.lexicon.hedges)
        statement = self.voices.at(reading.start[token])
        modality = scope.modality
        if scope.alleged and statement is None and modality == "happened":
            modality = "hypothetical"
        shown = self._too_faint(hit, modality, scope.polarity, actors)
        if shown is not None:
            self._reject(hit, "R305", shown)
            return None
        period = self._when(hit, inner)
        actors = self._no_sides(hit.token, actors) if hit.rule.reciprocal else actors
        sided = hit.rule.reciprocal and len(actors) < 2 and not any(role.named for role in actors)
        if sided and (period is not None or counts or not self._nominal(hit) or hit.carrier is not None):
            actors = self._pair(hit.token) or actors
        if hit.rule.type in _AGAINST or hit.rule.other_side:
            targets = self._faced(hit, actors, targets)
        reason = self._refusal(hit, actors, targets, counts)
        if reason is not None:
            self._reject(hit, *reason)
            return None
        if modality == "happened" and hit.rule.lasting and self._lasts(hit, period):
            modality = "ongoing"
        evidence = self._evidence(hit)
        trigger = self.document.cite(reading.start[token], reading.end[hit.last])
        return Act(
            id=identity(
                "act",
                self.document.id,
                (trigger.start, trigger.end),
                hit.rule.type,
                [role.ref.actor for role in actors],
                [role.ref.actor for role in targets],
                modality,
                scope.polarity,
            ),
            document=self.document.id,
            type=hit.rule.type,
            mode=hit.rule.mode,
            contexts=hit.rule.contexts,
            actors=tuple(role.ref for role in actors),
            targets=tuple(role.ref for role in targets),
            trigger=trigger,
            date=period,
            place=self._where(hit, inner),
            modality=modality,
            polarity=scope.polarity,
            voice=statement.id if statement is not None else None,
            figures=tuple(counts),
            evidence=evidence,
            rules=tuple(dict.fromkeys([hit.rule.id, *(other.rule.id for other in inner)])),
        )

    def _no_sides(self, token: int, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return these with "the sides" resolved to the states and groups named, where there are any."""
        sides = self.lexicon.acts.words("side")
        kept = tuple(role for role in actors if role.ref.name.lower().split()[-1] not in sides)
        powers = self.roles.powers(kept)
        if len(kept) < len(actors) and kept:
            known = {role.ref.actor for role in kept}
            return (*(role for role in self._pair(token) if role.ref.actor not in known), *kept)
        return powers if len(powers) > 1 and not any(role.named for role in kept) else kept

    def _faced(self, hit: Hit, actors: tuple[Role, ...], targets: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return whom it falls on: the other side, where nobody is named, or soldiers of no country are."""
        organ = self.lexicon.acts.words("organ")
        faceless = all(
            not role.ref.country and role.ref.actor == slug(role.ref.name) and self._lemma_of(role) in organ
            for role in targets
        )
        if not actors or (targets and not (faceless and hit.rule.type == "RETREAT")):
            return targets
        return self._other(hit.token, actors) or targets

    def _lemma_of(self, role: Role) -> str:
        span = role.ref.mention
        token = clause.head_of(self.reading, span.start, span.end) if span else None
        return self.reading.lemma[token] if token is not None else ""

    def _other(self, token: int, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Return the side that the actor stands against, where the article tells of one pair alone."""
        mine = {role.ref.actor for role in self.roles.powers(actors)}
        pair = self._pair(token)
        if sum(role.ref.actor in mine for role in pair) != 1:
            return ()
        return tuple(role for role in pair if role.ref.actor not in mine)

    def _lasts(self, hit: Hit, period: Period | None) -> bool:
        """Say whether a state is told that still holds: present tense, "since 2016", "two men held in the fort"."""
        reading = self.reading
        if period is not None and period.until is None:
            return True
        first = min(clause.verb_group(reading, hit.token))
        standing = reading.dep[hit.token] == "acl" and period is None and hit.rule.mode is not None
        return reading.tag[first] in {"VBZ", "VBP"} or (standing and reading.lemma[hit.token] in hit.rule.standing)

    def _nominal(self, hit: Hit) -> bool:
        return not clause.is_verb(self.reading, hit.token)

    def _pair(self, token: int) -> tuple[Role, ...]:
        """Return the two sides that the paragraph (else the article) tells of, where it tells of one pair alone."""
        place = self.reading.paragraph_of(self.reading.start[token])
        pairs = self._pairs.get(place) or [pair for found in self._pairs.values() for pair in found]
        keys = {frozenset(role.ref.actor for role in pair) for pair in pairs}
        return pairs[0] if len(keys) == 1 else ()

    @cached_property
    def _pairs(self) -> dict[int, list[tuple[Role, ...]]]:
        found: dict[int, list[tuple[Role, ...]]] = defaultdict(list)
        for hit in self.hits:
            place = self.reading.paragraph_of(self.reading.start[hit.token])
            if hit.rule.reciprocal or self._each_other(hit):
                sides = self.roles.powers(self.roles.who((*hit.actors, *hit.targets)))
            elif hit.rule.type in _AGAINST:
                ones = (self.roles.powers(self.roles.who(hit.actors)), self.roles.powers(self.roles.who(hit.targets)))
                sides = (*ones[0], *ones[1]) if len(ones[0]) == len(ones[1]) == 1 else ()
            else:
                continue
            if len({role.ref.actor for role in sides}) == len(sides) == 2:
                found[place].append(sides)
        return found

    def _sides(self, hit: Hit) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
        actors = self.roles.who(hit.actors)
        targets = self.roles.who(hit.targets)
        if hit.rule.reciprocal or self._each_other(hit):
            return self.roles.who((*hit.actors, *hit.targets)), ()
        if not targets and hit.rule.type == "ASSAULT":
            targets = self.roles.ground(hit.targets)
        doers = {role.ref.actor for role in actors}
        return actors, tuple(role for role in targets if role.ref.actor not in doers)

    def _each_other(self, hit: Hit) -> bool:
        reading = self.reading
        return any(
            reading.lemma[token] == "other" and any(reading.lemma[c] == "each" for c in reading.children(token))
            for token in reading.children(hit.token, "dobj")
        )

    def _refusal(
        self, hit: Hit, actors: tuple[Role, ...], targets: tuple[Role, ...], counts: list[Figure]
    ) -> tuple[str, str] | None:
        if self._heading(hit.token):
            return "R305", "a heading: the text below tells it"
        everyone = (*actors, *targets)
        hurt = any(figure.what in {"killed", "injured"} for figure in counts)
        held = any(role.named for role in targets) and hit.rule.type in {"COERCE", "RETREAT", "CONCEDE", "SANCTION"}
        if self.domain.game or (self.domain.passage_of_game(hit.token) and not self.roles.powers(actors)):
            return "R305", "a game is told here"
        if hit.rule.type == "ASSAULT" and not actors and self.domain.disaster(hit.token):
            return "R305", "an accident or a disaster is told here"
        if not everyone:
            if hit.rule.victims and (hurt or counts):
                return None
            return "R302", "nobody is named"
        if hit.rule.type != "PROTEST" and not (held or counts) and not any(role.political for role in everyone):
            return "R302", "nobody of politics or conflict is named"
        if hit.rule.weak and not (actors and (targets or (hit.rule.reciprocal and len(actors) > 1))):
            return "R302", "only one side is named"
        if hit.rule.reciprocal and len(actors) < 2 and not hit.rule.victims and not actors[0].named:
            return "R302", "only one side is named"
        if not actors and hit.rule.type in _VERBAL:
            return "R302", "no doer is named"
        if not actors and not hit.rule.victims and not any(role.named for role in targets):
            return "R302", "no doer is named"
        return None

    def _too_faint(self, hit: Hit, modality: Modality, polarity: Polarity, actors: tuple[Role, ...]) -> str | None:
        """Say why a mention is too faint to be an act of its own: a thing talked about, an agreement refused."""
        bare = self._nominal(hit) and hit.carrier is None
        gerund = self.reading.tag[hit.token] == "VBG"
        if (bare or gerund) and modality == "hypothetical" and polarity == "asserted":
            return "only talked about"
        if bare and modality == "called_for" and not actors:
            return "only called for, of nobody"
        if hit.rule.type in {"AGREE", "CONCEDE"} and polarity == "denied":
            return "a refusal is told, not this"
        infinitive = any(self.reading.lemma[one] == "to" for one in clause.auxiliaries(self.reading, hit.token))
        if hit.rule.type == "AGREE" and infinitive and modality != "happened":
            return "no agreement yet"
        return None

    def _heading(self, token: int) -> bool:
        reading = self.reading
        start, end = reading.paragraphs[reading.paragraph_of(reading.start[token])]
        text = reading.text[start:end].rstrip()
        return (
            len(reading.paragraphs) > 2
            and len(text) < 160
            and not text.endswith((".", "!", "”", '"', "’", "'", ":", ")", "…", ";", "?"))
        )

    def _when(self, hit: Hit, inner: list[Hit]) -> Period | None:
        reading = self.reading
        tokens = [hit.token, *((hit.carrier,) if hit.carrier is not None else ()), *(other.token for other in inner)]
        if clause.is_verb(reading, hit.token):
            tokens += [
                noun
                for prep in reading.children(hit.token, "prep")
                if reading.lemma[prep] in _DURING
                for noun in reading.children(prep, "pobj")
            ]
            tokens += [child for child in reading.children(hit.token, "xcomp") if reading.tag[child] == "VBG"]
            if reading.dep[hit.token] == "relcl" and reading.child(hit.token, "prep") is not None:
                tokens += [
                    reading.head[hit.token]
                    for prep in reading.children(hit.token, "prep")
                    if any(reading.tag[child] == "WDT" for child in reading.children(prep, "pobj"))
                ]
        for token in tokens:
            period = clause.date_of(reading, token, self.moments)
            if period is not None:
                return period
        today = self.document.published_day
        for child in reading.children(hit.token, "xcomp"):
            period = clause.date_of(reading, child, self.moments)
            if period is not None and period.until is not None and today is not None and period.until < today:
                return period
        return None

    def _where(self, hit: Hit, inner: list[Hit]) -> PlaceRef | None:
        reading = self.reading
        tokens: list[int] = []
        for one in (hit, *inner):
            for anchor in (one.token, *((one.carrier,) if one.carrier is not None else ())):
                tokens += clause.preposition(reading, anchor, *_WHERE, "of")
                for named in reading.children(anchor, "dobj", "nsubjpass"):
                    tokens += clause.preposition(reading, named, *_WHERE)
            if one.rule.type == "ASSAULT":
                tokens += one.targets
                for target in one.targets:
                    tokens += clause.preposition(reading, target, "of", *_WHERE)
        return self.roles.where(tuple(tokens))

    def _counts(self, hit: Hit, inner: list[Hit]) -> list[Figure]:
        wanted = _MEASURES.get(hit.rule.type, frozenset())
        reading = self.reading
        found = []
        spans = [self._span(one) for one in (hit, *inner)]
        for token, figure in self.figures.get(reading.sentence_of(hit.token), ()):
            if figure.what in wanted and any(first <= token < last for first, last in spans):
                found.append(figure)
        return found

    def _span(self, hit: Hit) -> tuple[int, int]:
        reading = self.reading
        top = hit.carrier if hit.carrier is not None else hit.token
        first, last = reading.subtree(top)
        return min(first, hit.token), max(last, hit.last + 1)

    def _evidence(self, hit: Hit) -> tuple[Span, ...]:
        reading = self.reading
        first, last = self._span(hit)
        if hit.carrier is None and not clause.is_verb(reading, hit.token):
            above = next((one for one in _near(reading, hit.token) if clause.is_verb(reading, one)), None)
            if above is not None:
                low, high = reading.subtree(above)
                first, last = min(low, first), max(high, last)
        return (self.document.cite(reading.start[first], reading.end[last - 1]),)


def _near(reading: Reading, token: int) -> list[int]:
    found = []
    for above in reading.ancestors(token):
        found.append(above)
        if len(found) == 6:
            break
    return found
