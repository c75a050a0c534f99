"""Records assembled over documents: a pure function of the claims and the judgements, rebuilt at any time.

Spans in them stand in other documents and so carry `document`.
"""

from typing import Literal

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
    same_as: tuple[str, ...] = ()


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One source's count as of a day; `by` None is the papers' own. `revised`: the same source gave another later."""

    by: ActorRef | None = None
    low: int | None
    high: int | None
    evidence: tuple[Span, ...] = ()
    as_of: str | None = None
    revised: bool = False
    of: str | None = None


class CompetingFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A count with the accounts of it side by side; `low` and `high` span those that no later one revised."""

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
    because: tuple[str, ...] = ()


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
    persons: tuple[ActorRef, ...] = ()


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """From this day on the deal stood so, by these steps, with all that is known today."""

    day: str
    status: DealStatus
    disputed: bool = False
    made_by: tuple[str, ...] = ()
    rule: str = ""


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """What was published on a day (None: undated) moved the status from `before` to `after`; `by` are claims."""

    told: str | None
    before: str | None
    after: str
    by: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class TermsTold(msgspec.Struct, frozen=True, kw_only=True):
    """The terms as one article tells them, where they are new or other than before."""

    told: str | None
    document: str
    terms: Terms
    by: tuple[str, ...] = ()


class NameChange(msgspec.Struct, frozen=True, kw_only=True):
    """A person who came into a deal, was left out of it, or was handed over, and the claims that say so."""

    person: ActorRef
    change: Literal["named", "left_out", "handed_over"]
    told: str | None
    by: tuple[str, ...] = ()
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
    course: tuple[Turn, ...] = ()
    moves: tuple[Move, ...] = ()
    terms_told: tuple[TermsTold, ...] = ()
    names: tuple[NameChange, ...] = ()
    left_out: tuple[ActorRef, ...] = ()

    def on(self, day: str) -> Turn | None:
        """Return how the deal stood at the end of an ISO day, by what is known today; None before its first step."""
        return next((turn for turn in reversed(self.course) if turn.day <= day), None)


class Rival(msgspec.Struct, frozen=True, kw_only=True):
    """What one report gives for a field of a case on which the reports differ."""

    field: str
    value: str
    by: ActorRef | None = None
    told: str | None = None
    claim: str = ""


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
    aliases: tuple[str, ...] = ()
    deals: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()
    because: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()


type Record = Actor | Event | Deal | Case

__all__ = [
    "Account", "Actor", "Case", "CaseEntry", "CompetingFigure", "Deal", "Development", "Event", "Figure", "Move",
    "NameChange", "Record", "Rival", "Role", "TermsTold", "Turn",
]  # fmt: skip
