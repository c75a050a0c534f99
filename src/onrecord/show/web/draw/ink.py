"""The little that every picture needs: elements whose values are escaped, days as numbers, round steps of a scale."""

from datetime import date, timedelta
from typing import NamedTuple

from markupsafe import Markup, escape

from onrecord.show.web.words import MONTHS, plain


def element(name: str, inside: Markup | str = "", **attributes: object) -> Markup:
    """Return an element; `class_` is class, other underscores are hyphens, None leaves an attribute out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{given}>{escape(inside)}</{name}>")  # noqa: S704 - every part is escaped above


def text(said: object, x: float, y: float, class_: str | None = None, anchor: str | None = None) -> Markup:
    """Return words at a place."""
    return element("text", plain(said), x=x, y=y, class_=class_, text_anchor=anchor)


def joined(parts: list[Markup]) -> Markup:
    """Return the pieces one after the other."""
    return Markup("\n").join(parts)


def _short(value: object) -> str:
    return f"{value:.5g}" if isinstance(value, float) else plain(value)


class Tick(NamedTuple):
    """A mark on an axis of days."""

    day: int
    label: str


def ordinal(day: str) -> int:
    """Return a day as a number."""
    return date.fromisoformat(day).toordinal()


def ticks(first: int, last: int, most: int = 8) -> list[Tick]:
    """Return round days between two: days, months or years, at most about `most` of them."""
    span = max(1, last - first)
    for days in (1, 2, 7, 14):
        if span / days <= most:
            return [
                _tick(day, f"{date.fromordinal(day).day} {_month(day)[:3]}") for day in range(first, last + 1, days)
            ]
    for months in (1, 2, 3, 6):
        if span / 30.4 / months <= most:
            return [_tick(day, _named(day)) for day in _months(first, last, months)]
    years = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500, 5000) if span / 365.25 / step <= most)
    return [
        _tick(date(year, 1, 1).toordinal(), str(year))
        for year in range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
        if year % years == 0 and first <= date(year, 1, 1).toordinal() <= last
    ]


def _tick(day: int, label: str) -> Tick:
    return Tick(day, label)


def _months(first: int, last: int, step: int) -> list[int]:
    found, now = [], date.fromordinal(first).replace(day=1)
    while now.toordinal() <= last:
        if now.toordinal() >= first and (now.month - 1) % step == 0:
            found.append(now.toordinal())
        if now.year == date.max.year and now.month == 12:
            break
        now = (now + timedelta(days=32)).replace(day=1)
    return found


def _month(day: int) -> str:
    return MONTHS[date.fromordinal(day).month - 1]


def _named(day: int) -> str:
    known = date.fromordinal(day)
    return f"{_month(day)[:3]} {known.year}" if known.month == 1 else _month(day)[:3]
