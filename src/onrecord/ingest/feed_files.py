"""Feeds to links: RSS, Atom, JSON Feed, news sitemaps and their indexes, OPML lists. Runs in the child process.

Comes in: bytes. Goes out: links to articles with what the feed says of them, and the addresses of further feeds.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import msgspec

from onrecord.ingest.address import canonical
from onrecord.ingest.html_facts import iso, line
from onrecord.ingest.sandbox import Job, Link, Taken
from onrecord.model.rejection import Rejection

_MOST = 5000
_ROOT = re.compile(rb"<(?:[A-Za-z0-9_]+:)?(urlset|sitemapindex|opml|rss|feed|rdf|RDF)[\s>]")


class _Item(msgspec.Struct):
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class _JsonFeed(msgspec.Struct):
    version: str
    items: list[_Item] = []


def is_feed(data: bytes, kind: str = "") -> bool:
    """Say whether these bytes, of this content type, are a feed rather than a page."""
    if kind.endswith(("rss+xml", "atom+xml", "feed+json")):
        return True
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        return b"jsonfeed.org/version" in head
    return head.startswith(b"<") and b"<html" not in head[:2000].lower() and _ROOT.search(head) is not None


def take(job: Job) -> Taken:
    """Return the links of a feed; R121 where it can't be understood."""
    base = job.url or ""
    data = job.data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"{"):
        found = _json(data)
    else:
        root = _ROOT.search(data[:8192])
        kind = root.group(1).decode().lower() if root else ""
        reading = {"urlset": _sitemap, "sitemapindex": _index, "opml": _opml}.get(kind, _parsed)
        found = reading(data) if kind else None
    if found is None:
        return Taken(rejections=(Rejection(code="R121", stage="ingest", source=job.source),))
    links, feeds = found
    return Taken(links=tuple(_resolved(links, base)), feeds=tuple(_addresses(feeds, base)))


type Found = tuple[list[Link], list[str]] | None


def _json(data: bytes) -> Found:
    try:
        feed = msgspec.json.decode(data, type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return [
        Link(
            url=item.url or item.external_url or "", title=line(item.title), published=iso(item.date_published),
            updated=iso(item.date_modified),
        )
        for item in feed.items[:_MOST]
    ], []  # fmt: skip


def _parsed(data: bytes) -> Found:
    import feedparser  # noqa: PLC0415 - only feeds pay for it

    parsed: Any = feedparser.parse(data)
    if not parsed.entries and parsed.bozo and not parsed.feed:
        return None
    return [
        Link(
            url=str(entry.get("link") or ""), title=line(entry.get("title")),
            published=_time(entry.get("published_parsed")), updated=_time(dict(entry).get("updated_parsed")),
        )
        for entry in parsed.entries[:_MOST]
    ], []  # fmt: skip


def _time(parts: Any) -> str | None:
    try:
        year, month, day, hour, minute = parts[:5]
        return datetime(year, month, day, hour, minute, tzinfo=UTC).strftime("%Y-%m-%dT%H:%MZ")
    except (ValueError, TypeError):
        return None


def _tree(data: bytes) -> Any:
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    return etree.fromstring(data, parser)


def _sitemap(data: bytes) -> Found:
    root = _tree(data)
    if root is None:
        return None
    return [
        Link(
            url=_text(one, "loc"), title=line(_text(one, "title")), published=iso(_text(one, "publication_date")),
            updated=iso(_text(one, "lastmod")),
        )
        for one in root.iterfind("{*}url")
    ][:_MOST], []  # fmt: skip


def _index(data: bytes) -> Found:
    root = _tree(data)
    return None if root is None else ([], [_text(one, "loc") for one in root.iterfind("{*}sitemap")][:200])


def _opml(data: bytes) -> Found:
    root = _tree(data)
    if root is None:
        return None
    return [], [address for one in root.iter("outline") if (address := one.get("xmlUrl") or one.get("xmlurl"))][:1000]


def _text(node: Any, name: str) -> str:
    found = node.find(f".//{{*}}{name}")
    return (found.text or "").strip() if found is not None else ""


def _resolved(links: list[Link], base: str) -> Iterator[Link]:
    seen = set()
    for link in links:
        for url in _addresses([link.url], base):
            if url not in seen:
                seen.add(url)
                yield msgspec.structs.replace(link, url=url)


def _addresses(urls: list[str], base: str) -> Iterator[str]:
    for url in urls:
        try:
            yield canonical(urljoin(base, url.strip()))
        except ValueError:
            continue
