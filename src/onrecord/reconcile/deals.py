"""Assemble deals: which steps of many articles belong to one deal, and where it stands.

Comes in: articles and rulings. Goes out: deals, each with a status by the written rule and a printed reason for every
join. A pure function of the set of articles: order and repetition make no difference.
"""

from collections.abc import Iterable, Mapping

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Statement, Step, Terms
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.record import Deal, Development
from onrecord.model.text import Span
from onrecord.reconcile.dispute import told_of
from onrecord.reconcile.judged import Rulings, with_fields
from onrecord.reconcile.status import status_of
from onrecord.reconcile.strands import JOINED, Strand, agree, apart, kind_class
from onrecord.reconcile.strands import best_parties as parties_of
from onrecord.reconcile.strands import of as strands_of

_BACK = 400
_MOST = 60

type _Words = tuple[str, str, str, str]


class Bundle(msgspec.Struct, kw_only=True):
    """The strands of one deal, and why each one is in it."""

    strands: list[Strand]
    why: dict[str, str]


def assemble(
    articles: Iterable[ArticleResult], rulings: Rulings, copies: Mapping[str, str], as_of: str | None
) -> tuple[Deal, ...]:
    """Return the deals in order of their ids."""
    statements: dict[str, Statement] = {}
    published: dict[str, str | None] = {}
    strands: list[Strand] = []
    echoes: dict[_Words, list[Span]] = {}
    for article in articles:
        if article.document is None:
            continue
        statements.update({statement.id: statement for statement in article.statements})
        published[article.document.id] = article.document.published_day
        if article.document.id not in copies:
            strands += strands_of(article)
            continue
        for step in article.steps:
            # a copy is no further voice, but its reader finds the words there too
            spans = [span.seen_from_outside(step.document) for span in step.evidence]
            echoes.setdefault(_words(step, copies[step.document]), []).extend(spans)
    bundles = bundle(strands, rulings)
    made = (_deal(one, statements, published, as_of, rulings, echoes) for one in bundles)
    return tuple(sorted(made, key=lambda deal: deal.id))


def bundle(strands: Iterable[Strand], rulings: Rulings) -> list[Bundle]:
    """Return the strands in bundles, one a deal. Blocks by kind and party keep the comparisons few."""
    blocks: dict[tuple[str, str], list[Bundle]] = {}
    home: dict[str, Bundle] = {}
    found: list[Bundle] = []
    for strand in sorted(strands, key=lambda strand: (strand.first, strand.published, strand.document, strand.id)):
        near: dict[int, Bundle] = {}
        for side in sorted(strand.sides):
            for one in blocks.get((kind_class(strand.kind), side), [])[-_MOST:]:
                near[id(one)] = one
        best = _best(strand, near.values(), rulings)
        if best is None:
            chosen = Bundle(strands=[strand], why={})
            found.append(chosen)
        else:
            chosen, reason = best
            chosen.strands.append(strand)
            chosen.why[strand.id] = reason
        home[strand.id] = chosen
        for side in sorted(strand.sides):
            block = blocks.setdefault((kind_class(strand.kind), side), [])
            if not any(chosen is one for one in block[-_MOST:]):
                block.append(chosen)
    return _judged(found, rulings)


def _best(strand: Strand, near: Iterable[Bundle], rulings: Rulings) -> tuple[Bundle, str] | None:
    best: tuple[tuple[int, int, str], Bundle, str] | None = None
    for one in near:
        recent = one.strands[-8:] if len(one.strands) > 8 else one.strands
        if apart(recent[-1].last, strand.first) > _BACK:
            continue
        judged = [agree(other, strand) for other in recent]
        score, why = max(judged)
        if rulings.different and any(_ruled_apart(other, strand, rulings) for other in one.strands):
            continue
        if score < JOINED or any(value <= -9 and reason.startswith("other") for value, reason in judged):
            continue
        rank = (score, -apart(recent[-1].last, strand.first), recent[0].id)
        if best is None or best[0] < rank:
            best = (rank, one, why)
    return (best[1], best[2]) if best is not None else None


def _names(strand: Strand) -> set[str]:
    return {strand.id, *(step.id for step in strand.steps)}


def _ruled_apart(left: Strand, right: Strand, rulings: Rulings) -> bool:
    if not rulings.different:
        return False
    ours, theirs = _names(left), _names(right)
    return any((one in ours and two in theirs) or (one in theirs and two in ours) for one, two in rulings.different)


def _judged(found: list[Bundle], rulings: Rulings) -> list[Bundle]:
    """Return the bundles, those joined of which somebody judged that they are the same; deals are named by their id."""
    if not rulings.same and not rulings.different:
        return found
    home: dict[str, Bundle] = {}
    for one in found:
        home[deal_id(one)] = one
        for strand in one.strands:
            for name in _names(strand):
                home[name] = one
    for left, right in rulings.same:
        ours, theirs = home.get(left), home.get(right)
        if ours is None or theirs is None or ours is theirs:
            continue
        ours.strands += theirs.strands
        ours.strands.sort(key=lambda strand: (strand.first, strand.published, strand.document, strand.id))
        ours.why |= theirs.why | {theirs.strands[0].id: "judged to be the same"}
        for name, one in list(home.items()):
            if one is theirs:
                home[name] = ours
        found = [one for one in found if one is not theirs]
    return found


