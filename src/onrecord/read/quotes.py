"""Pair quotation marks. Comes in: the text and its paragraphs. Goes out: `Quote`s, marks included, in order.

Each paragraph is paired on its own, so that a mark that is missing spoils one paragraph at most and nothing is given
up. A mark opens or closes by what stands on either side of it; curly marks lean to their own side. Linear in the text.
"""

import itertools
import re
from collections.abc import Iterable

import msgspec

from onrecord.model.reading import Quote

_MARK = re.compile(r"``|''|[\"“”„‟＂«»‘’‚‛'`‹›]")
_DOUBLE = frozenset(('"', "“", "”", "„", "‟", "＂", "``", "''"))
_ANGLE = frozenset("«»‹›")
_LEANS_OPEN = frozenset(("“", "„", "‟", "‘", "‚", "‛", "``", "`", "«", "‹"))
_LEANS_CLOSED = frozenset(("”", "’", "»", "›"))
# apostrophes that begin a word: 'tis, 'em, 'n', '90s
_CLIPPED = re.compile(r"[’'‘](?:\d0s\b|(?:tis|twas|em|til|till|cause|bout|n|round)\b)", re.IGNORECASE)
_OPENING = frozenset("([{<-–—―/…")
_AFTER_CLOSE = frozenset(",;:!?)")
_CLOSING = frozenset(")]}>.,;:!?-–—―/…")


class _Mark(msgspec.Struct):
    start: int
    end: int
    sort: str
    opens: bool
    closes: bool
    after_digit: bool
    plural: bool


class _Open(msgspec.Struct):
    start: int
    sort: str
    continues: bool
    firm: bool


def pair(text: str, paragraphs: Iterable[tuple[int, int]]) -> tuple[Quote, ...]:
    """Return every quotation of these paragraphs, sorted by start; levels count the quotations around each."""
    found: list[Quote] = []
    pending: str | None = None
    spans = list(paragraphs)
    for place, (start, end) in enumerate(spans):
        following = spans[place + 1] if place + 1 < len(spans) else None
        marks = _marks(text, start, end)
        quotes, pending = _pair_one(text, (start, end), marks, pending, _first_mark(text, following))
        found += quotes
    return tuple(quote for quote in _levelled(found) if any(map(str.isalnum, text[quote.start : quote.end])))


def _first_mark(text: str, paragraph: tuple[int, int] | None) -> str | None:
    if paragraph is None:
        return None
    at = paragraph[0]
    while at < paragraph[1] and text[at].isspace():
        at += 1
    mark = _MARK.match(text, at, paragraph[1])
    if mark is None or _CLIPPED.match(text, at):
        return None
    return _sort(mark.group())


def _sort(mark: str) -> str:
    if mark in _DOUBLE:
        return "double"
    return "angle" if mark in _ANGLE else "single"


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    marks: list[_Mark] = []
    for match in _MARK.finditer(text, start, end):
        at, after, mark = match.start(), match.end(), match.group()
        before = text[at - 1] if at > start else " "
        behind = text[after] if after < end else " "
        sort = _sort(mark)
        if sort == "single" and before.isalnum() and behind.isalnum():
            continue
        left = (before.isspace() or before in _OPENING or _quoting(before)) and not (
            behind.isspace() or behind in _AFTER_CLOSE
        )
        right = (behind.isspace() or behind in _CLOSING or _quoting(behind)) and not before.isspace()
        if left == right:
            opens, closes = mark not in _LEANS_CLOSED, mark not in _LEANS_OPEN
            if sort == "single" and mark in "'’":
                opens = False
        else:
            opens, closes = left, right
        if sort == "single" and opens and _CLIPPED.match(text, at):
            continue
        if sort == "single" and mark == "’" and opens and not marks:
            # ’ opens nothing unless sloppily typed; as first mark of a paragraph it is an apostrophe
            continue
        plural = before in "sS" and behind == " " and after + 1 < end and text[after + 1].islower()
        marks.append(_Mark(at, after, sort, opens, closes, before.isdigit(), plural))
    return marks


def _quoting(character: str) -> bool:
    return character in "\"“”„‟＂‘’'`«»"


def _pair_one(
    text: str, paragraph: tuple[int, int], marks: list[_Mark], pending: str | None, following: str | None
) -> tuple[list[Quote], str | None]:
    start, end = paragraph
    closers = _closers_ahead(marks)
    done: list[Quote] = []
    stack: list[_Open] = []
    depth = {"double": 0, "single": 0, "angle": 0}
    first = start
    while first < end and text[first].isspace():
        first += 1
    if pending and marks and not any(mark.start == first and mark.sort == pending for mark in marks[:2]):
        lead = next((mark for mark in marks if mark.sort == pending), None)
        if lead and lead.closes and not lead.opens:
            stack.append(_Open(first, pending, continues=True, firm=True))
            depth[pending] += 1
    for place, mark in enumerate(marks):
        is_open = depth[mark.sort] > 0
        ahead = closers[place]
        if mark.closes and is_open:
            if ahead and (mark.after_digit or (mark.sort == "single" and mark.plural)):
                continue
            while stack[-1].sort != mark.sort:
                depth[stack.pop().sort] -= 1
            opened = stack.pop()
            depth[mark.sort] -= 1
            done.append(Quote(opened.start, mark.end, continues=opened.continues))
        elif mark.opens and not (mark.after_digit and mark.closes):
            at_start = mark.start == first
            runs_on = at_start and mark.sort == pending
            if mark.sort == "single" and not ahead and not (at_start and following == "single"):
                continue
            stack.append(_Open(mark.start, mark.sort, continues=runs_on, firm=at_start))
            depth[mark.sort] += 1
    return _with_unclosed(done, stack, end, following)


def _closers_ahead(marks: list[_Mark]) -> list[bool]:
    """Say for each mark whether the next mark of its sort, single ones that only open left out, can close."""
    ahead = [False] * len(marks)
    closing = {"double": False, "single": False, "angle": False}
    for place in range(len(marks) - 1, -1, -1):
        mark = marks[place]
        ahead[place] = closing[mark.sort]
        closing[mark.sort] = mark.closes or (mark.sort == "single" and closing[mark.sort] and not mark.opens)
    return ahead


def _with_unclosed(
    done: list[Quote], stack: list[_Open], end: int, following: str | None
) -> tuple[list[Quote], str | None]:
    """Add what is left open: the last one runs to the end, an earlier one to the next quotation."""
    kept = [opened for opened in stack if opened.sort != "single" or following == "single"]
    if not kept:
        return done, None
    starts = sorted([quote.start for quote in done] + [opened.start for opened in kept])
    nexts = dict(itertools.pairwise(starts))
    for opened in kept:
        runs_on = following == opened.sort and (opened is kept[-1] or opened.firm)
        until = end if runs_on else nexts.get(opened.start, end)
        if opened.start < until:
            done.append(Quote(opened.start, until, closed=False, continues=opened.continues))
        if runs_on:
            return done, opened.sort
    return done, kept[-1].sort if nexts.get(kept[-1].start) is None else None


def _levelled(quotes: list[Quote]) -> list[Quote]:
    """Sort by start, count the quotations around each, and cut the rare one that would cross another."""
    levelled: list[Quote] = []
    ends: list[int] = []
    for quote in sorted(quotes, key=lambda quote: (quote.start, -quote.end)):
        while ends and ends[-1] <= quote.start:
            ends.pop()
        end = min(quote.end, ends[-1]) if ends else quote.end
        levelled.append(Quote(quote.start, end, closed=quote.closed, level=len(ends), continues=quote.continues))
        ends.append(end)
    return levelled
