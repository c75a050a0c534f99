"""Tie the steps of one deal together within an article, and keep rounds apart.

Comes in: steps without a group. Goes out: the same steps, each with the identifier of its group.
"""

from datetime import date

import msgspec

from onrecord.extract.deals_terms import merge
from onrecord.model.claim import Step
from onrecord.model.identity import identity
from onrecord.model.moment import Period
from onrecord.model.reading import Reading

_DONE = frozenset({"carried_out", "partly_carried_out"})
_SWAPS = frozenset({"prisoner_exchange", "hostage_release"})
_BEFORE = frozenset({"agreed", "signed", "agreed_in_principle", "scheduled", "postponed", "suspended", "resumed"})
STAGE = "deals.stage"  # the rule by which a step is of one stage of a deal, not of all of it
LAST = "deals.last"  # the rule by which what is given is the rest: "freed the last five"
_ENDS = frozenset({LAST, "deals.step.complete"})
_SET = frozenset({"agreed", "signed", "scheduled", "agreed_in_principle"})
_GIVING = frozenset(
    {"deals.frame.free", "deals.frame.exchange", "deals.frame.send_back", "deals.frame.return_people",
     "deals.frame.hand"}
)  # fmt: skip
_LASTING = ("ceasefire", "peace_agreement", "humanitarian", "arms_control")
_MAKING = frozenset({"proposed", "agreed", "signed", "announced", "scheduled", "carried_out", "extended", "talks_held"})
_AFTERWARDS = frozenset({"collapsed", "extended", "violated", "suspended", "resumed"})
_WINDOW = 75
_WEEKS = 45
_ONE_SENTENCE = 160
_HALTED = frozenset({"postponed", "suspended"})
_AGE = 100  # history goes with history, the news of the day with it, wherever both are possible
_NEAR = 500
_HEADING = 140
_MANY = 24
_PURPOSE = "deals.over.plan"


def grouped(steps: list[Step]) -> tuple[Step, ...]:
    """Return the steps in their order, each with its group."""
    groups: list[list[Step]] = []
    parts = any(STAGE in step.rules and step.step in _HALTED for step in steps)
    for step in steps:
        fitting = [
            group for group in groups[-_MANY:]
            if all(compatible(step, other, in_parts=parts) for other in group[-_MANY:])
        ]  # fmt: skip
        home = max(fitting, key=lambda group: _closeness(step, group), default=None)
        if home is None:
            groups.append([step])
        else:
            home.append(step)
    groups = _continued(groups)
    names = {step.id: identity("group", group[0].document, group[0].id) for group in groups for step in group}
    return tuple(msgspec.structs.replace(step, group=names[step.id]) for step in steps)


def _continued(groups: list[list[Step]]) -> list[list[Step]]:
    """Return the groups, the making of a deal long ago joined to what became of it now, where each is told but once.

    "A truce expired on Sunday. It had been signed in September": the news has no making of its own.
    """
    for kind in _LASTING:
        old = [group for group in groups if group[0].deal_kind == kind and all(_made(step) for step in group)]
        new = [
            group for group in groups
            if group[0].deal_kind == kind and any(not step.background for step in group)
            and all(step.step in _AFTERWARDS for step in group)
        ]  # fmt: skip
        if len(old) == len(new) == 1 and {ref.actor for ref in old[0][0].parties} == {
            ref.actor for ref in new[0][0].parties
        }:
            groups = [group for group in groups if group is not new[0]]
            old[0].extend(new[0])
    return groups


def _made(step: Step) -> bool:
    return step.background and step.step in _MAKING


def tidied(steps: list[Step], reading: Reading) -> list[Step]:
    """Return the steps without those that only restate: headings, and the purpose of a deal told in the same sentence.

    What the left out ones say of the terms goes to the step that stays.
    """
    body = {(step.deal_kind, step.background) for step in steps if not _in_heading(step, reading)}
    kept: list[Step] = []
    hung = [one.evidence[0] for one in steps if one.step == "conditions_set"]
    for step in steps:
        if ((step.conditional and step.step in {"announced", "scheduled"}) or step.step == "refused") and any(
            step.evidence[0].start < one.end and one.start < step.evidence[0].end for one in hung
        ):
            continue
        if _in_heading(step, reading) and any(
            _alike(step.deal_kind, kind) and step.background == old for kind, old in body
        ):
            continue
        if _PURPOSE in step.rules and step.step in {"announced", "scheduled"} and step.scheduled_for is None:
            place = next((at for at in range(len(kept) - 1, -1, -1) if _beside(kept[at], step, reading)), None)
            if place is not None:
                terms = merge(kept[place].terms, step.terms)
                kept[place] = msgspec.structs.replace(kept[place], terms=terms)
                continue
        again = next((at for at in range(len(kept)) if _told_before(kept[at], step)), None)
        if again is not None:
            old = kept[again]
            kept[again] = msgspec.structs.replace(
                old, terms=merge(old.terms, step.terms), persons=tuple(dict.fromkeys((*old.persons, *step.persons)))
            )
            continue
        twin = next((at for at in range(len(kept) - 1, -1, -1) if _twin(kept[at], step)), None)
        if twin is not None:
            whole = max((kept[twin], step), key=lambda one: (one.by is not None, len(one.evidence[0].text)))
            other = step if whole is kept[twin] else kept[twin]
            kept[twin] = msgspec.structs.replace(
                whole, deal_kind="prisoner_exchange" if whole.deal_kind != other.deal_kind else whole.deal_kind,
                rules=tuple(dict.fromkeys((*whole.rules, *(one for one in other.rules if one in _ENDS)))),
                terms=merge(whole.terms, other.terms), persons=whole.persons or other.persons,
                date=whole.date or other.date, scheduled_for=whole.scheduled_for or other.scheduled_for,
                mediators=whole.mediators or other.mediators,
            )  # fmt: skip
            continue
        kept.append(step)
    return kept


