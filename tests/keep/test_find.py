"""Queries become SQL: values are parameters, and a page of records needs no sorting."""

import pytest

from onrecord.keep.find import select, where
from onrecord.keep.keys import bounds
from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query

TEXT = "Delegates met in Vila on the quiet terms of a truce."
NASTY = "'; DROP TABLE record; --"


def test_values_never_stand_in_the_statement():
    fields = ("who", "country", "since", "until", "deal", "document", "status", "type", "text")
    statement, values = select(Query(kind=NASTY, **dict.fromkeys(fields, NASTY)))
    assert "DROP" not in statement
    assert statement.count("?") == len(values)


def test_no_filter_no_term():
    assert where(Query(kind="act")) == ("+kind = ? AND row BETWEEN ? AND ?", ["act", *bounds("act")])


@pytest.mark.parametrize("fields", [{}, {"since": "2031-01-01"}, {"status": "agreed"}, {"limit": 5}])
def test_a_page_needs_no_sorting(tmp_path, made, fields):
    path = tmp_path / "desk.db"
    with open_writer(path) as writer:
        writer.add(made(TEXT))
    with open_view(path) as view:
        statement, values = select(Query(kind="step", **fields))
        plan = [row[3] for row in view._connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert not [step for step in plan if "TEMP B-TREE" in step], plan


def test_nasty_words_find_nothing_and_break_nothing(tmp_path, made):
    path = tmp_path / "desk.db"
    with open_writer(path) as writer:
        writer.add(made(TEXT))
    with open_view(path) as view:
        for field in ("who", "country", "deal", "document", "status", "type", "text"):
            assert list(view.find(Query(kind="act", **{field: NASTY}))) == []
        assert view.counts()["act"] == 1
