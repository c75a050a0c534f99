"""Say whose the steps are of which nothing near says so: of the only two of the article.

Comes in: steps, drafts that were left. Goes out: pairs. They are taken only where all other steps are of the same two,
and the sentence names nobody else.
"""

from typing import NamedTuple

from onrecord.extract.deals_frames import Framed
from onrecord.extract.deals_parties import doers
from onrecord.extract.deals_steps import Draft
from onrecord.extract.deals_whose import Article, window
from onrecord.model.claim import Step, Terms
from onrecord.model.mention import ActorRef
from onrecord.model.rejection import Rejection

type Pairs = dict[frozenset[str], tuple[ActorRef, ...]]

_PAIR = 2
_OF_THE_TWO = frozenset({"ceasefire", "prisoner_exchange", "hostage_release", "talks"})
_SIDED = frozenset({"state", "government", "armed_group"})


class Left(NamedTuple):
    """A draft of which nothing said between whom it is, and its rejection."""

    draft: Draft
    terms: Terms
    persons: tuple[ActorRef, ...]
    between: tuple[ActorRef, ...]
    by: ActorRef | None
    parties: tuple[ActorRef, ...]
    rejection: Rejection


def pairs_of(steps: list[Step]) -> Pairs:
    """Return the parties of the steps, each set of them once."""
    return {frozenset(ref.actor for ref in step.parties): step.parties for step in steps}


def only_pair(pairs: Pairs) -> tuple[ActorRef, ...]:
    """Return the only two; none where there are others, or fewer."""
    only = next(iter(pairs.values())) if len(pairs) == 1 else ()
    return only if len(only) == _PAIR else ()


def set_between(article: Article, meeting: Framed, pairs: Pairs) -> tuple[ActorRef, ...]:
    """Return the two between whom a meeting is set, where another step is told of them."""
    told = meeting.draft.trigger if meeting.draft.over is None else meeting.draft.over
    pair = pairs.get(frozenset(ref.actor for ref in doers(article.reading, told, article.sides)), ())
    return pair if len(pair) == _PAIR else ()


def may_be_of(article: Article, left: Left, pair: tuple[ActorRef, ...]) -> bool:
    """Say whether the sentence names nobody but these two, and it is none else who does it."""
    both = {ref.actor for ref in pair}
    if not {ref.actor for ref in left.parties} <= both or left.draft.kind not in _OF_THE_TWO:
        return False  # "the accord" may be one with the United Nations
    if left.by is not None and not {ref.actor for ref in article.sides.of_actor(left.by.actor)} <= both:
        return False
    first, last = window(article, left.draft.trigger)
    here = [member for member in article.cast.within(first, last) if member.sort in _SIDED]
    named = {ref.country or ref.actor for member in here for ref in member.refs}
    return named | {ref.actor for ref in article.sides.within(first, last)} <= both
