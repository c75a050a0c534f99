"""Records assembled over documents: a pure function of the claims and the judgements, rebuilt at any time.

Spans in them stand in other documents and so carry `document`.
"""

import msgspec

from onrecord.model.claim import Figure, Terms
from onrecord.model.mention import ActorRef, PlaceRef
from onrecord.model.moment import Period
from onrecord.model.text import Span
from onrecord.model.vocabulary import (
    ActorSort,
    ActType,
    CustodyStatus,
    DealKind,
    DealStatus,
    Measure,
    Modality,
    Polarity,
    StepKind,
)


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """An office or role that the articles give an actor."""

    role: str
    org: str | None = None
    since: str | None = None
    until: str | None = None
    evidence: tuple[Span, ...] = ()


class Actor(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="actor"):
    """A person, state, body, armed group or group that the documents name."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    sort: ActorSort
    country: str | None = None
    roles: tuple[Role, ...] = ()
    documents: int = 0


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One source's count; `by` None is the article's own."""

    by: ActorRef | None = None
    low: int | None
    high: int | None
    evidence: tuple[Span, ...] = ()


class CompetingFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A count with the accounts of it side by side; `low` and `high` span them all."""

    what: Measure
    low: int | None
    high: int | None
    accounts: tuple[Account, ...] = ()


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="event"):
    """One happening, told by one or more acts."""

    id: str
    type: ActType
    mode: str | None = None
    actors: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    date: Period | None = None
    place: PlaceRef | None = None
    modality: Modality = "happened"
    figures: tuple[CompetingFigure, ...] = ()
    disputed: bool = False
    acts: tuple[str, ...] = ()
    origins: int = 1
    title: str = ""


class Development(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a deal's history, with the words that tell it."""

    step: StepKind
    by: ActorRef | None = None
    date: Period | None = None
    document: str
    evidence: tuple[Span, ...]
    voice: str | None = None
    polarity: Polarity = "asserted"
    id: str = ""
    scheduled_for: Period | None = None
    conditional: bool = False
    because: str = ""


class Deal(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="deal"):
    """A deal over all articles: where it stands on the day `as_of`, by which steps, and what contradicts that."""

    id: str
    deal_kind: DealKind
    parties: tuple[ActorRef, ...]
    title: str
    terms: Terms = Terms()
    status: DealStatus
    as_of: str | None = None
    disputed: bool = False
    undisclosed: tuple[str, ...] = ()
    persons: tuple[ActorRef, ...] = ()
    developments: tuple[Development, ...] = ()
    against: tuple[Development, ...] = ()
    documents: int = 0
    mediators: tuple[ActorRef, ...] = ()
    background: bool = False
    rule: str = ""
    made_by: tuple[str, ...] = ()


class CaseEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a case's history."""

    status: CustodyStatus
    date: Period | None = None
    evidence: tuple[Span, ...]
    voice: str | None = None
    polarity: Polarity = "asserted"
    id: str = ""


class Case(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="case"):
    """One person (or group) held: who, by whom, why, since when, and what became of it."""

    id: str
    person: ActorRef
    nationalities: tuple[str, ...] = ()
    holder: ActorRef | None = None
    place: PlaceRef | None = None
    charge: str | None = None
    sentence: str | None = None
    basis: str | None = None
    status: CustodyStatus
    history: tuple[CaseEntry, ...] = ()
    released: Period | None = None
    exchanged_for: tuple[ActorRef, ...] = ()
    deal: str | None = None
    disputed: bool = False
    claims: tuple[str, ...] = ()
    documents: int = 0


type Record = Actor | Event | Deal | Case

__all__ = [
    "Account", "Actor", "Case", "CaseEntry", "CompetingFigure", "Deal", "Development", "Event", "Figure", "Record",
    "Role",
]  # fmt: skip
