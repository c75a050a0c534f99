"""Assemble the cases of persons held. Comes in: custody reports. Goes out: one case a person, with its history.

Who is one person with whom is `resolve`'s opinion, asked for through `Persons`; people's judgements go before it. Two
persons of one name are kept apart where what is told of them disagrees. No gap in a history is filled by guessing.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Custody
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.profile import Opinion, Profile
from onrecord.model.record import Case, CaseEntry, Move, Rival
from onrecord.model.vocabulary import CustodyStatus
from onrecord.reconcile.judged import Rulings, with_fields
from onrecord.reconcile.strands import speakers_of

_FAR: dict[CustodyStatus, int] = {
    "detained": 0, "missing": 1, "charged": 2, "on_trial": 3, "convicted": 4, "sentenced": 5, "released": 6,
    "pardoned": 6, "exchanged": 7, "died": 8,
}  # fmt: skip
_FREE = frozenset({"released", "pardoned", "exchanged"})
_RIVAL_FIELDS = ("holder", "charge", "sentence", "place")


class Persons(Protocol):
    """Who says whether two profiles are one person."""

    def key(self, name: str) -> str:
        """Return the key under which a person is compared with others."""

    def opinion(self, left: Profile, right: Profile) -> Opinion:
        """Return whether the two are one person, and why."""


class Report(msgspec.Struct, frozen=True, array_like=True):
    """One custody report, who vouches for it where somebody does, and when its article was published."""

    custody: Custody
    speaker: ActorRef | None
    published: str

    @property
    def case(self) -> str:
        """The id of the case that this report would found."""
        return identity("case", self.custody.person.actor, self.custody.document, self.custody.id)

    @property
    def place(self) -> tuple[str, int, str, int, str]:
        """Where it comes in the history: by its own day, or by that of its article."""
        custody = self.custody
        day = (custody.date.since or custody.date.until) if custody.date is not None else None
        return day or self.published, _FAR[custody.status], custody.document, custody.evidence[0].start, custody.id

    @property
    def names(self) -> tuple[str, ...]:
        """The ids under which a judgement may speak of it."""
        return self.custody.person.actor, self.custody.id, self.case


class Group:
    """The reports on one person, why those of each later article are among them, and what they know together."""

    def __init__(self, reports: list[Report], rulings: Rulings) -> None:
        self.reports: list[Report] = []
        self.because: list[str] = []
        self.profile = profile((), rulings)
        self.take(reports, rulings)

    def take(self, reports: list[Report], rulings: Rulings, because: str = "") -> None:
        """Take reports in."""
        self.reports += reports
        self.because += [because] if because else []
        new, known = profile(reports, rulings), self.profile
        for field in ("actors", "names", "documents", "nationalities", "holders", "charges"):
            getattr(known, field).update(getattr(new, field))
        self.profile = msgspec.structs.replace(known, several=new.several)


def of(article: ArticleResult) -> tuple[Report, ...]:
    """Return the custody reports of an article."""
    if article.document is None:
        return ()
    speakers = speakers_of(article.statements)
    once = {report.id: report for report in article.custody}
    day_at = article.document.day_at
    return tuple(
        Report(one, speakers.get(one.voice or ""), day_at(one.evidence[0].start) or "") for one in once.values()
    )


def key_of(custody: Custody, persons: Persons) -> str:
    """Return the block of a report: people by the last name, groups by what they are called and their number."""
    if custody.count is not None:
        return f"group|{custody.person.actor}|{custody.count}"
    return f"person|{persons.key(custody.person.name)}"


def arrange(reports: Iterable[Report], persons: Persons, rulings: Rulings) -> list[Group]:
    """Return the reports of a block in groups, one a person; their order makes no difference."""
    told: dict[tuple[str, str, str], list[Report]] = {}
    names: set[str] = set()
    for report in sorted(reports, key=lambda one: (one.published, one.custody.document, one.place)):
        actor = rulings.root(report.custody.person.actor)
        told.setdefault((report.published, report.custody.document, actor), []).append(report)
        if rulings.different:
            names.update(report.names)
    apart = [pair for pair in rulings.different if names.issuperset(pair)]
    groups: list[Group] = []
    for place in sorted(told):
        best = _best(told[place], groups, persons, rulings, apart)
        if best is None:
            groups.append(Group(told[place], rulings))
        else:
            best[0].take(told[place], rulings, best[1])
    return _joined(groups, rulings)


def _best(
    told: list[Report], groups: Iterable[Group], persons: Persons, rulings: Rulings, apart: list[tuple[str, str]]
) -> tuple[Group, str] | None:
    ours, names = profile(told, rulings), {name for report in told for name in report.names}
    best: tuple[int, Group, str] | None = None
    for group in groups:
        theirs = {name for report in group.reports for name in report.names} if apart else set()
        if any((a in names and b in theirs) or (b in names and a in theirs) for a, b in apart):
            continue
        opinion = persons.opinion(group.profile, ours)
        if opinion.verdict == "same" and (best is None or best[0] < opinion.points):
            best = (opinion.points, group, opinion.because)
    return (best[1], best[2]) if best is not None else None


def profile(reports: Iterable[Report], rulings: Rulings) -> Profile:
    """Return what reports know of their person, in sets that may grow."""
    several = [report.custody for report in reports]
    return Profile(
        actors={rulings.root(one.person.actor) for one in several},
        names={one.person.name for one in several},
        documents={one.document for one in several},
        nationalities={nation for one in several for nation in one.nationalities},
        holders={one.holder.actor for one in several if one.holder is not None},
        charges={one.charge for one in several if one.charge},
        several=several[0].count if several else None,
    )


def _joined(groups: list[Group], rulings: Rulings) -> list[Group]:
    if not rulings.same:
        return groups
    home = {name: one for one in groups for report in one.reports for name in report.names[1:]}
    for left, right in rulings.same:
        ours, theirs = home.get(left), home.get(right)
        if ours is None or theirs is None or ours is theirs:
            continue
        ours.take(theirs.reports, rulings, f"judged to be the same: {rulings.reason(left, right)}")
        ours.because += theirs.because
        home.update({name: ours for report in theirs.reports for name in report.names[1:]})
        groups = [one for one in groups if one is not theirs]
    return groups


def founder(group: Group) -> Report:
    """Return the report that gives a case its id, so that later articles don't change it."""
    return min(group.reports, key=lambda report: (report.published, report.custody.document, report.place))


