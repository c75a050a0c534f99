"""Take a deal that is only named as a fact: "in the latest swap last month", "the 2019 peace accord".

Comes in: a mention that no word moves. Goes out: at most one draft.
"""

from onrecord.extract.clause import date_of
from onrecord.extract.deals_effects import with_effect
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_rules import negated
from onrecord.extract.deals_steps import Draft
from onrecord.lexicon.deals import DealBook
from onrecord.model.moment import Moment
from onrecord.model.reading import Reading

_SWAPS = {"prisoner_exchange", "hostage_release"}
_TALKS = {"deals.mention.talks", "deals.mention.talks_bare", "deals.mention.ceasefire_talks"}
# "the 1967 protocol" alone may be one of a hundred states
MANY_STATES = "deals.mention.accord"
_ON_RELEASE = "deals.mention.release_talks"
_AFTER = {"in", "after", "following", "during", "since", "under"}


def nominal(reading: Reading, mention: DealMention, moments: tuple[Moment, ...], book: DealBook) -> list[Draft]:
    """Return the draft of a swap that is told as done, or of a dated accord; nothing where it is a plan or a hope."""
    head = mention.head
    if not mention.exact and _proposed(reading, head, book):
        return [Draft(kind=mention.kind, step="proposed", trigger=head, mention=mention, rules=("deals.nominal",))]
    if mention.rule in _TALKS and _told_of(reading, head):
        return [Draft(kind=mention.kind, step="talks_held", trigger=head, mention=mention, rules=("deals.nominal",))]
    talks = head if mention.rule == _ON_RELEASE else _talks_over(reading, head, book)
    if mention.kind in _SWAPS and talks is not None and _in_them(reading, talks, book):
        verb = reading.head[reading.head[talks]]
        return [Draft(kind=mention.kind, step="discussed", trigger=verb, mention=mention, rules=("deals.nominal",))]
    marks = {reading.lemma[child] for child in reading.children(head, "amod", "det", "compound", "advmod")}
    if marks & book.words("future") or _hoped(reading, head, book) or reading.tag[head] == "NNS":
        return []
    if mention.kind in _SWAPS and mention.exact:
        above = reading.head[head]
        told = reading.dep[head] == "pobj" and reading.lemma[above] in _AFTER
        known = marks & book.words("past") or date_of(reading, head, moments) is not None or _led(reading, above)
        dated = with_effect(reading, head, book) and date_of(reading, head, moments) is not None
        if dated or (told and (known or _done_in(reading, above))):
            return [
                Draft(kind=mention.kind, step="carried_out", trigger=head, mention=mention, rules=("deals.nominal",))
            ]
    named = mention.exact or any(reading.pos[one] == "PROPN" for one in reading.children(head, "compound"))
    if mention.kind == "peace_agreement" and named:
        own = date_of(reading, head, moments)
        if own is not None and any(mention.first <= at < mention.last for at in _tokens(reading, own)):
            return [Draft(kind=mention.kind, step="agreed", trigger=head, mention=mention, rules=("deals.nominal",))]
    return []


def _talks_over(reading: Reading, head: int, book: DealBook) -> int | None:
    """Return the talks that are about this: "in talks with B on a prisoner swap"."""
    at = head
    for _ in range(4):
        above = reading.head[at]
        if reading.pos[above] not in {"ADP", "NOUN", "PROPN"} or above == at:
            return None
        if reading.lemma[above] in book.words("talking") and reading.pos[above] == "NOUN":
            return above
        at = above
    return None


def _in_them(reading: Reading, head: int, book: DealBook) -> bool:
    """Say whether two are told to be talking: "are in talks on the release of the prisoners"."""
    prep = reading.head[head]
    verb = reading.head[prep]
    are = reading.lemma[verb] in book.words("copula") | {"hold"} and reading.tag[verb] != "VB"
    return reading.dep[head] == "pobj" and reading.lemma[prep] == "in" and are and not negated(reading, verb)


def _done_in(reading: Reading, prep: int) -> bool:
    """Say whether something was done in it: "nine soldiers came home in a prisoner exchange"."""
    verb = reading.head[prep]
    done = reading.tag[verb] == "VBD" or (
        reading.tag[verb] == "VBN" and reading.child(verb, "aux", "auxpass") is not None
    )
    ahead = any(reading.tag[one] == "MD" for one in reading.children(verb, "aux"))
    return reading.lemma[prep] == "in" and done and not ahead and reading.child(verb, "neg") is None


def _proposed(reading: Reading, head: int, book: DealBook) -> bool:
    """Say whether the noun is somebody's proposal: "its proposal", "Norland's offer"."""
    owned = reading.child(head, "poss") is not None
    return owned and any(rule.step == "proposed" for rule, _ in book.of("step", reading.lemma[head]))


def _told_of(reading: Reading, head: int) -> bool:
    """Say whether the talks are told as held: "after a night of negotiations"."""
    at = head
    for _ in range(3):
        if reading.dep[at] != "pobj":
            return False
        above = reading.head[at]
        if reading.lemma[above] in {"after", "following", "during"}:
            # what is done "during talks" some day says nothing of talks that were held
            over = clause_verb(reading, above)
            return reading.dep[head] != "dobj" and (over is None or reading.tag[over] in {"VBD", "VBN", "VBZ", "VBP"})
        at = reading.head[above]
    return False


def clause_verb(reading: Reading, token: int) -> int | None:
    """Return the verb or noun of deed that this hangs on: None where it hangs on something else."""
    above = reading.head[token]
    return above if reading.pos[above] in {"VERB", "AUX"} else None


def _tokens(reading: Reading, period: object) -> range:
    basis = getattr(period, "basis", None)
    return range(*reading.tokens_in(basis.start, basis.end)) if basis is not None else range(0)


def _hoped(reading: Reading, head: int, book: DealBook) -> bool:
    words = book.words("future")
    at = head
    for _ in range(6):
        above = reading.head[at]
        if above == at:
            return False
        if reading.lemma[above] in words:
            return True
        if reading.pos[above] == "VERB":
            return False
        at = above
    return False


def _led(reading: Reading, prep: int) -> bool:
    """Say whether a measure of time stands before the preposition: "a day after a swap"."""
    above = reading.head[prep]
    return reading.dep[above] == "npadvmod" or any(
        reading.dep[child] in {"npadvmod", "nmod"} for child in reading.children(prep)
    )