def _told_before(left: Step, right: Step) -> bool:
    """Say whether a release to come only says what the exchange told before consists of: "A will free X and Y"."""
    content = right.step in {"announced", "scheduled"} and right.scheduled_for is None and not right.conditional
    frame = any(rule in _GIVING for rule in right.rules) and not any(
        rule.startswith("deals.over") for rule in right.rules
    )
    known = left.step in _SET and left.deal_kind in _SWAPS and right.deal_kind in _SWAPS and not left.background
    same = {ref.actor for ref in left.parties} == {ref.actor for ref in right.parties}
    heard = left.voice is None or left.voice == right.voice
    return content and frame and known and same and heard and left.evidence[0].start < right.evidence[0].start


def _twin(left: Step, right: Step) -> bool:
    """Say whether two steps are one, told by two words of one clause: "put forward a plan for a truce"."""
    if (left.step, left.voice) != (right.step, right.voice) or not _alike(left.deal_kind, right.deal_kind):
        return False
    if {ref.actor for ref in left.parties} != {ref.actor for ref in right.parties}:
        return False
    if left.by is not None and right.by is not None and left.by.actor != right.by.actor:
        return False
    if left.date is not None and right.date is not None and left.date != right.date:
        return False
    one, other = left.evidence[0], right.evidence[0]
    return one.start < other.end and other.start < one.end


def _alike(left: str, right: str) -> bool:
    return left == right or {left, right} <= _SWAPS


def _beside(left: Step, right: Step, reading: Reading) -> bool:
    first, second = (reading.token_at(step.evidence[0].start) for step in (left, right))
    if first is None or second is None or not _alike(left.deal_kind, right.deal_kind):
        return False
    return reading.sentence_of(first) == reading.sentence_of(second)


def _in_heading(step: Step, reading: Reading) -> bool:
    """Say whether the step stands in a short line without a full stop."""
    if not reading.paragraphs:
        return False
    start, end = reading.paragraphs[reading.paragraph_of(step.evidence[0].start)]
    line = reading.text[start:end].rstrip()
    return len(line) < _HEADING and len(reading.paragraphs) > 1 and line[-1:] not in ".!?:;”\"’'»)"


