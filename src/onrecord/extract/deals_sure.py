"""Say why a step can't be taken as told. Comes in: a draft, its parties, its article. Goes out: a code and a reason.

A step whose doer or parties can't be established is a rejection: silence with a reason is better than a wrong party.
"""

from onrecord.extract import clause
from onrecord.extract.deals_group import STAGE
from onrecord.extract.deals_nominal import MANY_STATES
from onrecord.extract.deals_parties import doing as subjects
from onrecord.extract.deals_parties import sent_by, standing_for
from onrecord.extract.deals_steps import Draft
from onrecord.extract.deals_whose import SWAPS, Article, nation_at
from onrecord.model.claim import Statement
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period
from onrecord.model.vocabulary import StepKind

_OWN = {"refused", "denied", "conditions_set", "suspended", "agreed", "proposed", "violated"}
# What nobody but a party can do: done by somebody whose side isn't known, it says nothing of the two.
_ALONE = {"signed", "resumed", "collapsed", "suspended", "extended"}
_KNOWN = {"signed", "agreed", "carried_out", "extended", "suspended", "postponed"}
_OF_A_STAGE = {"postponed", "scheduled", "suspended", "carried_out"}
_OF_A_MEETING = {"reaffirmed", "postponed", "collapsed", "suspended", "refused", "scheduled"}
_ONE_SIDED = {"hostage_release", "withdrawal", "humanitarian", "arms_control"}
_OF_ONE = {"carried_out", "partly_carried_out", "extended", "suspended", "postponed", "scheduled"}
_BETWEEN = {"talks", "prisoner_exchange", "peace_agreement", "sanctions_relief"}
_CLOSE = 8
_MEASURES = frozenset({"hour", "day", "week", "fortnight", "month", "year"})
_MINE = frozenset({"i", "we"})
_BODIES = "deals.frame.bodies"
_BROKER = "deals.step.broker"
_BOTH = 2
_KNOWN_NAME = "named; the lexicon knows it"

type Doubt = tuple[str, str] | None
"""The code of a rejection and its reason, or None where nothing speaks against the step."""


def of_doer(article: Article, draft: Draft, step: StepKind, by: ActorRef | None, voice: Statement | None) -> Doubt:
    """Return what speaks against a step made by this doer (None: nobody who is known)."""
    if by is None and step == "refused" and draft.over is None and voice is None and not told_by(article, draft):
        return "R306", "refused by nobody who is named"
    strange = by is not None and by.country is None and not by.actor.isupper()
    if step == "proposed" and draft.kind in SWAPS and strange and not article.sides.of_actor(by.actor if by else ""):
        return "R305", "a release that others ask for"
    alone = step in _ALONE or (step == "announced" and draft.step == "announced")
    brokered = draft.rules[:1] == (_BROKER,) and any(
        article.cast.refs_at(one) for one in subjects(article.reading, draft.trigger)
    )
    if (alone or (by is None and step in _OWN and not brokered)) and by_others(article, draft, by):
        return "R305", f"{step} by somebody who is no party"
    habit = step != "violated" and as_a_habit(article, draft)
    return ("R305", "told as what happens again and again") if habit else None


