"""Say whose people a deal gives, and how many. Comes in: a frame and the article around it. Goes out: sides, counts."""

from typing import Protocol

from onrecord.extract.deals_context import Context
from onrecord.extract.deals_frames import Framed, in_the_swap
from onrecord.extract.deals_mentions import DealMention
from onrecord.extract.deals_mutual import by_captors, of_a_nation, taken_before
from onrecord.extract.deals_parties import Sides, doers
from onrecord.extract.deals_parties import doing as subjects
from onrecord.extract.deals_people import price_of
from onrecord.extract.deals_terms import number
from onrecord.lexicon import Lexicon
from onrecord.model.cast import Cast
from onrecord.model.claim import Step
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Moment
from onrecord.model.reading import Reading

SWAPS = {"prisoner_exchange", "hostage_release"}
WIDE = 80
_BOTH = 2
_FREE = "free"
_AGAINST = frozenset({"on", "against", "with"})


class Article(Protocol):
    """What is needed of an article, and of the steps found in it so far."""

    reading: Reading
    cast: Cast
    moments: tuple[Moment, ...]
    lexicon: Lexicon
    sides: Sides
    mentions: tuple[DealMention, ...]
    context: Context | None
    steps: list[Step]


def window(article: Article, token: int) -> tuple[int, int]:
    """Return the sentence of a token, no more than `WIDE` tokens on either side."""
    first, last = article.reading.sentences[article.reading.sentence_of(token)]
    return max(first, token - WIDE), min(last, token + WIDE)


def whose(article: Article, things: tuple[int, ...], known: dict[str, ActorRef]) -> dict[str, ActorRef]:
    """Return the sides whose people are given: "traded five A spies"."""
    return {
        ref.actor: ref
        for thing in things
        for token in (thing, *article.reading.children(thing, "amod", "compound", "nmod"))
        for ref in nation_at(article, token)
        if ref.actor not in known
    }


def nation_at(article: Article, token: int) -> tuple[ActorRef, ...]:
    """Return the state whose people stand here: "seven A", "A spies"."""
    member = article.cast.member_at(token)
    if member is not None and member.sort == "group" and member.head == token and len(member.refs) == 1:
        country = member.refs[0].country
        if country and len(country) == 3:
            return (article.sides.state(country),)
    return article.sides.at(token)


def state_of(article: Article, token: int) -> tuple[ActorRef, ...]:
    """Return the state whose national this person is, where the article says so and names that state."""
    member = article.cast.member_at(token)
    if member is None or member.sort != "person" or len(member.refs) != 1:
        return ()
    country = member.refs[0].country
    known = country is not None and country in article.sides.names
    return (ActorRef(country, article.sides.names[country], country),) if country and known else ()


def agreed_with(article: Article, verb: int, known: dict[str, ActorRef]) -> dict[str, ActorRef]:
    """Return with whom the sentence says that the deal was made: "in the first phase of a release agreed with A"."""
    reading, book = article.reading, article.lexicon.deals
    nouns = book.words("bargain") | book.words("handing")
    first, last = window(article, verb)
    return {
        ref.actor: ref
        for noun in range(verb + 1, last)
        if reading.lemma[noun] in nouns and reading.pos[noun] == "NOUN"
        for spot in (noun, *reading.children(noun, "acl"))
        for prep in reading.children(spot, "prep")
        if reading.lemma[prep] == "with"
        for child in reading.children(prep, "pobj")
        for ref in article.sides.at(child)
        if ref.actor not in known and first <= child < last
    }


def price(article: Article, verb: int) -> tuple[int, ...]:
    """Return those that are given in return: "exchanged for seven A", "in exchange for three men held by B"."""
    return price_of(article.reading, (verb, *article.reading.children(verb, "dobj")))


def members(reading: Reading, things: tuple[int, ...]) -> tuple[int, ...]:
    """Return the things, and those of whom they are some: "two of the five nurses"."""
    return (
        *things,
        *(
            end
            for thing in things
            if reading.pos[thing] == "NUM"
            for prep in reading.children(thing, "prep")
            if reading.lemma[prep] == "of"
            for end in reading.children(prep, "pobj")
        ),
    )


