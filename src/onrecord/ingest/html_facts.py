"""What a page says of itself: JSON-LD (schema.org), OpenGraph and meta elements, its canonical address.

Comes in: markup. Goes out: `Facts`; `chosen` picks the date of publication among those that are stated: where a page
gives the same moment in local time and in UTC, the local day is the day of the article.
"""

import html
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from onrecord.ingest.address import canonical, same_site
from onrecord.ingest.decode import clean_lines

_JSON_LD = re.compile(r"""<script[^>]{0,300}type\s*=\s*["']?application/ld\+json["']?[^>]{0,300}>""", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)
_META = re.compile(r"<meta\s([^>]{0,2000})>", re.IGNORECASE)
_LINK = re.compile(r"<link\s([^>]{0,2000})>", re.IGNORECASE)
_LANG = re.compile(r"""<html[^>]{0,400}?\slang\s*=\s*["']?([A-Za-z]{2,3})""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z:.-]+)\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,500}))""")
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:[.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?(?!\d)", re.IGNORECASE
)
_URL_DAY = re.compile(r"[/-](20\d\d|19\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "parsely-pub-date", "pubdate", "publishdate", "publish-date", "sailthru.date",
    "article.published", "publication_date",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod")
_ARTICLES = frozenset(
    {"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "blogposting",
     "liveblogposting", "reviewnewsarticle", "backgroundnewsarticle", "report", "webpage"}
)  # fmt: skip
_ENTRIES = "liveBlogUpdate"
_DEEPEST, _MOST_NODES = 6, 400


class Facts(msgspec.Struct, kw_only=True):
    """What is stated. `dates` are (where, ISO date or date-time) in order of trust; `live` the live-blog entries."""

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    updated: str | None = None
    body: str | None = None
    free: bool | None = None
    article: bool = False
    dates: tuple[tuple[str, str], ...] = ()
    live: tuple[dict[str, Any], ...] = ()


def read(markup: str, url: str | None = None) -> Facts:
    """Return what the page states; nothing in it can make this fail or take long."""
    facts, dates = Facts(), []
    metas = dict(reversed(list(_metas(markup[:1_500_000]))))
    for node in _nodes(markup):
        kinds = {kind.casefold() for kind in _strings(node.get("@type"))}
        _lay(facts, node, kinds)
        day = iso(node.get("datePublished"))
        if day:
            dates.append((kinds & _ARTICLES - {"webpage"} == set(), "JSON-LD", day))
    dates.sort(key=lambda one: one[0])
    stated = [(where, day) for _, where, day in dates]
    stated += [(name, day) for name in _PUBLISHED if (day := iso(metas.get(name)))]
    facts.dates = tuple(dict.fromkeys(stated))
    facts.updated = facts.updated or next((day for name in _UPDATED if (day := iso(metas.get(name)))), None)
    facts.title = line(metas.get("og:title")) or facts.title or line(metas.get("twitter:title"))
    facts.outlet = line(metas.get("og:site_name")) or facts.outlet
    facts.section = line(metas.get("article:section")) or facts.section
    facts.article = facts.article or metas.get("og:type", "").casefold() == "article"
    found = _LANG.search(markup[:20_000])
    facts.language = found.group(1).lower() if found else facts.language
    facts.url = _address(markup, metas, url)
    if not facts.dates:
        day = _guessed(markup, url)
        facts.dates = (("htmldate", day),) if day else ()
    elif len({day[:10] for _, day in facts.dates}) > 1 or facts.dates[0][1].endswith(("Z", "+00:00")):
        day = _guessed(markup, url)
        facts.dates += (("htmldate", day),) if day else ()
    return facts


def chosen(facts: Facts, url: str | None = None) -> tuple[str | None, tuple[str, ...]]:
    """Return the date of publication and the other days that are stated.

    The first stated one is taken, but a local time goes before one in UTC, and where the first is in UTC and another
    statement, or the address, gives the day before or after, that is the local day.
    """
    if not facts.dates:
        return None, ()
    stated = [day for _, day in facts.dates]
    best = stated[0]
    if _in_utc(best):
        local = next((day for day in stated if len(day) > 16 and not _in_utc(day) and _near(day, best)), None)
        best = local or best
    if _in_utc(best):
        days = [day[:10] for day in stated if day != best] + [day for day in (_url_day(url or facts.url),) if day]
        best = next((day for day in days if day != best[:10] and _near(day, best)), best)
    others = sorted({day[:10] for day in stated} - {best[:10]})
    return best, tuple(others)


def _in_utc(day: str) -> bool:
    return len(day) > 10 and day.endswith(("Z", "+00:00", "+0000"))


def _near(one: str, other: str) -> bool:
    return abs(date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])) <= timedelta(days=1)


def _url_day(url: str | None) -> str | None:
    found = _URL_DAY.search(urlsplit(url).path) if url else None
    return "-".join(found.groups()) if found and iso("-".join(found.groups())) else None