def of_parties(
    article: Article, draft: Draft, step: StepKind, parties: tuple[ActorRef, ...], how: str, *, plain: bool
) -> Doubt:
    """Return what speaks against these parties, found in this way; `plain`: in a text without capitals of its own."""
    weak = draft.mention is not None and draft.mention.weak
    if weak and by_others(article, draft):
        return "R306", "a meeting of somebody whose side isn't known"
    if weak and (step not in _OF_A_MEETING or article.context is None or not article.context.knows(parties)):
        return "R306", "a meeting of which nothing says that it is about a deal"
    elsewhere = how not in {"named", "told"} and draft.mention is None
    if draft.rules[:1] == (_BODIES,) and (len(parties) != _BOTH or not (how == "named" or how.startswith("pair"))):
        return "R306", "bodies handed over between nobody who is named"
    done = draft.mention is None and step in {"carried_out", "partly_carried_out"}
    if how == "beside" and done and draft.kind in SWAPS and len(parties) < _BOTH and _passive(article, draft):
        return "R306", "freed by nobody who is named"
    if elsewhere and draft.kind in SWAPS and of_strangers(article, draft):
        return "R306", "the people of somebody whose side isn't known"
    if how not in {"named", "told"} and with_others(article, draft):
        return "R306", "with somebody whose side isn't known"
    if len(parties) == 1 and by_others(article, draft):
        return "R306", "done by somebody whose side isn't known"
    if step == "proposed" and draft.kind in SWAPS and draft.mention is not None and len(parties) < _BOTH:
        return "R306", "a release asked for of nobody who is named"
    if step == "violated" and draft.kind == "ceasefire" and len(parties) < _BOTH:
        known = any(
            one.deal_kind == "ceasefire" and {ref.actor for ref in one.parties} == {ref.actor for ref in parties}
            for one in article.steps
        )
        if not known:
            return "R306", "a breach of a truce of which only one side is known"
    if plain and not (how == "named" and _beyond_doubt(article, draft, parties)):
        return "R306", "names can't be told from words in a text without capitals"
    if draft.rules == ("deals.nominal",) and draft.mention is not None and draft.mention.rule == MANY_STATES:
        first, last = article.reading.sentences[article.reading.sentence_of(draft.trigger)]
        here = {ref.actor for ref in article.sides.within(first, last)}
        if not {ref.actor for ref in parties} <= here:
            return "R306", "a protocol that may be one of a hundred states"
    if draft.rules[:1] == (_BROKER,) and _of_one_side(article, draft.trigger, parties):
        return "R306", "brokered by one of those whom it would be between"
    lone = len(parties) < 2 and (draft.kind in _BETWEEN or step in {"proposed", "agreed", "signed"})
    lifted = draft.kind == "sanctions_relief" and how == "named" and step in _OF_ONE
    if (
        not parties
        or (lone and draft.kind not in _ONE_SIDED and not lifted)
        or (len(parties) < 2 and step == "discussed")
    ):
        return "R306", nobody(draft, step)
    return None


def nobody(draft: Draft, step: StepKind) -> str:
    """Return the reason of a step of which nothing says between whom it is."""
    return f"{draft.kind} {step}"


def _of_one_side(article: Article, verb: int, parties: tuple[ActorRef, ...]) -> bool:
    """Say whether who does this is one of the parties, or somebody of its country."""
    doing = [ref for token in subjects(article.reading, verb) for ref in article.cast.refs_at(token)]
    return any(
        ref.actor == party.actor or (ref.country and ref.country == party.actor) for ref in doing for party in parties
    )


def _passive(article: Article, draft: Draft) -> bool:
    told = article.reading.child(draft.trigger, "agent")
    return article.reading.child(draft.trigger, "auxpass") is not None and told is None


def _beyond_doubt(article: Article, draft: Draft, parties: tuple[ActorRef, ...]) -> bool:
    """Say whether two parties are named in the step's sentence by names of the lexicon, and nobody else known."""
    first, last = article.reading.sentences[article.reading.sentence_of(draft.trigger)]
    here = [member for member in article.cast.members if first <= member.head < last]
    named = {ref.actor for member in here for ref in member.refs if ref.actor.isupper()}
    sure = {ref.actor for member in here if member.how.startswith(_KNOWN_NAME) for ref in member.refs}
    return len(parties) == 2 and named == {ref.actor for ref in parties} and named <= sure


def of_day(article: Article, draft: Draft, step: StepKind, date: Period | None, planned: Period | None) -> Doubt:
    """Return what speaks against a step of this date that sets this day."""
    if step == "scheduled" and _had_been_due(article, draft):
        return "R305", "a day that had been set and went by"
    if step == "scheduled" and _was_to(article, draft) and (planned is None or date is not None):
        return "R305", "a day that had been set and went by"
    if step != "scheduled" or planned is not None:
        return None
    if gone_by(article, draft, date):
        return "R305", "a day that had been set and went by"
    return ("R305", "a meeting without a day") if draft.kind == "talks" and draft.mention is None else None


