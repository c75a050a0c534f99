"""Accounts from outside: rows of other data sets, kept beside the record as a voice of their own.

They have no sentence, so they are no claims: no event, deal or case is made of them and none counts them as evidence.
"""

import msgspec

from onrecord.model.mention import ActorRef, PlaceRef
from onrecord.model.moment import Period
from onrecord.model.vocabulary import ActType, Dataset, Measure


class OutsideFigure(msgspec.Struct, frozen=True):
    """A count as the data set gives it; `best` is its own best estimate."""

    what: Measure
    low: int | None = None
    high: int | None = None
    best: int | None = None


class Outside(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="outside"):
    """One row of another data set: `row` is its id there, `code` its own code, `type` what that is in PLOVER.

    `cited` is what the row says of its own source (an address, a publisher, an article).
    """

    id: str
    dataset: Dataset
    row: str
    code: str = ""
    type: ActType | None = None
    mode: str | None = None
    actors: tuple[ActorRef, ...] = ()
    targets: tuple[ActorRef, ...] = ()
    date: Period | None = None
    place: PlaceRef | None = None
    figures: tuple[OutsideFigure, ...] = ()
    title: str = ""
    cited: str = ""
