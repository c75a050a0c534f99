"""Who does what in a clause, by the tree alone: verb groups, subjects, objects, passives, control.

A reading and a token come in, tokens go out. No words are known here but closed-class ones.
"""

from onrecord.model.reading import Reading

_VERBS = frozenset({"VERB", "AUX"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_URGE_ON = frozenset({"call", "prevail"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_DEPTH = 24


def is_verb(reading: Reading, token: int) -> bool:
    """Say whether the token is a verb by its tag (participles used as adjectives before a noun are not)."""
    return reading.pos[token] in _VERBS and reading.dep[token] not in {"amod", "compound", "aux", "auxpass"}


def conjuncts(reading: Reading, token: int) -> tuple[int, ...]:
    """Return the token and all that is coordinated with it, in order of the text ("A, B and C")."""
    found, rest = [token], [token]
    while rest and len(found) < 60:
        rest = [
            child
            for at in rest
            for child in (
                *_premodifying(reading, at),
                *reading.children(at, "conj"),
                *(more for other in reading.children(at, "appos") for more in reading.children(other, "conj")),
            )
        ]
        found += rest
    return tuple(found)


def _premodifying(reading: Reading, token: int) -> tuple[int, ...]:
    return tuple(
        child for child in reading.children(token, "nmod", "compound") if child < token and beside(reading, child)
    )


def beside(reading: Reading, noun: int) -> bool:
    """Say whether what the parser took for a modifier stands beside its head: "A's government and B fighters"."""
    if reading.child(noun, "cc") is None:
        return False
    if reading.pos[noun] == "PROPN" and any(
        reading.child(one, "det") is not None for one in reading.children(noun, "conj")
    ):
        return True  # "A and the rebel group B": the parser makes one name of it
    owned = reading.child(noun, "poss") is not None
    theirs = reading.child(reading.head[noun], "poss")
    named = any(reading.pos[one] == "PROPN" for one in reading.children(noun, "conj"))
    return owned or (theirs is not None and theirs < noun and named and reading.pos[noun] == "NOUN")


def auxiliaries(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the auxiliaries of a verb, the marks "to" included, and those that the parser hung on one of them."""
    found = reading.children(verb, "aux", "auxpass")
    return tuple(more for one in found for more in (*reading.children(one, "aux"), one))


def verb_group(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the verb with its auxiliaries, negations and particles, in order of the text."""
    return tuple(sorted((verb, *reading.children(verb, "aux", "auxpass", "neg", "prt"))))


def is_passive(reading: Reading, verb: int, depth: int = 0) -> bool:
    """Say whether the verb is passive: by auxiliary, as a reduced relative, or by sharing a passive's auxiliary."""
    if reading.child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if reading.tag[verb] not in {"VBN", "VBD"}:
        return False
    if reading.lemma[verb] in _URGE_ON and preposition(reading, verb, "on") and reading.child(verb, "agent") is None:
        return False  # "a delegation here called on A to act", hung as a reduced relative
    if reading.dep[verb] in {"acl", "amod"} or (reading.dep[verb] == "advcl" and reading.tag[verb] == "VBN"):
        return reading.child(verb, "nsubj", "aux", "dobj") is None
    if reading.tag[verb] == "VBN" and reading.child(verb, "aux", "auxpass") is None:
        if reading.dep[verb] == "conj" and depth < _DEPTH:
            return is_passive(reading, reading.head[verb], depth + 1)
        return reading.child(verb, "dobj") is None
    if reading.tag[verb] == "VBD" and reading.child(verb, "agent") is not None:
        return reading.child(verb, "nsubj") is None
    return False


def agent_of(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the heads of "by ..." of a passive verb, coordination included."""
    found: list[int] = []
    for agent in reading.children(verb, "agent"):
        for child in reading.children(agent, "pobj"):
            found += conjuncts(reading, child)
        for more in reading.children(agent, "conj"):
            for child in reading.children(more, "pobj"):
                found += conjuncts(reading, child)
    if found and reading.dep[verb] == "acl":
        end = reading.subtree(verb)[1]
        found += [
            more for more in reading.children(reading.head[verb], "conj")
            if reading.pos[more] == reading.pos[found[-1]] == "PROPN"
            and end <= more and any(reading.dep[cc] == "cc" for cc in range(end, min(more, end + 2)))
        ]  # fmt: skip
    if not found:
        found = [more for child in _strayed(reading, verb) for more in conjuncts(reading, child)]
    return tuple(found)


def _strayed(reading: Reading, verb: int) -> list[int]:
    """Return the objects of a "by" that the parser hung on a neighbour ("was invited to talks by ...")."""
    last = next((child for child in reversed(reading.children(verb)) if reading.dep[child] in {"prep", "dobj"}), None)
    if last is None:
        return []
    inside = reading.children(last, "pobj") if reading.dep[last] == "prep" else (last,)
    return [
        child
        for noun in inside
        for prep in reading.children(noun, "prep")
        if reading.lemma[prep] == "by" and reading.pos[noun] not in {"PROPN", "VERB"}
        for child in reading.children(prep, "pobj")
    ]


def _referent(reading: Reading, token: int, verb: int) -> tuple[int, ...]:
    if reading.tag[token] in {"WDT", "WP"} or (reading.lemma[token] in _RELATIVES and reading.dep[verb] == "relcl"):
        for above in (verb, *_few(reading, verb)):
            if reading.dep[above] == "relcl":
                return (_one_meant(reading, reading.head[above], above),)
        return ()
    return conjuncts(reading, token)


def _one_meant(reading: Reading, noun: int, verb: int) -> int:
    """Return the singular noun above a plural one on which the parser hung "who has been": "an aide to Bs who has"."""
    helpers = (verb, *reading.children(verb, "aux", "auxpass"))
    single = any(reading.tag[one] == "VBZ" for one in helpers)
    if not single or reading.tag[noun] not in {"NNS", "NNPS"} or reading.children(noun, "nummod"):
        return noun
    for above in _few(reading, noun):
        if reading.tag[above] in {"NN", "NNP"}:
            return above
        if reading.pos[above] not in {"ADP", "NOUN", "PROPN"}:
            break
    return noun


def _few(reading: Reading, token: int) -> tuple[int, ...]:
    found = []
    for above in reading.ancestors(token):
        found.append(above)
        if len(found) == _DEPTH:
            break
    return tuple(found)


def surface_subject(reading: Reading, verb: int, depth: int = 0) -> tuple[int, ...]:
    """Return the heads of the grammatical subject, found also through control, conjunction and participles."""
    if depth > _DEPTH:
        return ()
    own = reading.child(verb, *_SUBJECTS[:4])
    if own is None:  # "A would have armed B" with all of it hung on "have"
        hung = (reading.child(one, *_SUBJECTS[:4]) for one in reading.children(verb, "aux"))
        own = next((one for one in hung if one is not None), None)
    if own is not None:
        return _referent(reading, own, verb)
    dep, head = reading.dep[verb], reading.head[verb]
    if head == verb:
        return ()
    if dep in {"conj", "aux", "auxpass"} and is_verb(reading, head):
        return surface_subject(reading, head, depth + 1)
    if dep == "relcl":
        return _relative_gap(reading, verb, head)
    if dep == "acl":
        if reading.tag[verb] in {"VBN", "VBD", "VBG"}:
            return (head,)
        return owner_of(reading, head, depth + 1)
    if dep in {"xcomp", "ccomp", "advcl", "prep", "dep", "attr", "acomp", "oprd"}:
        return _controlled(reading, verb, head, dep, depth)
    if dep == "pcomp":
        above = reading.head[head]
        if is_verb(reading, above):
            named = reading.child(above, "dobj")
            if named is not None and reading.lemma[head] in {"of", "from", "for", "into"}:
                return conjuncts(reading, named)
            scolded = preposition(reading, above, "at", "on") if reading.lemma[head] == "for" and head < verb else ()
            if scolded and scolded[0] < head:
                return scolded
            if is_passive(reading, above) and reading.lemma[head] == "by":
                return ()
            return surface_subject(reading, above, depth + 1)
        return owner_of(reading, above, depth + 1)
    return ()


def _relative_gap(reading: Reading, verb: int, head: int) -> tuple[int, ...]:
    gap_is_object = any(reading.tag[child] in {"WDT", "WP"} for child in reading.children(verb, "dobj"))
    return () if gap_is_object else (head,)


def _controlled(reading: Reading, verb: int, head: int, dep: str, depth: int) -> tuple[int, ...]:
    if not is_verb(reading, head):
        return surface_subject(reading, reading.head[head], depth + 1) if reading.head[head] != head else ()
    infinitive = any(reading.lemma[child] == "to" for child in reading.children(verb, "aux"))
    if dep == "advcl" and reading.tag[verb] in {"VBZ", "VBP"} and head > verb:
        joined = _joined(reading, verb)
        return surface_subject(reading, joined, depth + 1) if joined is not None else ()
    if dep == "xcomp":
        named = next((child for child in reading.children(head, "dobj", "dative") if child < verb), None)
        if named is not None and (infinitive or reading.pos[named] in {"PROPN", "PRON"}):
            return conjuncts(reading, named)
        # "called on A to free B": A is to do it
        urged = preposition(reading, head, "on") if infinitive and reading.lemma[head] in _URGE_ON else ()
        if urged and head < urged[0] < verb:
            return conjuncts(reading, urged[0])
    if dep == "ccomp" and not (infinitive or reading.tag[verb] in {"VBG", "VB"}):
        return ()
    return surface_subject(reading, head, depth + 1)


def _joined(reading: Reading, verb: int) -> int | None:
    """Return the verb that "and" just before this one goes on from, where the parser hung this one elsewhere."""
    before = verb - 1
    if before < 1 or reading.dep[before] != "cc" or not is_verb(reading, reading.head[before]):
        return None
    return reading.head[before] if reading.head[before] < before else None


def owner_of(reading: Reading, noun: int, depth: int = 0) -> tuple[int, ...]:
    """Return who a noun belongs to: its possessor, else the subject of the verb that it is the object of."""
    if depth > _DEPTH:
        return ()
    owner = reading.child(noun, "poss")
    if owner is not None:
        return conjuncts(reading, owner)
    head = reading.head[noun]
    if reading.dep[noun] in {"dobj", "pobj", "attr", "conj", "oprd"} and head != noun:
        above = reading.head[head] if reading.dep[noun] == "pobj" else head
        if is_verb(reading, above):
            return surface_subject(reading, above, depth + 1)
        if reading.dep[noun] == "conj":
            return owner_of(reading, head, depth + 1)
    return ()


def subject_of(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the heads of who does it: the subject of an active verb, the agent of a passive one."""
    return agent_of(reading, verb) if is_passive(reading, verb) else surface_subject(reading, verb)


def object_of(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the heads of whom it is done to: the object of an active verb, the subject of a passive one."""
    if is_passive(reading, verb):
        return surface_subject(reading, verb)
    named = reading.child(verb, "dobj")
    if named is not None:
        return _referent(reading, named, verb)
    if reading.dep[verb] == "relcl" and reading.child(verb, "nsubj") is not None:
        pronoun = reading.child(verb, "nsubj")
        if pronoun is not None and reading.tag[pronoun] not in {"WDT", "WP"}:
            return (reading.head[verb],)
    if reading.dep[verb] == "conj" and reading.child(verb, "prep", "ccomp", "xcomp") is None:
        return ()
    return ()


def reach(reading: Reading, token: int) -> tuple[int, int]:
    """Return the token range `[first, last)` of the clause that this token heads, embedded clauses included."""
    return reading.subtree(token)


def preposition(reading: Reading, token: int, *names: str) -> tuple[int, ...]:
    """Return the objects of these prepositions (of all, where none is named), coordination included."""
    found: list[int] = []
    for prep in reading.children(token, "prep", "dative", "agent"):
        if not names or reading.lemma[prep] in names:
            for one in (prep, *(more for more in reading.children(prep, "conj") if reading.pos[more] == "ADP")):
                for child in reading.children(one, "pobj", "pcomp"):
                    if not _absolute(reading, prep, child):
                        found += conjuncts(reading, child)
    return tuple(found)


def _absolute(reading: Reading, prep: int, noun: int) -> bool:
    """Say whether "with" opens a clause of its own ("signed it, with a colonel holding the map")."""
    if reading.lemma[prep] != "with":
        return False
    return any(
        reading.tag[child] == "VBG" and reading.child(child, "dobj", "prep") is not None
        for child in reading.children(noun, "acl")
    )


def head_of(reading: Reading, start: int, end: int) -> int | None:
    """Return the token in characters `[start, end)` whose head lies outside of them, or None where there is none."""
    first, last = reading.tokens_in(start, end)
    last = min(last, first + 40)
    for token in range(first, last):
        if not first <= reading.head[token] < last or reading.head[token] == token:
            return token
    return first if first < last else None
