"""`onrecord why`: the sentences behind a record, the words marked, with where they stand."""

import pytest

from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query
from onrecord.show.cli.passages import behind

KINDS = ("statement", "act", "step", "custody", "deal", "case", "event", "actor")


def records(store, kind):
    with open_view(store) as view:
        return list(view.find(Query(kind=kind)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_with_an_id_is_explained(run, store, kind):
    for record in records(store, kind):
        ran = run("why", record.id, "--store", store)
        assert ran.code == 0, ran.err
        assert "**" in ran.out
        assert "doc-" in ran.out
        assert "[0, " in ran.out


def test_whose_claim_it_is(run, store):
    act = records(store, "act")[0]
    assert "as said by Ilse Brøndum" in run("why", act.id, "--store", store).out
    step = records(store, "step")[0]
    assert "the article's own words" in run("why", step.id, "--store", store).out


def test_a_deal_shows_what_speaks_against_it(run, store):
    ran = run("why", "deal-1", "--store", store)
    assert "against it: denied" in ran.out


def test_marks_stand_where_they_say(store):
    with open_view(store) as view:
        for kind in KINDS:
            for record in view.find(Query(kind=kind)):
                for passage in behind(view, record, view.find(Query(kind="mention", who=record.id))):
                    text = passage.document.text
                    assert text[passage.start : passage.start + len(passage.text)] == passage.text
                    assert passage.marks == tuple(sorted(passage.marks))
                    assert all(
                        passage.start <= start < end <= passage.start + len(passage.text)
                        for start, end in passage.marks
                    )


def test_an_unknown_id_is_wrong_use(run, store):
    ran = run("why", "deal-9", "--store", store)
    assert (ran.code, ran.out) == (2, "")
    assert "no record 'deal-9'" in ran.err
