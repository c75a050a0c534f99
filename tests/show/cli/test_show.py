"""`onrecord show`: one kind of record, every filter that is given must fit."""

import csv
import io

import pytest

from onrecord.show.cli.formats import safe_cell
from onrecord.show.cli.show import Kind


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in {Kind.DEAL, Kind.CASE}])
@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_every_kind_in_every_format(run, store, kind, form):
    ran = run("show", kind.value, "--store", store, "--format", form)
    assert ran.code == 0, ran.err
    if kind not in {Kind.JUDGEMENTS, Kind.OUTSIDE}:
        assert ran.out


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["statements"], 2),
        (["statements", "--who", "brondum"], 2),
        (["statements", "--since", "2031-05"], 1),
        (["statements", "--until", "2030"], 0),
        (["statements", "--text", "quiet terms"], 1),
        (["statements", "--limit", "1"], 1),
        (["acts", "--country", "Vanuatu"], 2),
        (["acts", "--type", "ASSAULT"], 0),
        (["deals", "--status", "agreed"], 1),
        (["deals", "--deal", "truce vila"], 1),
        (["cases", "--deal", "deal-1"], 1),
        (["steps", "--deal", "VILA"], 1),
        (["custody", "--who", "weir"], 2),
    ],
)
def test_filters(run, store, options, count):
    ran = run("show", *options, "--store", store, "--format", "jsonl")
    assert len(ran.records) == count
    assert ran.code == 0


def test_a_table_says_how_many_there_are_and_where_a_claim_was_published(run, store):
    ran = run("show", "statements", "--store", store, "--limit", "1")
    assert "1 of 2 statements" in ran.err
    assert "2031-05-04" in ran.out
    assert "Ilse Brøndum" in ran.out


def test_csv_cells_are_no_formulas(run, store):
    rows = list(csv.DictReader(io.StringIO(run("show", "custody", "--store", store, "--format", "csv").out)))
    assert rows[0]["person"] == "Tomás Weir"
    assert [safe_cell(cell) for cell in ("=1", "+1", "-1", "@a", "\tb", "a=1", "")] == [
        "'=1", "'+1", "'-1", "'@a", "'\tb", "a=1", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--since", "2031-13"], "not a date"),
        (["--until", "2031-02-30"], "not a date"),
        (["--country", "Atlantis"], "no country"),
        (["--deal", "nothing of the kind"], "no deal"),
        (["--limit", "-1"], "limit"),
    ],
)
def test_wrong_use_is_exit_code_2(run, store, options, words):
    ran = run("show", "deals", "--store", store, *options)
    assert ran.code == 2
    assert words in ran.err
    assert ran.out == ""


def test_a_missing_store_is_exit_code_1(run):
    ran = run("show", "deals")
    assert ran.code == 1
    assert "there is no store" in ran.err


def test_the_history_of_one_deal_and_one_case(run, store):
    """The deal's words and status, the case's report; an unknown id and a missing one are wrong use."""
    ran = run("show", "deal", "deal-1", "--store", store)
    assert ran.code == 0
    assert "Truce of Vila" in ran.out
    assert "AGREED" in ran.out
    assert "nothing is told" in run("show", "deal", "deal-1", "--as-of", "2030-01-01", "--store", store).out
    assert "DETAINED" in run("show", "case", "case-1", "--store", store).out
    assert run("show", "case", "--store", store).code == 2
    assert run("show", "case", "case-9", "--store", store).code == 2
    assert run("show", "deals", "deal-1", "--store", store).code == 2


def test_changes_need_a_day(run, store):
    """Without a day it is wrong use; with one, what moved since is counted."""
    assert run("changes", "--store", store).code == 2
    ran = run("changes", "--since", "2031-01", "--store", store)
    assert ran.code == 0
    assert "0 changes since 2031-01-01" in ran.err
