"""What a store indexes of a record: its dates, words, people, countries and parts. The record itself is kept whole."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from onrecord.keep.tags import INDEXED, facets, tag
from onrecord.model.article import spans_of
from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.judgement import Judgement
from onrecord.model.mention import ActorRef, Mention, Place
from onrecord.model.moment import Moment, Period
from onrecord.model.outside import Outside
from onrecord.model.record import Actor, Case, Deal, Event
from onrecord.model.rejection import Rejection
from onrecord.model.text import Document

# The roles in which a person or state is looked for; who else is touched (addressees, accounts) is not.
_ROLES = ("speaker", "actors", "targets", "parties", "mediators", "persons", "person", "holder", "by", "left_out")

type Published = Callable[[str], str | None]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What can be asked of one record. `names` are pairs of actor id and name; `parts` are ids, `tags` tokens.

    `rank` orders what has no day: actors by the articles that name them.
    """

    kind: str
    id: str | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None
    day: str | None = None
    status: str | None = None
    type: str | None = None
    deal: str | None = None
    names: frozenset[tuple[str, str]] = frozenset()
    countries: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    title: str | None = None
    text: str | None = None
    rank: int = 0
    tags: frozenset[str] = frozenset()


def facts(record: msgspec.Struct, published: Published, outlet: Published = lambda _: None) -> Facts:
    """Return what is indexed of a record; publication day and outlet are those of a document id."""
    found = _facts(record, published)
    if found.kind not in INDEXED:
        return found
    home = getattr(record, "document", None) or (record.id if isinstance(record, Document) else None)
    given = [("type", found.type), ("status", found.status), *(("country", code) for code in found.countries)]
    asked = [*given, *facets(record, outlet(home) if home else None)]
    return msgspec.structs.replace(found, tags=frozenset(tag(facet, value) for facet, value in asked if value))


def _facts(record: msgspec.Struct, published: Published) -> Facts:
    kind = str(record.__struct_config__.tag)
    match record:
        case Document():
            day = record.published_day
            return Facts(
                kind=kind, id=record.id, document=record.id, since=day, until=day, day=day, type=record.language,
                title=record.title, text=record.text,
            )  # fmt: skip
        case Statement():
            words = " … ".join(span.text for span in record.content)
            return _claim(record, kind, published, type=record.force, text=words)
        case Act():
            return _claim(record, kind, published, type=record.type, status=record.modality)
        case Step():
            return _claim(record, kind, published, type=record.deal_kind, status=record.step)
        case Custody():
            return _claim(record, kind, published, status=record.status)
        case Moment():
            since, until, day = _days([record.period], [published(record.document)])
            return Facts(kind=kind, document=record.document, since=since, until=until, day=day, type=record.type)
        case Place():
            day = published(record.document)
            return Facts(
                kind=kind, document=record.document, since=day, until=day, day=day, type=record.feature,
                countries=frozenset(filter(None, [record.country])), names=frozenset(),
            )  # fmt: skip
        case Mention():
            day = published(record.document)
            return Facts(
                kind=kind, document=record.document, since=day, until=day, day=day, type=record.sort,
                names=frozenset({(record.actor, record.text)}),
            )  # fmt: skip
        case Rejection():
            day = published(record.document) if record.document else None
            return Facts(
                kind=kind, document=record.document, since=day, until=day, day=day, type=record.code,
                status=record.stage,
            )  # fmt: skip
        case Outside():
            since, until, day = _days([record.date], [])
            return Facts(
                kind=kind, id=record.id, since=since, until=until, day=day, type=record.type, status=record.dataset,
                names=_names(record), countries=frozenset(_countries(record)),
            )  # fmt: skip
        case Judgement():
            day = record.at[:10]
            return Facts(
                kind=kind, id=record.id, since=day, until=day, day=day, type=record.verdict,
                status="withdrawn" if record.withdrawn_at else "standing",
                parts=frozenset(filter(None, [record.left, record.right])),
            )  # fmt: skip
    return _assembled(record, kind, published)


