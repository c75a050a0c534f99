"""Text fragments: a span of an article in, the `#:~:text=` link that a browser scrolls to and highlights out.

After the draft "URL Fragment Text Directives" (WICG): `text=[prefix-,]start[,end]`, each part percent-encoded, hyphens,
commas and ampersands too. A long or broken quotation is named by its first and last words; where its
beginning stands more than once in the article, the words before it are added.
"""

import re
from urllib.parse import quote

from onrecord.model.text import Document, Span
from onrecord.show.export.look import address

WHOLE = 90  # characters of a quotation that is given whole
EDGE = 5  # words at either end of a longer one
BEFORE = 3  # words in front of one that stands more than once
CONFORMS = "https://wicg.github.io/scroll-to-text-fragment/"


def directive(document: Document, span: Span) -> str:
    """Return the directive after the `#`: `:~:text=...`."""
    words = span.text.split()
    if len(span.text) <= WHOLE and "\n" not in span.text:
        parts = [" ".join(words)]
    elif len(words) <= 2 * EDGE:
        parts = [words[0], words[-1]] if len(words) > 1 else words
    else:
        parts = [" ".join(words[:EDGE]), " ".join(words[-EDGE:])]
    told = [_encoded(part) for part in parts]
    if document.text.count(parts[0]) > 1:
        line = document.text[: span.start].rpartition("\n")[2]
        before = " ".join(re.findall(r"\S+", line)[-BEFORE:])
        if before:
            told.insert(0, _encoded(before) + "-")
    return ":~:text=" + ",".join(told)


def link(document: Document | None, span: Span) -> str:
    """Return the address of the words in the article where it was published; "" where that isn't on the web."""
    where = address(document)
    if document is None or not where:
        return ""
    page, mark, anchor = where.partition("#")
    return f"{page}#{anchor if mark else ''}{directive(document, span)}"


def _encoded(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
