"""Web archives: WARC and WARC.gz (ISO 28500), CC-NEWS as it comes, and WACZ. Response records only.

Comes in: a file. Goes out: a `RawArticle` or a `Rejection` a page, in order of the file; `source` is the file, an
`@`, and the offset of the record, `url` its target. The file is cut into records here, so that a damaged one costs one
rejection and reading goes on at the next; what a record holds is read by fastwarc.
"""

import io
import mmap
import re
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from onrecord.ingest import sandbox
from onrecord.ingest.address import canonical
from onrecord.ingest.decode import decode, has_surrogates
from onrecord.ingest.html import read_page
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.settings import Settings

SUFFIXES = (".warc", ".warc.gz", ".wacz")
_GZIP = b"\x1f\x8b\x08"
_START = re.compile(rb"WARC/1\.[01]\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_RESPONSE = re.compile(rb"^warc-type:[ \t]*response[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_HEAD = 65_536
_SPARE = 4_000_000
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
type Buffer = bytes | mmap.mmap


class Cut(msgspec.Struct, frozen=True):
    """A stretch of the archive: where it begins, and a whole record's bytes, or what is wrong there."""

    offset: int
    record: bytes | None
    wrong: str = ""
    code: str = "R120"


def read(path: Path, settings: Settings, published: str | None = None) -> Iterator[RawArticle | Rejection]:
    """Yield every page of an archive, or why one could not be taken; OSError where the file can't be opened."""
    if path.suffix.lower() == ".wacz":
        yield from _wacz(path, settings, published)
        return
    with path.open("rb") as file:
        yield from _mapped(file, str(path), settings, published)


def read_bytes(
    data: Buffer, source: str, settings: Settings, published: str | None = None, *, base: int = 0
) -> Iterator[RawArticle | Rejection]:
    """Yield every page of an archive in memory, as `read` does; `base` is where the memory begins in its file."""
    others: Counter[str] = Counter()
    for cut in records(data, limit=settings.max_bytes + _SPARE):
        place = f"{source}@{base + cut.offset}"
        if cut.record is None:
            yield Rejection(code=cut.code, stage="ingest", source=place, note=cut.wrong)
        elif is_response(cut.record):
            found = _page(cut.record, place, settings, published)
            if isinstance(found, str):
                others[found] += 1
            else:
                yield found
    if others:
        told = ", ".join(f"{count} {kind}" for kind, count in others.most_common(8))
        yield Rejection(code="R106", stage="ingest", source=source, note=f"responses that are no articles: {told}")


def is_response(record: bytes) -> bool:
    """Say whether a record is what a server answered."""
    return _RESPONSE.search(record[: record.find(b"\r\n\r\n") + 2]) is not None


def records(data: Buffer, *, limit: int) -> Iterator[Cut]:
    """Cut an archive into its records, compressed or not; a record of more than `limit` bytes is passed over."""
    at, size = 0, len(data)
    while at < size:
        if data[at : at + 3] == _GZIP:
            member, after, wrong = _member(data, at, limit)
            if wrong:
                yield Cut(at, None, wrong, "R105" if member else "R120")
                at = after if after > at else _next(data, at + 1)
                continue
            yield from (Cut(at, one.record, one.wrong, one.code) for one in _plain(member, limit))
            at = after
        elif _START.match(data[at : at + 12]):
            yield from _plain(data, limit, at)
            return
        elif data[at : at + 1].isspace():
            at += 1
        else:
            yield Cut(at, None, f"neither a record nor compressed: {bytes(data[at : at + 12])!r}")
            at = _next(data, at + 1)


def _next(data: Buffer, at: int) -> int:
    """Return where the next record seems to begin: a compressed one that opens as WARC does, or a plain header."""
    plain = -1
    while (plain := data.find(b"WARC/1.", max(at, plain + 1))) != -1 and not _START.match(data[plain : plain + 12]):
        pass
    packed = at - 1
    while (packed := data.find(_GZIP, packed + 1)) != -1:
        if plain != -1 and plain < packed:
            break
        try:
            if zlib.decompressobj(31).decompress(data[packed : packed + 4096], 16).startswith(b"WARC/"):
                return packed
        except zlib.error:
            continue
    return plain if plain != -1 else len(data)


def _member(data: Buffer, at: int, limit: int) -> tuple[bytes, int, str]:
    """Return a compressed member's bytes, where it ends, and what is wrong with it ("" for nothing)."""
    unpacker, parts, got, step = zlib.decompressobj(31), [], 0, 1 << 16
    here = at
    try:
        while not unpacker.eof:
            given = unpacker.unconsumed_tail or data[here : here + step]
            if not given:
                return b"", at, "it ends in the middle"
            if not unpacker.unconsumed_tail:
                here += len(given)
            part = unpacker.decompress(given, 1 << 20)
            got += len(part)
            if got <= limit:
                parts.append(part)
    except zlib.error as error:
        return b"", at, f"it can't be decompressed: {error}"
    if got > limit:
        return b"...", here - len(unpacker.unused_data), f"over {limit} bytes"
    return b"".join(parts), here - len(unpacker.unused_data), ""


def _plain(data: Buffer, limit: int, at: int = 0) -> Iterator[Cut]:
    until = len(data)
    while at < until:
        if data[at : at + 1] in {b"\r", b"\n", b" "}:
            at += 1
            continue
        end, wrong = _end(data, at, until)
        if wrong:
            yield Cut(at, None, wrong)
        elif end - at > limit:
            yield Cut(at, None, f"over {limit} bytes", "R105")
        else:
            yield Cut(at, bytes(data[at:end]))
        at = end if not wrong else _next_plain(data, at + 1, until)


def _next_plain(data: Buffer, at: int, until: int) -> int:
    while (at := data.find(b"WARC/1.", at)) != -1 and at < until:
        if _START.match(data[at : at + 12]):
            return at
        at += 1
    return until


def _end(data: Buffer, at: int, until: int) -> tuple[int, str]:
    """Return where the record ends that begins here, and what is wrong with it."""
    if not _START.match(data[at : at + 12]):
        return at, f"no record begins here: {bytes(data[at : at + 12])!r}"
    head = bytes(data[at : at + _HEAD])
    body = head.find(b"\r\n\r\n")
    length = _LENGTH.search(head[:body]) if body != -1 else None
    if length is None:
        return at, "its header is cut or says no length"
    end = at + body + 4 + int(length.group(1))
    if end > until:
        return at, "it is shorter than it says"
    after = bytes(data[end : min(end + 16, until)])
    if after.startswith(b"\r\n\r\n"):
        return end, ""
    after = after.lstrip(b"\r\n")
    if after and not after.startswith(b"WARC/"[: len(after)]):
        return at, "it is of another length than it says"
    return end, ""


def _page(data: bytes, place: str, settings: Settings, published: str | None) -> RawArticle | Rejection | str:
    """Return the article of a response, or why there is none, or what kind of thing it is where it is no page."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - plain text should not pay for it

    try:
        whole: Any = next(iter(ArchiveIterator(io.BytesIO(data), parse_http=False)))
        if whole.headers.get("WARC-Block-Digest") and not whole.verify_block_digest():
            return _damaged(place, "its digest does not fit")
        record: Any = next(iter(ArchiveIterator(io.BytesIO(data), parse_http=True, auto_decode="all")))
        http = record.http_headers
        if http is None:
            return "not http"
        status, kind, charset = http.status_code, record.http_content_type, record.http_charset
        if status != 200:
            return f"status {status}"
        if kind not in _PAGES and kind != "text/plain":
            return str(kind or "of no type")[:60]
        body = record.reader.read(settings.max_bytes + 1)
        url, at = record.headers.get("WARC-Target-URI"), record.headers.get("WARC-Date")
    except (OSError, ValueError, StopIteration, UnicodeError, RuntimeError) as error:
        return _damaged(place, str(error)[:200] or type(error).__name__)
    if len(body) > settings.max_bytes:
        return Rejection(code="R105", stage="ingest", source=place, note=f"over {settings.max_bytes} bytes")
    found = _article(body, place, url, charset, kind, settings)
    if isinstance(found, Rejection):
        return found
    given = {"published": published, "published_basis": "given"} if published else {}
    return msgspec.structs.replace(found, retrieved=at, **given)


def _article(
    body: bytes, place: str, url: str | None, charset: str | None, kind: str, settings: Settings
) -> RawArticle | Rejection:
    try:
        address = canonical(url.strip("<>")) if url else None
    except ValueError:
        address = None
    if kind in _PAGES:
        limits = sandbox.Limits(seconds=settings.page_seconds, memory=settings.page_megabytes << 20)
        return read_page(body, place, charset=charset, url=address, limits=limits)
    text, notes = decode(body, place, charset)
    if text is None:
        return notes[0]
    if has_surrogates(text):
        return Rejection(code="R104", stage="ingest", source=place, note="it holds a lone surrogate")
    return RawArticle(text=text, source=place, url=address, notes=notes)


def _damaged(place: str, note: str) -> Rejection:
    return Rejection(code="R120", stage="ingest", source=place, note=note.encode("utf-8", "replace").decode())


def _mapped(file: Any, source: str, settings: Settings, published: str | None) -> Iterator[RawArticle | Rejection]:
    if file.seek(0, 2) == 0:
        yield Rejection(code="R102", stage="ingest", source=source)
        return
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield from read_bytes(data, source, settings, published)


def _wacz(path: Path, settings: Settings, published: str | None) -> Iterator[RawArticle | Rejection]:
    """Yield the pages of a WACZ: a ZIP whose folder `archive/` holds WARC files."""
    try:
        with zipfile.ZipFile(path) as packed:
            for item in sorted(packed.infolist(), key=lambda item: item.filename):
                name = item.filename
                if not name.startswith("archive/") or not name.endswith((".warc", ".warc.gz")):
                    continue
                place = f"{path}!{name}"
                with packed.open(item) as inside, tempfile.TemporaryFile() as file:
                    most, got = 4 * item.compress_size + (1 << 20), 0
                    while piece := inside.read(1 << 20):
                        got += len(piece)
                        if got > most:
                            break
                        file.write(piece)
                    if got > most:
                        yield Rejection(code="R105", stage="ingest", source=place, note="it swells when unpacked")
                        continue
                    file.flush()
                    yield from _mapped(file, place, settings, published)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        yield Rejection(code="R120", stage="ingest", source=str(path), note=f"not a WACZ that can be opened: {error}")
