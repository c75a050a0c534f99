"""Whom an office or a role without a name stands for: by what stands beside it, by the dated table, by repetition."""

from onrecord.lexicon.people import slug
from onrecord.model.cast import Candidate
from onrecord.resolve.pronouns import gender_fits
from onrecord.resolve.within_article import Article, Resolved
from onrecord.resolve.within_entities import Entity
from onrecord.resolve.within_pronouns import owner


def office(article: Article, candidate: Candidate) -> Resolved:
    """Return the person whom the office or role means, a stranger where nobody is known."""
    if candidate.head in article.linked:
        entity = article.linked[candidate.head]
        entity.country = entity.country or owner(article, candidate)
        return (entity,), f"stands beside the name {entity.name}"
    determiner = article.determiner(candidate)
    country = candidate.country or owner(article, candidate)
    organisation = article.organisation(candidate)
    if determiner not in {"a", "an", "another", "one", "some"}:
        if organisation or country:
            holder, how = article.offices.by_country(candidate, organisation or country or "")
            if holder is None and organisation:  # "Norland's ambassador to the United Nations" is Norland's
                states = article.states_inside(candidate)
                holder, how = article.offices.by_country(candidate, states[0].actor) if len(states) == 1 else (None, "")
            if holder is not None:
                return (holder,), how
        if not country and determiner == "the":
            found = _bare_office(article, candidate)
            if found is not None:
                return found
        if determiner == "the":
            same = article.here(article.offices.by_role(candidate))
            if len(same) == 1:
                return (same[0],), f"repeats the role of {same[0].name}"
            head = article.reading.lemma[candidate.head]
            if not same and determiner == "the" and head in article.unnamed and not organisation:
                before = article.unnamed[head]
                if country in (None, before.country):
                    return (before,), f"the {head} spoken of before"
    told = _telling_of_government(article, candidate) if country is None and determiner in {"a", "an"} else None
    who = _stranger(article, candidate, country or told)
    if told is not None:
        who.role = candidate.role or candidate.name
    return (who,), "a person who isn't named"


def _telling_of_government(article: Article, candidate: Candidate) -> str | None:
    """Return the country of the only government whose doings a holder of an office tells of in this sentence.

    "The government has suspended the talks, a minister said."
    """
    reading = article.reading
    if candidate.form != "office" or reading.dep[candidate.head] != "nsubj":
        return None
    first, last = reading.sentences[reading.sentence_of(candidate.head)]
    found = {
        (entity.sort, entity.country)
        for token in range(first, min(last, first + 120))
        if reading.dep[token] == "nsubj"
        for entity in article.trail.by_head.get(token, ())
        if entity.country
    }
    governments = {country for sort, country in found if sort == "government"}
    return next(iter(governments)) if len(governments) == 1 else None


def _stranger(article: Article, candidate: Candidate, country: str | None) -> Entity:
    name = _kin(article, candidate) or candidate.name or "somebody"
    entity = Entity(name, "person", actor=f"{slug(name)}-{article.document.id[-6:]}", country=country)
    entity.gender, entity.stranger = candidate.gender, True
    article.unnamed[article.reading.lemma[candidate.head]] = entity
    return entity


def _kin(article: Article, candidate: Candidate) -> str | None:
    """Return "son of X" for "his son", where it is sure whose, or the first name that stands beside it."""
    epithet = article.offices.epithet(candidate)
    if epithet is None or epithet.kind != "kin":
        return None
    reading = article.reading
    for child in reading.children(candidate.head, "appos"):
        if reading.pos[child] == "PROPN":
            return reading.word(child)
    for child in reading.children(candidate.head, "poss"):
        pronoun = article.by_head.get(child)
        if pronoun is None or pronoun.form != "pronoun" or pronoun.gender not in {"m", "f"}:
            continue
        whose, _ = article.trail.choose(child, gender_fits(pronoun))
        if whose is not None and not whose.stranger:
            return f"{reading.words(child + 1, candidate.last)} of {whose.name}"
    return None


def _bare_office(article: Article, candidate: Candidate) -> Resolved | None:
    holding = article.here(article.offices.holding(candidate))
    if not holding:
        named = {entity.actor for entity in article.entities.values() if entity.sort == "organisation"}
        found = [who for who in (article.offices.by_country(candidate, body) for body in sorted(named)) if who[0]]
        return ((found[0][0],), found[0][1]) if len(found) == 1 and found[0][0] else None
    if len(holding) == 1:
        return (holding[0],), f"the only one in the article who holds this office: {holding[0].name}"
    sentence = article.reading.sentence_of(candidate.head)
    first, last = article.reading.sentences[sentence]
    clause = article.clause(candidate.head)
    beside = {
        id(article.people.by_head[token])
        for token in range(first, min(last, first + 300))
        if token in article.people.by_head and article.clause(token) == clause
    }
    wanted = {id(entity) for entity in holding} - beside
    for back in range(1, 7):
        mains = {
            id(seen.entities[0]): seen.entities[0]
            for seen in article.trail.by_sentence[sentence - back]
            if len(seen.entities) == 1 and seen.main and id(seen.entities[0]) in wanted
        }
        if len(mains) == 1:
            entity = next(iter(mains.values()))
            return (entity,), f"the last holder of this office who was a subject: {entity.name}"
        if mains:
            break
    article.reject("R304", candidate, "more than one person in the article holds this office")
    return (), "more than one person in the article holds this office"
