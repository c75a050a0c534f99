"""Today and yesterday, parts of days, hours, and words that point without a day."""

from collections.abc import Callable
from datetime import timedelta

from onrecord.extract import moments_calendar as calendar
from onrecord.extract.moments_calendar import Fixed
from onrecord.extract.moments_days import month_day, part_of, weekday
from onrecord.extract.moments_scene import Match, Scene, base, relation


def dayref(match: Match, scene: Scene) -> Fixed | None:
    """Today, yesterday, tomorrow."""
    if scene.published is None:
        return part_of(Fixed("DATE", "XXXX-XX-XX"), match)
    return part_of(calendar.day(scene.published + timedelta(days=int(match.sense("dayref", "dayref") or 0))), match)


def night(match: Match, scene: Scene) -> Fixed | None:
    """Return the coming night, or the one that has just passed, which lies in two days."""
    if scene.published is None:
        return Fixed("TIME", "XXXX-XX-XXTNI")
    if match.sense("part", "tonight") is not None:
        return part_of(calendar.day(scene.published), match)
    before = scene.published - timedelta(days=1)
    return Fixed("TIME", f"{before.isoformat()}TNI", before, scene.published, "day", "D")


def part(match: Match, scene: Scene) -> Fixed | None:
    """Return the day part of "this morning", "last night"."""
    kind, step = relation(match) or ("", 0)
    here = base(scene, "following" if kind == "next" else kind)
    if here is None:
        return part_of(Fixed("TIME", "XXXX-XX-XX"), match)
    return part_of(calendar.day(here + timedelta(days=step)), match)


def _hung_on(match: Match, scene: Scene) -> Fixed | None:
    if match.has("weekday"):
        return weekday(match, scene)
    if match.has("dayref"):
        return dayref(match, scene)
    if match.has("month"):
        return month_day(match, scene)
    return calendar.day(scene.published) if scene.published else None


def clock(match: Match, scene: Scene) -> Fixed | None:
    """Work out an hour of a day."""
    whole = scene.text((match.groups.get("clock") or match.groups["hour"])[0])
    hour, _, minute = whole.partition(":")
    hours, minutes = int(hour), int(minute or 0)
    if hours > 24 or minutes > 59:
        return None
    if match.has("half"):
        late = scene.text(match.groups["half"][0])[0].lower() == "p"
        hours = hours % 12 + (12 if late else 0)
    on = _hung_on(match, scene)
    if on is None:
        return Fixed("TIME", f"XXXX-XX-XXT{hours:02d}:{minutes:02d}")
    return Fixed("TIME", f"{on.value}T{hours:02d}:{minutes:02d}", on.since, on.until, "day", "D")


def point(match: Match, scene: Scene) -> Fixed | None:
    """Noon, midnight, dawn."""
    at = match.sense("point", "point") or ""
    on, at = _hung_on(match, scene), at.removeprefix("T")
    if on is None:
        return Fixed("TIME", f"XXXX-XX-XXT{at}")
    return Fixed("TIME", f"{on.value}T{at}", on.since, on.until, "day", "D")


def reference(match: Match, scene: Scene) -> Fixed | None:
    """Now, recently, soon: a pointer without days."""
    del scene
    return Fixed(
        "DATE", match.sense("ref", "ref", "ref_noun", "adjective", "coming", "these", "nearby") or "PRESENT_REF"
    )


MEANINGS: dict[str, Callable[[Match, Scene], Fixed | None]] = {
    "dayref": dayref,
    "night": night,
    "part": part,
    "clock": clock,
    "point": point,
    "reference": reference,
}
