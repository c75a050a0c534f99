"""WARC files made by hand: what the tests of archives, and of whoever reads archives, are fed with."""

import gzip

WORDS = (
    "Minister Orla Venn said on Monday in paragraph {n} of page {page} that the accord would be honoured in full by the "
    "ministry and by all of its partners in the region."
)


def page(number: int, charset: str = "utf-8") -> bytes:
    """A page with an article of its own."""
    body = "".join(f"<p>{WORDS.format(n=n, page=number)}</p>" for n in range(5))
    return (
        f'<!doctype html><html><head><meta charset="{charset}"><title>Page {number} on the accord</title></head><body>'
        f"<article><h1>Page {number} on the accord</h1>{body}<p>“Köprü”, she said of bridge {number}.</p></article>"
        "</body></html>"
    ).encode(charset)


def response(
    url: str, body: bytes, *, head: str = "Content-Type: text/html; charset=utf-8", status: str = "200 OK"
) -> bytes:
    """A response record, uncompressed."""
    http = f"HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    return record("response", http, url, "application/http; msgtype=response")


def record(kind: str, block: bytes, url: str, content: str) -> bytes:
    """A record of any type, uncompressed."""
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-02T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(url)):032d}>\r\nContent-Type: {content}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def packed(records: list[bytes]) -> bytes:
    """A compressed archive: a member a record."""
    return b"".join(gzip.compress(one) for one in records)
