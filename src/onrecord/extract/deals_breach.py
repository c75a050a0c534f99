"""Find what breaks a truce without a word that says so: "fighters attacked the village".

Comes in: the drafts so far, the sides of the truce, statements. Goes out: drafts of breaches, each with its doer. An
attack is one only where the article speaks of a breach near by, or tells it as done since or despite the truce;
somebody must say it, and its doer must be one of the two sides.
"""

from collections.abc import Iterator

from onrecord.extract import clause
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_over import over_rule
from onrecord.extract.deals_parties import Sides, doers
from onrecord.extract.deals_steps import Draft
from onrecord.lexicon import Lexicon
from onrecord.lexicon.deals import DealRule
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading
from onrecord.model.voices import Voices

_IN_FORCE = frozenset({"agreed", "signed", "announced", "scheduled", "carried_out", "extended", "violated"})
_RUNNING = frozenset({"carried_out", "extended", "violated"})
_NEAR = 2


def breaches(
    reading: Reading, sides: Sides, voices: Voices, lexicon: Lexicon, *,
    mentions: tuple[DealMention, ...], drafts: list[Draft], pair: tuple[ActorRef, ...],
) -> Iterator[Draft]:  # fmt: skip
    """Yield a draft for each attack that the article tells as a breach of its truce."""
    truces = [mention for mention in mentions if mention.kind == "ceasefire"]
    told = [draft for draft in drafts if draft.kind == "ceasefire" and draft.step in _IN_FORCE]
    if not truces or not told:
        return
    broken = {_place(reading, draft.trigger) for draft in told if draft.step == "violated"}
    words = lexicon.deals.words("breach")
    broken |= {_place(reading, at) for at in range(len(reading)) if reading.lemma[at] in words}
    broken |= {_place(reading, truce.head) for truce in truces if _quarrelled_over(reading, truce, lexicon)}
    taken = {draft.trigger for draft in drafts}
    running = any(draft.step in _RUNNING and not draft.void for draft in told)
    spoken = {reading.sentence_of(draft.trigger) for draft in told if draft.step == "violated"}
    told_of: set[int] = set()
    last: tuple[str, int] | None = None
    for token in range(len(reading)):
        if token in taken:
            continue
        if _named_deed(reading, token, lexicon):
            accusing = _charge(reading, token, lexicon)
            if accusing is None or reading.sentence_of(accusing[1]) in spoken:
                continue
            if not running and not _after(reading, accusing[1], lexicon):
                continue  # what they accused each other of may be why a truce was made
            if _foes(reading, accusing[1], sides, pair):
                spoken.add(reading.sentence_of(accusing[1]))
                yield _accusation(token, accusing)
            continue
        voice = voices.at(reading.start[token])
        if not _attack(reading, token, lexicon) or reading.head[token] in told_of or voice is None:
            continue
        accusing = over_rule(reading, token, lexicon.deals)
        if accusing is not None and accusing[0].step == "violated":
            here = reading.sentence_of(token)
            if _foes(reading, accusing[1], sides, pair) or any(
                reading.sentence_of(truce.head) == here for truce in truces
            ):
                # "A and B accused each other of having fired first", in a sentence on their truce
                yield _accusation(token, accusing)
            continue
        near = any(_since(reading, token, truce, lexicon) for truce in truces) or any(
            abs(_place(reading, token) - place) <= _NEAR for place in broken
        )
        answer = last is not None and _place(reading, token) - last[1] <= _NEAR
        by = _doer(reading, token, sides, lexicon, pair) if near or answer else None
        if by is None or (not near and last is not None and last[0] == by.actor):
            continue  # only the other side's answer is heard far from the word for a breach
        if near:
            last = (by.actor, _place(reading, token))
        told_of.add(token)
        yield Draft(kind="ceasefire", step="violated", trigger=token, by=by, rules=("deals.breach",))


def _accusation(token: int, accusing: tuple[DealRule, int]) -> Draft:
    return Draft(
        kind="ceasefire", step="violated", trigger=token, over=accusing[1], rules=("deals.breach", accusing[0].id)
    )  # fmt: skip


def _foes(reading: Reading, verb: int, sides: Sides, pair: tuple[ActorRef, ...]) -> bool:
    """Say whether one of the two sides of the truce accuses the other by this verb."""
    known = {ref.actor for ref in pair}
    accuser = {ref.actor for ref in doers(reading, verb, sides)}
    accused = {ref.actor for one in clause.object_of(reading, verb) for ref in sides.at(one)}
    return bool(known) and accuser | accused == known and len(accuser) == len(accused) == 1


