"""The pictures: every record in them, nothing unescaped, well-formed, and none where there is nothing to draw."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.mention import ActorRef
from onrecord.model.record import Account, CompetingFigure
from onrecord.show.web.draw.calendar import calendar
from onrecord.show.web.draw.forces import forces
from onrecord.show.web.draw.ink import ordinal, ticks
from onrecord.show.web.draw.map import Spot, draw
from onrecord.show.web.draw.network import Tie, network
from onrecord.show.web.draw.ranges import ranges
from onrecord.show.web.draw.timeline import Point, timeline

EVIL = "</title><script>alert(1)</script>\"'&"
DAYS = st.dates().map(lambda day: day.isoformat())


def parsed(picture: object) -> ET.Element:
    assert "<script" not in str(picture)
    return ET.fromstring(str(picture))  # noqa: S314 - our own


def points(*days: str | None, **fields: object) -> list[Point]:
    return [Point(n, f"lane {n % 3}", day, None, EVIL, f"#d-{n}", **fields) for n, day in enumerate(days, 1)]


@given(st.lists(st.none() | DAYS, min_size=1, max_size=30))
def test_every_development_is_on_the_timeline(days: list[str | None]) -> None:
    picture = timeline(points(*days), EVIL)
    if any(days):
        assert len(parsed(picture).findall(".//a")) == len(days)
    else:
        assert picture == ""


def test_marks_of_one_lane_and_day_stand_under_each_other() -> None:
    same = [Point(n, "lane", "2031-05-04", None, "x", f"#{n}") for n in range(5)]
    heights = {circle.get("cy") for circle in parsed(timeline(same, "t")).findall(".//circle")}
    assert len(heights) == 5


def test_a_denial_is_crossed_out_and_a_set_day_drawn() -> None:
    drawn = str(timeline([Point(1, "a", "2031-05-04", "2031-06-01", "x", "#1", denied=True)], "t"))
    assert "strike" in drawn
    assert "plan-end" in drawn


@given(DAYS, DAYS)
def test_ticks_lie_between_the_ends_and_are_few(one: str, other: str) -> None:
    first, last = sorted((ordinal(one), ordinal(other)))
    found = ticks(first, last)
    assert len(found) <= 12
    assert all(first <= tick.day <= last for tick in found)


def test_the_map_shows_every_place_once() -> None:
    spots = [Spot(EVIL, 10.0 * n - 40, 30.0 * n - 90, n + 1, "/x", EVIL) for n in range(6)]
    assert len(parsed(draw(spots, EVIL)).findall(".//circle")) == 6
    assert draw([], "none") == ""
    assert draw([Spot("nowhere", 200.0, 400.0, 1, "/x", "x")], "none") == ""


def test_the_calendar_has_every_day_and_links_those_with_something() -> None:
    drawn = parsed(calendar({"2032-02-29": 3, "2031-01-01": 1}, 2032, "/events", {"type": EVIL}, "events"))
    assert len(drawn.findall(".//rect")) == 366
    links = [link.get("href") for link in drawn.findall(".//a")]
    assert len(links) == 1
    assert "since=2032-02-29" in str(links[0])


@pytest.mark.parametrize("year", [1, 9999])
def test_the_calendar_of_the_first_and_the_last_year(year: int) -> None:
    parsed(calendar({}, year, "/events", {}, "events"))


def test_the_network_leaves_nobody_without_a_tie() -> None:
    ties = [Tie(f"a{n}", f"a{n + 1}", 30 - n, n, "/x") for n in range(20)]
    drawn = parsed(network(ties, {f"a{n}": (EVIL, "/a") for n in range(21)}))
    nodes = [a for a in drawn.findall(".//a") if a.get("class") == "node"]
    lines = [path for path in drawn.findall(".//path") if "tie" in str(path.get("class"))]
    assert 8 <= len(nodes) <= 12
    assert len(lines) >= len(nodes) - 1
    assert network(ties[:1], {"a0": ("x", None), "a1": ("y", None)}) == ""


def test_forces_need_two_days() -> None:
    assert forces([("2031-05-04", "say")], "t") == ""
    drawn = parsed(forces([("2031-05-04", "say"), ("2031-06-04", "threaten"), ("2031-06-05", "praise")], EVIL))
    assert {circle.get("class") for circle in drawn.findall(".//circle")} == {"plain", "hard", "soft"}


def test_rival_figures_stand_side_by_side() -> None:
    by = ActorRef("x", EVIL)
    accounts = (Account(by=by, low=2, high=4), Account(low=None, high=9), Account(low=30, high=None))
    drawn = parsed(ranges(CompetingFigure(what="killed", low=2, high=30, accounts=accounts)))
    assert len(drawn.findall(".//rect")) == 3
    assert ranges(CompetingFigure(what="killed", low=2, high=4, accounts=accounts[:1])) == ""
