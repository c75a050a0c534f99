"""Places in, a map without tiles out: the land is drawn from the gazetteer's points (scripts/draw_land.py)."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from onrecord.show.web.draw.ink import element, joined

NARROWEST = 46.0  # degrees of longitude that are shown at least
LABELS = 9


class Spot(NamedTuple):
    """A place on the map: how many records stand there, and where they are listed."""

    name: str
    lat: float
    lon: float
    times: int
    address: str
    said: str


def draw(spots: Iterable[Spot], title: str) -> Markup:
    """Return the map cut to where the spots are, the most frequent named; empty where there are none."""
    known = sorted((spot for spot in spots if abs(spot.lat) <= 90 and abs(spot.lon) <= 180), key=lambda one: -one.times)
    if not known:
        return Markup("")
    left, top, wide, high = _frame(known)
    most = known[0].times
    marks: list[Markup] = []
    names: list[Markup] = []
    taken: list[tuple[float, float, float, float]] = []
    for spot in reversed(known):
        x, y = spot.lon + 180, 90 - spot.lat
        radius = wide * (0.0045 + 0.0105 * math.sqrt(spot.times / most))
        dot = element("circle", cx=x, cy=y, r=radius)
        marks.append(element("a", joined([element("title", spot.said), dot]), href=spot.address, aria_label=spot.said))
    size = wide * 0.017
    for spot in known:
        x, y = spot.lon + 180, 90 - spot.lat
        end = x + wide * 0.022
        long = len(spot.name) * size * 0.66
        anchor = "start" if end + long < left + wide * 0.98 else "end"
        begin = end if anchor == "start" else x - wide * 0.022 - long
        box = (begin, y - size, begin + long, y + size * 0.4)
        if len(names) >= LABELS or any(_cross(box, other) for other in taken):
            continue
        taken.append(box)
        names.append(
            element("text", spot.name, x=end if anchor == "start" else x - wide * 0.022, y=y + size * 0.35,
                    font_size=size, text_anchor=anchor, stroke_width=size / 4)
        )  # fmt: skip
    land = element("image", href="/static/land.svg", x=0, y=0, width=360, height=180)
    return element(
        "svg", joined([element("title", title, id="t-map"), land, *marks, *names]),
        viewBox=f"{left:.5g} {top:.5g} {wide:.5g} {high:.5g}", class_="picture map", role="group",
        aria_labelledby="t-map",
    )  # fmt: skip


def _frame(spots: list[Spot]) -> tuple[float, float, float, float]:
    """Return the corner and the size of what is shown, two wide to one high, inside the world."""
    xs, ys = [spot.lon + 180 for spot in spots], [90 - spot.lat for spot in spots]
    wide = max(NARROWEST, (max(xs) - min(xs)) * 1.3, (max(ys) - min(ys)) * 1.3 * 2.2)
    wide = min(wide, 360.0)
    high = min(wide / 2.2, 180.0)
    left = min(max(0.0, (max(xs) + min(xs) - wide) / 2), 360 - wide)
    top = min(max(0.0, (max(ys) + min(ys) - high) / 2), 180 - high)
    return left, top, wide, high


def _cross(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
