"""A page to a `RawArticle`: main text, title, date, outlet, authors, address. The page itself is never kept or shown.

The main text is trafilatura's, the publication date htmldate's (fast mode), unless the page's own metadata states one
with a time.
"""

import html
import json
import re
from typing import Any

from onrecord.ingest.decode import clean_lines, decode
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection

FEWEST_WORDS = 8
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_JSON_LD = re.compile(
    r"""<script[^>]{0,200}type\s*=\s*["']application/ld\+json["'][^>]{0,200}>(.{0,200000}?)</script>""",
    re.IGNORECASE | re.DOTALL,
)
_META_DATE = re.compile(
    r"""<meta\s[^>]{0,300}?(?:property|name|itemprop)\s*=\s*["'](?:article:published_time|og:published_time|"""
    r"""datePublished|date|dc\.date|parsely-pub-date|pubdate)["'][^>]{0,300}>""",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"""content\s*=\s*["']([^"']{4,60})["']""", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?")
_PUNCTUATED = re.compile(r"(\d{2}:\d{2})(?::\d{2})?(?:\.\d+)?\s?(Z|[+-]\d{2}:?\d{2})?$")


def looks_like_html(text: str) -> bool:
    """Say whether decoded text is a page rather than an article in plain text."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html")) or ("<head" in head and "<title" in head)


def declared_charset(data: bytes) -> str | None:
    """Return the charset that the page's first 4 kB declare, or None."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def read_page(
    data: bytes, source: str, *, charset: str | None = None, url: str | None = None
) -> RawArticle | Rejection:
    """Return the article of a page, or the reason why there is none."""
    text, notes = decode(data, source, charset or declared_charset(data))
    if text is None:
        return notes[0]
    return from_markup(text, source, url=url, notes=notes)


def from_markup(
    markup: str, source: str, *, url: str | None = None, notes: tuple[Rejection, ...] = ()
) -> RawArticle | Rejection:
    """Return the article in decoded markup, or the reason why there is none."""
    import trafilatura  # noqa: PLC0415 - 0.4 s that plain text should not pay

    try:
        found = trafilatura.bare_extraction(markup, url=url, with_metadata=True, include_comments=False)
    except Exception as error:  # noqa: BLE001 - a hostile page may break any parser; it costs one rejection
        return Rejection(code="R107", stage="ingest", source=source, note=f"the page could not be taken apart: {error}")
    main: dict[str, Any] = found.as_dict() if found is not None else {}
    body = clean_lines(main.get("text") or "").strip("\n")
    if len(body.split()) < FEWEST_WORDS:
        note = f"no main text of at least {FEWEST_WORDS} words in the page"
        return Rejection(code="R107", stage="ingest", source=source, note=note)
    published = _published(markup) or _guessed(markup, main)
    return RawArticle(
        text=body,
        source=source,
        title=_line(main.get("title")),
        url=url or _line(main.get("url")),
        outlet=_line(main.get("sitename")),
        authors=tuple(name.strip() for name in (main.get("author") or "").split(";") if name.strip()),
        published=published,
        published_basis="metadata" if published else None,
        notes=notes,
    )


def _line(value: str | None) -> str | None:
    return " ".join(html.unescape(value).split())[:500] or None if value else None


def _published(markup: str) -> str | None:
    for script in _JSON_LD.findall(markup[:2_000_000])[:10]:
        try:
            day = _dated(json.loads(script), 0)
        except (ValueError, RecursionError):
            continue
        if day:
            return day
    for tag in _META_DATE.findall(markup[:500_000]):
        content = _CONTENT.search(tag)
        day = _iso(content.group(1)) if content else None
        if day:
            return day
    return None


def _dated(node: object, depth: int) -> str | None:
    if depth > 6:
        return None
    if isinstance(node, dict):
        day = _iso(node.get("datePublished"))
        return day or next((found for value in node.values() if (found := _dated(value, depth + 1))), None)
    if isinstance(node, list):
        return next((found for value in node[:50] if (found := _dated(value, depth + 1))), None)
    return None


def _iso(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    found = _ISO.match(value.strip())
    if not found:
        return None
    written = found.group(0).replace(" ", "T", 1)
    time = _PUNCTUATED.search(written[11:]) if len(written) > 10 else None
    return f"{written[:10]}T{time.group(1)}{time.group(2) or ''}" if time else written[:10]


def _guessed(markup: str, main: dict[str, Any]) -> str | None:
    import htmldate  # noqa: PLC0415

    try:
        day = htmldate.find_date(markup, extensive_search=False, original_date=True)
    except Exception:  # noqa: BLE001 - the same: a date that can't be found is no date
        day = None
    return _iso(day) or _iso(main.get("date"))
