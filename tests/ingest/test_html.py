"""Pages: the main text, the title and the date that the page itself states."""

import json

import pytest

from onrecord.ingest.html import from_markup, read_page
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection

BODY = "".join(
    f"<p>Minister Orla Venn said on Monday that paragraph number {number} of the accord would be honoured in full by "
    "the ministry and by its partners in the region.</p>"
    for number in range(6)
)


def page(head: str = "", body: str = BODY) -> str:
    return (
        f"<!doctype html><html><head><title>Venn honours accord</title>{head}</head><body><nav><a href='/'>Home</a>"
        f"</nav><article><h1>Venn honours accord</h1>{body}</article><footer>© 2031 Example</footer></body></html>"
    )


def read(markup: str) -> RawArticle:
    article = from_markup(markup, "page.html")
    assert isinstance(article, RawArticle)
    return article


def test_the_main_text_is_taken_and_the_page_is_not() -> None:
    """No tag and no navigation comes through."""
    article = read(page())
    assert "paragraph number 5" in article.text
    assert "<" not in article.text
    assert "Home" not in article.text


def test_the_date_of_json_ld_is_taken_with_its_zone() -> None:
    """A date and time with zone is kept as such."""
    head = '<script type="application/ld+json">{"@graph":[{"datePublished":"2031-05-02T10:15:00+02:00"}]}</script>'
    article = read(page(head))
    assert article.published == "2031-05-02T10:15+02:00"
    assert article.published_basis == "metadata"


def test_the_date_of_open_graph_is_taken() -> None:
    """A meta element in either order of its attributes."""
    assert read(page('<meta property="article:published_time" content="2031-05-02T08:00:00Z">')).published == (
        "2031-05-02T08:00Z"
    )
    assert read(page('<meta content="2031-05-02" name="date">')).published == "2031-05-02"


def test_a_page_without_a_date_has_none() -> None:
    """Nothing is taken from the clock."""
    assert read(page()).published_basis in {None, "metadata"}
    assert read(page().replace("2031", "")).published is None


def test_broken_json_ld_and_truncated_markup_cost_nothing() -> None:
    """A page cut in the middle still gives what it holds."""
    head = '<script type="application/ld+json">{"datePublished": </script>'
    assert "paragraph number 1" in read(page(head)[:-200]).text


def test_an_empty_page_is_refused_with_its_reason() -> None:
    """No main text: R107."""
    found = from_markup("<html><head><title>x</title></head><body><nav>Home</nav></body></html>", "page.html")
    assert isinstance(found, Rejection)
    assert found.code == "R107"


def ld(**fields) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def test_what_the_page_states_is_taken() -> None:
    """Title, authors, outlet, section, language, update and canonical address."""
    head = ld(
        headline="Venn honours the accord", author=[{"name": "Tilde Marsh"}, {"name": "Omar Pell"}],
        publisher={"name": "Example Wire"}, articleSection="World", datePublished="2031-05-02T10:15:00+02:00",
        dateModified="2031-05-03T09:00:00+02:00",
    ) + '<link rel="canonical" href="https://News.example/venn?utm_source=feed#top">'  # fmt: skip
    article = from_markup(
        page(head).replace("<html>", '<html lang="en-GB">'), "x", url="https://www.news.example/amp/v"
    )
    assert isinstance(article, RawArticle)
    assert article.title == "Venn honours the accord"
    assert article.authors == ("Tilde Marsh", "Omar Pell")
    assert (article.outlet, article.section, article.language) == ("Example Wire", "World", "en")
    assert article.updated == "2031-05-03T09:00+02:00"
    assert article.url == "https://news.example/venn"


def test_a_page_does_not_speak_for_another_site() -> None:
    """A canonical address elsewhere would let a page pass for somebody else's."""
    head = '<link rel="canonical" href="https://other.example/scoop">'
    article = from_markup(page(head), "x", url="https://news.example/copy?id=3&utm_medium=x")
    assert isinstance(article, RawArticle)
    assert article.url == "https://news.example/copy?id=3"


@pytest.mark.parametrize(
    ("head", "url", "day", "others"),
    [
        (ld(datePublished="2031-05-02T23:30:00Z"), "https://n.example/2031/05/03/a", "2031-05-03", "2031-05-02"),
        (
            ld(datePublished="2031-05-02T23:30:00Z")
            + '<meta property="article:published_time" content="2031-05-03T01:30:00+02:00">',
            "https://n.example/a", "2031-05-03T01:30+02:00", "2031-05-02",
        ),
        (
            ld(datePublished="2031-05-02") + '<meta name="pubdate" content="2031-04-11">',
            "https://n.example/a", "2031-05-02", "2031-04-11",
        ),
        (ld(datePublished="2031-05-02T08:00:00+01:00"), "https://n.example/a", "2031-05-02T08:00+01:00", None),
        (ld(datePublished="2031-13-42"), "https://n.example/a", None, None),
    ],
)  # fmt: skip
def test_where_dates_disagree_the_local_day_is_taken_and_the_others_are_said(head, url, day, others) -> None:
    """A day in UTC gives way to the local one; nothing else is changed, and the choice is on record."""
    article = from_markup(page(head).replace("© 2031", "©"), "x", url=url)
    assert isinstance(article, RawArticle)
    assert article.published == day
    assert [note.note.rpartition(" ")[2] for note in article.notes if note.code == "R115"] == (
        [others] if others else []
    )


