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


def _date(result, word):
    act = next(act for act in result.acts if act.trigger.text == word)
    return (act.date.since, act.date.until) if act.date is not None else None


def test_a_week_of_fighting_ends_with_the_day_that_is_told(read):
    result = read("Chile on Tuesday proposed a truce between Norway and Peru after a week of fighting.", "2026-03-03")
    assert _date(result, "fighting") == ("2026-02-24", "2026-03-03")


def test_so_many_days_from_a_day_have_an_end(read):
    result = read("Norway and Peru will halt attacks for ten days from Friday.", "2026-03-11")
    assert _date(result, "halt") == ("2026-03-13", "2026-03-22")


def test_what_goes_on_since_a_day_is_known_up_to_the_day_of_the_article(read):
    result = read("Norway has detained the reporter since 2016.", "2023-09-19")
    assert _date(result, "detained") == ("2016-01-01", "2023-09-19")


def test_a_truce_that_saw_people_freed_dates_it(read):
    result = read("A truce in November 2023 saw 105 hostages released by Norway.", "2025-01-25")
    assert _date(result, "released") == ("2023-11-01", "2023-11-30")


def test_the_day_of_a_deed_told_before_is_its_day(read):
    text = "Norway attacked Peru on Monday. On the day of the attack, Peru imposed sanctions on Norway."
    assert _date(read(text, "2026-03-04"), "imposed") in {None, ("2026-03-02", "2026-03-02")}


def test_a_year_that_describes_a_noun_is_no_day_to_count_from(read):
    text = "Norway attacked Peru last Thursday. Both had signed the 2016 peace accord. Peru closed its embassy a day later."
    moments = [one for one in read(text, "2025-01-21").moments if one.text == "a day later"]
    assert [one.value for one in moments] == ["2025-01-17"]


def test_a_deed_is_dated_by_what_came_a_day_after_it(read):
    landed = "The hostages landed in Oslo on Tuesday, a day after an attack on Norway."
    result = read(f"{landed} On the day of the attack, Peru imposed sanctions on Norway.", "2026-03-04")
    assert _date(result, "attack") == _date(result, "imposed") == ("2026-03-02", "2026-03-02")
