"""Whom the pronouns of an article stand for. Comes in: the article so far. Goes out: entities and the reason."""

from onrecord.model.cast import Candidate
from onrecord.resolve.pronouns import gender_fits
from onrecord.resolve.within_article import Article, Resolved
from onrecord.resolve.within_entities import Entity

_FIRST = ("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves")
_SECOND = ("you", "your", "yours", "yourself", "yourselves")
_RELATIVE = frozenset({"who", "whom", "whose"})
_BESIDE = frozenset({"with", "against"})
_POWERS = frozenset({"state", "government", "armed_group", "organisation"})


def pronoun(article: Article, candidate: Candidate) -> Resolved:
    """Return whom the pronoun stands for; nobody where it isn't sure, and a rejection."""
    word = candidate.name or ""
    if word in (*_FIRST, *_SECOND):
        return (), "first or second person: whoever speaks"
    if word in _RELATIVE:
        return _relative(article, candidate)
    if candidate.gender in {"m", "f"}:
        entity, how = article.trail.choose(candidate.head, gender_fits(candidate))
        if entity is None:
            article.reject("R303", candidate, how)
            return (), how
        return (entity,), how
    return _thing(article, candidate)


def _relative(article: Article, candidate: Candidate) -> Resolved:
    at = candidate.head
    for _ in range(5):
        if article.reading.dep[at] == "relcl":
            above = article.reading.head[at]
            found = article.trail.by_head.get(above, ())
            if not found:
                name = next((one for one in article.named_at.values() if one.first <= above < one.last), None)
                found = article.trail.by_head.get(name.head, ()) if name is not None else ()
            return found, "the one that the relative clause hangs on" if found else "nobody known"
        if article.reading.head[at] == at:
            break
        at = article.reading.head[at]
    return (), "a question or nobody known"


def _thing(article: Article, candidate: Candidate) -> Resolved:
    head = candidate.head
    verb = article.reading.head[head]
    many = bool(candidate.plural)
    beside = article.reading.dep[head] == "pobj" and article.reading.lemma[verb] in _BESIDE
    if not many and not beside and article.reading.dep[head] != "poss" and (
        article.reading.lemma[verb] == "be" or article.reading.dep[head] not in {"nsubj", "nsubjpass"}
    ):  # fmt: skip
        return (), "a thing or nothing at all"
    found = article.trail.subject_before(head, _plural if many else _single)
    if found:
        return found, "subject that governs it or of the sentence before"
    if many and article.reading.dep[head] in {"nsubj", "nsubjpass"}:
        article.reject("R303", candidate, "no plural subject before it")
    return (), "not sure whom"


def owner(article: Article, candidate: Candidate, *, persons: bool = False) -> str | None:
    """Return the country of a possessive pronoun in front ("its spokesman", "his government"), if that is sure.

    A person counts only where `persons` says so, and only one who holds an office.
    """
    for child in article.reading.children(candidate.head, "poss"):
        before = article.by_head.get(child)
        if before is None or before.form != "pronoun":
            continue
        if before.gender == "n":
            things = _thing(article, before)[0]
            if len(things) == 1 and things[0].sort != "person":
                return things[0].country
        elif persons and before.gender is not None:
            person, _ = article.trail.choose(child, gender_fits(before))
            if person is not None and person.offices:
                return person.country
    return None


def _single(entity: Entity) -> bool:
    return entity.sort in _POWERS and not entity.plural


def _plural(entity: Entity) -> bool:
    return entity.sort != "person" and (entity.plural or entity.sort != "state")
