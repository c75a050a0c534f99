"""W3C Web Annotation: statements in, one JSON-LD annotation a line out, with position and quote selectors."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from onrecord.model.claim import Statement
from onrecord.model.text import Document, Span

CONTEXT = 24


def write(statements: Iterable[Statement], document: Callable[[str], Document | None]) -> Iterator[str]:
    """Yield an annotation for each statement whose document is kept; offsets are code points, the end left out.

    `document` gives the document of an id. The target's source is the document's own source (an address or a path).
    """
    for statement in statements:
        found = document(statement.document)
        if found is not None:
            yield msgspec.json.encode(_annotation(statement, found)).decode() + "\n"


def _annotation(statement: Statement, document: Document) -> dict[str, object]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:onrecord:{statement.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": {
            "type": "TextualBody",
            "format": "text/plain",
            "value": f"{statement.speaker.name if statement.speaker else 'unnamed'}: {statement.force}",
        },
        "target": [
            {"source": document.source, "selector": _selectors(span, document.text)} for span in statement.evidence
        ],
    }


def _selectors(span: Span, text: str) -> list[dict[str, object]]:
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.text,
            "prefix": text[max(0, span.start - CONTEXT) : span.start],
            "suffix": text[span.end : span.end + CONTEXT],
        },
    ]
