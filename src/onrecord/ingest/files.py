"""Sources that a user names, opened one after the other: files, folders, and `-` for standard input.

A source that can't be read costs one `Rejection`; the rest is read. A name that isn't there is a
rejection too, so that one slip in a list of twenty loses nothing.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord.errors import UsageError
from onrecord.ingest import feed_files, html, jsonl, mail, warc, web
from onrecord.ingest.address import is_address
from onrecord.ingest.decode import decode, has_surrogates
from onrecord.ingest.sandbox import Job, Limits, run
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.settings import Settings

PLAIN = frozenset({".txt", ".text", ".md", ""})
PAGES = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
TASKS = {".eml": "mail", ".pdf": "pdf"}
FEEDS = frozenset({".xml", ".rss", ".atom", ".opml"})
OTHERS = frozenset({".json", ".mbox", *TASKS, *FEEDS})


def open_sources(
    sources: Sequence[str], settings: Settings, published: str | None = None
) -> Iterator[RawArticle | Rejection]:
    """Yield every article in these sources, or why one could not be taken, in the order given; folders sorted.

    `published` is an ISO date or date-time that holds for all of them and wins over what a page says.
    """
    if published is not None:
        check_date(published)
    for source in sources:
        if source == "-":
            yield from one(sys.stdin.buffer.read(settings.max_bytes + 1), "-", "", settings, published)
        elif is_address(source):
            yield from web.fetched(source, settings, published)
        else:
            yield from _path(Path(source), settings, published)


def check_date(value: str) -> None:
    """Refuse anything that isn't an ISO date or date-time, with a `UsageError`."""
    try:
        datetime.fromisoformat(value)
    except ValueError as error:
        message = f"not a date as YYYY-MM-DD or YYYY-MM-DDThh:mm+zz:zz: {value!r}"
        raise UsageError(message) from error


def _path(path: Path, settings: Settings, published: str | None) -> Iterator[RawArticle | Rejection]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if file.is_file() and not hidden:
                yield from _file(file, settings, published, named=False)
        return
    yield from _file(path, settings, published, named=True)


def _file(path: Path, settings: Settings, published: str | None, *, named: bool) -> Iterator[RawArticle | Rejection]:
    suffix, source = path.suffix.lower(), str(path)
    known = suffix in PLAIN | PAGES | LINES | OTHERS or path.name.lower().endswith(warc.SUFFIXES)
    if not known and not named:
        yield Rejection(code="R106", stage="ingest", source=source, note=f"{suffix} files are not read")
        return
    try:
        if path.name.lower().endswith(warc.SUFFIXES):
            yield from warc.read(path, settings, published)
            return
        if suffix in LINES:
            with path.open("rb") as lines:
                yield from jsonl.read_lines(lines, source, limit=settings.max_bytes, published=published)
            return
        if suffix == ".mbox":
            with path.open("rb") as box:
                yield from _messages(box, source, settings, published)
            return
        with path.open("rb") as file:
            data = file.read(settings.max_bytes + 1)
    except OSError as error:
        yield Rejection(code="R101", stage="ingest", source=source, note=error.strerror or str(error))
        return
    yield from one(data, source, suffix, settings, published)


def one(
    data: bytes, source: str, suffix: str, settings: Settings, published: str | None
) -> Iterator[RawArticle | Rejection]:
    """Yield the one article in these bytes, or why there is none; `suffix` (".html") is that of the file's name."""
    if len(data) > settings.max_bytes:
        yield Rejection(code="R105", stage="ingest", source=source, note=f"over {settings.max_bytes} bytes")
        return
    if suffix in TASKS:
        job = Job(task=TASKS[suffix], data=data, source=source, limits=limits_of(settings))
        yield _given(run(job).one(source), published)
        return
    if suffix == ".json":
        yield from jsonl.read_whole(data, source, published=published)
        return
    if suffix in FEEDS and feed_files.is_feed(data):
        yield from web.linked(data, source, settings)
        return
    if suffix in PAGES:
        yield _given(html.read_page(data, source, limits=limits_of(settings)), published)
        return
    text, notes = decode(data, source)
    if text is None:
        yield notes[0]
    elif html.looks_like_html(text):
        yield _given(html.read_page(data, source, limits=limits_of(settings)), published)
    elif has_surrogates(text):
        yield Rejection(code="R104", stage="ingest", source=source, note="it holds a lone surrogate")
    elif addresses := web.listed(text):
        yield from web.each(addresses, settings)
    elif suffix not in PLAIN and not _prose(text):
        yield Rejection(code="R106", stage="ingest", source=source, note=f"{suffix} files are not read")
    else:
        yield _given(RawArticle(text=text, source=source, notes=notes), published)


def _messages(
    box: BinaryIO, source: str, settings: Settings, published: str | None
) -> Iterator[RawArticle | Rejection]:
    for number, message in enumerate(mail.messages(box, settings.max_bytes), start=1):
        place = f"{source}:{number}"
        if message is None:
            yield Rejection(code="R105", stage="ingest", source=place, note=f"over {settings.max_bytes} bytes")
        else:
            yield from one(message, place, ".eml", settings, published)


def limits_of(settings: Settings) -> Limits:
    """Return what one page may cost, as the settings say."""
    return Limits(seconds=settings.page_seconds, memory=settings.page_megabytes << 20)


def _given(article: RawArticle | Rejection, published: str | None) -> RawArticle | Rejection:
    if published is None or isinstance(article, Rejection):
        return article
    return msgspec.structs.replace(article, published=published, published_basis="given")


def _prose(text: str) -> bool:
    sample = text[:4000]
    return sum(character.isalpha() or character.isspace() for character in sample) > 0.85 * len(sample)
