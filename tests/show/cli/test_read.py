"""`onrecord read`: records on stdout and nothing else, one bad source costs that one, Ctrl-C keeps what is done."""

import pytest

from onrecord import pipeline
from onrecord.keep.open import open_view
from onrecord.model import wire
from onrecord.model.article import ArticleResult
from onrecord.model.rejection import Rejection

TEXTS = {
    "one.txt": "Delegates met in Vila on the quiet terms of a truce.",
    "two.txt": "Officials said nothing at all about a café that burned.",
}


@pytest.fixture
def reader(monkeypatch, made):
    """A reader that takes no model: every article gives one claim of each kind; some words make trouble."""

    def per_article(raw, kit):
        if raw.text.startswith("Crash"):
            message = "a law was broken"
            raise RuntimeError(message)
        if raw.text.startswith("Stop"):
            raise KeyboardInterrupt
        if raw.text.startswith("Refuse"):
            return ArticleResult(document=None, rejections=(Rejection(code="R201", stage="read"),))
        return made(raw.text, published=raw.published, source=raw.source)

    monkeypatch.setattr(pipeline.Kit, "build", lambda settings: settings)
    monkeypatch.setattr(pipeline, "per_article", per_article)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "in"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def kinds(records):
    return [record["kind"] for record in records]


def test_jsonl_is_every_record_and_nothing_else(run, reader, folder):
    ran = run("read", folder, "--format", "jsonl")
    assert ran.code == 0
    assert list(wire.decode_lines(ran.out.splitlines()))
    assert kinds(ran.records).count("document") == 2
    assert kinds(ran.records).count("statement") == 2
    assert not list(folder.parent.glob("*.db"))


def test_summary_tells_claims_and_what_was_not_taken(run, reader, folder):
    ran = run("read", folder / "one.txt")
    assert ran.code == 0
    for words in ("Statements (1)", "Ilse Brøndum", "Acts (1)", "Custody (1)", "no speaker was found", "=no speaker"):
        assert words in ran.out
    assert "nothing is kept without --store" in ran.err


def test_many_articles_get_a_line_each(run, reader, folder):
    for number in range(5):
        (folder / f"x{number}.txt").write_text(f"Envoy {number} left.", encoding="utf-8")
    ran = run("read", folder)
    assert "✓ no date" in ran.out
    assert "7 read" in ran.err


def test_reading_into_a_store_twice_changes_nothing(run, reader, folder, tmp_path):
    store = tmp_path / "desk.db"
    assert "2 new or changed" in run("read", folder, "--store", store).err
    assert "0 new or changed" in run("read", folder, "--store", store).err
    with open_view(store) as view:
        assert view.counts()["document"] == 2


def test_a_store_may_be_named_in_the_environment(run, reader, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "named.db"))
    run("read", folder, "--format", "jsonl")
    with open_view(tmp_path / "named.db") as view:
        assert view.counts()["document"] == 2


def test_what_goes_wrong_with_one_source_costs_that_one(run, reader, folder, tmp_path):
    (folder / "a-crash.txt").write_text("Crash here.")
    (folder / "b-empty.txt").write_text("")
    (folder / "c-refused.txt").write_text("Refuse this.")
    store = tmp_path / "desk.db"
    ran = run("read", folder, folder / "missing.txt", "--store", store)
    assert ran.code == 0
    assert "2 read, 4 refused" in ran.err
    assert "a-crash.txt: could not be read: RuntimeError: a law was broken; please report this" in ran.err
    with open_view(store) as view:
        counts = view.counts()
    assert counts["document"] == 2
    assert counts["rejection"] == 2 + 4


def test_nothing_at_all_could_be_read_is_exit_code_1(run, reader, tmp_path):
    ran = run("read", tmp_path / "missing.txt", "--format", "jsonl")
    assert ran.code == 1
    assert kinds(ran.records) == ["rejection"]


def test_ctrl_c_keeps_what_was_read(run, reader, folder, tmp_path):
    (folder / "three.txt").write_text("Stop at once.")
    (folder / "zzz.txt").write_text("Never reached.")
    store = tmp_path / "desk.db"
    ran = run("read", folder / "one.txt", folder / "three.txt", folder / "zzz.txt", "--store", store)
    assert ran.code == 130
    assert "stopped: 1 articles were read before that and are kept" in ran.err
    with open_view(store) as view:
        assert view.counts()["document"] == 1


@pytest.mark.parametrize(
    "wrong",
    [["read"], ["read", "x.txt", "--format", "xml"], ["read", "x.txt", "--published", "soon"], ["read", "x", "--nix"]],
)
def test_wrong_use_is_exit_code_2(run, reader, wrong):
    ran = run(*wrong)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_what_stands_in_a_text_can_not_steer_the_terminal(run, reader, folder):
    (folder / "esc.txt").write_text("Envoys \x1b[31mwent\x07 red\u202e.", encoding="utf-8")
    ran = run("read", folder / "esc.txt")
    assert not set("\x1b\x07\u202e") & set(ran.out)
