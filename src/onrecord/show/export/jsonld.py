"""schema.org in JSON-LD: statements in, one graph of Claims out.

After schema.org's Claim: the words, who says them (`author`), the article they appear in (`appearance`) with title,
publisher and day. The vocabulary is named in the file itself, so that a reader needs no network.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.model.claim import Statement
from onrecord.model.text import Document
from onrecord.show.export import fragment
from onrecord.show.export.look import Look, address

CONTEXT = {"@vocab": "https://schema.org/", "onrecord": "urn:onrecord:"}


def write(statements: Iterable[msgspec.Struct], look: Look) -> Iterator[str]:
    """Yield the graph, a Claim a line; a statement whose document isn't kept is left out."""
    yield '{"@context":' + msgspec.json.encode(CONTEXT).decode() + ',"@graph":['
    between = "\n"
    for statement in statements:
        document = look.document(statement.document) if isinstance(statement, Statement) else None
        if document is None or not isinstance(statement, Statement):
            look.left_out += 1
            continue
        yield between + msgspec.json.encode(claim(statement, document)).decode()
        between = ",\n"
    yield "\n]}\n"


def claim(statement: Statement, document: Document) -> dict[str, Any]:
    """Return one statement as a Claim."""
    speaker = statement.speaker
    made: dict[str, Any] = {
        "@id": f"urn:onrecord:{statement.id}",
        "@type": "Claim",
        "text": " … ".join(span.text for span in statement.content),
        "inLanguage": "en",
        "author": {"@id": f"urn:onrecord:actor:{speaker.actor}", "@type": "Thing", "name": speaker.name}
        if speaker
        else None,
        "temporalCoverage": "/".join(filter(None, [statement.date.since, statement.date.until]))
        if statement.date
        else None,
        "keywords": ("not " if statement.negated else "") + statement.force,
        "url": fragment.link(document, statement.content[0]) or None,
        "appearance": _article(document),
    }
    return {name: value for name, value in made.items() if value}


def _article(document: Document) -> dict[str, Any]:
    made: dict[str, Any] = {
        "@id": f"urn:onrecord:{document.id}",
        "@type": "NewsArticle",
        "headline": document.title,
        "url": address(document) or None,
        "datePublished": document.published,
        "publisher": {"@type": "Organization", "name": document.outlet} if document.outlet else None,
        "author": [{"@type": "Person", "name": name} for name in document.authors],
    }
    return {name: value for name, value in made.items() if value}
