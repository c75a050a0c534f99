"""Poll feeds and fetch what is new in them, politely: the round of `onrecord watch`.

Comes in: addresses of feeds, and a ledger of what was visited. Goes out: articles and rejections, one by one; an
address is noted as done only when the next is asked for, after the reader has kept it, so that a run that is killed
loses nothing. A host is asked for one thing at a time, `delay` seconds after the last; 429 and 503 are heeded.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import msgspec

from onrecord.ingest import sandbox
from onrecord.ingest.address import canonical, host_of
from onrecord.ingest.fetch import FAILED, ROBOTS, Fetched, Fetcher, Refused
from onrecord.ingest.robots import Robots
from onrecord.ingest.web import article_of
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection
from onrecord.model.visit import Visit
from onrecord.settings import Settings

_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOST_FEEDS = 2000


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How slowly. `most` pages a host and round; failures are tried again after `backoff` seconds, then twice as many.

    A round waits for a host for up to `patience` seconds; what must wait longer is left to the next round.
    """

    delay: float = 2.0
    most: int = 100
    tries: int = 5
    backoff: float = 30.0
    patience: float = 60.0


class Ledger(Protocol):
    """Where visits are kept. Each `note` is kept as a whole or not at all."""

    def visit(self, address: str) -> Visit | None:
        """Return what is known of an address."""

    def waiting(self) -> list[Visit]:
        """Return the pages that wait to be read, in order of address."""

    def note(self, visits: Iterable[Visit]) -> None:
        """Keep these visits in the place of what was known."""


class Memory:
    """A ledger that is forgotten at the end."""

    def __init__(self) -> None:
        self._known: dict[str, Visit] = {}

    def visit(self, address: str) -> Visit | None:
        """Return what is known of an address."""
        return self._known.get(address)

    def waiting(self) -> list[Visit]:
        """Return the pages that wait to be read, in order of address."""
        return [self._known[name] for name in sorted(self._known) if _waits(self._known[name])]

    def note(self, visits: Iterable[Visit]) -> None:
        """Keep these visits."""
        self._known.update({visit.address: visit for visit in visits})


