"""What changed since the last visit: told by a cookie of one's own, to nobody on the first visit, and never twice."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from onrecord.keep.open import open_view, open_writer
from onrecord.keep.protocol import Query
from onrecord.model.article import ArticleResult
from onrecord.show.cli.reading import renew
from onrecord.show.web import app, front

sys.path.insert(0, str(Path(__file__).parent))  # the helpers beside this file
from browsing import chromium, served, visit

LATER = front.PAUSE + 1
NOTHING = "Nothing was added since your last visit."


class Clock:
    """The time that the front page sees."""

    def __init__(self) -> None:
        self.now = 1_940_000_000

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(front.time, "time", made)
    return made


@pytest.fixture(scope="module")
def articles(demo: Path) -> list[ArticleResult]:
    """The dispatches, one with a step of a deal last."""
    with open_view(demo) as view:
        return sorted(view.articles(), key=lambda one: (bool(one.steps), bool(one.custody)))


@pytest.fixture
def store(tmp_path: Path, articles: list[ArticleResult]) -> Path:
    """All but the last."""
    path = tmp_path / "desk.db"
    with open_writer(path) as writer:
        for one in articles[:-1]:
            writer.add(one)
    renew(path)
    return path


@pytest.fixture
def more(store: Path, articles: list[ArticleResult]) -> Callable[[], ArticleResult]:
    """Reads the last one too."""

    def read() -> ArticleResult:
        with open_writer(store) as writer:
            writer.add(articles[-1])
        renew(store)
        return articles[-1]

    return read


@pytest.fixture
def client(store: Path) -> Iterator[TestClient]:
    with TestClient(app.build(store), base_url="http://127.0.0.1") as found:
        yield found


def touched(store: Path, document: str) -> list[str]:
    """The deals that rest on an article."""
    with open_view(store) as view:
        deals = view.find(Query(kind="deal"))
        return [deal.id for deal in deals if document in {one.document for one in deal.developments}]


def paragraph(page: str) -> str:
    """What the page says of the last visit; "" where it says nothing."""
    return page.split('<p class="visit">')[1].split("</p>", maxsplit=1)[0] if 'class="visit"' in page else ""


def test_the_first_visit_is_told_nothing_and_a_reload_is_the_same_visit(client, clock, more) -> None:
    assert paragraph(client.get("/").text) == ""
    more()
    clock.now += LATER - 2
    assert paragraph(client.get("/").text) == ""


def test_the_next_visit_is_told_what_came_in_and_the_one_after_it_is_not(client, clock, store, more) -> None:
    client.get("/")
    clock.now += LATER
    assert paragraph(client.get("/").text) == NOTHING
    new = more()
    clock.now += LATER
    said = paragraph(client.get("/").text)
    assert "1 new article" in said
    deals = touched(store, new.document.id)
    assert deals
    assert [deal for deal in deals if f'href="/deals/{deal}"' not in said] == []
    assert said.count('href="/deals/') == len(deals)
    assert paragraph(client.get("/").text) == said  # a reload
    clock.now += LATER
    assert paragraph(client.get("/").text) == NOTHING


def test_without_a_cookie_every_visit_is_the_first(client, clock, more) -> None:
    client.get("/")
    more()
    clock.now += LATER
    client.cookies.clear()
    assert paragraph(client.get("/").text) == ""


@pytest.mark.parametrize(
    "cookie", ["", "x", "1.2", "1.2.x", "-1.2.3", "1.2.3.4", f"1.{'9' * 30}.3", "1.999999.3", "<b>.2.3", "٣.٣.٣"]
)
def test_a_broken_cookie_or_that_of_another_store_is_the_first_visit(client, clock, cookie) -> None:
    answer = client.get("/", headers={"Cookie": f"{front.SEEN}={cookie}".encode()})
    assert answer.status_code == 200
    assert paragraph(answer.text) == ""
    told = answer.headers["set-cookie"]
    assert told.startswith(f"{front.SEEN}=")
    assert "HttpOnly" in told
    assert "SameSite=Lax" in told


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.mark.parametrize("script", [True, False])
def test_in_a_browser(browser, clock, store, more, script) -> None:
    """One visitor comes back, another comes for the first time."""
    with served(store) as home, visit(browser, home, script=script) as back, visit(browser, home) as new:
        assert back.go("/").locator(".visit").count() == 0
        read = more()
        clock.now += LATER
        page = back.go("/")
        assert "1 new article" in page.locator(".visit").inner_text()
        deal = touched(store, read.document.id)[0]
        back.follow(page.locator(f".visit a[href='/deals/{deal}']"))
        assert page.url.endswith(deal)
        assert new.go("/").locator(".visit").count() == 0
        back.check()
        new.check()
