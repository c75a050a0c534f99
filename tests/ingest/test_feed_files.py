"""Feeds of every kind to links; what is no feed says so."""

import json

import pytest

from onrecord.ingest.feed_files import is_feed, take
from onrecord.ingest.sandbox import Job

RSS = "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title><item><link>/a?utm_source=x</link><title>One &amp; two</title><pubDate>Mon, 05 May 2031 10:00:00 +0200</pubDate></item><item><link>javascript:alert(1)</link></item></channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title><entry><link href='https://n.example/a'/><title>One &amp; two</title><published>2031-05-05T08:00:00Z</published><updated>2031-05-06T08:00:00Z</updated></entry></feed>"
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "url": "https://n.example/a",
                "title": "One & two",
                "date_published": "2031-05-05T10:00:00+02:00",
            }
        ],
    }
)
NEWS = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://n.example/a</loc><news:news><news:publication_date>2031-05-05</news:publication_date><news:title>One &amp; two</news:title></news:news></url></urlset>"


def taken(text):
    return take(Job(task="feed", data=text.encode(), source="x", url="https://n.example/feed"))


@pytest.mark.parametrize("text", [RSS, ATOM, JSON, NEWS], ids=["rss", "atom", "json", "sitemap"])
def test_links_with_what_the_feed_says(text):
    """Address in one form, title, day; an address that is none is left out."""
    (link,) = taken(text).links
    assert link.url == "https://n.example/a"
    assert link.title == "One & two"
    assert link.published.startswith("2031-05-05")


def test_lists_of_feeds():
    """OPML and indexes of sitemaps give feeds, not links."""
    opml = (
        "<opml version='2.0'><body><outline text='x'><outline xmlUrl='https://n.example/rss'/></outline></body></opml>"
    )
    index = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://n.example/s.xml</loc></sitemap></sitemapindex>"
    assert taken(opml).feeds == ("https://n.example/rss",)
    assert taken(index).feeds == ("https://n.example/s.xml",)


@pytest.mark.parametrize("text", ["", "no feed at all", "{}", '{"version": 3}', "<html><body>x</body></html>"])
def test_what_is_no_feed_says_so(text):
    """R121, never an exception."""
    assert [one.code for one in taken(text).rejections] == ["R121"]


def test_a_file_of_the_machine_is_not_read_by_way_of_an_entity():
    """External entities stay what they are."""
    text = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" + NEWS.replace("One &amp; two", "&e;")
    assert all(not (link.title or "").strip() or "&" in (link.title or "") for link in taken(text).links)


def test_feeds_are_told_from_pages():
    """By content type or by root."""
    assert all(is_feed(text.encode()) for text in (RSS, ATOM, JSON, NEWS))
    assert is_feed(b"x", "application/rss+xml")
    assert not is_feed(b"<!doctype html><html><head><title>feed</title>")
    assert not is_feed(b'{"text": "x"}')