def imposed_on(article: Article, things: tuple[int, ...], known: dict[str, ActorRef]) -> dict[str, ActorRef]:
    """Return against whom the sanctions are: "measures it imposed on A", "sanctions against A's government"."""
    reading = article.reading
    found: dict[str, ActorRef] = {}
    for thing in things:
        if reading.dep[thing] == "pobj" and reading.lemma[reading.head[thing]] not in {"on", "against"}:
            continue
        first, last = reading.subtree(thing)
        for prep in range(first, min(last, thing + WIDE // 4)):
            if reading.lemma[prep] not in _AGAINST or reading.dep[prep] not in {"prep", "agent"}:
                continue
            for end in reading.children(prep, "pobj"):
                spots = (end, *reading.children(end, "poss", "compound", "amod", "conj"))
                found |= {ref.actor: ref for one in spots for ref in article.sides.at(one) if ref.actor not in known}
    return found


def holders(article: Article, verb: int, things: tuple[int, ...], known: dict[str, ActorRef]) -> dict[str, ActorRef]:
    """Return who holds those that are given, or given in return: "for three men held by B", "two held by B"."""
    reading, book = article.reading, article.lexicon.deals
    caught, kept = book.words("caught"), book.words("kept")
    return {
        ref.actor: ref
        for thing in (*price(article, verb), *members(reading, things))
        for told in (*reading.children(thing, "acl"), reading.head[thing], _taken(article, thing))
        if reading.lemma[told] in caught and (reading.dep[told] == "acl" or reading.child(told, "agent") is not None)
        for by in reading.children(told, "agent", "prep")
        if reading.lemma[by] == "by" or (reading.lemma[by] == "in" and reading.lemma[told] in kept)
        for child in reading.children(by, "pobj")
        for spot in (child, *reading.children(child, "appos"))
        for ref in article.sides.at(spot)
        if ref.actor not in known
    }


def _taken(article: Article, thing: int) -> int:
    """Return the verb by which this person was kidnapped before, else the thing itself."""
    found = taken_before(article.reading, article.cast, thing, article.lexicon.deals)
    return thing if found is None else found


def captives(article: Article, framed: Framed) -> bool:
    """Say whether those who are freed were held, and not just let go from somewhere."""
    words = article.lexicon.deals.words("captive")
    for thing in framed.things:
        near = {article.reading.lemma[thing]} | {article.reading.lemma[c] for c in article.reading.children(thing)}
        if near & words or any(article.reading.tag[c] == "VBN" for c in article.reading.children(thing, "amod")):
            return True
    caught = article.lexicon.deals.words("caught")
    if article.reading.lemma[framed.draft.trigger] == _FREE and framed.count is not None:
        return True  # "freed 15 Norlanders"
    if of_a_nation(article.reading, article.cast, framed.draft.trigger, framed.things, article.lexicon.deals):
        return True
    above = article.reading.head[framed.draft.trigger]
    if article.reading.lemma[above] in caught and article.reading.child(above, "agent") is not None:
        return True
    if any(taken_before(article.reading, article.cast, one, article.lexicon.deals) for one in framed.things):
        return True
    for thing in members(article.reading, framed.things):
        for one in (thing, *article.reading.children(thing, "conj")):
            if any(article.reading.lemma[child] in caught for child in article.reading.children(one, "relcl", "acl")):
                return True  # "two nuns who were abducted in May"
    if by_captors(article.reading, article.cast, framed.draft.trigger, framed.things, article.lexicon.deals):
        return True
    if in_the_swap(article.reading, framed.draft.trigger, framed.things, article.lexicon.deals):
        return True
    if _in_return_for(article, framed.draft.trigger) or any(
        article.cast.member_at(one) is not None for one in price(article, framed.draft.trigger)
    ):
        return True  # freed in return for something, or for somebody
    told = any(mention.kind in SWAPS for mention in article.mentions) or any(
        step.deal_kind in SWAPS for step in article.steps
    )
    if told and (
        framed.persons or any(article.reading.lemma[t] in article.lexicon.deals.words("round") for t in framed.things)
    ):
        return True
    first, last = article.reading.subtree(framed.draft.trigger)
    around = {article.reading.lemma[at] for at in range(first, min(last, first + 60))}
    return bool(around & (article.lexicon.deals.words("handover") | article.lexicon.deals.words("confined")))


def _in_return_for(article: Article, verb: int) -> bool:
    """Say whether a price is named by "in return for" or "in exchange for"."""
    reading, words = article.reading, article.lexicon.deals.words("in_return")
    return any(
        reading.lemma[prep] == "in" and reading.lemma[noun] in words and bool(reading.children(noun, "prep"))
        for spot in (verb, *reading.children(verb, "dobj"))
        for prep in reading.children(spot, "prep")
        for noun in reading.children(prep, "pobj")
    )


def counted(article: Article, framed: Framed) -> int | None:
    """Return how many are named, unless others are counted beside them: "X was freed together with three men"."""
    first, last = article.reading.subtree(framed.draft.trigger)
    if any(article.reading.dep[at] == "nummod" for at in range(first, min(last, first + WIDE))):
        return None
    return len(framed.persons) or None


def each_side(article: Article, token: int) -> tuple[int, int] | None:
    """Return the n for n of a deal of which this sentence or one of the next two says what each side gives.

    "... signed an agreement. Each side will free 20 people."
    """
    reading, book = article.reading, article.lexicon.deals
    here = reading.sentence_of(token)
    for first, last in reading.sentences[here : here + 3]:
        for verb in range(first, min(last, first + WIDE)):
            giving = any(rule.kind in SWAPS for rule, _ in book.of("frame", reading.lemma[verb]))
            if not giving or reading.pos[verb] != "VERB" or reading.child(verb, "neg") is not None:
                continue
            each = any(
                reading.lemma[one] in book.words("both") and reading.tag[one] == "NN"
                and any(reading.lemma[child] in book.words("each") for child in reading.children(one, "det"))
                for one in subjects(reading, verb)
            )  # fmt: skip
            counts = [number(reading.word(one)) for thing in reading.children(verb, "dobj")
                      for one in reading.children(thing, "nummod")]  # fmt: skip
            if each and len(counts) == 1 and counts[0]:
                return counts[0], counts[0]
    return None


def known_pair(article: Article, framed: Framed) -> bool:
    """Say whether the article tells of another deal between those who are to meet here."""
    told = framed.draft.trigger if framed.draft.over is None else framed.draft.over
    meeting = {ref.actor: ref for ref in doers(article.reading, told, article.sides)}
    if len(meeting) == _BOTH and sum(ref.actor != ref.country for ref in meeting.values()) == 1:
        return True  # "envoys of the government and the rebels met": no meeting of every day
    sides = set(meeting)
    reading = article.reading
    for prep in reading.children(framed.draft.trigger, "prep"):
        if reading.lemma[prep] == "with":
            for child in reading.children(prep, "pobj"):
                sides |= {ref.actor for ref in article.sides.at(child)}
    pairs = article.context.pairs if article.context is not None else ()
    if framed.draft.kind in SWAPS:  # "five people crossed on May 18", of the only exchange of the article
        return len({frozenset(ref.actor for ref in pair.parties) for pair in pairs if pair.kind in SWAPS}) == 1
    known = [{ref.actor for ref in pair.parties} for pair in pairs if pair.kind is not None]
    known += [{ref.actor for ref in article.context.foes}] if article.context is not None else []
    known = [pair for pair in known if len(pair) > 1]
    dual = any(reading.lemma[one] in article.lexicon.deals.words("both") for one in subjects(reading, told))
    return any(sides == pair or (dual and not sides - pair) for pair in known)