def build(group: Group, deals: Iterable[tuple[bool, str]], rulings: Rulings) -> Case:
    """Return the case of a person; `deals` are those that name him, as pairs (not carried out, id)."""
    corrected = [
        msgspec.structs.replace(one, custody=with_fields(one.custody, rulings.fields.get(one.custody.id, {})))
        for one in group.reports
    ]
    reports = sorted(corrected, key=lambda report: report.place)
    order = [report.custody for report in reports]
    asserted = [report for report in reports if report.custody.polarity == "asserted"]
    sure = _sure(asserted) or asserted or reports
    last = _last(sure)
    person = max((one.person for one in order), key=lambda ref: (len(ref.name), ref.name, ref.actor))
    free = [one.custody for one in sure if one.custody.status in _FREE and one.custody.date is not None]
    linked = tuple(deal for _, deal in sorted(set(deals)))
    holders = {one.custody.holder.actor for one in asserted if one.custody.holder is not None}
    first = [report.custody for report in (*sure, *reports)]
    case = Case(
        id=founder(group).case,
        person=msgspec.structs.replace(person, mention=None),
        nationalities=tuple(sorted({nation for one in order for nation in one.nationalities})),
        holder=_first(first, "holder"),
        place=_first(first, "place"),
        charge=_first(first, "charge"),
        sentence=_first(first, "sentence"),
        basis=_first(first, "basis"),
        status=last.status,
        history=tuple(_entry(one) for one in _once(order)),
        released=free[-1].date if free and last.status in _FREE else None,
        exchanged_for=_counterparts(order),
        deal=linked[0] if linked else None,
        disputed=len(holders) > 1 or any(one.polarity == "denied" and one.status == last.status for one in order),
        claims=tuple(sorted({known for one in order for known in (one.id, one.voice) if known is not None})),
        documents=len({one.document for one in order}),
        aliases=tuple(sorted({one.person.name for one in order} - {person.name})),
        deals=linked,
        rivals=_rivals(asserted),
        because=tuple(dict.fromkeys(group.because)),
        moves=_moves(sure),
    )
    fields: dict[str, str] = {}
    for report in group.reports:
        fields |= rulings.fields.get(report.case, {})
    return with_fields(case, fields)


