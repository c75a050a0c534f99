"""Say which two sides an article names together, and which of them are no two sides. Comes in: sides."""

import msgspec

from onrecord.extract.clause import conjuncts
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_parties import PLACED, Sides, called
from onrecord.extract.deals_steps import Draft
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import DealKind

SWAPS: frozenset[DealKind] = frozenset({"prisoner_exchange", "hostage_release"})
ENOUGH = 2
_AGAIN = 3
_WIDE = 80
_SHORT = 140
_LEAD = 4  # sentences, the heading with them
# what two states make with each other, and hardly anybody else with one of them
_OF_TWO: frozenset[DealKind] = frozenset({"ceasefire", "prisoner_exchange", "peace_agreement"})


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two sides that the article names together, where, and for which kind of deal (None: they only stand together)."""

    token: int
    kind: DealKind | None
    parties: tuple[ActorRef, ...]


def place_of(reading: Reading, mention: DealMention, sides: Sides) -> str | None:
    """Return the state at home in the article where the deal is called after it: "the C peace talks"."""
    called = {
        ref.actor
        for token in range(mention.first, mention.head)
        if reading.dep[token] in {"compound", "nmod", "amod", "poss"}
        for ref in sides.at(token)
    }
    return sides.home if sides.home is not None and called == {sides.home} else None


def allies(refs: tuple[ActorRef, ...], sides: Sides) -> bool:
    """Say whether two that do something together are bands fighting the one state of the article: no two sides."""
    bands = [ref for ref in refs if ref.actor != ref.country]
    return len(bands) == len(refs) > 1 and sides.home is not None and not all(ref.actor.isupper() for ref in bands)


def likeness(pair: DealKind | None, kind: DealKind) -> int:
    """Return how well a pair named for a deal of one kind fits a deal of another; -1 where it only stands together."""
    if pair is None:
        return -1
    if pair == kind or (pair in SWAPS and kind in SWAPS):
        return 3
    return 1 if (pair in SWAPS) == (kind in SWAPS) else 0


def is_place(reading: Reading, token: int) -> bool:
    """Say whether a country or capital stands here as a place: "in Norland", "from Sudria"."""
    above = reading.head[token]
    return reading.dep[token] == "pobj" and reading.lemma[above] in PLACED


def behind_it(reading: Reading, token: int) -> bool:
    """Say whether they only push, back or carry what others do: "under pressure from A", "through A and B"."""
    prep = reading.head[token]
    above = reading.head[prep]
    by = reading.lemma[prep] == "by" and reading.dep[above] in {"acl", "relcl", "advcl"}
    pushed = reading.lemma[prep] == "from" and reading.pos[above] in {"NOUN", "PROPN"}
    carried = reading.lemma[prep] in {"through", "via"}
    return reading.dep[token] == "pobj" and (by or pushed or carried)


def bounds(reading: Reading, token: int, frontiers: frozenset[str]) -> bool:
    """Say whether it only tells where a frontier runs: "on the border between A and B"."""
    prep = reading.head[token]
    return reading.dep[token] == "pobj" and reading.lemma[reading.head[prep]] in frontiers


def together(reading: Reading, sides: Sides, between: frozenset[str], frontiers: frozenset[str]) -> list[Pair]:
    """Return the pairs of sides that are joined by "and", or that a word such as "both" stands for."""
    found: list[Pair] = []
    for member in sides.cast.members:
        if reading.dep[member.head] == "conj" or behind_it(reading, member.head):
            continue
        if bounds(reading, member.head, frontiers):
            continue
        joined = list(conjuncts(reading, member.head))
        if reading.dep[member.head] == "pobj":
            # "envoys of A and of B"
            joined += [
                end
                for prep in reading.children(reading.head[member.head], "conj")
                for end in reading.children(prep, "pobj")
            ]
        told = (ref for token in joined for ref in sides.at(token) or called(reading, token, sides))
        refs = {ref.actor: ref for ref in told if ref.actor not in between}
        if len(refs) == ENOUGH and not allies(tuple(refs.values()), sides):
            found.append(Pair(token=member.head, kind=None, parties=tuple(refs.values())))
    return found


def main_two(
    reading: Reading, sides: Sides, often: dict[str, int], kinds: set[DealKind | None]
) -> tuple[ActorRef, ...]:
    """Return the only two sides that the article names again and again, the others hardly once; `often` by actor."""
    every = {ref.actor: ref for refs in sides.by_head.values() for ref in refs}
    states = _two_states(reading, sides, often, every) if kinds & _OF_TWO else ()
    main = [actor for actor, times in often.items() if times >= _AGAIN]
    if states or len(main) != ENOUGH or any(times > 1 for actor, times in often.items() if actor not in main):
        return states
    armed = sum(every[actor].actor != every[actor].country for actor in main)
    # a state and those who fight it; two states may be in an article for anything
    return tuple(every[actor] for actor in main) if armed == 1 else ()


def _two_states(
    reading: Reading, sides: Sides, often: dict[str, int], every: dict[str, ActorRef]
) -> tuple[ActorRef, ...]:
    """Return the two states that an article on a deal goes on about from its lead, every other hardly named."""
    ranked = sorted(often, key=lambda actor: (-often[actor], actor))[: ENOUGH + 1]
    if len(ranked) < ENOUGH or often[ranked[1]] <= _AGAIN:
        return ()
    third = often[ranked[ENOUGH]] if len(ranked) > ENOUGH else 0
    lead = {ref.actor for ref in sides.within(0, reading.sentences[min(_LEAD, len(reading.sentences)) - 1][1])}
    both = ranked[:ENOUGH]
    clear = all(every[actor].actor == every[actor].country and actor in lead for actor in both)
    return tuple(every[actor] for actor in both) if clear and third <= 1 + often[ranked[1]] // 4 else ()


def whose_idea(reading: Reading, token: int, plans: frozenset[str]) -> bool:
    """Say whether the token only says whose plan it was: "under an A plan"."""
    return reading.dep[token] in {"compound", "amod", "nmod"} and reading.lemma[reading.head[token]] in plans


def of_others(reading: Reading, sides: Sides, pair: Pair, draft: Draft, mediators: frozenset[str]) -> bool:
    """Say whether the sentence names a band that the pair of a deal of another kind lacks: it is about others."""
    if pair.kind is None or draft.mention is None or likeness(pair.kind, draft.kind) > 1:
        return False
    both = {ref.actor for ref in pair.parties} | mediators
    first, last = reading.sentences[reading.sentence_of(draft.trigger)]
    return any(
        ref.actor.isupper() and ref.actor != ref.country and ref.actor not in both
        for member in sides.cast.within(max(first, draft.trigger - _WIDE), min(last, draft.trigger + _WIDE))
        for ref in sides.at(member.head)
    )


def in_heading(reading: Reading, token: int) -> bool:
    """Say whether the token stands in the first paragraph, and that ends without a full stop."""
    if len(reading.paragraphs) < ENOUGH:
        return False
    start, end = reading.paragraphs[reading.paragraph_of(reading.start[token])]
    return end - start < _SHORT and reading.text[start:end].rstrip()[-1:] not in ".!?:;”’\"'"
