"""Find the steps of deals that an article tells. Comes in: reading, cast, moments, figures, voices. Goes out: steps.

A step is what happened to a deal: proposed, agreed, signed, denied. What is threatened, hoped for or hypothetical is
none; where nobody political is a party, or an accusation has no accuser, it is a rejection and not a guess.
"""

from onrecord.extract.custody_verbs import of_play
from onrecord.extract.deals_about import of_the_swap
from onrecord.extract.deals_answers import answers, disowned, elliptical, numbered, walk_outs
from onrecord.extract.deals_breach import breaches
from onrecord.extract.deals_build import Builder
from onrecord.extract.deals_conditions import conditions
from onrecord.extract.deals_frames import Framed
from onrecord.extract.deals_frames import find as find_frames
from onrecord.extract.deals_group import grouped, staged, tidied
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_mentions import find as find_mentions
from onrecord.extract.deals_nominal import nominal
from onrecord.extract.deals_parties import Sides, sides_of, with_blocs
from onrecord.extract.deals_steps import Draft, drafts
from onrecord.lexicon import Lexicon
from onrecord.lexicon.deals import DealBook
from onrecord.model.cast import Cast
from onrecord.model.claim import Figure, Step
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Moment
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document
from onrecord.model.voices import Voices

_SWAPS = {"prisoner_exchange", "hostage_release"}
_FUNDS, _NEAR = "deals.frame.release_funds", 6
_BETWEEN = 3
_FEW_LETTERS, _CAPITALS = 200, 0.005


def run(
    *,
    document: Document,
    reading: Reading,
    cast: Cast,
    moments: tuple[Moment, ...],
    figures: tuple[Figure, ...],
    voices: Voices,
    lexicon: Lexicon,
) -> tuple[tuple[Step, ...], tuple[Rejection, ...]]:
    """Return the steps in order of the text, and what was seen and not taken."""
    del figures
    book = lexicon.deals
    if of_play(reading, lexicon.custody):
        return (), ()
    framed = tuple(find_frames(reading, cast, book))
    content = {item.noun: item.draft.kind for item in framed if item.noun is not None}
    seeds = {item.noun: item for item in framed if item.noun is not None}
    framed = tuple(item for item in framed if item.noun is None)
    verbs = tuple((item.draft.trigger, item.draft.kind) for item in framed if not item.draft.void)
    mentions = find_mentions(reading, book, verbs, content)
    heads = {mention.head for mention in mentions}
    framed = tuple(item for item in framed if not _a_term(item, heads, reading))
    sides = sides_of(reading, cast, lexicon)
    told_by = tuple(item.draft for item in (*framed, *seeds.values()) if not item.weak)

    def build(sides: Sides) -> Builder:
        return Builder(
            document=document, reading=reading, cast=cast, moments=moments, voices=voices, lexicon=lexicon,
            sides=sides, mentions=mentions, seeds=seeds, framed=told_by,
            plain=reading.text != document.text or _without_capitals(document.text),
        )  # fmt: skip

    builder = relief = build(sides)
    wider = with_blocs(sides, book) if _on_relief(mentions, framed) else sides
    if wider is not sides:
        relief = build(wider)
    freeing = {reading.sentence_of(item.draft.trigger) for item in framed if item.draft.kind in _SWAPS}
    taken: set[int] = set()
    named: list[Draft] = []
    told = [
        DealMention(
            head=item.draft.trigger, first=item.draft.trigger, last=item.draft.trigger + 1, kind=item.draft.kind
        )
        for item in framed
    ]
    spots = sorted((*mentions, *told), key=lambda mention: mention.head)
    for place, mention in enumerate(spots):
        end = spots[place + 1].head if place + 1 < len(spots) else len(reading)
        for tell in (elliptical, disowned, numbered):
            named += tell(reading, mention, book, end)
    for mention in mentions:
        found = list(drafts(reading, mention, book, moments))
        taken.update(draft.trigger for draft in found)
        if any(draft.step == "proposed" for draft in found):
            later = [other.head for other in mentions if other.head > mention.head]
            named += answers(reading, mention, book, min(later, default=len(reading)))
        named += _offered(reading, mention, found, book)
        if mention.kind == "talks":
            left = [item.head for item in mentions if item.head > mention.head]
            named += walk_outs(reading, mention, book, min(left, default=len(reading)), builder.sides)
        named += found or (
            nominal(reading, mention, moments, book) if reading.sentence_of(mention.head) not in freeing else []
        )
    named = of_the_swap(named, mentions, tuple(item.draft.kind for item in framed), reading, book)
    for draft in named:
        if draft.mention is None or draft.mention.exact or draft.kind not in _SWAPS:
            (relief if draft.kind == "sanctions_relief" else builder).add(draft)
    drafts_so_far = [*named, *(item.draft for item in framed)]
    for draft in conditions(
        reading, builder.sides, voices, book, mentions=mentions, drafts=drafts_so_far
    ):  # fmt: skip
        builder.add(draft)
    pair = (builder.context.truce_sides() if builder.context is not None else ()) or _truce_of(builder.steps)
    for draft in breaches(
        reading, builder.sides, voices, lexicon, mentions=mentions, drafts=drafts_so_far, pair=pair
    ):  # fmt: skip
        builder.add_breach(draft, pair)
    for several in _paired(_apart([item for item in framed if item.draft.trigger not in taken], reading), reading):
        (relief if several[0].draft.kind == "sanctions_relief" else builder).add_framed(several)
    for draft in named:
        if draft.mention is not None and not draft.mention.exact and draft.kind in _SWAPS:
            builder.add(draft)  # "the swap" takes its parties from what was told of it
    builder.add_left()
    made = builder.steps if relief is builder else [*builder.steps, *relief.steps]
    made = [step for step in made if not _of_a_swap(step, made, reading)]
    steps = sorted(made, key=lambda step: (step.evidence[0].start, step.evidence[0].end, step.step, step.id))
    return staged(grouped(tidied(steps, reading))), tuple(
        builder.rejections if relief is builder else [*builder.rejections, *relief.rejections]
    )


