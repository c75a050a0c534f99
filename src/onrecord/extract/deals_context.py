"""Fill in who a deal is between from the rest of the article. Comes in: mentions and sides. Goes out: parties.

A pair that the article names for the same kind of deal is taken where the passage speaks of one of the two, or of no
side at all; two items of a digest are never mixed.
"""

import msgspec

from onrecord.extract.clause import subject_of
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_parties import Sides, brokers, doers, named
from onrecord.extract.deals_steps import Draft, moves
from onrecord.lexicon.deals import DealBook
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import DealKind

_SWAPS = {"prisoner_exchange", "hostage_release"}


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two or more sides that the article names together, where, and for which kind of deal."""

    token: int
    kind: DealKind
    parties: tuple[ActorRef, ...]


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """All that an article says of who deals with whom."""

    reading: Reading
    sides: Sides
    pairs: tuple[Pair, ...]
    mediators: tuple[ActorRef, ...]

    @classmethod
    def of(cls, reading: Reading, mentions: tuple[DealMention, ...], sides: Sides, book: DealBook) -> "Context":
        """Gather the pairs that mentions name, and who stands between."""
        pairs: list[Pair] = []
        between: dict[str, ActorRef] = {}
        for mention in mentions:
            for ref in brokers(reading, mention, book, sides):
                between.setdefault(ref.actor, ref)
            parties = [ref for ref in named(reading, mention, sides) if ref.actor not in between]
            for token, part in moves(reading, mention):
                if len(parties) < 2 and part != "subject":
                    have = {ref.actor for ref in parties}
                    parties += [ref for ref in doers(reading, token, sides) if ref.actor not in have | set(between)]
            if len(parties) == 2:
                pairs.append(Pair(token=mention.head, kind=mention.kind, parties=tuple(parties)))
        return cls(reading=reading, sides=sides, pairs=tuple(pairs), mediators=tuple(between.values()))

    def parties(
        self, draft: Draft, own: tuple[ActorRef, ...], between: tuple[ActorRef, ...], by: ActorRef | None
    ) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
        """Return parties and mediators of the deal that a draft is about; no parties where nobody political is named."""
        reading = self.reading
        found = {ref.actor: ref for ref in own}
        aside = {ref.actor: ref for ref in between}
        told = draft.trigger if draft.over is None else draft.over
        if len(found) < 2:
            for ref in (*doers(reading, told, self.sides), *self._objects(told)):
                found.setdefault(ref.actor, ref)
        for actor in aside:
            found.pop(actor, None)
        if len(found) == 2:
            return tuple(found.values()), tuple(aside.values())
        pair = self._pair(draft, found)
        if pair is not None:
            others = [ref for actor, ref in found.items() if actor not in {p.actor for p in pair.parties}]
            aside.update({ref.actor: ref for ref in others if by is not None})
            return pair.parties, tuple(aside.values())
        if len(found) < 2:
            for ref in self._beside(draft, set(aside)):
                found.setdefault(ref.actor, ref)
                if len(found) == 2:
                    break
        return tuple(found.values())[:4], tuple(aside.values())

    def _objects(self, told: int) -> tuple[ActorRef, ...]:
        found: list[ActorRef] = []
        for child in self.reading.children(told, "dobj", "prep"):
            if self.reading.dep[child] == "dobj":
                found += self.sides.at(child)
            elif self.reading.lemma[child] in {"with", "against", "between"}:
                for inner in self.reading.children(child, "pobj"):
                    found += self.sides.at(inner)
        return tuple(found)

    def _pair(self, draft: Draft, found: dict[str, ActorRef]) -> Pair | None:
        kinds = _SWAPS if draft.kind in _SWAPS else {draft.kind}
        here = self.reading.paragraph_of(self.reading.start[draft.trigger])
        first, last = self.reading.tokens_in(*self.reading.paragraphs[here]) if self.reading.paragraphs else (0, 0)
        near = {ref.actor for ref in self.sides.within(first, last)}
        best: tuple[tuple[int, int, int], Pair] | None = None
        for pair in self.pairs:
            both = {ref.actor for ref in pair.parties}
            same = self.reading.paragraph_of(self.reading.start[pair.token]) == here
            if not same and near and not both & near:
                continue
            rank = (
                2 * (pair.kind in kinds) + 3 * same + len(both & near), -abs(pair.token - draft.trigger), pair.token,
            )  # fmt: skip
            if best is None or rank > best[0]:
                best = (rank, pair)
        del found
        return best[1] if best else None

    def _beside(self, draft: Draft, aside: set[str]) -> tuple[ActorRef, ...]:
        sentence = self.reading.sentences[self.reading.sentence_of(draft.trigger)]
        near = [ref for ref in self.sides.within(*sentence) if ref.actor not in aside]
        return tuple(near) if len({ref.actor for ref in near}) <= 2 else ()


__all__ = ["Context", "Pair", "subject_of"]
