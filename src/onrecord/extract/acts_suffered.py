"""Who suffers a deed that is told as a noun under a verb of suffering: "nine died in shelling", "9,000 fled the raid".

Comes in: a reading, the rules and a noun. Goes out: the verb above it, and the heads of those it befell.
"""

from onrecord.extract.acts_slots import owner_before
from onrecord.extract.clause import subject_of
from onrecord.lexicon.acts import ActBook
from onrecord.model.reading import Reading

_IN = frozenset({"in", "by", "from", "during", "under"})


def suffered(reading: Reading, book: ActBook, noun: int) -> int | None:
    """Return the verb by which somebody suffers what the noun tells, if there is one."""
    owner = owner_before(reading, noun)
    at = noun if owner is None else owner
    head = reading.head[at]
    if reading.dep[at] in {"pobj", "pcomp"}:
        if reading.lemma[head] not in _IN:
            return None
        head = reading.head[head]
    elif reading.dep[at] != "dobj":
        return None
    return head if head != noun and reading.lemma[head] in book.words("suffering") else None


def sufferers(reading: Reading, book: ActBook, noun: int) -> tuple[int, ...]:
    """Return the subjects of the verb by which somebody suffers what the noun tells."""
    verb = suffered(reading, book, noun)
    return subject_of(reading, verb) if verb is not None else ()