def _sure(asserted: list[Report]) -> list[Report]:
    """Return the reports by which the case stands: the papers' own, and how it is told to have ended since.

    "He was freed, the police said" ends a case, where who says it isn't who held him and no later article has him held.
    """
    own = [report for report in asserted if report.custody.voice is None]
    newest = max((report.published for report in own), default="")
    holders = {report.custody.holder.actor for report in asserted if report.custody.holder is not None}
    ends = [
        report for report in asserted
        if report.custody.voice is not None and report.custody.status in _FREE | {"died"} and own
        and report.published >= newest and report.speaker is not None and report.speaker.actor not in holders
    ]  # fmt: skip
    return sorted((*own, *ends), key=lambda report: report.place) if ends else own


def _last(reports: list[Report]) -> Custody:
    """Return the report that says how things stand: the furthest, unless a later dated one takes it back."""
    furthest = max(reports, key=lambda report: (_FAR[report.custody.status], report.place)).custody
    for report in reports:
        custody = report.custody
        if custody.status == "detained" and custody.date is not None and furthest.date is not None:
            since, freed = custody.date.since, furthest.date.until
            if furthest.status in _FREE and since is not None and freed is not None and freed < since:
                return custody
    return furthest


def _moves(reports: list[Report]) -> tuple[Move, ...]:
    """Return what moved the status when, by day of publication; what only repeats a report moves nothing."""
    found: list[Move] = []
    known: list[Report] = []
    seen: set[tuple[object, ...]] = set()
    before: str | None = None
    for report in sorted(reports, key=lambda one: (one.published, one.place)):
        key = (report.custody.status, report.custody.date)
        if key in seen:
            continue
        seen.add(key)
        known.append(report)
        last = _last(known)
        if last.status != before:
            told = report.published or None
            move = Move(told=told, before=before, after=last.status, by=(last.id,), documents=(last.document,))
            if found and found[-1].told == told:
                move = msgspec.structs.replace(move, before=found.pop().before)
            if move.before != move.after:
                found.append(move)
            before = last.status
    return tuple(found)


def _once(order: list[Custody]) -> list[Custody]:
    kept: dict[tuple[object, ...], Custody] = {}
    for report in order:
        kept.setdefault((report.status, report.document, report.date, report.voice, report.polarity), report)
    return list(kept.values())


def _first(order: list[Custody], field: str) -> Any:
    return next((value for report in order if (value := getattr(report, field)) is not None), None)


def _rivals(reports: list[Report]) -> tuple[Rival, ...]:
    """Return what the reports give for the fields on which they differ, the first of each value."""
    found: list[Rival] = []
    for field in _RIVAL_FIELDS:
        values: dict[str, Rival] = {}
        for report in reports:
            value = getattr(report.custody, field)
            if value is None:
                continue
            text = value if isinstance(value, str) else value.name
            key = alike(text) if isinstance(value, str) else getattr(value, "actor", value.name)
            by = msgspec.structs.replace(report.speaker, mention=None) if report.speaker else None
            told = report.published or None
            values.setdefault(key, Rival(field=field, value=text, by=by, told=told, claim=report.custody.id))
        if len(values) > 1:
            found += values.values()
    return tuple(found)


def alike(text: str) -> str:
    """Return by what two values are told apart: "five-year" and "Five years" are the same."""
    return " ".join(word.removesuffix("s") for word in text.lower().replace("-", " ").split())


def _entry(report: Custody) -> CaseEntry:
    return CaseEntry(
        status=report.status,
        date=report.date,
        evidence=tuple(span.seen_from_outside(report.document) for span in report.evidence),
        voice=report.voice,
        polarity=report.polarity,
        id=report.id,
    )


def _counterparts(order: list[Custody]) -> tuple[ActorRef, ...]:
    found: dict[str, ActorRef] = {}
    for report in order:
        for ref in report.exchanged_for:
            found.setdefault(ref.actor, msgspec.structs.replace(ref, mention=None))
    return tuple(found[actor] for actor in sorted(found))


def by_person(deals: Iterable[tuple[str, str, Iterable[str]]]) -> Mapping[str, list[tuple[bool, str]]]:
    """Return, for each person, the deals that name him; a deal is given as id, status and the persons' ids."""
    found: dict[str, list[tuple[bool, str]]] = {}
    for deal, status, persons in deals:
        for person in persons:
            found.setdefault(person, []).append((status != "carried_out", deal))
    return found