def _on_relief(mentions: tuple[DealMention, ...], framed: tuple[Framed, ...]) -> bool:
    kinds = {mention.kind for mention in mentions} | {item.draft.kind for item in framed}
    return "sanctions_relief" in kinds


def _a_term(item: Framed, heads: set[int], reading: Reading) -> bool:
    """Say whether it is what a deal asks for: "the proposal calls for the guns to be pulled back"."""
    over = item.draft.over
    return over is not None and item.draft.step == "proposed" and not heads.isdisjoint(reading.children(over, "nsubj"))


def _of_a_swap(step: Step, made: list[Step], reading: Reading) -> bool:
    """Say whether money that is let go belongs to an exchange of people told of near by: it is no deal of its own."""
    if step.rules[:1] != (_FUNDS,):
        return False
    here = reading.paragraph_of(step.evidence[0].start)
    swaps = (other for other in made if other.deal_kind in _SWAPS)
    return any(abs(reading.paragraph_of(other.evidence[0].start) - here) <= _NEAR for other in swaps)


def _offered(reading: Reading, mention: DealMention, found: list[Draft], book: DealBook) -> list[Draft]:
    """Return the proposal that a refusal tells too: "A dismissed an offer by B to stop shooting"."""
    head = mention.head
    offer = any(rule.step == "proposed" and rule.noun for rule, _ in book.of("step", reading.lemma[head]))
    owned = reading.child(head, "poss") is not None or any(
        reading.lemma[prep] in {"by", "from"} for prep in reading.children(head, "prep", "agent")
    )
    refused = any(draft.step == "refused" for draft in found)
    told = any(draft.step == "proposed" for draft in found)
    if not (offer and owned and refused) or told:
        return []
    return [Draft(kind=mention.kind, step="proposed", trigger=head, mention=mention, rules=("deals.offered",))]


def _without_capitals(text: str) -> bool:
    """Say whether the text is written all in one case, as old wires were: there a name looks like any word."""
    capitals = sum(letter.isupper() for letter in text)
    letters = sum(letter.isalpha() for letter in text)
    return letters > _FEW_LETTERS and (capitals < letters * _CAPITALS or capitals > letters * (1 - _CAPITALS))


def _apart(framed: list[Framed], reading: Reading) -> list[Framed]:
    """Return the frames, those left out that only go on with one before: "X was freed and Y released"."""
    kept: list[Framed] = []
    for item in framed:
        above = reading.head[item.draft.trigger]
        joined = reading.dep[item.draft.trigger] == "conj" and any(
            other.draft.trigger == above
            and other.draft.kind == item.draft.kind
            and not _other_half(other, item, reading)
            for other in kept
        )
        if not joined:
            kept.append(item)
    return kept


def _other_half(before: Framed, item: Framed, reading: Reading) -> bool:
    """Say whether the next clause tells what the other side gives: "A will hand over two B and B will free one A"."""
    verb, first = item.draft.trigger, before.draft.trigger
    joined = reading.dep[verb] == "conj" and reading.head[verb] == first and verb - first > _BETWEEN
    both = item.draft.kind == before.draft.kind == "hostage_release" and item.draft.step == before.draft.step
    counted = item.count is not None and before.count is not None
    # the parser may take the second doer for one more of those whom the first gives
    own = reading.child(verb, "nsubj") is not None or (
        reading.pos[verb - 1] in {"PROPN", "AUX"} and reading.child(verb, "aux") is not None
    )
    return joined and both and counted and own


def _truce_of(steps: list[Step]) -> tuple[ActorRef, ...]:
    """Return the two between whom the only truce told of so far is."""
    found = {
        frozenset(ref.actor for ref in step.parties): step.parties for step in steps
        if step.deal_kind == "ceasefire" and len(step.parties) > 1 and not step.background
    }  # fmt: skip
    return next(iter(found.values())) if len(found) == 1 else ()


def _paired(framed: list[Framed], reading: Reading) -> list[tuple[Framed, ...]]:
    """Return the frames, a release joined to the one that was given in return for it."""
    found: list[tuple[Framed, ...]] = []
    for item in framed:
        before = found[-1][-1] if found else None
        if item.in_return and before is not None and before.draft.kind == item.draft.kind:
            distance = reading.sentence_of(item.draft.trigger) - reading.sentence_of(before.draft.trigger)
            if distance <= 3:
                found[-1] = (*found[-1], item)
                continue
        if before is not None and _other_half(before, item, reading):
            found[-1] = (*found[-1], item)
            continue
        found.append((item,))
    return found
