"""Records in, addresses of pages out. Only http and https addresses from outside ever become links."""

from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from onrecord.model.text import Document, Span

LONGEST = 500  # a longer id is shown, not linked: no server takes such an address


def page(family: str, record: str) -> str | None:
    """Return the address of the page of one record, or None where its id can't stand in an address."""
    if not record or len(record) > LONGEST or record.strip(".") == "":
        return None
    return f"/{family}/{quote(record, safe='')}"


def anchor(record: str) -> str:
    """Return the anchor of a record's words on the page of its document."""
    return f"e-{record}"


def spot(document: str, record: str) -> str:
    """Return the address of the place in its document where a record's words stand."""
    return f"{page('documents', document)}#{quote(anchor(record), safe='')}"


def at(span: Span, document: str | None = None) -> str:
    """Return the address of the place in its document where this span stands, whatever cites it."""
    return f"{page('documents', span.document or document or '')}?at={span.start}-{span.end}#here"


HOMES = {
    "deal": "deals", "case": "cases", "statement": "statements", "event": "events", "actor": "actors",
    "document": "documents", "act": "claims", "step": "claims", "custody": "claims",
}  # fmt: skip


def home(record: Any) -> str:
    """Return the address of the page of a record, the list of its kind where its id can't stand in an address."""
    family = HOMES.get(str(record.__struct_config__.tag), "")
    return page(family, record.id) or f"/{family}"


def words(record: Any, document: str | None = None) -> str:
    """Return the address of the words behind a record or a part of one (a development, an entry, an account)."""
    span, known = record.evidence[0], getattr(record, "id", "")
    where = getattr(record, "document", None) or span.document or document or ""
    return spot(where, known) if known else at(span, where)


def original(document: Document) -> str | None:
    """Return the address where the article was published, where it is one of the web."""
    return abroad(document.source)


def abroad(source: str) -> str | None:
    """Return what somebody else gave as an address, where it is one of the web that may become a link."""
    source = source.strip()
    if len(source) > 4 * LONGEST or any(character.isspace() for character in source):
        return None
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    return source if parts.scheme in {"http", "https"} and parts.hostname else None


def with_values(path: str, values: dict[str, str], **changed: object) -> str:
    """Return a path with these values as its query, some of them changed; empty ones are left out."""
    merged = {**values, **{name: "" if value is None else str(value) for name, value in changed.items()}}
    asked = urlencode({name: value for name, value in merged.items() if value})
    return f"{path}?{asked}" if asked else path
