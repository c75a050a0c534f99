"""Who did what to whom: PLOVER acts with their words, how real they are, and whose claim it is.

Comes in: the reading, the cast, moments, places, figures and voices. Goes out: acts and rejections, one per trigger.
"""

from collections import defaultdict

from msgspec import structs

from onrecord.extract import clause
from onrecord.extract.acts_domain import Domain
from onrecord.extract.acts_faced import Faced
from onrecord.extract.acts_holders import Holders
from onrecord.extract.acts_match import Hit, hits
from onrecord.extract.acts_merge import parents
from onrecord.extract.acts_role import Role
from onrecord.extract.acts_roles import Roles
from onrecord.extract.acts_sides import AGAINST, Sides
from onrecord.extract.acts_sift import Sieve
from onrecord.extract.acts_suffered import suffered
from onrecord.extract.acts_when import When, coming, so_far
from onrecord.extract.acts_where import Where
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast
from onrecord.model.claim import Act, Figure, Step
from onrecord.model.holding import Holdings
from onrecord.model.identity import identity
from onrecord.model.mention import Place
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
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
_YEARS = 3
_SPOKEN = frozenset({"REQUEST", "SUPPORT", "CONSULT", "REJECT"})


def run(
    *,
    document: Document,
    reading: Reading,
    cast: Cast,
    moments: tuple[Moment, ...],
    places: tuple[Place, ...],
    figures: tuple[Figure, ...],
    voices: Voices,
    holdings: Holdings,
    steps: tuple[Step, ...],
    lexicon: Lexicon,
) -> tuple[tuple[Act, ...], tuple[Rejection, ...]]:
    """Return the acts that the article tells, in order of their triggers, and what was seen but not taken."""
    reader = _Reader(
        document=document,
        reading=reading,
        cast=cast,
        moments=moments,
        places=places,
        figures=figures,
        voices=voices,
        holdings=holdings,
        steps=steps,
        lexicon=lexicon,
    )
    return reader.read()


