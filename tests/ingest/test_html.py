"""Pages: the main text, the title and the date that the page itself states."""

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


def test_the_declared_charset_holds() -> None:
    """A windows-1251 page that says so is read as such."""
    markup = page('<meta charset="windows-1251">', BODY + "<p>Слово Киев стоит здесь, said the minister twice.</p>")
    article = read_page(markup.encode("windows-1251"), "page.html")
    assert isinstance(article, RawArticle)
    assert "Киев" in article.text