def of_stranger(
    article: Article, draft: Draft, step: StepKind, by: ActorRef | None, parties: tuple[ActorRef, ...], *, plain: bool
) -> Doubt:
    """Return what speaks against a step of somebody who is no party; `plain`: in a text without capitals of its own."""
    countries = {ref.country for ref in parties if ref.country}
    theirs = by is not None and (by.country in countries or by.actor in {ref.actor for ref in parties})
    if step == "proposed" and draft.kind in SWAPS and draft.mention is None and by is not None and not theirs:
        own = article.sides.of_actor(by.actor)
        if not {ref.actor for ref in own} & {ref.actor for ref in parties}:
            return "R305", "a release that others ask for"
    if plain and not theirs and (by is not None or step == "proposed"):
        return "R306", "names can't be told from words in a text without capitals"
    return None


def of_old_accord(article: Article, draft: Draft, parties: tuple[ActorRef, ...], how: str) -> Doubt:
    """Return what speaks against an accord that is only named by its year being one between the sides of the news."""
    if draft.rules != ("deals.nominal",) or draft.kind != "peace_agreement" or not how.startswith("pair"):
        return None
    first, last = article.reading.sentences[article.reading.sentence_of(draft.trigger)]
    near = {ref.actor for ref in article.sides.within(first, last)}
    if {ref.actor for ref in parties} <= near:
        return None
    return "R306", "an old accord of which nothing says between whom it was"


def told_by(article: Article, draft: Draft) -> bool:
    """Say whether the word itself says that somebody does it, or has it done: a verb with a subject, a passive."""
    told = draft.trigger
    return (article.reading.pos[told] in {"VERB", "AUX"} and bool(subjects(article.reading, told))) or (
        article.reading.child(told, "auxpass") is not None
    )


def by_others(article: Article, draft: Draft, by: ActorRef | None = None) -> bool:
    """Say whether the article names a doer of whom nothing says whose side he is on; `by`: who speaks as "we"."""
    reading, told = article.reading, draft.trigger if draft.over is None else draft.over
    if reading.dep[told] == "advcl" and reading.tag[told] == "VB" and reading.child(told, "nsubj") is None:
        return False  # "left the talks, only to come back"
    doing = list(subjects(reading, told))
    if reading.pos[told] in {"NOUN", "PROPN"}:
        # "the return to the talks by the party"
        spots = (told,) if draft.mention is None else (told, draft.mention.head)
        doing = [
            one for spot in spots for prep in reading.children(spot, "prep") if reading.lemma[prep] == "by"
            for one in reading.children(prep, "pobj")
        ]  # fmt: skip
    if draft.mention is not None:
        doing = [token for token in doing if token != draft.mention.head]
    # "extended by another two months": a measure does nothing
    doing = [
        token for token in doing
        if (not reading.children(token, "nummod") and reading.lemma[token] not in _MEASURES) or article.sides.at(token)
    ]  # fmt: skip
    # "fighting resumed, ending the truce": nobody in particular did
    nobody = article.lexicon.deals.words("wars") | article.lexicon.deals.words("rumours")
    nobody |= article.lexicon.deals.words("bargain")  # "the agreement provides for an exchange"
    doing = [token for token in doing if reading.lemma[token] not in nobody]
    if by is not None and article.sides.of_actor(by.actor):
        doing = [token for token in doing if reading.word(token).lower() not in _MINE]
    both = article.lexicon.deals.words("both")
    if any(
        reading.lemma[token] in both and reading.tag[token] != "NN" and not _of_some(article, token) for token in doing
    ):
        return False
    noun = reading.pos[told] in {"NOUN", "PROPN"}
    if noun and any(article.sides.within(*reading.subtree(token)) for token in doing):
        return False  # "an offer by a coalition of rebels"
    return bool(doing) and not any(
        standing_for(reading, token, article.sides) or sent_by(reading, token, article.sides) for token in doing
    )


def with_others(article: Article, draft: Draft) -> bool:
    """Say whether the deal is with somebody who is named and on no known side: "talks with the bloc Kolm"."""
    reading = article.reading
    spots = (draft.trigger,) if draft.mention is None else (draft.trigger, draft.mention.head)
    ends = [
        end for spot in spots for prep in reading.children(spot, "prep") if reading.lemma[prep] == "with"
        for end in reading.children(prep, "pobj")
    ]  # fmt: skip
    named = [end for end in ends if reading.pos[end] == "PROPN" or reading.child(end, "appos") is not None]
    return bool(named) and not any(
        article.sides.at(one)
        for end in ends
        for one in (end, *reading.children(end, "appos", "amod", "compound", "conj"))
    )


