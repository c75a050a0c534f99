"""Live blogs: each timed entry is a piece with its own time inside one document.

Comes in: markup and what the page states. Goes out: entries, from schema.org's LiveBlogPosting where the page has it,
else from the markup: at least three blocks of one kind that each open with a `time` element.
"""

from typing import Any

import msgspec

from onrecord.ingest.html_facts import Facts, iso, line, plain
from onrecord.model.text import Piece

_FEWEST, _FEWEST_WORDS = 3, 6
_BLOCKS = ("article", "section", "li", "div")
_LIVE_SIGNS = ("live-blog", "liveblog", "live_blog", "live-updates", "liveupdates", "live-update", "liveBlog")


class Entry(msgspec.Struct, frozen=True):
    """One entry: its time, headline and body."""

    published: str | None
    title: str | None
    body: str


def entries(markup: str, facts: Facts) -> tuple[Entry, ...]:
    """Return the entries in order of the page; none where it isn't a live blog."""
    stated = tuple(entry for node in facts.live if (entry := _stated(node)) is not None)
    if len(stated) >= _FEWEST:
        return stated
    if not any(sign in markup[:3_000_000] for sign in _LIVE_SIGNS):
        return ()
    found = _marked(markup)
    return found if len(found) >= _FEWEST else ()


def joined(found: tuple[Entry, ...]) -> tuple[str, tuple[Piece, ...]]:
    """Return one text of all entries, each headline and paragraph a line, and where each entry stands in it."""
    parts, pieces, at = [], [], 0
    for entry in found:
        title = entry.title if entry.title and not entry.body.startswith(entry.title) else None
        text = f"{title}\n{entry.body}" if title else entry.body
        pieces.append(Piece(at, at + len(text), entry.published))
        parts.append(text)
        at += len(text) + 2
    return "\n\n".join(parts), tuple(pieces)


def _stated(node: dict[str, Any]) -> Entry | None:
    body = node.get("articleBody")
    text = plain(body) if isinstance(body, str) else ""
    if len(text.split()) < _FEWEST_WORDS:
        return None
    published = iso(node.get("datePublished")) or iso(node.get("dateCreated")) or iso(node.get("dateModified"))
    return Entry(published, line(node.get("headline")), text)


def _marked(markup: str) -> tuple[Entry, ...]:
    from lxml import etree, html  # noqa: PLC0415 - plain text should not pay for it

    try:
        root = html.document_fromstring(markup, parser=html.HTMLParser(huge_tree=False, remove_comments=True))
    except (etree.ParserError, ValueError):
        return ()
    best: list[Any] = []
    kinds: dict[tuple[str, str], list[Any]] = {}
    for block in root.iter(*_BLOCKS):
        if block.find(".//time[@datetime]") is not None:
            kinds.setdefault((block.tag, block.get("class") or ""), []).append(block)
    for blocks in kinds.values():
        inside = set(blocks)
        if len(blocks) >= _FEWEST and not any(set(block.iterancestors()) & inside for block in blocks):
            timed = [block for block in blocks if len(block.findall(".//time[@datetime]")) <= 2]
            if _weight(timed) > _weight(best):
                best = timed
    return tuple(entry for block in best if (entry := _entry(block)) is not None)


def _weight(blocks: list[Any]) -> int:
    return sum(len(paragraph.text_content()) for block in blocks for paragraph in block.iter("p"))


def _entry(block: Any) -> Entry | None:
    heads = [" ".join(head.text_content().split()) for head in block.iter("h2", "h3", "h4")]
    lines = [" ".join(paragraph.text_content().split()) for paragraph in block.iter("p")]
    body = "\n".join(text for text in lines if text)
    if len(body.split()) < _FEWEST_WORDS:
        return None
    moment = block.find(".//time[@datetime]")
    return Entry(iso(moment.get("datetime")) if moment is not None else None, line(heads[0]) if heads else None, body)
