"""Work out the days that a report leaves to be worked out. Comes in: reports. Goes out: the same, dated.

Since when somebody was held who is freed after some time ("freed on Monday after nine days"), and when those were
exchanged who are told of right behind the exchange.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from onrecord.extract import clause
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.claim import Custody
from onrecord.model.holding import Holdings
from onrecord.model.identity import identity
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading

_CLOSE, _NEXT = 4, 2
_ROLL = "custody.roll"
_FREED = frozenset({"released", "pardoned"})
_TERMS = frozenset({"sentenced", "convicted"})
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


class Length(msgspec.Struct, frozen=True, kw_only=True):
    """How long somebody was held; `counted` where the days are counted from his capture, which makes them exact."""

    moment: Moment
    counted: bool = False


def held_for(reading: Reading, verb: int, moments: tuple[Moment, ...], book: CustodyBook) -> Length | None:
    """Return how long those were held whom this verb frees: "after nine days", "nine days after seizing him"."""
    for unit in _counted_from(reading, verb, book):
        found = _length_at(reading, unit, moments)
        if found is not None:
            return Length(moment=found, counted=True)
    for prep in reading.children(verb, "prep"):
        if reading.lemma[prep] != "after":
            continue
        for unit in reading.children(prep, "pobj"):
            inner = [end for one in reading.children(unit, "prep") for end in reading.children(one, "pobj")]
            prison = all(reading.lemma[one] in book.words("prison") for one in inner)
            if reading.children(unit, "acl", "relcl") or not prison:
                continue
            found = _length_at(reading, unit, moments)
            if found is not None:
                return Length(moment=found)
    return None


def _length_at(reading: Reading, unit: int, moments: tuple[Moment, ...]) -> Moment | None:
    found = next((one for one in moments if one.start <= reading.start[unit] < one.end), None)
    return found if found is not None and found.type == "DURATION" else None


def _counted_from(reading: Reading, verb: int, book: CustodyBook) -> list[int]:
    """Return the units of time that stand before "after", where a capture stands behind it."""
    found: list[int] = []
    for after in reading.children(verb, "prep"):
        deeds = reading.children(after, "pcomp") if reading.lemma[after] == "after" else ()
        if any(_seizes(reading, deed, book) for deed in deeds):
            found += reading.children(after, "npadvmod")
    for deed in reading.children(verb, "advcl"):
        if any(reading.lemma[mark] == "after" for mark in reading.children(deed, "mark")):
            found += reading.children(deed, "npadvmod") if _seizes(reading, deed, book) else ()
    return found


def _seizes(reading: Reading, verb: int, book: CustodyBook) -> bool:
    return any(rule.status == "detained" and not rest for rule, rest in book.of("object", reading.lemma[verb]))


def with_since(reports: list[Custody], lengths: Mapping[str, Length]) -> list[Custody]:
    """Return the reports, those of people held dated by the release that the same sentence tells.

    `lengths` are by the id of the report of the release; how exact the day is follows from the unit.
    """
    known = {
        (one.person.actor, one.evidence): period
        for one in reports
        if one.id in lengths and (period := _seized(one.date, lengths[one.id])) is not None
    }
    told = {(one.person.actor, one.evidence) for one in reports if one.status == "detained"}
    untold = [
        one for one in reports
        if one.id in lengths and lengths[one.id].counted and (one.person.actor, one.evidence) in known.keys() - told
    ]  # fmt: skip
    return [_held_since(one, known[one.person.actor, one.evidence]) for one in untold] + [
        msgspec.structs.replace(one, date=known[one.person.actor, one.evidence],
                                rules=(*one.rules, "custody.date.length"))
        if one.status == "detained" and one.date is None and (one.person.actor, one.evidence) in known
        else one
        for one in reports
    ]  # fmt: skip


def _held_since(freed: Custody, day: Period) -> Custody:
    """Return what a release tells of the capture, where no word of its own is read: he was seized on that day."""
    span = freed.evidence[0]
    return msgspec.structs.replace(
        freed, status="detained", date=day, place=None, exchanged_for=(), rules=(*freed.rules, "custody.date.length"),
        id=identity("custody", freed.document, freed.person.actor, "detained", span.start, span.end),
    )  # fmt: skip


def on_the_day(reading: Reading, reports: list[Custody], holdings: Holdings) -> list[Custody]:
    """Return the reports, those exchanged dated by the only exchange told as done, or the one told right before.

    Those who were let go are dated only by a release told in one of the two sentences before.
    """
    found: list[Custody] = []
    for one in reports:
        day = None
        if one.date is None and one.polarity == "asserted" and one.status == "exchanged":
            day = holdings.day or _told_before(reading, one, holdings, _CLOSE)
        elif one.date is None and one.polarity == "asserted" and one.status == "released":
            day = _told_before(reading, one, holdings, _NEXT)
        dated = one if day is None else msgspec.structs.replace(one, date=day, rules=(*one.rules, "custody.date.swap"))
        found.append(dated)
    return found


def _told_before(reading: Reading, report: Custody, holdings: Holdings, most: int) -> Period | None:
    """Return the day of the exchange told last before the report, where nothing tells of another in between."""
    start = report.evidence[0].start
    before = [(at, day) for at, day in holdings.days if at < start]
    if not before or any(at >= start and at < report.evidence[0].end for at, _ in holdings.days):
        return None
    at, day = max(before, key=lambda pair: pair[0])
    same = {(one.since, one.until) if one is not None else None for other, one in before if other == at}
    near = sum(at < reading.start[first] <= start for first, _ in reading.sentences) <= most
    return day if near and len(same) == 1 else None


def _seized(freed: Period | None, length: Length) -> Period | None:
    found = _LENGTH.fullmatch(length.moment.value or "")
    if freed is None or freed.since is None or freed.since != freed.until or found is None:
        return None
    each, off = _UNITS[found.group(2)]
    off = 0 if length.counted and found.group(2) == "D" else off
    day = date.fromisoformat(freed.since) - timedelta(days=round(int(found.group(1)) * each))
    since, until = (day - timedelta(days=off)).isoformat(), (day + timedelta(days=off)).isoformat()
    return msgspec.structs.replace(freed, since=since, until=until, precision="approx" if off else "day")


def of_the_same_day(
    reading: Reading, reports: list[Custody], moments: tuple[Moment, ...], book: CustodyBook
) -> list[Custody]:
    """Return the reports, the undated of a list or of fellow defendants given the day of what was told just before.

    "A freed 23 people on Friday. Among the pardoned were X and Y." "A court jailed X on Friday. Y and Z got a year."
    """
    found: list[Custody] = []
    rolls = {one.evidence[-1]: one.date for one in reports if _ROLL in one.rules and one.date is not None}
    for report in reports:
        if _ROLL in report.rules and report.date is None and report.evidence[-1] in rolls:
            found.append(msgspec.structs.replace(report, date=rolls[report.evidence[-1]]))
            continue
        alike = _FREED if report.status in _FREED else _TERMS if report.status in _TERMS else frozenset()
        verb = _told_by(reading, report) if alike and report.date is None and report.polarity == "asserted" else None
        before = _shortly_before(reading, report, found, alike) if verb is not None else None
        among = verb is not None and _in_list(reading, report, book)
        if before is None and among:
            before = _freed_before(reading, report, moments, book)
        if before is not None and (among or report.status in _TERMS):
            dated = msgspec.structs.replace(report, date=before, rules=(*report.rules, "custody.date.before"))
            found.append(dated)
        else:
            found.append(report)
    return found


def _freed_before(reading: Reading, report: Custody, moments: tuple[Moment, ...], book: CustodyBook) -> Period | None:
    """Return the day of the release of many that one of the two sentences before tells of."""
    here = reading.token_at(report.evidence[0].start)
    if here is None:
        return None
    place = reading.sentence_of(here)
    first, last = reading.sentences[max(0, place - _CLOSE // 2)][0], reading.sentences[place][0]
    for at in range(last - 1, first - 1, -1):
        frees = any(rule.status in _FREED for rule, _ in book.of("object", reading.lemma[at]))
        if frees and reading.tag[at] in {"VBD", "VBN"}:
            told = clause.date_of(reading, at, moments)
            if told is not None and told.precision == "day":
                return told
    return None


def _told_by(reading: Reading, report: Custody) -> int | None:
    """Return the main verb of the sentence, where that is in the plain past."""
    first, last = reading.tokens_in(report.evidence[0].start, report.evidence[0].end)
    root = next((at for at in range(first, last) if reading.head[at] == at), None)
    if root is None or any(reading.lemma[one] == "have" for one in reading.children(root, "aux")):
        return None
    was = any(reading.word(one) in {"was", "were"} for one in reading.children(root, "auxpass"))
    return root if was or reading.tag[root] == "VBD" else None


def _in_list(reading: Reading, report: Custody, book: CustodyBook) -> bool:
    """Say whether the sentence opens as a list of some of those told of: "Among the pardoned were"."""
    first, _ = reading.tokens_in(report.evidence[0].start, report.evidence[0].end)
    return reading.lemma[first] in book.words("among") or reading.word(first).lower() in book.words("those")


def _shortly_before(reading: Reading, report: Custody, earlier: list[Custody], alike: frozenset[str]) -> Period | None:
    """Return the day of the last such report of others, no more than two sentences before."""
    here = reading.token_at(report.evidence[0].start)
    for other in reversed(earlier):
        there = reading.token_at(other.evidence[0].start)
        if here is None or there is None or other.date is None or other.status not in alike:
            continue
        distance = reading.sentence_of(here) - reading.sentence_of(there)
        if 0 < distance <= _CLOSE // 2 and other.person.actor != report.person.actor and other.polarity == "asserted":
            return other.date if other.date.precision == "day" else None
    return None
