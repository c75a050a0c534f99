"""Assemble events: acts of many articles that tell of one happening, their counts side by side.

Comes in: acts of one type and month. Goes out: events. An act is put to the group that it fits best by named features;
one whose place or day is open joins only where a single group could be meant, so a day's attacks never run into one.
"""

from collections.abc import Iterable, Mapping

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Act
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.record import Event
from onrecord.reconcile.judged import Rulings, with_fields
from onrecord.reconcile.strands import apart, speakers_of
from onrecord.reconcile.tolls import figures

_REAL = frozenset({"happened", "ongoing"})
_WINDOW = 2  # days that a happening's date may span to be compared with others
_JOINED = 4


class Deed(msgspec.Struct, frozen=True, array_like=True):
    """One act, who vouches for it where somebody does, and when its article was published."""

    act: Act
    speaker: ActorRef | None
    published: str

    @property
    def event(self) -> str:
        """The id of the event that this act would found."""
        return identity("event", self.act.id)

    @property
    def place(self) -> tuple[str, str, int, str]:
        """Where it comes in the order in which acts are gone through."""
        return self.published, self.act.document, self.act.trigger.start, self.act.id

    @property
    def names(self) -> tuple[str, str]:
        """The ids under which a judgement may speak of it."""
        return self.act.id, self.event


class Group(msgspec.Struct, kw_only=True):
    """The acts that tell of one happening, and why each later one does."""

    deeds: list[Deed]
    because: list[str]


def of(article: ArticleResult) -> tuple[Deed, ...]:
    """Return the asserted acts of an article."""
    if article.document is None:
        return ()
    speakers = speakers_of(article.statements)
    once = {act.id: act for act in article.acts if act.polarity == "asserted"}
    day_at = article.document.day_at
    return tuple(Deed(act, speakers.get(act.voice or ""), day_at(act.trigger.start) or "") for act in once.values())


def keys_of(act: Act) -> tuple[str, ...]:
    """Return the blocks in which an act is compared: its type and each day it may have been; none: it stands alone."""
    date = act.date
    if act.modality not in _REAL or date is None or date.since is None or date.until is None:
        return ()
    if not (act.actors or act.targets or act.place) or date.since[:7] != date.until[:7]:
        return ()
    first, last = int(date.since[8:]), int(date.until[8:])
    if last - first > _WINDOW:
        return ()
    return tuple(f"{act.type}|{date.since[:8]}{day:02}" for day in range(first, last + 1))


def arrange(deeds: Iterable[Deed], rulings: Rulings) -> list[Group]:
    """Return acts of one type in groups, one a happening; their order makes no difference."""
    placed: dict[tuple[str, str], list[Deed]] = {}
    open_: list[Deed] = []
    for deed in sorted(deeds, key=lambda one: one.place):
        days = keys_of(deed.act)
        if len(days) == 1 and deed.act.place is not None:
            placed.setdefault((days[0], deed.act.place.name.casefold()), []).append(deed)
        else:
            open_.append(deed)
    found = [group for spot in sorted(placed) for group in _in_order(placed[spot], rulings)]
    by_day: dict[str, _Index] = {}
    for group in found:
        by_day.setdefault(keys_of(group.deeds[0].act)[0], _Index()).add(group)
    fitted: list[tuple[Group, Deed, str]] = []
    rest: dict[tuple[str, ...], list[Deed]] = {}
    for deed in open_:
        days = keys_of(deed.act)
        near = [group for day in days if day in by_day for group in by_day[day].near(deed)]
        fitting = [
            (group, why) for group in near for points, why in [_best_of(group, deed, rulings)] if points >= _JOINED
        ]
        if len(fitting) == 1:
            fitted.append((fitting[0][0], deed, fitting[0][1]))
        else:
            rest.setdefault(days, []).append(deed)
    for group, deed, why in fitted:
        group.deeds.append(deed)
        group.because.append(why)
    for days in sorted(rest):
        found += _in_order(rest[days], rulings)
    return _joined(found, rulings)


class _Index:
    """Groups by whom and what their first act names, so that only those that share something are compared."""

    def __init__(self) -> None:
        self.groups: dict[str, list[Group]] = {}

    def add(self, group: Group) -> None:
        """Take a group in."""
        for token in _tokens(group.deeds[0].act):
            self.groups.setdefault(token, []).append(group)

    def near(self, deed: Deed) -> list[Group]:
        """Return the groups that share something with an act, in the order in which they came."""
        found = {id(group): group for token in sorted(_tokens(deed.act)) for group in self.groups.get(token, ())}
        return list(found.values())


def _tokens(act: Act) -> set[str]:
    named = {ref.actor for ref in (*act.actors, *act.targets)}
    return named | ({f"at {act.place.name.casefold()}"} if act.place is not None else set())


def _in_order(deeds: list[Deed], rulings: Rulings) -> list[Group]:
    found: list[Group] = []
    index = _Index()
    for deed in deeds:
        best: tuple[int, Group, str] | None = None
        for group in index.near(deed):
            points, why = _best_of(group, deed, rulings)
            if points >= _JOINED and (best is None or best[0] < points):
                best = (points, group, why)
        if best is None:
            found.append(Group(deeds=[deed], because=[]))
            index.add(found[-1])
        else:
            best[1].deeds.append(deed)
            best[1].because.append(best[2])
    return found


