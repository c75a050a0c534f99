"""Atom (RFC 4287): a title, an address and entries in, one feed out."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/atom+xml"
UNKNOWN = "1970-01-01"


class Entry(NamedTuple):
    """One entry: id, title, the words, the day, the address of its page."""

    id: str
    title: str
    words: str
    day: str | None
    address: str
    author: str = ""


def write(title: str, address: str, home: str, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the feed of the page at `home` (an absolute address); entries carry absolute addresses too."""
    found = list(entries)
    newest = max((entry.day or UNKNOWN for entry in found), default=UNKNOWN)
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<id>{_text(home)}</id>\n<title>{_text(title)}</title>\n<updated>{newest}T00:00:00Z</updated>\n"
    yield f'<link rel="self" href={_value(address)}/>\n<link href={_value(home)}/>\n'
    yield "<author><name>onrecord</name></author>\n"
    for entry in found:
        author = f"<author><name>{_text(entry.author)}</name></author>" if entry.author else ""
        yield (
            f"<entry><id>urn:onrecord:{_text(entry.id)}</id><title>{_text(entry.title)}</title>"
            f"<updated>{entry.day or UNKNOWN}T00:00:00Z</updated><link href={_value(entry.address)}/>{author}"
            f'<content type="text">{_text(entry.words)}</content></entry>\n'
        )
    yield "</feed>\n"


def _text(words: str) -> str:
    return escape(_held(words))


def _value(words: str) -> str:
    return quoteattr(_held(words))


def _held(words: str) -> str:
    """Return the words without what XML 1.0 can't hold."""
    return "".join(letter if _fits(letter) else " " for letter in words)


def _fits(letter: str) -> bool:
    return letter in "\t\n" or " " <= letter < "\ud800" or "\ue000" <= letter <= "\ufffd" or letter > "\uffff"
