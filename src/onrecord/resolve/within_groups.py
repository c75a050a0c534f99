"""Whom plural and collective descriptions mean: both sides, the two presidents, the rebels, the government."""

from onrecord.lexicon.people import fold
from onrecord.model.cast import Candidate
from onrecord.model.reading import Reading
from onrecord.resolve.pronouns import Trail
from onrecord.resolve.within_entities import Entity

_POWERS = frozenset({"state", "government", "armed_group"})


def says_two(reading: Reading, candidate: Candidate) -> bool:
    """Say whether the description speaks of two ("both sides", "the two presidents")."""
    opening = [fold(reading.word(token)) for token in range(candidate.first, min(candidate.head, candidate.first + 2))]
    return opening[:1] == ["both"] or opening == ["the", "two"]


class Pairs:
    """Pairs of persons and of powers that the article has named side by side, newest last."""

    def __init__(self, reading: Reading, trail: Trail) -> None:
        self.reading, self.trail = reading, trail
        self.persons: list[tuple[int, Entity, Entity]] = []
        self.powers: list[tuple[int, Entity, Entity]] = []

    def forget(self) -> None:
        """Start anew: nobody was named yet."""
        self.persons.clear()
        self.powers.clear()

    def add(self, head: int, entity: Entity) -> None:
        """Note the pair that this mention closes, if it is coordinated with one before."""
        reading = self.reading
        if reading.dep[head] != "conj":
            return
        other = self.trail.by_head.get(reading.head[head], ())
        if len(other) != 1 or other[0] is entity:
            return
        if entity.sort == "person" and other[0].sort == "person":
            self.persons.append((reading.sentence_of(head), other[0], entity))
        elif entity.sort in _POWERS and other[0].sort in _POWERS:
            self.powers.append((reading.sentence_of(head), other[0], entity))

    def two_persons(
        self, candidate: Candidate, fitting: frozenset[int] | None, gender: str | None = None
    ) -> tuple[Entity, ...]:
        """Return the two persons that the candidate speaks of, or nothing where it isn't sure."""
        two = self._two_persons(candidate, fitting)
        return two if all(entity.gender in {None, gender} or gender is None for entity in two) else ()

    def _two_persons(self, candidate: Candidate, fitting: frozenset[int] | None) -> tuple[Entity, ...]:
        sentence = self.reading.sentence_of(candidate.head)
        for at in (sentence, sentence - 1, sentence - 2):
            near = [
                (left, right) for where, left, right in self.persons[-6:]
                if where == at and (fitting is None or {id(left), id(right)} <= fitting)
            ]  # fmt: skip
            if len(near) == 1:
                return near[0]
            seen = {
                id(one.entities[0]): one.entities[0]
                for one in self.trail.by_sentence[at][-16:]
                if len(one.entities) == 1 and one.entities[0].sort == "person" and one.head < candidate.head
                and (fitting is None or id(one.entities[0]) in fitting)
            }  # fmt: skip
            if len(seen) == 2:
                left, right = seen.values()
                return left, right
            if len(seen) > 2:
                return ()
        return ()

    def two_powers(self, candidate: Candidate) -> tuple[Entity, ...]:
        """Return the two powers that "both sides" speaks of: the only pair named side by side of late, or nothing."""
        sentence = self.reading.sentence_of(candidate.head)
        near = [(left, right) for where, left, right in self.powers[-6:] if sentence - 40 <= where <= sentence]
        late = {
            entity.actor
            for at in range(max(0, sentence - 5), sentence + 1)
            for seen in self.trail.by_sentence[at][-16:]
            for entity in seen.entities
        }
        if (
            near
            and late & {near[-1][0].actor, near[-1][1].actor}
            and len({frozenset((left.actor, right.actor)) for left, right in near}) == 1
        ):
            return near[-1]
        return () if near else self._tied(sentence - 1)

    def _tied(self, sentence: int) -> tuple[Entity, ...]:
        """Return the only two powers of a sentence, where one stands "with" or "against" the other."""
        seen = [
            (one.head, entity)
            for one in self.trail.by_sentence.get(sentence, ())
            for entity in one.entities
            if entity.sort in _POWERS
        ]
        powers = {entity.actor: entity for _, entity in seen}
        reading = self.reading
        tied = any(
            reading.dep[head] == "pobj" and reading.lemma[reading.head[head]] in {"with", "against"} for head, _ in seen
        )
        return tuple(powers.values()) if tied and len(powers) == 2 else ()
