"""Find whom every candidate stands for. Comes in: candidates. Goes out: the cast, and what was left open.

Every member says in words how it was resolved. Where two people could be meant nobody is named: a wrong attribution
is the worst thing this program can do.
"""

from onrecord.lexicon import Lexicon
from onrecord.lexicon.people import fold
from onrecord.model.cast import Candidate, Cast, Member
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef, Mention
from onrecord.model.reading import Reading
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document, Span
from onrecord.resolve.within_article import Article, Resolved
from onrecord.resolve.within_collectives import group
from onrecord.resolve.within_entities import Entity
from onrecord.resolve.within_pronouns import pronoun
from onrecord.resolve.within_roles import office


def run(
    *, document: Document, reading: Reading, candidates: tuple[Candidate, ...], lexicon: Lexicon
) -> tuple[Cast, tuple[Rejection, ...]]:
    """Return the cast of the article and a rejection for each pronoun or name that could mean more than one."""
    return _cast(Article(document, reading, candidates, lexicon.people))


def _cast(article: Article) -> tuple[Cast, tuple[Rejection, ...]]:
    members, mentions = [], []
    for candidate in article.candidates:
        article.turn(candidate)
        entities, how = _resolve(article, candidate)
        article.trail.add(candidate.head, entities)
        if len(entities) == 1:
            article.pairs.add(candidate.head, entities[0])
            _learn(article, candidate, entities[0])
        span = article.cite(candidate)
        refs = tuple(entity.ref(span) for entity in entities)
        members.append(
            Member(
                first=candidate.first,
                last=candidate.last,
                head=candidate.head,
                form=candidate.form,
                sort=entities[0].sort if len(entities) == 1 else candidate.sort,
                refs=refs,
                how=how,
            )
        )
        mentions += [_mention(article, span, ref, entity) for ref, entity in zip(refs, entities, strict=True)]
    return Cast(members=tuple(members), mentions=tuple(mentions)), tuple(article.rejections)


def _mention(article: Article, span: Span, ref: ActorRef, entity: Entity) -> Mention:
    return Mention(
        document=article.document.id,
        start=span.start,
        end=span.end,
        text=span.text,
        actor=ref.actor,
        sort=entity.sort,
        chain=identity("chain", article.document.id, ref.actor),
    )


def _learn(article: Article, candidate: Candidate, entity: Entity) -> None:
    if candidate.form == "pronoun" and entity.sort == "person" and candidate.gender in {"m", "f"}:
        entity.gender = entity.gender or candidate.gender
    if entity.sort == "armed_group" and all(entity.actor != other.actor for other in article.armed):
        article.armed.append(entity)
    if entity.sort == "government" and entity.country and candidate.form == "body":
        article.ruling.setdefault(article.reading.lemma[candidate.head], set()).add(entity.country)


def _resolve(article: Article, candidate: Candidate) -> Resolved:
    if candidate.form == "pronoun":
        return pronoun(article, candidate)
    if candidate.form == "name" and candidate.sort == "person":
        return _person(article, candidate)
    if candidate.head in article.bodies.of:
        return _body(article, candidate)
    if candidate.actor is not None:
        return (article.known(candidate),), "named; the lexicon knows it"
    if candidate.form == "office":
        return office(article, candidate)
    return group(article, candidate)


def _body(article: Article, candidate: Candidate) -> Resolved:
    """Return the organisation whose name the candidate shortens."""
    full = article.bodies.of[candidate.head]
    entity = article.known(full) if full.actor is not None else article.once(full.name or "", full)
    return (entity,), f"short form of {entity.name}"


def _person(article: Article, candidate: Candidate) -> Resolved:
    entity = article.people.by_head.get(candidate.head)
    if entity is None:
        article.reject("R304", candidate, "more than one person of this name in the article")
        lone = article.once(candidate.name or "", candidate)
        return (lone,), "a name that more than one person of the article bears; left apart"
    if fold(candidate.name or "") == fold(entity.name):
        return (entity,), "named in full"
    return (entity,), f"short or other form of {entity.name}"
