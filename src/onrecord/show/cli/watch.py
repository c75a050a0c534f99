"""`onrecord watch`: poll feeds, read what is new, say what it changed."""

import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import UsageError
from onrecord.show.cli.config import configure
from onrecord.show.cli.options import Store

if TYPE_CHECKING:
    from onrecord.ingest.poll import Poll
    from onrecord.settings import Settings


def watch(
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEED", help="Addresses of feeds, sitemaps or OPML lists, or files of them.")
    ],
    once: Annotated[bool, typer.Option("--once", help="One round, for cron.")] = False,
    every: Annotated[float, typer.Option("--every", min=60, metavar="SECONDS", help="From round to round.")] = 900.0,
    delay: Annotated[float, typer.Option("--delay", min=0, metavar="SECONDS", help="Between fetches of a host.")] = 2.0,
    most: Annotated[int, typer.Option("--most", min=1, help="Pages of one host in one round.")] = 100,
    backoff: Annotated[float, typer.Option("--backoff", min=0, metavar="SECONDS", help="Before a retry.")] = 30.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
    ] = False,
    store: Store = None,
) -> None:
    """Poll feeds politely, read the new pages into a store, and print what changed in deals and cases.

    Heeds robots.txt, ETag, Last-Modified and Retry-After. Ctrl-C ends it after the page at hand; it starts where it
    left. Pages are fetched once, and again where the feed gives them a later date.

    Example: onrecord watch https://news.example/feed.xml --store desk.db --once
    """
    from onrecord.ingest.poll import Pace, Poll
    from onrecord.ingest.web import fetcher_of
    from onrecord.keep.ledger import open_ledger
    from onrecord.show.cli.screen import tell

    settings = configure(store=store, allow_private=allow_private or None).settings
    addresses = [one for feed in feeds for one in _addresses(feed)]
    fetcher = fetcher_of(settings)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    path = Path(settings.store)
    try:
        with open_ledger(path) as ledger:
            try:
                poll = Poll(addresses, fetcher, ledger, settings, Pace(delay=delay, most=most, backoff=backoff))
            except ValueError as error:
                raise UsageError(str(error)) from error
            _rounds(poll, path, settings, every=None if once else every)
    except KeyboardInterrupt:
        tell("stopped; the next watch starts from here")
    finally:
        fetcher.close()


def _rounds(poll: "Poll", path: Path, settings: "Settings", *, every: float | None) -> None:
    from onrecord.keep.open import open_writer
    from onrecord.show.cli.moved import changes, standing
    from onrecord.show.cli.reading import Run, renew
    from onrecord.show.cli.screen import screen, tell

    first = True
    while True:
        began = time.monotonic()
        before = standing(path)
        with open_writer(path) as writer:
            run = Run(poll.round(), settings, writer)
            for _ in run:
                pass
        if run.changed or first:  # what was read before a run was killed is not assembled yet
            renew(path)
        for line in changes(before, standing(path)):
            screen().print(line)
        tell(f"{run.read} read, {run.refused} refused; {run.changed} new or changed in {path}")
        if run.interrupted:
            raise KeyboardInterrupt
        if every is None:
            return
        first = False
        time.sleep(max(0.0, every - (time.monotonic() - began)))


def _addresses(feed: str) -> list[str]:
    """Return the addresses that an argument names: itself, or those in the file of that name."""
    from onrecord.ingest import feed_files, sandbox
    from onrecord.ingest.address import is_address

    if is_address(feed):
        return [feed]
    try:
        data = Path(feed).read_bytes()[:5_000_000]
    except OSError as error:
        message = f"{feed}: neither an address (http, https) nor a file that can be read"
        raise UsageError(message) from error
    if feed_files.is_feed(data):
        return list(sandbox.run(sandbox.Job(task="feed", data=data, source=feed)).feeds)
    lines = (line.strip() for line in data.decode("utf-8", "replace").splitlines())
    found = [line for line in lines if is_address(line)]
    if not found:
        message = f"{feed}: no addresses of feeds in it"
        raise UsageError(message)
    return found
