"""Work out what an expression of time stands for: one function for each meaning that the rules name.

Comes in: a match and its scene. Goes out: a `Fixed`, or None where the words are no expression of time after all.
Without a day of publication relative expressions keep an X for what isn't known.
"""

from collections.abc import Callable
from datetime import date, timedelta

from onrecord.extract import moments_calendar as calendar
from onrecord.extract.moments_calendar import Fixed
from onrecord.extract.moments_counts import number, times
from onrecord.extract.moments_scene import Match, Scene

_OPEN: dict[str, str] = {"D": "XXXX-XX-XX", "N": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX"}
_NARRATIVE = frozenset({"following", "that", "same", "previous"})
_UNSURE = 1.2
_REL = ("last", "this", "next", "previous", "following", "that", "same", "current", "latest")


def relation(match: Match, group: str = "rel") -> tuple[str, int] | None:
    """Return the class and the step (-1, 0, 1) of "last", "this", "next" and their kin."""
    for token in match.groups.get(group, ()):
        for sense in token.senses:
            if sense.group in _REL:
                return sense.group, int(sense.value or 0)
    return None


def base(scene: Scene, kind: str) -> date | None:
    """Return the day that a relation is counted from: the story's last date for "that", "the following"."""
    if kind in _NARRATIVE and scene.anchor is not None and scene.anchor.since is not None:
        return scene.anchor.since
    return scene.published


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


def month_day(match: Match, scene: Scene) -> Fixed | None:
    """A day of a month; the nearest year where none is given, tense deciding where two are about as near."""
    month = int(match.sense("month", "month", "mon") or 0)
    day = number(match.groups["day"], scene)
    if match.has("year"):
        return _safe(int(scene.text(match.groups["year"][0])), month, day)
    if scene.published is None:
        return Fixed("DATE", f"XXXX-{month:02d}-{day:02d}")
    here, tense, own = scene.published, scene.tense(match.start), relation(match)
    options = [found for step in (-1, 0, 1) if (found := _safe(here.year + step, month, day)) is not None]
    if not options:
        return None

    def distance(found: Fixed) -> float:
        apart = ((found.since or here) - here).days
        if own is not None and own[1] * apart < 0:
            return 10.0**6
        return abs(apart) * (2.0 if apart * tense < 0 else 1.0) + (0.5 if apart > 0 else 0)

    return min(options, key=distance)


def _safe(year: int, month: int, day: int) -> Fixed | None:
    try:
        return calendar.day(date(year, month, day))
    except ValueError:
        return None


def month(match: Match, scene: Scene) -> Fixed | None:
    """A month, of this year, of the year that is named, or the nearest in the direction of the tense."""
    which = int(match.sense("month", "month", "mon") or 0)
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
    forward = step > 0 or (own is None and scene.tense(match.start) > 0)
    if forward:
        return calendar.month(here.year + (which < here.month or (step > 0 and which == here.month)), which)
    return calendar.month(here.year - (here.month < which or (step < 0 and which == here.month)), which)


def weekday(match: Match, scene: Scene) -> Fixed | None:
    """A day of the week: the last one, or the next where the verb tells of the future; today's name is today."""
    which = int(match.sense("weekday", "weekday", "wkd") or 0)
    own, other = relation(match), relation(match, "week")
    here = base(scene, (other or own or ("", 0))[0])
    if here is None:
        return _part(Fixed("DATE", f"XXXX-WXX-{which + 1}"), match)
    monday = here - timedelta(days=here.weekday())
    if other:
        return _part(calendar.day(monday + timedelta(days=which, weeks=other[1])), match)
    back = (here.weekday() - which) % 7
    forward = (which - here.weekday()) % 7
    kind, step = own or ("", 0)
    if own is None:
        ahead = scene.tense(match.start) > 0
        when = here + timedelta(days=forward) if ahead else here - timedelta(days=back)
    elif step < 0:
        when = here - timedelta(days=back or 7)
    elif step > 0:
        when = here + timedelta(days=forward or 7)
    elif kind in {"that", "same"}:
        when = here - timedelta(days=back)
    else:
        when = monday + timedelta(days=which)
    return _part(calendar.day(when), match)


def _part(found: Fixed, match: Match, group: str = "part") -> Fixed:
    part = match.sense(group, "part", "tonight", "overnight")
    if part is None:
        return found
    return Fixed("TIME", f"{found.value}T{part}", found.since, found.until, "day", "D")


def week_on(match: Match, scene: Scene) -> Fixed | None:
    """The day of the week after the next of that name."""
    which = int(match.sense("weekday", "weekday", "wkd") or 0)
    if scene.published is None:
        return Fixed("DATE", f"XXXX-WXX-{which + 1}")
    return calendar.day(scene.published + timedelta(days=(which - scene.published.weekday()) % 7 + 7))


def dayref(match: Match, scene: Scene) -> Fixed | None:
    """Today, yesterday, tomorrow."""
    if scene.published is None:
        return _part(Fixed("DATE", "XXXX-XX-XX"), match)
    return _part(calendar.day(scene.published + timedelta(days=int(match.sense("dayref", "dayref") or 0))), match)


def night(match: Match, scene: Scene) -> Fixed | None:
    """The coming night, or the one that has just passed, which lies in two days."""
    if scene.published is None:
        return Fixed("TIME", "XXXX-XX-XXTNI")
    if match.sense("part", "tonight") is not None:
        return _part(calendar.day(scene.published), match)
    before = scene.published - timedelta(days=1)
    return Fixed("TIME", f"{before.isoformat()}TNI", before, scene.published, "day", "D")


def part(match: Match, scene: Scene) -> Fixed | None:
    """This morning, last night."""
    kind, step = relation(match) or ("", 0)
    here = base(scene, kind)
    if here is None:
        return _part(Fixed("TIME", "XXXX-XX-XX"), match)
    return _part(calendar.day(here + timedelta(days=step)), match)


def _hung_on(match: Match, scene: Scene) -> Fixed | None:
    if match.has("weekday"):
        return weekday(match, scene)
    if match.has("dayref"):
        return dayref(match, scene)
    if match.has("month"):
        return month_day(match, scene)
    return calendar.day(scene.published) if scene.published else None


def clock(match: Match, scene: Scene) -> Fixed | None:
    """An hour of a day."""
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
    return Fixed("DATE", match.sense("ref", "ref", "ref_noun", "adjective", "coming") or "PRESENT_REF")


def rel_unit(match: Match, scene: Scene) -> Fixed | None:
    """Last week, this summer, the following month."""
    kind, step = relation(match) or relation(match, "rel2") or ("", 0)
    if match.has("past"):
        step = -1
    here = base(scene, kind)
    unit = "Q" if match.has("period") else match.sense("unit", "unit")
    if unit in {"S", "TM", "H"}:
        return Fixed("DURATION", "P" + times("1", unit))
    if here is None:
        return Fixed("DATE", match.sense("season", "season") or _OPEN.get(unit or "W", "XXXX"))
    if match.has("weekend"):
        return calendar.weekend(here + timedelta(weeks=step))
    name = match.sense("season", "season")
    if name is not None:
        return _season_near(here, name, step)
    unit = unit or "D"
    if unit == "N":
        return Fixed("TIME", f"{(here + timedelta(days=step)).isoformat()}TNI", *([here + timedelta(days=step)] * 2))
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
    """The weekend, the year, the quarter; the winter of 2014."""
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
    if unit == "Q":
        return scene.quarter or calendar.shifted(here, "Q", -1)
    return calendar.around(here, unit) if unit in {"W", "M", "Y"} else None


def season(match: Match, scene: Scene) -> Fixed | None:
    """Spring 2015, autumn last year, summer."""
    return the_unit(match, scene)


def rel_count(match: Match, scene: Scene) -> Fixed | None:
    """The past two months: a length, and the days it covers where they end or begin today."""
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
        return Fixed("DATE", "PAST_REF" if _WAYS[kind] < 0 else "FUTURE_REF")
    here = scene.published
    if kind not in {"ago", "hence"} and scene.anchor is not None and scene.anchor.since is not None:
        here = scene.anchor.since
    if here is None:
        return Fixed("DATE", _OPEN.get(unit, "XXXX"))
    found = calendar.shifted(here, unit, _WAYS[kind] * count)
    anchor = scene.anchor
    if unit == "Y" and count == 1 and _WAYS[kind] < 0 and (ago := _quarter_ago(scene)) is not None:
        return ago
    if unit == "Y" and kind not in {"ago", "hence"} and anchor is not None and anchor.grain in {"M", "Q"}:
        found = calendar.shifted(here, anchor.grain, _WAYS[kind] * count * (12 if anchor.grain == "M" else 4))
    return found


_WAYS = {"ago": -1, "earlier": -1, "before": -1, "later": 1, "after": 1, "hence": 1}


def _quarter_ago(scene: Scene) -> Fixed | None:
    """Return the quarter a year before the one that the article reports on, if it does."""
    if scene.quarter is None or scene.quarter.since is None:
        return None
    return calendar.shifted(scene.quarter.since, "Q", -4)


def this_year(match: Match, scene: Scene) -> Fixed | None:
    """Year-end: the year of publication."""
    del match
    return calendar.year(scene.published.year) if scene.published else Fixed("DATE", "XXXX")


def same_quarter(match: Match, scene: Scene) -> Fixed | None:
    """The 2019 quarter: the one of the same number as the article reports on."""
    which = int(scene.text(match.groups["year"][0]))
    if scene.quarter is None or scene.quarter.since is None:
        return calendar.year(which)
    return calendar.quarter(which, (scene.quarter.since.month + 2) // 3)


def spelled_year(match: Match, scene: Scene) -> Fixed | None:
    """Nineteen sixty-four."""
    which = 100 * int(match.sense("hundreds", "spelled") or 19) + number(match.groups["tens"], scene)
    which += number(match.groups["ones"], scene) if match.has("ones") else 0
    if match.has("month"):
        return calendar.month(which, int(match.sense("month", "month", "mon") or 1))
    return calendar.year(which)


def year_ago(match: Match, scene: Scene) -> Fixed | None:
    """The year-earlier period: the same stretch a year before."""
    if scene.published is None:
        return Fixed("DATE", "XXXX")
    text = scene.reading.text[match.start : match.end]
    if match.has("ord") and (which := number(match.groups["ord"], scene)) <= 4:
        return calendar.quarter(scene.published.year - 1 - ((scene.published.month + 2) // 3 < which), which)
    if (ago := _quarter_ago(scene)) is not None:
        return ago
    if match.groups["dir"][-1].end < match.end and text.lower().endswith("quarter"):
        return calendar.shifted(scene.published, "Q", -5)
    return calendar.year(scene.published.year - 1)


def quarter(match: Match, scene: Scene) -> Fixed | None:
    """The second quarter: the latest of that number that has begun, unless a year is named."""
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
    if 0 < scene.tense(match.start):
        return calendar.quarter(scene.published.year + (which + 2 < now), which)
    return calendar.quarter(scene.published.year - (now < which), which)


def half_year(match: Match, scene: Scene) -> Fixed | None:
    """The first half of 2019."""
    which = 2 if match.sense("ord", "last") is not None else number(match.groups["ord"], scene)
    if which not in {1, 2}:
        return None
    if match.has("year"):
        return calendar.half(int(scene.text(match.groups["year"][0])), which)
    if scene.published is None:
        return Fixed("DATE", f"XXXX-H{which}")
    return calendar.half(scene.published.year + (relation(match) or ("", 0))[1], which)


def year(match: Match, scene: Scene) -> Fixed | None:
    """A year, where its number is not a count or a price."""
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
    """The 1970s, the '70s, the seventies."""
    if match.has("name"):
        return calendar.decade(1900 + 10 * int(match.sense("name", "decadename") or 0))
    digits = "".join(char for char in scene.text(match.groups["decade"][0]) if char.isdigit())
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return calendar.decade(first) if first > 1000 else None


def century(match: Match, scene: Scene) -> Fixed | None:
    """The 16th century."""
    which = number(match.groups["ord"], scene)
    return calendar.century(which) if 1 <= which <= 22 else None


def holiday(match: Match, scene: Scene) -> Fixed | None:
    """A feast, of the named year or the nearest one in the direction of the tense."""
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


DATES: dict[str, Callable[[Match, Scene], Fixed | None]] = {
    "iso": iso, "slash": slash, "month_day": month_day, "month": month, "weekday": weekday, "week_on": week_on,
    "dayref": dayref, "night": night, "part": part, "clock": clock, "point": point, "reference": reference,
    "rel_unit": rel_unit, "the_unit": the_unit, "season": season, "rel_count": rel_count, "shift": shift,
    "year_ago": year_ago, "this_year": this_year, "same_quarter": same_quarter, "spelled_year": spelled_year, "quarter": quarter, "half_year": half_year, "year": year, "range": range_,
    "decade": decade, "century": century, "holiday": holiday,
}  # fmt: skip
