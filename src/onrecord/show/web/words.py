"""Values in, the words that a page shows for them out: days, counts, countries, text that can't disguise itself."""

import re
from calendar import monthrange
from datetime import date
from functools import cache
from typing import Any

import msgspec
import pycountry
from markupsafe import Markup, escape

from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.moment import Period
from onrecord.model.record import Actor, Case, Deal, Event
from onrecord.model.text import Document

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
LABEL = 300  # characters of a name, title or quotation in a list; the document page shows all of it
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_DATASETS = {"ucdp": "UCDP GED"}
# Characters that reorder what stands around them, and controls that a browser would swallow.
_DISGUISE = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]")


def plain(text: object) -> str:
    """Return the text with characters that would reorder or hide other text written out: `[U+202E]`."""
    return _DISGUISE.sub(lambda found: f"[U+{ord(found[0]):04X}]", str(text))


def short(text: object, most: int = LABEL) -> str:
    """Return the text on one line, cut after `most` characters with a mark that says so."""
    line = " ".join(plain(str(text)[: 4 * most + 1]).split())
    if len(line) <= most:
        return line if len(str(text)) <= 4 * most + 1 else line + " …"
    return line[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def label(word: str | None) -> str:
    """Return a word of a vocabulary as people write it: `under_discussion` as "under discussion"."""
    return (word or "").replace("_", " ")


def number(value: int) -> str:
    """Return a count with thousands apart."""
    return f"{value:,}"


def counted(value: int, one: str, many: str | None = None) -> str:
    """Return "1 article", "1,200 articles"."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def day(iso: str | None) -> str:
    """Return `2031-05-04` (or a date-time that begins so) as "4 May 2031"."""
    if not iso:
        return ""
    try:
        known = date.fromisoformat(iso[:10])
    except ValueError:
        return plain(iso)
    return f"{known.day} {MONTHS[known.month - 1]} {known.year}"


def period(value: Period | None) -> Markup:
    """Return a period as it is known, never padded: a day, a month, a year, a range, an open end."""
    if value is None or (value.since is None and value.until is None):
        return Markup("")
    stamp = value.since if value.since == value.until else None
    said = _said(value)
    if value.precision == "approx":
        said = f"about {said}"
    if stamp:
        return Markup('<time datetime="{}">{}</time>').format(stamp, said)
    return escape(said)


def _said(value: Period) -> str:
    since, until = value.since, value.until
    if since is None:
        return f"until {day(until)}"
    if until is None:
        return f"from {day(since)}"
    if since == until:
        return day(since)
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and (first.year, first.month, last.month) == (last.year, 1, 12):
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}" if whole else f"{first.day}–{day(until)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(until)}"
    return f"{day(since)} – {day(until)}"


@cache
def country(code: str | None) -> str:
    """Return the name of a country by its alpha-3 code; the code itself where it isn't known."""
    found = pycountry.countries.get(alpha_3=code) if code else None
    return str(getattr(found, "common_name", None) or found.name) if found else plain(code or "")


def count_of(low: int | None, high: int | None) -> str:
    """Return a count with its bounds: "12", "at least 12", "up to 40", "12–15"."""
    if low is None and high is None:
        return "an unknown number"
    if low is None or high is None:
        return f"at least {number(low)}" if low is not None else f"up to {number(high or 0)}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def initial(text: str) -> str:
    """Return the text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def headline(document: Document) -> str:
    """Return the title of an article, or its first line from which something may be taken."""
    if document.title and document.title.strip():
        return document.title
    end = 0
    for line in document.text[:20_000].split("\n"):
        start, end = end, end + len(line) + 1
        if line.strip() and not any(span.start < end and start < span.end for span in document.skipped):
            return line.strip()
    return "Untitled article"


def heading(deal: Deal) -> str:
    """Return the title of a deal as a heading."""
    return initial(deal.title.strip() or label(deal.deal_kind))


def says_kind(deal: Deal) -> bool:
    """Say whether the title of a deal names its kind already."""
    return heading(deal).lower().startswith(label(deal.deal_kind))


@cache
def flag(code: str | None) -> str:
    """Return the code of two letters that stands for a country's flag, "" where it isn't known."""
    found = pycountry.countries.get(alpha_3=code) if code else None
    return str(found.alpha_2) if found else ""


def record_name(record: Any) -> str:
    """Return what a record is called in a line: a deal's title, a person, who said or did what."""
    match record:
        case Deal():
            return heading(record)
        case Case() | Custody():
            return f"{record.person.name}: {label(record.status)}"
        case Actor():
            return record.name
        case Document():
            return headline(record)
        case Statement():
            name = record.speaker.name if record.speaker else "Speaker not named"
            force = "" if record.force == "say" else f" ({label(record.force)})"
            return f"{name}{force}: {' … '.join(span.text for span in record.content)}"
        case Step():
            parties = ", ".join(ref.name for ref in record.parties)
            return f"{initial(label(record.deal_kind))} of {parties or 'parties not named'}: {label(record.step)}"
        case Event() | Act():
            if isinstance(record, Event) and record.title:
                return record.title
            actors = ", ".join(ref.name for ref in record.actors[:3]) or "Somebody"
            targets = ", ".join(ref.name for ref in record.targets[:3])
            return f"{actors}: {record.type.lower()}" + (f" → {targets}" if targets else "")
    return str(getattr(record, "id", ""))


def whence(document: Document) -> str:
    """Return in short where an article came from: the host of an address, the name of a file."""
    source = document.source.strip()
    if source.startswith(("http://", "https://")):
        return source.split("/")[2]
    return source.rstrip("/").rpartition("/")[2] or source


def other_names(names: tuple[str, ...]) -> list[str]:
    """Return the names that say something: not the short words that stand for anybody."""
    return [name for name in names if len(name) > 3 or name.isupper()]


def month_end(month: str) -> str:
    """Return the last day of a month given as YYYY-MM."""
    return f"{month}-{monthrange(int(month[:4]), int(month[5:7]))[1]:02}"


def rule(deal: Deal) -> str:
    """Return why a deal stands where it does, without the status before it and with days as people write them."""
    told = deal.rule.removeprefix(f"{deal.status}: ")
    return label(_ISO.sub(lambda found: day(found[0]), told))


def dataset(name: str) -> str:
    """Return what a data set is called by its own people."""
    return _DATASETS.get(name, name.upper())


def said_value(value: str | None) -> str:
    """Return the value of a judgement as people read it: the name of an actor, a day, a word."""
    if not value or value == "null":
        return "nothing"
    if value[:1] == "{":
        try:
            held = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return value
        known = held.get("name") or held.get("since")
        return day(known) if known and known == held.get("since") else str(known or value)
    return label(value)
