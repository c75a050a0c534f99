"""JSON Lines of articles: an object a line with `text`, and `title`, `published`, `url`, `outlet` where known."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from onrecord.ingest import dumps
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
    updated: str | None = None


_decoder = msgspec.json.Decoder(dict[str, Any])


def row_of(line: bytes) -> Row:
    """Return the row of a line under whatever names its program gives its fields; `msgspec.DecodeError` for none."""
    return msgspec.convert(dumps.known(_decoder.decode(line)), Row)


def read_lines(
    file: BinaryIO, source: str, *, limit: int, published: str | None = None, after: int = 0, most: int | None = None
) -> Iterator[RawArticle | Rejection]:
    """Yield the article of each line that isn't blank, or a rejection that names the line.

    Where the file is entered in the middle, `after` lines stand before it; at most `most` lines are read.
    """
    number = after
    while (most is None or number < after + most) and (line := file.readline(limit + 1)):
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
            row = row_of(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Rejection(code="R108", stage="ingest", source=place, note=str(error))
            continue
        yield taken(row, place, published)


def taken(row: Row, place: str, published: str | None) -> RawArticle | Rejection:
    """Return the article of a row, or why there is none; `place` names it where it names itself not."""
    if not row.text.strip():
        return Rejection(code="R102", stage="ingest", source=place)
    if has_surrogates(row.text):
        return Rejection(code="R104", stage="ingest", source=place, note="it holds a lone surrogate")
    return _article(row, place, published)


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
        updated=row.updated,
    )


def read_whole(data: bytes, source: str, *, published: str | None = None) -> Iterator[RawArticle | Rejection]:
    """Yield the articles of a JSON file: one object, a list of them, or an object with a list of `items`."""
    try:
        root = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield Rejection(code="R108", stage="ingest", source=source, note=str(error))
        return
    held = (
        next((root[name] for name in ("items", "articles") if isinstance(root.get(name), list)), None)
        if (isinstance(root, dict))
        else None
    )
    rows = root if isinstance(root, list) else held if held is not None else [root]
    for number, row in enumerate(rows, start=1):
        yield from read_lines(
            io.BytesIO(msgspec.json.encode(row)), f"{source}:{number}" if len(rows) > 1 else source,
            limit=len(data) * 6 + 100, published=published,
        )  # fmt: skip
