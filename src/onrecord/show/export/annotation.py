"""W3C Web Annotation: claims in, one JSON-LD annotation a line out, with position, quotation and fragment selectors.

After the Web Annotation Data Model (W3C Recommendation, 2017): offsets are code points, the end left out.
"""

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.model.claim import Act, Claim, Custody, Statement, Step
from onrecord.model.text import Document, Span
from onrecord.show.export import fragment
from onrecord.show.export.look import Look

CONTEXT = 24


def write(claims: Iterable[msgspec.Struct], look: Look) -> Iterator[str]:
    """Yield an annotation for each statement, act, step and custody report whose document is kept.

    The target's source is the document's own source (an address or a path).
    """
    for claim in claims:
        if isinstance(claim, Statement | Act | Step | Custody):
            found = look.document(claim.document)
            if found is None:
                look.left_out += 1
            else:
                yield msgspec.json.encode(annotation(claim, found)).decode() + "\n"


def annotation(claim: Claim, document: Document) -> dict[str, object]:
    """Return the annotation of one claim."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:onrecord:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "format": "text/plain", "language": "en", "value": says(claim)},
        "target": [{"source": document.source, "selector": selectors(span, document)} for span in claim.evidence],
    }


def selectors(span: Span, document: Document) -> list[dict[str, object]]:
    """Return the ways to find a span again: by place, by its words, and by a fragment where a browser can use one."""
    text = document.text
    found: list[dict[str, object]] = [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.text,
            "prefix": text[max(0, span.start - CONTEXT) : span.start],
            "suffix": text[span.end : span.end + CONTEXT],
        },
    ]
    if fragment.link(document, span):
        found.append({
            "type": "FragmentSelector", "conformsTo": fragment.CONFORMS, "value": fragment.directive(document, span),
        })  # fmt: skip
    return found


def says(claim: Claim) -> str:
    """Return in a few words what a claim is."""
    match claim:
        case Statement():
            return f"{claim.speaker.name if claim.speaker else 'unnamed'}: {claim.force}"
        case Act():
            by, to = _names(claim.actors), _names(claim.targets)
            denied = "denied: " if claim.polarity == "denied" else ""
            return f"{denied}{by} {claim.type} {to} ({claim.modality})"
        case Step():
            denied = "denied: " if claim.polarity == "denied" else ""
            return f"{denied}{claim.deal_kind} of {_names(claim.parties)}: {claim.step}"
    denied = "denied: " if claim.polarity == "denied" else ""
    return f"{denied}{claim.person.name}: {claim.status}"


def _names(refs: Iterable[object]) -> str:
    return ", ".join(str(getattr(ref, "name", "")) for ref in refs) or "unnamed"
