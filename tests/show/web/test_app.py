"""The pages together: policy, failures, links that lead somewhere, hostile content."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.model.article import ArticleResult
from onrecord.model.claim import Statement
from onrecord.model.mention import ActorRef
from onrecord.model.record import Actor, Record
from onrecord.model.text import Document
from onrecord.show.web import app

SCRIPT = '<script src="/static/page.js" defer></script>'  # the only one, and our own
FAMILIES = (
    "/", "/deals", "/deals?status=agreed", "/deals/deal-1", "/cases", "/cases/case-1", "/statements", "/events",
    "/events?view=reports", "/events?view=calendar", "/events?view=map", "/events?view=network", "/events/event-1",
    "/statements?speaker=ilse-br%C3%B8ndum", "/statements?speaker=ilse-br%C3%B8ndum&about=VUT", "/review", "/history", "/actors", "/actors/VUT", "/actors/ilse-br%C3%B8ndum", "/documents", "/rejections",
    "/rejections?code=R308", "/rejections?code=R103",
)  # fmt: skip


@pytest.mark.parametrize("path", FAMILIES)
def test_every_page_is_drawn(desk: TestClient, path: str) -> None:
    """Over a store with every kind of record."""
    answer = desk.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert "<main" in answer.text


@pytest.mark.parametrize(
    "path", [*FAMILIES[:1], "/deals", "/cases", "/statements", "/events", "/actors", "/documents", "/rejections"]
)
def test_an_empty_store_has_pages_too(pages: Callable[..., TestClient], path: str) -> None:
    """Before anything is read."""
    assert pages().get(path).status_code == 200


@pytest.mark.parametrize("path", [*FAMILIES, "/nowhere", "/statements?since=x", "/static/page.css", "/static/none"])
def test_one_policy_on_every_response(desk: TestClient, path: str) -> None:
    """Nothing from another host, no inline script or style, no sniffing, no address told to others."""
    answer = desk.get(path)
    assert answer.headers["content-security-policy"].startswith("default-src 'self';")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    if answer.headers["content-type"].startswith("text/html"):
        text = answer.text.replace(SCRIPT, "", 1)
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|<iframe|<img", text)
        assert all(re.match(r"/(static|feeds)/", found) for found in re.findall(r'<link[^>]* href="([^"]+)"', text))


def test_every_link_of_the_site_leads_somewhere(desk: TestClient) -> None:
    """Walk from the front page: no dead page, no dead anchor."""
    waiting, seen, anchors = ["/"], {}, set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = desk.get(path)
        assert answer.status_code == 200, path
        seen[path] = set(re.findall(r'\sid="([^"]+)"', answer.text))
        assert len(seen[path]) == len(re.findall(r'\sid="([^"]+)"', answer.text)), path
        for link in re.findall(r'href="([^"]+)"', answer.text):
            target = unescape(link)
            if target.startswith("http"):
                continue
            page, _, anchor = target.partition("#")
            page = page or path
            if anchor:
                anchors.add((page, anchor))
            if not page.startswith("/static"):
                waiting.append(page)
    assert {(page, anchor) for page, anchor in anchors if anchor not in seen[page]} == set()
    assert len(anchors) > 10


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/statements?since=yesterday", "yesterday"),
        ("/statements?force=shout", "shout"),
        ("/statements?country=Denmark", "Denmark"),
        ("/statements?page=0", "page"),
        ("/statements?page=x", "page"),
        ("/statements?page=99999999999999999999", "page"),
        ("/statements?q=" + "x" * 501, "501"),
        ("/deals?kind=x", "prisoner_exchange"),
        ("/events?view=x", "reports"),
        ("/rejections?code=<b>", "R101"),
    ],
)
def test_a_question_that_cant_be_meant_is_told_why(desk: TestClient, path: str, says: str) -> None:
    """400, with the reason in words."""
    answer = desk.get(path)
    assert answer.status_code == 400
    assert says in answer.text
    assert "<b>" not in answer.text.split("<main")[1].split("<h1>")[1]


@pytest.mark.parametrize(
    "path", ["/nowhere", "/deals/x", "/deals/case-1", "/cases/x", "/actors/x", "/documents/x", "/statements?page=99"]
)
def test_what_is_not_there_is_a_404(desk: TestClient, path: str) -> None:
    """Also where the id is that of a record of another kind."""
    answer = desk.get(path)
    assert answer.status_code == 404
    assert "<h1>Not on record</h1>" in answer.text


def test_pages_only_show(desk: TestClient) -> None:
    """Nothing can be sent to them."""
    assert desk.post("/deals").status_code == 405
    assert desk.head("/").status_code == 200


def test_a_store_that_is_not_there_is_explained(tmp_path: Path) -> None:
    """With what to do, and without a trace of the program."""
    answer = TestClient(app.build(tmp_path / "none.db")).get("/")
    assert answer.status_code == 503
    assert "there is no store here" in answer.text


def test_the_notice_stands_on_every_page(pages: Callable[..., TestClient]) -> None:
    """The demonstration says that it is made up, on failures as well; other stores say nothing."""
    made_up = pages(notice="Made-up <record>")
    for path in ("/", "/documents", "/nowhere"):
        assert (
            '<aside class="notice" aria-label="About this record">Made-up &lt;record&gt;</aside>'
            in made_up.get(path).text
        )
    assert 'class="notice"' not in pages().get("/").text


type Told = tuple[ArticleResult, tuple[Record, ...]]

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202e javascript:alert(1) {{ 7*7 }}"


def hostile() -> Told:
    name = EVIL + "x" * 100_000
    text = EVIL + " said so.\n\n" + EVIL
    document = Document(
        id=Document.id_of(text), title=EVIL, text=text, source="javascript:alert(1)", outlet=name, authors=(EVIL,),
        published="2031-05-04", published_basis="metadata", wire=EVIL,
    )  # fmt: skip
    speaker = ActorRef("evil/../" + EVIL[:60], name, "<b>", EVIL)
    words = document.cite(0, len(EVIL))
    statement = Statement(
        id="statement-1", document=document.id, speaker=speaker, addressee=speaker, via=speaker, cue=None,
        content=(words,), quotation="direct", evidence=(words,),
    )  # fmt: skip
    actor = Actor(id=speaker.actor, name=name, aliases=(EVIL,), sort="person", country="<b>")
    return ArticleResult(document=document, statements=(statement,)), (actor,)


def test_hostile_articles_are_shown_as_text(pages: Callable[..., TestClient]) -> None:
    """Tags, overrides, long names, templates and addresses that run code: words, wherever they stand."""
    result, records = hostile()
    client = pages(result, records=records)
    assert result.document is not None
    walked = ["/", "/statements", "/actors", "/documents", f"/documents/{result.document.id}"]
    link = re.search(r'href="(/actors/[^"]+)"', client.get("/actors").text)
    assert link
    for path in [*walked, unescape(link[1])]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "<script" not in answer.text.replace(SCRIPT, "", 1)
        assert "<img" not in answer.text
        assert "\u202e" not in answer.text
        assert 'href="javascript' not in answer.text
        assert " 49" not in answer.text
        assert len(answer.content) < 40_000, path


def test_hostile_questions_are_shown_as_text(desk: TestClient) -> None:
    """What was asked comes back in the form, escaped."""
    for question in (EVIL, '"', "NEAR(", "a* OR b", "\0", "'; DROP TABLE record;--", "😀", "(" * 200):
        answer = desk.get("/statements", params={"q": question, "who": question[:80]})
        assert answer.status_code == 200
        assert "<script" not in answer.text.replace(SCRIPT, "", 1)


def test_records_without_their_article_are_shown(pages: Callable[..., TestClient], told: Told) -> None:
    """A store may have been cut; the page leaves out what it can't say."""
    lone = pages(records=told[1])
    for path in ("/", "/deals/deal-1", "/cases/case-1", "/events"):
        assert lone.get(path).status_code == 200
