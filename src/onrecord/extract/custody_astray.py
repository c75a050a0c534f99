"""Find whom a custody verb is about where the parser hangs him elsewhere. Comes in: a verb. Goes out: tokens.

"Also released was X", "found X guilty", "handed X a term", "arrested along with X", "granted clemency to X".
"""

from onrecord.extract import clause
from onrecord.lexicon.custody import CustodyBook
from onrecord.model.reading import Reading

_NAMED = ("dobj", "attr")


def turned(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return who stands behind a passive that is turned round: "Also released was X"."""
    was = reading.child(verb, "auxpass")
    if was is None or was < verb or reading.child(verb, "nsubjpass", "nsubj") is not None:
        return ()
    return tuple(one for child in reading.children(was, "attr", "nsubj") for one in clause.conjuncts(reading, child))


def small(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the subject of a small clause: "let them go", "found X guilty"; or a name taken for a clause."""
    found: list[int] = []
    for child in reading.children(verb, "ccomp"):
        named = [one for one in reading.children(child, "nsubj") if one > verb]
        if reading.tag[child] in {"VB", "JJ"} and reading.child(child, "mark", "aux") is None:
            found += named
        elif reading.pos[child] == "PROPN" and named and named[0] == child - 1 and reading.pos[named[0]] == "PROPN":
            found.append(child)
    for child in reading.children(verb, "advcl", "acomp", "oprd"):
        if reading.tag[child] == "JJ" and reading.child(child, "mark", "nsubj") is None:
            found += [one for one in reading.children(child, "dobj") if one > verb]  # "have set free the captain"
    return tuple(found)


def strayed(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the names that the parser joins to the verb, and not to whom it is done to: "got back X and Y"."""
    return tuple(
        child
        for child in reading.children(verb, "conj")
        if reading.pos[child] == "PROPN"
        and reading.child(verb, "dobj") is not None
        and reading.child(child, "nsubj") is None
    )


def given(reading: Reading, verb: int, book: CustodyBook) -> tuple[int, ...]:
    """Return who is given a term or clemency: "handed X a five-year term", "granted clemency to X"."""
    things = reading.children(verb, "dobj")
    if not any(reading.lemma[thing] in book.words("term") | book.words("mercy") for thing in things):
        return ()
    found: list[int] = []
    for child in reading.children(verb, "dative"):
        found += reading.children(child, "pobj") if reading.pos[child] == "ADP" else (child,)
    return tuple(found)


def beside(reading: Reading, verb: int, book: CustodyBook) -> tuple[int, ...]:
    """Return who shares it: "was arrested along with his deputy, X"."""
    preps = reading.children(verb, "prep", "advmod")
    preps += tuple(inner for prep in preps for inner in reading.children(prep, "prep"))
    taken = clause.is_passive(reading, verb) and reading.lemma[verb] in book.words("taken_with")
    return tuple(
        one
        for prep in preps
        if reading.lemma[prep] == "with" and (taken or reading.lemma[prep - 1] in book.words("company"))
        for one in reading.children(prep, "pobj")
    )


def named_by(reading: Reading, token: int, words: frozenset[str]) -> tuple[int, ...]:
    """Return who are told to be those: "those released include X and Y", "the two, held since May, are X and Y"."""
    above = reading.head[token]
    several = reading.tag[token] in {"NNS", "DT", "CD"} or reading.pos[token] == "PRON"
    if reading.dep[token] != "nsubj" or reading.lemma[above] not in words or not several:
        return ()
    return reading.children(above, *_NAMED)
