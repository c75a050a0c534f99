"""JSON Lines of articles: an object a line with `text`, and `title`, `published`, `url`, `outlet` where known."""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from onrecord.ingest.decode import clean_lines, has_surrogates
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection


class Row(msgspec.Struct):
    """One line; other fields are ignored."""

    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    source: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] | str = ()
    language: str | None = None


_decoder = msgspec.json.Decoder(Row)


def read_lines(
    file: BinaryIO, source: str, *, limit: int, published: str | None = None
) -> Iterator[RawArticle | Rejection]:
    """Yield the article of each line that isn't blank, or a rejection that names the line."""
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        place = f"{source}:{number}"
        if not line.strip():
            continue
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = file.readline(1 << 20)
            yield Rejection(code="R105", stage="ingest", source=place, note=f"a line of over {limit} bytes")
            continue
        try:
            row = _decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Rejection(code="R108", stage="ingest", source=place, note=str(error))
            continue
        if not row.text.strip():
            yield Rejection(code="R102", stage="ingest", source=place)
        elif has_surrogates(row.text):
            yield Rejection(code="R104", stage="ingest", source=place, note="it holds a lone surrogate")
        else:
            yield _article(row, place, published)


def _article(row: Row, place: str, published: str | None) -> RawArticle:
    authors = (row.authors,) if isinstance(row.authors, str) else row.authors
    return RawArticle(
        text=clean_lines(row.text),
        source=row.url or row.source or place,
        title=row.title,
        url=row.url,
        outlet=row.outlet,
        authors=tuple(author for author in authors if author),
        published=published or row.published,
        published_basis="given" if published else "metadata" if row.published else None,
        language=row.language,
    )