def _doer(
    reading: Reading, token: int, sides: Sides, lexicon: Lexicon, pair: tuple[ActorRef, ...]
) -> ActorRef | None:  # fmt: skip
    """Return the one side of the truce that is told to have done the attack."""
    modality, polarity = clause.modality(reading, token, lexicon.hedges)
    by = doers(reading, token, sides) or _arms_of(reading, token, lexicon, pair)
    if modality not in {"happened", "ongoing"} or polarity == "denied" or len(by) != 1:
        return None
    return by[0] if not pair or by[0].actor in {ref.actor for ref in pair} else None


def _quarrelled_over(reading: Reading, truce: DealMention, lexicon: Lexicon) -> bool:
    """Say whether the sentence of the truce has the two blame each other: "traded blame over a clash"."""
    first, last = reading.sentences[reading.sentence_of(truce.head)]
    blamed = (
        at for at in range(first, last) for rule, _ in lexicon.deals.of("over", reading.lemma[at])
        if rule.step == "violated" and reading.pos[at] == "VERB"
    )  # fmt: skip
    return any(reading.lemma[one] == "other" for at in blamed for one in clause.object_of(reading, at))


def _attack(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether the verb tells of an attack: "shelled the town", "opened fire on a patrol"."""
    if reading.pos[token] != "VERB":
        return False
    if reading.lemma[token] == "open":
        return any(reading.lemma[one] == "fire" for one in reading.children(token, "dobj"))
    return reading.lemma[token] in lexicon.deals.words("attack")


def _after(reading: Reading, verb: int, lexicon: Lexicon) -> bool:
    """Say whether the sentence opens with after what it was: "Hours after the signing, A accused B"."""
    first, _ = reading.sentences[reading.sentence_of(verb)]
    return any(reading.lemma[at] in lexicon.deals.words("despite") | {"after"} for at in range(first, verb))


def _named_deed(reading: Reading, token: int, lexicon: Lexicon) -> bool:
    """Say whether the word is a noun for an attack: "three drone attacks", "shelling" (the parser may join it on)."""
    return reading.pos[token] == "NOUN" and reading.lemma[token] in lexicon.deals.words("attack_noun")


def _charge(reading: Reading, token: int, lexicon: Lexicon) -> tuple[DealRule, int] | None:
    """Return the verb that accuses somebody of this deed: "accused A of shelling", "blamed A for three attacks"."""
    at = token
    for _ in range(_NEAR * 2):
        above = reading.head[at]
        if above == at or reading.dep[at] not in {"pobj", "pcomp", "prep", "compound", "conj"}:
            return None
        for rule, rest in lexicon.deals.of("over", reading.lemma[above]):
            if rule.step == "violated" and not rest and reading.pos[above] == "VERB":
                return rule, above
        at = above
    return None


def _arms_of(reading: Reading, token: int, lexicon: Lexicon, pair: tuple[ActorRef, ...]) -> tuple[ActorRef, ...]:
    """Return the side whose arms do it, where only one can be meant: "government drones", "rebel gunners"."""
    own = reading.child(token, "nsubj")
    if own is None or any(reading.tag[child] == "NNP" for child in reading.children(own, "compound", "amod", "poss")):
        return ()  # "A fighters" of a third side
    words = {reading.lemma[child] for child in reading.children(own, "compound", "amod")}
    words = words & (lexicon.deals.words("of_state") | lexicon.deals.words("armed")) or {reading.lemma[own]}
    states = tuple(ref for ref in pair if ref.actor == ref.country)
    groups = tuple(ref for ref in pair if ref.actor != ref.country)
    if len(states) != 1 or len(groups) != 1:
        return ()
    if words & (lexicon.deals.words("of_state") | lexicon.deals.words("soldiery")):
        return states
    return groups if words & lexicon.deals.words("armed") else ()


def _place(reading: Reading, token: int) -> int:
    return reading.paragraph_of(reading.start[token])


def _since(reading: Reading, token: int, truce: DealMention, lexicon: Lexicon) -> bool:
    """Say whether the attack is told as done since, despite or during the truce, in one sentence."""
    if reading.sentence_of(token) != reading.sentence_of(truce.head) or truce.head < token:
        return False
    words = lexicon.deals.words("despite")
    return any(reading.lemma[at] in words for at in range(token + 1, truce.head))
