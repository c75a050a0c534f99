"""Find conditions that no noun names: "would sign nothing until the drones are gone", "provided the guns fall silent".

Comes in: mentions, drafts and statements. Goes out: drafts of conditions, each pointing back at the deal told of last.
Somebody must say it: a condition of the paper's own is a guess.
"""

from collections.abc import Iterator

from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_parties import Sides, doers
from onrecord.extract.deals_rules import follows
from onrecord.extract.deals_steps import Draft
from onrecord.lexicon.deals import DealBook
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import DealKind
from onrecord.model.voices import Voices

RULE = "deals.condition"
_BACK = 3  # paragraphs
_HOLDING = frozenset({"keep"})
_STAYING = frozenset({"prisoner_exchange", "hostage_release", "sanctions_relief", "withdrawal"})
_OPEN = frozenset({"proposed", "announced", "scheduled", "agreed", "reaffirmed"})
_SWAPS: tuple[DealKind, ...] = ("prisoner_exchange", "hostage_release")
_EVEN = frozenset({"even", "as"})
_CLAUSES = frozenset({"advcl", "prep", "mark", "advmod", "ccomp"})


def conditions(
    reading: Reading, sides: Sides, voices: Voices, book: DealBook, *,
    mentions: tuple[DealMention, ...], drafts: list[Draft],
) -> Iterator[Draft]:  # fmt: skip
    """Yield a draft for each condition that somebody sets for a deal of the article."""
    until, unsaid, only = book.words("until"), book.words("nothing"), book.words("only")
    told = {spot: draft for draft in drafts for spot in (draft.trigger, draft.over) if spot is not None}
    seen: set[int] = set()
    yield from _first_of_all(reading, sides, voices, book, mentions, told)
    for token in range(len(reading)):
        lemma = reading.lemma[token]
        word = reading.word(token).lower()
        when = lemma == "when" and token > 0 and reading.lemma[token - 1] in only
        if not (when or {lemma, word} & (until | book.words("condition"))) or _not_a_condition(reading, token):
            continue
        host = _host(reading, token)
        if host is None or host in seen or not _said(reading, host, token, sides, voices):
            continue
        draft = told.get(host)
        held = _negative(reading, host, unsaid) or _only(reading, token, host, only)
        stays = reading.lemma[host] in book.words("stays") and bool({word, lemma} & until)
        kept = reading.lemma[host] in _HOLDING and reading.child(host, "auxpass") is not None
        stays = stays and (kept or reading.lemma[host] not in _HOLDING) and _to_be(reading, host)
        open_offer = draft is not None and draft.step in _OPEN and not draft.negated and _to_be(reading, host)
        consent = draft is not None or _consent(reading, host, book)
        first = draft is not None and draft.void and _will(reading, token)
        open_offer = open_offer and bool({word, lemma} & book.words("provided"))
        rest = _swap_before(host, mentions, drafts) if _of_the_rest(reading, host, book) else None
        about = (_inside(reading, host, token, mentions) or rest) if _modal(reading, host) else None
        bound = about is not None and lemma != "before" and _by_a_side(reading, host, sides, voices)
        if not ((held and consent and _to_be(reading, host)) or open_offer or first or stays or bound):
            continue
        kind = draft.kind if draft is not None else rest or about or _kind(reading, host, mentions, book)
        if stays and any(
            reading.lemma[one] in book.words("soldiery") and reading.child(one, "poss") is not None
            for one in reading.children(host, "nsubj")
        ):
            kind = "withdrawal"  # "its troops will remain until"
        if kind is None or (stays and kind not in _STAYING):
            continue
        seen.add(host)
        spot = host if held or first or stays or (bound and not open_offer) else _clause(reading, token)
        setter = _setter(reading, host, sides) if voices.at(reading.start[spot]) is None else ()
        yield Draft(
            kind=kind, step="conditions_set", trigger=spot, said=False, rules=(RULE,),
            by=setter[0] if len(setter) == 1 else None,
            mention=DealMention(head=spot, first=spot, last=spot + 1, kind=kind, exact=False, rule=RULE),
        )  # fmt: skip


