"""Read once more what a store holds as rejected for one reason: after a rule or a reader was mended.

A document that was kept is read again from its own text; a source of which nothing could be read is opened again.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.keep.protocol import View
    from onrecord.model.article import RawArticle
    from onrecord.model.rejection import Rejection
    from onrecord.model.text import Document
    from onrecord.settings import Settings

_PLACE = re.compile(r"(?:![^!]*)?(?:@\d+|:\d+)$")


def articles_again(code: str, settings: "Settings") -> "Iterator[RawArticle | Rejection]":
    """Return what the store of these settings holds as rejected with this code, to be read again."""
    from onrecord.ingest.files import open_sources
    from onrecord.keep.open import open_view
    from onrecord.keep.protocol import Query
    from onrecord.model.rejection import MEANINGS, Rejection
    from onrecord.model.text import Document

    if code not in MEANINGS:
        message = f"unknown code {code!r}; the codes are {', '.join(MEANINGS)}"
        raise UsageError(message)
    documents, sources, raws = set[str](), set[str](), []
    with open_view(Path(settings.store)) as view:
        for one in view.find(Query(kind="rejection", type=code)):
            if isinstance(one, Rejection) and one.document:
                documents.add(one.document)
            elif isinstance(one, Rejection) and one.source:
                sources.add(_opened(one.source))
        for name in sorted(documents):
            found = view.get(name)
            if isinstance(found, Document):
                raws.append(_raw(found, view))
    return _chained(raws, open_sources(sorted(sources), settings))


def _chained(
    raws: "list[RawArticle]", opened: "Iterator[RawArticle | Rejection]"
) -> "Iterator[RawArticle | Rejection]":
    yield from raws
    yield from opened


def _opened(source: str) -> str:
    """Return what is to be opened for a source: a line or record of a file is found again by reading the file."""
    return source if source.startswith(("http://", "https://")) else _PLACE.sub("", source)


def _raw(document: "Document", view: "View") -> "RawArticle":
    """Return the article as it was handed over, what was said of it while it was taken in with it."""
    from onrecord.keep.protocol import Query
    from onrecord.model.article import RawArticle
    from onrecord.model.rejection import Rejection

    said = view.find(Query(kind="rejection", document=document.id))
    return RawArticle(
        text=document.text, source=document.source, title=document.title, outlet=document.outlet,
        authors=document.authors, language=document.language, retrieved=document.retrieved, updated=document.updated,
        section=document.section, pieces=document.pieces,
        published=document.published if document.published_basis != "dateline" else None,
        published_basis=document.published_basis if document.published_basis != "dateline" else None,
        notes=tuple(one for one in said if isinstance(one, Rejection) and one.stage == "ingest"),
    )  # fmt: skip
