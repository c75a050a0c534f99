"""Records for a person: a table where there is room, one below the other where there isn't, never half a word lost."""

import io

import pytest
from rich.console import Console

from onrecord.model import wire
from onrecord.model.moment import Period
from onrecord.show.cli.columns import COLUMNS, period
from onrecord.show.cli.rows import Rows, headings, row
from onrecord.show.cli.screen import line, plain, shortened

TEXT = "Delegates met in Vila on the quiet terms of a truce."


def printed(rows, width):
    console = Console(width=width, file=io.StringIO(), markup=False)
    console.print(rows)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [20, 80, 110, 140, 200])
def test_every_width_shows_who_and_what(made, width):
    said = printed(
        Rows(made(TEXT).statements, "statement", title="Statements", published=lambda _: "2031-05-04"), width
    )
    words = " ".join(said.split())
    assert "Statements" in words
    assert "2031-05-04" in words
    assert "Brøndum" in words
    assert "statement-" in words


def test_columns_that_are_empty_throughout_are_left_out(made):
    assert "charge" not in printed(Rows(made(TEXT).custody, "custody"), 140)


def test_every_kind_has_its_columns(made):
    assert set(COLUMNS) == set(wire.KINDS)
    act = made(TEXT).acts[0]
    assert len(list(row("act", act, lambda _: None))) == len(headings("act", lambda _: None))
    assert len(list(row("act", act))) == len(headings("act"))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (Period(None, None), ""),
        (Period("2031-05-01", "2031-05-01"), "2031-05-01"),
        (Period("2031-05-01", "2031-05-31", "month"), "2031-05"),
        (Period("2031-01-01", "2031-12-31", "year"), "2031"),
        (Period("2031-05-01", None), "2031-05-01 to"),
        (Period("2031-05-01", "2031-05-03"), "2031-05-01 to 2031-05-03"),
    ],
)
def test_a_period_is_said_as_precisely_as_it_is_known(value, said):
    assert period(value) == said


def test_text_is_made_harmless_and_cut_at_blanks():
    assert plain("a\x1b[2Jb\tc\nd") == "a\N{REPLACEMENT CHARACTER}[2Jb c\nd"
    assert line("  a \n b ") == "a b"
    assert shortened("Envoys left the hall", 13) == "Envoys left…"
    assert shortened("x" * 20, 10) == "x" * 9 + "…"
    assert shortened("short", 10) == "short"
