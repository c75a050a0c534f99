"""Who is the same as whom, and which field is what: a log laid over the claims, never written into them."""

import msgspec

from onrecord.model.vocabulary import Verdict


class Judgement(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="judgement"):
    """One judgement by the program or a person. With `field`, it sets that field of `left` to `value` instead.

    `at` and `withdrawn_at` are ISO date-times in UTC. A person's judgement wins over the program's.
    """

    id: str
    left: str
    right: str | None = None
    verdict: Verdict = "same"
    field: str | None = None
    value: str | None = None
    by: str
    at: str
    because: str
    withdrawn_at: str | None = None
