"""`onrecord judge`: judgements are kept beside the articles, with a reason, and can be withdrawn."""

import pytest

from onrecord import pipeline
from onrecord.keep.open import open_view


@pytest.fixture(autouse=True)
def _rebuilding(monkeypatch):
    monkeypatch.setattr(pipeline, "renew", lambda *_, **__: pipeline.Renewed(0, 0, 0, whole=False))


def judgements(store):
    with open_view(store) as view:
        return list(view.judgements())


def test_a_judgement_is_kept_and_withdrawn(run, store):
    assert run("judge", "VUT", "different", "case-1", "--because", "no", "--by", "me", "--store", store).code == 0
    made = judgements(store)[0]
    assert (made.left, made.verdict, made.right, made.by) == ("VUT", "different", "case-1", "me")
    assert run("judge", "--withdraw", made.id, "--store", store).code == 0
    assert judgements(store)[0].withdrawn_at is not None
    assert "different" in run("show", "judgements", "--store", store).out


def test_a_field_is_corrected(run, store):
    ran = run("judge", "case-1", "--set", "status=released", "--because", "a call", "--store", store)
    assert ran.code == 0
    assert (judgements(store)[0].field, judgements(store)[0].value) == ("status", "released")


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["VUT", "same", "nobody", "--because", "x"],
        ["VUT", "similar", "case-1", "--because", "x"],
        ["VUT", "same", "case-1"],
        ["case-1", "--set", "colour=red", "--because", "x"],
        ["case-1", "--set", "status", "--because", "x"],
        ["case-1", "--set", "status=flown", "--because", "x"],
        ["case-1", "--set", "id=case-2", "--because", "x"],
        ["case-1", "--set", "documents=many", "--because", "x"],
        ["--withdraw", "judgement-9"],
    ],
)
def test_wrong_use_keeps_nothing(run, store, wrong):
    assert run("judge", *wrong, "--store", store).code == 2
    assert judgements(store) == []


def test_rebuild_needs_a_store(run, store, tmp_path):
    assert run("rebuild", "--store", store).code == 0
    assert run("rebuild", "--store", tmp_path / "nix.db").code == 2
    assert not (tmp_path / "nix.db").exists()
