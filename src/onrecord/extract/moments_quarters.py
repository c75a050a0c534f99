"""Quarters and halves of years, and what a company's report compares them with."""

from collections.abc import Callable

from onrecord.extract import moments_calendar as calendar
from onrecord.extract.moments_calendar import Fixed
from onrecord.extract.moments_counts import number
from onrecord.extract.moments_scene import Match, Scene, relation


def quarter_ago(scene: Scene) -> Fixed | None:
    """Return the quarter a year before the one that the article reports on, if it does."""
    if scene.quarter is None or scene.quarter.since is None:
        return None
    return calendar.shifted(scene.quarter.since, "Q", -4)


def this_year(match: Match, scene: Scene) -> Fixed | None:
    """Year-end: the year of publication."""
    del match
    return calendar.year(scene.published.year) if scene.published else Fixed("DATE", "XXXX")


def same_quarter(match: Match, scene: Scene) -> Fixed | None:
    """Return the 2019 quarter: the one of the same number as the article reports on."""
    which = int(scene.text(match.groups["year"][0]))
    if scene.quarter is None or scene.quarter.since is None:
        return calendar.year(which)
    return calendar.quarter(which, (scene.quarter.since.month + 2) // 3)


def year_ago(match: Match, scene: Scene) -> Fixed | None:
    """Return the year-earlier period: the same stretch a year before."""
    if scene.published is None:
        return Fixed("DATE", "XXXX")
    text = scene.reading.text[match.start : match.end]
    if match.has("ord") and (which := number(match.groups["ord"], scene)) <= 4:
        return calendar.quarter(scene.published.year - 1 - ((scene.published.month + 2) // 3 < which), which)
    if (ago := quarter_ago(scene)) is not None:
        return ago
    if match.groups["dir"][-1].end < match.end and text.lower().endswith("quarter"):
        return calendar.shifted(scene.published, "Q", -5)
    return calendar.year(scene.published.year - 1)


def quarter(match: Match, scene: Scene) -> Fixed | None:
    """Return the second quarter: the latest of that number that has begun, unless a year is named."""
    which = number(match.groups["ord"], scene)
    if not 1 <= which <= 4:
        return None
    if match.has("year"):
        return calendar.quarter(int(scene.text(match.groups["year"][0])), which)
    own = relation(match)
    if scene.published is None:
        return Fixed("DATE", f"XXXX-Q{which}")
    if own:
        return calendar.quarter(scene.published.year + own[1], which)
    now = (scene.published.month + 2) // 3
    if scene.tense(match.start) > 0:
        return calendar.quarter(scene.published.year + (which + 2 < now), which)
    return calendar.quarter(scene.published.year - (now < which), which)


def half_year(match: Match, scene: Scene) -> Fixed | None:
    """Return the first half of 2019."""
    which = 2 if match.sense("ord", "last") is not None else number(match.groups["ord"], scene)
    if which not in {1, 2}:
        return None
    if match.has("year"):
        return calendar.half(int(scene.text(match.groups["year"][0])), which)
    if scene.published is None:
        return Fixed("DATE", f"XXXX-H{which}")
    return calendar.half(scene.published.year + (relation(match) or ("", 0))[1], which)


MEANINGS: dict[str, Callable[[Match, Scene], Fixed | None]] = {
    "year_ago": year_ago,
    "this_year": this_year,
    "same_quarter": same_quarter,
    "quarter": quarter,
    "half_year": half_year,
}