def _not_a_condition(reading: Reading, token: int) -> bool:
    """Say whether the word opens none: "on one condition" (a noun), "even if", "as if"."""
    noun = reading.pos[token] == "NOUN" and not (
        reading.lemma[reading.head[token]] == "on" and reading.child(token, "acl", "relcl", "ccomp") is not None
    )
    return noun or (token > 0 and reading.lemma[token - 1] in _EVEN)


def _modal(reading: Reading, host: int) -> bool:
    return any(reading.tag[one] == "MD" for one in reading.children(host, "aux"))


def _inside(reading: Reading, host: int, token: int, mentions: tuple[DealMention, ...]) -> DealKind | None:
    """Return the kind of the deal that the clause before the condition names."""
    first, last = reading.subtree(host)
    opening = reading.subtree(_clause(reading, token))[0]
    inside = [
        one for one in mentions
        if first <= one.head < min(last, opening) and not one.weak and reading.pos[one.head] != "PRON"
    ]  # fmt: skip
    return inside[-1].kind if inside else None


def _of_the_rest(reading: Reading, host: int, book: DealBook) -> bool:
    """Say whether the clause is about those not given yet: "the rest would be freed", "no more will go"."""
    words = book.words("others") | book.words("the_rest") | book.words("more_of_them")
    rest = any(
        reading.lemma[one] in words
        or any(reading.lemma[mark] in words for mark in reading.children(one, "amod", "det"))
        for one in reading.children(host, "dobj", "nsubj", "nsubjpass")
    )
    return rest and reading.lemma[host] in book.words("handing_over") | book.words("stays") | book.words("crossing")


def _swap_before(host: int, mentions: tuple[DealMention, ...], drafts: list[Draft]) -> DealKind | None:
    """Return the kind of the exchange, else the release, told of before."""
    told = {one.kind for one in mentions if one.head < host} | {one.kind for one in drafts if one.trigger < host}
    # what one side of an exchange hands over is told as a release
    return next((kind for kind in _SWAPS if kind in told), None)


def _by_a_side(reading: Reading, host: int, sides: Sides, voices: Voices) -> bool:
    """Say whether one of the sides that the article tells of says it."""
    voice = voices.at(reading.start[host])
    return voice is not None and voice.speaker is not None and bool(sides.of_actor(voice.speaker.actor))


def _first_of_all(
    reading: Reading, sides: Sides, voices: Voices, book: DealBook, mentions: tuple[DealMention, ...],
    told: dict[int, Draft],
) -> Iterator[Draft]:  # fmt: skip
    """Yield what a side says that the other must do first: "A says that B must first change its constitution"."""
    for token in range(len(reading)):
        verb = reading.head[token]
        if reading.lemma[token] != "first" or reading.dep[token] != "advmod" or reading.pos[verb] != "VERB":
            continue
        bound = [one for one in reading.children(verb, "aux") if reading.lemma[one] in book.words("must")]
        above = reading.head[verb]
        due = reading.dep[verb] == "xcomp" and reading.lemma[above] in book.words("must")
        doer = doers(reading, above if due else verb, sides)
        voice = voices.at(reading.start[verb])
        if not (bound or due) or not doer or voice is None or voice.speaker is None or verb in told:
            continue
        kind = _kind(reading, verb, mentions, book)
        speaking = sides.of_actor(voice.speaker.actor)
        if kind is None or {ref.actor for ref in speaking} == {ref.actor for ref in doer}:
            continue
        yield Draft(
            kind=kind, step="conditions_set", trigger=verb, rules=(RULE,),
            mention=DealMention(head=verb, first=verb, last=verb + 1, kind=kind, exact=False, rule=RULE),
        )  # fmt: skip


def _clause(reading: Reading, token: int) -> int:
    """Return the word under which the whole condition stands: the verb of its clause, or what leads it."""
    above = reading.head[token]
    return above if reading.dep[token] in {"mark", "advmod"} and reading.dep[above] == "advcl" else token