class Poll:
    """One round after the other over the same feeds."""

    def __init__(
        self, feeds: Iterable[str], fetcher: Fetcher, ledger: Ledger, settings: Settings, pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        """Take the feeds' addresses; ValueError for one that is no address of the web."""
        self._feeds = list(dict.fromkeys(canonical(feed) for feed in feeds))
        self._fetcher, self._ledger, self._settings = fetcher, ledger, settings
        self._pace, self._sleep = pace or Pace(), sleep
        self._free: dict[str, float] = {}  # host -> when it may be asked again, by the monotonic clock
        self._robots = self._asking()

    def round(self) -> Iterator[RawArticle | Rejection]:
        """Ask every feed, then fetch what waits; yield what came of each page."""
        self._robots = self._asking()
        queue, seen = deque(self._feeds), set(self._feeds)
        while queue:
            for found in self._feed(queue.popleft(), queue):
                if isinstance(found, Rejection):
                    yield found
                elif found not in seen and len(seen) < _MOST_FEEDS:
                    seen.add(found)
                    queue.append(found)
        yield from self._pages()

    def _feed(self, url: str, queue: deque[str]) -> Iterator[Rejection | str]:
        visit = self._ledger.visit(url) or Visit(address=url, sort="feed")
        if not self._soon(visit):
            return
        answer, refused = self._answer(visit)
        if answer is None:
            after = self._again(visit, refused)
            self._ledger.note([after])
            if refused.passing and after.tries < self._pace.tries:
                queue.append(url)
            else:
                yield refused.rejection(url)
            return
        if answer.status == 304:
            return
        taken = sandbox.run(
            sandbox.Job(task="feed", data=answer.data, source=url, url=answer.url, limits=self._limits())
        )
        news = [new for link in taken.links if (new := self._news(link)) is not None]
        done = Visit(address=url, sort="feed", state="done")
        if not taken.feeds:  # a list of feeds is asked for as a whole each time, or its feeds would be forgotten
            done = msgspec.structs.replace(done, etag=answer.etag, modified=answer.modified)
        self._ledger.note([*news, done])
        yield from taken.feeds
        yield from taken.rejections

    def _news(self, link: sandbox.Link) -> Visit | None:
        """Return the visit that a feed's entry asks for; None where it was made already."""
        known, stamp = self._ledger.visit(link.url), link.updated or link.published or ""
        if known is None:
            return Visit(address=link.url, stamp=stamp)
        if known.sort == "page" and known.state == "done" and stamp > known.stamp and known.stamp:
            return msgspec.structs.replace(known, state="waiting", stamp=stamp, tries=0, not_before=0.0)
        return None

    def _pages(self) -> Iterator[RawArticle | Rejection]:
        waiting = {visit.address: visit for visit in self._ledger.waiting()}
        asked: Counter[str] = Counter()
        while waiting:
            visit = min(waiting.values(), key=self._turn)
            del waiting[visit.address]
            host = host_of(visit.address)
            if not self._soon(visit) or asked[host] >= self._pace.most:
                continue
            asked[host] += not visit.tries
            found, after = self._page(visit)
            if found is not None:
                yield found
            self._ledger.note([after])
            if after.state == "waiting":
                waiting[after.address] = after

    def _page(self, visit: Visit) -> tuple[RawArticle | Rejection | None, Visit]:
        answer, refused = self._answer(visit)
        if answer is None:
            after = self._again(visit, refused)
            return (refused.rejection(visit.address) if after.state == "refused" else None), after
        done = msgspec.structs.replace(visit, state="done", tries=0, not_before=0.0)
        if answer.status == 304:
            return None, done
        found = article_of(answer, visit.address, self._settings)
        if isinstance(found, Rejection):
            return found, msgspec.structs.replace(done, state="refused")
        return found, msgspec.structs.replace(done, etag=answer.etag, modified=answer.modified)

    def _answer(self, visit: Visit) -> tuple[Fetched | None, Refused]:
        """Return an answer that can be used (200 or 304), or why there is none."""
        refused = Refused(FAILED, "no answer")
        try:
            answer = self._get(visit)
        except Refused as error:
            return None, error
        if answer.status in {200, 304}:
            return answer, refused
        if answer.wait is not None and answer.status in _LATER:
            self._rest_for(visit.address, answer.wait)
        return None, Refused(FAILED, f"status {answer.status}", passing=answer.status in _LATER)

    def _get(self, visit: Visit) -> Fetched:
        allowed = self._robots.allows(visit.address)
        if allowed is None:
            self._robots.forget(visit.address)
            self._rest_for(visit.address, self._pace.backoff)
            raise Refused(FAILED, "robots.txt can't be had", passing=True)
        if not allowed:
            raise Refused(ROBOTS, "")
        self._wait(visit.address)
        try:
            return self._fetcher.get(visit.address, etag=visit.etag, modified=visit.modified, allowed=self._hop)
        finally:
            self._rest_for(visit.address, self._delay(visit.address))

    def _asking(self) -> Robots:
        return Robots(self._fetcher, self._wait, lambda url: self._rest_for(url, self._pace.delay))

    def _rest_for(self, url: str, seconds: float) -> None:
        host = host_of(url)
        self._free[host] = max(self._free.get(host, 0.0), time.monotonic() + seconds)

    def _turn(self, visit: Visit) -> tuple[float, str]:
        return max(visit.not_before - time.time(), self._rest(visit)), visit.address

    def _hop(self, url: str) -> bool:
        """Say whether a redirect may be followed, after the pause that its host is due."""
        if not self._robots.allows(url):
            return False
        self._rest_for(url, self._delay(url))
        self._wait(url)
        return True

    def _delay(self, url: str) -> float:
        return max(self._pace.delay, self._robots.delay(url))

    def _wait(self, url: str) -> None:
        """Sleep until the host may be asked, and count the pause from now on."""
        self._sleep(max(0.0, self._free.get(host_of(url), 0.0) - time.monotonic()))
        self._free[host_of(url)] = time.monotonic() + self._pace.delay

    def _rest(self, visit: Visit) -> float:
        return max(0.0, self._free.get(host_of(visit.address), 0.0) - time.monotonic())

    def _soon(self, visit: Visit) -> bool:
        """Wait for an address whose time has not come, where that is short; say whether it is to be asked now."""
        left = visit.not_before - time.time()
        if left > self._pace.patience or self._rest(visit) > self._pace.patience:
            return False
        self._sleep(max(0.0, left))
        return True

    def _again(self, visit: Visit, refused: Refused) -> Visit:
        """Return the visit to be made again later, or refused for good."""
        tries = visit.tries + 1
        if not refused.passing or (visit.sort == "page" and tries >= self._pace.tries):
            state = "waiting" if visit.sort == "feed" else "refused"
            return msgspec.structs.replace(visit, state=state, tries=tries)
        pause = max(self._rest(visit), self._pace.backoff * 2 ** min(tries - 1, 10))
        return msgspec.structs.replace(visit, tries=tries, not_before=time.time() + pause)

    def _limits(self) -> sandbox.Limits:
        return sandbox.Limits(seconds=self._settings.page_seconds, memory=self._settings.page_megabytes << 20)


def _waits(visit: Visit) -> bool:
    return visit.sort == "page" and visit.state == "waiting"
