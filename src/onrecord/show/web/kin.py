"""What else tells the same as an article: the story that it copies, others that copy it, versions of its address."""

import msgspec

from onrecord.model.text import Document
from onrecord.show.web.shelf import Shelf

SHOWN = 30


class Kin(msgspec.Struct, frozen=True):
    """The latest version and the original, where the article is neither; other versions and copies, earliest first.

    `more` is how many further copies there are that aren't listed.
    """

    latest: Document | None
    original: Document | None
    versions: tuple[Document, ...]
    copies: tuple[Document, ...]
    more: int


def of(shelf: Shelf, document: Document) -> Kin:
    """Return the kin of an article."""
    last = document.version_of or document.id
    first = document.copy_of or last
    versions = _others(shelf, "version_of", last, document)
    copies = [one for one in _others(shelf, "copy_of", first, document) if one not in versions]
    return Kin(
        latest=shelf.document(document.version_of),
        original=shelf.document(document.copy_of),
        versions=tuple(versions),
        copies=tuple(copies),
        more=max(0, shelf.count("document", facets=(("copy_of", first),)) - SHOWN),
    )


def origin(shelf: Shelf, document: Document) -> Document:
    """Return the article that speaks for this one: the original of a copy, the latest version, or itself."""
    return shelf.document(document.copy_of) or shelf.document(document.version_of) or document


def _others(shelf: Shelf, facet: str, root: str, but: Document) -> list[Document]:
    """Return the root and what hangs on it, without the article itself."""
    found = [shelf.document(root), *shelf.found("document", facets=((facet, root),), limit=SHOWN)]
    known = {one.id: one for one in found if one is not None and one.id != but.id}
    return sorted(known.values(), key=lambda one: (one.updated or one.published or "~", one.retrieved or "", one.id))
