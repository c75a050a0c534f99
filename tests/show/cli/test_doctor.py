"""`onrecord doctor`: says what is wrong, and ends with 1 for it."""

from importlib import metadata

import pytest

from onrecord.lexicon.load import shipped


def test_all_is_well_here(run, store):
    """Packages, settings, lexicon and store are looked at."""
    ran = run("doctor", "--no-read", "--store", store)
    assert ran.code == 0, ran.out
    assert "all well" in ran.out
    for what in ("python", "settings", "lexicon", "store"):
        assert f"ok     {what}" in ran.out


def test_a_setting_that_is_wrong_is_said(run, monkeypatch):
    """Before anything that needs it."""
    monkeypatch.setenv("ONRECORD_COLOUR", "red")
    ran = run("doctor", "--no-read")
    assert ran.code == 1
    assert "WRONG  settings" in ran.out


def test_a_broken_lexicon_and_a_foreign_store_are_said(run, tmp_path, monkeypatch):
    """Each by its own line; the other checks go on."""
    folder = tmp_path / "lexicon"
    folder.mkdir()
    for file in shipped().iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "offices.csv").write_text("country\nX\n")
    monkeypatch.setenv("ONRECORD_LEXICON", str(folder))
    (tmp_path / "foreign.db").write_bytes(b"no database at all" * 99)
    ran = run("doctor", "--no-read", "--store", "foreign.db")
    assert ran.code == 1
    assert "WRONG  lexicon: LexiconError: offices.csv:1" in ran.out
    assert "WRONG  store" in ran.out
    assert "2 wrong" in ran.out


@pytest.mark.parametrize("missing", ["msgspec"])
def test_a_package_that_is_missing_is_said(run, monkeypatch, missing):
    """By name."""
    known = metadata.version

    def version(name):
        if name == missing:
            raise metadata.PackageNotFoundError(name)
        return known(name)

    monkeypatch.setattr(metadata, "requires", lambda _: [missing, "rich>=1"])
    monkeypatch.setattr(metadata, "version", version)
    assert "msgspec is missing" in run("doctor", "--no-read").out