class _Reader:
    def __init__(
        self,
        *,
        document: Document,
        reading: Reading,
        cast: Cast,
        moments: tuple[Moment, ...],
        places: tuple[Place, ...],
        figures: tuple[Figure, ...],
        voices: Voices,
        holdings: Holdings,
        steps: tuple[Step, ...],
        lexicon: Lexicon,
    ) -> None:
        self.holders = Holders(holdings, lexicon.acts)
        self.document, self.reading, self.voices, self.lexicon = document, reading, voices, lexicon
        self.moments = tuple(sorted(moments, key=lambda moment: moment.start))
        self.roles = Roles(document, reading, cast, places, voices=voices, lexicon=lexicon)
        self.hits = hits(reading, lexicon.acts)
        domain = Domain(reading, lexicon.acts)
        self.sides = Sides(reading, self.roles, self.hits, lexicon.acts, steps=steps, campaign=domain.campaign)
        self.faced = Faced(self.sides)
        self.sieve = Sieve(reading, self.roles, domain)
        self.when = When(document, reading, self.moments)
        self.where = Where(document, reading, self.roles.ground, lexicon.acts)
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
        actors, targets = self._sides_of(hit, inner)
        counts = self._counts(hit, inner)
        scope = clause.scope(reading, self._verb_of(token), self.lexicon.hedges)
        statement = self.voices.at(reading.start[token])
        modality = scope.modality
        if scope.alleged and statement is None and modality == "happened":
            modality = "hypothetical"
        if modality == "happened" and scope.polarity == "asserted":
            modality = "hypothetical" if self._garbled(token) else hit.rule.modality
        refused = self.lexicon.acts.refusals.get(hit.rule.type)
        if refused is not None and (scope.modality, scope.polarity) == ("planned", "denied") and self._wills(hit.token):
            hit, modality, scope = structs.replace(hit, rule=refused), "happened", clause.Scope("happened", "asserted")
        shown = self.sieve.too_faint(hit, modality, scope.polarity, actors)
        if shown is not None:
            self._reject(hit, "R305", shown)
            return None
        period = self.when.of(hit, inner)
        if period is not None:
            self.when.told[reading.lemma[hit.token]] = period
        actors = self.sides.without_sides(hit.token, actors) if hit.rule.reciprocal else actors
        if hit.rule.type in _SPOKEN:
            doers = {role.ref.actor for role in self.roles.powers(actors)}
            targets = tuple(
                role for role in self.sides.without_sides(hit.token, targets) if role.ref.actor not in doers
            )
        sided = hit.rule.reciprocal and len(actors) < 2 and not any(role.named for role in actors)
        old = hit.rule.type == "AGREE" and self._long_ago(period)
        vague = old or hit.rule.mode == "phone" or self._generic(hit, period) or not self.sides.nobody_else(hit)
        if sided and not vague and (period is not None or counts or not self._nominal(hit) or hit.carrier is not None):
            actors = self.sides.pair(hit.token) or actors
        if hit.rule.type in AGAINST or hit.rule.other_side:
            targets = self.faced.of(hit, actors, targets)
        place = self.where.of(hit, inner)
        reason = self.sieve.refusal(hit, actors, targets, counts, placed=place is not None)
        if reason is not None:
            self._reject(hit, *reason)
            return None
        self.holders.learn(hit, actors, targets)
        today = self.document.day_at(reading.start[token])
        if modality == "happened" and period is not None and today is not None and (period.since or "") > today:
            modality = "planned"
        if modality in {"planned", "called_for"} and period is not None and today is not None:
            period = coming(period, today)
        if modality == "happened" and hit.rule.lasting and self._lasts(hit, period):
            modality = "ongoing"
        if period is not None and modality in {"happened", "ongoing"}:
            period = so_far(period, today)
        evidence = self._evidence(hit)
        inferred = sorted({role.inferred for role in (*actors, *targets) if role.inferred is not None})
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
            place=place,
            modality=modality,
            polarity=scope.polarity,
            voice=statement.id if statement is not None else None,
            figures=tuple(counts),
            evidence=evidence,
            rules=tuple(dict.fromkeys([hit.rule.id, *(other.rule.id for other in inner), *inferred])),
        )

    def _sides_of(self, hit: Hit, inner: list[Hit]) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
        """Return actors and targets as the hit's clauses name them, else as the whole article tells who holds whom."""
        actors, targets = self.sides.of(hit)
        for other in inner:
            more_actors, more_targets = self.sides.of(other)
            actors = actors or more_actors
            targets = targets or more_targets
        actors, targets = self.holders.fill(hit, actors or self.sides.state_of(hit, targets), targets)
        return actors or self.holders.before(hit, targets), targets

    def _long_ago(self, period: Period | None) -> bool:
        """Say whether a deed lies so far back that the sides of today's news need not be its own."""
        today, until = self.document.published_day, period.until if period is not None else None
        if today is None or until is None or self._of_today(until, today):
            return False
        days = [moment.period.until for moment in self.moments if moment.period is not None and moment.period.until]
        return 2 * sum(self._of_today(day, today) for day in days) >= len(days)

    def _generic(self, hit: Hit, period: Period | None) -> bool:
        """Say whether a plural tells of such deeds at large ("swaps are tricky")."""
        reading, noun = self.reading, hit.token
        if reading.tag[noun] != "NNS" or period is not None or reading.child(noun, "poss", "nummod") is not None:
            return False
        return not any(reading.lemma[child] in {"the", "these", "those"} for child in reading.children(noun, "det"))

    def _of_today(self, day: str, today: str) -> bool:
        return int(day[:4]) + _YEARS >= int(today[:4])

    def _verb_of(self, token: int) -> int:
        """Return the token whose clause says how real it is: above a participle taken for an adjective."""
        reading = self.reading
        above = reading.head[reading.head[token]]
        helped = token > 0 and (reading.pos[token - 1] == "AUX" or above == token - 1)
        return above if reading.dep[token] == "amod" and helped else token

    def _garbled(self, token: int) -> bool:
        """Say whether a past tense behind "that" or "if" was taken for an adjective: what stands over it is lost."""
        reading = self.reading
        if reading.dep[token] != "amod" or reading.tag[token] != "VBD":
            return False
        return any(reading.dep[before] == "mark" for before in range(max(0, token - 3), token))

    def _wills(self, token: int) -> bool:
        """Say whether somebody says that the deed will not be done ("will not sign"), which is a refusal."""
        reading, hedges = self.reading, self.lexicon.hedges
        helpers = [reading.word(one).lower() for one in clause.auxiliaries(reading, token)]
        return (
            any(hedges.effect("auxiliary", word) == "planned" for word in helpers)
            and not any(word in {"have", "be", "been"} for word in helpers)
            and reading.child(token, "neg") is not None
        )

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
        if reading.dep[top] in {"xcomp", "oprd"} and clause.is_passive(reading, reading.head[top]):
            top = reading.head[top]
        if hit.carrier is None:
            above = suffered(reading, self.lexicon.acts, hit.token)
            top = above if above is not None else top
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
