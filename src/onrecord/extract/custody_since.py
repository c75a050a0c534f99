"""Work out the days that a report leaves to be worked out. Comes in: reports. Goes out: the same, dated.

Since when somebody was held who is freed after some time ("freed on Monday after nine days"), and when those were
exchanged who are told of right behind the exchange.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from onrecord.lexicon.custody import CustodyBook
from onrecord.model.claim import Custody
from onrecord.model.holding import Holdings
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading

_CLOSE = 4
_CALENDAR = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_LENGTH = re.compile(r"P(\d{1,3})([DWMY])")
# days of the unit, and by how much the day that somebody was seized may be off
_UNITS = {"D": (1.0, 1), "W": (7.0, 3), "M": (30.44, 16), "Y": (365.25, 183)}


def seized_in(period: Period | None, moments: tuple[Moment, ...]) -> Period | None:
    """Return the day, month or year in which somebody was seized who is held "since May": it ends where May does."""
    if period is None or period.until is not None or period.since is None or period.basis is None:
        return period
    told = next((one for one in moments if one.start == period.basis.start and one.period == period), None)
    found = _CALENDAR.fullmatch(told.value or "") if told is not None else None
    if found is None or not period.since.startswith(found.group(0)):
        return period
    since = date.fromisoformat(period.since)
    until = since if found.group(2) else since.replace(day=monthrange(since.year, since.month)[1])
    if not found.group(1):
        until = date(since.year, 12, 31)
    return msgspec.structs.replace(period, until=until.isoformat())


def held_for(reading: Reading, verb: int, moments: tuple[Moment, ...], book: CustodyBook) -> Moment | None:
    """Return how long those were held whom this verb frees: "freed X after nine days", "after a year in prison"."""
    for prep in reading.children(verb, "prep"):
        if reading.lemma[prep] != "after":
            continue
        for unit in reading.children(prep, "pobj"):
            inner = [end for one in reading.children(unit, "prep") for end in reading.children(one, "pobj")]
            prison = all(reading.lemma[one] in book.words("prison") for one in inner)
            if reading.children(unit, "acl", "relcl") or not prison:
                continue
            found = next((one for one in moments if one.start <= reading.start[unit] < one.end), None)
            if found is not None and found.type == "DURATION":
                return found
    return None


def with_since(reports: list[Custody], lengths: Mapping[str, Moment]) -> list[Custody]:
    """Return the reports, those of people held dated by the release that the same sentence tells.

    `lengths` are by the id of the report of the release; how exact the day is follows from the unit.
    """
    known = {
        (one.person.actor, one.evidence): period
        for one in reports
        if one.id in lengths and (period := _seized(one.date, lengths[one.id])) is not None
    }
    return [
        msgspec.structs.replace(one, date=known[one.person.actor, one.evidence],
                                rules=(*one.rules, "custody.date.length"))
        if one.status == "detained" and one.date is None and (one.person.actor, one.evidence) in known
        else one
        for one in reports
    ]  # fmt: skip


def on_the_day(reading: Reading, reports: list[Custody], holdings: Holdings) -> list[Custody]:
    """Return the reports, those exchanged dated by the only exchange told as done, or the one told right before."""
    return [
        msgspec.structs.replace(one, date=day, rules=(*one.rules, "custody.date.swap"))
        if one.status == "exchanged" and one.date is None and one.polarity == "asserted"
        and (day := holdings.day or _told_before(reading, one, holdings)) is not None
        else one
        for one in reports
    ]  # fmt: skip


def _told_before(reading: Reading, report: Custody, holdings: Holdings) -> Period | None:
    """Return the day of the exchange told last before the report, where nothing tells of another in between."""
    start = report.evidence[0].start
    before = [(at, day) for at, day in holdings.days if at < start]
    if not before or any(at >= start and at < report.evidence[0].end for at, _ in holdings.days):
        return None
    at, day = max(before, key=lambda pair: pair[0])
    same = {(one.since, one.until) if one is not None else None for other, one in before if other == at}
    near = sum(at < reading.start[first] <= start for first, _ in reading.sentences) <= _CLOSE
    return day if near and len(same) == 1 else None


def _seized(freed: Period | None, length: Moment) -> Period | None:
    found = _LENGTH.fullmatch(length.value or "")
    if freed is None or freed.since is None or freed.since != freed.until or found is None:
        return None
    each, off = _UNITS[found.group(2)]
    day = date.fromisoformat(freed.since) - timedelta(days=round(int(found.group(1)) * each))
    since, until = (day - timedelta(days=off)).isoformat(), (day + timedelta(days=off)).isoformat()
    return msgspec.structs.replace(freed, since=since, until=until, precision="approx")