def _of_some(article: Article, token: int) -> bool:
    """Say whether it is "both of the senators": two of others, not the two sides."""
    return any(article.reading.lemma[prep] == "of" for prep in article.reading.children(token, "prep"))


def of_strangers(article: Article, draft: Draft) -> bool:
    """Say whether those who are given are called after somebody who is on no known side: "five A detainees"."""
    reading = article.reading
    return any(
        reading.tag[child] == "NNP" and not nation_at(article, child) and not _staff_of(article, child)
        for thing in clause.object_of(reading, draft.trigger)
        for child in reading.children(thing, "compound", "nmod")
        if reading.pos[thing] == "NOUN"
    )


def _staff_of(article: Article, token: int) -> bool:
    """Say whether they are an organisation's own people: "seven UN employees"."""
    member = article.cast.member_at(token)
    return member is not None and member.sort == "organisation" and member.refs[0].actor.isupper()


def as_a_habit(article: Article, draft: Draft) -> bool:
    """Say whether the clause tells no single happening: "has routinely exchanged prisoners"."""
    words = article.lexicon.deals.words("habit")
    return any(article.reading.lemma[child] in words for child in article.reading.children(draft.trigger, "advmod"))


def gone_by(article: Article, draft: Draft, date: Period | None) -> bool:
    """Say whether the day was to be in the past: "had been expected last week"."""
    had = any(
        article.reading.lemma[child] == "have" and article.reading.tag[child] == "VBD"
        for child in article.reading.children(draft.trigger, "aux")
    )
    return had and date is not None


def _had_been_due(article: Article, draft: Draft) -> bool:
    """Say whether it was only due once: "had been due to open today"."""
    reading = article.reading
    spots = [one for one in (draft.trigger, *reading.ancestors(draft.trigger)) if reading.lemma[one] == "due"][:1]
    return any(
        reading.lemma[aux] == "have" and reading.tag[aux] == "VBD"
        for due in spots
        for spot in (due, reading.head[due])
        for aux in reading.children(spot, "aux")
    )


def _was_to(article: Article, draft: Draft) -> bool:
    """Say whether it was to be done once: "five soldiers who were to be freed in June are still held"."""
    reading, above = article.reading, article.reading.head[draft.trigger]
    copula = reading.lemma[above] in article.lexicon.deals.words("copula") and reading.tag[above] == "VBD"
    return copula and reading.dep[draft.trigger] == "xcomp" and reading.dep[above] == "relcl"


def taken_for_granted(article: Article, draft: Draft) -> bool:
    """Say whether a reported sentence only names the deal by this: "a truce that took effect on Friday holds"."""
    reading, mention = article.reading, draft.mention
    if mention is None or draft.over is not None or draft.step not in _KNOWN:
        return False
    dated = clause.date_of(reading, draft.trigger, article.moments)
    inside = reading.dep[draft.trigger] in {"relcl", "acl"} and reading.head[draft.trigger] == mention.head
    return inside and dated is not None and dated.since is not None


def stage(article: Article, draft: Draft, step: str) -> tuple[str, ...]:
    """Return the rule of stages where the step is of one: "postponed the second stage of the exchange"."""
    mention, reading = draft.mention, article.reading
    if mention is None or draft.kind not in SWAPS or step not in _OF_A_STAGE:
        return ()
    first, _ = reading.sentences[reading.sentence_of(mention.head)]
    near = range(max(first, mention.head - _CLOSE), mention.head)
    words = article.lexicon.deals.words("round")
    inside = range(mention.head, min(mention.last, mention.head + _CLOSE))
    if any(reading.lemma[at] in article.lexicon.deals.words("others") for at in inside):
        return (STAGE,)  # "the release of another five has been postponed"
    found = any(reading.lemma[at] in words and (reading.pos[at] == "NOUN" or reading.dep[at] == "amod") for at in near)
    return (STAGE,) if found else ()


def mutual(article: Article, over: int) -> bool:
    """Say whether the accusation goes both ways: "accused each other"."""
    return any(article.reading.lemma[token] == "other" for token in clause.object_of(article.reading, over))
