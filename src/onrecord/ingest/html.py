"""A page to a `RawArticle`: main text, title, authors, outlet, dates, address. The page itself is never kept or shown.

`read_page` does it in the child process of `ingest.sandbox`; `take` is what runs there. The main text is trafilatura's,
set for precision; what the page says of itself is read by `html_facts`, what kind of page it is by `html_kind`.
"""

import re
from typing import Any

from onrecord.ingest import html_facts, html_kind, html_live, sandbox
from onrecord.ingest.decode import clean_lines, decode
from onrecord.model.article import RawArticle
from onrecord.model.rejection import Rejection

FEWEST_WORDS = 8
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Say whether decoded text is a page rather than an article in plain text."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html")) or ("<head" in head and "<title" in head)


def declared_charset(data: bytes) -> str | None:
    """Return the charset that the page's first 4 kB declare, or None."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def read_page(
    data: bytes,
    source: str,
    *,
    charset: str | None = None,
    url: str | None = None,
    limits: sandbox.Limits | None = None,
) -> RawArticle | Rejection:
    """Return the article of a page, or the reason why there is none; taken apart in the child process.

    `charset` is what the container (an HTTP header) says; `url` the address that the page was fetched from.
    """
    job = sandbox.Job(
        task="page", data=data, source=source, url=url, charset=charset, limits=limits or sandbox.Limits()
    )
    return sandbox.run(job).one(source)


def take(job: sandbox.Job) -> sandbox.Taken:
    """Do the job of `read_page`, in the child."""
    text, notes = decode(job.data, job.source, job.charset or declared_charset(job.data))
    if text is None:
        return sandbox.Taken(rejections=notes)
    found = from_markup(text, job.source, url=job.url, notes=notes)
    if isinstance(found, Rejection):
        return sandbox.Taken(rejections=(found,))
    return sandbox.Taken(articles=(found,))


def from_markup(
    markup: str, source: str, *, url: str | None = None, notes: tuple[Rejection, ...] = ()
) -> RawArticle | Rejection:
    """Return the article in decoded markup, or the reason why there is none. Runs in this process, without limits."""
    facts = html_facts.read(markup, url)
    main = _main(markup, url)
    live = html_live.entries(markup, facts)
    text, pieces = html_live.joined(live) if live else (_body(main, facts), ())
    kind = None if live else html_kind.refused(text, markup, facts)
    if kind is None and len(text.split()) < FEWEST_WORDS:
        kind = "R107", _short_of(text)
    if kind is not None:
        return Rejection(code=kind[0], stage="ingest", source=source, note=kind[1])
    said = [("R114", f"{len(pieces)} entries")] if live else html_kind.remarks(text, facts)
    published, others = html_facts.chosen(facts, url)
    if others:
        said.append(("R115", f"taken: {published}; also stated: {', '.join(others)}"))
    return RawArticle(
        text=text,
        source=source,
        title=facts.title or html_facts.line(main.get("title")),
        url=facts.url or html_facts.line(main.get("url")),
        outlet=facts.outlet or html_facts.line(main.get("sitename")),
        authors=facts.authors or html_facts.names((main.get("author") or "").split(";")),
        published=published,
        published_basis="metadata" if published else None,
        language=facts.language,
        updated=facts.updated,
        section=facts.section,
        pieces=pieces,
        notes=(*notes, *(Rejection(code=code, stage="ingest", source=source, note=note) for code, note in said)),
    )


def _short_of(text: str) -> str:
    return f"no main text of at least {FEWEST_WORDS} words in the page" + (f": {text[:80]!r}" if text else "")


def _main(markup: str, url: str | None) -> dict[str, Any]:
    import trafilatura  # noqa: PLC0415 - 0.4 s that plain text should not pay

    try:
        found = trafilatura.bare_extraction(
            markup, url=url, with_metadata=True, include_comments=False, favor_precision=True
        )
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - a hostile page may break any parser; its own statement of its text may be left
        return {}
    return found.as_dict() if found is not None else {}


def _body(main: dict[str, Any], facts: html_facts.Facts) -> str:
    """Return the main text; what the page states as its body in JSON-LD, where the markup holds next to nothing."""
    body = clean_lines(main.get("text") or "").strip("\n")
    stated = facts.body or ""
    return stated if len(stated.split()) > 4 * len(body.split()) + 40 else body
