"""`onrecord read --again CODE`: what was rejected is read once more, from the text that is kept or from its source."""

import pytest

from onrecord import pipeline
from onrecord.keep.open import open_view
from onrecord.model.article import ArticleResult
from onrecord.model.rejection import Rejection


@pytest.fixture
def mended(monkeypatch, made):
    """A reader with a fault, and a way to mend it: texts that open with Norsk are refused until then."""
    faults = {"on": True}

    def per_article(raw, kit):
        if faults["on"] and raw.text.startswith("Norsk"):
            return ArticleResult(document=None, rejections=(Rejection(code="R201", stage="read", source=raw.source),))
        result = made(raw.text, published=raw.published, source=raw.source)
        return result if faults["on"] else ArticleResult(document=result.document)

    monkeypatch.setattr(pipeline.Kit, "build", lambda settings: settings)
    monkeypatch.setattr(pipeline, "per_article", per_article)
    return faults


def counts(path):
    with open_view(path) as view:
        return view.counts()


def test_what_was_refused_whole_is_opened_again(run, mended, tmp_path):
    """And its rejection is gone once it can be read."""
    (tmp_path / "a.txt").write_text("Norsk delegates met in Vila on the quiet terms of a truce.")
    run("read", "a.txt", "--store", "desk.db")
    assert (counts(tmp_path / "desk.db")["document"], counts(tmp_path / "desk.db")["rejection"]) == (0, 1)
    mended["on"] = False
    ran = run("read", "--again", "R201", "--store", "desk.db")
    assert ran.code == 0
    assert (counts(tmp_path / "desk.db")["document"], counts(tmp_path / "desk.db")["rejection"]) == (1, 0)


def test_what_was_kept_is_read_again_from_its_own_text(run, mended, tmp_path):
    """The source may be gone."""
    file = tmp_path / "a.txt"
    file.write_text("Delegates met in Vila on the quiet terms of a truce.")
    run("read", "a.txt", "--store", "desk.db")
    assert counts(tmp_path / "desk.db")["rejection"] == 1
    file.unlink()
    mended["on"] = False
    assert "1 read" in run("read", "--again", "R301", "--store", "desk.db").err
    assert counts(tmp_path / "desk.db")["rejection"] == 0


@pytest.mark.parametrize("wrong", [["read"], ["read", "--again", "R999"], ["read", "a.txt", "--again", "R301"]])
def test_wrong_use_is_exit_code_2(run, mended, store, wrong):
    """Either sources or a code, and a code that there is."""
    assert run(*wrong, "--store", store).code == 2