def _host(reading: Reading, token: int) -> int | None:
    """Return the verb that hangs on the condition that this word opens."""
    spot = _clause(reading, token)
    if reading.dep[spot] not in _CLAUSES or reading.head[spot] == spot:
        return None
    above = reading.head[spot]
    if spot == token and reading.child(token, "pcomp", "ccomp") is None:
        return None  # "before Monday"
    if reading.pos[above] not in {"VERB", "AUX"} or above > token:
        return None
    for inner in reading.children(above, "ccomp"):
        # "announced that it would ..., provided that ...": the condition is of what was announced
        if above < inner < token:
            return inner
    return above


def _said(reading: Reading, host: int, token: int, sides: Sides, voices: Voices) -> bool:
    spoken = voices.at(reading.start[host]) or voices.at(reading.start[token])
    return spoken is not None or bool(_setter(reading, host, sides))


def _setter(reading: Reading, host: int, sides: Sides) -> tuple[ActorRef, ...]:
    """Return who sets the condition: who does the verb, or wants it done ("A wants the funds to be freed")."""
    for verb in (host, *(above for above in reading.ancestors(host) if reading.pos[above] == "VERB")):
        found = doers(reading, verb, sides)
        if found:
            return found
    if reading.dep[host] == "conj" and reading.child(host, "nsubj") is None:
        # "said A was looking at it but would sign only if ...": the parser joins the second clause to "said"
        for clause in reading.children(reading.head[host], "ccomp"):
            if clause < host and doers(reading, clause, sides):
                return doers(reading, clause, sides)
    return ()


def _negative(reading: Reading, host: int, unsaid: frozenset[str]) -> bool:
    """Say whether the clause is that nothing will be done: "will not sign", "would agree to nothing"."""
    spots = [host, *reading.children(host, "dobj", "nsubj", "nsubjpass")]
    spots += [child for prep in reading.children(host, "prep") for child in reading.children(prep, "pobj")]
    more = [one for spot in spots for one in reading.children(spot, "amod")]
    return any(
        reading.lemma[spot] in unsaid
        or any(reading.dep[child] == "neg" or reading.lemma[child] == "no" for child in reading.children(spot))
        for spot in (*spots, *more)
    )


def _will(reading: Reading, token: int) -> bool:
    """Say whether the word opens what one side will only do then: "freed before it will dilute its uranium"."""
    clause = reading.head[token]
    return reading.dep[token] == "mark" and any(reading.tag[one] == "MD" for one in reading.children(clause, "aux"))


def _only(reading: Reading, token: int, host: int, only: frozenset[str]) -> bool:
    near = range(max(host, token - 2), token)
    return any(reading.lemma[at] in only for at in near)


def _to_be(reading: Reading, host: int) -> bool:
    """Say whether the clause tells what is to come or what is wanted, not what was."""
    helpers = reading.children(host, "aux")
    if any(reading.tag[one] == "MD" or reading.lemma[one] == "to" for one in helpers):
        return True
    if any(reading.tag[one] == "VBD" for one in helpers):
        return False
    return reading.tag[host] in {"VBZ", "VBP", "VB", "VBG"}


def _consent(reading: Reading, host: int, book: DealBook) -> bool:
    """Say whether the verb is one by which a deal is made, kept or talked of."""
    lemma = reading.lemma[host]
    if lemma in book.words("consent"):
        return True
    return any(
        rule.step in {"agreed", "signed", "resumed", "talks_held"} and rest and follows(reading, host, rest)
        for rule, rest in book.of("step", lemma)
    )


def _kind(reading: Reading, host: int, mentions: tuple[DealMention, ...], book: DealBook) -> DealKind | None:
    """Return the kind of the deal told of last before; for a verb of talking, of the talks told of last."""
    here = reading.paragraph_of(reading.start[host])
    near = [
        mention
        for mention in mentions
        if mention.head < host and here - reading.paragraph_of(reading.start[mention.head]) <= _BACK
        and not mention.weak
    ]  # fmt: skip
    talking = reading.lemma[host] in book.words("dealing") | book.words("returning")
    talks = [mention for mention in near if mention.kind == "talks"]
    deals = [mention for mention in near if mention.kind != "talks"]
    chosen = (talks or deals) if talking else (deals or talks)
    return chosen[-1].kind if chosen else None
