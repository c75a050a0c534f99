"""Units counted from the day of publication or from the story's last date."""

from collections.abc import Callable
from datetime import date, timedelta

from onrecord.extract import moments_calendar as calendar
from onrecord.extract.moments_calendar import Fixed
from onrecord.extract.moments_counts import number, times
from onrecord.extract.moments_quarters import quarter_ago
from onrecord.extract.moments_scene import NARRATIVE, Match, Scene, base, relation

_OPEN: dict[str, str] = {"D": "XXXX-XX-XX", "N": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX"}
_WAYS = {"ago": -1, "earlier": -1, "before": -1, "later": 1, "after": 1, "hence": 1}


def rel_unit(match: Match, scene: Scene) -> Fixed | None:
    """Last week, this summer, the following month."""
    kind, step = relation(match) or relation(match, "rel2") or ("", 0)
    if match.has("past"):
        step = -1
    unit = "Q" if match.has("period") else match.sense("unit", "unit")
    here = base(scene, "following" if kind == "next" and unit in {"D", "N"} else kind)
    if unit in {"S", "TM", "H"}:
        return Fixed("DURATION", "P" + times("1", unit))
    told = scene.anchor if kind in NARRATIVE and scene.anchor is not None and scene.anchor.since is not None else None
    if here is None or (told is not None and not _fine_enough(told, unit or "D")):
        return Fixed("DATE", match.sense("season", "season") or _OPEN.get(unit or "W", "XXXX"))
    if match.has("weekend"):
        return calendar.weekend(here + timedelta(weeks=step))
    name = match.sense("season", "season")
    if name is not None:
        return _season_near(here, name, step)
    unit = unit or "D"
    if unit == "N":
        night = here + timedelta(days=step)
        return Fixed("TIME", f"{night.isoformat()}TNI", night, night)
    if unit == "W":
        return calendar.week(here + timedelta(weeks=step))
    if unit in {"E", "C"} and step:
        return Fixed("DURATION", "P" + times("1", unit))
    return calendar.around(here, unit) if step == 0 else calendar.shifted(here, unit, step)


def _season_near(here: date, name: str, step: int) -> Fixed:
    options = [calendar.season(here.year + off, name) for off in (-2, -1, 0, 1)]
    if step < 0:
        return [one for one in options if one.until is not None and one.until < here][-1]
    if step > 0:
        return next(one for one in options if one.since is not None and here < one.since)
    return options[2]


def the_unit(match: Match, scene: Scene) -> Fixed | None:
    """Return the weekend, the year, the quarter; the winter of 2014."""
    name, unit = match.sense("season", "season"), match.sense("unit", "unit")
    if match.has("year"):
        number_ = int(scene.text(match.groups["year"][0]))
        return calendar.season(number_, name) if name else calendar.year(number_)
    other, here = relation(match, "other"), scene.published
    if here is None:
        return Fixed("DATE", name or _OPEN.get(unit or "W", "XXXX"))
    if other and name:
        return calendar.season(here.year + other[1], name)
    if match.has("weekend"):
        coming = scene.tense(match.start) > 0 or here.weekday() > 4
        return calendar.weekend(here if coming else here - timedelta(weeks=1))
    if name:
        return _season_near(here, name, 1 if scene.tense(match.start) > 0 else 0)
    if unit == "Y" and scene.closed(match.end):
        return Fixed("DURATION", "P" + times("1", unit))
    if unit == "Q":
        return scene.quarter or calendar.shifted(here, "Q", -1)
    return calendar.around(here, unit) if unit in {"W", "M", "Y"} else None


def season(match: Match, scene: Scene) -> Fixed | None:
    """Spring 2015, autumn last year, summer."""
    return the_unit(match, scene)


def rel_count(match: Match, scene: Scene) -> Fixed | None:
    """Return the past two months: a length, and the days it covers where they end or begin today."""
    count, unit = number(match.groups["n"], scene, vague=True), match.sense("unit", "units") or "D"
    value = "P" + times("X" if count < 0 else str(count), unit)
    kind, step = relation(match) or ("", 0)
    if scene.published is None or count < 0 or kind not in {"last", "next"} or unit in {"S", "TM"}:
        return Fixed("DURATION", value)
    far = calendar.shifted(scene.published, unit if unit != "H" else "D", step * count).since
    if far is None:
        return Fixed("DURATION", value)
    ends = sorted((far, scene.published))
    return Fixed("DURATION", value, ends[0], ends[1], "approx")


_SIZES = ("D", "W", "M", "Q", "Y")


def shift(match: Match, scene: Scene) -> Fixed | None:
    """Three days ago, a month later, the day before."""
    unit = match.sense("unit", "unit", "units") or "D"
    count = number(match.groups["n"], scene, vague=True) if match.has("n") else 1
    kind = next((sense.group for token in match.groups["dir"] for sense in token.senses if sense.group in _WAYS), "ago")
    if unit in {"S", "TM", "H"}:
        same = scene.anchor if kind not in {"ago", "hence"} else scene.published and calendar.day(scene.published)
        if kind == "ago" or not isinstance(same, Fixed) or same.since is None or count < 0:
            return Fixed("DURATION", "P" + times("X" if count < 0 else str(count), unit))
        return Fixed("TIME", same.value, same.since, same.until, same.precision, same.grain)
    if count < 0:
        past = _WAYS[kind] < 0
        return Fixed("DATE", "PAST_REF") if past else Fixed("DURATION", "P" + times("X", unit))
    here = scene.published
    year = _of_the_noun(match, scene) if unit == "Y" and kind not in {"ago", "hence"} else None
    if year is not None and year.since is not None:
        return calendar.shifted(year.since, unit, _WAYS[kind] * count)
    if kind not in {"ago", "hence"} and scene.anchor is not None and scene.anchor.since is not None:
        here = scene.anchor.since if _fine_enough(scene.anchor, unit) else None
    if here is None:
        return Fixed("DATE", _OPEN.get(unit, "XXXX"))
    found = calendar.shifted(here, unit, _WAYS[kind] * count)
    anchor = scene.anchor
    if unit == "Y" and count == 1 and _WAYS[kind] < 0 and (ago := quarter_ago(scene)) is not None:
        return ago
    if unit == "Y" and kind not in {"ago", "hence"} and anchor is not None and anchor.grain in {"M", "Q"}:
        found = calendar.shifted(here, anchor.grain, _WAYS[kind] * count * (12 if anchor.grain == "M" else 4))
    return found


def _of_the_noun(match: Match, scene: Scene) -> Fixed | None:
    """Return the year that a noun of the same sentence is called after: "the 2015 accord, dead a year later"."""
    if scene.described is None:
        return None
    token = scene.reading.token_at(match.start)
    here = scene.reading.sentence_of(token) if token is not None else -1
    return scene.described[0] if scene.described[1] == here != scene.anchored else None


def _fine_enough(anchor: Fixed, unit: str) -> bool:
    """Say whether a shift by this unit can be counted from the anchor: no day follows "in 2016" by one."""
    return unit not in _SIZES or anchor.grain not in _SIZES or _SIZES.index(anchor.grain) <= _SIZES.index(unit)


MEANINGS: dict[str, Callable[[Match, Scene], Fixed | None]] = {
    "rel_unit": rel_unit,
    "the_unit": the_unit,
    "season": season,
    "rel_count": rel_count,
    "shift": shift,
}
