"""iCalendar (RFC 5545): deals and events in, a calendar of the days that were set for them out.

A day stands in it because a development of a deal sets it (`scheduled_for`), or because an event is planned for it;
the words are in the description. What was denied, or a deal that was refused or collapsed, is CANCELLED, a conditional
day TENTATIVE.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from onrecord.model.claim import Act
from onrecord.model.moment import Period
from onrecord.model.record import Deal, Event
from onrecord.model.text import Document, Span
from onrecord.show.export import fragment
from onrecord.show.export.look import Look, address

OVER = frozenset({"refused", "collapsed"})
OCTETS = 75
MEDIA_TYPE = "text/calendar"


def write(records: Iterable[msgspec.Struct], look: Look, name: str = "onrecord") -> Iterator[str]:
    """Yield the calendar, an entry for each day set for a deal and each planned event; other kinds are passed over."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//onrecord//record//EN", "CALSCALE:GREGORIAN")
    yield "".join(f"{line}\r\n" for line in head) + _line("X-WR-CALNAME", _escaped(name))
    for record in records:
        entries = list(_of_deal(record, look) if isinstance(record, Deal) else _of_event(record, look))
        yield from map(_written, entries)
        look.left_out += not entries
    yield "END:VCALENDAR\r\n"


class Entry(msgspec.Struct, frozen=True):
    """One entry: the first day, the day after the last, and what is said of it."""

    id: str
    days: tuple[date, date]
    summary: str
    status: str
    category: str
    words: tuple[Span, ...]
    document: Document | None
    stamp: str | None


def _of_deal(deal: Deal, look: Look) -> Iterator[Entry]:
    for at, found in enumerate(deal.developments):
        days = _days(found.scheduled_for)
        if days is None:
            continue
        status = "TENTATIVE" if found.conditional else "CONFIRMED"
        if found.polarity == "denied" or deal.status in OVER:
            status = "CANCELLED"
        document = look.home(found.evidence[0], found.document)
        summary = f"{deal.title}: {found.step.replace('_', ' ')}"
        known = found.id or f"{deal.id}-{at}"
        yield Entry(known, days, summary, status, deal.deal_kind, found.evidence, document, deal.as_of)


def _of_event(event: msgspec.Struct, look: Look) -> Iterator[Entry]:
    if not isinstance(event, Event) or event.modality != "planned":
        return
    days, act = _days(event.date), next((found for found in map(look.get, event.acts) if isinstance(found, Act)), None)
    if days is not None and act is not None:
        document = look.document(act.document)
        status = "TENTATIVE" if event.disputed else "CONFIRMED"
        yield Entry(event.id, days, event.title or event.type, status, event.type, act.evidence, document, None)


def _days(period: Period | None) -> tuple[date, date] | None:
    """Return the first day and the day after the last; of a period with one open end, the day that is known."""
    if period is None:
        return None
    since, until = period.since or period.until, period.until or period.since
    if since is None or until is None:
        return None
    last = date.fromisoformat(until)
    return date.fromisoformat(since), last + timedelta(days=1) if last < date.max else last


def _written(entry: Entry) -> str:
    lines = [
        "BEGIN:VEVENT\r\n",
        _line("UID", f"{entry.id}@onrecord"),
        _line("DTSTAMP", f"{_stamp(entry)}T000000Z"),
        _line("DTSTART;VALUE=DATE", entry.days[0].isoformat().replace("-", "")),
        _line("DTEND;VALUE=DATE", entry.days[1].isoformat().replace("-", "")),
        _line("SUMMARY", _escaped(entry.summary)),
        _line("DESCRIPTION", _escaped(_told(entry.words, entry.document))),
        _line("CATEGORIES", _escaped(entry.category)),
        _line("STATUS", entry.status),
        _line("TRANSP", "TRANSPARENT"),
    ]
    if address(entry.document):
        lines.append(_line("URL", fragment.link(entry.document, entry.words[0])))
    return "".join([*lines, "END:VEVENT\r\n"])


def _stamp(entry: Entry) -> str:
    known = (entry.document.published_day if entry.document else None) or entry.stamp or "1970-01-01"
    return known.replace("-", "")


def _told(spans: Iterable[Span], document: Document | None) -> str:
    words = " … ".join(" ".join(span.text.split()) for span in spans)
    source = " · ".join(filter(None, [document.outlet, document.published_day, document.source])) if document else ""
    return f"“{words}”\n{source}".rstrip()


def _escaped(text: str) -> str:
    text = "".join(letter for letter in text.replace("\r", "") if letter >= " " or letter in "\n\t")
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _line(name: str, value: str) -> str:
    """Return a content line, folded so that no part has more than 75 octets and no letter is cut."""
    value = "".join(letter for letter in value if letter >= " ")
    parts, room, part = [], OCTETS, ""
    for letter in f"{name}:{value}":
        size = len(letter.encode("utf-8", "replace"))
        if size > room:
            parts.append(part)
            part, room = " ", OCTETS - 1
        part += letter
        room -= size
    return "\r\n".join([*parts, part]) + "\r\n"
