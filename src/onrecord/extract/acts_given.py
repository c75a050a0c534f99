"""What the rules make of a sentence whose source and target are given: the types that their triggers there say.

Comes in: a reading, the rules, characters of source and target. Goes out: votes by act type, the best-placed trigger
first. It serves the benchmark and the learned judge; an article's own acts are found by `acts.run`.
"""

from collections.abc import Sequence

import msgspec

from onrecord.extract import clause
from onrecord.extract.acts_match import Hit, hits
from onrecord.lexicon.acts import ActBook
from onrecord.lexicon.hedges import HedgeBook
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import ActType, Modality

type Span = tuple[int, int]


class Vote(msgspec.Struct, frozen=True):
    """What one trigger says: its type, how many of the two given spans stand in its places (0 to 2), how real it is."""

    type: ActType
    places: int
    modality: Modality
    token: int


def votes(
    reading: Reading, book: ActBook, hedges: HedgeBook, source: Sequence[Span], target: Sequence[Span]
) -> tuple[Vote, ...]:
    """Return the triggers' votes, those with both spans in their places first, then in order of the text."""
    found = []
    for hit in hits(reading, book):
        met = sum(_meets(reading, hit, spans, tokens) for spans, tokens in _sides(hit, source, target))
        modality, _ = clause.modality(reading, hit.token, hedges)
        found.append(Vote(hit.rule.type, met, modality, hit.token))
    return tuple(sorted(found, key=lambda vote: (-vote.places, vote.token)))


def _sides(
    hit: Hit, source: Sequence[Span], target: Sequence[Span]
) -> tuple[tuple[Sequence[Span], tuple[int, ...]], ...]:
    both = (*hit.actors, *hit.targets)
    if hit.rule.reciprocal:
        return (source, both), (target, both)
    return (source, hit.actors), (target, hit.targets)


def _meets(reading: Reading, hit: Hit, spans: Sequence[Span], tokens: tuple[int, ...]) -> bool:
    """Say whether one of the tokens, or a word of its noun phrase, lies in one of the spans."""
    for token in tokens:
        first, last = reading.subtree(token)
        near = {token, *(one for one in range(max(first, token - 8), min(last, token + 9)) if one != hit.token)}
        if any(start < reading.end[one] and reading.start[one] < end for one in near for start, end in spans):
            return True
    return False
