"""Say whether a noun for a deed is told as a fact: "announced the end of the truce", "the collapse sent many fleeing".

Comes in: a noun. Goes out: yes or no.
"""

from onrecord.lexicon.deals import DealBook
from onrecord.model.reading import Reading

_AFTER = frozenset({"after", "following", "follow", "since"})


def as_fact(reading: Reading, noun: int, book: DealBook) -> bool:
    """Say whether a verb tells of what the noun names as done: "announced the end of the truce"."""
    above = reading.head[noun]
    past = reading.tag[above] in {"VBD", "VBN"} or reading.child(above, "aux") is None
    told = reading.dep[noun] in {"dobj", "nsubjpass"} and reading.lemma[above] in book.words("factive") and past
    return told or with_effect(reading, noun, book)


def with_effect(reading: Reading, noun: int, book: DealBook) -> bool:
    """Say whether it is told what came of it, or what came after it: "the collapse of the truce sent many fleeing"."""
    above = reading.head[noun]
    known = any(reading.lemma[one] == "the" for one in reading.children(noun, "det")) or bool(
        reading.children(noun, "poss")
    )
    if reading.dep[noun] == "nsubj":
        return known and reading.lemma[above] in book.words("effects") and _was(reading, above)
    if reading.dep[noun] != "pobj" or reading.lemma[above] not in _AFTER or not known:
        return False
    over = next((one for one in reading.ancestors(noun) if reading.pos[one] in {"VERB", "AUX"}), None)
    return over is not None and _was(reading, over)


def _was(reading: Reading, verb: int) -> bool:
    """Say whether the verb tells what was, by itself or with "has" or "was", and isn't negated."""
    helpers = reading.children(verb, "aux", "auxpass")
    past = reading.tag[verb] == "VBD" or (
        reading.tag[verb] == "VBN" and any(reading.lemma[one] in {"have", "be"} for one in helpers)
    )
    open_yet = any(reading.tag[one] in {"MD", "TO"} for one in helpers)
    return past and not open_yet and reading.child(verb, "neg") is None
