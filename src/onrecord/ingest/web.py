"""An answer of the web to a `RawArticle`: pages and plain text; and an address that a user names as a source."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from onrecord.ingest import fetch, sandbox
from onrecord.ingest.address import canonical, is_address
from onrecord.ingest.decode import decode
from onrecord.ingest.fetch import Fetched, Fetcher, Refused
from onrecord.ingest.html import read_page
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.model.visit import Visit
from onrecord.settings import Settings

_PAGES = frozenset({"text/html", "application/xhtml+xml", ""})


def article_of(answer: Fetched, source: str, settings: Settings) -> RawArticle | Rejection:
    """Return the article of an answer with status 200, or the reason why there is none."""
    limits = sandbox.Limits(seconds=settings.page_seconds, memory=settings.page_megabytes << 20)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ")
    if answer.type in _PAGES:
        found = read_page(answer.data, source, charset=answer.charset, url=answer.url, limits=limits)
        return found if isinstance(found, Rejection) else msgspec.structs.replace(found, retrieved=now)
    if answer.type != "text/plain":
        return Rejection(code="R106", stage="ingest", source=source, note=f"{answer.type[:60]} is not read")
    text, notes = decode(answer.data, source, answer.charset)
    if text is None:
        return notes[0]
    return RawArticle(text=text, source=source, url=answer.url, retrieved=now, notes=notes)


def fetcher_of(settings: Settings) -> Fetcher:
    """Return what fetches as the settings allow."""
    return Fetcher(allow_private=settings.allow_private, limits=fetch.Limits(bytes=settings.max_bytes))


def fetched(
    source: str, settings: Settings, published: str | None, fetcher: Fetcher | None = None
) -> Iterator[RawArticle | Rejection]:
    """Yield the article at an address that a user named, or of every link of the feed that is there."""
    from onrecord.ingest import feed_files, poll  # noqa: PLC0415 - poll knows this module

    client = fetcher or fetcher_of(settings)
    try:
        answer = client.get(source)
        if answer.status != 200:
            yield Rejection(code="R118", stage="ingest", source=source, note=f"status {answer.status}")
        elif feed_files.is_feed(answer.data, answer.type):
            yield from poll.Poll([source], client, poll.Memory(), settings).round()
        else:
            found = article_of(answer, source, settings)
            given = {"published": published, "published_basis": "given"} if published else {}
            yield found if isinstance(found, Rejection) else msgspec.structs.replace(found, **given)
    except Refused as refused:
        yield refused.rejection(source)
    finally:
        if fetcher is None:
            client.close()


def listed(text: str) -> list[str]:
    """Return the addresses of a text that is a list of them, one a line, or the last column of a table as GDELT has it.

    Nothing for anything else: an article may name an address, but not in each line.
    """
    rows = [row.rsplit("\t", 1)[-1].strip() for row in text.split("\n") if row.strip()]
    found = [row for row in rows if is_address(row) and " " not in row]
    return list(dict.fromkeys(found)) if found and len(found) == len(rows) else []


def linked(data: bytes, source: str, settings: Settings) -> Iterator[RawArticle | Rejection]:
    """Yield the article of every link of a feed's file."""
    taken = sandbox.run(sandbox.Job(task="feed", data=data, source=source))
    yield from taken.rejections
    yield from each([link.url for link in taken.links], settings, feeds=taken.feeds)


def each(
    addresses: Sequence[str], settings: Settings, *, feeds: Sequence[str] = (), fetcher: Fetcher | None = None
) -> Iterator[RawArticle | Rejection]:
    """Yield the article at each of many addresses, as politely as a watch."""
    from onrecord.ingest import poll  # noqa: PLC0415 - poll knows this module

    client, ledger = fetcher or fetcher_of(settings), poll.Memory()
    for address in addresses:
        try:
            ledger.note([Visit(address=canonical(address))])
        except ValueError as error:
            yield Rejection(code="R116", stage="ingest", source=address[:500], note=str(error))
    try:
        yield from poll.Poll(feeds, client, ledger, settings).round()
    finally:
        if fetcher is None:
            client.close()
