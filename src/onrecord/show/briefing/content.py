"""What a briefing says: a view and what it is about in, sections of footnoted sentences out.

Every sentence is filled into a template from fields of the record, and carries the words that it rests on; a sentence
without words is not written. Contradictions stand in a section of their own, both sides quoted.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.keep.protocol import Query, View
from onrecord.model.claim import Act, Statement
from onrecord.model.moment import Period
from onrecord.model.record import Case, CompetingFigure, Deal, Event
from onrecord.model.text import Document, Span
from onrecord.show.export import fragment
from onrecord.show.export.look import Look

SAYS = {
    "say": "said", "deny": "denied", "confirm": "confirmed", "accuse": "accused", "threaten": "threatened",
    "promise": "promised", "demand": "demanded", "warn": "warned", "reject": "rejected", "praise": "praised",
    "criticise": "criticised", "ask": "asked", "report": "reported",
}  # fmt: skip
HAPPENED = frozenset({"happened", "ongoing"})


class Note(msgspec.Struct, frozen=True):
    """A footnote: words of an article, and where they stand."""

    words: str
    start: int
    end: int
    document: str
    title: str
    outlet: str
    published: str
    source: str
    link: str


class Sentence(msgspec.Struct, frozen=True):
    """One sentence and the numbers of its footnotes, from 1."""

    text: str
    notes: tuple[int, ...]


class Section(msgspec.Struct, frozen=True):
    """A heading and its sentences."""

    title: str
    sentences: tuple[Sentence, ...]


class Briefing(msgspec.Struct, frozen=True):
    """The whole: `about` says in words what was asked for; `unsaid` counts sentences that had no words to rest on."""

    title: str
    about: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    unsaid: int = 0


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a briefing is about; everything that is given must fit."""

    deal: str | None = None
    who: str | None = None
    country: str | None = None
    since: str | None = None
    most: int = 30

    def query(self, kind: str) -> Query:
        """Return the query for one kind of record."""
        return Query(kind=kind, deal=self.deal, who=self.who, country=self.country, since=self.since)


class _Writer:
    def __init__(self, view: View) -> None:
        self.look = Look(view.get)
        self.notes: dict[tuple[str, int, int], tuple[int, Note]] = {}
        self.unsaid = 0

    def note(self, span: Span, home: str | None) -> int | None:
        document = self.look.home(span, home)
        if document is None:
            return None
        key = (document.id, span.start, span.end)
        if key not in self.notes:
            self.notes[key] = (len(self.notes) + 1, _note(span, document))
        return self.notes[key][0]

    def sentence(self, text: str, spans: Iterable[Span], home: str | None = None) -> Iterator[Sentence]:
        numbers = tuple(dict.fromkeys(filter(None, (self.note(span, home) for span in spans))))
        if numbers:
            yield Sentence(text, numbers)
        else:
            self.unsaid += 1

    def reported(self, document: str) -> str:
        """Say when something undated was reported."""
        found = self.look.document(document)
        return f"reported {found.published_day}" if found and found.published_day else "no date"

    def voice(self, known: str | None) -> str:
        if known is None:
            return "the article's own words"
        found = self.look.statement(known)
        return found.speaker.name if found and found.speaker else "somebody not named"


def write(view: View, asked: Asked) -> Briefing:
    """Return the briefing on what is asked for."""
    writer = _Writer(view)
    deals = [each for each in view.find(asked.query("deal")) if isinstance(each, Deal)]
    cases = [each for each in view.find(asked.query("case")) if isinstance(each, Case)]
    events = [each for each in view.find(asked.query("event")) if isinstance(each, Event)]
    most = asked.most or None
    statements = [each for each in view.find(asked.query("statement")) if isinstance(each, Statement)][:most]
    real = [event for event in events if event.modality in HAPPENED]
    parts: tuple[tuple[str, Iterator[Sentence]], ...] = (
        ("Where deals stand", (said for deal in deals for said in _deal(writer, deal))),
        ("People held and freed", (said for case in cases for said in _case(writer, case))),
        ("What happened", (said for event in real[:most] for said in _event(writer, event))),
        ("What was said", (said for each in statements for said in _statement(writer, each))),
        ("Contradictions", _contradictions(writer, deals, cases, events)),
        ("What nobody will say", (said for deal in deals for said in _undisclosed(writer, deal))),
    )
    sections = tuple(Section(title, found) for title, sentences in parts if (found := tuple(sentences)))
    notes = tuple(note for _, note in sorted(writer.notes.values(), key=lambda pair: pair[0]))
    return Briefing("Briefing", _about(asked, deals), sections, notes, writer.unsaid)


def _about(asked: Asked, deals: list[Deal]) -> str:
    told = [deal.title for deal in deals if deal.id == asked.deal]
    told += [f"actor: {asked.who}"] if asked.who else []
    told += [f"country: {asked.country}"] if asked.country else []
    told += [f"since {asked.since}"] if asked.since else []
    return ", ".join(told) or "the whole record"


