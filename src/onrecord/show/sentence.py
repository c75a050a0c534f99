"""A span and its document in, the sentence around it out, with its own offsets."""

import re

from onrecord.model.text import Document, Span

REACH = 600  # characters looked at on either side
_END = re.compile(r"[.!?…][\"”’'»)\]]*(?=\s)|\n+")


def sentence(document: Document, span: Span) -> tuple[int, int]:
    """Return where the sentences that hold a span begin and end.

    The ends of sentences are guessed by their looks: a wrong guess gives fewer or more words, never other words.
    """
    text = document.text
    first = max(0, span.start - REACH)
    ends = [found.end() for found in _END.finditer(text, first, span.start)]
    start = ends[-1] if ends else first
    while start < span.start and text[start].isspace():
        start += 1
    closed = _END.search(text, max(span.start, span.end - 1), min(len(text), span.end + REACH))
    end = max(span.end, closed.end()) if closed else min(len(text), span.end + REACH)
    while span.end < end and text[end - 1].isspace():
        end -= 1
    return start, end
