"""Rows of other programs' dumps to the fields of ours: news-please, ninjs 1.x and 3.x, and what is commonly seen.

Comes in: a decoded JSON object. Goes out: an object with our names (`text`, `title`, `published`, `url`, `outlet`,
`authors`, `updated`, `language`); what it doesn't know is left out.
"""

from typing import Any

from onrecord.ingest.html_facts import iso, plain

_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "maintext", "body_text", "articleBody", "article_text", "fulltext", "content"),
    "title": ("title", "headline", "name"),
    "published": ("published", "date_publish", "datePublished", "firstCreated", "firstcreated", "publish_date",
                  "pubdate", "date", "versionCreated", "versioncreated"),
    "updated": ("updated", "date_modify", "dateModified", "versionCreated", "versioncreated"),
    "url": ("url", "link", "requested_url", "uri"),
    "source": ("source",),
    "outlet": ("outlet", "source_domain", "copyrightHolder", "copyrightholder", "publisher", "site_name"),
    "authors": ("authors", "byline", "author", "by"),
    "language": ("language", "lang"),
}  # fmt: skip


def known(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a row says under our names."""
    found: dict[str, Any] = {}
    for ours, theirs in _NAMES.items():
        value = next((row[name] for name in theirs if row.get(name)), None)
        if value is not None:
            found[ours] = value
    text = found.get("text")
    if not isinstance(text, str) or not text.strip():
        body = _part(row.get("bodies")) or row.get("body_xhtml") or row.get("body_html") or row.get("html")
        if isinstance(body, str):
            found["text"] = plain(body)
    if not isinstance(found.get("title"), str):
        found["title"] = _part(row.get("headlines"))
    for name in ("published", "updated"):
        value = found.get(name)
        found[name] = (iso(value) or (value if name == "published" else None)) if isinstance(value, str) else None
    if not str(found.get("url") or "").startswith(("http://", "https://")):
        name = found.pop("url", None)  # a URN, a path: no address of the web, but what the row calls itself
        found["source"] = name if isinstance(name, str) else found.get("source")
    for name in ("outlet", "language", "source"):
        value = found.get(name)
        found[name] = value.get("name") if isinstance(value, dict) else value if isinstance(value, str) else None
    authors = found.get("authors")
    found["authors"] = [authors] if isinstance(authors, str) else _people(authors)
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _part(parts: object) -> str | None:
    """Return the value of the main of ninjs' bodies or headlines."""
    held = (
        [one for one in parts if isinstance(one, dict) and isinstance(one.get("value"), str)]
        if isinstance(parts, list)
        else []
    )
    chosen = next((one for one in held if one.get("role") == "main"), held[0] if held else None)
    return str(chosen["value"]) if chosen else None


def _people(value: object) -> list[str]:
    items = value if isinstance(value, list) else []
    names = [one.get("name") if isinstance(one, dict) else one for one in items]
    return [one for one in names if isinstance(one, str)]
