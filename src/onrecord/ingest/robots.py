"""robots.txt (RFC 9309), read by protego: which addresses a named agent may fetch, and how slowly."""

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from onrecord.ingest.address import site_of
from onrecord.ingest.fetch import Fetcher, Refused

_MOST_BYTES = 500_000
_SLOWEST = 60.0


class Robots:
    """Asks each site once. A site that can't say (5xx, no answer) is left alone for this run; 4xx allows all."""

    def __init__(
        self,
        fetcher: Fetcher,
        before: Callable[[str], None] = lambda _: None,
        after: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Take what fetches; `before` and `after` are called with the address of each robots.txt, around its fetch."""
        self._fetcher = fetcher
        self._before = before
        self._after = after
        self._known: dict[str, Protego | None] = {}

    def allows(self, url: str) -> bool | None:
        """Say whether the agent may fetch the address; None where the site can't say at the moment."""
        rules = self._rules(url)
        return None if rules is None else bool(rules.can_fetch(url, self._fetcher.agent))

    def forget(self, url: str) -> None:
        """Ask the site again the next time."""
        self._known.pop(site_of(url), None)

    def delay(self, url: str) -> float:
        """Return the seconds that the site asks for between two fetches, 60 at most; 0 where it says nothing."""
        rules = self._rules(url)
        said = rules.crawl_delay(self._fetcher.agent) if rules is not None else None
        return min(float(said), _SLOWEST) if said else 0.0

    def _rules(self, url: str) -> Protego | None:
        site = site_of(url)
        if site not in self._known:
            self._known[site] = self._asked(f"{site}/robots.txt") if urlsplit(site).netloc else None
        return self._known[site]

    def _asked(self, url: str) -> Protego | None:
        self._before(url)
        try:
            answer = self._fetcher.get(url)
        except Refused as refused:
            return None if refused.passing else Protego.parse("")
        finally:
            self._after(url)
        if answer.status >= 500 or answer.status == 429:
            return None
        return Protego.parse(answer.data[:_MOST_BYTES].decode("utf-8", "replace") if answer.status == 200 else "")
