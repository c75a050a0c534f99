"""Counts by day in, a year of squares out: the darker, the more."""

from datetime import date, timedelta

from markupsafe import Markup

from onrecord.show.web import links
from onrecord.show.web.draw.ink import element, joined, text
from onrecord.show.web.words import MONTHS, counted

SIDE, GAP, LEFT, TOP = 13, 3, 34, 20
LEVELS = 4


def calendar(days: dict[str, int], year: int, path: str, asked: dict[str, str], noun: str) -> Markup:
    """Return the year; each day with something links to the list of that day."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    most = max((count for day, count in days.items() if day[:4] == f"{year:04}"), default=0)
    monday = first - timedelta(days=first.weekday()) if first.weekday() <= first.toordinal() - 1 else first
    parts = [
        text(name, LEFT - 6, TOP + row * (SIDE + GAP) + SIDE - 2, "tick-label", "end")
        for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri"))
    ]
    now = first
    while True:
        week = (now - monday).days // 7
        x, y = LEFT + week * (SIDE + GAP), TOP + now.weekday() * (SIDE + GAP)
        if now.day == 1:
            parts.append(text(MONTHS[now.month - 1][:3], x, TOP - 7, "tick-label"))
        parts.append(_day(now, days.get(now.isoformat(), 0), most, (x, y), path, asked, noun))
        if now == last:
            break
        now += timedelta(days=1)
    wide, high = LEFT + 54 * (SIDE + GAP), TOP + 7 * (SIDE + GAP)
    title = element("title", f"{year}: {noun} by day", id="t-calendar")
    return element(
        "svg", joined([title, *parts]), viewBox=f"0 0 {wide} {high}", class_="picture calendar", role="group",
        aria_labelledby="t-calendar",
    )  # fmt: skip


def _day(day: date, count: int, most: int, at: tuple[int, int], path: str, asked: dict[str, str], noun: str) -> Markup:
    level = 0 if not count else max(1, round(LEVELS * (count / most) ** 0.5))
    square = element("rect", x=at[0], y=at[1], width=SIDE, height=SIDE, rx=2, class_=f"q{level}")
    if not count:
        return square
    said = f"{day.day} {MONTHS[day.month - 1]} {day.year}: {counted(count, noun.removesuffix('s'), noun)}"
    address = links.with_values(path, asked, since=day.isoformat(), until=day.isoformat(), page=None)
    return element("a", joined([element("title", said), square]), href=address, aria_label=said)
