"""Assemble actors. Comes in: mentions and references of all articles. Goes out: one actor an id, with its names."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Act, Claim, Custody, Statement, Step
from onrecord.model.mention import ActorRef
from onrecord.model.record import Actor, Role
from onrecord.model.text import Span
from onrecord.model.vocabulary import ActorSort

_MOST_NAMES = 30


def assemble(articles: Iterable[ArticleResult]) -> tuple[Actor, ...]:
    """Return the actors in order of their ids."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    forms: dict[str, set[str]] = defaultdict(set)
    sorts: dict[str, Counter[ActorSort]] = defaultdict(Counter)
    countries: dict[str, Counter[str]] = defaultdict(Counter)
    documents: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, dict[str, Span]] = defaultdict(dict)
    for article in articles:
        if article.document is None:
            continue
        home = article.document.id
        for mention in article.mentions:
            sorts[mention.actor][mention.sort] += 1
            documents[mention.actor].add(home)
            if mention.text[:1].isupper():
                forms[mention.actor].add(" ".join(mention.text.split()))
        for claim in article.claims():
            for ref in refs_of(claim):
                names[ref.actor][ref.name] += 1
                documents[ref.actor].add(home)
                if ref.country is not None:
                    countries[ref.actor][ref.country] += 1
                if ref.role is not None:
                    span = claim.evidence[0]
                    cited = span.seen_from_outside(home)
                    known = roles[ref.actor].get(ref.role)
                    if known is None or _place(cited) < _place(known):
                        roles[ref.actor][ref.role] = cited
    return tuple(
        _actor(one, names[one], forms[one], sorts[one], countries[one], roles[one], len(documents[one]))
        for one in sorted(documents)
    )


def _place(span: Span) -> tuple[str, int, int]:
    return span.document or "", span.start, span.end


def _actor(
    one: str,
    names: Counter[str],
    forms: set[str],
    sorts: Counter[ActorSort],
    countries: Counter[str],
    roles: dict[str, Span],
    documents: int,
) -> Actor:
    name = _most(names) or max(forms, key=lambda form: (len(form), form), default=one)
    aliases = tuple(sorted((set(names) | forms) - {name}, key=lambda alias: (len(alias), alias))[:_MOST_NAMES])
    return Actor(
        id=one,
        name=name,
        aliases=aliases,
        sort=_most(sorts) or "group",
        country=_most(countries),
        roles=tuple(Role(role=role, evidence=(roles[role],)) for role in sorted(roles)),
        documents=documents,
    )


def _most[Value: str](counts: Counter[Value]) -> Value | None:
    return max(counts, key=lambda value: (counts[value], len(value), value), default=None)


def refs_of(claim: Claim) -> Iterator[ActorRef]:
    """Yield every actor that a claim points at."""
    several: tuple[tuple[ActorRef, ...], ...] = ()
    single: tuple[ActorRef | None, ...] = ()
    if isinstance(claim, Statement):
        single = (claim.speaker, claim.addressee, claim.via)
    elif isinstance(claim, Act):
        several = (claim.actors, claim.targets)
    elif isinstance(claim, Step):
        several, single = (claim.parties, claim.persons, claim.mediators), (claim.by,)
    elif isinstance(claim, Custody):
        several, single = (claim.exchanged_for,), (claim.person, claim.holder)
    for refs in several:
        yield from refs
    for ref in single:
        if ref is not None:
            yield ref
