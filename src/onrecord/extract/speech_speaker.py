"""Who speaks: from a cue to the head tokens of its speaker, by the tree.

Comes in: a scene and a cue in it. Goes out: head tokens (`speech_names` finds the actor they stand for).
"""

from onrecord.extract import clause
from onrecord.extract.speech_scene import Hit, Scene
from onrecord.model.reading import Reading

_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def _partner(reading: Reading, verb: int) -> int | None:
    """Return the verb that this one goes on from ("A has counted, and claims, ..."), where the parse lost the tie.

    A finite verb right behind a conjunction that belongs to an earlier verb shares that verb's subject, whatever later
    clause the parser hung it on.
    """
    at = verb - 1
    while at > 0 and reading.dep[at] in {"advmod", "neg", "aux"} and reading.head[at] == verb:
        at -= 1
    if at <= 0 or reading.dep[at] != "cc" or reading.dep[verb] not in {"advcl", "ccomp", "parataxis", "dep"}:
        return None
    partner = reading.head[at]
    lost = reading.tag[verb] in _FINITE and reading.head[verb] > verb and partner < at
    return partner if lost and reading.tag[partner] in {*_FINITE, "VBN"} else None


def speakers_of(scene: Scene, hit: Hit) -> tuple[int, ...]:
    """Return the head tokens of who speaks by this cue; none where nobody is named."""
    reading, book = scene.reading, scene.book
    if hit.sort == "phrase":
        return _object_of(reading, hit)
    if hit.sort == "noun":
        return _owner(scene, hit.anchor)
    verb = hit.anchor
    master = superior(scene, hit)
    if master is not None:
        return speakers_of(scene, master)
    if late_cue(scene, hit):
        return clause.conjuncts(reading, reading.head[verb])
    own = [at for at in reading.children(verb, "nsubj") if reading.tag[at] not in {"WDT", "WP"}]
    if reading.dep[verb] == "acl" and _rootless(reading, verb):
        heads: tuple[int, ...] = (reading.head[verb],)
    elif clause.is_passive(reading, verb):
        heads = clause.agent_of(reading, verb)
    elif own and _is_inverted(scene, verb, own[-1]):
        heads = clause.conjuncts(reading, scene.people_near(verb + 1)[0].last - 1)
    elif own:
        heads = clause.conjuncts(reading, own[-1])
    elif (partner := _partner(reading, verb)) is not None:
        heads = clause.surface_subject(reading, partner)
    elif own_clause(reading, verb):
        heads = clause.surface_subject(reading, verb)
        late = reading.tag[verb] in _FINITE and any(head > verb for head in heads)
        heads = heads if _agrees(reading, verb, heads) and not late else ()
    else:
        heads = ()
    above = reading.head[reading.head[verb]] if reading.dep[verb] == "pcomp" else verb
    if above != verb and book.is_in("relays", reading.lemma[above]):
        quoted = reading.child(above, "dobj")
        if clause.is_passive(reading, above):
            heads = clause.surface_subject(reading, above)
        elif quoted is not None:
            heads = clause.conjuncts(reading, quoted)
    return tuple(
        head
        for head in heads
        if not book.is_in("no_speaker", reading.lemma[head])
        and reading.dep[head] != "expl"
        and not (reading.lemma[head] == "one" and is_none(reading, head))
    )


def _is_inverted(scene: Scene, verb: int, subject: int) -> bool:
    """Say whether a person behind the cue speaks, the noun before its comma being content ("The road, said X, ...")."""
    reading = scene.reading
    if subject != verb - 2 or reading.word(verb - 1) != "," or reading.children(subject, "appos", "relcl", "acl"):
        return False
    near = scene.people_near(verb + 1) if verb + 1 < len(reading) else ()
    return bool(near) and near[0].first == verb + 1 and reading.word(min(near[0].last, len(reading) - 1)) == ","


def own_clause(reading: Reading, verb: int) -> bool:
    """Say whether a coordinated verb can share its head's subject: a finite verb shares none with an infinitive."""
    head = reading.head[verb]
    if reading.dep[verb] != "conj" or reading.tag[verb] not in _FINITE or not clause.is_verb(reading, head):
        return True
    if reading.tag[head] in _FINITE:
        return True
    helpers = reading.children(head, "aux", "auxpass")
    return any(reading.tag[at] in {*_FINITE, "MD"} for at in helpers) or reading.tag[head] in {"VBN", "VBD"}


def _agrees(reading: Reading, verb: int, heads: tuple[int, ...]) -> bool:
    """Say whether a coordinated verb in the present agrees in number with the subject that it is given."""
    if reading.dep[verb] != "conj" or len(heads) != 1 or reading.children(verb, "aux"):
        return True
    plural = reading.tag[heads[0]] in {"NNS", "NNPS"}
    if reading.tag[verb] == "VBZ":
        return not plural
    return reading.tag[verb] != "VBP" or plural or reading.tag[heads[0]] not in {"NN", "NNP"}


def is_none(reading: Reading, head: int) -> bool:
    """Say whether the subject is nobody of a kind ("no official", "neither side")."""
    return any(reading.lemma[det] in {"no", "neither"} for det in reading.children(head, "det", "preconj", "neg"))


