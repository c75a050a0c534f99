"""Where an article says when and where it was written.

The dateline of an agency report, "CITY, Country, March 3 (Agency) - ": its place, its date, its agency. And the line
under a headline that holds nothing but a date, or a byline or "Published:" with one.
"""

import re
from datetime import date

import msgspec

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?)"
_CAPITAL = r"[^\W\d_a-zß-ÿ]"
_CITY = rf"{_CAPITAL}(?:{_CAPITAL}|[.'’\- /]){{0,40}}{_CAPITAL}"
_PLACE = rf"(?P<place>{_CITY}(?:,\s[^\W\d_][\w.'’\- ]{{0,40}}[^\W_]\.?){{0,2}}?)"
_DAY_FIRST = _MONTH.replace("month", "month2")
_DATE = rf"(?:(?:{_MONTH}\s(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s{_DAY_FIRST})(?:,?\s(?P<year>\d{{4}}))?)"
_AGENCY = r"(?:\((?P<agency>[^()\n]{2,40})\))"
_DASH = r"\s*(?:[-–—_]{1,2}|―)\s"
_LINE = re.compile(rf"\s*{_PLACE}(?:(?:,|\s\()\s?(?:[A-Z][a-z]+day,?\s)?{_DATE}\)?)?,?\s*{_AGENCY}?{_DASH}")
_NAMED = r"(?P<place>[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,3}(?:,\s[A-Z][\w.'’ -]{1,30})?(?:\s\([A-Z][\w.'’ ]{1,30}\))?)"
# a place in ordinary letters is a dateline only beside a date or an agency, or with its country in brackets
_MIXED = re.compile(rf"\s*{_NAMED}(?:,\s(?:[A-Z][a-z]+day,?\s)?{_DATE})?,?\s*{_AGENCY}?{_DASH}(?=[\"“‘']?[A-Z0-9])")
_AGENCY_ONLY = re.compile(rf"\s*(?:{_DATE}\s)?{_AGENCY}{_DASH}")


_FULL = re.compile(
    rf"\b(?:{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s{_DAY_FIRST},?\s(?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))\b"
)
_LEAD = re.compile(r"\s*(?:by|published|posted|updated|last updated|first published|date|issued)\b", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:\W|\d|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b"
    r"|\b(?:at|am|pm|gmt|utc|[bc]?est|[ecp][sd]t|local|time|h)\b|T|Z)*",
    re.IGNORECASE,
)


class Dateline(msgspec.Struct, frozen=True):
    """Characters of the place (None where only an agency stands) and of the whole line; date and agency as far as said.

    `day` is an ISO date only where the line names a year; `month_day` is (month, day) without one.
    """

    start: int
    end: int
    place: tuple[int, int] | None
    day: str | None
    month_day: tuple[int, int] | None
    agency: str | None


def find(text: str, paragraphs: tuple[tuple[int, int], ...], within: int = 4) -> Dateline | None:
    """Return the dateline that opens one of the first paragraphs, or None."""
    for start, end in paragraphs[:within]:
        found = _LINE.match(text, start, min(end, start + 200))
        if found:
            return _made(found)
        found = _MIXED.match(text, start, min(end, start + 120))
        agency = (found.group("agency") or "")[:1].isupper() if found else False
        if found and (found.group("month") or found.group("month2") or found.group("place").endswith(")") or agency):
            return _made(found)
        found = _AGENCY_ONLY.match(text, start, min(end, start + 60))
        if found:
            return _made(found)
    return None


def day_line(text: str, paragraphs: tuple[tuple[int, int], ...], within: int = 7) -> tuple[int, int, str] | None:
    """Return the characters and the ISO date of a line among the first that gives the day of publication, or None.

    Such a line holds a full date and nothing else but a weekday and a time, or opens as a byline or "Published" does.
    """
    for start, end in paragraphs[:within]:
        line = text[start:end]
        found = _FULL.search(line) if len(line) <= 140 else None
        if found is None or line.rstrip().endswith((".", "!", "?")):
            continue
        alone = _AROUND.fullmatch(line[: found.start()]) and _AROUND.fullmatch(line[found.end() :])
        if alone or _LEAD.match(line):
            day = found.group("iso") or _iso(
                found.group("year") or found.group("year2"),
                _MONTHS.index((found.group("month") or found.group("month2"))[:3].lower()) + 1,
                int(found.group("day") or found.group("day2")),
            )
            if day is not None:
                return start, end, day
    return None


def _made(found: re.Match[str]) -> Dateline:
    month = found.group("month") or found.group("month2")
    day = found.group("day") or found.group("day2")
    month_day = iso = None
    if month and day:
        number = _MONTHS.index(month[:3].lower()) + 1
        if 1 <= int(day) <= 31:
            month_day = (number, int(day))
            iso = _iso(found.group("year"), number, int(day))
    place = found.span("place") if "place" in found.re.groupindex else None
    return Dateline(found.start(), found.end(), place, iso, month_day, found.group("agency"))


def _iso(year: str | None, month: int, day: int) -> str | None:
    try:
        return date(int(year), month, day).isoformat() if year else None
    except ValueError:
        return None
