"""What a notebook shows for a document, a statement, a deal, ...: HTML without script, everything escaped."""

import itertools
from collections.abc import Iterable
from html import escape
from typing import Any

import msgspec

from onrecord.model.claim import Act, Statement
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period
from onrecord.model.record import Case, Deal, Event
from onrecord.model.text import Document
from onrecord.show.web.words import headline

SHOWN = 20
LONGEST = 2000  # characters of a document


def install() -> None:
    """Give the types that a notebook may show their `_repr_html_`."""
    faces: dict[type, Any] = {
        Document: document, Statement: statement, Act: act, Event: event, Deal: deal, Case: case,
    }  # fmt: skip
    for kind, face in faces.items():
        setattr(kind, "_repr_html_", face)  # noqa: B010 - the types themselves know nothing of notebooks


def document(found: Document) -> str:
    """Return title, outlet, day and the beginning of the text."""
    told = " · ".join(filter(None, [found.outlet, found.published, found.source, found.id]))
    more = "" if len(found.text) <= LONGEST else f"<p>… {len(found.text) - LONGEST:,} more characters</p>"
    text = f'<div style="white-space:pre-wrap">{_plain(found.text[:LONGEST])}</div>'
    return f"<h4>{_plain(headline(found))}</h4><p><small>{_plain(told)}</small></p>{text}{more}"


def statement(found: Statement) -> str:
    """Return who said it, how, and the words."""
    negated = "did not " if found.negated else ""
    words = " … ".join(span.text for span in found.content)
    return _quoted(
        f"{_who(found.speaker)}: {negated}{found.force} ({found.quotation})", words, _when(found.date), found.id
    )


def act(found: Act) -> str:
    """Return who did what to whom, and the words."""
    sides = f"{_all(found.actors)} → {_all(found.targets)}"
    kind = " ".join(filter(None, [found.type, found.mode, found.modality, found.polarity]))
    return _quoted(f"{sides}: {kind}", " … ".join(span.text for span in found.evidence), _when(found.date), found.id)


def event(found: Event) -> str:
    """Return what happened, and the competing figures."""
    rows = [
        (figure.what, _who(account.by) if account.by else "the article", _count(account.low, account.high))
        for figure in found.figures
        for account in figure.accounts
    ]
    kind = " ".join(filter(None, [found.type, found.mode, found.modality, "disputed" if found.disputed else ""]))
    head = f"<h4>{_plain(found.title or found.type)}</h4><p>{_plain(f'{_when(found.date)} {kind}')}</p>"
    return head + (_rows(("figure", "by", "count"), rows) if rows else "")


def deal(found: Deal) -> str:
    """Return where a deal stands, by which steps, and what speaks against it."""
    entries = [("", entry) for entry in found.developments] + [("against", entry) for entry in found.against]
    rows = [
        (mark, _when(entry.date), "denied " * (entry.polarity == "denied") + entry.step, _who(entry.by),
         " … ".join(span.text for span in entry.evidence))
        for mark, entry in entries
    ]  # fmt: skip
    disputed = ", disputed" if found.disputed else ""
    head = f"<h4>{_plain(found.title)}: {_plain(found.status.replace('_', ' '))}{disputed}</h4>"
    return f"{head}<p><small>{_plain(f'{found.rule} · {found.id}')}</small></p>" + _rows(
        ("", "date", "step", "by", "words"), rows
    )


def case(found: Case) -> str:
    """Return who is held by whom and why, and the history."""
    told = [
        ", ".join(found.nationalities), f"held by {_who(found.holder)}" if found.holder else "",
        f"charge: {found.charge}" if found.charge else "", f"sentence: {found.sentence}" if found.sentence else "",
    ]  # fmt: skip
    rows = [
        (_when(entry.date), entry.status, " … ".join(span.text for span in entry.evidence)) for entry in found.history
    ]
    head = f"<h4>{_plain(found.person.name)}: {_plain(found.status.replace('_', ' '))}</h4>"
    return f"{head}<p>{_plain(' · '.join(filter(None, told)))}</p>" + _rows(("date", "status", "words"), rows)


def table(records: Iterable[msgspec.Struct], total: int) -> str:
    """Return the first records of a kind, one under the other, and how many there are."""
    shown = [
        str(getattr(record, "_repr_html_")()) if hasattr(record, "_repr_html_") else f"<pre>{_plain(record)}</pre>"  # noqa: B009
        for record in itertools.islice(records, SHOWN)
    ]
    return f"<p>{len(shown)} of {total} shown</p>" + "<hr>".join(shown)


def counts(path: str, found: dict[str, int]) -> str:
    """Return how many records of each kind a store holds."""
    return f"<h4>{_plain(path)}</h4>" + _rows(
        ("kind", "records"), [(kind, f"{count:,}") for kind, count in found.items()]
    )


def _quoted(head: str, words: str, day: str, known: str) -> str:
    return (
        f"<p><b>{_plain(head)}</b></p><blockquote>{_plain(words)}</blockquote>"
        f"<p><small>{_plain(' · '.join(filter(None, [day, known])))}</small></p>"
    )


def _rows(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    top = "".join(f"<th>{_plain(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{_plain(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _plain(text: object) -> str:
    return escape("".join(letter if letter.isprintable() or letter == "\n" else " " for letter in str(text)))


def _who(ref: ActorRef | None) -> str:
    return "" if ref is None else f"{ref.name} ({ref.role})" if ref.role else ref.name


def _all(refs: Iterable[ActorRef]) -> str:
    return ", ".join(ref.name for ref in refs) or "nobody named"


def _when(date: Period | None) -> str:
    if date is None:
        return ""
    return str(date.since) if date.since == date.until else f"{date.since or '…'} to {date.until or '…'}"


def _count(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return f"at least {low}" if low is not None else f"at most {high}" if high is not None else "?"
    return str(low) if low == high else f"{low} to {high}"
