"""What an exporter may look up while records stream past: documents and statements by id, the last few remembered."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec

from onrecord.model.claim import Statement
from onrecord.model.text import Document, Span

type Get = Callable[[str], msgspec.Struct | None]
type Trace = Callable[[dict[str, Any]], object]
REMEMBERED = 512


class Look:
    """A store as the exporters see it: `get` gives the record of an id, or None."""

    def __init__(self, get: Get) -> None:
        self._get = lru_cache(maxsize=REMEMBERED)(get)
        self.left_out = 0  # records that had no place in the format
        self.trace: Trace | None = None  # where the exporter writes which words each value rests on

    def get(self, record: str | None) -> msgspec.Struct | None:
        """Return the record with this id, or None."""
        return self._get(record) if record else None

    def document(self, record: str | None) -> Document | None:
        """Return the document with this id, or None."""
        found = self.get(record)
        return found if isinstance(found, Document) else None

    def statement(self, record: str | None) -> Statement | None:
        """Return the statement with this id, or None."""
        found = self.get(record)
        return found if isinstance(found, Statement) else None

    def home(self, span: Span, document: str | None = None) -> Document | None:
        """Return the document that a span stands in; `document` is that of the record which carries it."""
        return self.document(span.document or document)


def address(document: Document | None) -> str:
    """Return where an article was published, where that is an address of the web; else ""."""
    source = document.source.strip() if document else ""
    return source if source.startswith(("http://", "https://")) and not any(map(str.isspace, source)) else ""
