"""Days: what a calendar knows. The arithmetic is the standard library's and dateutil's."""

from datetime import date, timedelta

import msgspec
from dateutil import easter
from dateutil.relativedelta import relativedelta

from onrecord.model.vocabulary import MomentType, Precision

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


class Fixed(msgspec.Struct, frozen=True):
    """A value with the days that it stands for; `grain` is the unit it is counted in (D W M Q Y, or "")."""

    type: MomentType
    value: str
    since: date | None = None
    until: date | None = None
    precision: Precision = "day"
    grain: str = ""


def day(when: date) -> Fixed:
    """One day."""
    return Fixed("DATE", when.isoformat(), when, when, "day", "D")


def week(when: date) -> Fixed:
    """Return the week, Monday to Sunday, of this day."""
    monday = when - timedelta(days=when.weekday())
    year, number, _ = when.isocalendar()
    return Fixed("DATE", f"{year}-W{number:02d}", monday, monday + timedelta(days=6), "week", "W")


def weekend(when: date) -> Fixed:
    """Saturday and Sunday of the week of this day."""
    monday = when - timedelta(days=when.weekday())
    saturday = monday + timedelta(days=5)
    return Fixed("DATE", week(when).value + "-WE", saturday, saturday + timedelta(days=1), "day", "W")


def month(year: int, number: int) -> Fixed:
    """One month."""
    first = date(year, number, 1)
    return Fixed("DATE", f"{year:04d}-{number:02d}", first, first + relativedelta(months=1, days=-1), "month", "M")


def quarter(year: int, number: int) -> Fixed:
    """One quarter of a year."""
    first = date(year, 3 * number - 2, 1)
    return Fixed("DATE", f"{year:04d}-Q{number}", first, first + relativedelta(months=3, days=-1), "season", "Q")


def half(year: int, number: int) -> Fixed:
    """One half of a year."""
    first = date(year, 6 * number - 5, 1)
    return Fixed("DATE", f"{year:04d}-H{number}", first, first + relativedelta(months=6, days=-1), "season", "Q")


def season(year: int, name: str) -> Fixed:
    """One season (northern); the winter of a year begins in its December."""
    first, last = _SEASON_MONTHS[name]
    since = date(year, first, 1)
    until = date(year + (last < first), last, 1) + relativedelta(months=1, days=-1)
    return Fixed("DATE", f"{year:04d}-{name}", since, until, "season", "Q")


def year(number: int) -> Fixed:
    """One year."""
    return Fixed("DATE", f"{number:04d}", date(number, 1, 1), date(number, 12, 31), "year", "Y")


def decade(first: int) -> Fixed:
    """Ten years from the first."""
    return Fixed("DATE", f"{first // 10:03d}", date(first, 1, 1), date(first + 9, 12, 31), "decade", "Y")


def century(number: int) -> Fixed:
    """Return a hundred years; the 16th century is written 15."""
    first = max(1, 100 * (number - 1))
    return Fixed("DATE", f"{number - 1:02d}", date(first, 1, 1), date(first + 99, 12, 31), "approx", "Y")


def holiday(name: str, number: int) -> date:
    """Return the day of a feast in this year."""
    fixed = {"christmas": (12, 25), "halloween": (10, 31)}
    if name == "easter":
        return easter.easter(number)
    if name in fixed:
        return date(number, *fixed[name])
    first = date(number, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)


def shifted(when: date, unit: str, count: int) -> Fixed:
    """Return the day, week, month, quarter or year so many units away, in the unit's own grain.

    What lies beyond the calendar (years 1 to 9999) is the past or the future and nothing nearer.
    """
    try:
        return _shifted(when, unit, count)
    except (ValueError, OverflowError):
        return Fixed("DATE", "PAST_REF" if count < 0 else "FUTURE_REF")


def _shifted(when: date, unit: str, count: int) -> Fixed:
    match unit:
        case "D" | "N":
            return day(when + timedelta(days=count))
        case "W" | "F":
            return day(when + timedelta(weeks=count * (2 if unit == "F" else 1)))
        case "M":
            there = when + relativedelta(months=count)
            return month(there.year, there.month)
        case "Q":
            there = when + relativedelta(months=3 * count)
            return quarter(there.year, (there.month + 2) // 3)
        case "Y":
            return year((when + relativedelta(years=count)).year)
        case "E":
            return year((when + relativedelta(years=10 * count)).year)
        case _:
            return year((when + relativedelta(years=100 * count)).year)


def around(when: date, unit: str) -> Fixed:
    """Return the unit of the calendar that this day lies in."""
    match unit:
        case "W":
            return week(when)
        case "M":
            return month(when.year, when.month)
        case "Q":
            return quarter(when.year, (when.month + 2) // 3)
        case "Y":
            return year(when.year)
        case "E":
            return decade(when.year // 10 * 10)
        case "C":
            return century(when.year // 100 + 1)
        case _:
            return day(when)
