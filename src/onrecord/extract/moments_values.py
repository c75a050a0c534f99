"""Dates written out, years, decades, centuries, feasts: what stands for itself."""

from collections.abc import Callable
from datetime import date, timedelta

from onrecord.extract import moments_calendar as calendar
from onrecord.extract.moments_calendar import Fixed
from onrecord.extract.moments_counts import number
from onrecord.extract.moments_scene import Match, Scene, relation


def iso(match: Match, scene: Scene) -> Fixed | None:
    """2024-02-05, with or without a time."""
    text = scene.text(match.groups["iso"][0])
    try:
        when = date.fromisoformat(text[:10])
    except ValueError:
        return None
    found = calendar.day(when)
    return Fixed("TIME", text, when, when, "day", "D") if len(text) > 10 else found


def slash(match: Match, scene: Scene) -> Fixed | None:
    """Month/day/year, or day/month/year where only that can be."""
    first, second, last = (int(part) for part in scene.text(match.groups["slash"][0]).split("/"))
    if last < 100:
        last += 2000 if last < 50 else 1900
    for month, day in ((first, second), (second, first)):
        try:
            return calendar.day(date(last, month, day))
        except ValueError:
            continue
    return None


def year_thousand(match: Match, scene: Scene) -> Fixed | None:
    """Return the year two thousand."""
    which = 1000 * number(match.groups["n"], scene)
    return calendar.year(which) if which <= 9000 else None


def spelled_year(match: Match, scene: Scene) -> Fixed | None:
    """Nineteen sixty-four."""
    which = 100 * int(match.sense("hundreds", "spelled") or 19) + number(match.groups["tens"], scene)
    which += number(match.groups["ones"], scene) if match.has("ones") else 0
    if match.has("month"):
        return calendar.month(which, int(match.sense("month", "month", "mon") or 1))
    return calendar.year(which)


def year(match: Match, scene: Scene) -> Fixed | None:
    """Return a year, where its number is not a count or a price."""
    token = match.groups["year"][0]
    return calendar.year(int(scene.text(token)))


def range_(match: Match, scene: Scene) -> Fixed | None:
    """1936-39."""
    first, _, last = scene.text(match.groups["range"][0]).replace("–", "-").partition("-")
    since, until = int(first), int(last if len(last) == 4 else first[:2] + last)
    if until <= since or until - since > 150 or until > 2200:
        return None
    return Fixed("DURATION", f"{since}/{until}", date(since, 1, 1), date(until, 12, 31), "year", "Y")


def decade(match: Match, scene: Scene) -> Fixed | None:
    """Return the 1970s, the '70s, the seventies."""
    if match.has("name"):
        return calendar.decade(1900 + 10 * int(match.sense("name", "decadename") or 0))
    digits = "".join(char for char in scene.text(match.groups["decade"][0]) if char.isdigit())
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return calendar.decade(first) if first > 1000 else None


def century(match: Match, scene: Scene) -> Fixed | None:
    """Return the 16th century."""
    which = number(match.groups["ord"], scene)
    return calendar.century(which) if 1 <= which <= 22 else None


def holiday(match: Match, scene: Scene) -> Fixed | None:
    """Return a feast, of the named year or the nearest one in the direction of the tense."""
    name = match.sense("holiday", "holiday") or ""
    eve = timedelta(days=1 if match.has("eve") and match.groups["eve"][0].end - match.groups["eve"][0].start == 3 and
                    scene.text(match.groups["eve"][0])[0] == "E" else 0)  # fmt: skip
    if match.has("year"):
        return calendar.day(calendar.holiday(name, int(scene.text(match.groups["year"][0]))) - eve)
    if scene.published is None:
        return Fixed("DATE", "XXXX-XX-XX")
    ahead = ((relation(match) or ("", scene.tense(match.start)))[1]) > 0
    days = [calendar.holiday(name, scene.published.year + step) - eve for step in (-1, 0, 1)]
    fit = [one for one in days if (scene.published <= one if ahead else one <= scene.published)]
    return calendar.day(fit[0] if ahead else fit[-1]) if fit else None


MEANINGS: dict[str, Callable[[Match, Scene], Fixed | None]] = {
    "iso": iso,
    "slash": slash,
    "year_thousand": year_thousand,
    "spelled_year": spelled_year,
    "year": year,
    "range": range_,
    "decade": decade,
    "century": century,
    "holiday": holiday,
}
