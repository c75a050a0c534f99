"""Addresses: ours are quoted, those of others are only ever http and https."""

import pytest

from onrecord.model.text import Document, Span
from onrecord.show.web import links


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("https://news.example.org/a?b=c", True),
        ("http://news.example.org/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>1</script>", False),
        ("java\nscript:alert(1)", False),
        ("https://[broken", False),
        ("https://", False),
        ("folder/article.txt", False),
        ("//news.example.org/x", False),
        ("https://news.example.org/" + "x" * 100_000, False),
    ],
)
def test_only_web_addresses_become_links(source: str, linked: bool) -> None:
    """Everything else is shown as text."""
    document = Document(id="doc-1", title=None, text="x", source=source)
    assert links.original(document) == (source if linked else None)


def test_ids_are_quoted() -> None:
    """A slug may hold anything; the address holds all of it in one segment."""
    assert links.page("actors", "a/b?c#d é") == "/actors/a%2Fb%3Fc%23d%20%C3%A9"
    assert links.page("actors", "x" * 600) is None
    assert links.page("actors", "") is None
    assert links.page("actors", "..") is None


def test_the_words_of_a_span_have_an_address() -> None:
    """Also where no record stands behind it."""
    assert links.at(Span(3, 7, "four", "doc-1")) == "/documents/doc-1?at=3-7#here"
    assert links.spot("doc-1", "act-2") == "/documents/doc-1#e-act-2"


def test_values_of_the_query_are_kept_and_changed() -> None:
    """Empty ones are left out."""
    assert links.with_values("/x", {"q": "a b", "who": ""}, page=2) == "/x?q=a+b&page=2"
    assert links.with_values("/x", {"page": "3"}, page=None) == "/x"
