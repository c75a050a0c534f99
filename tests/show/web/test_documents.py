"""The reader: every record's words in their place, with links both ways."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.keep.open import open_writer
from onrecord.model.article import ArticleResult
from onrecord.model.record import Record
from onrecord.model.text import Document
from onrecord.pipeline import renew
from onrecord.show.web import app

type Told = tuple[ArticleResult, tuple[Record, ...]]


def test_every_record_has_its_anchor_and_its_note(desk: TestClient, told: Told) -> None:
    """From the text to the note and from the note to the text."""
    result, _ = told
    assert result.document is not None
    page = desk.get(f"/documents/{result.document.id}").text
    for claim in result.claims():
        assert page.count(f'id="e-{claim.id}"') == 1
        assert page.count(f'id="n-{claim.id}"') == 1
        assert f'href="#n-{claim.id}"' in page
        assert f'href="#e-{claim.id}"' in page


def test_the_words_stay_as_they_are(desk: TestClient, told: Told) -> None:
    """The paragraphs without their tags are the article."""
    result, _ = told
    assert result.document is not None
    page = desk.get(f"/documents/{result.document.id}").text
    lines = re.findall(r'<div class="line[^"]*">\s*<p[^>]*>(.*?)</p>', page, re.DOTALL)
    text = [re.sub(r"<[^>]+>", "", line).replace("&#39;", "'").replace("&#34;", '"') for line in lines]
    assert text == [line for line in result.document.text.split("\n") if line.strip()]


def test_what_was_skipped_says_so(desk: TestClient, told: Told) -> None:
    """One line of this article."""
    result, _ = told
    assert result.document is not None
    page = desk.get(f"/documents/{result.document.id}").text
    assert page.count('<p class="skipped"') == 1
    assert "Read more" in page.split('<p class="skipped"')[1][:120]


def test_a_place_without_a_record_can_be_pointed_at(desk: TestClient, told: Told) -> None:
    """A rejection or an account of a figure points at words; they are marked when it is followed."""
    result, _ = told
    assert result.document is not None
    page = desk.get(f"/documents/{result.document.id}?at=0-4").text
    assert re.search(r'<mark class="here[^"]*"[^>]*><span id="here"></span>VILA</mark>', page)


@pytest.mark.parametrize("at", ["x", "5-5", "9-3", "-1-4", "90000-90001", "1-2-3", "0-99999999999"])
def test_a_place_that_cant_be_is_refused(desk: TestClient, told: Told, at: str) -> None:
    """400, never a broken page."""
    result, _ = told
    assert result.document is not None
    assert desk.get(f"/documents/{result.document.id}?at={at}").status_code == 400


def test_notes_name_the_deal_and_the_case_they_went_into(desk: TestClient, told: Told) -> None:
    """From the sentence on to the whole story."""
    result, _ = told
    assert result.document is not None
    page = desk.get(f"/documents/{result.document.id}").text
    assert 'href="/deals/deal-1"' in page
    assert 'href="/cases/case-1"' in page


def test_the_original_is_linked_without_telling_it_who_we_are(desk: TestClient, told: Told) -> None:
    """Only where its address is one of the web (see test_links)."""
    result, _ = told
    assert result.document is not None
    page = desk.get(f"/documents/{result.document.id}").text
    assert '<a href="https://news.example.org/vila" rel="noreferrer nofollow noopener">original</a>' in page


def test_articles_are_found_by_their_words_and_days(desk: TestClient) -> None:
    """The table of articles."""
    assert "Two sailors for two" in desk.get("/documents?q=sailors").text
    assert "Two sailors for two" not in desk.get("/documents?q=submarines").text
    assert "Two sailors for two" not in desk.get("/documents?since=2031-06-01").text


LINES = [
    "Envoys met in Vila on Monday and spoke for nine hours about the return of the fishing fleet.",
    "Orla Venn, who led the first delegation, said that the harbour of Pellin would open after the storms.",
    "The two coasts have had no ferry since the winter of the long strike, in which forty boats were lost.",
]


def test_copies_and_versions_are_linked_both_ways(tmp_path: Path) -> None:
    """The original lists its copies, a copy names its original, an earlier version says so and leads to the latest."""
    here = "https://here.example/talks"
    told = [
        Document(id="wire", title="Nine hours in Vila", text="\n".join(LINES), source="a", published="2031-05-05"),
        Document(id="copy", title="Fleet talks", text="\n".join([*LINES, "See page four."]), source="b", published="2031-05-06"),
        Document(id="old", title="Talks begin", text="Nobody has come out yet.", source=here, updated="2031-05-06T08:00Z"),
        Document(id="new", title="Talks end", text="Everybody has gone home now.", source=here, updated="2031-05-06T20:00Z"),
    ]  # fmt: skip
    store = tmp_path / "kin.db"
    with open_writer(store) as writer:
        writer.add_all(ArticleResult(document=one) for one in told)
        renew(writer)
    with TestClient(app.build(store)) as client:
        shown = {one.id: client.get(f"/documents/{one.id}").text for one in told}
        table = client.get("/documents").text
    assert 'copy of <a href="/documents/wire"' in shown["copy"]
    assert "Copies and versions" in shown["wire"]
    assert 'href="/documents/copy"' in shown["wire"]
    assert "earlier version" in shown["old"]
    assert 'href="/documents/new"' in shown["old"]
    assert 'href="/documents/old"' in shown["new"]
    assert (table.count(">copy<"), table.count(">earlier version<")) == (1, 1)
