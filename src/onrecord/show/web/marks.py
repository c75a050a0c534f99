"""A document and the spans of its records in, its paragraphs with nested marks out.

Spans overlap as they please; elements can't. The text is cut at every border: a span that reaches over the end of the
one around it is closed there and goes on behind it. Taking the tags away gives the text back, character by character.
"""

import heapq
from collections.abc import Iterable, Iterator

import msgspec
from markupsafe import Markup, escape

from onrecord.show.web import links
from onrecord.show.web.words import plain

DEEPEST = 12  # marks inside marks; what lies deeper keeps its anchor and its number, without a colour


class Note(msgspec.Struct, frozen=True):
    """The record that a mark stands for: its number on this page, its kind and id."""

    number: int
    kind: str
    id: str


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the text and why it is marked. `notes` are the records whose words begin here."""

    start: int
    end: int
    classes: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    here: bool = False


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the document, marked; `close` where it follows the line before without a blank one."""

    html: Markup
    notes: tuple[Note, ...] = ()
    skipped: bool = False
    close: bool = False


def paragraphs(text: str, marks: Iterable[Mark], skipped: Iterable[tuple[int, int]] = ()) -> Iterator[Paragraph]:
    """Yield the lines of a text with the marks that stand in them; lines that were skipped say so."""
    waiting = sorted(_merged(marks), key=lambda mark: (mark.start, -mark.end))
    left_out = sorted(skipped)
    open_marks: list[Mark] = []
    spaced = "\n\n" in text
    before = next_mark = next_skip = 0
    for start, end in _lines(text):
        while next_mark < len(waiting) and waiting[next_mark].start < end:
            open_marks.append(waiting[next_mark])
            next_mark += 1
        while next_skip < len(left_out) and left_out[next_skip][1] <= start:
            next_skip += 1
        here = [_clipped(mark, start, end) for mark in open_marks if mark.end > start]
        # What goes on in the next line has its anchor and its number here already.
        open_marks = [msgspec.structs.replace(mark, notes=(), here=False) for mark in open_marks if mark.end > end]
        yield Paragraph(
            html=marked(text, start, end, here),
            notes=tuple(note for mark in here for note in mark.notes),
            skipped=next_skip < len(left_out) and left_out[next_skip][0] < end,
            close=spaced and before > 0 and start - before == 1,
        )
        before = end


def marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """Return `text[start:end]` with these marks (all inside it) as properly nested elements."""
    pending = [(mark.start, -mark.end, place, mark) for place, mark in enumerate(marks)]
    heapq.heapify(pending)
    place = len(pending)
    out: list[str] = []
    ends: list[int] = []
    now = start
    while pending or ends:
        if ends and (not pending or ends[-1] <= pending[0][0]):
            out += (escape(plain(text[now : ends[-1]])), "</mark>")
            now = ends.pop()
            continue
        begin, _, _, mark = heapq.heappop(pending)
        out.append(escape(plain(text[now:begin])))
        now = begin
        if len(ends) >= DEEPEST:
            out += map(_number, mark.notes)
            continue
        if ends and ends[-1] < mark.end:
            place += 1
            rest = msgspec.structs.replace(mark, start=ends[-1], notes=(), here=False)
            heapq.heappush(pending, (rest.start, -rest.end, place, rest))
            mark = msgspec.structs.replace(mark, end=ends[-1])
        out.append(_opened(mark))
        ends.append(mark.end)
    out.append(escape(plain(text[now:end])))
    return Markup("").join(map(Markup, out))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the lines that hold something."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _merged(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield one mark for all those of the very same stretch."""
    found: dict[tuple[int, int], Mark] = {}
    for mark in marks:
        same = found.get((mark.start, mark.end))
        if same is not None:
            mark = Mark(  # noqa: PLW2901 - the two become one
                start=mark.start, end=mark.end, classes=tuple(dict.fromkeys(same.classes + mark.classes)),
                notes=same.notes + mark.notes, here=same.here or mark.here,
            )  # fmt: skip
        found[mark.start, mark.end] = mark
    return iter(found.values())


def _clipped(mark: Mark, start: int, end: int) -> Mark:
    return msgspec.structs.replace(mark, start=max(mark.start, start), end=min(mark.end, end))


def _opened(mark: Mark) -> Markup:
    """Open the element; the anchor of the first record is its own, the others and the numbers stand empty inside."""
    first, *others = mark.notes or (None,)
    anchor = Markup(' id="{}"').format(links.anchor(first.id)) if first else Markup("")
    opened = Markup('<mark class="{}"{}>').format(" ".join(mark.classes), anchor)
    if mark.here:
        opened += Markup('<span id="here"></span>')
    if first:
        opened += _pointer(first)
    return opened + Markup("").join(_number(note) for note in others)


def _number(note: Note) -> Markup:
    return Markup('<span id="{}"></span>').format(links.anchor(note.id)) + _pointer(note)


def _pointer(note: Note) -> Markup:
    """Return the link from the text to the note beside it. Its number is drawn by the stylesheet: it is not text."""
    return Markup('<a class="ref {}" href="#n-{}" data-n="{}" aria-label="note {}: {}"></a>').format(
        note.kind, note.id, note.number, note.number, note.kind
    )
