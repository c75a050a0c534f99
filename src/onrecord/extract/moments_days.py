"""Months, days of a month and of the week: which of them is meant."""

from collections.abc import Callable
from datetime import date, timedelta

from onrecord.extract import moments_calendar as calendar
from onrecord.extract.moments_calendar import Fixed
from onrecord.extract.moments_counts import number
from onrecord.extract.moments_scene import Match, Scene, base, relation

_UNSURE = 1.2


def month_day(match: Match, scene: Scene) -> Fixed | None:
    """Return a day of a month; the nearest year where none is given, tense deciding where two are about as near."""
    month = int(match.sense("month", "month", "mon") or 0)
    day = number(match.groups["day"], scene)
    if match.has("year"):
        return _safe(int(scene.text(match.groups["year"][0])), month, day)
    if scene.published is None:
        return Fixed("DATE", f"XXXX-{month:02d}-{day:02d}")
    here, tense, own = scene.published, scene.tense(match.at("month")), relation(match)
    options = [found for step in (-1, 0, 1) if (found := _safe(here.year + step, month, day)) is not None]
    if not options:
        return None

    past = scene.gone(match.at("month"))

    def distance(found: Fixed) -> float:
        apart = ((found.since or here) - here).days
        if (own is not None and own[1] * apart < 0) or (apart > 0 and past):
            return 10.0**6
        return abs(apart) * (3.0 if apart * tense < 0 else 1.0) + (0.5 if apart > 0 else 0)

    return min(options, key=distance)


def _safe(year: int, month: int, day: int) -> Fixed | None:
    try:
        return calendar.day(date(year, month, day))
    except ValueError:
        return None


def week_of(match: Match, scene: Scene) -> Fixed | None:
    """Return the week of June 5."""
    found = month_day(match, scene)
    return calendar.week(found.since) if found is not None and found.since is not None else found


def month(match: Match, scene: Scene) -> Fixed | None:
    """Return a month, of this year, of the year that is named, or the nearest in the direction of the tense."""
    which = int(match.sense("month", "month", "mon") or 0)
    if len(match.groups["month"]) == 1 and not match.has("year") and match.sense("month", "month") is None:
        return None
    if match.has("year"):
        return calendar.month(int(scene.text(match.groups["year"][0])), which)
    other, own = relation(match, "other"), relation(match)
    here = base(scene, (other or own or ("", 0))[0])
    if here is None:
        return Fixed("DATE", f"XXXX-{which:02d}")
    if other:
        return calendar.month(here.year + other[1], which)
    if own and own[0] in {"that", "same", "following"}:
        return calendar.month(here.year + (which < here.month), which)
    step = own[1] if own else 0
    if own is not None and step == 0:
        return calendar.month(here.year, which)
    ahead, back, tense = (which - here.month) % 12, (here.month - which) % 12, scene.tense(match.at("month"))
    if step == 0 and scene.gone(match.at("month")):
        tense = -1
    forward = step > 0 or (own is None and (tense > 0 or (tense == 0 and ahead * _UNSURE < back)))
    if forward:
        return calendar.month(here.year + (which < here.month or (step > 0 and which == here.month)), which)
    return calendar.month(here.year - (here.month < which or (step < 0 and which == here.month)), which)


def weekday(match: Match, scene: Scene) -> Fixed | None:
    """Return a day of the week: the last one, or the next where the verb tells of the future; today's name is today."""
    which = int(match.sense("weekday", "weekday", "wkd") or 0)
    own, other = relation(match), relation(match, "week")
    here = base(scene, (other or own or ("", 0))[0])
    if here is None:
        return part_of(Fixed("DATE", f"XXXX-WXX-{which + 1}"), match)
    monday = here - timedelta(days=here.weekday())
    if other:
        return part_of(calendar.day(monday + timedelta(days=which, weeks=other[1])), match)
    back = (here.weekday() - which) % 7
    forward = (which - here.weekday()) % 7
    kind, step = own or ("", 0)
    if own is None:
        ahead = scene.tense(match.at("weekday")) > 0 or (scene.until(match.start) and forward < back)
        when = here + timedelta(days=forward) if ahead else here - timedelta(days=back)
    elif step < 0:
        when = here - timedelta(days=back or 7)
    elif step > 0:
        when = here + timedelta(days=forward or 7)
    elif kind in {"that", "same"}:
        when = here - timedelta(days=back)
    else:
        when = monday + timedelta(days=which)
    return part_of(calendar.day(when), match)


def week_on(match: Match, scene: Scene) -> Fixed | None:
    """Return the day of the week after the next of that name."""
    which = int(match.sense("weekday", "weekday", "wkd") or 0)
    if scene.published is None:
        return Fixed("DATE", f"XXXX-WXX-{which + 1}")
    return calendar.day(scene.published + timedelta(days=(which - scene.published.weekday()) % 7 + 7))


def part_of(found: Fixed, match: Match, group: str = "part") -> Fixed:
    """Return the part of the day that the match names, where it names one."""
    part = match.sense(group, "part", "tonight", "overnight")
    if part is None:
        return found
    return Fixed("TIME", f"{found.value}T{part}", found.since, found.until, "day", "D")


MEANINGS: dict[str, Callable[[Match, Scene], Fixed | None]] = {
    "month_day": month_day,
    "month": month,
    "weekday": weekday,
    "week_on": week_on,
    "week_of": week_of,
}