def test_a_stub_before_a_paywall_is_read_and_said() -> None:
    """R111 beside the article: what stands there is read, and that it is not all of it."""
    short = BODY[: BODY.index("</p>") + 4]
    for head, more in ((ld(isAccessibleForFree=False), ""), ("", "<p>Subscribe to continue reading this article.</p>")):
        article = read(page(head, short + more))
        assert [note.code for note in article.notes] == ["R111"]
    assert read(page(ld(isAccessibleForFree=False), BODY * 2)).notes == ()


def test_a_consent_wall_is_refused() -> None:
    """R112: the wall's own words are no article."""
    wall = (
        "<p>We value your privacy.</p><p>We and our partners use cookies and similar technologies to store and access "
        "information such as browsing data on your device.</p><p>Personalised ads and content, ad and content "
        "measurement, audience research and services development.</p><button>Accept all cookies</button>"
    )
    found = from_markup(f"<html><head><title>x</title></head><body><div>{wall}</div></body></html>", "x")
    assert isinstance(found, Rejection)
    assert found.code == "R112"


def test_a_list_of_links_is_refused() -> None:
    """R113: a front page is many headlines and no article."""
    links = "".join(
        f"<div><p><a href='/{number}'>Minister number {number} travels to the talks again</a></p></div>"
        for number in range(40)
    )
    found = from_markup(f"<html><head><title>x</title></head><body><main>{links}</main></body></html>", "x")
    assert isinstance(found, Rejection)
    assert found.code == "R113"


UPDATES = [
    {"headline": f"Entry {number}", "datePublished": f"2031-05-0{number}T08:0{number}:00+02:00",
     "articleBody": f"<p>The envoy said at hour {number} that talks would go on until the evening.</p>"}
    for number in (3, 2, 1)
]  # fmt: skip


def test_the_entries_of_a_live_blog_are_pieces_with_their_own_times() -> None:
    """From what the page states, and from its markup alone; the text at each piece is that entry's."""
    marked = "".join(
        f"<article class='entry'><time datetime='{one['datePublished']}'>x</time><h3>{one['headline']}</h3>"
        f"{one['articleBody']}</article>"
        for one in UPDATES
    )
    stated = page(ld(**{"@type": "LiveBlogPosting"}, liveBlogUpdate=UPDATES))
    for markup in (stated, page("", f"<div class='live-blog'>{marked}</div>")):
        article = read(markup)
        assert [piece.published for piece in article.pieces] == [f"2031-05-0{n}T08:0{n}+02:00" for n in (3, 2, 1)]
        assert [article.text[piece.start : piece.end].split("\n")[0] for piece in article.pieces] == [
            "Entry 3", "Entry 2", "Entry 1",
        ]  # fmt: skip
        assert "R114" in [note.code for note in article.notes]


def test_the_days_of_entries_are_not_the_day_of_the_page() -> None:
    """A live blog over several days was published on the first of them, and no other day is stated."""
    article = read(
        page(ld(**{"@type": "LiveBlogPosting"}, datePublished="2031-05-01T08:00:00Z", liveBlogUpdate=UPDATES))
    )
    assert (article.published or "")[:10] == "2031-05-01"
    assert "R115" not in [note.code for note in article.notes]


def test_the_body_that_a_page_states_is_taken_where_its_markup_is_empty() -> None:
    """Pages made by script say their text in JSON-LD alone."""
    body = "\n".join(f"Orla Venn said in sentence {number} that the bridge would open." for number in range(12))
    article = from_markup(f"<html><head><title>t</title>{ld(articleBody=body)}</head><body></body></html>", "x")
    assert isinstance(article, RawArticle)
    assert article.text == body


def test_utf8_is_utf8_whatever_the_server_says() -> None:
    """A wrong declaration is noted and costs nothing; Latin-1 means windows-1252."""
    markup = page("", BODY + "<p>“Köprü” said the minister, and the bridge was opened on the same evening.</p>")
    article = read_page(markup.encode(), "x", charset="iso-8859-1")
    assert isinstance(article, RawArticle)
    assert "“Köprü”" in article.text
    assert [note.code for note in article.notes] == ["R110"]
    windows = read_page(markup.encode("cp1252"), "x", charset="ISO-8859-1")
    assert isinstance(windows, RawArticle)
    assert "“Köprü”" in windows.text


def test_the_declared_charset_holds() -> None:
    """A windows-1251 page that says so is read as such."""
    markup = page('<meta charset="windows-1251">', BODY + "<p>Слово Киев стоит здесь, said the minister twice.</p>")
    article = read_page(markup.encode("windows-1251"), "page.html")
    assert isinstance(article, RawArticle)
    assert "Киев" in article.text
