"""`onrecord demo`: the manifest's articles, a brief, and no pages where none are wanted."""

import json

import pytest

from onrecord import pipeline
from onrecord.keep.open import open_view
from onrecord.keep.protocol import Query


@pytest.fixture(autouse=True)
def _reader(monkeypatch, made):
    monkeypatch.setattr(pipeline.Kit, "build", lambda settings: settings)
    monkeypatch.setattr(
        pipeline, "per_article", lambda raw, _: made(raw.text, published=raw.published, source=raw.outlet)
    )


def test_the_demonstration_reads_what_the_manifest_names(run, tmp_path):
    folder = tmp_path / "dispatches"
    (folder / "one").mkdir(parents=True)
    (folder / "one" / "article.txt").write_text("Delegates met in Vila.")
    (folder / "one" / "text.txt").write_text("The same once more.")
    lines = [{"folder": "one", "file": "article.txt", "published": "2031-05-04", "source_name": "The Vila Post"}]
    (folder / "manifest.json").write_text(json.dumps(lines))
    ran = run("demo", folder, "--no-serve", "--store", "demo.db")
    assert ran.code == 0, ran.err
    assert "1 dispatches read" in ran.err
    assert "made up" in ran.err
    assert "In the record: 1 documents" in ran.out
    with open_view(tmp_path / "demo.db") as view:
        document = next(view.find(Query(kind="document")))
    assert (document.published, document.source) == ("2031-05-04", "The Vila Post")


def test_a_folder_without_a_manifest_is_wrong_use(run, tmp_path):
    assert run("demo", tmp_path, "--no-serve").code == 2
