"""What one article says: statements, acts, steps of deals, reports of custody. Append-only atoms.

A claim without evidence can't be built. `voice` is the id of the statement that vouches for a claim, or None where the
article itself does. `rules` names what found it, `confidence` (0 to 1) is filled where a calibrated score exists.
"""

import msgspec

from onrecord.model.mention import ActorRef, PlaceRef
from onrecord.model.moment import Period
from onrecord.model.text import Span
from onrecord.model.vocabulary import (
    ActType,
    CustodyStatus,
    DealKind,
    Force,
    Measure,
    Medium,
    Modality,
    Polarity,
    Quotation,
    StepKind,
)


def _need_words(kind: str, spans: tuple[Span, ...]) -> None:
    if not spans:
        message = f"a {kind} without evidence can't be built"
        raise ValueError(message)


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A count in the text: "at least 12" is low 12, high None; `of` says of whom or what."""

    what: Measure
    low: int | None
    high: int | None
    of: str | None = None
    span: Span


class Statement(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="statement"):
    """Somebody's words: who, with which cue, what, how quoted."""

    id: str
    document: str
    speaker: ActorRef | None
    cue: Span | None
    content: tuple[Span, ...]
    quotation: Quotation
    force: Force = "say"
    negated: bool = False
    about: tuple[str, ...] = ()
    addressee: ActorRef | None = None
    medium: Medium | None = None
    date: Period | None = None
    evidence: tuple[Span, ...]
    via: ActorRef | None = None
    confidence: float | None = None
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a statement without words."""
        _need_words("statement", self.evidence)
        _need_words("statement's content", self.content)


class Act(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="act"):
    """Who did what to whom, when and where (PLOVER type, modes and contexts)."""

    id: str
    document: str
    type: ActType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    trigger: Span
    date: Period | None = None
    place: PlaceRef | None = None
    modality: Modality = "happened"
    polarity: Polarity = "asserted"
    voice: str | None = None
    figures: tuple[Figure, ...] = ()
    evidence: tuple[Span, ...]
    confidence: float | None = None
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an act without words."""
        _need_words("act", self.evidence)


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What a deal would consist of. `ratio` counts what each side gives up, in the order of the parties."""

    ratio: tuple[int, int] | None = None
    duration: str | None = None
    starts: Period | None = None
    place: str | None = None
    amount: str | None = None
    unilateral: bool = False
    figures: tuple[Figure, ...] = ()


class Step(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="step"):
    """What this one article says happened to a deal.

    `date` is when the step happened, `scheduled_for` the day that it sets. `background` marks history that is not the
    news of the day; `conditional` a step that hangs on something; `undisclosed` what nobody will say ("names").
    """

    id: str
    document: str
    deal_kind: DealKind
    parties: tuple[ActorRef, ...]
    step: StepKind
    terms: Terms = Terms()
    persons: tuple[ActorRef, ...] = ()
    by: ActorRef | None = None
    date: Period | None = None
    polarity: Polarity = "asserted"
    voice: str | None = None
    evidence: tuple[Span, ...]
    scheduled_for: Period | None = None
    mediators: tuple[ActorRef, ...] = ()
    undisclosed: tuple[str, ...] = ()
    conditional: bool = False
    background: bool = False
    group: str | None = None
    confidence: float | None = None
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a step without words."""
        _need_words("step", self.evidence)


class Custody(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="custody"):
    """What this one article says of one person (or one group of persons) held, tried or freed."""

    id: str
    document: str
    person: ActorRef
    nationalities: tuple[str, ...] = ()
    holder: ActorRef | None = None
    status: CustodyStatus
    charge: str | None = None
    sentence: str | None = None
    basis: str | None = None
    place: PlaceRef | None = None
    date: Period | None = None
    exchanged_for: tuple[ActorRef, ...] = ()
    polarity: Polarity = "asserted"
    voice: str | None = None
    evidence: tuple[Span, ...]
    count: int | None = None
    confidence: float | None = None
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a custody report without words."""
        _need_words("custody report", self.evidence)


type Claim = Statement | Act | Step | Custody
