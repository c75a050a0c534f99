"""The terms of a deal over time, and the names that came and went. Comes in: steps in order. Goes out: changes."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from onrecord.model.claim import Step, Terms
from onrecord.model.mention import ActorRef
from onrecord.model.record import NameChange, TermsTold

_HANDED = frozenset({"carried_out", "partly_carried_out"})
_NAMED = frozenset({"announced", "agreed", "signed", "scheduled", "agreed_in_principle"})


def final(order: Iterable[Step], left_out: Collection[str] = ()) -> Terms:
    """Return the terms as told last, each for itself; the size of a stage doesn't replace that of the whole.

    Where more or fewer were exchanged in the end than the n for n agreed, the n for n is that of the names which were
    not `left_out`, if they are as many as were exchanged, and else unknown.
    """
    steps = list(order)
    terms = Terms()
    handed = [step for step in steps if step.step in _HANDED and step.polarity == "asserted"]
    whole = next((step for step in reversed(steps) if step.terms.ratio and step.step not in _HANDED), None)
    last = handed[-1] if handed else None
    for step in steps:
        new = step.terms
        stage = step.step in _HANDED and whole is not None and step is not last
        if stage or (step.step == "partly_carried_out" and whole is not None):
            new = msgspec.structs.replace(new, ratio=None)
        terms = Terms(
            ratio=new.ratio or terms.ratio,
            duration=new.duration or terms.duration,
            starts=new.starts or terms.starts,
            place=new.place or terms.place,
            amount=new.amount or terms.amount,
            unilateral=new.unilateral or terms.unilateral,
            figures=new.figures or terms.figures,
        )
    count = _total(last) if last is not None and last.step == "carried_out" and len(handed) == 1 else None
    if last is not None and count and terms.ratio and not last.terms.ratio and sum(terms.ratio) != count:
        terms = msgspec.structs.replace(terms, ratio=_by_side(steps, count, left_out))
    return terms


def _total(step: Step) -> int | None:
    """Return how many people of both sides the step exchanged, where it says so."""
    if step.terms.ratio:
        return sum(step.terms.ratio)
    return next((one.low for one in step.terms.figures if one.what == "exchanged" and one.low == one.high), None)


def _by_side(steps: Iterable[Step], count: int, left_out: Collection[str]) -> tuple[int, int] | None:
    """Return how many names each side was to give, without those left out; None where it isn't as many in all."""
    given: dict[str, set[str]] = {}
    for step in steps:
        parties = {ref.actor for ref in step.parties}
        if step.by is not None and step.by.actor in parties and step.step in _NAMED and step.polarity == "asserted":
            given.setdefault(step.by.actor, set()).update(ref.actor for ref in step.persons)
    sizes = [len(names.difference(left_out)) for names in given.values() if names]
    return (sizes[0], sizes[1]) if len(sizes) == 2 and sum(sizes) == count else None


def told(steps: Iterable[Step], days: Mapping[str, str]) -> tuple[TermsTold, ...]:
    """Return the terms article by article, in order of publication; an article that tells nothing new is left out."""
    by_document: dict[str, list[Step]] = {}
    for step in steps:
        by_document.setdefault(step.document, []).append(step)
    found: list[TermsTold] = []
    known: dict[str, object] = {}
    for document in sorted(by_document, key=lambda one: (days.get(one, ""), one)):
        telling = [step for step in by_document[document] if _given(step.terms)]
        terms = final(telling)
        new = {field: _plain(value) for field, value in _given(terms).items()}
        if any(known.get(field) != value for field, value in new.items()):
            known |= new
            by = tuple(dict.fromkeys(step.id for step in telling))
            found.append(TermsTold(told=days.get(document) or None, document=document, terms=terms, by=by))
    return tuple(found)


def _given(terms: Terms) -> dict[str, object]:
    return {
        field: value
        for field in terms.__struct_fields__
        if field != "figures" and (value := getattr(terms, field)) not in {None, False}
    }


def _plain(value: object) -> object:
    if isinstance(value, str):
        return " ".join(value.lower().replace("-", " ").split())
    return (getattr(value, "since", None), getattr(value, "until", None)) if hasattr(value, "since") else value


def names(
    order: Iterable[Step], days: Mapping[str, str], freed: Mapping[str, tuple[ActorRef, ...]]
) -> tuple[NameChange, ...]:
    """Return who came into the deal, who was handed over, and who was left out; `freed` is by document.

    Left out is who stood on an agreed list when others were handed over in the end and nobody says that he was, unless
    more were handed over than are known by name: then he may be one of those.
    """
    found: dict[tuple[str, str], NameChange] = {}
    listed: dict[str, tuple[ActorRef, Step]] = {}
    handed: set[str] = set()
    last: Step | None = None
    for step in sorted(
        order, key=lambda one: (days.get(one.document, ""), one.document, one.evidence[0].start, one.id)
    ):
        if step.polarity != "asserted":
            continue
        deed = step.step in _HANDED and not step.conditional
        for ref in step.persons:
            _note(found, ref, "handed_over" if deed else "named", step, days)
            if step.step in _NAMED:
                listed.setdefault(ref.actor, (ref, step))
            if deed:
                handed.add(ref.actor)
        if deed:
            for ref in freed.get(step.document, ()):
                _note(found, ref, "handed_over", step, days)
                handed.add(ref.actor)
            if step.step == "carried_out":
                last = step
    count = _total(last) if last is not None else None
    if last is not None and handed & set(listed) and (count is None or len(handed) >= count):
        for actor in sorted(set(listed) - handed):
            ref, step = listed[actor]
            because = f"on the list of {days.get(step.document) or step.document}, not among those handed over"
            _note(found, ref, "left_out", last, days, because)
    return tuple(found[key] for key in sorted(found, key=lambda key: (found[key].told or "", key)))


def _note(
    found: dict[tuple[str, str], NameChange],
    ref: ActorRef,
    change: str,
    step: Step,
    days: Mapping[str, str],
    because: str = "",
) -> None:
    made = NameChange(
        person=msgspec.structs.replace(ref, mention=None),
        change=change,  # type: ignore[arg-type]
        told=days.get(step.document) or None,
        by=(step.id,),
        because=because,
    )
    found.setdefault((ref.actor, change), made)
