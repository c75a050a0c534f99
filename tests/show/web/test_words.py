"""How the pages write values down."""

import pytest

from onrecord.model.moment import Period
from onrecord.show.web import words


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (Period("2031-05-04", "2031-05-04"), "4 May 2031"),
        (Period("2031-05-01", "2031-05-31", "month"), "May 2031"),
        (Period("2031-01-01", "2031-12-31", "year"), "2031"),
        (Period("2031-05-26", "2031-06-01", "week"), "26 May – 1 June 2031"),
        (Period("2031-05-04", "2031-05-09"), "4–9 May 2031"),
        (Period("2031-12-30", "2032-01-02"), "30 December 2031 – 2 January 2032"),
        (Period("2031-05-01", "2031-05-31", "approx"), "about May 2031"),
        (Period(None, "2031-05-04"), "until 4 May 2031"),
        (Period("2031-05-04", None), "from 4 May 2031"),
        (Period(None, None), ""),
        (None, ""),
    ],
)
def test_a_period_is_written_as_it_is_known(period: Period | None, said: str) -> None:
    """Never padded: a month stays a month, an open end stays open."""
    assert words.period(period).striptags() == said


def test_a_single_day_is_marked_up_as_one() -> None:
    """Programs that read the page find the day."""
    assert '<time datetime="2031-05-04">' in words.period(Period("2031-05-04", "2031-05-04"))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (12, 12, "12"),
        (12, None, "at least 12"),
        (None, 40, "up to 40"),
        (1200, 1500, "1,200–1,500"),
        (None, None, "an unknown number"),
    ],
)
def test_counts_keep_their_bounds(low: int | None, high: int | None, said: str) -> None:
    """ "At least 12" is never 12."""
    assert words.count_of(low, high) == said


def test_long_text_is_cut_and_says_so() -> None:
    """A name of 100 kB doesn't make a page of 100 kB."""
    assert len(words.short("x" * 100_000)) < 400
    assert words.short("x" * 100_000).endswith("…")
    assert words.short("a " * 100_000).endswith("…")
    assert words.short("short  and\nsweet") == "short and sweet"


def test_controls_are_written_out() -> None:
    """Overrides, isolates and C0 controls can't hide; combining marks and right-to-left letters stay."""
    assert words.plain("a\u202eb\u2066c\0d") == "a[U+202E]b[U+2066]c[U+0000]d"
    assert words.plain("שלום é") == "שלום é"


def test_countries_have_names() -> None:
    """Unknown codes stay as they are."""
    assert words.country("DNK") == "Denmark"
    assert words.country("XKX") == "XKX"
    assert words.country(None) == ""


def test_a_day_that_is_none_is_shown_as_text() -> None:
    """What a page claims as its date may be anything."""
    assert words.day("soon") == "soon"
    assert words.day("2031-05-04T10:00:00+02:00") == "4 May 2031"
    assert words.day(None) == ""
