"""Days of acts: counted from another clause, of the coming week, and never taken where nothing says so."""

from onrecord.extract.acts_when import coming
from onrecord.model.moment import Period
from onrecord.model.text import Span

DATE = "2031-05-21"  # a Wednesday


def days(read, text, kind):
    """The days of the acts of one type."""
    return [act.date and (act.date.since, act.date.until) for act in read(text, DATE).acts if act.type == kind]


def test_a_day_is_counted_from_the_main_clause(read):
    """ "... on Monday, two days after X did it": X did it on Saturday."""
    text = "Norway imposed sanctions on Peru on Monday, two days after Peru attacked Chad with rockets.\n"
    assert days(read, text, "SANCTION") == [("2031-05-19", "2031-05-19")]
    assert days(read, text, "ASSAULT") == [("2031-05-17", "2031-05-17")]


def test_nothing_is_counted_from_a_clause_without_a_day(read):
    """Without a day to count from there is none to give."""
    text = "Norway imposed sanctions on Peru two days after Peru attacked Chad with rockets.\n"
    assert days(read, text, "ASSAULT") == [None]


def test_a_planned_weekday_is_the_coming_one():
    """A bare weekday of what is still to come lies ahead."""
    past = Period("2031-05-19", "2031-05-19", "day", Span(start=0, end=6, text="Monday"))
    assert coming(past, DATE).since == "2031-05-26"
    given = Period("2031-05-19", "2031-05-19", "day", Span(start=0, end=6, text="May 19"))
    assert coming(given, DATE) == given
