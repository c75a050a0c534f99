"""What the families of rules share about a clause: its reach, its modality and polarity, its date."""

from onrecord.lexicon.hedges import HedgeBook
from onrecord.model.moment import Moment, Period
from onrecord.model.reading import Reading
from onrecord.model.vocabulary import Modality, Polarity


def reach(reading: Reading, token: int) -> tuple[int, int]:
    """Return the token range `[first, last)` of the clause that this token heads, embedded clauses included."""
    return reading.subtree(token)


def modality(reading: Reading, token: int, hedges: HedgeBook) -> tuple[Modality, Polarity]:
    """Say how real the clause makes what this token tells, and whether it is denied."""
    del reading, token, hedges
    return "happened", "asserted"


def date_of(reading: Reading, token: int, moments: tuple[Moment, ...]) -> Period | None:
    """Return the period that the clause of this token gives for what it tells, or None."""
    del reading, token, moments
    return None