def _best_of(group: Group, deed: Deed, rulings: Rulings) -> tuple[int, str]:
    """Return how well an act fits a group: the best of its acts, unless one of them forbids it."""
    best = (0, "")
    for other in group.deeds[:8]:
        made = agree(other.act, deed.act)
        if made[0] < 0 or (rulings.different and _ruled_apart(other, deed, rulings)):  # one stranger is enough
            return (-1, made[1])
        best = max(best, made)
    return best


def _ruled_apart(left: Deed, right: Deed, rulings: Rulings) -> bool:
    pairs = [(one, two) for one in left.names for two in right.names]
    return any(pair in rulings.different or pair[::-1] in rulings.different for pair in pairs)


def agree(left: Act, right: Act) -> tuple[int, str]:
    """Return points for two acts of one type and day being one happening, and why; below 0 they can't be."""
    found: list[tuple[str, int]] = []
    for name, ours, theirs in (("actors", left.actors, right.actors), ("targets", left.targets, right.targets)):
        here, there = {ref.actor for ref in ours}, {ref.actor for ref in theirs}
        if here and there and not here & there:
            return -1, f"other {name}"
        if here == there:
            found.append((f"same {name}" if here else f"no {name}", 2 if here else 1))
        elif here & there:
            found.append((f"some of the {name}", 1))
    if left.place is not None and right.place is not None:
        if left.place.name.casefold() != right.place.name.casefold():
            return -1, "another place"
        found.append((f"same place ({left.place.name})", 2))
    if left.mode is not None and right.mode is not None and left.mode != right.mode:
        return -1, f"another kind of it ({left.mode}, {right.mode})"
    if left.modality != right.modality:
        return -1, "one is over, the other goes on"
    if {(one.what, one.low, one.high) for one in left.figures} & {
        (one.what, one.low, one.high) for one in right.figures
    }:
        found.append(("same figures", 1))
    if left.document == right.document and left.voice == right.voice and left.trigger.text == right.trigger.text:
        found.append(("the same words", 1))
    return sum(points for _, points in found), ", ".join(f"{name} +{points}" for name, points in found)


def _joined(groups: list[Group], rulings: Rulings) -> list[Group]:
    if not rulings.same:
        return groups
    home = {name: one for one in groups for deed in one.deeds for name in deed.names}
    for left, right in rulings.same:
        ours, theirs = home.get(left), home.get(right)
        if ours is None or theirs is None or ours is theirs:
            continue
        ours.deeds += theirs.deeds
        ours.because += [*theirs.because, f"judged to be the same: {rulings.reason(left, right)}"]
        home.update({name: ours for deed in theirs.deeds for name in deed.names})
        groups = [one for one in groups if one is not theirs]
    return groups


def build(group: Group, copies: Mapping[str, str], rulings: Rulings) -> Event:
    """Return the event that a group of acts tells of."""
    deeds = sorted(group.deeds, key=lambda one: one.place)
    if not rulings.fields.keys().isdisjoint(deed.act.id for deed in deeds):
        deeds = [
            Deed(with_fields(one.act, rulings.fields.get(one.act.id, {})), one.speaker, one.published) for one in deeds
        ]
    acts = [deed.act for deed in deeds]
    first = acts[0]
    counts = figures(deeds)
    event = Event(
        id=deeds[0].event,
        type=first.type,
        mode=next((act.mode for act in acts if act.mode is not None), None),
        actors=_refs(ref for act in acts for ref in act.actors),
        targets=_refs(ref for act in acts for ref in act.targets),
        date=min((act.date for act in acts if act.date is not None), key=_narrowest, default=None),
        place=next((act.place for act in acts if act.place is not None), None),
        modality=first.modality,
        figures=tuple(figure for figure, _ in counts),
        disputed=any(disputed for _, disputed in counts),
        acts=tuple(sorted(act.id for act in acts)),
        origins=len({copies.get(act.document, act.document) for act in acts}),
        title=_title(first),
        because=tuple(dict.fromkeys(why for why in group.because if why)),
    )
    if not rulings.fields:
        return event
    fields: dict[str, str] = {}
    for deed in deeds:
        fields |= rulings.fields.get(deed.event, {})
    return with_fields(event, fields)


def _narrowest(date: object) -> tuple[int, str, str]:
    since, until = getattr(date, "since", None), getattr(date, "until", None)
    return (apart(since, until) if since and until else 10_000, since or "", until or "")


def _refs(refs: Iterable[ActorRef]) -> tuple[ActorRef, ...]:
    found: dict[str, ActorRef] = {}
    for ref in refs:
        known = found.get(ref.actor)
        if known is None or (len(known.name), known.name) < (len(ref.name), ref.name):
            found[ref.actor] = msgspec.structs.replace(ref, mention=None)
    return tuple(found[actor] for actor in sorted(found))


def _title(act: Act) -> str:
    doers = ", ".join(ref.name for ref in act.actors)
    targets = ", ".join(ref.name for ref in act.targets)
    return " ".join(part for part in (doers, act.trigger.text, targets) if part)
