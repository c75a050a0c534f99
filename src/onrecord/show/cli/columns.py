"""What a table or a CSV file says of each kind: a heading and the words of the cell."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from onrecord.model.mention import ActorRef, PlaceRef
from onrecord.model.moment import Period
from onrecord.show.cli.screen import line

type Column = tuple[str, Callable[[Any], str]]


def period(value: Period | None) -> str:
    """Return a period as it is said: one day, one month, or both ends; "" where it isn't known."""
    if value is None or (value.since is None and value.until is None):
        return ""
    since, until = value.since or "", value.until or ""
    if since == until:
        return since
    if value.precision == "month" and since[:7] == until[:7]:
        return since[:7]
    if value.precision == "year" and since[:4] == until[:4]:
        return since[:4]
    return f"{since} to {until}".strip()


def who(value: ActorRef | None) -> str:
    """Return an actor's name, with the role that goes with it."""
    if value is None:
        return ""
    return f"{value.name} ({value.role})" if value.role else value.name


def all_of(values: Iterable[ActorRef]) -> str:
    """Return the names of several actors."""
    return ", ".join(value.name for value in values)


def where(value: PlaceRef | None) -> str:
    """Return the name of a place."""
    return value.name if value else ""


def words(spans: Iterable[Any]) -> str:
    """Return the words of several spans on one line."""
    return line(" … ".join(span.text for span in spans))


def denied(record: Any) -> str:
    """Return "denied" where a claim says that something did not happen."""
    return "denied" if record.polarity == "denied" else ""


def ratio(record: Any) -> str:
    """Return the terms of an exchange as "9 for 9"."""
    return " for ".join(map(str, record.terms.ratio)) if record.terms.ratio else ""


COLUMNS: dict[str, tuple[Column, ...]] = {
    "document": (
        ("published", lambda r: r.published or ""),
        ("title", lambda r: line(r.title or r.text[:80])),
        ("outlet", lambda r: r.outlet or ""),
        ("source", lambda r: r.source),
        ("one voice with", lambda r: r.copy_of or r.version_of or ""),
        ("id", lambda r: r.id),
    ),
    "statement": (
        ("date", lambda r: period(r.date)),
        ("speaker", lambda r: who(r.speaker)),
        ("force", lambda r: ("not " if r.negated else "") + r.force),
        ("words", lambda r: words(r.content)),
        ("quotation", lambda r: r.quotation),
        ("id", lambda r: r.id),
    ),
    "act": (
        ("date", lambda r: period(r.date)),
        ("type", lambda r: f"{r.type} {r.mode}" if r.mode else r.type),
        ("actors", lambda r: all_of(r.actors)),
        ("targets", lambda r: all_of(r.targets)),
        ("modality", lambda r: " ".join(filter(None, [r.modality, denied(r)]))),
        ("words", lambda r: words(r.evidence)),
        ("id", lambda r: r.id),
    ),
    "step": (
        ("date", lambda r: period(r.date)),
        ("deal", lambda r: " ".join(filter(None, [r.deal_kind, ratio(r)]))),
        ("step", lambda r: " ".join(filter(None, [r.step, denied(r)]))),
        ("parties", lambda r: all_of(r.parties)),
        ("by", lambda r: who(r.by)),
        ("words", lambda r: words(r.evidence)),
        ("id", lambda r: r.id),
    ),
    "custody": (
        ("date", lambda r: period(r.date)),
        ("person", lambda r: r.person.name),
        ("status", lambda r: " ".join(filter(None, [r.status, denied(r)]))),
        ("holder", lambda r: who(r.holder)),
        ("charge", lambda r: r.charge or ""),
        ("sentence", lambda r: r.sentence or ""),
        ("words", lambda r: words(r.evidence)),
        ("id", lambda r: r.id),
    ),
    "moment": (
        ("value", lambda r: r.value),
        ("days", lambda r: period(r.period)),
        ("words", lambda r: line(r.text)),
        ("type", lambda r: r.type),
        ("document", lambda r: r.document),
    ),
    "place": (
        ("name", lambda r: r.name),
        ("country", lambda r: r.country or ""),
        ("feature", lambda r: r.feature),
        ("words", lambda r: line(r.text)),
        ("document", lambda r: r.document),
    ),
    "mention": (
        ("actor", lambda r: r.actor),
        ("words", lambda r: line(r.text)),
        ("sort", lambda r: r.sort),
        ("document", lambda r: r.document),
    ),
    "actor": (
        ("name", lambda r: r.name),
        ("sort", lambda r: r.sort),
        ("country", lambda r: r.country or ""),
        ("roles", lambda r: ", ".join(role.role for role in r.roles)),
        ("documents", lambda r: str(r.documents)),
        ("id", lambda r: r.id),
    ),
    "event": (
        ("date", lambda r: period(r.date)),
        ("type", lambda r: r.type),
        ("title", lambda r: line(r.title)),
        ("actors", lambda r: all_of(r.actors)),
        ("targets", lambda r: all_of(r.targets)),
        ("modality", lambda r: " ".join(filter(None, [r.modality, "disputed" if r.disputed else ""]))),
        ("origins", lambda r: str(r.origins)),
        ("id", lambda r: r.id),
    ),
    "deal": (
        ("status", lambda r: r.status),
        ("title", lambda r: line(r.title)),
        ("kind", lambda r: " ".join(filter(None, [r.deal_kind, ratio(r)]))),
        ("parties", lambda r: all_of(r.parties)),
        ("as of", lambda r: r.as_of or ""),
        ("steps", lambda r: str(len(r.developments))),
        ("against", lambda r: str(len(r.against)) if r.against else ""),
        ("documents", lambda r: str(r.documents)),
        ("id", lambda r: r.id),
    ),
    "case": (
        ("status", lambda r: " ".join(filter(None, [r.status, "(disputed)" if r.disputed else ""]))),
        ("person", lambda r: r.person.name),
        ("holder", lambda r: who(r.holder)),
        ("charge", lambda r: r.charge or ""),
        ("sentence", lambda r: r.sentence or ""),
        ("released", lambda r: period(r.released)),
        ("deal", lambda r: r.deal or ""),
        ("id", lambda r: r.id),
    ),
    "rejection": (
        ("code", lambda r: r.code),
        ("stage", lambda r: r.stage),
        ("note", lambda r: line(r.note)),
        ("words", lambda r: line(r.span.text) if r.span else ""),
        ("where", lambda r: r.document or r.source or ""),
    ),
    "outside": (
        ("date", lambda r: period(r.date)),
        ("dataset", lambda r: r.dataset),
        ("code", lambda r: r.code),
        ("type", lambda r: " ".join(filter(None, [r.type, r.mode]))),
        ("actors", lambda r: all_of(r.actors)),
        ("targets", lambda r: all_of(r.targets)),
        ("place", lambda r: where(r.place)),
        ("cited", lambda r: line(r.cited)),
        ("id", lambda r: r.id),
    ),
    "judgement": (
        ("at", lambda r: r.at),
        ("by", lambda r: r.by),
        ("left", lambda r: r.left),
        ("verdict", lambda r: f"{r.field} = {r.value}" if r.field else r.verdict),
        ("right", lambda r: r.right or ""),
        ("because", lambda r: line(r.because)),
        ("withdrawn", lambda r: r.withdrawn_at or ""),
        ("id", lambda r: r.id),
    ),
}


def cells(kind: str, record: object) -> Iterator[str]:
    """Yield the cells of one record."""
    for _, cell in COLUMNS[kind]:
        yield cell(record)
