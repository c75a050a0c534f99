"""Whom a description of several, or of a body, stands for."""

from onrecord.model.cast import Candidate
from onrecord.resolve.within_article import Article, Resolved
from onrecord.resolve.within_entities import Entity
from onrecord.resolve.within_groups import says_two
from onrecord.resolve.within_pronouns import owner


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
    if candidate.form != "demonym" and determiner in {"the", "this", "that"} and candidate.country is None:
        if (kind == "armed" or _fights(article, candidate)) and len(article.armed) == 1:
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
    return (article.once(candidate.name or "", candidate),), "described, not named"


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
