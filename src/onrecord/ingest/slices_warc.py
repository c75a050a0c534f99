"""Pages in WARC files, as Common Crawl's news archive has them: each response that is a page, from any place on."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from onrecord.ingest import html
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.settings import Settings


def marks(file: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Yield the byte at which each run of at most `size` responses begins, and how many there are in it."""
    begin = held = 0
    for record in _responses(file, parse=False):
        if held == size:
            yield begin, held
            held = 0
        if not held:
            begin = record.stream_pos
        held += 1
    if held:
        yield begin, held


def read(
    file: BinaryIO, path: str, start: int, most: int, settings: Settings, published: str | None
) -> Iterator[RawArticle | Rejection]:
    """Yield the article of each of the responses from byte `start` on, or why there is none."""
    file.seek(start)
    for number, record in enumerate(_responses(file, parse=True)):
        if number == most:
            return
        url = record.headers.get("WARC-Target-URI") or f"{path}:{start}+{number}"
        status = record.http_headers.status_code if record.http_headers else None
        kind = (record.http_content_type or "").lower()
        if status != 200 or "html" not in kind:
            note = f"answer {status}, {kind or 'of no type'}"
            yield Rejection(code="R106", stage="ingest", source=url, note=note)
            continue
        data = record.reader.read(settings.max_bytes + 1)
        if len(data) > settings.max_bytes:
            yield Rejection(code="R105", stage="ingest", source=url, note=f"over {settings.max_bytes} bytes")
            continue
        made = html.read_page(data, url, charset=record.http_charset, url=url)
        yield _dated(made, record.headers.get("WARC-Date"), published)


def _dated(made: RawArticle | Rejection, retrieved: str | None, published: str | None) -> RawArticle | Rejection:
    if isinstance(made, Rejection):
        return made
    changes: dict[str, Any] = {"retrieved": retrieved}
    if published is not None:
        changes |= {"published": published, "published_basis": "given"}
    return msgspec.structs.replace(made, **changes)


def _responses(file: BinaryIO, *, parse: bool) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - only archives of pages need it

    return iter(ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=parse))
