"""What the families of rules share about a clause: who, whom, how real, when. One door to the `clause_*` modules.

Every function takes a reading and a token and returns tokens, or what they mean; none knows a trigger word.
"""

from onrecord.extract.clause_dates import clause_head, date_of
from onrecord.extract.clause_scope import Scope, modality, scope
from onrecord.extract.clause_tree import (
    agent_of,
    auxiliaries,
    conjuncts,
    head_of,
    is_passive,
    is_verb,
    object_of,
    owner_of,
    preposition,
    reach,
    subject_of,
    surface_subject,
    verb_group,
)

__all__ = [
    "Scope",
    "agent_of",
    "auxiliaries",
    "clause_head",
    "conjuncts",
    "date_of",
    "head_of",
    "is_passive",
    "is_verb",
    "modality",
    "object_of",
    "owner_of",
    "preposition",
    "reach",
    "scope",
    "subject_of",
    "surface_subject",
    "verb_group",
]
