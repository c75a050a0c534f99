"""Records in, what an agent is told of them out: plain values, and with each the sentences that it rests on."""

from collections.abc import Iterable
from typing import Any

import msgspec

from onrecord.keep.protocol import View
from onrecord.model.claim import Act, Custody, Statement, Step
from onrecord.model.mention import ActorRef
from onrecord.model.moment import Period
from onrecord.model.outside import Outside
from onrecord.model.record import Case, Deal, Event
from onrecord.model.text import Document, Span
from onrecord.show.export import fragment
from onrecord.show.export.look import Look
from onrecord.show.sentence import sentence

type Told = dict[str, Any]
type Claim = Statement | Act | Step | Custody


class Teller:
    """Tells records of one view; documents are fetched once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.look = Look(view.get)

    def words(self, spans: Iterable[Span], document: str | None = None) -> list[Told]:
        """Return the words of spans, each with its sentence, document, day and offsets (code points, end left out)."""
        return [self._word(span, home) for span in spans if (home := self.look.home(span, document)) is not None]

    def _word(self, span: Span, document: Document) -> Told:
        start, end = sentence(document, span)
        return {
            "words": span.text, "start": span.start, "end": span.end,
            "sentence": {"text": document.text[start:end], "start": start, "end": end},
            "document": self.document(document),
            "link": fragment.link(document, span),
        }  # fmt: skip

    def document(self, document: Document) -> Told:
        """Return what identifies an article."""
        return _kept({
            "id": document.id, "title": document.title, "outlet": document.outlet, "published": document.published,
            "source": document.source, "copy_of": document.copy_of, "version_of": document.version_of,
        })  # fmt: skip

    def statement(self, statement: Statement) -> Told:
        """Return one statement."""
        return _kept({
            "id": statement.id, "speaker": who(statement.speaker), "force": statement.force,
            "negated": statement.negated, "quotation": statement.quotation, "date": when(statement.date),
            "addressee": who(statement.addressee), "evidence": self.words(statement.content, statement.document),
        })  # fmt: skip

    def voice(self, known: str | None) -> str:
        """Return whose claim something is."""
        if known is None:
            return "the article's own"
        found = self.look.statement(known)
        return f"as said by {found.speaker.name}" if found and found.speaker else "as said by somebody not named"

    def act(self, act: Act) -> Told:
        """Return one act."""
        return _kept({
            "id": act.id, "type": act.type, "mode": act.mode, "actors": all_of(act.actors),
            "targets": all_of(act.targets), "date": when(act.date), "place": act.place.name if act.place else None,
            "modality": act.modality, "polarity": act.polarity, "voice": self.voice(act.voice),
            "evidence": self.words(act.evidence, act.document),
        })  # fmt: skip

    def entry(self, entry: Any, document: str | None = None) -> Told:
        """Return one development of a deal, or one entry of a case's history."""
        return _kept({
            "id": entry.id, "step": getattr(entry, "step", None), "status": getattr(entry, "status", None),
            "by": who(getattr(entry, "by", None)), "date": when(entry.date), "polarity": entry.polarity,
            "voice": self.voice(entry.voice), "scheduled_for": when(getattr(entry, "scheduled_for", None)),
            "evidence": self.words(entry.evidence, getattr(entry, "document", document)),
        })  # fmt: skip

    def deal(self, deal: Deal, *, steps: bool = True) -> Told:
        """Return one deal; with its developments and what contradicts them, or with the last of them alone."""
        shown = deal.developments if steps else deal.developments[-1:]
        return _kept({
            "id": deal.id, "title": deal.title, "deal_kind": deal.deal_kind, "status": deal.status, "as_of": deal.as_of,
            "disputed": deal.disputed, "parties": all_of(deal.parties), "mediators": all_of(deal.mediators),
            "persons": all_of(deal.persons), "rule": deal.rule, "undisclosed": list(deal.undisclosed),
            "ratio": list(deal.terms.ratio) if deal.terms.ratio else None, "documents": deal.documents,
            "developments": [self.entry(entry) for entry in shown],
            "against": [self.entry(entry) for entry in deal.against] if steps else None,
        })  # fmt: skip

    def case(self, case: Case) -> Told:
        """Return one case with its history."""
        return _kept({
            "id": case.id, "person": who(case.person), "nationalities": list(case.nationalities),
            "holder": who(case.holder), "place": case.place.name if case.place else None, "charge": case.charge,
            "sentence": case.sentence, "basis": case.basis, "status": case.status, "disputed": case.disputed,
            "released": when(case.released), "exchanged_for": all_of(case.exchanged_for), "deal": case.deal,
            "history": [self.entry(entry) for entry in case.history],
        })  # fmt: skip

    def event(self, event: Event, outside: Iterable[Outside] = ()) -> Told:
        """Return one event with the acts that tell it, and the outside accounts beside it, which are no evidence."""
        acts = [found for found in map(self.view.get, event.acts) if isinstance(found, Act)]
        return _kept({
            "id": event.id, "title": event.title, "type": event.type, "mode": event.mode,
            "actors": all_of(event.actors), "targets": all_of(event.targets), "date": when(event.date),
            "place": event.place.name if event.place else None, "modality": event.modality,
            "disputed": event.disputed, "independent_reports": event.origins,
            "figures": [
                {"what": figure.what, "accounts": [
                    {"by": who(account.by) or "the article's own", "low": account.low, "high": account.high}
                    for account in figure.accounts
                ]}
                for figure in event.figures
            ],
            "acts": [self.act(act) for act in acts],
            "outside_accounts": [msgspec.to_builtins(account) for account in outside],
        })  # fmt: skip


def who(ref: ActorRef | None) -> str | None:
    """Return a name with its role."""
    return None if ref is None else f"{ref.name} ({ref.role})" if ref.role else ref.name


def all_of(refs: Iterable[ActorRef]) -> list[Told]:
    """Return several actors by id and name."""
    return [_kept({"id": ref.actor, "name": who(ref), "country": ref.country}) for ref in refs]


def when(date: Period | None) -> str | None:
    """Return a period as one day or two with a slash between them (ISO 8601), ".." for an open end."""
    if date is None or not (date.since or date.until):
        return None
    return date.since if date.since == date.until else f"{date.since or '..'}/{date.until or '..'}"


def _kept(told: Told) -> Told:
    return {name: value for name, value in told.items() if value not in (None, [], "")}
