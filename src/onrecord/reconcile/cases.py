"""Assemble the cases of persons held. Comes in: custody reports. Goes out: one case a person, with its history.

Two persons of one name are kept apart where neither holder nor nationality nor charge agrees.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Custody, Statement
from onrecord.model.identity import identity
from onrecord.model.mention import ActorRef
from onrecord.model.record import Case, CaseEntry, Deal
from onrecord.model.vocabulary import CustodyStatus
from onrecord.reconcile.judged import Rulings, with_fields

_FAR: dict[CustodyStatus, int] = {
    "detained": 0, "missing": 1, "charged": 2, "on_trial": 3, "convicted": 4, "sentenced": 5, "released": 6,
    "pardoned": 6, "exchanged": 7, "died": 8,
}  # fmt: skip
_FREE = frozenset({"released", "pardoned", "exchanged"})


def assemble(
    articles: Iterable[ArticleResult], deals: Iterable[Deal], rulings: Rulings, copies: Mapping[str, str]
) -> tuple[Case, ...]:
    """Return the cases in order of their ids."""
    reports: dict[str, list[Custody]] = {}
    statements: dict[str, Statement] = {}
    days: dict[str, str] = {}
    for article in articles:
        if article.document is None or article.document.id in copies:
            continue
        days[article.document.id] = article.document.published_day or ""
        statements.update({statement.id: statement for statement in article.statements})
        for report in article.custody:
            reports.setdefault(report.person.actor, []).append(report)
    by_person: dict[str, list[Deal]] = {}
    for deal in deals:
        for ref in deal.persons:
            by_person.setdefault(ref.actor, []).append(deal)
    joined = _joined(reports, rulings)
    cases = [
        _case(group, days, statements, by_person, rulings) for one in joined for group in _people(one, days)
    ]  # fmt: skip
    return tuple(sorted(cases, key=lambda case: case.id))


def _joined(reports: dict[str, list[Custody]], rulings: Rulings) -> list[list[Custody]]:
    """Return the reports by person, spellings joined that somebody judged to be the same person."""
    home = {actor: actor for actor in reports}

    def root(actor: str) -> str:
        while home[actor] != actor:
            actor = home[actor]
        return actor

    for left, right in rulings.same:
        if left in home and right in home:
            ours, theirs = sorted((root(left), root(right)))
            home[theirs] = ours
    found: dict[str, dict[str, Custody]] = {}
    for actor, several in reports.items():
        found.setdefault(root(actor), {}).update({report.id: report for report in several})
    return [list(found[actor].values()) for actor in sorted(found)]


def _people(reports: list[Custody], days: Mapping[str, str]) -> list[list[Custody]]:
    """Return the reports in groups, one a person: those that contradict each other in everything stand apart."""
    groups: list[list[Custody]] = []
    by_document: dict[str, list[Custody]] = {}
    for report in reports:
        by_document.setdefault(report.document, []).append(report)
    for document in sorted(by_document, key=lambda document: (days.get(document, ""), document)):
        told = by_document[document]
        home = next((group for group in groups if not _strangers(group, told)), None)
        if home is None:
            groups.append(list(told))
        else:
            home += told
    return groups


def _strangers(left: list[Custody], right: list[Custody]) -> bool:
    """Say whether two sets of reports tell of two people: known holders and known nationalities both differ."""
    holders = [{report.holder.actor for report in side if report.holder} for side in (left, right)]
    nations = [{nation for report in side for nation in report.nationalities} for side in (left, right)]
    other_holder = bool(holders[0] and holders[1] and not holders[0] & holders[1])
    other_nation = bool(nations[0] and nations[1] and not nations[0] & nations[1])
    return other_holder and other_nation


def _key(report: Custody, days: Mapping[str, str]) -> tuple[str, int, str, int, str]:
    date = report.date
    day = (date.since or date.until) if date is not None else None
    return (
        day or days.get(report.document, ""),
        _FAR[report.status],
        report.document,
        report.evidence[0].start,
        report.id,
    )


def _case(
    reports: list[Custody],
    days: Mapping[str, str],
    statements: Mapping[str, Statement],
    deals: Mapping[str, list[Deal]],
    rulings: Rulings,
) -> Case:
    order = sorted(reports, key=lambda report: _key(report, days))
    asserted = [report for report in order if report.polarity == "asserted"]
    sure = [report for report in asserted if report.voice is None] or asserted or order
    last = _last(sure, days)
    person = max((report.person for report in order), key=lambda ref: (len(ref.name), ref.name, ref.actor))
    free = [report for report in sure if report.status in _FREE and report.date is not None]
    persons = {report.person.actor for report in order}
    linked = sorted(
        {deal.id: deal for actor in persons for deal in deals.get(actor, ())}.values(),
        key=lambda deal: (deal.status != "carried_out", deal.id),
    )
    holders = {report.holder.actor for report in asserted if report.holder is not None}
    case = Case(
        id=identity("case", min(persons), order[0].document, order[0].id),
        person=msgspec.structs.replace(person, mention=None),
        nationalities=tuple(sorted({nation for report in order for nation in report.nationalities})),
        holder=_first(sure, order, "holder"),
        place=_first(sure, order, "place"),
        charge=_first(sure, order, "charge"),
        sentence=_first(sure, order, "sentence"),
        basis=_first(sure, order, "basis"),
        status=last.status,
        history=tuple(_entry(report) for report in _once(order)),
        released=free[-1].date if free and last.status in _FREE else None,
        exchanged_for=_counterparts(order),
        deal=linked[0].id if linked else None,
        disputed=len(holders) > 1
        or any(report.polarity == "denied" and report.status == last.status for report in order),
        claims=tuple(
            sorted({report.voice for report in order if report.voice is not None and report.voice in statements})
        ),
        documents=len({report.document for report in order}),
    )
    return with_fields(case, rulings.fields.get(case.id, {}))


def _last(reports: list[Custody], days: Mapping[str, str]) -> Custody:
    """Return the report that says how things stand: the furthest, unless a later dated one takes it back."""
    furthest = max(reports, key=lambda report: (_FAR[report.status], _key(report, days)))
    for report in reports:
        if report.status == "detained" and report.date is not None and furthest.date is not None:
            since, freed = report.date.since, furthest.date.until
            if furthest.status in _FREE and since is not None and freed is not None and freed < since:
                return report
    return furthest


def _once(order: list[Custody]) -> list[Custody]:
    kept: dict[tuple[object, ...], Custody] = {}
    for report in order:
        kept.setdefault((report.status, report.document, report.date, report.voice, report.polarity), report)
    return list(kept.values())


def _first(sure: list[Custody], order: list[Custody], field: str) -> Any:
    return next((value for report in (*sure, *order) if (value := getattr(report, field)) is not None), None)


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
