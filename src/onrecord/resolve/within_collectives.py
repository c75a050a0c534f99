"""Whom a description of several, or of a body, stands for."""

from onrecord.lexicon.people import fold
from onrecord.model.cast import Candidate
from onrecord.resolve.within_article import Article, Resolved
from onrecord.resolve.within_entities import Entity
from onrecord.resolve.within_groups import says_two
from onrecord.resolve.within_pronouns import owner

_OFTEN = 3


def group(article: Article, candidate: Candidate) -> Resolved:
    """Return the body, the group, or the two that the description means."""
    epithet = article.offices.epithet(candidate)
    kind = epithet.kind if epithet and candidate.form != "demonym" else None
    determiner = article.determiner(candidate)
    if kind == "pair" or (kind == "person" and candidate.plural and says_two(article.reading, candidate)):
        fitting = None
        if kind == "person" and article.offices.offices(candidate):
            fitting = frozenset(id(entity) for entity in article.offices.holding(candidate))
        two = article.pairs.two_persons(candidate, fitting, epithet.gender if epithet else None)
        return (two, "the two named last") if two else ((), "two people, not sure which")
    if kind == "side" and candidate.plural:
        several = article.states_inside(candidate)
        if len(several) > 1:
            return several, "the states named in it"
        two = article.pairs.two_powers(candidate)
        return (two, "the two powers named side by side") if two else ((), "the sides, not sure which")
    several = article.states_inside(candidate)
    if candidate.plural and len(several) > 1:
        parts = tuple(_part(article, candidate, state) for state in several)
        return parts, "one group for each state named in it"
    if _fights(article, candidate) and len(article.armed) == 1 and _of_a_group(article, candidate):
        return (article.armed[0],), "those of the only armed group in the article"
    only = _singled_out(article, candidate)
    if only is not None:
        return (article.known(only),), "the only armed group that the article names, singled out"
    if candidate.form != "demonym" and determiner in {"the", "this", "that"} and candidate.country is None:
        armed = kind == "armed" and candidate.sort == "armed_group"
        if (armed or _fights(article, candidate)) and len(article.armed) == 1:
            return (article.armed[0],), "the only armed group in the article"
        if kind in {"government", "force"} and candidate.last - candidate.first == 2 and not candidate.plural:
            ruling = article.ruling.get(article.reading.lemma[candidate.head]) or set().union(*article.ruling.values())
            if len(ruling) == 1:
                country = min(ruling)
                entity = Entity(candidate.name or "", "government", actor=country, country=country)
                return (entity,), "of the only country whose government or forces the article names"
    if kind in {"government", "force"} and candidate.country is None:
        of = owner(article, candidate, persons=kind == "government") or _of_person(article, candidate, kind)
        if of is not None:
            return (Entity(candidate.name or "", "government", actor=of, country=of),), "of the one before"
    again = _again(article, candidate)
    if again is not None:
        return (again,), f"the {again.name} spoken of before"
    if candidate.sort == "organisation" and candidate.form == "body":
        theirs = article.reading.tag[candidate.first] == "PRP$" and candidate.first < candidate.head
        name = article.reading.words(candidate.first + 1, candidate.last) if theirs else candidate.name
        return (article.once(name or "", candidate),), "described, not named"
    return (article.once(candidate.name or "", candidate),), "described, not named"


def _again(article: Article, candidate: Candidate) -> Entity | None:
    """Return the body described before that "the union" or "their union" means, where there is one alone."""
    reading = article.reading
    bare = candidate.head == candidate.last - 1 and candidate.head - candidate.first == 1
    opening = reading.tag[candidate.first] == "PRP$" or article.determiner(candidate) in {"the", "this", "that"}
    if candidate.sort != "organisation" or candidate.form != "body" or not (bare and opening):
        return None
    word = fold(reading.word(candidate.head))
    found = {
        entity.actor: entity
        for entity in article.entities.values()
        if entity.sort == "organisation" and fold(entity.name).split()[-1:] == [word]
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _singled_out(article: Article, candidate: Candidate) -> Candidate | None:
    """Return the armed group that a superlative singles out ("Norland's largest rebel group").

    It is the only one that the article names, or is named again and again and twice as often as any other.
    """
    reading = article.reading
    if candidate.sort != "armed_group" or candidate.plural or not article.named_armed:
        return None
    if all(reading.tag[token] != "JJS" for token in range(candidate.first, candidate.head)):
        return None
    (actor, times), *others = article.named_armed.most_common(2)
    if others and (times < _OFTEN or times < 2 * others[0][1]):
        return None
    named = next(one for one in article.candidates if one.actor == actor)
    return named if candidate.country in (None, named.country) else None


def _of_a_group(article: Article, candidate: Candidate) -> bool:
    inside = (article.by_head.get(token) for token in range(candidate.head + 1, candidate.last))
    return any(one is not None and one.sort == "armed_group" for one in inside)


def _of_person(article: Article, candidate: Candidate, kind: str) -> str | None:
    """Return the country of the person whose government or office this is."""
    for token in range(candidate.first, candidate.head):
        person = article.people.by_head.get(token)
        if kind == "government" and person is not None and person.offices:
            return person.country
    return None


def _fights(article: Article, candidate: Candidate) -> bool:
    return article.reading.lemma[candidate.head] in article.book.armed_words


def _part(article: Article, candidate: Candidate, state: Entity) -> Entity:
    adjective = article.book.state_of[state.actor].adjectives[:1] if state.actor in article.book.state_of else ()
    name = f"{adjective[0] if adjective else state.name} {article.reading.word(candidate.head)}"
    entity = Entity(name, "group", country=state.country)
    entity.plural = True
    return entity
