"""Fetch addresses of the web, as one who means no harm and trusts nobody.

Only http and https. The name is resolved here, every address that it resolves to is checked, and the connection goes to
the very address that was checked, for each connection anew: a name that changes its mind (DNS rebinding) gains nothing,
and neither does a redirect, which is looked at like any other address. Loopback, link-local, private, metadata and
otherwise special ranges are refused unless `allow_private`. Limited: bytes on the wire, bytes unpacked, redirects, and
time as a whole. Certificates are verified; proxies and passwords of the environment are not used.
"""

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
import msgspec

from onrecord import __version__
from onrecord.ingest.address import canonical
from onrecord.model.rejection import Rejection

AGENT = f"onrecord/{__version__} (+https://example.org/onrecord; reads news once, politely)"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
FORBIDDEN, ROBOTS, FAILED, CIRCLE, LARGE = "R116", "R117", "R118", "R119", "R105"
type Dial = Callable[[str, int, float | None], httpcore.NetworkStream]
type Resolve = Callable[[str, int], list[str]]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one fetch may cost: bytes on the wire and unpacked, redirects, seconds for one silence and in all."""

    bytes: int = 20_000_000
    redirects: int = 5
    silence: float = 10.0
    seconds: float = 40.0


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """An answer. `url`: where it came from in the end; `data`: empty for anything but 200; `wait`: Retry-After."""

    url: str
    status: int
    data: bytes = b""
    type: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    wait: float | None = None


class Refused(Exception):  # noqa: N818 - named for what it says
    """An address or answer that is not taken, with the rejection's code. Never leaves `ingest`."""

    def __init__(self, code: str, note: str, *, passing: bool = False) -> None:
        """Take the code and a note; `passing` where it may go better another time."""
        super().__init__(note)
        self.code = code
        self.passing = passing

    def rejection(self, source: str) -> Rejection:
        """Return it as a rejection of this source."""
        note = str(self).encode("utf-8", "replace").decode()[:300]
        return Rejection(code=self.code, stage="ingest", source=source, note=note)


def is_public(address: str) -> bool:
    """Say whether an IP address is of the open internet; what is wrapped in an IPv6 address is looked at as well."""
    try:
        one = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(one, ipaddress.IPv6Address):
        inner = one.ipv4_mapped or one.sixtofour or (one.teredo[1] if one.teredo else None)
        if one in _NAT64:
            inner = ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
        if one.ipv4_mapped is None and one.is_site_local:
            return False
        if one.ipv4_mapped is not None:
            return True
    return one.is_global and not one.is_multicast and not one.is_reserved


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses that the system resolves a name to."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def dialled(address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
    """Return a connection to an IP address."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout=timeout)


class Guard(httpcore.NetworkBackend):
    """Resolves, checks, and connects to what was checked."""

    def __init__(self, *, allow_private: bool, resolve: Resolve | None = None, dial: Dial | None = None) -> None:
        """`resolve` and `dial` are there to be replaced in tests."""
        self._allow_private = allow_private
        self._resolve = resolve or resolved
        self._dial = dial or dialled

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - the library's signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers; refuse where any of them is not public."""
        try:
            addresses = self._resolve(host.strip("[]"), port)
        except (OSError, UnicodeError) as error:
            raise Refused(FAILED, f"{host} can't be resolved: {error}", passing=True) from error
        closed = [one for one in addresses if not self._allow_private and not is_public(one)]
        if closed or not addresses:
            raise Refused(
                FORBIDDEN, f"{host} is {closed[0] if closed else 'nowhere'}: not an address of the open internet"
            )
        for place, address in enumerate(addresses[:4]):
            try:
                return self._dial(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place + 1 == len(addresses[:4]):
                    raise
        raise Refused(FAILED, f"{host} does not answer", passing=True)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class _Transport(httpx.HTTPTransport):
    """httpx's own, over our network backend."""

    def __init__(self, guard: Guard) -> None:
        super().__init__(trust_env=False)
        self._pool.close()
        context = httpx.create_ssl_context(verify=True, trust_env=False)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=8, max_keepalive_connections=0, network_backend=guard
        )


