"""What kind of page it is, where it isn't an article: a consent wall, a list of links, the stub before a paywall."""

import re
from functools import lru_cache

from onrecord.ingest.html_facts import Facts
from onrecord.lexicon import pages
from onrecord.lexicon.load import shipped

_ANCHOR = re.compile(r"<a\b[^>]{0,2000}>(.{0,400}?)</a>", re.IGNORECASE | re.DOTALL)
_PARAGRAPH = re.compile(r"<p\b[^>]{0,2000}>(.{0,4000}?)</p>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ENDS = tuple(".!?:;\"”’')…")
_STUB, _WALL = 220, 250


@lru_cache(maxsize=1)
def _book() -> pages.PageBook:
    return pages.load(shipped())


def refused(text: str, markup: str, facts: Facts) -> tuple[str, str] | None:
    """Return the code and a note where the page holds no article: R112 or R113; else None."""
    words = len(text.split())
    said = [line for line in text.split("\n") if line.strip()]
    if words < _WALL:
        found = frozenset[str]().union(*(_book().found("consent", line) for line in said))
        about = sum(len(line.split()) for line in said if _book().found("consent", line))
        if found and (words < 8 or about > words / 2 or (len(found) > 1 and about > words / 3)):
            return "R112", ", ".join(sorted(found))
    if (words < 8 or _is_list(said, words)) and not facts.article and _linked(markup):
        return "R113", f"{words} words of text, hardly a sentence among them; mostly links"
    return None


def remarks(text: str, facts: Facts) -> list[tuple[str, str]]:
    """Return what is to be said of a page that is read: R111 where it ends at a paywall."""
    words = len(text.split())
    if words >= _STUB:
        return []
    if facts.free is False:
        return [("R111", f"the page says that it isn't free; {words} words of it are here")]
    found = frozenset[str]().union(*(_book().found("paywall", line) for line in text.split("\n")))
    return [("R111", f"{', '.join(sorted(found))}; {words} words of it are here")] if found else []


def _is_list(said: list[str], words: int) -> bool:
    prose = sum(len(line.split()) for line in said if len(line.split()) >= 12 and line.rstrip().endswith(_ENDS))
    return len(said) >= 8 and prose < 0.15 * words


def _linked(markup: str) -> bool:
    """Say whether more words of the page stand in links than in its paragraphs outside of links."""
    body = markup[:3_000_000]
    linked = sum(len(_TAG.sub(" ", inside).split()) for inside in _ANCHOR.findall(body))
    told = sum(len(_TAG.sub(" ", _ANCHOR.sub(" ", inside)).split()) for inside in _PARAGRAPH.findall(body))
    return linked > 2 * told and linked > 60
