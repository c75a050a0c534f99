"""Say what the verb of a deal is about: who is given, how many, by which names. Comes in: a verb. Goes out: tokens."""

from onrecord.extract.clause import object_of
from onrecord.extract.deals_terms import number
from onrecord.lexicon.deals import DealRule
from onrecord.model.cast import Cast
from onrecord.model.mention import ActorRef
from onrecord.model.reading import Reading

_NEAR = 20
_EXCHANGE = frozenset({"exchange", "swap"})


def astray_subject(reading: Reading, noun: int) -> int | None:
    """Return the subject that the parser hangs on a noun or on "last": "A and B last swapped prisoners in May"."""
    own, above = reading.child(noun, "nsubj"), reading.head[noun]
    last = reading.dep[noun] == "dobj" and reading.lemma[above] == "last"
    return reading.child(above, "nsubj") if own is None and last else own


def things_of(reading: Reading, verb: int, phrasal: bool) -> tuple[int, ...]:
    """Return the tokens of the things that the verb is about, and of those joined to them."""
    found: list[int] = list(object_of(reading, verb))
    above = reading.head[verb]
    if not found and reading.dep[verb] == "xcomp" and reading.dep[above] == "relcl" and reading.lemma[above] == "be":
        # "captives whom the two countries are to exchange"
        found.append(reading.head[above])
    if not found:
        # "let prisoners go": the parser takes them for those who do it
        found += [one for child in reading.children(verb, "ccomp") if reading.tag[child] == "VB"
                  for one in reading.children(child, "nsubj") if one > verb]  # fmt: skip
    if not found and phrasal:
        # "let go four hostages"
        found += [one for child in reading.children(verb, "ccomp", "xcomp") if reading.tag[child] == "VB"
                  for one in reading.children(child, "dobj") if child == verb + 1]  # fmt: skip
    for child in reading.children(verb):
        dep = reading.dep[child]
        if dep == "xcomp" and reading.tag[child] == "VBG":
            found.append(child)
        elif dep == "prep" and (phrasal or reading.lemma[child] in {"from", "for", "on"}):
            for inner in reading.children(child):
                found += [inner] if reading.dep[inner] == "pobj" else list(reading.children(inner, "pobj"))
    if reading.dep[verb] == "acl" and reading.tag[verb] == "VBN":
        found.append(reading.head[verb])
    own = astray_subject(reading, above)
    if reading.dep[verb] == "amod" and own is not None and own < verb < above:
        found.append(above)  # "A and B last swapped prisoners": the parser takes the verb for an adjective
    if not found and phrasal:
        # "set free an engineer": the parser hangs the engineer on "free"
        states = reading.children(verb, "advcl", "acomp", "oprd", "prt")
        found += [one for state in states if reading.word(state) == "free" for one in reading.children(state, "dobj")]
    for back in reading.children(verb, "advmod") if phrasal else ():
        # "went back to the table"
        found += [end for prep in reading.children(back, "prep") for end in reading.children(prep, "pobj")]
    if not found or reading.dep[verb] == "conj":
        found += astray(reading, verb)
    every: list[int] = []
    stack = list(found)
    while stack and len(every) < 30:
        at = stack.pop(0)
        every.append(at)
        stack += reading.children(at, "conj", "appos")
    return tuple(every)


def astray(reading: Reading, verb: int) -> tuple[int, ...]:
    """Return the counted people whom the parser joins to what stands before: "A left Arven and 90 B were freed"."""
    aux = reading.child(verb, "auxpass")
    if aux is None or reading.child(verb, "nsubjpass") is not None:
        return ()
    first, _ = reading.sentences[reading.sentence_of(verb)]
    end = aux
    while end > first and reading.pos[end - 1] == "PUNCT":
        end -= 1
    return tuple(
        at
        for at in range(max(first, end - _NEAR), end)
        if reading.tag[at] in {"NNS", "NNPS"} and reading.dep[at] == "conj" and reading.children(at, "nummod")
        and reading.subtree(at)[1] == end
    )[:1]  # fmt: skip


def is_of(reading: Reading, things: tuple[int, ...], rule: DealRule) -> bool:
    """Say whether one of the things is of the sort that the rule speaks of."""
    for thing in things:
        words = {reading.lemma[thing], reading.word(thing).lower()} | {
            reading.lemma[child] for child in reading.children(thing, "compound", "amod")
        }
        for prep in reading.children(thing, "prep"):
            for child in reading.children(prep, "pobj"):
                words |= {reading.lemma[child], *(reading.lemma[one] for one in reading.children(child, "amod"))}
        if words.intersection(rule.along) and not words.intersection(rule.without):
            return True
    return False


def persons_of(cast: Cast, things: tuple[int, ...]) -> tuple[ActorRef, ...]:
    """Return the persons who are among the things by name or office."""
    found: dict[str, ActorRef] = {}
    for thing in things:
        member = cast.member_at(thing)
        if member is not None and member.sort == "person" and member.form in {"name", "office"}:
            for ref in member.refs:
                found.setdefault(ref.actor, ref)
    return tuple(found.values())


def count_of(reading: Reading, things: tuple[int, ...]) -> int | None:
    """Return how many there are, where it is told."""
    for thing in things:
        for child in reading.children(thing, "nummod"):
            value = number(reading.word(child))
            if value is not None:
                return value
    return None


def of_an_exchange(reading: Reading, part: int) -> bool:
    """Say whether it is all of what one side gives: "were freed as part of an exchange"."""
    ends = [end for prep in reading.children(part, "prep") for end in reading.children(prep, "pobj")]
    return reading.lemma[reading.head[part]] == "as" and any(reading.lemma[end] in _EXCHANGE for end in ends)