def staged(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps, an exchange that goes on in stages told as carried out in part."""
    stages = [
        step
        for step in steps
        if step.deal_kind in _SWAPS
        and (step.step == "partly_carried_out" or step.scheduled_for is not None or STAGE in step.rules)
    ]
    swaps = {step.group for step in steps if step.deal_kind == "prisoner_exchange"} | _both_ways(steps)
    found: list[Step] = []
    for told in steps:
        step = told
        if step.deal_kind == "hostage_release" and step.group in swaps:
            step = msgspec.structs.replace(step, deal_kind="prisoner_exchange")
        partly = any(one.group == step.group and not (STAGE in one.rules and _led_to(one, step)) for one in stages)
        ends = not _ENDS.isdisjoint(step.rules)
        if step.step == "carried_out" and step.deal_kind in _SWAPS and partly and not ends:
            found.append(msgspec.structs.replace(step, step="partly_carried_out"))
        else:
            found.append(step)
    return tuple(found)


def _both_ways(steps: tuple[Step, ...]) -> set[str | None]:
    """Return the groups in which each of two sides let the other's people go: that is an exchange."""
    gave: dict[str | None, set[str]] = {}
    for step in steps:
        whole = step.deal_kind == "hostage_release" and step.step in _DONE and len(step.parties) > 1
        if whole and step.by is not None and step.by.country is not None:
            sides = {ref.country for ref in step.parties}
            gave.setdefault(step.group, set()).update({step.by.country} & sides)
    return {group for group, sides in gave.items() if group is not None and len(sides) > 1}


def _closeness(step: Step, group: list[Step]) -> int:
    parties = {ref.actor for ref in step.parties}
    alike = sum(len(parties & {ref.actor for ref in other.parties}) for other in group[-_MANY:])
    same_age = any(step.background == other.background for other in group)
    return (
        alike
        + 2 * any(step.terms.ratio is not None and step.terms.ratio == other.terms.ratio for other in group)
        + _AGE * same_age
    )


def compatible(left: Step, right: Step, *, in_parts: bool = False) -> bool:
    """Say whether two steps of one article may belong to one deal.

    `in_parts`: a stage of an exchange is told to have been put off, so that what was done weeks before was another.
    """
    if left.deal_kind != right.deal_kind and not {left.deal_kind, right.deal_kind} <= _SWAPS:
        return False
    undated = left.date is None or right.date is None
    near = abs(left.evidence[0].start - right.evidence[0].start) < _NEAR
    if left.background != right.background and not (undated and near):
        return False
    ours, theirs = {ref.actor for ref in left.parties}, {ref.actor for ref in right.parties}
    if not ours & theirs or (len(ours) > 1 and len(theirs) > 1 and ours != theirs):
        return False
    if left.deal_kind in _SWAPS:
        return _one_round(left, right, in_parts=in_parts)
    return not apart(left.date, right.date, 3 * 365) or _its_end(left, right) or _its_end(right, left)


def _one_round(left: Step, right: Step, *, in_parts: bool) -> bool:
    ours, theirs = {ref.actor for ref in left.persons}, {ref.actor for ref in right.persons}
    first = in_parts and (_first_part(left, right) or _first_part(right, left))
    if ours and theirs and not ours & theirs and not first and not _halves(left, right):
        return False
    if left.terms.ratio and right.terms.ratio and sorted(left.terms.ratio) != sorted(right.terms.ratio):
        return _stage_of(left, right) or _stage_of(right, left)
    if (left.step in _DONE) != (right.step in _DONE):
        done, other = (left, right) if left.step in _DONE else (right, left)
        same = bool(done.terms.ratio and done.terms.ratio == other.terms.ratio)
        if (
            done.step == "carried_out"
            and other.step != "violated"
            and not same
            and not _led_to(other, done)
            and STAGE not in other.rules
            and not first
        ):
            return bool(ours & theirs)
    return not apart(left.date, right.date, _WINDOW)


def _its_end(made: Step, after: Step) -> bool:
    """Say whether one sentence tells of a making and an end: "signed in 1994, held until it broke down in 2011"."""
    close = 0 < after.evidence[0].start - made.evidence[0].start < _ONE_SENTENCE
    return close and made.step in _MAKING and after.step in _AFTERWARDS


def _first_part(done: Step, other: Step) -> bool:
    """Say whether what was done on a day of the weeks before is of the deal of which a stage was put off."""
    if (done.step in _DONE) == (other.step in _DONE):
        return False
    now = not done.background and not other.background
    plain = done.step in _DONE and done.date is not None and done.terms.ratio is None and now
    return plain and not apart(done.date, other.date, _WEEKS) and not apart(done.date, other.scheduled_for, _WEEKS)


def _stage_of(part: Step, whole: Step) -> bool:
    """Say whether what was handed over is told as a part, and smaller than what was agreed on before."""
    sizes = zip(sorted(part.terms.ratio or ()), sorted(whole.terms.ratio or ()), strict=False)
    smaller = part.step == "partly_carried_out" and whole.step in _SET and all(own < all_ for own, all_ in sizes)
    return smaller and part.voice is None and not apart(part.date, whole.date, _WINDOW)


def _led_to(step: Step, done: Step) -> bool:
    """Say whether a step lies before what was carried out, so that it is told as what came first."""
    if step.date is None and step.step in {"suspended", "postponed", "resumed"}:
        return True
    if step.step == "scheduled" and step.date is not None and step.scheduled_for is None:
        return True  # for a day that has gone by
    if done.date is None and step.date is not None:
        near = abs(step.evidence[0].start - done.evidence[0].start) < _NEAR
        return near and step.step in _BEFORE and step.background == done.background
    if step.date is None or done.date is None or step.date.until is None or done.date.since is None:
        return False
    return step.step in _BEFORE and step.date.until <= done.date.since


def _halves(left: Step, right: Step) -> bool:
    """Say whether each tells what one side gives: "A will free X; B will hand over Y"."""
    whole = {ref.actor for ref in left.parties} == {ref.actor for ref in right.parties} and len(left.parties) == 2
    by = {step.by.country or step.by.actor for step in (left, right) if step.by is not None}
    return whole and len(by) == 2 and left.step == right.step


def apart(left: Period | None, right: Period | None, days: int) -> bool:
    """Say whether two periods are known to lie more than this many days apart."""
    if left is None or right is None:
        return False
    first, second = sorted((left, right), key=lambda period: (period.since or "", period.until or ""))
    if first.until is None or second.since is None:
        return False
    return (date.fromisoformat(second.since) - date.fromisoformat(first.until)).days > days