def _deal(writer: _Writer, deal: Deal) -> Iterator[Sentence]:
    made = [entry for entry in deal.developments if entry.id in deal.made_by] or list(deal.developments)
    as_of = f" as of {deal.as_of}" if deal.as_of else ""
    disputed = "; accounts contradict each other" if deal.disputed else ""
    spans = [span for entry in made for span in entry.evidence]
    yield from writer.sentence(f"{_upper(deal.title)}: {_label(deal.status)}{as_of}{disputed}.", spans)
    for entry in deal.developments:
        by = f" by {entry.by.name}" if entry.by else ""
        denied = "denied that it was " if entry.polarity == "denied" else ""
        until = f", for {_when(entry.scheduled_for)}" if _when(entry.scheduled_for) else ""
        day, voice = _upper(_when(entry.date) or writer.reported(entry.document)), writer.voice(entry.voice)
        text = f"{day}: {denied}{_label(entry.step)}{by}{until} ({voice})."
        yield from writer.sentence(text, entry.evidence, entry.document)


def _case(writer: _Writer, case: Case) -> Iterator[Sentence]:
    nations = f" ({', '.join(case.nationalities)})" if case.nationalities else ""
    told = [f"{case.person.name}{nations}: {_label(case.status)}"]
    told += [f"held by {case.holder.name}"] if case.holder else []
    told += [f"charge: {case.charge}"] if case.charge else []
    told += [f"sentence: {case.sentence}"] if case.sentence else []
    told += [f"freed {_when(case.released)}"] if _when(case.released) else []
    yield from writer.sentence("; ".join(told) + ".", [span for entry in case.history for span in entry.evidence])


def _event(writer: _Writer, event: Event) -> Iterator[Sentence]:
    acts = [found for found in map(writer.look.get, event.acts) if isinstance(found, Act)]
    spans = [span.seen_from_outside(act.document) for act in acts for span in act.evidence]
    where = f" in {event.place.name}" if event.place else ""
    reports = f"{event.origins} independent report{'' if event.origins == 1 else 's'}"
    day = _upper(_when(event.date) or writer.reported(acts[0].document if acts else ""))
    text = f"{day}{where}: {event.title or event.type} ({event.type.lower()}; {reports})."
    yield from writer.sentence(text, spans)


def _statement(writer: _Writer, statement: Statement) -> Iterator[Sentence]:
    speaker = statement.speaker.name if statement.speaker else "Somebody not named"
    verb = f"did not {statement.force}" if statement.negated else SAYS[statement.force]
    document = writer.look.document(statement.document)
    day = _when(statement.date) or (document.published_day if document else None) or "no date"
    words = " … ".join(" ".join(span.text.split()) for span in statement.content)
    yield from writer.sentence(f"{_upper(day)}: {speaker} {verb}: “{words}”", statement.content, statement.document)


def _contradictions(
    writer: _Writer, deals: list[Deal], cases: list[Case], events: list[Event]
) -> Iterator[Sentence]:  # fmt: skip
    for deal in deals:
        for entry in deal.against:
            by = entry.by.name if entry.by else writer.voice(entry.voice)
            text = f"Against “{_label(deal.status)}” of {deal.title}: {_label(entry.step)}, by {by}."
            yield from writer.sentence(text, entry.evidence, entry.document)
    for event in events:
        for figure in event.figures if event.disputed else ():
            yield from _figures(writer, event, figure)
    for case in cases:
        if case.disputed:
            told = ", ".join(dict.fromkeys(_label(entry.status) for entry in case.history))
            spans = [span for entry in case.history for span in entry.evidence]
            yield from writer.sentence(f"Accounts of {case.person.name} differ: {told}.", spans)


def _figures(writer: _Writer, event: Event, figure: CompetingFigure) -> Iterator[Sentence]:
    if len({(account.low, account.high) for account in figure.accounts}) < 2:
        return
    told = [f"{_count(each)} ({each.by.name if each.by else 'the article'})" for each in figure.accounts]
    spans = [span for account in figure.accounts for span in account.evidence]
    text = (
        f"{_upper(figure.what)} in “{event.title or event.type}”, {_when(event.date) or 'no date'}: {', '.join(told)}."
    )
    yield from writer.sentence(text, spans)


def _undisclosed(writer: _Writer, deal: Deal) -> Iterator[Sentence]:
    if deal.undisclosed:
        spans = [span for entry in deal.developments for span in entry.evidence]
        yield from writer.sentence(f"{_upper(deal.title)}: not disclosed are {', '.join(deal.undisclosed)}.", spans)


def _note(span: Span, document: Document) -> Note:
    return Note(
        words=" ".join(span.text.split()), start=span.start, end=span.end, document=document.id,
        title=" ".join((document.title or "").split()), outlet=document.outlet or "",
        published=document.published_day or "no date", source=document.source, link=fragment.link(document, span),
    )  # fmt: skip


def _count(account: Any) -> str:
    low, high = account.low, account.high
    if low is None and high is None:
        return "a number not given"
    if low is None or high is None:
        return f"at least {low}" if low is not None else f"at most {high}"
    return str(low) if low == high else f"{low} to {high}"


def _when(date: Period | None) -> str:
    if date is None or not (date.since or date.until):
        return ""
    if date.since == date.until:
        return str(date.since)
    if date.since is None or date.until is None:
        return f"from {date.since}" if date.since else f"until {date.until}"
    return f"{date.since} to {date.until}"


def _label(word: str) -> str:
    return word.replace("_", " ")


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
