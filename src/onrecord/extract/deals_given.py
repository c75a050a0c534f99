"""Say between whom a deal is that a verb tells: "freed 20 A", "two held by B walked free", "eased an embargo on A".

Comes in: one frame, or two releases of which one was given for the other. Goes out: the sides, none where unsure.
"""

from collections import Counter

from onrecord.extract.clause import subject_of
from onrecord.extract.deals_frames import Framed
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_parties import doers, named
from onrecord.extract.deals_whose import (
    SWAPS,
    Article,
    agreed_with,
    holders,
    imposed_on,
    members,
    price,
    state_of,
    whose,
)
from onrecord.model.mention import ActorRef

_THEIRS = {"hostage_release", "withdrawal"}
_BOTH = 2


def parties_of(article: Article, framed: tuple[Framed, ...]) -> dict[str, ActorRef]:
    """Return who does it, and on whom it is done where only one can be meant, each by his actor."""
    sides: dict[str, ActorRef] = {}
    for item in framed:
        for ref in doers(article.reading, item.draft.trigger, article.sides):
            sides.setdefault(ref.actor, ref)
        if not sides and item.draft.kind in SWAPS:
            sides |= _captors(article, item.draft.trigger)
    first = framed[0]
    kind, verb, things = first.draft.kind, first.draft.trigger, first.things
    if kind in SWAPS and not sides:
        # "two A held by B walked free": B let them go
        sides |= _one(holders(article, verb, things, sides))
    if kind == "prisoner_exchange" and len(sides) < _BOTH:
        theirs = whose(article, (*things, *price(article, verb)), sides)
        sides |= theirs if len(theirs) + len(sides) <= _BOTH else {}
    elif kind in _THEIRS and len(sides) == 1:
        # "freed A's soldiers", "withdrew from A territory": the other side is whose they are
        sides |= _one(whose(article, members(article.reading, things), sides))
    if kind == "sanctions_relief" and len(sides) == 1:
        sides |= _one(imposed_on(article, things, sides))
    if kind == "sanctions_relief":
        sides |= _eased(article, things)
    if kind in SWAPS and len(sides) == 1:
        sides |= _one(holders(article, verb, things, sides))
    back = price(article, verb) if kind == "hostage_release" and len(sides) == 1 else ()
    if back:
        # "ten A were freed in exchange for twelve B held by A"
        sides |= _one(whose(article, (*things, *back), sides))
    if kind == "hostage_release" and len(sides) == 1:
        sides |= _one(agreed_with(article, verb, sides))
    return sides or _by_their_people(article, first)


def _captors(article: Article, verb: int) -> dict[str, ActorRef]:
    """Return the armed group that "his captors", "a gang in A" are, where the article names but one, or one most."""
    reading, words = article.reading, article.lexicon.deals.words("captors")
    if not any(reading.lemma[one] in words for one in subject_of(reading, verb)):
        return {}
    often: Counter[ActorRef] = Counter()
    for member in article.cast.members:
        if member.sort == "armed_group" and len(member.refs) == 1 and member.refs[0].actor.isupper():
            often[member.refs[0]] += 1
    ranked = often.most_common(2)
    clear = bool(ranked) and (len(ranked) == 1 or ranked[0][1] >= _BOTH * ranked[1][1])
    group = ranked[0][0] if clear else None
    return {group.actor: ActorRef(group.actor, group.name, group.country)} if group is not None else {}


def _one(found: dict[str, ActorRef]) -> dict[str, ActorRef]:
    return found if len(found) == 1 else {}


def _eased(article: Article, things: tuple[int, ...]) -> dict[str, ActorRef]:
    """Return who is eased: "eased an embargo on A"."""
    return {
        ref.actor: ref
        for thing in things
        for prep in article.reading.children(thing, "prep")
        if article.reading.lemma[prep] in {"on", "against"}
        for child in article.reading.children(prep, "pobj")
        for ref in article.sides.at(child)
    }


def _by_their_people(article: Article, framed: Framed) -> dict[str, ActorRef]:
    """Return the two states of which each person given is a national: "the couple was freed in return for X"."""
    back = price(article, framed.draft.trigger)
    if framed.draft.kind not in SWAPS or not back:
        return {}
    found = {ref.actor: ref for spot in (*framed.things, *back) for ref in state_of(article, spot)}
    if len(found) != _BOTH:
        # "ten A were freed in exchange for twelve B"
        found = {ref.actor: ref for spots in (framed.things, back) for ref in _one(whose(article, spots, {})).values()}
    return found if len(found) == _BOTH else {}


def swap_of(article: Article, framed: Framed) -> DealMention | None:
    """Return the exchange in which the people are told to be freed: "in a swap with B", "as part of an exchange"."""
    reading, verb = article.reading, framed.draft.trigger
    for mention in article.mentions:
        if mention.kind != "prisoner_exchange" or not mention.exact or reading.dep[mention.head] != "pobj":
            continue
        prep = reading.head[mention.head]
        part = reading.head[prep]
        whole = reading.lemma[prep] == "of" and reading.lemma[part] == "part" and reading.dep[part] == "pobj"
        above = reading.head[part] if whole else prep
        if reading.lemma[above] in ({"as"} if whole else {"in", "under", "during"}) and reading.head[above] == verb:
            return mention
    return None


def in_the_swap(
    article: Article, framed: Framed, swap: DealMention, sides: dict[str, ActorRef]
) -> dict[str, ActorRef]:  # fmt: skip
    """Return the two of the exchange in which people are freed: whom it names, and whose they are."""
    found = {ref.actor: ref for ref in named(article.reading, swap, article.sides, article.lexicon.deals)}
    if len(found) >= _BOTH:
        return found
    reading = article.reading
    found |= {
        ref.actor: ref  # "returned home from B in an exchange"
        for prep in reading.children(framed.draft.trigger, "prep") if reading.lemma[prep] == "from"
        for end in reading.children(prep, "pobj") for ref in article.sides.at(end)
    }  # fmt: skip
    sides = {**sides, **found}
    theirs = whose(article, framed.things, sides) if len(sides) < _BOTH else {}
    return sides | theirs if len(sides) + len(theirs) <= _BOTH else sides


def talks_alone(article: Article, verb: int) -> bool:
    """Say whether one side alone is told to negotiate, and nobody that it negotiates with."""
    reading = article.reading
    if reading.lemma[verb] not in article.lexicon.deals.words("negotiate"):
        return False
    with_whom = [
        end for prep in reading.children(verb, "prep") if reading.lemma[prep] == "with"
        for end in reading.children(prep, "pobj")
    ]  # fmt: skip
    return len(doers(reading, verb, article.sides)) < _BOTH and not with_whom
