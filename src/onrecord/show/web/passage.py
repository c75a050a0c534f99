"""A span and its document in, the words around it out: a reader judges a clause by its sentence."""

import re
from typing import NamedTuple

from onrecord.model.text import Document, Span
from onrecord.show.web.words import plain

REACH = 220  # characters of context on either side
_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n+")


class Passage(NamedTuple):
    """The words of a span with what stands before and after them in the same sentence."""

    before: str
    words: str
    after: str


def passage(document: Document | None, span: Span, most: int = 420) -> Passage:
    """Return the span with the rest of its sentence; the span alone where its document isn't kept.

    The ends of sentences are guessed by their looks: a wrong guess shows less around the words, never other words.
    """
    words = _line(span.text).strip()
    if len(words) > most:
        words = words[:most].rsplit(" ", 1)[0] + " …"
        return Passage("", words, "")
    if document is None or not document.holds(span):
        return Passage("", words, "")
    reach = min(REACH, most // 2)
    first = max(0, span.start - reach)
    before, after = document.text[first : span.start], document.text[span.end : span.end + reach]
    ends = [found.end() for found in _END.finditer(before + span.text[:1]) if found.end() <= len(before)]
    if ends:
        before = before[ends[-1] :]
    elif first > 0:
        before = "… " + before.partition(" ")[2]
    closed = _END.search(span.text[-1:] + after)
    if closed:
        after = (span.text[-1:] + after)[1 : closed.end()].rstrip() if closed.end() > 1 else ""
    elif span.end + reach < len(document.text):
        after = after.rpartition(" ")[0] + " …"
    return Passage(_line(before).lstrip(), words, _line(after).rstrip())


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", plain(text))
