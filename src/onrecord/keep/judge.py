"""Make judgements: what a person decided, as a record with an id."""

import msgspec

from onrecord.errors import UsageError
from onrecord.model.identity import identity
from onrecord.model.judgement import Judgement
from onrecord.model.vocabulary import Verdict


def judged(*, left: str, verdict: Verdict, right: str, because: str, by: str, at: str) -> Judgement:
    """Return the judgement that `left` and `right` are the same, different, or that it can't be said."""
    if left == right:
        message = f"{left} can't be compared with itself"
        raise UsageError(message)
    _need_reason(because)
    first, second = sorted((left, right))
    made = identity("judgement", first, second, verdict, by, at)
    return Judgement(id=made, left=first, right=second, verdict=verdict, by=by, at=at, because=because)


def corrected(*, record: str, field: str, value: str, because: str, by: str, at: str) -> Judgement:
    """Return the judgement that a field of a record is `value`."""
    _need_reason(because)
    made = identity("judgement", record, field, value, by, at)
    return Judgement(id=made, left=record, field=field, value=value, by=by, at=at, because=because)


def withdrawn(judgement: Judgement, at: str) -> Judgement:
    """Return the judgement withdrawn at this time; one that was withdrawn already stays as it is."""
    if judgement.withdrawn_at is not None:
        return judgement
    return msgspec.structs.replace(judgement, withdrawn_at=at)


def _need_reason(because: str) -> None:
    if not because.strip():
        message = "a judgement needs a reason (--because)"
        raise UsageError(message)