def deal_id(one: Bundle) -> str:
    """Return the id of a deal: that of the first thing told of it, so that later articles don't change it."""
    first = min(one.strands, key=lambda strand: (strand.first, strand.published, strand.document, strand.id))
    return identity("deal", kind_class(first.kind), first.document, first.id)


def _deal(
    one: Bundle,
    statements: Mapping[str, Statement],
    published: Mapping[str, str | None],
    as_of: str | None,
    rulings: Rulings,
    echoes: Mapping[_Words, list[Span]],
) -> Deal:
    steps = tuple(step for strand in one.strands for step in strand.steps)
    parties = parties_of(steps)
    told = {step.id: told_of(step, parties, statements, published.get(step.document)) for step in steps}
    verdict = status_of(told.values(), as_of)
    order = sorted(steps, key=lambda step: (told[step.id].since, step.document, step.evidence[0].start, step.id))
    why = {step.id: one.why.get(strand.id, "") for strand in one.strands for step in strand.steps}
    developments = {step.id: _development(step, why[step.id], echoes) for step in _once(order)}
    kinds = sorted({strand.kind for strand in one.strands}, key=lambda kind: (kind != "prisoner_exchange", kind))
    terms = _terms(order)
    deal = Deal(
        id=deal_id(one),
        deal_kind=kinds[0],
        parties=tuple(msgspec.structs.replace(ref, mention=None) for ref in parties),
        title=_title(kinds[0], parties, terms),
        terms=terms,
        status=verdict.status,
        as_of=as_of,
        disputed=verdict.disputed,
        undisclosed=tuple(sorted({what for step in steps for what in step.undisclosed})),
        persons=_refs(ref for step in order for ref in step.persons),
        developments=tuple(developments.values()),
        against=tuple(developments[step] for step in verdict.against if step in developments),
        documents=len({step.document for step in steps}),
        mediators=tuple(
            ref for ref in _refs(ref for step in order for ref in step.mediators)
            if ref.actor not in {party.actor for party in parties}
        ),
        background=all(step.background for step in steps),
        rule=verdict.rule,
        made_by=verdict.made_by,
    )  # fmt: skip
    return with_fields(deal, rulings.fields.get(deal.id, {}))


def _once(steps: Iterable[Step]) -> list[Step]:
    """Return the steps, those left out that tell the same step with the same words again."""
    kept: list[Step] = []
    for step in steps:
        twin = any(
            other.document == step.document
            and other.step == step.step
            and other.polarity == step.polarity
            and other.evidence[0].overlaps(step.evidence[0])
            for other in kept[-12:]
        )
        if not twin:
            kept.append(step)
    return kept


def _words(step: Step, document: str) -> _Words:
    return document, step.deal_kind, step.step, " ".join(step.evidence[0].text.split())


def _development(step: Step, because: str, echoes: Mapping[_Words, list[Span]]) -> Development:
    return Development(
        step=step.step,
        by=step.by,
        date=step.date,
        document=step.document,
        evidence=(
            *(span.seen_from_outside(step.document) for span in step.evidence),
            *sorted(echoes.get(_words(step, step.document), ()), key=lambda span: (span.document or "", span.start)),
        ),
        voice=step.voice,
        polarity=step.polarity,
        id=step.id,
        scheduled_for=step.scheduled_for,
        conditional=step.conditional,
        because=because,
    )


def _terms(order: list[Step]) -> Terms:
    """Return the terms as they were told last, each for itself."""
    terms = Terms()
    for step in order:
        new = step.terms
        terms = Terms(
            ratio=new.ratio or terms.ratio,
            duration=new.duration or terms.duration,
            starts=new.starts or terms.starts,
            place=new.place or terms.place,
            amount=new.amount or terms.amount,
            unilateral=new.unilateral or terms.unilateral,
            figures=new.figures or terms.figures,
        )
    return terms


def _refs(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    found: dict[str, ActorRef] = {}
    for ref in refs:
        known = found.get(ref.actor)
        if known is None or len(known.name) < len(ref.name):
            found[ref.actor] = msgspec.structs.replace(ref, mention=None)
    return tuple(found[key] for key in sorted(found))


def _title(kind: str, parties: tuple[ActorRef, ...], terms: Terms) -> str:
    named = ", ".join(ref.name for ref in parties)
    size = f" ({terms.ratio[0]} for {terms.ratio[1]})" if terms.ratio else ""
    return f"{kind.replace('_', ' ')}: {named}{size}"