def iso(value: object) -> str | None:
    """Return an ISO date, or a date-time to the minute with its zone where that is given; None for anything else."""
    if not isinstance(value, str):
        return None
    found = _ISO.match(value.strip())
    if not found or not found.group(1) > "1900":
        return None
    day, clock, zone = found.groups()
    try:
        datetime.fromisoformat(f"{day}T{clock or '00:00'}{(zone or '').upper()}")
    except ValueError:
        return None
    return f"{day}T{clock}{(zone or '').upper()}" if clock else day


def line(value: object) -> str | None:
    """Return words on one line, entities resolved, nothing that no file can hold; None where there are none."""
    if not isinstance(value, str):
        return None
    text = html.unescape(html.unescape(value[:4000])).encode("utf-8", "ignore").decode()
    return " ".join(text.split())[:500] or None


def names(values: Iterable[object]) -> tuple[str, ...]:
    """Return the names among these, each once; addresses and handles are no names."""
    found = (line(value) for value in values)
    return tuple(dict.fromkeys(name for name in found if name and "://" not in name and not name.startswith("@")))[:20]


def _metas(markup: str) -> Iterator[tuple[str, str]]:
    for tag in _META.finditer(markup):
        held = _attributes(tag.group(1))
        name = held.get("property") or held.get("name") or held.get("itemprop") or held.get("http-equiv")
        if name and held.get("content"):
            yield name.strip().casefold(), held["content"]


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(text)}


def _address(markup: str, metas: dict[str, str], url: str | None) -> str | None:
    stated = metas.get("og:url")
    for tag in _LINK.finditer(markup[:1_500_000]):
        held = _attributes(tag.group(1))
        if held.get("rel", "").casefold() == "canonical" and held.get("href"):
            stated = held["href"]
            break
    if stated:
        try:
            stated = canonical(urljoin(url or "", stated.strip()))
        except ValueError:
            stated = None
    if url is None:
        return stated
    # a page may speak for its own site, not for another's
    return stated if stated and same_site(stated, url) and urlsplit(stated).path.strip("/") else canonical(url)


def _nodes(markup: str) -> Iterator[dict[str, Any]]:
    left = _MOST_NODES
    for script in itertools.islice(_JSON_LD.finditer(markup), 20):
        end = _END.search(markup, script.end())
        try:
            root = json.loads(
                markup[script.end() : end.start() if end else None].strip().removesuffix(";"), strict=False
            )
        except (ValueError, RecursionError):
            continue
        waiting = [(root, 0)]
        while waiting and left:
            node, depth = waiting.pop(0)
            left -= 1
            if isinstance(node, list) and depth <= _DEEPEST:
                waiting += [(item, depth + 1) for item in node[:50]]
            elif isinstance(node, dict) and depth <= _DEEPEST:
                yield node
                waiting += [
                    (item, depth + 1)
                    for name, item in node.items()
                    if isinstance(item, dict | list) and name != _ENTRIES  # their days are not the page's
                ]


def _lay(facts: Facts, node: dict[str, Any], kinds: set[str]) -> None:
    if not kinds & _ARTICLES:
        return
    article = bool(kinds & (_ARTICLES - {"webpage"}))
    facts.article = facts.article or article
    facts.updated = facts.updated or iso(node.get("dateModified"))
    facts.language = facts.language or (line(node.get("inLanguage")) or "")[:2].lower() or None
    free = node.get("isAccessibleForFree")
    if facts.free is None and free is not None:
        facts.free = str(free).casefold() not in {"false", "http://schema.org/false", "https://schema.org/false"}
    if not article:
        return
    facts.title = facts.title or line(node.get("headline"))
    facts.outlet = facts.outlet or next(iter(_named(node.get("publisher"))), None)
    facts.authors = facts.authors or names(_named(node.get("author")))
    facts.section = facts.section or next((line(one) for one in _strings(node.get("articleSection"))), None)
    body = node.get("articleBody")
    if isinstance(body, str) and facts.body is None:
        facts.body = plain(body)
    updates = node.get(_ENTRIES)
    if isinstance(updates, dict):
        updates = [updates]
    if isinstance(updates, list) and not facts.live:
        facts.live = tuple(one for one in updates[:500] if isinstance(one, dict))


def plain(text: str) -> str:
    """Return the words of a stated body: entities and tags gone, lines kept, nothing that no file can hold."""
    text = html.unescape(text[:400_000]).encode("utf-8", "ignore").decode()
    text = re.sub(r"<(?:br|/p|/div|/li)\b[^>]{0,200}>", "\n", text, flags=re.IGNORECASE)
    text = re.sub(r"<[^<>]{1,500}>", " ", text)
    lines = (" ".join(line.split()) for line in clean_lines(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _named(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    found = [item.get("name") if isinstance(item, dict) else item for item in items[:20]]
    return [text for item in found for one in (item if isinstance(item, list) else [item]) if (text := line(one))]


def _strings(value: object) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _guessed(markup: str, url: str | None) -> str | None:
    import htmldate  # noqa: PLC0415 - half a second that plain text should not pay

    try:
        return iso(htmldate.find_date(markup, url=url, extensive_search=False, original_date=True))
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - a date that can't be found is no date
        return None
