"""When: periods with their precision kept, and the expressions in the text that they were read from."""

import re
from datetime import date

import msgspec

from onrecord.model.text import Span
from onrecord.model.vocabulary import MomentType, Precision

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Period(msgspec.Struct, frozen=True):
    """A stretch of days, both ends inclusive, an open end None; never padded, `basis` is the words it was read from."""

    since: str | None
    until: str | None
    precision: Precision = "day"
    basis: Span | None = None

    def __post_init__(self) -> None:
        """Refuse ends that aren't calendar days and an end before the beginning."""
        for day in (self.since, self.until):
            if day is not None:
                if not _DAY.fullmatch(day):
                    message = f"not a day as YYYY-MM-DD: {day!r}"
                    raise ValueError(message)
                date.fromisoformat(day)
        if self.since is not None and self.until is not None and self.until < self.since:
            message = f"a period can't end ({self.until}) before it begins ({self.since})"
            raise ValueError(message)


class Moment(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="moment"):
    """An expression of time in the text: TIMEX3 type and value, and the days it stands for where that is known."""

    document: str
    start: int
    end: int
    text: str
    type: MomentType
    value: str
    period: Period | None = None