class Fetcher:
    """Fetches one address after the other; may be shared by threads."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        limits: Limits | None = None,
        agent: str = AGENT,
        guard: Guard | None = None,
    ) -> None:
        """`guard` replaces the network in tests."""
        self.limits = limits or Limits()
        self.agent = agent
        headers = {"User-Agent": agent, "Accept-Encoding": "gzip, deflate", "Accept-Language": "en"}
        self._client = httpx.Client(
            transport=_Transport(guard or Guard(allow_private=allow_private)), headers=headers, trust_env=False,
            follow_redirects=False, timeout=httpx.Timeout(self.limits.silence),
        )  # fmt: skip

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        allowed: Callable[[str], bool] = lambda _: True,
    ) -> Fetched:
        """Return the answer of an address, redirects followed; `Refused` where there is none to be had.

        `etag` and `modified` make it conditional (304). `allowed` is asked before each further address.
        """
        until, seen = time.monotonic() + self.limits.seconds, [_checked(url)]
        while True:
            headers = {"If-None-Match": etag} if etag else {}
            headers |= {"If-Modified-Since": modified} if modified else {}
            answer, there = self._once(seen[-1], headers, until)
            if there is None:
                return answer
            there = _checked(urljoin(seen[-1], there))
            if there in seen or len(seen) > self.limits.redirects:
                raise Refused(CIRCLE, f"{len(seen)} redirects, the last to {there}")
            if not allowed(there):
                raise Refused(ROBOTS, f"redirected to {there}")
            seen.append(there)

    def _once(self, url: str, headers: dict[str, str], until: float) -> tuple[Fetched, str | None]:
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                if response.status_code in _REDIRECTS and response.headers.get("location"):
                    return Fetched(url=url, status=response.status_code), response.headers["location"]
                body = self._body(response, until) if response.status_code == 200 else b""
                return _answer(url, response, body), None
        except Refused:
            raise
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError, ValueError) as error:
            raise Refused(FORBIDDEN, f"not an address that can be fetched: {error}") from error
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.TimeoutException, OSError, zlib.error) as error:
            raise Refused(FAILED, f"{type(error).__name__}: {error}", passing=True) from error

    def _body(self, response: httpx.Response, until: float) -> bytes:
        """Return the unpacked body; both sizes and the time are looked at with every piece."""
        packing = response.headers.get("content-encoding", "").strip().lower()
        if packing not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise Refused(FAILED, f"packed in a way that was not asked for: {packing[:40]}")
        unpack = zlib.decompressobj(47) if packing in {"gzip", "x-gzip"} else None
        parts, wire, got, limit = [], 0, 0, self.limits.bytes
        if (
            response.headers.get("content-length", "0").isdigit()
            and int(response.headers.get("content-length", 0)) > limit
        ):
            raise Refused(LARGE, f"over {limit} bytes")
        for piece in response.iter_raw(1 << 16):
            wire += len(piece)
            if packing == "deflate" and unpack is None:
                unpack = zlib.decompressobj(15 if piece[:1] == b"\x78" else -15)
            part = piece if unpack is None else unpack.decompress(piece, limit + 1 - got)
            got += len(part)
            if got > limit or wire > limit:
                raise Refused(LARGE, f"over {limit} bytes")
            if time.monotonic() > until:
                raise Refused(FAILED, f"not all of it came within {self.limits.seconds:g} s", passing=True)
            parts.append(part)
        if unpack is not None and not unpack.eof and wire:
            raise Refused(FAILED, "what was packed ends in the middle", passing=True)
        return b"".join(parts)


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        if parts.username is not None or parts.password is not None:
            raise Refused(FORBIDDEN, "it carries a user name")
        return canonical(url)
    except ValueError as error:
        raise Refused(FORBIDDEN, str(error)) from error


def _answer(url: str, response: httpx.Response, body: bytes) -> Fetched:
    kind, _, parameters = response.headers.get("content-type", "").partition(";")
    charset = next(
        (part.partition("=")[2].strip(" \"'") for part in parameters.split(";") if "charset" in part.lower()), None
    )
    return Fetched(
        url=url, status=response.status_code, data=body, type=kind.strip().lower(), charset=charset or None,
        etag=response.headers.get("etag"), modified=response.headers.get("last-modified"),
        wait=_wait(response.headers.get("retry-after")),
    )  # fmt: skip


def _wait(value: str | None) -> float | None:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - seldom needed

    if value is None:
        return None
    if value.strip().isdigit():
        return float(min(int(value.strip()[:9]), 86_400))
    try:
        return min(86_400.0, max(0.0, parsedate_to_datetime(value).timestamp() - time.time()))
    except (ValueError, TypeError, OverflowError):
        return None
