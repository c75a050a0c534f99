"""Addresses of the web: one form for one page, and which two addresses are of one site."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "cmpid", "cmp", "ocid",
                       "ref_src", "smid", "sref", "__twitter_impression", "guccounter"})  # fmt: skip
_TRACKING_STARTS = ("utm_", "at_", "pk_", "hsa_")
_FRONTS = ("www.", "m.", "mobile.", "amp.", "edition.")
_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """Return the address in one form: host in lower case, no fragment, no default port, no tracking parameters.

    ValueError for anything but http and https with a host.
    """
    parts = urlsplit(url.strip())
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".").lower()
    if scheme not in _PORTS or not host:
        message = f"not an address of the web: {url[:200]!r}"
        raise ValueError(message)
    shown = f"[{host}]" if ":" in host else host
    port = parts.port
    where = shown if port in {None, _PORTS[scheme]} else f"{shown}:{port}"
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _TRACKING and not name.lower().startswith(_TRACKING_STARTS)
    ]
    query = parts.query if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(kept)
    return urlunsplit((scheme, where, parts.path or "/", query, ""))


def host_of(url: str) -> str:
    """Return the host of an address, in lower case; "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def site_of(url: str) -> str:
    """Return scheme, host and port: what a robots.txt and a delay hold for."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses are of one site, `www.` and `m.` and the like left out."""
    first, second = _bare(host_of(one)), _bare(host_of(other))
    return bool(first) and first == second


def is_address(source: str) -> bool:
    """Say whether a source that a user names is an address to be fetched."""
    return source[:8].lower().startswith(("http://", "https://"))


def _bare(host: str) -> str:
    for front in _FRONTS:
        if host.startswith(front) and host.count(".") > 1:
            return host.removeprefix(front)
    return host
