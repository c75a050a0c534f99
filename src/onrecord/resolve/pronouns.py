"""Whom a pronoun or a short description means, by clause, recency and subject; two equal answers are no answer."""

from collections import defaultdict
from collections.abc import Callable

from onrecord.model.cast import Candidate
from onrecord.model.reading import Reading
from onrecord.resolve.within_entities import Entity

_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_BACK = 4
_RECENT = 16


class Seen:
    """A mention already resolved: its head token and whom it stands for."""

    __slots__ = ("entities", "head", "main", "quote")

    def __init__(self, head: int, entities: tuple[Entity, ...], quote: int | None, *, main: bool) -> None:
        self.head, self.entities, self.quote, self.main = head, entities, quote, main


class Trail:
    """The mentions so far, by sentence, and the rules that choose among them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.by_sentence: dict[int, list[Seen]] = defaultdict(list)
        self.by_head: dict[int, tuple[Entity, ...]] = {}
        self.quote_of: list[int | None] = [None] * len(reading)
        for index, quote in enumerate(reading.quotes):
            if quote.level == 0:
                first, last = reading.tokens_in(quote.start, quote.end)
                self.quote_of[first:last] = [index] * (last - first)
        self.paragraph = [0] * len(reading.sentences)
        at = 0
        for index, (first, _) in enumerate(reading.sentences):
            while at + 1 < len(reading.paragraphs) and reading.paragraphs[at + 1][0] <= reading.start[first]:
                at += 1
            self.paragraph[index] = at

    def add(self, head: int, entities: tuple[Entity, ...]) -> None:
        """Remember a resolved mention."""
        if entities:
            self.by_sentence[self.reading.sentence_of(head)].append(
                Seen(head, entities, self.quote_of[head], main=self._main(head))
            )
            self.by_head[head] = entities

    def _main(self, head: int) -> bool:
        """Say whether the token is the subject of its sentence's main clause (or of one coordinated with it)."""
        reading = self.reading
        if reading.dep[head] not in _SUBJECT:
            return False
        verb = reading.head[head]
        for _ in range(6):
            if reading.dep[verb] == "ROOT":
                return True
            if reading.dep[verb] not in {"conj", "ccomp", "parataxis"}:
                return False
            if reading.dep[verb] == "ccomp" and self._subject(reading.head[verb]) is not None:
                return False
            verb = reading.head[verb]
        return False

    def _subject(self, verb: int) -> int | None:
        return self.reading.child(verb, "nsubj", "nsubjpass")

    def choose(self, token: int, fits: Callable[[Entity], bool]) -> tuple[Entity | None, str]:
        """Return the one entity that the pronoun at this token can stand for, and why; None where it isn't sure."""
        sentence, quote = self.reading.sentence_of(token), self.quote_of[token]
        here = [
            seen for seen in self.by_sentence[sentence][-_RECENT:]
            if seen.head < token and seen.quote == quote and len(seen.entities) == 1 and fits(seen.entities[0])
            and not self._bound(token, seen.head) and not self._told(token, seen.head)
        ]  # fmt: skip
        if here:
            nearest, why = self._in_sentence(token, here)
            if nearest is not None and quote is None and self._another_as_object(token, nearest, fits):
                return None, "more than one could be meant"
            return nearest, why
        if quote is not None:
            return self._from_quote(token, fits)
        steps = 0
        for earlier in range(sentence - 1, max(-1, sentence - 16), -1):
            if self.paragraph[sentence] - self.paragraph[earlier] > 3 or steps == _BACK:
                break
            first, last = self.reading.sentences[earlier]
            steps += self.quote_of[first] is None or self.quote_of[last - 1] is None
            chosen = self._of_sentence(earlier, fits, quote=None)
            if chosen is not None:
                return chosen
        return None, "nobody near fits"

    def _bound(self, token: int, other: int) -> bool:
        """Say whether the two are arguments of one verb, so that they can't be the same (reflexives apart)."""
        reading = self.reading
        if reading.tag[token] == "PRP$" or reading.word(token).casefold().endswith(("self", "selves")):
            return False
        above = reading.head[token]
        if reading.dep[token] == "pobj":
            above = reading.head[above]
        if reading.dep[token] in _SUBJECT:
            return False
        return reading.head[other] == above and reading.dep[other] in _SUBJECT

    def _told(self, token: int, other: int) -> bool:
        """Say whether the other stands in what the pronoun's own verb tells ("a verdict on X is due, she said")."""
        reading = self.reading
        if reading.dep[token] not in _SUBJECT:
            return False
        verb = reading.head[token]
        if reading.dep[verb] == "parataxis":
            return not any(reading.word(between) == ":" for between in range(max(other, token - 40), token))
        at = other
        for above in reading.ancestors(other):
            if above == verb:
                return reading.dep[at] in {"ccomp", "parataxis"}
            at = above
        return False

    def _another_as_object(self, token: int, chosen: Entity, fits: Callable[[Entity], bool]) -> bool:
        """Say whether an object pronoun may reach back past this sentence ("X accused them of holding him")."""
        reading = self.reading
        if reading.dep[token] not in {"dobj", "dative", "pobj"} or reading.tag[token] != "PRP":
            return False
        sentence = reading.sentence_of(token)
        return any(
            len(seen.entities) == 1 and seen.entities[0] is not chosen and fits(seen.entities[0])
            for earlier in range(max(0, sentence - 2), sentence)
            for seen in self.by_sentence[earlier][-_RECENT:]
        )

    def _in_sentence(self, token: int, here: list[Seen]) -> tuple[Entity | None, str]:
        distinct = {id(seen.entities[0]): seen.entities[0] for seen in here}
        if len(distinct) == 1:
            return here[-1].entities[0], "the only one named before in this sentence"
        reading, at = self.reading, token
        near = here[-1]
        verb = reading.head[near.head]
        if (
            reading.dep[token] == "nsubj" and reading.dep[near.head] == "nsubj" and near.head < verb < token
            and token - verb <= 2 and reading.pos[verb] == "VERB"
        ):  # fmt: skip
            return self._unless_strange(near.entities[0], "subject of the verb just before")
        by_head = {seen.head: seen.entities[0] for seen in here}
        for _ in range(8):
            above = reading.head[at]
            if above == at:
                break
            linked = reading.dep[at] == "conj"
            at = above
            subject = self._subject(at)
            if subject is not None and subject in by_head and subject < token:
                chosen = by_head[subject]
                between = [seen for seen in here if seen.head > subject and seen.entities[0] is not chosen]
                if not linked and reading.tag[token] == "PRP$" and self._verb(token) != at:
                    break
                if linked or not between:
                    why = "subject of the clause that this one hangs on"
                    return (chosen, why) if linked else self._unless_strange(chosen, why)
                return None, "more than one could be meant"
        return None, "more than one could be meant"

    def _verb(self, token: int) -> int:
        """Return the verb of the clause that the token stands in."""
        pos = self.reading.pos
        return next((above for above in self.reading.ancestors(token) if pos[above] in {"VERB", "AUX"}), -1)

    @staticmethod
    def _unless_strange(chosen: Entity, why: str) -> tuple[Entity | None, str]:
        """Refuse somebody unnamed where somebody named could be meant too."""
        return (None, "more than one could be meant") if chosen.stranger else (chosen, why)

    def _of_sentence(
        self, sentence: int, fits: Callable[[Entity], bool], quote: int | None
    ) -> tuple[Entity | None, str] | None:
        seen_here = [seen for seen in self.by_sentence[sentence] if seen.quote == quote and len(seen.entities) == 1]
        fitting = [seen for seen in seen_here if fits(seen.entities[0])]
        if not fitting:
            return None
        mains = {id(seen.entities[0]): seen.entities[0] for seen in fitting if seen.main}
        if len(mains) == 1:
            return next(iter(mains.values())), "subject of a sentence before"
        distinct = {id(seen.entities[0]): seen.entities[0] for seen in fitting}
        if len(distinct) == 1:
            return fitting[-1].entities[0], "the only one named in a sentence before"
        return None, "more than one could be meant"

    def _from_quote(self, token: int, fits: Callable[[Entity], bool]) -> tuple[Entity | None, str]:
        """Choose for a pronoun inside quoted words: never the one who speaks them."""
        sentence, quote = self.reading.sentence_of(token), self.quote_of[token]
        for back in range(1, 4):
            if sentence - back < 0:
                break
            chosen = self._of_sentence(sentence - back, fits, quote=quote)
            if chosen is not None:
                return chosen
        speaker = self._speaker(sentence)
        if speaker is None:
            return None, "inside quoted words whose speaker isn't clear"
        others = {
            id(seen.entities[0]): seen.entities[0]
            for seen in self._last_with_people(sentence, speaker, fits)
            if len(seen.entities) == 1
        }
        if len(others) == 1:
            return next(iter(others.values())), "the only one beside the speaker"
        return None, "inside quoted words: more than one could be meant"

    def _speaker(self, sentence: int) -> Entity | None:
        """Return the subject of the words around a quotation in this sentence or the ones about it."""
        for step in (0, 1, -1):
            near = sentence + step
            if not 0 <= near < len(self.reading.sentences) or self.paragraph[near] != self.paragraph[sentence]:
                continue
            first, last = self.reading.sentences[near]
            for token in range(first, min(last, first + 200)):
                if self.quote_of[token] is None and self.reading.dep[token] == "nsubj" and token in self.names:
                    return self.names[token]
        return None

    names: dict[int, Entity]

    def _last_with_people(self, sentence: int, speaker: Entity, fits: Callable[[Entity], bool]) -> list[Seen]:
        for back in range(3):
            near = [
                seen for seen in self.by_sentence[sentence - back]
                if (seen.quote is None or self.paragraph[sentence] == self.paragraph[sentence - back])
                and len(seen.entities) == 1 and seen.entities[0] is not speaker and fits(seen.entities[0])
            ]  # fmt: skip
            if near:
                return near
        return []

    def subject_before(self, token: int, fits: Callable[[Entity], bool]) -> tuple[Entity, ...]:
        """Return whom the grammatical subject that governs this token, or that of the sentence before, stands for."""
        reading, at = self.reading, token
        quote = self.quote_of[token]
        argument = reading.dep[token] in {"dobj", "dative", "pobj"} and reading.tag[token] != "PRP$"
        for _ in range(8):
            above = reading.head[at]
            if above == at:
                break
            at = above
            if argument and reading.pos[at] in {"VERB", "AUX"}:
                argument = False
                continue
            subject = self._subject(at)
            if subject is not None and subject < token:
                if self.quote_of[subject] != quote:
                    return ()
                found = self.by_head.get(subject, ())
                low, high = reading.subtree(subject)
                if not found and low <= token < high:
                    continue  # "a commentary carried by its agency": whose stands outside of it
                return found if all(map(fits, found)) else ()
        sentence = reading.sentence_of(token)
        if reading.dep[token] == "nsubjpass" or reading.word(reading.sentences[sentence][1] - 1) == "?":
            return ()
        if quote is not None or sentence == 0 or self.paragraph[sentence] - self.paragraph[sentence - 1] > 1:
            return ()
        mains = [seen for seen in self.by_sentence[sentence - 1] if seen.main and seen.quote is None]
        if len(mains) == 1 and all(map(fits, mains[0].entities)):
            return mains[0].entities
        return ()


def gender_fits(candidate: Candidate) -> Callable[[Entity], bool]:
    """Return a test for persons whose gender doesn't speak against the pronoun's."""
    return lambda entity: entity.sort == "person" and not entity.plural and entity.gender in (None, candidate.gender)
