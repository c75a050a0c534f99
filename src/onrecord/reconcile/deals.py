"""Build deals: a bundle of strands in, the deal with its status, course, terms and names out.

Which strands belong together is said in `bundles`; the rule of status in `status`.
"""

from collections.abc import Iterable, Mapping

import msgspec

from onrecord.model.claim import Step, Terms
from onrecord.model.mention import ActorRef
from onrecord.model.record import Deal, Development
from onrecord.model.text import Span
from onrecord.reconcile import terms as terms_
from onrecord.reconcile.bundles import Bundle
from onrecord.reconcile.course import moves_of, turns_of
from onrecord.reconcile.judged import Rulings, with_fields
from onrecord.reconcile.standing import told_of
from onrecord.reconcile.status import status_of
from onrecord.reconcile.strands import Strand, Told, best_parties, told_in

type Echoes = Mapping[str, Iterable[Strand]]


def build(one: Bundle, rulings: Rulings, echoes: Echoes) -> Deal:
    """Return the deal that a bundle tells of; `echoes` are the strands of copies, by the document they copy."""
    told_by = {strand.id: _told(strand, rulings) for strand in one.strands}
    steps = tuple(step for strand in one.strands for step in told_by[strand.id].steps)
    days = {strand.document: strand.published for strand in one.strands}
    as_of = max(days.values()) or None
    parties = best_parties(steps)
    told = {
        step.id: told_of(step, parties, told_by[strand.id].speakers, strand.published)
        for strand in one.strands
        for step in told_by[strand.id].steps
    }
    verdict = status_of(told.values(), as_of)
    order = sorted(steps, key=lambda step: (told[step.id].since, step.document, step.evidence[0].start, step.id))
    why = {step.id: one.why.get(strand.id, "") for strand in one.strands for step in told_by[strand.id].steps}
    heard = _echoes(echoes, days, {side for strand in one.strands for side in strand.sides})
    developments = {step.id: _development(step, why[step.id], heard) for step in _once(order)}
    kinds = sorted({strand.kind for strand in one.strands}, key=lambda kind: (kind != "prisoner_exchange", kind))
    freed = {strand.document: told_by[strand.id].freed for strand in one.strands if told_by[strand.id].freed}
    names = terms_.names(order, days, freed)
    left_out = {change.person.actor: change.person for change in names if change.change == "left_out"}
    terms = terms_.final(order, left_out)
    deal = Deal(
        id=one.founder.deal,
        deal_kind=kinds[0],
        parties=tuple(msgspec.structs.replace(ref, mention=None) for ref in parties),
        title=_title(kinds[0], parties, terms),
        terms=terms,
        status=verdict.status,
        as_of=as_of,
        disputed=verdict.disputed,
        undisclosed=tuple(sorted({what for step in steps for what in step.undisclosed})),
        persons=tuple(
            ref for ref in _refs([*(ref for step in order for ref in step.persons), *_all(freed.values())])
            if ref.actor not in left_out
        ),
        developments=tuple(developments.values()),
        against=tuple(developments[step] for step in verdict.against if step in developments),
        documents=len(days),
        mediators=tuple(
            ref for ref in _refs(ref for step in order for ref in step.mediators)
            if ref.actor not in {party.actor for party in parties}
        ),
        background=all(step.background for step in steps),
        rule=verdict.rule,
        made_by=verdict.made_by,
        course=turns_of(told.values()),
        moves=moves_of(told.values(), {step.id: (days[step.document], step.document) for step in steps}),
        terms_told=terms_.told(order, days),
        names=names,
        left_out=tuple(left_out[actor] for actor in sorted(left_out)),
    )  # fmt: skip
    fields: dict[str, str] = {}
    if rulings.fields:
        for strand in one.strands:
            fields |= rulings.fields.get(strand.deal, {})
    return with_fields(deal, fields)


def _told(strand: Strand, rulings: Rulings) -> Told:
    """Return what a strand tells, its steps as people corrected them."""
    told = told_in(strand)
    if rulings.fields.keys().isdisjoint(strand.names):
        return told
    return Told(
        tuple(with_fields(step, rulings.fields.get(step.id, {})) for step in told.steps), told.speakers, told.freed
    )


def _all(groups: Iterable[Iterable[ActorRef]]) -> Iterable[ActorRef]:
    return (ref for group in groups for ref in group)


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


type _Words = tuple[str, str, str]


def _words(step: Step) -> _Words:
    return step.deal_kind, step.step, " ".join(step.evidence[0].text.split())


def _echoes(echoes: Echoes, documents: Iterable[str], sides: set[str]) -> dict[tuple[str, _Words], list[Span]]:
    """Return where copies say the same words: a copy is no further voice, but its reader finds them there too."""
    found: dict[tuple[str, _Words], list[Span]] = {}
    for document in documents:
        for strand in echoes.get(document, ()):
            for step in told_in(strand).steps if sides & strand.sides else ():
                spans = [span.seen_from_outside(step.document) for span in step.evidence]
                found.setdefault((document, _words(step)), []).extend(spans)
    return found


def _development(step: Step, because: str, echoes: Mapping[tuple[str, _Words], list[Span]]) -> Development:
    also = echoes.get((step.document, _words(step)), ()) if echoes else ()
    return Development(
        step=step.step,
        by=step.by,
        date=step.date,
        document=step.document,
        evidence=(
            *(span.seen_from_outside(step.document) for span in step.evidence),
            *sorted(also, key=lambda span: (span.document or "", span.start)),
        ),
        voice=step.voice,
        polarity=step.polarity,
        id=step.id,
        scheduled_for=step.scheduled_for,
        conditional=step.conditional,
        because=because,
        persons=tuple(msgspec.structs.replace(ref, mention=None) for ref in step.persons),
    )


def _refs(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    found: dict[str, ActorRef] = {}
    for ref in refs:
        known = found.get(ref.actor)
        if known is None or (len(known.name), known.name) < (len(ref.name), ref.name):
            found[ref.actor] = msgspec.structs.replace(ref, mention=None)
    return tuple(found[key] for key in sorted(found))


def _title(kind: str, parties: tuple[ActorRef, ...], terms: Terms) -> str:
    named = ", ".join(ref.name for ref in parties)
    size = f" ({terms.ratio[0]} for {terms.ratio[1]})" if terms.ratio else ""
    return f"{kind.replace('_', ' ')}: {named}{size}"
