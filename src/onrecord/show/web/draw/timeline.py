"""A deal's developments in, its timeline out: a lane for each party, what contradicts crossed out, undated ones apart.

The numbers are those of the table below the picture, which says everything that the picture shows.
"""

from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from onrecord.show.web.draw.ink import element, joined, ordinal, text, ticks

WIDE, LEFT, RIGHT, UNDATED = 960, 168, 24, 96
ROW, TOP, PAD = 26, 12, 10
RADIUS = 10.5


class Point(NamedTuple):
    """One development: its number in the table, its lane, its day and the day that it sets, and what it is."""

    number: int
    lane: str
    day: str | None
    planned: str | None
    said: str
    address: str
    against: bool = False
    denied: bool = False
    made: bool = False
    conditional: bool = False


def timeline(points: list[Point], title: str) -> Markup:
    """Return the picture, empty where no development has a day."""
    days = [ordinal(day) for point in points for day in (point.day, point.planned) if day]
    if not any(point.day for point in points):
        return Markup("")
    first, last = min(days), max(days)
    pad = max(1, (last - first) // 30)
    first, last = max(1, first - pad), min(date.max.toordinal(), last + pad)
    undated = any(point.day is None for point in points)
    wide = WIDE - LEFT - RIGHT - (UNDATED if undated else 0)

    def across(day: int) -> float:
        return LEFT + (day - first) / (last - first) * wide

    lanes = list(dict.fromkeys(point.lane for point in points))
    out: list[Markup] = []
    y = TOP
    placed: dict[int, tuple[float, float]] = {}
    for lane in lanes:
        rows = _rows([point for point in points if point.lane == lane], lambda point: _x(point, across))
        high = 2 * PAD + ROW * (max(rows.values(), default=0) + 1)
        out.append(element("rect", x=0, y=y, width=WIDE, height=high, class_="lane"))
        out.append(text(_fitted(lane), 10, y + PAD + ROW / 2 + 5, "lane-name"))
        for number, row in rows.items():
            point = next(point for point in points if point.number == number)
            placed[number] = (_x(point, across), y + PAD + row * ROW + ROW / 2)
        y += high + 4
    axis = [
        joined([
            element("line", x1=across(tick.day), x2=across(tick.day), y1=TOP, y2=y, class_="tick"),
            text(tick.label, across(tick.day), y + 16, "tick-label", "middle"),
        ])
        for tick in ticks(first, last)
        if first <= tick.day <= last
    ]  # fmt: skip
    if undated:
        out.append(element("line", x1=WIDE - UNDATED, x2=WIDE - UNDATED, y1=TOP, y2=y, class_="apart"))
        out.append(text("no date", WIDE - UNDATED / 2, y + 16, "tick-label", "middle"))
    marks = [_mark(point, *placed[point.number], across) for point in points]
    return element(
        "svg", joined([element("title", title, id="t-line"), *out, *axis, *marks]), viewBox=f"0 0 {WIDE} {y + 26}",
        class_="picture timeline", role="group", aria_labelledby="t-line",
    )  # fmt: skip


def _x(point: Point, across) -> float:  # type: ignore[no-untyped-def]  # noqa: ANN001
    return float(across(ordinal(point.day))) if point.day else WIDE - UNDATED / 2


def _rows(points: list[Point], place) -> dict[int, int]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Return the row of each development in its lane, so that none lies on another."""
    ends: list[float] = []
    found = {}
    for point in sorted(points, key=lambda point: (place(point), point.number)):
        x = place(point)
        row = next((row for row, end in enumerate(ends) if x - end >= 2 * RADIUS + 2), len(ends))
        if row == len(ends):
            ends.append(x)
        ends[row] = x
        found[point.number] = row
    return found


def _mark(point: Point, x: float, y: float, across) -> Markup:  # type: ignore[no-untyped-def]  # noqa: ANN001
    kinds = {"against": point.against, "denied": point.denied, "made": point.made, "conditional": point.conditional}
    parts = [element("title", point.said)]
    if point.planned:
        to = float(across(ordinal(point.planned)))
        if abs(to - x) > RADIUS:
            parts.append(element("line", x1=x, x2=to, y1=y, y2=y, class_="plan"))
        parts.append(element("path", d=f"M{to - 5:.5g} {y - 6:.5g}l10 6l-10 6z", class_="plan-end"))
    if point.denied or point.against:
        side = RADIUS * 0.95
        parts.append(element("rect", x=x - side, y=y - side, width=2 * side, height=2 * side, class_="dot"))
    else:
        parts.append(element("circle", cx=x, cy=y, r=RADIUS, class_="dot"))
    parts.append(text(point.number, x, y + 4, "dot-number", "middle"))
    if point.denied:
        side = RADIUS * 1.15
        parts.append(
            element("path", d=f"M{x - side:.5g} {y + side:.5g}l{2 * side:.5g} {-2 * side:.5g}", class_="strike")
        )
    return element(
        "a", joined(parts), href=point.address, aria_label=point.said,
        class_=" ".join(["mark", *(kind for kind, held in kinds.items() if held)]),
    )  # fmt: skip


def _fitted(lane: str) -> str:
    return lane if len(lane) <= 21 else lane[:20].rstrip() + "…"
