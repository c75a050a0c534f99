"""Say what bare talks are about, where the article tells of one kind of deal alone. Comes in and goes out: drafts."""

import msgspec

from onrecord.extract.deals_mentions import TALKS, DealMention
from onrecord.extract.deals_steps import Draft
from onrecord.lexicon.deals import DealBook
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import DealKind, StepKind

_SWAPS: frozenset[DealKind] = frozenset({"prisoner_exchange", "hostage_release"})
_TOPIC = frozenset({"on", "about", "over"})
_STEPS: dict[StepKind, StepKind] = {"talks_held": "discussed"}


def of_the_swap(
    drafts: list[Draft], mentions: tuple[DealMention, ...], told: tuple[DealKind, ...], reading: Reading, book: DealBook
) -> list[Draft]:
    """Return the drafts, those of bare talks made drafts of the exchange that is all the article tells of.

    `told` are the kinds of deals that verbs tell. "Talks" with a subject of their own ("peace talks", "talks on the
    border") stay talks.
    """
    kinds = {mention.kind for mention in mentions if mention.rule not in TALKS and not mention.weak} | set(told)
    if "prisoner_exchange" not in kinds or not kinds - {"talks"} <= _SWAPS:
        return drafts
    spots = frozenset(mention.head for mention in mentions if mention.kind in _SWAPS)
    if any(mention.rule in TALKS and not _bare(reading, mention, spots, book.words("topics")) for mention in mentions):
        return drafts
    kind: DealKind = "prisoner_exchange"
    return [
        msgspec.structs.replace(draft, kind=kind, step=_STEPS.get(draft.step, draft.step))
        if draft.kind == "talks" and draft.mention is not None and draft.mention.rule in TALKS
        else draft
        for draft in drafts
    ]


def _bare(reading: Reading, mention: DealMention, swaps: frozenset[int], topics: frozenset[str]) -> bool:
    """Say whether nothing says what the talks are about, or that they are about the exchange."""
    topic = any(
        reading.lemma[prep] in _TOPIC and not swaps & set(range(*reading.subtree(prep)))
        for prep in reading.children(mention.head, "prep")
    )
    kind = any(
        reading.dep[child] == "compound" or reading.lemma[child] in topics
        for child in reading.children(mention.head, "compound", "amod")
    )
    return not topic and not kind