def late_cue(scene: Scene, hit: Hit) -> bool:
    """Say whether "..., officials announced on Monday." was read as officials who were announced.

    A bare participle after people at the end of a sentence, with a comma before them and nothing done by anybody.
    """
    reading, verb = scene.reading, hit.anchor
    noun = reading.head[verb]
    if reading.dep[verb] != "acl" or noun != verb - 1 or reading.tag[verb] not in {"VBN", "VBD"}:
        return False
    if reading.child(verb, "agent", "dobj", "oprd", "ccomp", "xcomp") is not None:
        return False
    first = noun
    while first > 0 and reading.head[first - 1] == noun:
        first -= 1
        if reading.word(first) == ",":
            break
    if first > 0 and reading.word(first) != "," and reading.word(first - 1) == ",":
        first -= 1
    last = reading.sentences[reading.sentence_of(verb)][1]
    ends = reading.subtree(verb)[1] >= last - 2
    return ends and reading.word(first) == "," and scene.book.is_in("people", reading.lemma[noun])


def _rootless(reading: Reading, verb: int) -> bool:
    """Say whether a finite verb hangs on its own subject, which the parser took for something else."""
    head = reading.head[verb]
    if head != verb - 1 or reading.child(verb, "agent") is not None:
        return False
    pair = len(reading.children(verb, "oprd", "dobj")) > 1
    return reading.word(head)[0].isupper() and (reading.tag[verb] == "VBD" or pair)


def outside(scene: Scene, hit: Hit, speakers: tuple[int, ...]) -> tuple[int, ...]:
    """Return the speakers, or, where the parser lost the subject, the noun right before or behind the cue."""
    reading, verb = scene.reading, hit.anchor
    if speakers or hit.sort != "verb" or clause.is_passive(reading, verb) or reading.tag[verb] in {"VBG", "VB"}:
        return speakers
    if reading.child(verb, "nsubj", "nsubjpass", "expl") is not None:
        return speakers
    first, last = reading.sentences[reading.sentence_of(verb)]
    at = verb - 1
    while at > first and (reading.pos[at] in {"AUX", "ADV"} or reading.word(at) == ","):
        at -= 1
    if at >= first and verb - at < 4 and reading.pos[at] in {"PROPN", "NOUN", "PRON"} and not scene.is_quoted(at):
        named = reading.pos[at] == "PROPN" and (reading.dep[at] == "appos" or bool(scene.people_near(at)))
        alone = reading.word(verb - 1) != "," or named
        return (_top(reading, at),) if alone else ()
    for at in range(verb + 1, min(last, verb + 8)):
        if reading.pos[at] in {"PROPN", "NOUN"} and reading.dep[at] not in {"compound", "npadvmod", "dobj", "pobj"}:
            return (at,)
        if reading.pos[at] in {"PUNCT", "ADP", "SCONJ", "VERB"}:
            break
    return ()


def _top(reading: Reading, at: int) -> int:
    """Return the head of the run of names that ends here."""
    while reading.dep[at] in {"compound", "flat"} and reading.head[at] > at:
        at = reading.head[at]
    return at


def superior(scene: Scene, hit: Hit) -> Hit | None:
    """Return the cue that this one goes on from, though the parser put it inside that one's content.

    "She said the road was open, adding that ..." and "..., and accused ...": after a comma, a participle or a
    coordinated cue without a subject of its own is what the first speaker does.
    """
    reading, verb = scene.reading, hit.anchor
    if hit.sort != "verb" or reading.child(verb, "nsubj", "nsubjpass") is not None:
        return None
    dep = reading.dep[verb]
    participle = reading.tag[verb] == "VBG" and dep in {"advcl", "acl", "conj"} and not reading.children(verb, "aux")
    if not participle and not (dep == "conj" and reading.tag[verb] in {"VBD", "VBZ", "VBP"}):
        return None
    if not comma_before(reading, verb):
        return None
    at = reading.head[verb]
    for _ in range(6):
        head = reading.head[at]
        if head == at:
            return None
        if reading.dep[at] == "ccomp" and head < at:
            return next((above for above in scene.hits_in(head, head + 1) if above.sort == "verb"), None)
        if reading.dep[at] in {"relcl", "nsubj"}:
            return None
        at = head
    return None


def comma_before(reading: Reading, verb: int) -> int | None:
    """Return the token of the comma right before a verb, conjunction, adverb and closing mark skipped, or None."""
    for at in range(verb - 1, max(verb - 5, -1), -1):
        if reading.word(at) == ",":
            return at
        if reading.pos[at] not in {"CCONJ", "ADV", "PUNCT"}:
            return None
    return None


def relay_of(scene: Scene, hit: Hit) -> tuple[int, ...]:
    """Return the head tokens of who passes the words on ("the daily quoted her as saying")."""
    reading = scene.reading
    above = reading.head[reading.head[hit.anchor]]
    if reading.dep[hit.anchor] != "pcomp" or not scene.book.is_in("relays", reading.lemma[above]):
        return ()
    if clause.is_passive(reading, above):
        return clause.agent_of(reading, above)
    return clause.surface_subject(reading, above)


def _object_of(reading: Reading, hit: Hit) -> tuple[int, ...]:
    for holder in reversed(hit.tokens):
        child = reading.child(holder, "pobj")
        if child is not None:
            return clause.conjuncts(reading, child)
    return ()


def _owner(scene: Scene, noun: int) -> tuple[int, ...]:
    reading = scene.reading
    owner = reading.child(noun, "poss")
    if owner is not None:
        return clause.conjuncts(reading, owner)
    agents = clause.preposition(reading, noun, "by", "from")
    if agents:
        return agents
    head = reading.head[noun]
    above = reading.head[head] if reading.dep[noun] == "pobj" else head
    if reading.dep[noun] in {"dobj", "pobj"} and scene.book.is_in("support", reading.lemma[above]):
        return clause.subject_of(reading, above)
    return ()