def _claim(
    claim: Statement | Act | Step | Custody,
    kind: str,
    published: Published,
    *,
    type: str | None = None,  # noqa: A002 - the name in the record format
    status: str | None = None,
    text: str | None = None,
) -> Facts:
    since, until, day = _days([claim.date], [published(claim.document)])
    return Facts(
        kind=kind, id=claim.id, document=claim.document, since=since, until=until, day=day, type=type, status=status,
        names=_names(claim), countries=frozenset(_countries(claim)), text=text,
    )  # fmt: skip


def _assembled(record: msgspec.Struct, kind: str, published: Published) -> Facts:
    parts = {span.document for span in spans_of(record) if span.document}
    type_: str | None = None
    status: str | None = None
    deal: str | None = None
    dates: list[Period | None] = []
    match record:
        case Actor():
            names = {(record.id, name) for name in (record.name, *record.aliases)}
            return Facts(
                kind=kind, id=record.id, type=record.sort, names=frozenset(names), parts=frozenset(parts),
                rank=record.documents,
                countries=frozenset(filter(None, [record.country])),
            )  # fmt: skip
        case Event():
            type_, status, dates = record.type, record.modality, [record.date]
            parts |= set(record.acts)
        case Deal():
            type_, status, deal = record.deal_kind, record.status, record.id
            entries = (*record.developments, *record.against)
            dates = [entry.date for entry in entries]
            parts |= {part for entry in entries for part in (entry.id, entry.voice, entry.document) if part}
            parts |= set(record.made_by)
        case Case():
            status, deal = record.status, record.deal
            dates = [entry.date for entry in record.history] + [record.released]
            parts |= set(record.claims) | {part for entry in record.history for part in (entry.id, entry.voice) if part}
    since, until, day = _days(dates, [published(part) for part in sorted(parts)])
    title, text = _said(record)
    return Facts(
        title=title, text=text,
        kind=kind, id=getattr(record, "id", None), since=since, until=until, day=day, type=type_, status=status,
        deal=deal, names=_names(record), countries=frozenset(_countries(record)), parts=frozenset(parts),
    )  # fmt: skip


def _said(record: msgspec.Struct) -> tuple[str | None, str | None]:
    """Return the title of an assembled record, and the words behind it, for the full-text index."""
    match record:
        case Deal():
            entries = (*record.developments, *record.against)
            spans = [span.text for entry in entries for span in entry.evidence]
            return record.title, " … ".join(dict.fromkeys(spans))
        case Case():
            spans = [span.text for entry in record.history for span in entry.evidence]
            fields = filter(None, (record.charge, record.sentence, record.basis))
            return record.person.name, " … ".join(dict.fromkeys([*fields, *spans]))
        case Event():
            return record.title or None, None
    return None, None


def _days(
    periods: Iterable[Period | None], otherwise: Iterable[str | None]
) -> tuple[str | None, str | None, str | None]:
    """Return since, until and the day to sort by: of the periods, or of the publication where they say nothing."""
    known = [period for period in periods if period and (period.since or period.until)]
    if not known:
        days = sorted(filter(None, otherwise))
        return (days[0], days[-1], days[-1]) if days else (None, None, None)
    day = max(period.since or period.until or "" for period in known)
    since = None if any(period.since is None for period in known) else min(p.since for p in known if p.since)
    until = None if any(period.until is None for period in known) else max(p.until for p in known if p.until)
    return since, until, day


def _refs(record: object) -> Iterator[ActorRef]:
    for role in _ROLES:
        value = getattr(record, role, None)
        if isinstance(value, ActorRef):
            yield value
        elif isinstance(value, tuple):
            yield from value


def _names(record: object) -> frozenset[tuple[str, str]]:
    return frozenset((ref.actor, ref.name) for ref in _refs(record))


def _countries(record: msgspec.Struct) -> Iterator[str]:
    yield from (ref.country for ref in _refs(record) if ref.country)
    yield from getattr(record, "nationalities", ())
    place = getattr(record, "place", None)
    if place is not None and getattr(place, "country", None):
        yield place.country
