"""Work out since when somebody was held who is told to be freed after some time: "freed on Monday after nine days".

Comes in: the reports of an article and the releases they were made of. Goes out: the same, with the day of the arrest.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from onrecord.lexicon.custody import CustodyBook
from onrecord.model.claim import Custody
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading

_LENGTH = re.compile(r"P(\d{1,3})([DWMY])")
# days of the unit, and by how much the day that somebody was seized may be off
_UNITS = {"D": (1.0, 1), "W": (7.0, 3), "M": (30.44, 16), "Y": (365.25, 183)}


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


def _seized(freed: Period | None, length: Moment) -> Period | None:
    found = _LENGTH.fullmatch(length.value or "")
    if freed is None or freed.since is None or freed.since != freed.until or found is None:
        return None
    each, off = _UNITS[found.group(2)]
    day = date.fromisoformat(freed.since) - timedelta(days=round(int(found.group(1)) * each))
    since, until = (day - timedelta(days=off)).isoformat(), (day + timedelta(days=off)).isoformat()
    return msgspec.structs.replace(freed, since=since, until=until, precision="approx")
