"""The closed vocabularies of the record format, version 1.

They are the contract: a word keeps its meaning, a new word is added at the end, none is renamed.
"""

from typing import Literal, get_args

type Force = Literal[
    "say", "deny", "confirm", "accuse", "threaten", "promise", "demand", "warn", "reject", "praise", "criticise",
    "ask", "report",
]  # fmt: skip
type Quotation = Literal["direct", "indirect", "mixed"]
type Medium = Literal[
    "press", "social media", "phone", "letter", "broadcast", "court", "meeting", "statement", "interview", "speech",
    "document",
]  # fmt: skip
type ActType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
type Modality = Literal["happened", "ongoing", "planned", "threatened", "called_for", "hypothetical"]
type Polarity = Literal["asserted", "denied"]
type Measure = Literal[
    "killed", "injured", "captured", "missing", "displaced", "released", "exchanged", "arrested", "amount", "held",
    "abducted", "troops", "weapons", "people", "other",
]  # fmt: skip
type DealKind = Literal[
    "prisoner_exchange", "hostage_release", "ceasefire", "peace_agreement", "talks", "sanctions_relief", "withdrawal",
    "humanitarian", "arms_control",
]  # fmt: skip
type StepKind = Literal[
    "proposed", "discussed", "talks_held", "announced", "agreed_in_principle", "agreed", "signed", "scheduled",
    "postponed", "partly_carried_out", "carried_out", "reaffirmed", "denied", "refused", "conditions_set", "violated",
    "suspended", "resumed", "extended", "collapsed",
]  # fmt: skip
type DealStatus = Literal[
    "floated", "under_discussion", "agreed_in_principle", "agreed", "scheduled", "under_way", "carried_out",
    "stalled", "refused", "collapsed", "disputed",
]  # fmt: skip
type CustodyStatus = Literal[
    "detained", "charged", "on_trial", "convicted", "sentenced", "released", "exchanged", "pardoned", "died",
    "missing",
]  # fmt: skip
type MomentType = Literal["DATE", "TIME", "DURATION", "SET"]
type Precision = Literal["day", "week", "month", "season", "year", "decade", "approx"]
type PlaceFeature = Literal["country", "region", "city", "facility", "water", "other"]
type ActorSort = Literal["person", "state", "government", "organisation", "armed_group", "group"]
type PublishedBasis = Literal["given", "metadata", "dateline", "assumed"]
type Dataset = Literal["gdelt", "icews", "ucdp", "plover"]
type Verdict = Literal["same", "different", "unsure"]
type Stage = Literal["ingest", "read", "extract", "resolve", "reconcile", "keep"]


def words(vocabulary: object) -> tuple[str, ...]:
    """Return the words of one of the vocabularies above, in the order of the contract."""
    return get_args(getattr(vocabulary, "__value__", vocabulary))
